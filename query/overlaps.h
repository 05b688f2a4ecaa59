/* Which of many sets of papers share papers, and how many. */
#ifndef QUERY_OVERLAPS_H
#define QUERY_OVERLAPS_H

#include "base/arena.h"
#include "pinakes.h"
#include "query/workers.h"

#include <stddef.h>
#include <stdint.h>

/* The papers of one keyword, as places (roster.h), ascending. */
struct place_list {
    const uint32_t *at;
    size_t count;
};

struct overlaps {
    pinakes_overlap *at; /* by Jaccard, the closest first; of equals by place */
    size_t count;
    uint64_t total; /* pairs that share a paper, those left out included */
};

/* Compares all pairs of `lists`, whose places are below `place_count`, and keeps the closest `limit`. Costs for each
 * pair as many steps as the shorter list has papers, or place_count / 64 where that is less. `arenas` has one for each
 * worker; what is kept lives in arenas[0]. */
pinakes_status overlaps_find(const struct place_list *lists, size_t list_count, size_t place_count, size_t limit,
                             const struct workers *workers, struct arena *arenas, struct overlaps *out,
                             pinakes_error *error);

#endif
