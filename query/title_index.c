#include "query/title_index.h"

#include "base/error.h"
#include "indexer/key.h"

#include <stdlib.h>

static int by_identity(const void *left, const void *right)
{
    const struct titled_paper *a = left, *b = right;
    if (a->identity != b->identity)
        return a->identity < b->identity ? -1 : 1;
    return (a->paper > b->paper) - (a->paper < b->paper);
}

struct reading {
    struct analyzer *analyzer;
    struct arena *arena;
    struct title_index index;
    size_t capacity;
};

static bool take_title(void *context, sqlite3_stmt *row)
{
    struct reading *in = context;
    struct title_index *index = &in->index;
    index->papers = arena_grow(in->arena, index->papers, index->count, &in->capacity, sizeof *index->papers);
    if (index->papers == NULL)
        return false;
    index->papers[index->count++] = (struct titled_paper){.identity = key_identity(in->analyzer, store_text(row, 1), 0),
                                                          .paper = sqlite3_column_int64(row, 0)};
    return true;
}

pinakes_status title_index_load(struct store *store, struct arena *arena, struct title_index *out, pinakes_error *error)
{
    struct reading in = {.analyzer = store_analyzer(store), .arena = arena};
    sqlite3_stmt *rows = store_statement(store, "SELECT id, shown_title FROM papers", error);
    if (rows == NULL)
        return error->status;
    const pinakes_status status = store_each(store, rows, "reading titles", take_title, &in, error);
    if (status != PINAKES_OK)
        return status;
    if (in.index.count > 0)
        qsort(in.index.papers, in.index.count, sizeof *in.index.papers, by_identity);
    *out = in.index;
    return PINAKES_OK;
}

bool title_index_find(const struct title_index *index, struct analyzer *analyzer, struct span title, int64_t *paper)
{
    const uint64_t identity = key_identity(analyzer, title, 0);
    size_t first = 0, last = index->count;
    while (first < last) {
        const size_t middle = first + (last - first) / 2;
        if (index->papers[middle].identity < identity)
            first = middle + 1;
        else
            last = middle;
    }
    if (first == index->count || index->papers[first].identity != identity)
        return false;
    *paper = index->papers[first].paper;
    return true;
}
