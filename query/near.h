/* NEAR over operands that may be several spellings of one thing. */
#ifndef QUERY_NEAR_H
#define QUERY_NEAR_H

#include "base/arena.h"
#include "query/tree.h"

/* The `count` (at least two) operands within `distance` words of each other. Where an operand is a choice (NODE_OR,
 * NODE_MAX), the choice moves outside: each of its sides gets a NEAR of its own. Operands that have no place in a text
 * (groups of required words, topics), that stand in different fields, or that are too many choices to multiply out, are
 * required without being near. NULL when memory is short. The operands must not be used afterwards. */
struct node *near_node(struct arena *arena, struct node *const *operands, size_t count, uint32_t distance);

#endif
