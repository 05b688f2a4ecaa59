/* Trees that ranked.h can answer: words of which any or all are asked for, or a phrase, among documents that other parts
 * of the tree choose without weighing. */
#ifndef QUERY_FLAT_QUERY_H
#define QUERY_FLAT_QUERY_H

#include "query/sealed_part.h"

struct flat_query {
    const struct node *const *words; /* terms and prefixes of at most one posting list each */
    size_t word_count;
    bool needs_all; /* of the words; else any */
    bool is_phrase;
    field_set fields;                 /* of the phrase */
    const struct node **restrictions; /* that a document must match too */
    size_t restriction_count;
};

/* Reads the tree, with `filter` (may be NULL) among the restrictions; false when it is not flat, or memory short. The
 * arrays live in `arena` or the tree. */
bool flat_query_read(const struct sealed_part *part, const struct node *root, const struct node *filter,
                     struct arena *arena, struct flat_query *out);

#endif
