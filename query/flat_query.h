/* Trees that ranked.h can answer, but for a few documents: words of which any or all are asked for, or a phrase, among
 * documents that other parts of the tree choose without weighing.
 *
 * A word with other spellings is one of its words: where none of the spellings stands, the best of them all is the word
 * itself. Where one does, the document scores by as much more as the best of them all is better than the word; where
 * all words are required such documents are exceptions, which must be evaluated by the whole tree. */
#ifndef QUERY_FLAT_QUERY_H
#define QUERY_FLAT_QUERY_H

#include "query/sealed_part.h"

/* A word and its other spellings, of which the best counts. */
struct respelling {
    const struct node *all, *usual; /* NODE_MAX, and the one of its children that is among the words */
};

struct flat_query {
    const struct node **words; /* terms and prefixes; the first list of each is meant */
    size_t word_count;
    bool needs_all; /* of the words; else any */
    bool is_phrase;
    bool is_plain;                    /* the tree sums its words' scores one by one, in this order */
    field_set fields;                 /* of the phrase */
    const struct node **restrictions; /* that a document must match too */
    size_t restriction_count;
    uint32_t *exceptions; /* ascending */
    size_t exception_count;
    const struct respelling *respellings;
    size_t respelling_count;
    uint32_t *respelled; /* documents that another spelling stands in, ascending, none of them an exception */
    size_t respelled_count;
};

/* Reads the tree, with `filter` (may be NULL) among the restrictions. *is_flat is false when it is none of these; then
 * nothing else is said. Everything lives in `arena`. */
pinakes_status flat_query_read(struct sealed_part *part, const struct node *root, const struct node *filter,
                               struct arena *arena, struct flat_query *out, bool *is_flat, pinakes_error *error);

#endif
