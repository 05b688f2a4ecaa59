/* How a query is answered from a segment: what the engine (engine_segment.c) and its way through flat trees
 * (flat_search.c) share. For these two alone. */
#ifndef QUERY_SEGMENT_PLAN_H
#define QUERY_SEGMENT_PLAN_H

#include "query/engine_plan.h"
#include "query/fts5_part.h"
#include "query/sealed_part.h"

struct segment_plan {
    struct query_plan base;
    struct sealed *sealed;
    const struct sealed_moment *moment;
    struct store *store;
    struct arena *arena;
    const struct node *root;
    const struct node *filter;
    struct sealed_part *part;
    struct fts5_part *tail;     /* NULL when the segment holds every paper */
    struct leaf_source scoring; /* opens leaves in the segment, counts papers in the whole library */
    struct query_plan *instead; /* what answers since the segment was found damaged */
};

/* In how many papers of the whole library a term or prefix stands. */
static inline uint64_t segment_plan_papers(const struct segment_plan *plan, const struct node *term)
{
    const uint64_t later = plan->tail == NULL ? 0 : fts5_part_papers(plan->tail, term);
    return sealed_part_word(plan->part, term)->papers + later;
}

/* The documents of the segment that `tree` finds, with their scores; NULL when memory is short. */
static inline struct evaluation *segment_plan_evaluate(const struct segment_plan *plan, const struct node *tree)
{
    return sealed_part_evaluate(plan->part, &plan->scoring, tree);
}

#endif
