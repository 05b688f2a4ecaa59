/* The order hits are shown in. */
#ifndef QUERY_ORDER_H
#define QUERY_ORDER_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"

/* How candidates compare in that order, for qsort(); NULL when that takes more than their columns: by title. */
typedef int candidate_order(const void *a, const void *b);
candidate_order *order_of(pinakes_sort sort);

/* Sorts what was found, from the order of paper ids. Equal scores keep that order; equal years and titles are ordered
 * by score. A paper without a year comes last either way; titles are compared without case. */
pinakes_status order_candidates(struct store *store, struct candidates *found, pinakes_sort sort, struct arena *arena,
                                pinakes_error *error);

/* Brings the best `count` by score to the front, in their order; those behind them are in none. */
void order_best(struct candidates *found, size_t count);

#endif
