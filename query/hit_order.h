/* Hits in the order of their scores. */
#ifndef QUERY_HIT_ORDER_H
#define QUERY_HIT_ORDER_H

#include "query/ranked.h"

/* Sorts by score, the greatest first; equal ones stay in their order. `spare` has room for as many. Few are sorted by
 * insertion, many by the bytes of their scores, least first (Seward, "Information Sorting in the Application of
 * Electronic Digital Computers to Business Operations", 1954): comparisons mispredict at every other one. */
void hits_sort(struct ranked_hit *hits, size_t count, struct ranked_hit *spare);

#endif
