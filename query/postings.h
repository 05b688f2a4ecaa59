/* Who holds a leaf of a query, and how often: what evaluation needs of an index. */
#ifndef QUERY_POSTINGS_H
#define QUERY_POSTINGS_H

#include "base/arena.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a cursor answers when no paper is left. */
#define NO_PAPER INT64_MAX

/* Walks over the papers that hold one leaf, in the leaf's fields, in ascending order. */
struct posting_cursor;

struct posting_cursor_methods {
    /* The first paper at or behind `from`, which never shrinks from call to call; NO_PAPER behind the last. */
    int64_t (*seek)(struct posting_cursor *cursor, int64_t from);
    /* How often a term stands in the paper last answered, in any field: distinct positions, those in the title
     * counted TITLE_WEIGHT times. */
    uint32_t (*frequency)(struct posting_cursor *cursor);
    /* It is no more than this, which is found faster; NULL: it is found as fast. */
    uint32_t (*most_frequency)(struct posting_cursor *cursor);
};

/* The first member of every index's own cursors. */
struct posting_cursor {
    const struct posting_cursor_methods *methods;
};

/* What an index knows of the leaves of a tree (term, prefix, phrase, NEAR, year, topic), told by their addresses. */
struct leaf_source {
    /* A cursor of its own before the first paper, in `arena`; NULL when memory is short. */
    struct posting_cursor *(*open)(const struct leaf_source *source, const struct node *leaf, struct arena *arena);
    /* In how many papers of the whole library a term or prefix stands, whatever the field. */
    uint64_t (*papers)(const struct leaf_source *source, const struct node *term);
};

/* ---- postings in an array -------------------------------------------------------------------------------- */

struct posting {
    int64_t paper;
    uint32_t frequency; /* as posting_cursor_methods.frequency */
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

/* Puts entries in ascending order of their leaves' addresses. */
void postings_sort_leaves(struct leaf_postings *entries, size_t count);

/* The postings of `leaf` among `count` entries in that order; NULL when it is none of them. */
const struct postings *postings_of(const struct leaf_postings *entries, size_t count, const struct node *leaf);

/* A cursor over `postings` (NULL: none) in `fields`; NULL when memory is short. */
struct posting_cursor *postings_cursor(const struct postings *postings, field_set fields, struct arena *arena);

#endif
