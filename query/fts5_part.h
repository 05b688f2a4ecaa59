/* Some of a library's papers, or all of them, searched by FTS5: what the reference engine is made of, and how papers
 * are found that came after a segment was sealed. */
#ifndef QUERY_FTS5_PART_H
#define QUERY_FTS5_PART_H

#include "query/engine.h"
#include "query/fts5_leaves.h"
#include "query/postings.h"
#include "query/read_papers.h"

struct fts5_part;

/* Looks up the leaves of both trees (`filter` may be NULL) in the papers of `ranges` (NULL: all), which `read` holds
 * unless it is NULL. `weights` tells in how
 * many papers of the whole library a term stands (NULL: the part is the whole). What is passed must live as long as the
 * part, which lives in `arena`. */
pinakes_status fts5_part_prepare(struct store *store, const struct node *root, const struct node *filter,
                                 const struct paper_ranges *ranges, const struct read_papers *read,
                                 const struct leaf_source *weights, struct arena *arena, struct fts5_part **out,
                                 pinakes_error *error);

/* In how many papers of the part a term or prefix stands. */
uint64_t fts5_part_papers(const struct fts5_part *part, const struct node *term);

struct collection fts5_part_collection(const struct fts5_part *part);

/* What trees over the part's leaves find there, scored, in the order of paper ids, in the part's arena. */
pinakes_status fts5_part_find(const struct fts5_part *part, const struct node *root, const struct node *filter,
                              struct candidates *out, pinakes_error *error);

/* The number of papers they find there. */
pinakes_status fts5_part_count(const struct fts5_part *part, const struct node *root, const struct node *filter,
                               uint64_t *out, pinakes_error *error);

#endif
