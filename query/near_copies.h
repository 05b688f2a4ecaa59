/* Papers by score, but that near-copies of one another do not fill the page. */
#ifndef QUERY_NEAR_COPIES_H
#define QUERY_NEAR_COPIES_H

#include "base/arena.h"
#include "indexer/store.h"
#include "query/engine.h"
#include "query/paper_load.h"

/* A paper and, where its text was looked at, what was loaded of it; else NULL. */
struct placed_paper {
    const struct candidate *candidate;
    const struct loaded_paper *loaded;
};

/* Puts the first `count` of `found`, papers by score, into `order`: for each place, of the best that compete for it,
 * the one whose score is greatest after what its text has in common with a paper before it is taken off: maximal
 * marginal relevance (Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and
 * Producing Summaries", 1998), here score * (1 - r^2)^2, r being the resemblance of near_text.h. So papers that have no
 * run of words in common keep the order of their scores. From the hundredth place on all come by score. `count` is at
 * most found->count. The records of loaded papers live in `arena`, all else in `scratch`. PINAKES_NO_MEMORY, and what
 * paper_load() returns. */
pinakes_status near_copies_order(struct store *store, const struct candidates *found, size_t count, struct arena *arena,
                                 struct arena *scratch, struct placed_paper *order, pinakes_error *error);

/* How many papers compete for the first `count` places, those among them. A place further up has the same ones whatever
 * `count` is, so that pages go on where others end. */
size_t near_copies_pool(size_t count);

#endif
