#include "query/aspects.h"

struct gathering {
    struct aspects *aspects;
    struct arena *arena;
    aspect_weight *weight;
    const void *context;
};

static struct aspect *new_aspect(const struct gathering *gathering)
{
    struct aspects *aspects = gathering->aspects;
    struct aspect *at =
        arena_grow(gathering->arena, aspects->at, aspects->count, &aspects->capacity, sizeof *aspects->at);
    if (at == NULL)
        return NULL;
    aspects->at = at;
    at[aspects->count] = (struct aspect){0};
    return &at[aspects->count++];
}

static bool add_leaf(const struct gathering *gathering, struct aspect *aspect, const struct node *leaf)
{
    const struct node **leaves =
        arena_grow(gathering->arena, aspect->leaves, aspect->leaf_count, &aspect->leaf_capacity, sizeof(struct node *));
    if (leaves == NULL)
        return false;
    leaves[aspect->leaf_count++] = leaf;
    aspect->leaves = leaves;
    const double weight = gathering->weight(gathering->context, leaf);
    aspect->weight = weight > aspect->weight ? weight : aspect->weight;
    return true;
}

/* Adds the spellings of one thing. Words that are a spelling only together ("KV" and "cache" of "KV cache", which is
 * also written "kvcache") stay together. */
static bool add_spellings(const struct gathering *gathering, struct aspect *aspect, const struct node *node)
{
    switch (node->kind) {
    case NODE_AND:
    case NODE_TERM:
    case NODE_PREFIX:
    case NODE_PHRASE:
    case NODE_NEAR:
        return add_leaf(gathering, aspect, node);
    case NODE_OR:
    case NODE_MAX:
        for (size_t i = 0; i < node->child_count; i++)
            if (!add_spellings(gathering, aspect, node->children[i]))
                return false;
        return true;
    default:
        return true;
    }
}

static bool add_aspect(const struct gathering *gathering, const struct node *node)
{
    struct aspect *aspect = new_aspect(gathering);
    return aspect != NULL && add_spellings(gathering, aspect, node);
}

static bool gather(const struct gathering *gathering, const struct node *node)
{
    switch (node->kind) {
    case NODE_TERM:
    case NODE_PREFIX:
    case NODE_PHRASE:
    case NODE_NEAR:
    case NODE_MAX:
        return add_aspect(gathering, node);
    case NODE_AND:
    case NODE_OR:
        for (size_t i = 0; i < node->child_count; i++)
            if (!gather(gathering, node->children[i]))
                return false;
        return true;
    default:
        return true;
    }
}

bool aspects_add(struct aspects *aspects, struct arena *arena, const struct node *node, aspect_weight *weight,
                 const void *context)
{
    const struct gathering gathering = {aspects, arena, weight, context};
    return gather(&gathering, node);
}
