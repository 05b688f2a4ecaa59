/* What the topics a search asks for are about: the evidence of a paper that was found by its topic. */
#ifndef QUERY_TOPIC_ASPECTS_H
#define QUERY_TOPIC_ASPECTS_H

#include "base/arena.h"
#include "indexer/store.h"
#include "query/aspects.h"
#include "query/tree.h"

/* Adds the rules that speak for each topic in the trees `roots` (some may be NULL), as the library's topics file has
 * them, each with its weight. Reads the file only when there is such a topic. Everything lives in `arena`. */
pinakes_status topic_aspects(struct store *store, const struct node *const *roots, size_t root_count,
                             struct arena *arena, struct aspects *out, pinakes_error *error);

#endif
