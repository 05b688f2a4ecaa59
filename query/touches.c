#include "query/touches.h"

#include <stdlib.h>

/* What a sentence with one of two words of a phrase is worth of the whole phrase is half of this. */
static const double partial_share = 0.25;

/* A leaf of an aspect. It has as many parts as it has children, or one. */
struct touched_leaf {
    size_t aspect;
    uint32_t part_count;
    uint64_t round; /* the last call of touches_value() that saw it, and how many of its parts in that call */
    uint32_t parts_seen;
};

struct touched_part {
    uint32_t leaf;
    uint64_t round;
};

struct touches {
    struct arena *arena;
    const struct document *document;
    const struct loaded_paper *paper;
    const struct aspects *aspects;
    uint32_t *by_start; /* the passages, by field and start */
    struct touched_leaf *leaves;
    size_t leaf_count, leaf_capacity;
    struct touched_part *parts;
    size_t part_count, part_capacity;
    struct touch *list;
    size_t count, capacity;
    uint64_t round;
};

/* ---- from places in a field to places in a passage ------------------------------------------------------- */

static int by_field_and_start(const void *a, const void *b, void *context)
{
    const struct loaded_passage *passages = ((const struct touches *)context)->paper->passages;
    const struct loaded_passage *x = &passages[*(const uint32_t *)a], *y = &passages[*(const uint32_t *)b];
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

static bool sort_passages(struct touches *touches)
{
    const size_t count = touches->paper->passage_count;
    touches->by_start = arena_array(touches->arena, count, sizeof *touches->by_start);
    if (touches->by_start == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        touches->by_start[i] = (uint32_t)i;
    if (count > 0)
        qsort_r(touches->by_start, count, sizeof *touches->by_start, by_field_and_start, touches);
    return true;
}

/* The passage that `start` of `field` lies in; SIZE_MAX when it lies in none. */
static size_t passage_at(const struct touches *touches, enum field field, size_t start)
{
    const struct loaded_passage *passages = touches->paper->passages;
    size_t low = 0, high = touches->paper->passage_count;
    while (low < high) { /* the first passage that begins behind `start` */
        const size_t middle = low + (high - low) / 2;
        const struct loaded_passage *passage = &passages[touches->by_start[middle]];
        if (passage->field < field || (passage->field == field && passage->start <= start))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return SIZE_MAX;
    const struct loaded_passage *passage = &passages[touches->by_start[low - 1]];
    const bool holds = passage->field == field && start - passage->start < passage->words.len;
    return holds ? touches->by_start[low - 1] : SIZE_MAX;
}

static bool add_touch(struct touches *touches, const struct occurrence *occurrence, uint32_t part)
{
    const size_t passage = passage_at(touches, occurrence->field, occurrence->start);
    if (passage == SIZE_MAX)
        return true;
    struct touch *list =
        arena_grow(touches->arena, touches->list, touches->count, &touches->capacity, sizeof *touches->list);
    if (list == NULL)
        return false;
    touches->list = list;
    const struct loaded_passage *in = &touches->paper->passages[passage];
    const size_t start = occurrence->start - in->start, room = in->words.len - start;
    list[touches->count++] = (struct touch){.passage = (uint32_t)passage,
                                            .part = part,
                                            .start = start,
                                            .bytes = occurrence->bytes < room ? occurrence->bytes : room};
    return true;
}

/* ---- leaves and their parts ------------------------------------------------------------------------------ */

static bool new_part(struct touches *touches, size_t leaf, uint32_t *part)
{
    struct touched_part *parts =
        arena_grow(touches->arena, touches->parts, touches->part_count, &touches->part_capacity, sizeof *parts);
    if (parts == NULL)
        return false;
    touches->parts = parts;
    parts[touches->part_count] = (struct touched_part){.leaf = (uint32_t)leaf};
    *part = (uint32_t)touches->part_count++;
    return true;
}

static bool same_place(const struct occurrence *a, const struct occurrence *b)
{
    return a->field == b->field && a->position == b->position;
}

static bool before(const struct occurrence *a, const struct occurrence *b)
{
    return a->field != b->field ? a->field < b->field : a->position < b->position;
}

/* Touches of `part` wherever one of `own` is also one of `whole`; both are in order. */
static bool add_common(struct touches *touches, const struct occurrence *own, size_t own_count,
                       const struct occurrence *whole, size_t whole_count, uint32_t part)
{
    for (size_t i = 0, j = 0; i < own_count; i++) {
        while (j < whole_count && before(&whole[j], &own[i]))
            j++;
        if (j < whole_count && same_place(&whole[j], &own[i]) && !add_touch(touches, &own[i], part))
            return false;
    }
    return true;
}

/* Touches of `part` wherever a word below `node` stands. */
static bool add_words(struct touches *touches, const struct node *node, uint32_t part)
{
    struct occurrence *own;
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR:
    case NODE_MAX:
        for (size_t i = 0; i < node->child_count; i++)
            if (!add_words(touches, node->children[i], part))
                return false;
        return true;
    case NODE_TERM:
    case NODE_PREFIX:
    case NODE_PHRASE:
    case NODE_NEAR: {
        const size_t count = document_occurrences(touches->document, node, touches->arena, &own);
        return count != SIZE_MAX && add_common(touches, own, count, own, count, part);
    }
    default:
        return true;
    }
}

/* The words of one child of a phrase or NEAR, where they are part of it. */
static bool add_child(struct touches *touches, const struct node *child, const struct node *group, uint32_t part)
{
    struct occurrence *own, *whole;
    const size_t whole_count = document_occurrences(touches->document, group, touches->arena, &whole);
    const size_t count = document_occurrences(touches->document, child, touches->arena, &own);
    return whole_count != SIZE_MAX && count != SIZE_MAX && add_common(touches, own, count, whole, whole_count, part);
}

static bool add_leaf(struct touches *touches, size_t aspect, const struct node *node)
{
    struct touched_leaf *leaves =
        arena_grow(touches->arena, touches->leaves, touches->leaf_count, &touches->leaf_capacity, sizeof *leaves);
    if (leaves == NULL)
        return false;
    touches->leaves = leaves;
    const size_t leaf = touches->leaf_count++;
    const size_t parts = node->child_count > 0 ? node->child_count : 1;
    leaves[leaf] = (struct touched_leaf){.aspect = aspect, .part_count = (uint32_t)parts};
    bool has_memory = true;
    for (size_t i = 0; i < parts && has_memory; i++) {
        uint32_t part;
        has_memory = new_part(touches, leaf, &part);
        if (!has_memory)
            break;
        if (node->kind == NODE_PHRASE || node->kind == NODE_NEAR)
            has_memory = add_child(touches, node->children[i], node, part);
        else
            has_memory = add_words(touches, node->child_count > 0 ? node->children[i] : node, part);
    }
    return has_memory;
}

static int by_place(const void *a, const void *b)
{
    const struct touch *x = a, *y = b;
    if (x->passage != y->passage)
        return x->passage < y->passage ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->part > y->part) - (x->part < y->part);
}

struct touches *touches_find(struct arena *arena, const struct document *document, const struct loaded_paper *paper,
                             const struct aspects *aspects)
{
    struct touches *touches = arena_alloc(arena, sizeof *touches);
    if (touches == NULL)
        return NULL;
    *touches = (struct touches){.arena = arena, .document = document, .paper = paper, .aspects = aspects};
    bool has_memory = sort_passages(touches);
    for (size_t i = 0; i < aspects->count && has_memory; i++)
        for (size_t j = 0; j < aspects->at[i].leaf_count && has_memory; j++)
            has_memory = add_leaf(touches, i, aspects->at[i].leaves[j]);
    if (touches->count > 0)
        qsort(touches->list, touches->count, sizeof *touches->list, by_place);
    return has_memory ? touches : NULL;
}

const struct touch *touches_list(const struct touches *touches, size_t *count)
{
    *count = touches->count;
    return touches->list;
}

size_t touches_aspect_count(const struct touches *touches)
{
    return touches->aspects->count;
}

/* ---- value ----------------------------------------------------------------------------------------------- */

static void see(struct touches *touches, uint32_t part)
{
    struct touched_part *seen = &touches->parts[part];
    struct touched_leaf *leaf = &touches->leaves[seen->leaf];
    if (leaf->round != touches->round) {
        leaf->round = touches->round;
        leaf->parts_seen = 0;
    }
    if (seen->round != touches->round) {
        seen->round = touches->round;
        leaf->parts_seen++;
    }
}

static double value_of_leaf(const struct touches *touches, const struct touched_leaf *leaf)
{
    const double weight = touches->aspects->at[leaf->aspect].weight;
    if (leaf->parts_seen == leaf->part_count)
        return weight;
    return weight * partial_share * leaf->parts_seen / leaf->part_count;
}

/* Leaves of one aspect follow each other, so that its best one is known when the next aspect begins. */
void touches_value(struct touches *touches, const struct touch *list, size_t count,
                   void (*each)(void *context, size_t aspect, double value), void *context)
{
    touches->round++;
    uint32_t lowest = UINT32_MAX, highest = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t leaf = touches->parts[list[i].part].leaf;
        see(touches, list[i].part);
        lowest = leaf < lowest ? leaf : lowest;
        highest = leaf > highest ? leaf : highest;
    }
    double best = 0;
    for (uint32_t i = lowest; count > 0 && i <= highest; i++) {
        const struct touched_leaf *leaf = &touches->leaves[i];
        if (leaf->round == touches->round) {
            const double value = value_of_leaf(touches, leaf);
            best = value > best ? value : best;
        }
        if (best > 0 && (i == highest || touches->leaves[i + 1].aspect != leaf->aspect)) {
            each(context, leaf->aspect, best);
            best = 0;
        }
    }
}
