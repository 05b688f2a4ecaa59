#include "query/near.h"

#include "indexer/analyzer.h"
#include "query/group.h"

enum {
    CHOICES_MAX = 16,  /* among the operands */
    COPIES_MAX = 4096, /* of operands, over all combinations of choices */
};

struct near {
    struct arena *arena;
    struct node **operands; /* a choice is replaced by the side being looked at */
    size_t count;
    uint32_t distance;
    bool failed;
};

static bool is_choice(const struct node *node)
{
    return node->kind == NODE_OR || node->kind == NODE_MAX;
}

/* The number of places an operand stands for, a year beside a word not counted; 0 when it holds anything else. */
static size_t places(const struct node *node)
{
    if (node_has_place(node))
        return 1;
    size_t sum = 0;
    for (size_t i = 0; is_choice(node) && i < node->child_count; i++) {
        const struct node *child = node->children[i];
        const size_t more = places(child);
        if (more == 0 && !(child->kind == NODE_YEAR && node->kind == NODE_MAX))
            return 0;
        sum += more;
    }
    return sum;
}

static bool is_stem(struct span token)
{
    return token.len > 0 && token.at[0] == STEM_MARK;
}

/* Leaves of a word's tokens those as written, as names of people are asked for (expand.c): each of these stands before
 * its stem, where it has one. */
static bool drop_stems(struct near *near, struct node *word)
{
    struct span *written = arena_array(near->arena, word->token_count, sizeof *written);
    size_t count = 0;
    bool has_stem = false;
    for (size_t i = 0; i < word->token_count && written != NULL; i++) {
        has_stem |= is_stem(word->tokens[i]);
        if (i + 1 < word->token_count && is_stem(word->tokens[i + 1]))
            written[count++] = word->tokens[i];
    }
    if (has_stem) {
        word->tokens = written;
        word->token_count = count;
    }
    return written != NULL;
}

static struct node *copy_into(struct near *near, const struct node *node, field_set fields)
{
    struct node *copy = node_with(near->arena, node->kind, node->children, node->child_count);
    if (copy == NULL)
        return NULL;
    struct node **children = copy->children;
    *copy = *node;
    copy->children = children;
    copy->fields = fields;
    if (copy->kind == NODE_TERM && fields == 1u << FIELD_AUTHOR && !drop_stems(near, copy))
        return NULL;
    for (size_t i = 0; i < copy->child_count; i++)
        if ((children[i] = copy_into(near, children[i], fields)) == NULL)
            return NULL;
    return copy;
}

/* A NEAR of operands that all have a place; NULL when no field can hold them all. */
static struct node *join_places(struct near *near)
{
    const field_set all = (1u << FIELD_COUNT) - 1;
    field_set fields = all;
    for (size_t i = 0; i < near->count; i++)
        fields &= near->operands[i]->fields == 0 ? all : near->operands[i]->fields;
    if (fields == 0)
        return NULL;
    struct node *node = node_with(near->arena, NODE_NEAR, near->operands, near->count);
    near->failed |= node == NULL;
    if (node == NULL)
        return NULL;
    node->fields = fields == all ? 0 : fields;
    node->distance = near->distance;
    for (size_t i = 0; i < near->count; i++) {
        node->children[i] = copy_into(near, near->operands[i], node->fields);
        near->failed |= node->children[i] == NULL;
    }
    return node;
}

static struct node *join(struct near *near);

/* Takes every side of operand `at` in turn. */
static struct node *join_sides(struct near *near, size_t at)
{
    struct node *choice = near->operands[at];
    struct node **sides = arena_array(near->arena, choice->child_count, sizeof(struct node *));
    size_t count = 0;
    near->failed |= sides == NULL;
    for (size_t i = 0; i < choice->child_count && !near->failed; i++) {
        near->operands[at] = choice->children[i];
        struct node *side = choice->children[i]->kind == NODE_YEAR ? NULL : join(near);
        if (side != NULL)
            sides[count++] = side;
    }
    near->operands[at] = choice;
    if (near->failed || count == 0)
        return NULL;
    /* One spelling that is left of several stays one that is meant as it is written. */
    const bool stays = count > 1 || choice->kind == NODE_MAX;
    struct node *node = stays ? node_with(near->arena, choice->kind, sides, count) : sides[0];
    near->failed |= node == NULL;
    return node;
}

static struct node *join(struct near *near)
{
    for (size_t i = 0; i < near->count; i++)
        if (is_choice(near->operands[i]))
            return join_sides(near, i);
    return join_places(near);
}

/* Whether the operands can be near each other, and multiplying their choices out is worth it. */
static bool can_join(const struct node *const *operands, size_t count)
{
    size_t combinations = 1, choices = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t sides = places(operands[i]);
        choices += is_choice(operands[i]) ? 1 : 0;
        if (sides == 0 || choices > CHOICES_MAX || sides > COPIES_MAX / combinations)
            return false;
        combinations *= sides;
    }
    return combinations == 1 || count <= COPIES_MAX / combinations;
}

struct node *near_node(struct arena *arena, struct node *const *operands, size_t count, uint32_t distance)
{
    struct near near = {arena, arena_array(arena, count, sizeof(struct node *)), count, distance, false};
    struct node *node = NULL;
    if (near.operands == NULL)
        return NULL;
    memcpy(near.operands, operands, count * sizeof(struct node *));
    if (can_join((const struct node *const *)near.operands, count))
        node = join(&near);
    if (node == NULL && !near.failed)
        node = group_node(arena, NODE_AND, operands, count);
    return node;
}
