#include "query/order.h"

#include "base/error.h"
#include "query/rows.h"

#include <stdlib.h>
#include <utf8proc.h>

static int by_score(const struct candidate *a, const struct candidate *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->paper > b->paper) - (a->paper < b->paper);
}

static int best_first(const void *a, const void *b)
{
    return by_score(a, b);
}

static int newest_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->year != y->year ? (x->year > y->year ? -1 : 1) : by_score(x, y);
}

static int oldest_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->year == y->year)
        return by_score(x, y);
    return y->year == 0 || (x->year != 0 && x->year < y->year) ? -1 : 1;
}

/* ---- titles ---------------------------------------------------------------------------------------------- */

struct titled {
    struct candidate candidate;
    const char *key; /* the title, case-folded */
};

static int by_title(const void *a, const void *b)
{
    const struct titled *x = a, *y = b;
    const int order = strcmp(x->key, y->key);
    return order != 0 ? order : by_score(&x->candidate, &y->candidate);
}

static const char *fold_title(struct span title, struct arena *arena)
{
    utf8proc_uint8_t *folded = NULL;
    const utf8proc_ssize_t bytes =
        utf8proc_map((const utf8proc_uint8_t *)title.at, (utf8proc_ssize_t)title.len, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const char *key = arena_string(arena, bytes < 0 ? title : (struct span){(const char *)folded, (size_t)bytes});
    free(folded);
    return key;
}

static const char titles_sql[] = "SELECT id, shown_title FROM papers WHERE id >= ?1 ORDER BY id";

static pinakes_status read_titles(struct store *store, struct titled *titled, size_t count, struct arena *arena,
                                  pinakes_error *error)
{
    struct rows rows;
    pinakes_status status = rows_open(&rows, store, titles_sql, error);
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        status = rows_seek(&rows, titled[i].candidate.paper, error);
        titled[i].key = fold_title(store_text(rows.select, 1), arena);
        if (status == PINAKES_OK && titled[i].key == NULL)
            status = error_no_memory(error);
    }
    rows_close(&rows);
    return status;
}

static pinakes_status order_by_title(struct store *store, struct candidates *found, struct arena *arena,
                                     pinakes_error *error)
{
    struct titled *titled = arena_array(arena, found->count, sizeof *titled);
    if (titled == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < found->count; i++)
        titled[i].candidate = found->papers[i];
    const pinakes_status status = read_titles(store, titled, found->count, arena, error);
    if (status != PINAKES_OK)
        return status;
    qsort(titled, found->count, sizeof *titled, by_title);
    for (size_t i = 0; i < found->count; i++)
        found->papers[i] = titled[i].candidate;
    return PINAKES_OK;
}

candidate_order *order_of(pinakes_sort sort)
{
    switch (sort) {
    case PINAKES_BY_YEAR_NEWEST:
        return newest_first;
    case PINAKES_BY_YEAR_OLDEST:
        return oldest_first;
    case PINAKES_BY_TITLE:
        return NULL;
    case PINAKES_BY_SCORE:
        break;
    }
    return best_first;
}

/* What engines find by score is in order already, but for equal ones. */
static void sort(struct candidate *papers, size_t count, candidate_order *order)
{
    for (size_t i = 1; i < count; i++) {
        if (order(&papers[i - 1], &papers[i]) > 0) {
            qsort(papers, count, sizeof *papers, order);
            return;
        }
    }
}

pinakes_status order_candidates(struct store *store, struct candidates *found, pinakes_sort by, struct arena *arena,
                                pinakes_error *error)
{
    candidate_order *order = order_of(by);
    if (found->count == 0)
        return PINAKES_OK;
    if (order == NULL)
        return order_by_title(store, found, arena, error);
    sort(found->papers, found->count, order);
    return PINAKES_OK;
}

void order_best(struct candidates *found, size_t count)
{
    enum { FEW = 64 }; /* so many are kept in order while all others pass by */
    struct candidate *papers = found->papers;
    const size_t first = count <= FEW && count < found->count ? count : found->count;
    sort(papers, first, best_first);
    for (size_t i = first; i < found->count && first > 0; i++) {
        const struct candidate candidate = papers[i];
        size_t at = first;
        if (by_score(&candidate, &papers[at - 1]) > 0)
            continue;
        papers[i] = papers[at - 1];
        for (at--; at > 0 && by_score(&candidate, &papers[at - 1]) < 0; at--)
            papers[at] = papers[at - 1];
        papers[at] = candidate;
    }
}
