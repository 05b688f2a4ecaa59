/* From the operands of a group, in the order they were written, to one node. */
#ifndef QUERY_GROUP_H
#define QUERY_GROUP_H

#include "base/arena.h"
#include "query/expand.h"
#include "query/tree.h"

#include <stdbool.h>
#include <stddef.h>

/* An operand among its neighbours. */
struct item {
    struct unit unit;
    size_t place;          /* its number among all operands of the group, so that neighbours can be told */
    bool is_plain;         /* a word without sign, field or star */
    bool is_joined_by_and; /* AND was written before it */
};

/* How a group is put together. */
struct grouping {
    struct expander *expander;
    struct reading reading;
    bool any_word;        /* plain neighbours are alternatives, not requirements */
    bool has_plain_words; /* set when two plain words are joined by nothing but being neighbours */
};

/* Turns `count` neighbours, at least one, into one node: stop words fall away where other words remain, neighbours
 * that the library knows as one word get that word as a spelling, and with `any_word` plain neighbours are
 * alternatives while what is written with + or -, and filters, stay required. NULL when memory is short. */
struct node *group_neighbours(struct grouping *grouping, struct item *items, size_t count);

/* `kind` over nodes, words written twice only once; of a single one that node itself, except for NODE_MAX. NULL when
 * memory is short. */
struct node *group_node(struct arena *arena, enum node_kind kind, struct node *const *nodes, size_t count);

#endif
