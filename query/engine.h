/* What every engine answers, and the same way: FTS5 is the reference. */
#ifndef QUERY_ENGINE_H
#define QUERY_ENGINE_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/tree.h"

#include <stdint.h>

/* A paper found, with its first-stage score and the columns facets and sorting need. */
struct candidate {
    int64_t paper;
    double score;
    int year;
};

struct candidates {
    struct candidate *papers; /* everything found, in the order of paper ids; lives in the arena of the call */
    size_t count;
};

/* How often a leaf stands in the library. */
struct leaf_statistics {
    const struct node *leaf;
    uint64_t papers;
};

struct engine {
    const char *name;
    /* Every paper `root` matches, scored by bm25.h. */
    pinakes_status (*run)(struct store *store, const struct node *root, struct arena *arena, struct candidates *out,
                          pinakes_error *error);
    /* The number of papers `node` matches. */
    pinakes_status (*count)(struct store *store, const struct node *node, uint64_t *out, pinakes_error *error);
    /* Whether `token` is in the index. */
    bool (*has_token)(struct store *store, struct span token);
};

extern const struct engine engine_fts5;

#endif
