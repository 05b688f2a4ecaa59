/* A whole search: reading the query, finding, sorting, paging, evidence, facets, and why nothing was found. */
#ifndef QUERY_SEARCH_H
#define QUERY_SEARCH_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/engine.h"

/* pinakes_search() over the library of `engine`: fills `*out`, all of it in `arena`, but took_us. What
 * it tells is of one moment of the library. `options` is not NULL. */
pinakes_status search_run(struct engine *engine, const char *query, const pinakes_search_options *options,
                          struct arena *arena, pinakes_results *out, pinakes_error *error);

#endif
