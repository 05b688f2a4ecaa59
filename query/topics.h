/* Topics: named, weighted queries from a text file the user owns (topics.ini). */
#ifndef QUERY_TOPICS_H
#define QUERY_TOPICS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/tree.h"

/* One line of a topic: a query and what a paper that it finds gains, or loses when weight is negative. */
struct topic_rule {
    struct span text; /* the query as written */
    struct node *tree;
    double weight;
    uint32_t line;
};

struct topic {
    struct span name;
    struct span title;
    double threshold;
    struct topic_rule *rules;
    size_t rule_count;
};

struct topic_set {
    struct topic *topics;
    size_t topic_count;
};

/* The five topics every new library starts with: the text of corpus/library/topics.ini, built in. */
extern const char topics_builtin[];

/* Reads the text of a topics file. PINAKES_BAD_INPUT names file, line and column of the first error. The set lives
 * in `arena`. */
pinakes_status topics_parse(struct arena *arena, struct analyzer *analyzer, const char *file, struct span text,
                            struct topic_set *out, pinakes_error *error);

/* The text of the topics file that the stored assignments follow, copied to `arena`; at == NULL when the library is
 * new. */
pinakes_status topics_stored_text(struct store *store, struct arena *arena, struct span *out, pinakes_error *error);

/* Inside a write transaction: assigns topics to the papers `ids`, or to all papers when the text of the topics
 * differs from the one stored (`text` NULL: the stored one, or the built-in one in a new library). `*changed` is
 * set when anything stored changed. */
pinakes_status topics_assign(struct store *store, const char *file, const struct span *text, const int64_t *ids,
                             size_t count, bool *changed, pinakes_error *error);

#endif
