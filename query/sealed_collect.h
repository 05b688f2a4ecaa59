/* Goes over every document a tree matches: counts them, keeps the first of an order, and tallies facets. */
#ifndef QUERY_SEALED_COLLECT_H
#define QUERY_SEALED_COLLECT_H

#include "query/evaluate.h"
#include "query/facets.h"
#include "query/order.h"
#include "query/sealed.h"

struct collection_task {
    const struct sealed_moment *moment;
    struct arena *arena;
    struct evaluation *evaluation;
    const uint64_t *allowed; /* bit d set: document d may be found; NULL: all may */
    candidate_order *order;  /* NULL: all that are found are kept */
    size_t most;             /* how many to keep; 0: none, and nothing is scored */
    bool facets;
};

struct collected {
    uint64_t found;
    struct candidates kept; /* the first `most`, in no particular order */
    uint32_t *years;        /* with facets: papers found by year, from INT16_MIN on */
    uint32_t *venues;       /* and by ordinal of the venue */
    int64_t *papers;        /* and all of them, ascending */
};

/* PINAKES_DAMAGED when the segment is. */
pinakes_status collect(const struct collection_task *task, struct collected *out, pinakes_error *error);

/* Adds what was found to the facets. */
pinakes_status collected_add_facets(const struct collected *collected, const struct sealed_moment *moment,
                                    struct store *store, struct facet_tally *tally, pinakes_error *error);

#endif
