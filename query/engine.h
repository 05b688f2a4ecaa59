/* What every engine answers, and the same way: FTS5 is the reference. */
#ifndef QUERY_ENGINE_H
#define QUERY_ENGINE_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/tree.h"

#include <stdint.h>

/* A paper found, its score, and the columns that scoring and sorting need. */
struct candidate {
    int64_t paper;
    double score;
    uint32_t length; /* words, as papers.length */
    int year;        /* 0 when unknown */
};

/* Everything found, in the order of paper ids. */
struct candidates {
    struct candidate *papers;
    size_t count;
};

/* What BM25 knows of the whole library. */
struct collection {
    uint64_t papers;
    double average_length;
};

/* What a term weighs: in how many papers any of its tokens stands, whatever the field. */
struct term_weight {
    uint64_t papers;
    double idf;
};

/* A query whose leaves an engine has looked up. Here and in all of query/ `error` is never NULL. */
struct query_plan;

struct engine {
    const char *name;
    /* Makes a store ready for this engine; once for each store, before all else. */
    pinakes_status (*attach)(struct store *store, pinakes_error *error);
    /* Looks up the leaves of `root` and `filter`. A paper is found when it matches both (`filter` may be NULL); only
     * `root` weighs. `*out` lives in `arena` and holds while the store stays in the same transaction. */
    pinakes_status (*prepare)(struct store *store, const struct node *root, const struct node *filter,
                              struct arena *arena, struct query_plan **out, pinakes_error *error);
    /* Every paper the query finds, scored by bm25.h as tree.h says. */
    pinakes_status (*run)(const struct query_plan *plan, struct candidates *out, pinakes_error *error);
    /* The number of papers that `node` matches, and `filter` too unless it is NULL. Both may be any trees over the
     * leaves the plan was prepared with, the same nodes in memory. */
    pinakes_status (*count)(const struct query_plan *plan, const struct node *node, const struct node *filter,
                            uint64_t *out, pinakes_error *error);
    /* The weight of a NODE_TERM or NODE_PREFIX the plan was prepared with. */
    struct term_weight (*weight)(const struct query_plan *plan, const struct node *term);
    struct collection (*collection)(const struct query_plan *plan);
    /* Whether `token` stands in the index. */
    bool (*has_token)(struct store *store, struct span token);
};

extern const struct engine engine_fts5;

#endif
