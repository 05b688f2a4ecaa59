#include "query/engine_fts5.h"

#include "base/error.h"
#include "indexer/bm25.h"
#include "query/engine_plan.h"
#include "query/evaluate.h"
#include "query/facets.h"
#include "query/fts5_compile.h"
#include "query/fts5_leaves.h"
#include "query/fts5_rank.h"
#include "query/order.h"
#include "query/rows.h"

struct fts5_plan {
    struct query_plan base;
    struct store *store;
    struct arena *arena;
    const struct node *root;
    const struct node *filter;
    struct leaf_source source;
    const struct leaf_postings *leaves;
    size_t leaf_count;
    struct collection collection;
};

pinakes_status fts5_attach(struct store *store, pinakes_error *error)
{
    const int code = fts5_rank_register(store_db(store));
    return code == SQLITE_OK ? PINAKES_OK : store_error(store, code, "preparing to search", error);
}

/* ---- looking up ------------------------------------------------------------------------------------------ */

static const struct postings *leaf_postings(const struct fts5_plan *plan, const struct node *leaf)
{
    return postings_of(plan->leaves, plan->leaf_count, leaf);
}

static const struct fts5_plan *plan_of(const struct leaf_source *source)
{
    return (const struct fts5_plan *)((const char *)source - offsetof(struct fts5_plan, source));
}

static struct posting_cursor *open_leaf(const struct leaf_source *source, const struct node *leaf, struct arena *arena)
{
    return postings_cursor(leaf_postings(plan_of(source), leaf), leaf->fields, arena);
}

static uint64_t papers_with(const struct leaf_source *source, const struct node *term)
{
    const struct postings *postings = leaf_postings(plan_of(source), term);
    return postings == NULL ? 0 : postings->count;
}

static const struct plan_methods methods;

pinakes_status fts5_prepare(struct store *store, const struct node *root, const struct node *filter,
                            struct arena *arena, struct query_plan **out, pinakes_error *error)
{
    struct fts5_plan *plan = arena_alloc(arena, sizeof *plan);
    if (plan == NULL)
        return error_no_memory(error);
    *plan = (struct fts5_plan){.base = {&methods}, .store = store, .arena = arena, .root = root, .filter = filter};
    const struct node *roots[] = {root, filter};
    struct leaf_postings *leaves;
    const pinakes_status status =
        fts5_leaves(store, roots, filter == NULL ? 1 : 2, arena, &leaves, &plan->leaf_count, error);
    if (status != PINAKES_OK)
        return status;
    plan->leaves = leaves;
    plan->source = (struct leaf_source){open_leaf, papers_with};
    const uint64_t papers = store_paper_count(store);
    plan->collection = (struct collection){
        .papers = papers,
        .average_length = papers == 0 ? 0 : (double)store_length_total(store) / (double)papers,
    };
    *out = &plan->base;
    return PINAKES_OK;
}

/* ---- walking over what is found -------------------------------------------------------------------------- */

enum { FIRST_PAPER = 1 }; /* SQLite counts rows from 1 */

struct walk {
    const struct fts5_plan *plan;
    struct evaluation *root;
    struct evaluation *filter; /* may be NULL */
    bool is_anchored;
};

static bool has_complement(const struct node *node)
{
    bool has = node->kind == NODE_NOT || node->kind == NODE_EVERYTHING;
    for (size_t i = 0; i < node->child_count && !has; i++)
        has = has_complement(node->children[i]);
    return has;
}

/* The greatest paper id, which only a tree with a complement needs to know. */
static pinakes_status read_last_paper(struct store *store, int64_t *out, pinakes_error *error)
{
    static const char sql[] = "SELECT max(id) FROM papers";
    sqlite3_stmt *select = store_statement(store, sql, error);
    if (select == NULL)
        return error->status;
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(select, 0);
    (void)sqlite3_reset(select);
    return code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, "searching", error);
}

static pinakes_status walk_open(struct walk *walk, const struct fts5_plan *plan, const struct node *root,
                                const struct node *filter, pinakes_error *error)
{
    struct evaluation_input input = {.source = &plan->source, .collection = plan->collection};
    if (has_complement(root) || (filter != NULL && has_complement(filter))) {
        const pinakes_status status = read_last_paper(plan->store, &input.last_paper, error);
        if (status != PINAKES_OK)
            return status;
    }
    *walk = (struct walk){
        .plan = plan,
        .root = evaluation_create(plan->arena, &input, root),
        .filter = filter == NULL ? NULL : evaluation_create(plan->arena, &input, filter),
        .is_anchored = tree_is_anchored(root) || (filter != NULL && tree_is_anchored(filter)),
    };
    const bool has_memory = walk->root != NULL && (filter == NULL || walk->filter != NULL);
    return has_memory ? PINAKES_OK : error_no_memory(error);
}

static int64_t walk_next(const struct walk *walk, int64_t from)
{
    int64_t paper = evaluation_next(walk->root, from);
    while (walk->filter != NULL && paper != NO_PAPER) {
        const int64_t allowed = evaluation_next(walk->filter, paper);
        if (allowed == paper)
            break;
        paper = allowed == NO_PAPER ? NO_PAPER : evaluation_next(walk->root, allowed);
    }
    return paper;
}

static pinakes_status no_such_paper(const struct fts5_plan *plan, int64_t paper, pinakes_error *error)
{
    return error_set(error, PINAKES_DAMAGED,
                     "%s is damaged: its index knows a paper %lld that it does not have; index your files into a new "
                     "library",
                     store_path(plan->store), (long long)paper);
}

/* The first paper from `*paper` on that is found, on which `rows` then stands. Without `rows` every number found must
 * be a paper's; with them, a walk that is not anchored passes over numbers that are no papers. */
static pinakes_status walk_to_paper(const struct walk *walk, struct rows *rows, int64_t *paper, pinakes_error *error)
{
    *paper = walk_next(walk, *paper);
    while (rows != NULL && *paper != NO_PAPER) {
        const pinakes_status status = rows_seek(rows, *paper, error);
        if (status != PINAKES_OK || rows->id == *paper)
            return status;
        if (walk->is_anchored)
            return no_such_paper(walk->plan, *paper, error);
        *paper = rows->id == ROWS_END ? NO_PAPER : walk_next(walk, rows->id);
    }
    return PINAKES_OK;
}

static bool add_candidate(const struct walk *walk, const struct rows *rows, struct candidates *found, size_t *capacity)
{
    struct candidate *papers =
        arena_grow(walk->plan->arena, found->papers, found->count, capacity, sizeof *found->papers);
    if (papers == NULL)
        return false;
    const uint32_t length = (uint32_t)sqlite3_column_int64(rows->select, 1);
    papers[found->count++] = (struct candidate){
        .paper = rows->id,
        .score = evaluation_score(walk->root, rows->id, length),
        .length = length,
        .year = sqlite3_column_int(rows->select, 2),
    };
    found->papers = papers;
    return true;
}

static const char rows_sql[] = "SELECT id, length, year FROM papers WHERE id >= ?1 ORDER BY id";

static pinakes_status find_all(const struct fts5_plan *plan, struct candidates *out, pinakes_error *error)
{
    struct walk walk;
    struct rows rows;
    struct candidates found = {0};
    size_t capacity = 0;
    pinakes_status status = walk_open(&walk, plan, plan->root, plan->filter, error);
    if (status == PINAKES_OK)
        status = rows_open(&rows, plan->store, rows_sql, error);
    if (status != PINAKES_OK)
        return status;
    for (int64_t paper = FIRST_PAPER; status == PINAKES_OK; paper++) {
        status = walk_to_paper(&walk, &rows, &paper, error);
        if (status != PINAKES_OK || paper == NO_PAPER)
            break;
        if (!add_candidate(&walk, &rows, &found, &capacity))
            status = error_no_memory(error);
    }
    rows_close(&rows);
    if (status == PINAKES_OK)
        *out = found;
    return status;
}

static pinakes_status add_facets(const struct fts5_plan *plan, const struct candidates *found, struct arena *kept,
                                 pinakes_facet **out, pinakes_error *error)
{
    struct facet_tally tally = {.arena = kept, .scratch = plan->arena};
    pinakes_facet *facets = arena_array(kept, FACET_COUNT, sizeof *facets);
    if (facets == NULL)
        return error_no_memory(error);
    const pinakes_status status = facets_add_papers(&tally, plan->store, found, error);
    *out = facets;
    return status == PINAKES_OK ? facets_finish(&tally, facets, error) : status;
}

static pinakes_status run(const struct query_plan *base, const struct question *question, struct answer *out,
                          pinakes_error *error)
{
    const struct fts5_plan *plan = (const struct fts5_plan *)base;
    struct candidates found = {0};
    struct answer answer = {0};
    pinakes_status status = find_all(plan, &found, error);
    if (status == PINAKES_OK && question->facets)
        status = add_facets(plan, &found, question->kept, &answer.facets, error);
    if (status == PINAKES_OK)
        status = order_candidates(plan->store, &found, question->sort, plan->arena, error);
    if (status != PINAKES_OK)
        return status;
    answer.found = found.count;
    answer.page = page_of(&found, question);
    *out = answer;
    return PINAKES_OK;
}

static pinakes_status count(const struct query_plan *base, const struct node *node, const struct node *filter,
                            uint64_t *out, pinakes_error *error)
{
    const struct fts5_plan *plan = (const struct fts5_plan *)base;
    struct walk walk;
    struct rows rows;
    uint64_t papers = 0;
    pinakes_status status = walk_open(&walk, plan, node, filter, error);
    if (status == PINAKES_OK)
        status = rows_open(&rows, plan->store, rows_sql, error);
    if (status != PINAKES_OK)
        return status;
    for (int64_t paper = FIRST_PAPER; status == PINAKES_OK; paper++) {
        status = walk_to_paper(&walk, walk.is_anchored ? NULL : &rows, &paper, error);
        if (status != PINAKES_OK || paper == NO_PAPER)
            break;
        papers++;
    }
    rows_close(&rows);
    if (status == PINAKES_OK)
        *out = papers;
    return status;
}

/* ---- small questions ------------------------------------------------------------------------------------- */

static struct term_weight weight(const struct query_plan *base, const struct node *term)
{
    const struct fts5_plan *plan = (const struct fts5_plan *)base;
    const uint64_t papers = papers_with(&plan->source, term);
    return (struct term_weight){papers, bm25_idf(plan->collection.papers, papers)};
}

static struct collection collection(const struct query_plan *plan)
{
    return ((const struct fts5_plan *)plan)->collection;
}

static const struct plan_methods methods = {.run = run, .count = count, .weight = weight, .collection = collection};

static const char token_sql[] = "SELECT 1 FROM papers_fts WHERE papers_fts MATCH ?1 LIMIT 1";

bool fts5_has_token(struct store *store, struct span token)
{
    struct buffer match = {0};
    fts5_compile_token(token, &match);
    sqlite3_stmt *select = match.failed ? NULL : store_statement(store, token_sql, NULL);
    bool has = false;
    if (select != NULL) {
        (void)sqlite3_bind_text64(select, 1, match.at, match.len, SQLITE_STATIC, SQLITE_UTF8);
        has = sqlite3_step(select) == SQLITE_ROW;
        (void)sqlite3_reset(select);
    }
    buffer_free(&match);
    return has;
}
