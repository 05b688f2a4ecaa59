/* New topics for the papers that no topic covers. */
#ifndef QUERY_TOPICS_SUGGEST_H
#define QUERY_TOPICS_SUGGEST_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"

/* pinakes_suggest_topics() inside a read transaction: everything in `arena`.
 *
 * A topic is a word or a pair of words that several of these papers have, most of them in their titles, and that has
 * company: words that stand in its papers far more often than in others (Dunning's G2). Words that belong to no
 * subject, as "efficient", have none. The one with the most papers and the closest company is taken, its papers count
 * no more, and the next is looked for. */
pinakes_status topics_suggest(struct store *store, size_t limit, struct arena *arena, pinakes_topic_suggestions *out,
                              pinakes_error *error);

#endif
