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

pinakes_status title_index_load(struct store *store, struct arena *arena, struct title_index *out, pinakes_error *error)
{
    struct title_index index = {.count = 0};
    size_t capacity = 0;
    sqlite3_stmt *rows = store_statement(store, "SELECT id, shown_title FROM papers", error);
    if (rows == NULL)
        return error->status;
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        const struct span title = store_text(rows, 1);
        index.papers = arena_grow(arena, index.papers, index.count, &capacity, sizeof *index.papers);
        if (index.papers == NULL)
            break;
        index.papers[index.count++] = (struct titled_paper){.identity = key_identity(store_analyzer(store), title, 0),
                                                            .paper = sqlite3_column_int64(rows, 0)};
    }
    (void)sqlite3_reset(rows);
    if (code != SQLITE_DONE)
        return code == SQLITE_ROW ? error_no_memory(error) : store_error(store, code, "reading titles", error);
    if (index.count > 0)
        qsort(index.papers, index.count, sizeof *index.papers, by_identity);
    *out = index;
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
