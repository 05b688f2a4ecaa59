/* Evaluates a query tree over postings, paper by paper in ascending order: which papers match, and what they score.
 * Knows no index, so that every engine can stand below it. */
#ifndef QUERY_EVALUATE_H
#define QUERY_EVALUATE_H

#include "base/arena.h"
#include "query/engine.h"
#include "query/postings.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stdint.h>

struct evaluation_input {
    const struct leaf_source *source; /* of every leaf below the tree */
    struct collection collection;
    int64_t last_paper; /* no id is greater: where NOT ends */
};

struct evaluation;

/* Whether the tree can match only papers that its postings name. A tree that is not anchored (as NOT alone) matches
 * numbers that are no papers, and needs to be intersected with all papers. */
bool tree_is_anchored(const struct node *node);

/* Begins before the first paper. Lives in `arena`; NULL when memory is short. Allocates nothing afterwards. */
struct evaluation *evaluation_create(struct arena *arena, const struct evaluation_input *input,
                                     const struct node *node);

/* The first matching paper whose id is at least `from`, which must never be smaller than in an earlier call; NO_PAPER
 * when none is left. */
int64_t evaluation_next(struct evaluation *evaluation, int64_t from);

/* The score of the paper evaluation_next() has just answered; `length` is its number of words. Sums run in the order
 * of the tree, so that equal papers get equal bits. */
double evaluation_score(struct evaluation *evaluation, int64_t paper, uint32_t length);

/* The same paper scores no more than this, which is found faster where frequencies have to be looked for. */
double evaluation_bound(struct evaluation *evaluation, int64_t paper, uint32_t length);

#endif
