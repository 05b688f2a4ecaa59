/* The sum behind a score, for people. */
#ifndef QUERY_EXPLAIN_H
#define QUERY_EXPLAIN_H

#include "base/arena.h"
#include "query/engine.h"
#include "query/match.h"

/* One line for each term that gave `document` (of `length` words) part of its score, and their sum, in `arena`; the
 * same numbers as evaluation_score(), worked out anew from the text. NULL when memory is short. */
const char *explain_score(const struct query_plan *plan, const struct node *root, const struct document *document,
                          uint32_t length, struct arena *arena);

#endif
