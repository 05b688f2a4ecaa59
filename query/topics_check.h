/* Topics against labels: how good the rules are, and where they go wrong. */
#ifndef QUERY_TOPICS_CHECK_H
#define QUERY_TOPICS_CHECK_H

#include "base/arena.h"
#include "query/labels.h"
#include "query/topics.h"

/* Judges every labelled paper by every topic of `set`. `store` (NULL: none) gives the text of the papers it has, found
 * by key or by title. Fills `*out`, all of it in `arena`. */
pinakes_status topics_check(struct store *store, struct analyzer *analyzer, const struct topic_set *set,
                            const struct labels *labels, struct arena *arena, pinakes_topic_check *out,
                            pinakes_error *error);

#endif
