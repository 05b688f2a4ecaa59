/* The filters of a search as a query tree. */
#ifndef QUERY_FILTERS_H
#define QUERY_FILTERS_H

#include "base/arena.h"
#include "indexer/analyzer.h"
#include "pinakes.h"
#include "query/tree.h"

/* Topics, venues and years of `options`: alternatives within a kind, all kinds required. A venue matches where its
 * words stand one after the other, whatever their case: "SOSP" finds "SOSP 2025". `*out` lives in `arena`; NULL when
 * nothing is filtered. Fails only for lack of memory. */
pinakes_status filters_tree(struct arena *arena, struct analyzer *analyzer, const pinakes_search_options *options,
                            struct node **out, pinakes_error *error);

#endif
