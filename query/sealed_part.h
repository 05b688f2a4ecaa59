/* The papers of a library that its segment tells of, searched: the counterpart of fts5_part.h. */
#ifndef QUERY_SEALED_PART_H
#define QUERY_SEALED_PART_H

#include "query/evaluate.h"
#include "query/postings.h"
#include "query/sealed_word.h"

struct sealed_part;

/* Looks up the leaves of both trees (`filter` may be NULL). `*out` lives in `arena`; NULL when a segment cannot answer
 * exactly what is asked. PINAKES_DAMAGED when the segment is. */
pinakes_status sealed_part_prepare(const struct sealed_moment *moment, struct store *store, const struct node *root,
                                   const struct node *filter, struct arena *arena, struct sealed_part **out,
                                   pinakes_error *error);

/* The postings of its leaves, by documents, stale ones included; papers() are not, and of the part alone. */
const struct leaf_source *sealed_part_source(const struct sealed_part *part);

/* What a term or prefix the part was prepared with is in the segment. */
const struct sealed_word *sealed_part_word(const struct sealed_part *part, const struct node *word);

/* The first list of such a term; of a prefix of several words the list of all together, within the documents that the
 * tree entered last may match: made when it is first asked for. NULL when no document holds the word there, or when
 * sealed_part_check() tells why. */
const struct segment_list *sealed_part_list(struct sealed_part *part, const struct node *word);

/* Evaluates a tree over the documents, stale ones included; `source` opens its leaves as the one above does and tells
 * what they weigh. Only postings that the tree may need are prepared, until the next is evaluated. NULL when memory is
 * short. */
struct evaluation *sealed_part_evaluate(struct sealed_part *part, const struct leaf_source *source,
                                        const struct node *tree);

/* In how many documents, at most, a tree matches. */
uint64_t sealed_part_most(const struct sealed_part *part, const struct node *tree);

/* To be called before lists are asked for of the words of `tree`: only postings that it may need are prepared. */
void sealed_part_enter(struct sealed_part *part, const struct node *tree);

/* Makes bits of the documents that may be found: those that are not stale and match each of `count` trees. *out is
 * NULL when that is all documents. */
pinakes_status sealed_part_allow(struct sealed_part *part, const struct node *const *trees, size_t count,
                                 const uint64_t **out, pinakes_error *error);

/* PINAKES_OK, unless memory was short or the segment damaged while the part's cursors were read. */
pinakes_status sealed_part_check(const struct sealed_part *part, pinakes_error *error);

#endif
