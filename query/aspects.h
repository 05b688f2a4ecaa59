/* What a query asks about, thing by thing: what evidence should cover. */
#ifndef QUERY_ASPECTS_H
#define QUERY_ASPECTS_H

#include "base/arena.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>

/* One thing asked about: a word or phrase, or several spellings of one (NODE_MAX). */
struct aspect {
    const struct node **leaves; /* alternatives: terms, prefixes, phrases, NEAR, and words required together (AND) */
    size_t leaf_count, leaf_capacity;
    double weight;
};

/* All zero is an empty list; it grows in an arena. */
struct aspects {
    struct aspect *at;
    size_t count, capacity;
};

/* What a leaf is worth. */
typedef double aspect_weight(const void *context, const struct node *leaf);

/* Adds what `node` asks a paper to have; what it asks a paper not to have is none of it. False when memory is short. */
bool aspects_add(struct aspects *aspects, struct arena *arena, const struct node *node, aspect_weight *weight,
                 const void *context);

#endif
