/* Where what a query asks about stands in one paper, and how much of it a piece of text holds. */
#ifndef QUERY_TOUCHES_H
#define QUERY_TOUCHES_H

#include "base/arena.h"
#include "query/aspects.h"
#include "query/match.h"
#include "query/paper_load.h"

#include <stdint.h>

/* A matched word in a passage. `part` says which word of which leaf it is. */
struct touch {
    uint32_t passage; /* index into the paper's passages */
    uint32_t part;
    size_t start, bytes; /* of the passage's text */
};

/* All touches of a paper, in the order of its passages. */
struct touches;

/* Lives in `arena`; NULL when memory is short. */
struct touches *touches_find(struct arena *arena, const struct document *document, const struct loaded_paper *paper,
                             const struct aspects *aspects);

/* Their number is `*count`. */
const struct touch *touches_list(const struct touches *touches, size_t *count);

/* What `count` touches hold together of each aspect: its whole weight when they hold one of its leaves whole, a small
 * share when only some words of a phrase or NEAR. Gives each aspect that is held, once, to `each`. */
void touches_value(struct touches *touches, const struct touch *list, size_t count,
                   void (*each)(void *context, size_t aspect, double value), void *context);

/* The number of aspects. */
size_t touches_aspect_count(const struct touches *touches);

#endif
