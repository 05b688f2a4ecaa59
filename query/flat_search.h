/* The best documents of a segment for a flat tree (flat_query.h): ranked by its words alone, which is many times faster
 * than going over all that it finds; what words alone do not score is evaluated one by one. */
#ifndef QUERY_FLAT_SEARCH_H
#define QUERY_FLAT_SEARCH_H

#include "query/flat_query.h"
#include "query/sealed_collect.h"
#include "query/segment_plan.h"

/* Keeps the `best` documents that words score and every exception that is found, in no particular order; the number of
 * all that is found is exact when it `counts`. Everything lives in plan->arena. PINAKES_DAMAGED when the segment is. */
pinakes_status flat_search(const struct segment_plan *plan, const struct flat_query *flat, size_t best, bool counts,
                           struct collected *out, pinakes_error *error);

#endif
