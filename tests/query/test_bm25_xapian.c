#include "indexer/bm25.h"
#include "query/engine.h"
#include "query/match.h"
#include "tests/chance.h"
#include "tests/query/shelf.h"
#include "tests/query/xapian_scores.h"

#include <math.h>

/* Words fall into terms so that no position counts for two: then a document has in Xapian the length it has here. */
enum { PAPERS = 60, TERMS = 7, WORDS_A_TERM = 3 };

static const char *const words[TERMS][WORDS_A_TERM] = {
    {"cxl", "pcie", "rdma"}, {"fork", NULL, NULL}, {"cache", "kv", NULL},     {"kernel", NULL, NULL},
    {"gpu", "npu", NULL},    {"vm", NULL, NULL},   {"enclave", "tee", "sgx"},
};
static const uint32_t frequency[TERMS] = {1,  2,  3, 8,
                                          20, 40, 1}; /* how often a word is drawn, to have rare and common ones */

static const char *random_text(struct arena *arena, uint32_t most)
{
    struct buffer text = {0};
    for (uint32_t i = draw(most + 1); i > 0; i--) {
        const uint32_t term = draw(TERMS);
        const char *word = draw(40) < frequency[term] ? words[term][draw(WORDS_A_TERM)] : "something";
        buffer_format(&text, "%s ", word == NULL ? words[term][0] : word);
    }
    const char *copy = arena_string(arena, (struct span){text.at, text.len});
    buffer_free(&text);
    return copy;
}

static struct node *term_node(struct arena *arena, size_t term)
{
    struct node *node = node_new(arena, NODE_TERM);
    struct span *tokens = arena_array(arena, WORDS_A_TERM, sizeof *tokens);
    for (size_t i = 0; i < WORDS_A_TERM && words[term][i] != NULL; i++)
        tokens[node->token_count++] = span_of(words[term][i]);
    node->tokens = tokens;
    return node;
}

/* The same papers on the shelf and in Xapian. */
static void fill(struct shelf *shelf, struct xapian_index *xapian)
{
    for (size_t i = 0; i < PAPERS; i++) {
        const struct volume volume = {.texts = {[FIELD_TITLE] = random_text(&shelf->arena, 5),
                                                [FIELD_NOTE] = random_text(&shelf->arena, draw(60) + 1)}};
        struct span texts[FIELD_COUNT];
        uint32_t frequencies[TERMS];
        for (size_t field = 0; field < FIELD_COUNT; field++)
            texts[field] = span_of(volume.texts[field] == NULL ? "" : volume.texts[field]);
        const struct document *document =
            document_create(&shelf->arena, store_analyzer(shelf->store), texts, 0, NULL, 0);
        for (size_t term = 0; term < TERMS; term++)
            frequencies[term] = document_frequency(document, term_node(&shelf->arena, term));
        assert_int_equal(shelf_add(shelf, &volume), i + 1);
        xapian_add(xapian, frequencies, TERMS, document_length(document));
    }
}

/* The same random tree for both. `unused` holds the terms that may still be taken, since Xapian counts a term that is
 * asked twice once. Below MAX stands no OR: Xapian 1.4 takes the terms of such an OR for alternatives of the MAX. */
static struct node *random_tree(struct arena *arena, unsigned *unused, unsigned depth, bool below_max,
                                struct xapian_query *query)
{
    static const enum node_kind kinds[] = {NODE_AND, NODE_MAX, NODE_OR};
    static const enum xapian_operator operations[] = {XAPIAN_AND, XAPIAN_MAX, XAPIAN_OR};
    if (depth == 0 || draw(3) == 0) {
        size_t term = draw(TERMS);
        while ((*unused & (1u << term)) == 0)
            term = (term + 1) % TERMS;
        *unused &= ~(1u << term);
        *query = (struct xapian_query){.operation = XAPIAN_TERM, .term = term};
        return term_node(arena, term);
    }
    const uint32_t kind = draw(below_max ? 2 : 3);
    struct xapian_query *queries = arena_array(arena, 3, sizeof *queries);
    struct node *children[3];
    size_t count = 0;
    for (const size_t wanted = 2 + draw(2); count < wanted && *unused != 0; count++)
        children[count] = random_tree(arena, unused, depth - 1, below_max || kinds[kind] == NODE_MAX, &queries[count]);
    *query = (struct xapian_query){.operation = operations[kind], .children = queries, .child_count = count};
    return node_with(arena, kinds[kind], children, count);
}

static void compare(struct shelf *shelf, struct xapian_index *xapian, const struct node *root,
                    const struct xapian_query *query)
{
    struct query_plan *plan;
    struct candidates found;
    double scores[PAPERS];
    size_t next = 0;
    shelf_must(shelf, engine_prepare(shelf->engine, root, NULL, &shelf->arena, &plan, &shelf->error));
    shelf_must(shelf, shelf_find(shelf, plan, &found));
    xapian_score(xapian, query, BM25_K1, BM25_B, BM25_SHORTEST, scores, PAPERS);
    for (size_t i = 0; i < PAPERS; i++) {
        const bool is_found = next < found.count && found.papers[next].paper == (int64_t)i + 1;
        assert_int_equal(is_found, scores[i] >= 0);
        if (!is_found)
            continue;
        const double score = found.papers[next++].score;
        if (fabs(score - scores[i]) > 1e-5 * scores[i])
            fail_msg("paper %zu scores %.9f here and %.9f in Xapian", i + 1, score, scores[i]);
    }
}

static void every_paper_scores_what_xapian_gives_it(void **state)
{
    struct shelf *shelf = *state;
    struct xapian_index *xapian = xapian_create();
    fill(shelf, xapian);
    for (int i = 0; i < 500; i++) {
        struct xapian_query query;
        unsigned unused = (1u << TERMS) - 1;
        const struct node *root = random_tree(&shelf->arena, &unused, 3, false, &query);
        compare(shelf, xapian, root, &query);
    }
    xapian_free(xapian);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_paper_scores_what_xapian_gives_it, shelf_setup, shelf_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
