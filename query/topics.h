/* Topics: named, weighted queries from a text file the user owns (topics.ini). */
#ifndef QUERY_TOPICS_H
#define QUERY_TOPICS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/analysis.h"
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

/* The topics of one write transaction: read when the first paper asks for them. All zero but the first three at first;
 * topics_run_free() at the end. */
struct topics_run {
    struct store *store;
    const char *file;        /* the topics file, for messages; NULL: the library keeps its topics */
    const struct span *text; /* of the file; NULL: the stored one, or the built-in one in a new library */
    struct arena arena;
    bool is_ready;
    struct span stored; /* at == NULL: the library is new */
    struct span wanted;
    struct topic_set set;
    struct topics_screen *screen;
};

void topics_run_free(struct topics_run *run);

/* Whether a paper that no topic was asked about before may belong to one. */
bool topics_may_take(struct topics_run *run, const struct analysis *analysis);

/* Assigns topics to the papers `ids`, or to all papers when the text of the topics differs from the one stored; all
 * papers of a new library that are not among `ids` must have been put aside by topics_may_take(). `*changed` is set
 * when anything stored changed. */
pinakes_status topics_assign(struct topics_run *run, const int64_t *ids, size_t count, bool *changed,
                             pinakes_error *error);

#endif
