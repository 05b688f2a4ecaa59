/* What a topic's rules make of one paper. */
#ifndef QUERY_TOPICS_SCORE_H
#define QUERY_TOPICS_SCORE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "query/match.h"
#include "query/topics.h"

/* The sum of the weights of the rules that find the document; `cause`, emptied first, names them, each by those of its
 * alternatives that the paper holds. `arena` is scratch. */
double topic_score(struct arena *arena, const struct topic *topic, const struct document *document,
                   struct buffer *cause);

#endif
