/* What the topics a search asks for are about: the evidence of a paper that was found by its topic. */
#ifndef QUERY_TOPIC_ASPECTS_H
#define QUERY_TOPIC_ASPECTS_H

#include "base/arena.h"
#include "indexer/store.h"
#include "query/aspects.h"
#include "query/match.h"
#include "query/topics.h"
#include "query/tree.h"

/* The topics a search asks for, with their rules. */
struct asked_topics {
    const struct topic **at;
    size_t count;
};

/* The topics the trees `roots` (some may be NULL) ask for, as the library's topics file has them. Reads that only when
 * there are any. Everything lives in `arena`. */
pinakes_status asked_topics_load(struct store *store, const struct node *const *roots, size_t root_count,
                                 struct arena *arena, struct asked_topics *out, pinakes_error *error);

/* Adds the rules that speak for one of the topics and find the paper, each with its weight. False when memory is
 * short. */
bool asked_topics_aspects(const struct asked_topics *topics, const struct document *document, struct arena *arena,
                          struct aspects *out);

#endif
