/* Does this one paper match this query tree? The answer straight from the paper's tokens, without an index: for
 * topics, for evidence, and as the third witness in tests. */
#ifndef QUERY_MATCH_H
#define QUERY_MATCH_H

#include "base/arena.h"
#include "corpus/paper.h"
#include "indexer/analyzer.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stdint.h>

/* The text of one paper, analysed. Lives in the arena it was made in. */
struct document;

/* A place where a leaf of a tree (term, prefix, phrase, NEAR) occurs: bytes of the field's text. */
struct occurrence {
    enum field field;
    uint32_t position;
    size_t start;
    size_t bytes;
};

/* Analyses the FIELD_COUNT texts in `texts` (columns of the table papers). NULL when memory is short.
 * `topics` are the names the paper is assigned to, for NODE_TOPIC. */
struct document *document_create(struct arena *arena, struct analyzer *analyzer, const struct span texts[FIELD_COUNT],
                                 int year, const struct span *topics, size_t topic_count);

/* Whether the tree finds the paper. */
bool document_matches(const struct document *document, const struct node *node);

/* Words in the paper, those of the title counted TITLE_WEIGHT times. */
uint32_t document_length(const struct document *document);

/* The occurrences of one leaf in the fields it allows: `*out` lives in `arena`, sorted by field and position. Each word
 * of a phrase is an occurrence of its own. Returns their number, or SIZE_MAX when memory is short. */
size_t document_occurrences(const struct document *document, const struct node *leaf, struct arena *arena,
                            struct occurrence **out);

/* Weighted frequency of a term or prefix over all fields, for BM25: distinct positions, TITLE_WEIGHT for the
 * title's. */
uint32_t document_frequency(const struct document *document, const struct node *term);

#endif
