#include "query/paper_names.h"

#include "base/error.h"

#include <stdlib.h>

/* A set of ids rather than a join: without an index on it SQLite would walk the joined rows for every paper. */
static const char names_sql[] =
    "SELECT p.id, CASE WHEN p.id IN ("
    "SELECT min(id) FROM papers q"
    " WHERE source_id <> '' AND source_id NOT GLOB '*[' || char(9, 10, 11, 12, 13, 32) || ']*'"
    " AND NOT EXISTS (SELECT 1 FROM papers k WHERE k.key = q.source_id AND k.id <> q.id)"
    " GROUP BY source_id HAVING count(*) = 1"
    ") THEN p.source_id ELSE p.key END FROM papers p ORDER BY p.id";

static int compare_names(const void *left, const void *right)
{
    const struct span *a = left, *b = right;
    return span_compare(*a, *b);
}

static pinakes_status sort_names(struct paper_names *names, struct arena *arena, pinakes_error *error)
{
    names->sorted = arena_array(arena, names->count + 1, sizeof *names->sorted);
    if (names->sorted == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < names->count; i++)
        names->sorted[i] = names->by_paper[i].name;
    qsort(names->sorted, names->count, sizeof *names->sorted, compare_names);
    return PINAKES_OK;
}

struct reading {
    struct arena *arena;
    struct paper_names names;
    size_t capacity;
};

static bool take_name(void *context, sqlite3_stmt *row)
{
    struct reading *in = context;
    struct paper_names *names = &in->names;
    const char *text = (const char *)sqlite3_column_text(row, 1);
    const char *name = text == NULL ? NULL : arena_string(in->arena, span_of(text));
    names->by_paper = arena_grow(in->arena, names->by_paper, names->count, &in->capacity, sizeof *names->by_paper);
    if (name == NULL || names->by_paper == NULL)
        return false;
    names->by_paper[names->count++] = (struct paper_name){sqlite3_column_int64(row, 0), span_of(name)};
    return true;
}

pinakes_status paper_names_load(struct store *store, struct arena *arena, struct paper_names *out, pinakes_error *error)
{
    struct reading in = {.arena = arena};
    sqlite3_stmt *rows = store_statement(store, names_sql, error);
    if (rows == NULL)
        return error->status;
    pinakes_status status = store_each(store, rows, "reading the names of papers", take_name, &in, error);
    if (status == PINAKES_OK)
        status = sort_names(&in.names, arena, error);
    if (status == PINAKES_OK)
        *out = in.names;
    return status;
}

static int compare_paper(const void *paper, const void *name)
{
    const int64_t a = *(const int64_t *)paper, b = ((const struct paper_name *)name)->paper;
    return (a > b) - (a < b);
}

struct span paper_name_of(const struct paper_names *names, int64_t paper)
{
    const struct paper_name *found =
        bsearch(&paper, names->by_paper, names->count, sizeof *names->by_paper, compare_paper);
    return found->name;
}

bool paper_names_have(const struct paper_names *names, struct span name)
{
    return names->count > 0 &&
           bsearch(&name, names->sorted, names->count, sizeof *names->sorted, compare_names) != NULL;
}
