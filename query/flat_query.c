#include "query/flat_query.h"

static bool is_flat_word(const struct sealed_part *part, const struct node *node)
{
    const bool is_word = node->kind == NODE_TERM || node->kind == NODE_PREFIX;
    return is_word && node->boost > 0 && sealed_part_word(part, node)->list_count <= 1;
}

static bool are_flat_words(const struct sealed_part *part, const struct node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_flat_word(part, nodes[i]))
            return false;
    return true;
}

static bool are_whole(const struct node *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (words[i]->fields != 0)
            return false;
    return true;
}

/* Whether the part of the tree that weighs is flat. */
static bool read_weighing(const struct sealed_part *part, const struct node *const *nodes, size_t count, bool needs_all,
                          struct flat_query *out)
{
    const struct node *only = nodes[0];
    if (count == 1 && (only->kind == NODE_OR || only->kind == NODE_PHRASE)) {
        nodes = (const struct node *const *)only->children;
        count = only->child_count;
        needs_all = out->is_phrase = only->kind == NODE_PHRASE;
        out->fields = only->fields;
    }
    out->words = nodes;
    out->word_count = count;
    out->needs_all = needs_all;
    return are_flat_words(part, nodes, count) && (out->is_phrase ? count > 1 : are_whole(nodes, count));
}

static bool weighs_nothing(const struct node *node)
{
    return node->kind == NODE_NOT || node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
}

bool flat_query_read(const struct sealed_part *part, const struct node *root, const struct node *filter,
                     struct arena *arena, struct flat_query *out)
{
    const bool is_and = root->kind == NODE_AND;
    const struct node *const *nodes = is_and ? (const struct node *const *)root->children : &root;
    const size_t count = is_and ? root->child_count : 1;
    const struct node **weighing = arena_array(arena, count, sizeof *weighing);
    *out = (struct flat_query){.restrictions = arena_array(arena, count + 1, sizeof *out->restrictions)};
    if (weighing == NULL || out->restrictions == NULL)
        return false;
    size_t weighing_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (weighs_nothing(nodes[i]))
            out->restrictions[out->restriction_count++] = nodes[i];
        else
            weighing[weighing_count++] = nodes[i];
    }
    if (filter != NULL)
        out->restrictions[out->restriction_count++] = filter;
    return weighing_count > 0 && read_weighing(part, weighing, weighing_count, true, out);
}
