/* Pseudo-relevance feedback: the best papers of a first answer lend a query their words, and it is asked again. */
#ifndef QUERY_FEEDBACK_H
#define QUERY_FEEDBACK_H

#include "base/arena.h"
#include "query/engine.h"
#include "query/tree.h"

enum { FEEDBACK_PAPERS = 5 }; /* of the first answer that are read */

/* Puts beside the words of `*root` the FEEDBACK_WORDS words that tell the most about the papers of `best` (no more than
 * FEEDBACK_PAPERS, by score), together weighing half of what the query weighs: Rocchio, "Relevance Feedback in
 * Information Retrieval", 1971, with the positive part alone. What only selects moves from `*root` to `*filter`, so
 * that a paper without a word of the first query may be found, but none that it excludes. Without papers nothing
 * changes. Everything new lives in `arena`. */
pinakes_status feedback_expand(struct engine *engine, const struct candidates *best, struct arena *arena,
                               struct node **root, struct node **filter, pinakes_error *error);

#endif
