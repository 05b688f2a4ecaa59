#include "query/fts5_part.h"

#include "base/error.h"
#include "query/evaluate.h"
#include "query/rows.h"

#include <stddef.h>

struct fts5_part {
    struct store *store;
    struct arena *arena;
    const struct paper_ranges *ranges;
    const struct leaf_source *weights; /* NULL: the part's own counts */
    struct leaf_source source;
    const struct leaf_postings *leaves;
    size_t leaf_count;
    struct collection collection;
};

/* ---- looking up ------------------------------------------------------------------------------------------ */

static const struct fts5_part *part_of(const struct leaf_source *source)
{
    return (const struct fts5_part *)((const char *)source - offsetof(struct fts5_part, source));
}

static struct posting_cursor *open_leaf(const struct leaf_source *source, const struct node *leaf, struct arena *arena)
{
    const struct fts5_part *part = part_of(source);
    return postings_cursor(postings_of(part->leaves, part->leaf_count, leaf), leaf->fields, arena);
}

uint64_t fts5_part_papers(const struct fts5_part *part, const struct node *term)
{
    const struct postings *postings = postings_of(part->leaves, part->leaf_count, term);
    return postings == NULL ? 0 : postings->count;
}

static uint64_t papers_with(const struct leaf_source *source, const struct node *term)
{
    const struct fts5_part *part = part_of(source);
    return part->weights == NULL ? fts5_part_papers(part, term) : part->weights->papers(part->weights, term);
}

struct collection fts5_part_collection(const struct fts5_part *part)
{
    return part->collection;
}

pinakes_status fts5_part_prepare(struct store *store, const struct node *root, const struct node *filter,
                                 const struct paper_ranges *ranges, const struct read_papers *read,
                                 const struct leaf_source *weights, struct arena *arena, struct fts5_part **out,
                                 pinakes_error *error)
{
    static const struct paper_range whole = {1, INT64_MAX - 1}; /* SQLite counts rows from 1 */
    static const struct paper_ranges all = {&whole, 1};
    struct fts5_part *part = arena_alloc(arena, sizeof *part);
    const struct node *roots[] = {root, filter};
    struct leaf_postings *leaves;
    if (part == NULL)
        return error_no_memory(error);
    *part = (struct fts5_part){.store = store, .arena = arena, .ranges = ranges, .weights = weights};
    const size_t root_count = filter == NULL ? 1 : 2;
    if (read == NULL) {
        const pinakes_status status =
            fts5_leaves(store, roots, root_count, ranges, arena, &leaves, &part->leaf_count, error);
        if (status != PINAKES_OK)
            return status;
    } else if ((leaves = papers_read_leaves(read, roots, root_count, arena, &part->leaf_count)) == NULL) {
        return error_no_memory(error);
    }
    const uint64_t papers = store_paper_count(store);
    part->ranges = ranges == NULL ? &all : ranges;
    part->leaves = leaves;
    part->source = (struct leaf_source){open_leaf, papers_with};
    part->collection = (struct collection){
        .papers = papers,
        .average_length = papers == 0 ? 0 : (double)store_length_total(store) / (double)papers,
    };
    *out = part;
    return PINAKES_OK;
}

/* ---- walking over what is found -------------------------------------------------------------------------- */

struct walk {
    const struct fts5_part *part;
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

static pinakes_status walk_open(struct walk *walk, const struct fts5_part *part, const struct node *root,
                                const struct node *filter, pinakes_error *error)
{
    struct evaluation_input input = {.source = &part->source, .collection = part->collection};
    if (has_complement(root) || (filter != NULL && has_complement(filter))) {
        const pinakes_status status = read_last_paper(part->store, &input.last_paper, error);
        if (status != PINAKES_OK)
            return status;
    }
    *walk = (struct walk){
        .part = part,
        .root = evaluation_create(part->arena, &input, root),
        .filter = filter == NULL ? NULL : evaluation_create(part->arena, &input, filter),
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

static pinakes_status no_such_paper(const struct fts5_part *part, int64_t paper, pinakes_error *error)
{
    return error_set(error, PINAKES_DAMAGED,
                     "%s is damaged: its index knows a paper %lld that it does not have; index your files into a new "
                     "library",
                     store_path(part->store), (long long)paper);
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
            return no_such_paper(walk->part, *paper, error);
        *paper = rows->id == ROWS_END ? NO_PAPER : walk_next(walk, rows->id);
    }
    return PINAKES_OK;
}

static bool add_candidate(const struct walk *walk, const struct rows *rows, struct candidates *found, size_t *capacity)
{
    struct candidate *papers =
        arena_grow(walk->part->arena, found->papers, found->count, capacity, sizeof *found->papers);
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

/* What is done with the papers of a walk, which `rows` stands on. False when memory is short. */
struct visitor {
    bool (*visit)(const struct visitor *visitor, const struct walk *walk, const struct rows *rows);
    struct candidates *found;
    size_t *capacity;
    uint64_t *count;
    bool needs_rows;
};

/* Visits the papers of a range. `*at` is how far the walk has come, which only ever goes on: no paper found lies
 * between the range before and it. */
static pinakes_status visit_range(const struct walk *walk, struct rows *rows, const struct paper_range *range,
                                  int64_t *at, const struct visitor *visitor, pinakes_error *error)
{
    struct rows *needed = visitor->needs_rows || !walk->is_anchored ? rows : NULL;
    for (*at = range->first > *at ? range->first : *at;; ++*at) {
        const pinakes_status status = walk_to_paper(walk, needed, at, error);
        if (status != PINAKES_OK || *at > range->last)
            return status;
        if (!visitor->visit(visitor, walk, rows))
            return error_no_memory(error);
    }
}

static pinakes_status visit_all(const struct fts5_part *part, const struct node *root, const struct node *filter,
                                const struct visitor *visitor, pinakes_error *error)
{
    struct walk walk;
    struct rows rows;
    int64_t at = 0;
    pinakes_status status = walk_open(&walk, part, root, filter, error);
    if (status == PINAKES_OK)
        status = rows_open(&rows, part->store, rows_sql, error);
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < part->ranges->count && status == PINAKES_OK; i++)
        status = visit_range(&walk, &rows, &part->ranges->at[i], &at, visitor, error);
    rows_close(&rows);
    return status;
}

static bool keep(const struct visitor *visitor, const struct walk *walk, const struct rows *rows)
{
    return add_candidate(walk, rows, visitor->found, visitor->capacity);
}

pinakes_status fts5_part_find(const struct fts5_part *part, const struct node *root, const struct node *filter,
                              struct candidates *out, pinakes_error *error)
{
    struct candidates found = {0};
    size_t capacity = 0;
    const struct visitor keeper = {.visit = keep, .found = &found, .capacity = &capacity, .needs_rows = true};
    const pinakes_status status = visit_all(part, root, filter, &keeper, error);
    if (status == PINAKES_OK)
        *out = found;
    return status;
}

static bool count_one(const struct visitor *visitor, const struct walk *walk, const struct rows *rows)
{
    (void)walk;
    (void)rows;
    ++*visitor->count;
    return true;
}

pinakes_status fts5_part_count(const struct fts5_part *part, const struct node *root, const struct node *filter,
                               uint64_t *out, pinakes_error *error)
{
    uint64_t papers = 0;
    const struct visitor counter = {.visit = count_one, .count = &papers};
    const pinakes_status status = visit_all(part, root, filter, &counter, error);
    if (status == PINAKES_OK)
        *out = papers;
    return status;
}
