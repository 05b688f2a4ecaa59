/* Who holds a leaf of a query, and how often: what evaluation needs of an index. */
#ifndef QUERY_POSTINGS_H
#define QUERY_POSTINGS_H

#include "base/arena.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct posting {
    int64_t paper;
    uint32_t frequency; /* distinct positions, those in the title counted TITLE_WEIGHT times */
    field_set fields;   /* where it stands */
};

/* In ascending order of papers. */
struct postings {
    struct posting *at;
    size_t count;
    size_t capacity;
};

/* The postings of one leaf of a tree, told by its address. */
struct leaf_postings {
    const struct node *leaf;
    const struct postings *postings;
};

/* Adds one posting behind the others; false when memory is short. */
bool postings_add(struct postings *postings, struct arena *arena, struct posting posting);

/* The postings of `leaf` among `count` entries in ascending order of their leaves' addresses; NULL when it is none of
 * them. */
const struct postings *postings_of(const struct leaf_postings *entries, size_t count, const struct node *leaf);

#endif
