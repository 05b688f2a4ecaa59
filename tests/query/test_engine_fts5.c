#include "indexer/bm25.h"
#include "query/engine.h"
#include "query/match.h"
#include "tests/chance.h"
#include "tests/query/shelf.h"

#include <inttypes.h>
#include <math.h>

/* ---- a second opinion: the same answers straight from the text ------------------------------------------- */

enum { PAPERS_MAX = 40 };

struct brute {
    struct shelf *shelf;
    const struct document *documents[PAPERS_MAX];
    int64_t ids[PAPERS_MAX];
    size_t count;
    double average_length;
};

static struct volume volumes[PAPERS_MAX];

static void read_documents(struct brute *brute, struct shelf *shelf, size_t count, const int64_t *ids)
{
    double length = 0;
    *brute = (struct brute){.shelf = shelf, .count = count};
    for (size_t i = 0; i < count; i++) {
        struct span texts[FIELD_COUNT], topics[3];
        size_t topic_count = 0;
        for (size_t field = 0; field < FIELD_COUNT; field++)
            texts[field] = span_of(volumes[i].texts[field] == NULL ? "" : volumes[i].texts[field]);
        for (; topic_count < 3 && volumes[i].topics[topic_count] != NULL; topic_count++)
            topics[topic_count] = span_of(volumes[i].topics[topic_count]);
        struct span *kept = arena_array(&shelf->arena, 3, sizeof *kept);
        memcpy(kept, topics, topic_count * sizeof *kept);
        brute->documents[i] =
            document_create(&shelf->arena, store_analyzer(shelf->store), texts, volumes[i].year, kept, topic_count);
        brute->ids[i] = ids[i];
        length += document_length(brute->documents[i]);
    }
    brute->average_length = count == 0 ? 0 : length / (double)count;
}

static double score_of(const struct brute *brute, const struct document *document, const struct node *node)
{
    if (node->kind == NODE_TERM || node->kind == NODE_PREFIX) {
        uint64_t with = 0;
        for (size_t i = 0; i < brute->count; i++)
            with += document_frequency(brute->documents[i], node) > 0 ? 1 : 0;
        return bm25_score(bm25_idf(brute->count, with), document_frequency(document, node), document_length(document),
                          brute->average_length);
    }
    double sum = 0, best = 0;
    for (size_t i = 0; i < node->child_count && node->kind != NODE_NOT; i++) {
        const bool is_choice = node->kind == NODE_OR || node->kind == NODE_MAX;
        if (is_choice && !document_matches(document, node->children[i]))
            continue;
        const double score = score_of(brute, document, node->children[i]);
        sum += score;
        best = score > best ? score : best;
    }
    return node->kind == NODE_MAX ? best : sum;
}

static void same_answer(const struct brute *brute, const struct node *root, const struct node *filter)
{
    struct shelf *shelf = brute->shelf;
    struct arena arena = {0};
    struct query_plan *plan;
    struct candidates found;
    uint64_t counted;
    size_t expected = 0;
    struct buffer text = {0};
    node_print(root, &text);
    shelf_must(shelf, engine_prepare(shelf->engine, root, filter, &arena, &plan, &shelf->error));
    shelf_must(shelf, shelf_find(shelf, plan, &found));
    shelf_must(shelf, engine_count(plan, root, filter, &counted, &shelf->error));
    for (size_t i = 0; i < brute->count; i++) {
        const struct document *document = brute->documents[i];
        if (!document_matches(document, root) || (filter != NULL && !document_matches(document, filter)))
            continue;
        if (expected >= found.count || found.papers[expected].paper != brute->ids[i])
            fail_msg("%s: paper %" PRId64 " is missing, or one before it is too many", text.at, brute->ids[i]);
        const double score = score_of(brute, document, root);
        if (fabs(found.papers[expected].score - score) > 1e-9)
            fail_msg("%s: paper %" PRId64 " scores %.12f, not %.12f", text.at, brute->ids[i],
                     found.papers[expected].score, score);
        expected++;
    }
    if (found.count != expected || counted != expected)
        fail_msg("%s: %zu papers found, %" PRIu64 " counted, %zu expected", text.at, found.count, counted, expected);
    buffer_free(&text);
    arena_free(&arena);
}

/* ---- random libraries and trees -------------------------------------------------------------------------- */

static const char *const words[] = {"cache",    "caches",  "caching", "pool", "pools",  "pooling",
                                    "KV-cache", "kvcache", "LLMs",    "CXL",  "memory", "memories",
                                    "io_uring", "far",     "2021",    "GPU",  "CXL2.0", "IPv6"};
static const char *const tokens[] = {"cache",   "~cach", "caches", "pool", "pooling", "~pool",   "kv",
                                     "kvcache", "llms",  "~llm",   "cxl",  "memory",  "~memori", "io",
                                     "uring",   "far",   "2021",   "gpu",  "none",    "cxl2",    "ip"};
static const char *const prefixes[] = {"ca", "cach", "po", "k", "m", "i", "z", "2"};
static const char *const topic_names[] = {"far-memory", "serverless", "nothing"};
#define COUNT(array) (uint32_t)(sizeof(array) / sizeof(array)[0])

static const char *random_text(struct arena *arena, uint32_t most)
{
    struct buffer text = {0};
    for (uint32_t i = draw(most + 1); i > 0; i--) {
        buffer_add_text(&text, text.len == 0 ? "" : draw(6) == 0 ? "\n\n" : " ");
        buffer_add_text(&text, words[draw(COUNT(words))]);
    }
    const char *copy = arena_string(arena, (struct span){text.at, text.len});
    buffer_free(&text);
    return copy;
}

static void random_library(struct brute *brute, struct shelf *shelf)
{
    int64_t ids[PAPERS_MAX];
    const size_t count = 1 + draw(PAPERS_MAX);
    shelf_execute(shelf, "DELETE FROM paper_topics");
    for (size_t i = 0; i < count; i++) {
        volumes[i] = (struct volume){.year = draw(4) == 0 ? 0 : 2018 + (int)draw(6)};
        volumes[i].texts[FIELD_TITLE] = random_text(&shelf->arena, 4);
        volumes[i].texts[FIELD_NOTE] = random_text(&shelf->arena, 20);
        volumes[i].texts[FIELD_QA] = random_text(&shelf->arena, 3);
        if (draw(3) == 0)
            volumes[i].topics[0] = topic_names[draw(2)];
        ids[i] = shelf_add(shelf, &volumes[i]);
    }
    read_documents(brute, shelf, count, ids);
}

/* Takes one paper in `share` away: gaps among the ids, as vanished papers leave them. */
static void remove_some(struct brute *brute, struct shelf *shelf, uint32_t share)
{
    struct paper_writer writer = {.store = shelf->store};
    shelf_must(shelf, store_begin(shelf->store, &shelf->error));
    shelf_must(shelf, paper_writer_start(&writer, &shelf->error));
    size_t kept = 0;
    double length = 0;
    for (size_t i = 0; i < brute->count; i++) {
        if (draw(share) == 0) {
            shelf_must(shelf, paper_remove(&writer, brute->ids[i], &shelf->error));
            continue;
        }
        brute->documents[kept] = brute->documents[i];
        brute->ids[kept++] = brute->ids[i];
        length += document_length(brute->documents[i]);
    }
    shelf_must(shelf, paper_writer_finish(&writer, &shelf->error));
    shelf_must(shelf, store_commit(shelf->store, true, &shelf->error));
    paper_writer_free(&writer);
    brute->count = kept;
    brute->average_length = kept == 0 ? 0 : length / (double)kept;
}

static field_set random_fields(void)
{
    return draw(3) > 0 ? 0 : 1u << FIELD_TITLE | (draw(2) == 0 ? 1u << FIELD_NOTE : 0);
}

static struct node *random_word(struct arena *arena, bool may_be_prefix, field_set fields)
{
    const bool is_prefix = may_be_prefix && draw(5) == 0;
    struct node *node = node_new(arena, is_prefix ? NODE_PREFIX : NODE_TERM);
    struct span *list = arena_array(arena, 3, sizeof *list);
    node->token_count = is_prefix ? 1 : 1 + draw(3);
    for (size_t i = 0; i < node->token_count; i++)
        list[i] = span_of(is_prefix ? prefixes[draw(COUNT(prefixes))] : tokens[draw(COUNT(tokens))]);
    node->tokens = list;
    node->word = list[0];
    node->fields = fields;
    return node;
}

static struct node *random_phrase(struct arena *arena, field_set fields)
{
    struct node *children[3];
    const size_t count = 2 + draw(2);
    for (size_t i = 0; i < count; i++)
        children[i] = random_word(arena, i + 1 == count, fields);
    struct node *node = node_with(arena, NODE_PHRASE, children, count);
    node->fields = fields;
    node->word = span_of("a phrase");
    return node;
}

static struct node *random_near(struct arena *arena, field_set fields)
{
    struct node *children[3];
    const size_t count = 2 + draw(2);
    for (size_t i = 0; i < count; i++)
        children[i] = draw(4) == 0 ? random_phrase(arena, fields) : random_word(arena, true, fields);
    struct node *node = node_with(arena, NODE_NEAR, children, count);
    node->fields = fields;
    node->distance = draw(5);
    return node;
}

static struct node *random_fact(struct arena *arena)
{
    struct node *node = node_new(arena, draw(2) == 0 ? NODE_YEAR : NODE_TOPIC);
    node->name = span_of(topic_names[draw(COUNT(topic_names))]);
    node->year_from = draw(3) == 0 ? 0 : 2018 + (int)draw(6);
    node->year_to = draw(3) == 0 || node->year_from == 0 ? 0 : node->year_from + (int)draw(3);
    if (node->year_from == 0 && node->year_to == 0)
        node->year_to = 2020;
    return node;
}

static struct node *random_tree(struct arena *arena, unsigned depth)
{
    static const enum node_kind groups[] = {NODE_AND, NODE_AND, NODE_OR, NODE_OR, NODE_MAX};
    const uint32_t roll = draw(depth == 0 ? 10 : 18);
    if (roll < 6)
        return random_word(arena, true, random_fields());
    if (roll < 8)
        return random_phrase(arena, random_fields());
    if (roll < 9)
        return draw(8) == 0 ? node_new(arena, NODE_EVERYTHING) : random_near(arena, random_fields());
    if (roll < 10)
        return random_fact(arena);
    if (roll < 12) {
        struct node *child = random_tree(arena, depth - 1);
        return node_with(arena, NODE_NOT, &child, 1);
    }
    struct node *children[4];
    const size_t count = 1 + draw(4);
    for (size_t i = 0; i < count; i++)
        children[i] = random_tree(arena, depth - 1);
    return node_with(arena, groups[draw(COUNT(groups))], children, count);
}

static void any_tree_over_any_library_finds_and_scores_what_the_text_says(void **state)
{
    struct shelf *shelf = *state;
    struct brute brute;
    struct arena arena = {0};
    for (int library = 0; library < 8; library++) {
        random_library(&brute, shelf);
        remove_some(&brute, shelf, 4);
        for (int i = 0; i < 300; i++) {
            const struct node *root = random_tree(&arena, 3);
            same_answer(&brute, root, draw(3) == 0 ? random_tree(&arena, 2) : NULL);
            arena_reset(&arena);
        }
        remove_some(&brute, shelf, 1);
    }
    arena_free(&arena);
}

/* ---- single facts ---------------------------------------------------------------------------------------- */

static struct node *term(struct arena *arena, const char *token)
{
    struct node *node = random_word(arena, false, 0);
    struct span *list = arena_alloc(arena, sizeof *list);
    *list = span_of(token);
    node->tokens = list;
    node->token_count = 1;
    return node;
}

static struct candidates run(struct shelf *shelf, const struct node *root, struct query_plan **plan)
{
    struct candidates found;
    shelf_must(shelf, engine_prepare(shelf->engine, root, NULL, &shelf->arena, plan, &shelf->error));
    shelf_must(shelf, shelf_find(shelf, *plan, &found));
    return found;
}

static void a_word_of_the_title_weighs_more_than_one_of_the_notes(void **state)
{
    struct shelf *shelf = *state;
    struct query_plan *plan;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "Sharing devices", [FIELD_NOTE] = "cxl"}});
    const int64_t second =
        shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl devices", [FIELD_NOTE] = "Sharing"}});
    const struct candidates found = run(shelf, term(&shelf->arena, "cxl"), &plan);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.papers[1].paper, second);
    assert_true(found.papers[1].score > found.papers[0].score);
}

static void a_word_weighs_by_all_its_papers_whatever_field_it_is_asked_of(void **state)
{
    struct shelf *shelf = *state;
    struct query_plan *plan;
    for (int i = 0; i < 3; i++)
        shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = i == 0 ? "cxl" : "other", [FIELD_NOTE] = "cxl"}});
    struct node *root = term(&shelf->arena, "cxl");
    root->fields = 1u << FIELD_TITLE;
    assert_int_equal(run(shelf, root, &plan).count, 1);
    assert_int_equal(engine_weight(plan, root).papers, 3);
    assert_int_equal(engine_collection(plan).papers, 3);
}

static void an_empty_library_finds_nothing(void **state)
{
    struct shelf *shelf = *state;
    struct query_plan *plan;
    struct node *child = term(&shelf->arena, "cxl");
    assert_int_equal(run(shelf, child, &plan).count, 0);
    assert_int_equal(run(shelf, node_with(&shelf->arena, NODE_NOT, &child, 1), &plan).count, 0);
    assert_int_equal(run(shelf, node_new(&shelf->arena, NODE_EVERYTHING), &plan).count, 0);
}

static void thousands_of_words_are_one_query(void **state)
{
    struct shelf *shelf = *state;
    struct query_plan *plan;
    enum { WORDS = 5000 };
    struct node **children = arena_array(&shelf->arena, WORDS, sizeof(struct node *));
    for (size_t i = 0; i < WORDS; i++)
        children[i] = term(&shelf->arena, i == 2500 ? "cxl" : arena_format(&shelf->arena, "word%zu", i / 2));
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl word7"}});
    const struct candidates found = run(shelf, node_with(&shelf->arena, NODE_OR, children, WORDS), &plan);
    assert_int_equal(found.count, 1);
    assert_int_equal(run(shelf, node_with(&shelf->arena, NODE_AND, children, WORDS), &plan).count, 0);
}

static void the_index_knows_its_tokens(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "Pooling the KV-cache"}});
    static const char *const known[] = {"pooling", "~pool", "kvcache", "kv"};
    for (size_t i = 0; i < COUNT(known); i++)
        assert_true(engine_has_token(shelf->engine, span_of(known[i])));
    assert_false(engine_has_token(shelf->engine, span_of("pool")));
    assert_false(engine_has_token(shelf->engine, span_of("\" OR \"")));
    assert_false(engine_has_token(shelf->engine, span_of("")));
}

static void the_auxiliary_function_is_of_no_use_to_others(void **state)
{
    struct shelf *shelf = *state;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl"}});
    assert_int_equal(sqlite3_exec(store_db(shelf->store),
                                  "SELECT pinakes_postings(papers_fts, 1) FROM papers_fts WHERE papers_fts MATCH 'cxl'",
                                  NULL, NULL, NULL),
                     SQLITE_ERROR);
}

static void a_paper_only_the_index_knows_is_called_damage(void **state)
{
    struct shelf *shelf = *state;
    struct query_plan *plan;
    struct candidates found;
    shelf_add(shelf, &(struct volume){.texts = {[FIELD_TITLE] = "cxl"}});
    shelf_execute(shelf, "PRAGMA foreign_keys = OFF; DELETE FROM papers");
    const struct node *root = term(&shelf->arena, "cxl");
    shelf_must(shelf, engine_prepare(shelf->engine, root, NULL, &shelf->arena, &plan, &shelf->error));
    assert_int_equal(shelf_find(shelf, plan, &found), PINAKES_DAMAGED);
    assert_non_null(strstr(shelf->error.message, shelf->path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_SHELF(any_tree_over_any_library_finds_and_scores_what_the_text_says),
        ON_A_SHELF(a_word_of_the_title_weighs_more_than_one_of_the_notes),
        ON_A_SHELF(a_word_weighs_by_all_its_papers_whatever_field_it_is_asked_of),
        ON_A_SHELF(an_empty_library_finds_nothing),
        ON_A_SHELF(thousands_of_words_are_one_query),
        ON_A_SHELF(the_index_knows_its_tokens),
        ON_A_SHELF(the_auxiliary_function_is_of_no_use_to_others),
        ON_A_SHELF(a_paper_only_the_index_knows_is_called_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
