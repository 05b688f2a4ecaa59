/* Pinakes as one of its own peers: a whole library (tables, FTS5 and segment) made of the token file, asked through the
 * engine that `pinakes search` asks, without the parsing of a query's text. The library lies in FOLDER/library; FOLDER
 * itself holds a second name of its segment, which is what compares with the indexes of the others: they keep neither
 * text nor tables. */
#include "../harness.h"

#include "indexer/paper_writer.h"
#include "indexer/seal.h"
#include "query/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void check(pinakes_status status, const pinakes_error *error)
{
    if (status != PINAKES_OK)
        bench_die("%s", error->message);
}

static void execute(struct store *store, const char *sql)
{
    if (sqlite3_exec(store_db(store), sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(store_db(store)));
}

/* ---- building -------------------------------------------------------------------------------------------- */

struct shelf {
    struct paper_writer writer;
    struct buffer title, body;
};

static struct span join(struct buffer *buffer, char **words, size_t count)
{
    buffer_clear(buffer);
    for (size_t i = 0; i < count; i++) {
        buffer_add(buffer, span_of(i == 0 ? "" : " "));
        buffer_add(buffer, span_of(words[i]));
    }
    return (struct span){buffer->at == NULL ? "" : buffer->at, buffer->len};
}

/* Paper n of the token file has the id n + 1. */
static void take(const struct bench_paper *from, void *into)
{
    struct shelf *shelf = into;
    const struct span title = join(&shelf->title, from->title, from->title_words);
    const struct span body = join(&shelf->body, from->body, from->body_words);
    const struct passage passages[] = {
        {.field = FIELD_TITLE, .line = from->number + 1, .text = title, .words = title},
        {.field = FIELD_ABSTRACT, .line = from->number + 1, .text = body, .words = body},
    };
    const struct paper paper = {.title = title,
                                .venue = span_of(""),
                                .url = span_of(""),
                                .passages = passages,
                                .passage_count = 2,
                                .year = (int)from->year,
                                .line = from->number + 1,
                                .rule = "a line of the token file"};
    pinakes_error error;
    int64_t id;
    check(paper_insert(&shelf->writer, 1, &paper, paper_hash(&paper), &id, &error), &error);
    if (id != (int64_t)from->number + 1)
        bench_die("paper %u became number %lld", from->number, (long long)id);
}

static struct store *open_store(const char *folder, pinakes_mode mode)
{
    char path[4096];
    struct store *store = NULL;
    pinakes_error error;
    (void)snprintf(path, sizeof path, "%s/library", folder);
    (void)mkdir(path, 0755);
    (void)snprintf(path, sizeof path, "%s/library/library.db", folder);
    check(store_open(path, mode, &store, &error), &error);
    return store;
}

static void link_segment(struct store *store, const char *folder)
{
    char name[4096];
    char *path = seal_path(store);
    (void)snprintf(name, sizeof name, "%s/segment", folder);
    if (path == NULL || link(path, name) != 0)
        bench_die("%s: no second name for the segment", folder);
    free(path);
}

static void build(const char *tokens, const char *folder)
{
    struct store *store = open_store(folder, PINAKES_WRITE);
    struct shelf shelf = {.writer.store = store};
    pinakes_error error;
    check(store_begin(store, &error), &error);
    execute(store, "INSERT INTO sources(id, path, name, format, size, mtime_ns, ctime_ns, hash, readers)"
                   " VALUES(1, '/tokens', 'tokens', 'tokens', 0, 0, 0, 0, 0)");
    check(paper_writer_start(&shelf.writer, &error), &error);
    bench_read_papers(tokens, take, &shelf);
    check(paper_writer_finish(&shelf.writer, &error), &error);
    check(store_commit(store, true, &error), &error);
    paper_writer_free(&shelf.writer);
    buffer_free(&shelf.title);
    buffer_free(&shelf.body);
    check(seal_library(store, NULL, NULL, &error), &error);
    link_segment(store, folder);
    store_close(store);
}

/* What `pinakes index` does: rows, FTS5, acronyms, topics, duplicates, and the ranked index at the end. */
static void build_jsonl(const char *papers, const char *folder)
{
    char path[4096];
    pinakes_library *library = NULL;
    pinakes_error error;
    (void)snprintf(path, sizeof path, "%s/library.db", folder);
    check(pinakes_open(path, PINAKES_WRITE, &library, &error), &error);
    check(pinakes_index(library, &papers, 1, NULL, NULL, &error), &error);
    check(pinakes_seal(library, PINAKES_SEAL_WHEN_IT_PAYS, NULL, NULL, NULL, &error), &error);
    pinakes_close(library);
}

/* ---- asking ---------------------------------------------------------------------------------------------- */

struct index {
    struct store *store;
    struct engine *engine;
    struct arena arena; /* of the query at hand */
};

/* All queries are about one moment of the library, as those of the others. */
static void *open_index(const char *folder)
{
    struct index *index = calloc(1, sizeof *index);
    pinakes_error error;
    if (index == NULL || setenv("PINAKES_ENGINE", "segment", 1) != 0)
        bench_die("out of memory");
    index->store = open_store(folder, PINAKES_READ);
    check(engine_open(index->store, &index->engine, &error), &error);
    execute(index->store, "BEGIN");
    return index;
}

static void close_index(void *opaque)
{
    struct index *index = opaque;
    engine_close(index->engine);
    store_close(index->store);
    arena_free(&index->arena);
    free(index);
}

static struct node *need(struct node *node)
{
    if (node == NULL)
        bench_die("out of memory");
    return node;
}

/* The word as written, `boost` 0 where it only selects. */
static struct node *word_node(struct index *index, const char *word, enum node_kind kind, double boost)
{
    struct node *node = need(node_new(&index->arena, kind));
    struct span *token = arena_array(&index->arena, 1, sizeof *token);
    if (token == NULL)
        bench_die("out of memory");
    *token = span_of(word);
    node->tokens = token;
    node->token_count = 1;
    node->word = node->typed = *token;
    node->boost = boost;
    return node;
}

static struct node *words_node(struct index *index, const struct bench_query *query, enum node_kind kind)
{
    struct node **words = arena_array(&index->arena, query->count, sizeof(struct node *));
    if (words == NULL)
        bench_die("out of memory");
    for (size_t i = 0; i < query->count; i++) {
        const bool is_prefix = query->kind == BENCH_PREFIX && i + 1 == query->count;
        words[i] = word_node(index, query->words[i], is_prefix ? NODE_PREFIX : NODE_TERM, 1);
    }
    return query->count == 1 ? words[0] : need(node_with(&index->arena, kind, words, query->count));
}

/* Any of the pairs, for papers that shall hold two of three words. */
static struct node *pairs_node(struct index *index, char **words)
{
    struct node *pairs[3];
    for (size_t i = 0; i < 3; i++) {
        struct node *const pair[] = {word_node(index, words[i], NODE_TERM, 1),
                                     word_node(index, words[(i + 1) % 3], NODE_TERM, 1)};
        pairs[i] = need(node_with(&index->arena, NODE_AND, pair, 2));
    }
    return need(node_with(&index->arena, NODE_OR, pairs, 3));
}

static struct node *years_node(struct index *index, unsigned year)
{
    struct node *node = need(node_new(&index->arena, NODE_YEAR));
    node->year_from = node->year_to = (int)year;
    return node;
}

static uint64_t ask(struct index *index, const struct bench_query *query, size_t k, bool counts, struct bench_hit *hits,
                    size_t *hit_count)
{
    static const enum node_kind kinds[] = {
        [BENCH_OR] = NODE_OR,           [BENCH_AND] = NODE_AND,    [BENCH_PHRASE] = NODE_PHRASE,
        [BENCH_TWO_OF_THREE] = NODE_OR, [BENCH_PREFIX] = NODE_AND, [BENCH_FILTERED] = NODE_OR,
        [BENCH_COUNT] = NODE_OR,        [BENCH_LONG] = NODE_OR};
    const struct question question = {.limit = k, .is_uncounted = !counts, .kept = &index->arena};
    struct query_plan *plan;
    struct answer answer;
    pinakes_error error;
    arena_reset(&index->arena);
    struct node *filter = query->kind == BENCH_FILTERED       ? years_node(index, query->year)
                          : query->kind == BENCH_TWO_OF_THREE ? pairs_node(index, query->words)
                                                              : NULL;
    check(engine_prepare(index->engine, words_node(index, query, kinds[query->kind]), filter, &index->arena, &plan,
                         &error),
          &error);
    check(engine_run(plan, &question, &answer, &error), &error);
    *hit_count = answer.page.count;
    for (size_t i = 0; i < answer.page.count; i++)
        hits[i] = (struct bench_hit){(uint32_t)(answer.page.papers[i].paper - 1), answer.page.papers[i].score};
    return answer.found;
}

static size_t search(void *index, const struct bench_query *query, size_t k, struct bench_hit *hits, uint64_t *found)
{
    size_t hit_count;
    *found = ask(index, query, k, query->kind == BENCH_COUNT, hits, &hit_count);
    return hit_count;
}

static uint64_t count(void *index, const struct bench_query *query)
{
    struct bench_hit hit;
    size_t hit_count;
    return ask(index, query, 1, true, &hit, &hit_count);
}

int main(int argc, char **argv)
{
    static const struct bench_engine engine = {build, build_jsonl, open_index, search, count, close_index};
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        printf("Pinakes %s\n", pinakes_version());
        return 0;
    }
    return bench_main(argc, argv, &engine);
}
