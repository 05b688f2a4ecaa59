/* A few papers, read and analysed, that answer for themselves: those that came after a seal, as long as they are so few
 * that asking FTS5 would take longer. */
#ifndef QUERY_READ_PAPERS_H
#define QUERY_READ_PAPERS_H

#include "query/fts5_leaves.h"
#include "query/match.h"

struct read_papers {
    const int64_t *papers; /* ascending */
    const struct document **documents;
    size_t count;
};

/* Reads the papers of `ranges`; *out is NULL when they are too many. Everything lives in `arena`. */
pinakes_status papers_read(struct store *store, const struct paper_ranges *ranges, struct arena *arena,
                           const struct read_papers **out, pinakes_error *error);

/* As fts5_leaves(), of these papers. NULL, when memory is short. */
struct leaf_postings *papers_read_leaves(const struct read_papers *papers, const struct node *const *roots,
                                         size_t root_count, struct arena *arena, size_t *count);

#endif
