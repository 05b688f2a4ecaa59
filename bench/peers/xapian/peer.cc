// Xapian 1.4 as a peer: a glass database, compacted, with one field of words and positions.
#include "../harness.h"

#include <cstdio>
#include <filesystem>
#include <string>
#include <xapian.h>

namespace {

std::string year_term(unsigned year)
{
    return "Y" + std::to_string(year);
}

void add_paper(const bench_paper *paper, void *into)
{
    Xapian::Document document;
    Xapian::termpos at = 1;
    for (size_t i = 0; i < paper->title_words; i++)
        document.add_posting("T" + std::string(paper->title[i]).substr(0, 240), at++);
    at++; // no phrase runs from the title into the body
    for (size_t i = 0; i < paper->body_words; i++)
        document.add_posting("T" + std::string(paper->body[i]).substr(0, 240), at++);
    document.add_boolean_term(year_term(paper->year));
    static_cast<Xapian::WritableDatabase *>(into)->add_document(document);
}

void build(const char *tokens, const char *folder)
{
    const std::string loose = std::string(folder) + "/loose";
    {
        // Flushed every 10,000 documents by default; a larger batch is what Xapian's manual advises for bulk loads.
        setenv("XAPIAN_FLUSH_THRESHOLD", "100000", 0);
        Xapian::WritableDatabase database(loose, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
        bench_read_papers(tokens, add_paper, &database);
        database.commit();
    }
    Xapian::Database(loose).compact(std::string(folder) + "/compact", Xapian::DBCOMPACT_NO_RENUMBER |
                                                                         Xapian::Compactor::FULLER);
    std::filesystem::remove_all(loose);
    for (const auto &file : std::filesystem::directory_iterator(std::string(folder) + "/compact"))
        std::filesystem::rename(file.path(), std::string(folder) + "/" + file.path().filename().string());
    std::filesystem::remove(std::string(folder) + "/compact");
}

struct jsonl {
    Xapian::WritableDatabase database;
    Xapian::TermGenerator generator;
};

void add_record(const bench_record *record, void *into)
{
    auto &jsonl = *static_cast<struct jsonl *>(into);
    Xapian::Document document;
    jsonl.generator.set_document(document);
    jsonl.generator.index_text(record->title);
    jsonl.generator.increase_termpos();
    jsonl.generator.index_text(record->abstract);
    document.add_boolean_term("Q" + std::string(record->id).substr(0, 240));
    document.add_boolean_term(year_term(record->year));
    document.set_data(record->json);
    jsonl.database.add_document(document);
}

// As Xapian's manual shows it: words with positions and stems without, the record kept as the document's data.
void build_jsonl(const char *papers, const char *folder)
{
    setenv("XAPIAN_FLUSH_THRESHOLD", "100000", 0);
    jsonl jsonl{Xapian::WritableDatabase(folder, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS), {}};
    jsonl.generator.set_stemmer(Xapian::Stem("english"));
    bench_read_records(papers, add_record, &jsonl);
    jsonl.database.commit();
}

void *open(const char *folder)
{
    return new Xapian::Database(folder);
}

void close(void *index)
{
    delete static_cast<Xapian::Database *>(index);
}

Xapian::Query word(const char *text)
{
    return Xapian::Query("T" + std::string(text).substr(0, 240));
}

Xapian::Query all(Xapian::Query::op operation, char **words, size_t count)
{
    std::vector<Xapian::Query> parts;
    for (size_t i = 0; i < count; i++)
        parts.push_back(word(words[i]));
    return Xapian::Query(operation, parts.begin(), parts.end(), operation == Xapian::Query::OP_PHRASE ? count : 0);
}

// Xapian has no "at least two of": the pairs choose, the three words weigh.
Xapian::Query two_of_three(char **words)
{
    const Xapian::Query a = word(words[0]), b = word(words[1]), c = word(words[2]);
    return Xapian::Query(Xapian::Query::OP_FILTER, all(Xapian::Query::OP_OR, words, 3), (a & b) | (a & c) | (b & c));
}

Xapian::Query prefix(char **words, size_t count)
{
    const Xapian::Query last(Xapian::Query::OP_WILDCARD, "T" + std::string(words[count - 1]), 0,
                             Xapian::Query::WILDCARD_LIMIT_ERROR, Xapian::Query::OP_SYNONYM);
    return count == 1 ? last : all(Xapian::Query::OP_AND, words, count - 1) & last;
}

Xapian::Query query_of(const bench_query *query)
{
    switch (query->kind) {
    case BENCH_AND: return all(Xapian::Query::OP_AND, query->words, query->count);
    case BENCH_PHRASE: return all(Xapian::Query::OP_PHRASE, query->words, query->count);
    case BENCH_TWO_OF_THREE: return two_of_three(query->words);
    case BENCH_PREFIX: return prefix(query->words, query->count);
    case BENCH_FILTERED:
        return Xapian::Query(Xapian::Query::OP_FILTER, all(Xapian::Query::OP_OR, query->words, query->count),
                             Xapian::Query(year_term(query->year)));
    default: return all(Xapian::Query::OP_OR, query->words, query->count);
    }
}

Xapian::MSet run(void *index, const bench_query *query, size_t k, bool exact)
{
    auto &database = *static_cast<Xapian::Database *>(index);
    Xapian::Enquire enquire(database);
    enquire.set_query(query_of(query));
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 0, 0.75, 0.5));
    return enquire.get_mset(0, static_cast<Xapian::doccount>(k), exact ? database.get_doccount() : 0);
}

size_t search(void *index, const bench_query *query, size_t k, bench_hit *hits, uint64_t *found)
{
    const Xapian::MSet set = run(index, query, k, query->kind == BENCH_COUNT);
    *found = set.get_matches_estimated();
    size_t count = 0;
    for (auto hit = set.begin(); hit != set.end(); ++hit)
        hits[count++] = {*hit - 1, hit.get_weight()};
    return count;
}

uint64_t count(void *index, const bench_query *query)
{
    return run(index, query, 1, true).get_matches_estimated();
}

} // namespace

int main(int argc, char **argv)
try {
    static const bench_engine engine = {build, build_jsonl, open, search, count, close};
    if (argc == 2 && std::string(argv[1]) == "version") {
        std::printf("Xapian %s\n", Xapian::version_string());
        return 0;
    }
    return bench_main(argc, argv, &engine);
} catch (const Xapian::Error &error) {
    bench_die("%s", error.get_description().c_str());
}
