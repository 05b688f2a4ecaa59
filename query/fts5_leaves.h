/* Looks up the leaves of query trees in a library: FTS5 for words, plain tables for years and topics. */
#ifndef QUERY_FTS5_LEAVES_H
#define QUERY_FTS5_LEAVES_H

#include "base/arena.h"
#include "indexer/store.h"
#include "query/postings.h"
#include "query/tree.h"

/* Papers by their ids, both ends included. */
struct paper_range {
    int64_t first, last;
};

/* Ascending, none reaching into another. */
struct paper_ranges {
    const struct paper_range *at;
    size_t count;
};

/* The postings of every leaf below the `root_count` trees in `roots`, the words of phrases and NEAR included, in
 * ascending order of the leaves' addresses, of the papers in `ranges` only (NULL: of all). Everything lives in
 * `arena`. */
pinakes_status fts5_leaves(struct store *store, const struct node *const *roots, size_t root_count,
                           const struct paper_ranges *ranges, struct arena *arena, struct leaf_postings **out,
                           size_t *count, pinakes_error *error);

#endif
