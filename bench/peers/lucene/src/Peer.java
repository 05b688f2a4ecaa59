import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.SlowCodecReaderWrapper;
import org.apache.lucene.index.Term;
import org.apache.lucene.misc.index.BPIndexReorderer;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene as a peer: one field of words with positions, one segment, no query cache, hits counted only when asked for.
 * With -Dreorder=true the documents are reordered by recursive graph bisection after indexing.
 */
public final class Peer {
  private static final String WORDS = "words";
  private static final String YEAR = "year";
  private static final String NUMBER = "number";
  private static final double BUFFER_MB = 512;

  record Asked(String kind, List<String> words, String year) {}

  /** Cuts at spaces; a tab, the end of the title, takes a position of its own so that no phrase crosses it. */
  private static final class Split extends Tokenizer {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final char[] buffer = new char[1 << 14];
    private int at, end;

    private int next() throws IOException {
      if (at == end) {
        end = input.read(buffer, 0, buffer.length);
        at = 0;
        if (end <= 0) {
          end = 0;
          return -1;
        }
      }
      return buffer[at++];
    }

    @Override
    public boolean incrementToken() throws IOException {
      clearAttributes();
      int step = 1;
      int c = next();
      for (; c == ' ' || c == '\t'; c = next()) {
        step += c == '\t' ? 1 : 0;
      }
      int length = 0;
      for (; c != -1 && c != ' ' && c != '\t'; c = next()) {
        if (length == term.buffer().length) {
          term.resizeBuffer(length + 1);
        }
        term.buffer()[length++] = (char) c;
      }
      if (c == '\t') {
        at--;
      }
      term.setLength(length);
      increment.setPositionIncrement(step);
      return length > 0;
    }

    @Override
    public void reset() throws IOException {
      super.reset();
      at = end = 0;
    }
  }

  private static final class SplitAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      return new TokenStreamComponents(new Split());
    }
  }

  /** What EnglishAnalyzer does, but for its stop words, which stay. */
  private static final class EnglishWords extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new StandardTokenizer();
      return new TokenStreamComponents(words, new PorterStemFilter(new LowerCaseFilter(words)));
    }
  }

  private static IndexWriterConfig config(Analyzer analyzer) {
    return new IndexWriterConfig(analyzer)
        .setSimilarity(new BM25Similarity(1.2f, 0.75f))
        .setRAMBufferSizeMB(BUFFER_MB)
        .setMergeScheduler(new SerialMergeScheduler())
        .setMergePolicy(new LogDocMergePolicy())
        .setUseCompoundFile(false);
  }

  private static FieldType wordsType() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.freeze();
    return type;
  }

  private static void build(String tokens, String folder) throws IOException {
    boolean reorder = Boolean.getBoolean("reorder");
    Path plain = reorder ? Path.of(folder, "plain") : Path.of(folder);
    try (Directory directory = FSDirectory.open(plain);
        IndexWriter writer = new IndexWriter(directory, config(new SplitAnalyzer()));
        BufferedReader lines = Files.newBufferedReader(Path.of(tokens), StandardCharsets.UTF_8)) {
      FieldType type = wordsType();
      long number = 0;
      for (String line; (line = lines.readLine()) != null; number++) {
        int tab = line.lastIndexOf('\t');
        Document document = new Document();
        document.add(new Field(WORDS, line.substring(0, tab), type));
        document.add(new StringField(YEAR, line.substring(tab + 1), Field.Store.NO));
        document.add(new NumericDocValuesField(NUMBER, number));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
    if (reorder) {
      reorder(plain, Path.of(folder));
    }
  }

  private static String text(JsonNode record, String member) {
    JsonNode value = record.get(member);
    return value == null || value.isNull() ? "" : value.asText();
  }

  private static Document document(JsonNode record) {
    Document document = new Document();
    document.add(new StringField("id", text(record, "id"), Field.Store.YES));
    document.add(new TextField("title", text(record, "title"), Field.Store.YES));
    document.add(new TextField("abstract", text(record, "abstract"), Field.Store.YES));
    for (JsonNode author : record.path("authors")) {
      document.add(new StoredField("authors", author.asText()));
    }
    document.add(new StoredField("venue", text(record, "venue")));
    document.add(new StringField(YEAR, text(record, "year"), Field.Store.YES));
    document.add(new StoredField("url", text(record, "url")));
    return document;
  }

  /** The index an application would keep: title and abstract stemmed, all fields stored. */
  private static void buildJsonl(String papers, String folder) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (Directory directory = FSDirectory.open(Path.of(folder));
        IndexWriter writer = new IndexWriter(directory, config(new EnglishWords()));
        BufferedReader lines = Files.newBufferedReader(Path.of(papers), StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        writer.addDocument(document(mapper.readTree(line)));
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }

  private static void reorder(Path from, Path to) throws IOException {
    try (Directory source = FSDirectory.open(from);
        Directory target = FSDirectory.open(to);
        DirectoryReader reader = DirectoryReader.open(source);
        IndexWriter writer = new IndexWriter(target, config(new SplitAnalyzer()))) {
      CodecReader whole = SlowCodecReaderWrapper.wrap(reader.leaves().get(0).reader());
      writer.addIndexes(new BPIndexReorderer().reorder(whole, target, null));
      writer.forceMerge(1);
      writer.commit();
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(from);
  }

  private final IndexSearcher searcher;

  private Peer(String folder) throws IOException {
    IndexSearcher.setDefaultQueryCache(null);
    searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Path.of(folder))));
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
  }

  private static Query word(String word) {
    return new TermQuery(new Term(WORDS, word));
  }

  private static BooleanQuery.Builder words(Occur occur, List<String> words) {
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    for (String word : words) {
      builder.add(word(word), occur);
    }
    return builder;
  }

  private static Query query(Asked asked) {
    List<String> words = asked.words;
    int last = words.size() - 1;
    return switch (asked.kind) {
      case "and" -> words(Occur.MUST, words).build();
      case "phrase" -> new PhraseQuery(WORDS, words.toArray(String[]::new));
      case "two_of_three" -> words(Occur.SHOULD, words).setMinimumNumberShouldMatch(2).build();
      case "prefix" ->
          words(Occur.MUST, words.subList(0, last))
              .add(new PrefixQuery(new Term(WORDS, words.get(last))), Occur.MUST)
              .build();
      case "filtered" ->
          new BooleanQuery.Builder()
              .add(words(Occur.SHOULD, words).build(), Occur.MUST)
              .add(new TermQuery(new Term(YEAR, asked.year)), Occur.FILTER)
              .build();
      default -> words(Occur.SHOULD, words).build();
    };
  }

  private TopDocs search(Asked asked, int k) throws IOException {
    int counted = asked.kind.equals("count") ? Integer.MAX_VALUE : k;
    return searcher.search(query(asked), new TopScoreDocCollectorManager(k, counted));
  }

  private static List<Asked> readQueries(String path) throws IOException {
    List<Asked> queries = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(path), StandardCharsets.UTF_8)) {
      int tab = line.indexOf('\t');
      String kind = line.substring(0, tab);
      List<String> words = List.of(line.substring(tab + 1).split(" "));
      boolean filtered = kind.equals("filtered");
      queries.add(new Asked(kind, filtered ? words.subList(1, words.size()) : words, filtered ? words.get(0) : ""));
    }
    return queries;
  }

  private String answer(int number, TopDocs top, long found) throws IOException {
    StringBuilder text = new StringBuilder("{\"query\":" + number + ",\"found\":" + found + ",\"top\":[");
    var storage = searcher.getIndexReader().leaves().get(0).reader();
    for (ScoreDoc hit : top.scoreDocs) {
      var numbers = storage.getNumericDocValues(NUMBER); // made anew: documents come in any order
      numbers.advanceExact(hit.doc);
      text.append(text.charAt(text.length() - 1) == '[' ? "[" : ",[");
      text.append(numbers.longValue()).append(',').append(hit.score).append(']');
    }
    return text.append(']').toString();
  }

  private void queryAll(List<Asked> queries, int k, int rounds) throws IOException {
    for (int i = 0; i < queries.size(); i++) {
      Asked asked = queries.get(i);
      TopDocs top = search(asked, k);
      long[] times = new long[rounds];
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        top = search(asked, k);
        times[round] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      String timed =
          rounds == 0 ? "" : ",\"best_us\":" + times[0] / 1e3 + ",\"median_us\":" + times[rounds / 2] / 1e3;
      System.out.println(answer(i, top, searcher.count(query(asked))) + timed + "}");
    }
  }

  private void serve(List<Asked> queries) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = lines.readLine()) != null; ) {
      String[] range = line.split(" ");
      int behind = Math.min(Integer.parseInt(range[1]), queries.size());
      int k = Integer.parseInt(range[2]);
      StringBuilder text = new StringBuilder();
      for (int i = Integer.parseInt(range[0]); i < behind; i++) {
        long start = System.nanoTime();
        search(queries.get(i), k);
        text.append(System.nanoTime() - start).append(' ');
      }
      System.out.println(text);
      System.out.flush();
    }
  }

  private static long folderBytes(String folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.toList()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
    }
    return bytes;
  }

  private static String peakKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return line.replaceAll("[^0-9]", "");
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }

  public static void main(String[] arguments) throws IOException {
    String command = arguments.length == 0 ? "" : arguments[0];
    switch (command) {
      case "version" -> System.out.println("Lucene " + Version.LATEST + " on JDK " + Runtime.version());
      case "build", "build-jsonl" -> {
        long start = System.nanoTime();
        if (command.equals("build")) {
          build(arguments[1], arguments[2]);
        } else {
          buildJsonl(arguments[1], arguments[2]);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "{\"build_s\":%.3f,\"bytes\":%d,\"peak_kb\":%s}%n", seconds, folderBytes(arguments[2]), peakKilobytes());
      }
      case "query" -> {
        int rounds = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 5;
        new Peer(arguments[1]).queryAll(readQueries(arguments[2]), Integer.parseInt(arguments[3]), rounds);
      }
      case "first" -> {
        Peer peer = new Peer(arguments[1]);
        TopDocs top = peer.search(readQueries(arguments[2]).get(0), Integer.parseInt(arguments[3]));
        System.out.println(peer.answer(0, top, top.totalHits.value()) + "}");
      }
      case "serve" -> new Peer(arguments[1]).serve(readQueries(arguments[2]));
      default -> {
        System.err.println(
            "usage: peer build TOKENS FOLDER | build-jsonl PAPERS FOLDER | query FOLDER QUERIES K [ROUNDS] | "
                + "first FOLDER QUERIES K | serve FOLDER QUERIES");
        System.exit(2);
      }
    }
  }
}
