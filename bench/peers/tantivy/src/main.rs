//! Tantivy as a peer: one field of words with positions, one writer thread, one segment. `build-jsonl` makes the index an
//! application would keep: title and abstract stemmed, all fields stored.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Bound;
use std::sync::Arc;
use std::time::Instant;

use serde::Deserialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::columnar::ColumnValues;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
};
use tantivy::{DocAddress, Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const WRITER_BYTES: usize = 1 << 29;

/// Cuts at spaces; a tab, the end of the title, takes a position of its own so that no phrase crosses it.
#[derive(Clone, Default)]
struct Split {
    token: Token,
}

struct SplitStream<'a> {
    rest: &'a str,
    next_position: usize,
    token: &'a mut Token,
}

impl Tokenizer for Split {
    type TokenStream<'a> = SplitStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> SplitStream<'a> {
        self.token.reset();
        SplitStream { rest: text, next_position: 0, token: &mut self.token }
    }
}

impl TokenStream for SplitStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            match self.rest.as_bytes().first() {
                None => return false,
                Some(b' ') => self.rest = &self.rest[1..],
                Some(b'\t') => {
                    self.rest = &self.rest[1..];
                    self.next_position += 1;
                }
                Some(_) => break,
            }
        }
        let end = self.rest.bytes().position(|b| b == b' ' || b == b'\t').unwrap_or(self.rest.len());
        self.token.text.clear();
        self.token.text.push_str(&self.rest[..end]);
        self.token.position = self.next_position;
        self.next_position += 1;
        self.rest = &self.rest[end..];
        true
    }
    fn token(&self) -> &Token {
        self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[derive(Clone, Copy)]
struct Fields {
    words: Field,
    year: Field,
    number: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("split")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = builder.add_text_field("words", TextOptions::default().set_indexing_options(indexing));
    let year = builder.add_u64_field("year", INDEXED);
    let number = builder.add_u64_field("number", FAST);
    (builder.build(), Fields { words, year, number })
}

fn build(tokens: &str, folder: &str) -> Result<()> {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    index.tokenizers().register("split", Split::default());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for (number, line) in BufReader::new(File::open(tokens)?).lines().enumerate() {
        let line = line?;
        let (words, year) = line.rsplit_once('\t').ok_or("a line without a year")?;
        let mut document = TantivyDocument::default();
        document.add_text(fields.words, words);
        document.add_u64(fields.year, year.parse().unwrap_or(0));
        document.add_u64(fields.number, number as u64);
        writer.add_document(document)?;
    }
    finish(index, writer)
}

/// Makes everything durable, as one segment.
fn finish(index: Index, mut writer: IndexWriter) -> Result<()> {
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// A line of the JSONL file.
#[derive(Deserialize)]
struct Record {
    id: String,
    title: String,
    #[serde(rename = "abstract")]
    summary: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    venue: Option<String>,
    year: Option<u64>,
    url: Option<String>,
}

fn build_jsonl(papers: &str, folder: &str) -> Result<()> {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("english")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing).set_stored();
    let id = builder.add_text_field("id", STRING | STORED);
    let title = builder.add_text_field("title", text.clone());
    let summary = builder.add_text_field("abstract", text);
    let authors = builder.add_text_field("authors", STORED);
    let venue = builder.add_text_field("venue", STORED);
    let year = builder.add_u64_field("year", INDEXED | STORED);
    let url = builder.add_text_field("url", STORED);
    let index = Index::create_in_dir(folder, builder.build())?;
    let english = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build();
    index.tokenizers().register("english", english);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for line in BufReader::new(File::open(papers)?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::default();
        document.add_text(id, record.id);
        document.add_text(title, record.title);
        document.add_text(summary, record.summary.unwrap_or_default());
        for author in record.authors {
            document.add_text(authors, author);
        }
        document.add_text(venue, record.venue.unwrap_or_default());
        document.add_u64(year, record.year.unwrap_or(0));
        document.add_text(url, record.url.unwrap_or_default());
        writer.add_document(document)?;
    }
    finish(index, writer)
}

struct Engine {
    searcher: Searcher,
    fields: Fields,
    numbers: Vec<Arc<dyn ColumnValues<u64>>>,
}

struct Asked {
    kind: String,
    words: Vec<String>,
    year: u64,
}

impl Engine {
    fn open(folder: &str) -> Result<Engine> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register("split", Split::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let mut numbers = Vec::new();
        for segment in searcher.segment_readers() {
            numbers.push(segment.fast_fields().column_first_or_default("number")?);
        }
        Ok(Engine { searcher, fields: schema().1, numbers })
    }

    fn term(&self, word: &str) -> Term {
        Term::from_field_text(self.fields.words, word)
    }

    fn words(&self, occur: Occur, words: &[String]) -> Vec<(Occur, Box<dyn Query>)> {
        words
            .iter()
            .map(|word| {
                let query = TermQuery::new(self.term(word), IndexRecordOption::WithFreqs);
                (occur, Box::new(query) as Box<dyn Query>)
            })
            .collect()
    }

    /// A beginning as the range of terms it spans; like every query of many terms here, each match scores the same.
    fn prefix(&self, beginning: &str) -> Box<dyn Query> {
        let behind = format!("{beginning}\u{10FFFF}");
        let range = InvertedIndexRangeQuery::new(
            Bound::Included(self.term(beginning)),
            Bound::Excluded(self.term(&behind)),
        );
        Box::new(ConstScoreQuery::new(Box::new(range), 1.0))
    }

    fn query(&self, asked: &Asked) -> Box<dyn Query> {
        let words = &asked.words;
        match asked.kind.as_str() {
            "and" => Box::new(BooleanQuery::new(self.words(Occur::Must, words))),
            "phrase" => Box::new(PhraseQuery::new(words.iter().map(|w| self.term(w)).collect())),
            "two_of_three" => Box::new(BooleanQuery::with_minimum_required_clauses(
                self.words(Occur::Should, words),
                2,
            )),
            "prefix" => {
                let (last, others) = words.split_last().expect("a prefix query has words");
                let mut parts = self.words(Occur::Must, others);
                parts.push((Occur::Must, self.prefix(last)));
                Box::new(BooleanQuery::new(parts))
            }
            "filtered" => {
                let year = Term::from_field_u64(self.fields.year, asked.year);
                let filter = TermQuery::new(year, IndexRecordOption::Basic);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, Box::new(BooleanQuery::new(self.words(Occur::Should, words))) as Box<dyn Query>),
                    (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(filter), 0.0))),
                ]))
            }
            _ => Box::new(BooleanQuery::new(self.words(Occur::Should, words))),
        }
    }

    fn search(&self, asked: &Asked, k: usize) -> Result<(Vec<(f32, DocAddress)>, usize)> {
        let top = TopDocs::with_limit(k).order_by_score();
        let query = self.query(asked);
        if asked.kind == "count" {
            Ok(self.searcher.search(&*query, &(top, Count))?)
        } else {
            Ok((self.searcher.search(&*query, &top)?, 0))
        }
    }

    fn count(&self, asked: &Asked) -> Result<usize> {
        Ok(self.searcher.search(&*self.query(asked), &Count)?)
    }

    fn number(&self, at: DocAddress) -> u64 {
        self.numbers[at.segment_ord as usize].get_val(at.doc_id)
    }
}

fn read_queries(path: &str) -> Result<Vec<Asked>> {
    let mut queries = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let (kind, words) = line.split_once('\t').ok_or("a query without a kind")?;
        let mut words: Vec<String> = words.split(' ').filter(|w| !w.is_empty()).map(String::from).collect();
        let year = if kind == "filtered" { words.remove(0).parse()? } else { 0 };
        queries.push(Asked { kind: kind.to_string(), words, year });
    }
    Ok(queries)
}

fn print_answer(engine: &Engine, number: usize, hits: &[(f32, DocAddress)], found: usize, times: &str) {
    let top: Vec<String> =
        hits.iter().map(|(score, at)| format!("[{},{}]", engine.number(*at), score)).collect();
    println!("{{\"query\":{number},\"found\":{found},\"top\":[{}]{times}}}", top.join(","));
}

fn query_all(engine: &Engine, queries: &[Asked], k: usize, rounds: usize) -> Result<()> {
    for (number, asked) in queries.iter().enumerate() {
        let (mut hits, _) = engine.search(asked, k)?;
        let mut nanoseconds = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let start = Instant::now();
            hits = engine.search(asked, k)?.0;
            nanoseconds.push(start.elapsed().as_nanos() as f64);
        }
        nanoseconds.sort_by(f64::total_cmp);
        let times = nanoseconds.first().map_or(String::new(), |best| {
            format!(",\"best_us\":{:.3},\"median_us\":{:.3}", best / 1e3, nanoseconds[rounds / 2] / 1e3)
        });
        print_answer(engine, number, &hits, engine.count(asked)?, &times);
    }
    Ok(())
}

fn serve(engine: &Engine, queries: &[Asked]) -> Result<()> {
    for line in io::stdin().lock().lines() {
        let line = line?;
        let numbers: Vec<usize> = line.split(' ').map(|n| n.parse()).collect::<std::result::Result<_, _>>()?;
        let [first, behind, k] = numbers[..] else { return Err("a line is FIRST BEHIND K".into()) };
        let mut answer = String::new();
        for asked in &queries[first..behind.min(queries.len())] {
            let start = Instant::now();
            engine.search(asked, k)?;
            answer.push_str(&format!("{} ", start.elapsed().as_nanos()));
        }
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}

fn folder_bytes(folder: &str) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

fn peak_kb() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.split_whitespace().nth(1).ok_or("no VmHWM")?.parse()?)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["version"] => println!("Tantivy {}", tantivy::version_string()),
        ["build" | "build-jsonl", from, folder] => {
            let start = Instant::now();
            if words[0] == "build" { build(from, folder)? } else { build_jsonl(from, folder)? }
            let seconds = start.elapsed().as_secs_f64();
            println!(
                "{{\"build_s\":{seconds:.3},\"bytes\":{},\"peak_kb\":{}}}",
                folder_bytes(folder)?,
                peak_kb()?
            );
        }
        ["query", folder, queries, k] => {
            query_all(&Engine::open(folder)?, &read_queries(queries)?, k.parse()?, 5)?
        }
        ["query", folder, queries, k, rounds] => {
            query_all(&Engine::open(folder)?, &read_queries(queries)?, k.parse()?, rounds.parse()?)?
        }
        ["first", folder, queries, k] => {
            let engine = Engine::open(folder)?;
            let queries = read_queries(queries)?;
            let (hits, found) = engine.search(&queries[0], k.parse()?)?;
            print_answer(&engine, 0, &hits, found, "");
        }
        ["serve", folder, queries] => serve(&Engine::open(folder)?, &read_queries(queries)?)?,
        _ => {
            return Err("usage: peer build TOKENS FOLDER | build-jsonl PAPERS FOLDER | \
                        query FOLDER QUERIES K [ROUNDS] | first FOLDER QUERIES K | serve FOLDER QUERIES"
                .into());
        }
    }
    Ok(())
}
