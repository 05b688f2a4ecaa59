#include "query/fts5_leaves.h"

#include "base/buffer.h"
#include "base/error.h"
#include "query/fts5_compile.h"
#include "query/fts5_rank.h"

#include <stdlib.h>

/* Phrases asked for in one MATCH: enough that a statement costs little beside them, few enough for FTS5's limits. */
enum { PHRASES_A_QUERY = 64, RANGES_ALONE = 32 };

/* A leaf on its way to its postings. Leaves with the same `match` share them. */
struct lookup {
    const struct node *leaf;
    struct span match; /* as one FTS5 phrase; empty for what FTS5 is not asked that way */
    struct postings *postings;
};

struct lookups {
    struct store *store;
    struct arena *arena;
    struct lookup *at;
    size_t count, capacity;
    const struct paper_range *range; /* looked at; NULL: the whole library */
    struct buffer text;
};

/* ---- which leaves there are ------------------------------------------------------------------------------ */

static bool add_lookup(struct lookups *lookups, const struct node *leaf)
{
    struct lookup *at =
        arena_grow(lookups->arena, lookups->at, lookups->count, &lookups->capacity, sizeof *lookups->at);
    if (at == NULL)
        return false;
    lookups->at = at;
    struct lookup *lookup = &at[lookups->count];
    *lookup = (struct lookup){.leaf = leaf};
    if (node_has_place(leaf)) {
        buffer_clear(&lookups->text);
        fts5_compile_phrase(leaf, &lookups->text);
        lookup->match = (struct span){buffer_keep(&lookups->text, lookups->arena), lookups->text.len};
        if (lookup->match.at == NULL)
            return false;
    }
    lookups->count++;
    return true;
}

/* Inside a phrase or NEAR only words are looked up on their own, for what they weigh. */
static bool gather(struct lookups *lookups, const struct node *node, bool is_inside)
{
    const bool is_word = node_is_word(node);
    const bool is_group = node->kind == NODE_PHRASE || node->kind == NODE_NEAR;
    const bool is_fact = node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
    if ((is_word || is_fact || (is_group && !is_inside)) && !add_lookup(lookups, node))
        return false;
    for (size_t i = 0; i < node->child_count; i++)
        if (!gather(lookups, node->children[i], is_inside || is_group))
            return false;
    return true;
}

/* ---- words ----------------------------------------------------------------------------------------------- */

static int by_match(const void *a, const void *b)
{
    const struct span x = ((const struct lookup *)a)->match, y = ((const struct lookup *)b)->match;
    const size_t shorter = x.len < y.len ? x.len : y.len;
    const int order = shorter == 0 ? 0 : memcmp(x.at, y.at, shorter);
    return order != 0 ? order : (x.len > y.len) - (x.len < y.len);
}

static bool share_postings(struct lookups *lookups)
{
    qsort(lookups->at, lookups->count, sizeof *lookups->at, by_match);
    for (size_t i = 0; i < lookups->count; i++) {
        struct lookup *lookup = &lookups->at[i];
        if (i > 0 && lookup->match.len > 0 && span_equal(lookup->match, lookup[-1].match))
            lookup->postings = lookup[-1].postings;
        else if ((lookup->postings = arena_alloc(lookups->arena, sizeof *lookup->postings)) == NULL)
            return false;
    }
    return true;
}

static const char postings_sql[] =
    "SELECT " FTS5_POSTINGS_FUNCTION "(papers_fts, ?1) FROM papers_fts WHERE papers_fts MATCH ?2 LIMIT 1";

static const char row_postings_sql[] =
    "SELECT " FTS5_ROW_POSTINGS_FUNCTION
    "(papers_fts, ?1) FROM papers_fts WHERE papers_fts MATCH ?2 AND rowid BETWEEN ?3 AND ?4 ORDER BY rowid";

static void bind_range(const struct lookups *lookups, sqlite3_stmt *select, int first)
{
    const struct paper_range *range = lookups->range;
    (void)sqlite3_bind_int64(select, first, range == NULL ? INT64_MIN : range->first);
    (void)sqlite3_bind_int64(select, first + 1, range == NULL ? INT64_MAX : range->last);
}

static pinakes_status run_match(struct lookups *lookups, struct span match, struct fts5_postings *out,
                                pinakes_error *error)
{
    struct store *store = lookups->store;
    sqlite3_stmt *select = store_statement(store, lookups->range == NULL ? postings_sql : row_postings_sql, error);
    if (select == NULL)
        return error->status;
    int code = sqlite3_bind_pointer(select, 1, out, FTS5_POSTINGS_POINTER, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text64(select, 2, match.at, match.len, SQLITE_STATIC, SQLITE_UTF8);
    if (code == SQLITE_OK && lookups->range != NULL)
        bind_range(lookups, select, 3);
    if (code == SQLITE_OK)
        code = sqlite3_step(select);
    while (code == SQLITE_ROW && lookups->range != NULL)
        code = sqlite3_step(select);
    const pinakes_status status =
        code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "searching", error);
    (void)sqlite3_reset(select);
    return status;
}

/* The postings of the next PHRASES_A_QUERY distinct phrases from `*next` on. Any row will do to call the auxiliary
 * function from, so the phrases are alternatives. */
static pinakes_status look_up_some(struct lookups *lookups, size_t *next, pinakes_error *error)
{
    struct postings *phrases[PHRASES_A_QUERY];
    struct fts5_postings out = {lookups->arena, phrases, 0};
    buffer_clear(&lookups->text);
    size_t i = *next;
    for (; i < lookups->count && out.phrase_count < PHRASES_A_QUERY; i++) {
        const struct lookup *lookup = &lookups->at[i];
        if (i > 0 && lookup->postings == lookup[-1].postings)
            continue;
        buffer_add_text(&lookups->text, out.phrase_count > 0 ? " OR " : "");
        buffer_add(&lookups->text, lookup->match);
        phrases[out.phrase_count++] = lookup->postings;
    }
    *next = i;
    if (lookups->text.failed)
        return error_no_memory(error);
    if (out.phrase_count == 0)
        return PINAKES_OK;
    return run_match(lookups, buffer_text(&lookups->text), &out, error);
}

/* ---- NEAR, years and topics: plain rows of paper ids ----------------------------------------------------- */

static const char near_sql[] = "SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?1"
                               " AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid";
static const char year_sql[] =
    "SELECT id FROM papers WHERE year BETWEEN ?1 AND ?2 AND id BETWEEN ?3 AND ?4 ORDER BY id";
static const char topic_names_sql[] = "SELECT name FROM topics";
static const char topic_sql[] = "SELECT paper FROM paper_topics WHERE topic = ?1 AND paper BETWEEN ?2 AND ?3"
                                " ORDER BY paper";

struct taking {
    struct arena *arena;
    struct postings *out;
};

static bool take_paper(void *context, sqlite3_stmt *row)
{
    const struct taking *in = context;
    return postings_add(in->out, in->arena, (struct posting){.paper = sqlite3_column_int64(row, 0), .fields = ~0u});
}

static pinakes_status read_papers(const struct lookups *lookups, sqlite3_stmt *select, struct postings *out,
                                  pinakes_error *error)
{
    struct taking in = {lookups->arena, out};
    return store_each(lookups->store, select, "searching", take_paper, &in, error);
}

static pinakes_status look_up_near(struct lookups *lookups, const struct lookup *lookup, pinakes_error *error)
{
    sqlite3_stmt *select = store_statement(lookups->store, near_sql, error);
    if (select == NULL)
        return error->status;
    buffer_clear(&lookups->text);
    fts5_compile_near(lookup->leaf, &lookups->text);
    if (lookups->text.failed)
        return error_no_memory(error);
    (void)sqlite3_bind_text64(select, 1, lookups->text.at, lookups->text.len, SQLITE_STATIC, SQLITE_UTF8);
    bind_range(lookups, select, 2);
    return read_papers(lookups, select, lookup->postings, error);
}

static pinakes_status look_up_year(const struct lookups *lookups, const struct lookup *lookup, pinakes_error *error)
{
    sqlite3_stmt *select = store_statement(lookups->store, year_sql, error);
    if (select == NULL)
        return error->status;
    const struct node *year = lookup->leaf;
    (void)sqlite3_bind_int(select, 1, year->year_from != 0 ? year->year_from : INT32_MIN);
    (void)sqlite3_bind_int(select, 2, year->year_to != 0 ? year->year_to : INT32_MAX);
    bind_range(lookups, select, 3);
    return read_papers(lookups, select, lookup->postings, error);
}

/* The name of the topic as it is stored, in `arena`; NULL when there is none, or on failure. */
static const char *stored_name(const struct lookups *lookups, struct span name, pinakes_status *status,
                               pinakes_error *error)
{
    sqlite3_stmt *select = store_statement(lookups->store, topic_names_sql, error);
    if (select == NULL) {
        *status = error->status;
        return NULL;
    }
    const char *found = NULL;
    int code;
    while ((code = sqlite3_step(select)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(select, 0);
        if (text == NULL || !topic_name_equal(span_of(text), name))
            continue;
        found = arena_string(lookups->arena, span_of(text));
        code = found == NULL ? SQLITE_NOMEM : SQLITE_DONE;
        break;
    }
    *status = code == SQLITE_DONE ? PINAKES_OK : store_error(lookups->store, code, "searching", error);
    (void)sqlite3_reset(select);
    return found;
}

static pinakes_status look_up_topic(const struct lookups *lookups, const struct lookup *lookup, pinakes_error *error)
{
    pinakes_status status;
    const char *name = stored_name(lookups, lookup->leaf->name, &status, error);
    if (name == NULL)
        return status;
    sqlite3_stmt *select = store_statement(lookups->store, topic_sql, error);
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_text(select, 1, name, -1, SQLITE_STATIC);
    bind_range(lookups, select, 2);
    return read_papers(lookups, select, lookup->postings, error);
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static pinakes_status look_up_all(struct lookups *lookups, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    size_t next = 0; /* what is no phrase sorts first, as its `match` is empty */
    for (; next < lookups->count && !node_has_place(lookups->at[next].leaf) && status == PINAKES_OK; next++) {
        const struct lookup *lookup = &lookups->at[next];
        if (lookup->leaf->kind == NODE_NEAR)
            status = look_up_near(lookups, lookup, error);
        else if (lookup->leaf->kind == NODE_YEAR)
            status = look_up_year(lookups, lookup, error);
        else
            status = look_up_topic(lookups, lookup, error);
    }
    while (status == PINAKES_OK && next < lookups->count)
        status = look_up_some(lookups, &next, error);
    return status;
}

static pinakes_status hand_out(const struct lookups *lookups, struct leaf_postings **out, size_t *count,
                               pinakes_error *error)
{
    struct leaf_postings *entries = arena_array(lookups->arena, lookups->count, sizeof *entries);
    if (entries == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < lookups->count; i++)
        entries[i] = (struct leaf_postings){lookups->at[i].leaf, lookups->at[i].postings};
    postings_sort_leaves(entries, lookups->count);
    *out = entries;
    *count = lookups->count;
    return PINAKES_OK;
}

/* Keeps of ascending postings those in the ranges. */
static void keep_ranges(struct postings *postings, const struct paper_ranges *ranges)
{
    size_t kept = 0, range = 0;
    for (size_t i = 0; i < postings->count; i++) {
        while (range < ranges->count && ranges->at[range].last < postings->at[i].paper)
            range++;
        if (range < ranges->count && ranges->at[range].first <= postings->at[i].paper)
            postings->at[kept++] = postings->at[i];
    }
    postings->count = kept;
}

/* Looks up all papers and keeps those in the ranges: each range alone costs FTS5 a descent for every word. */
static pinakes_status look_up_and_keep(struct lookups *lookups, const struct paper_ranges *ranges, pinakes_error *error)
{
    const pinakes_status status = look_up_all(lookups, error);
    for (size_t i = 0; i < lookups->count && status == PINAKES_OK; i++)
        keep_ranges(lookups->at[i].postings, ranges);
    return status;
}

/* Ranges ascend, so that every leaf's postings do. */
static pinakes_status look_up_ranges(struct lookups *lookups, const struct paper_ranges *ranges, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    if (ranges == NULL)
        return look_up_all(lookups, error);
    if (ranges->count > RANGES_ALONE)
        return look_up_and_keep(lookups, ranges, error);
    for (size_t i = 0; i < ranges->count && status == PINAKES_OK; i++) {
        lookups->range = &ranges->at[i];
        status = look_up_all(lookups, error);
    }
    return status;
}

pinakes_status fts5_leaves(struct store *store, const struct node *const *roots, size_t root_count,
                           const struct paper_ranges *ranges, struct arena *arena, struct leaf_postings **out,
                           size_t *count, pinakes_error *error)
{
    struct lookups lookups = {.store = store, .arena = arena};
    bool has_memory = true;
    for (size_t i = 0; i < root_count && has_memory; i++)
        has_memory = gather(&lookups, roots[i], false);
    has_memory = has_memory && (lookups.count == 0 || share_postings(&lookups));
    pinakes_status status = has_memory ? look_up_ranges(&lookups, ranges, error) : error_no_memory(error);
    if (status == PINAKES_OK)
        status = hand_out(&lookups, out, count, error);
    buffer_free(&lookups.text);
    return status;
}
