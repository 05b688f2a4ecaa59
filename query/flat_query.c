#include "query/flat_query.h"

#include "base/error.h"
#include "query/evaluate.h"

#include <stdlib.h>

/* Exceptions cost a look-up in every list each. */
enum { EXCEPTIONS_MAX = 1024 };

struct reading {
    struct sealed_part *part;
    struct arena *arena;
    struct flat_query *out;
    size_t word_capacity, restriction_capacity, exception_capacity;
    bool failed; /* memory was short */
};

/* ---- exceptions ------------------------------------------------------------------------------------------- */

static bool add_exception(struct reading *reading, uint32_t document)
{
    struct flat_query *out = reading->out;
    if (out->exception_count == EXCEPTIONS_MAX)
        return false;
    uint32_t *grown = arena_grow(reading->arena, out->exceptions, out->exception_count, &reading->exception_capacity,
                                 sizeof *out->exceptions);
    reading->failed |= grown == NULL;
    if (grown == NULL)
        return false;
    out->exceptions = grown;
    out->exceptions[out->exception_count++] = document;
    return true;
}

/* Makes exceptions of the documents that a tree matches, if they are few. */
static bool except_matching(struct reading *reading, const struct node *tree)
{
    const struct evaluation_input input = {.source = sealed_part_source(reading->part)};
    sealed_part_enter(reading->part, tree);
    struct evaluation *evaluation = evaluation_create(reading->arena, &input, tree);
    reading->failed |= evaluation == NULL;
    if (evaluation == NULL || !tree_is_anchored(tree))
        return false;
    for (int64_t at = 0; (at = evaluation_next(evaluation, at)) != NO_PAPER; at++)
        if (!add_exception(reading, (uint32_t)at))
            return false;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sort_exceptions(struct flat_query *out)
{
    size_t kept = 0;
    if (out->exception_count > 0)
        qsort(out->exceptions, out->exception_count, sizeof *out->exceptions, by_number);
    for (size_t i = 0; i < out->exception_count; i++)
        if (kept == 0 || out->exceptions[kept - 1] != out->exceptions[i])
            out->exceptions[kept++] = out->exceptions[i];
    out->exception_count = kept;
}

/* ---- words ------------------------------------------------------------------------------------------------ */

static bool is_word(const struct node *node)
{
    return node->kind == NODE_TERM || node->kind == NODE_PREFIX;
}

static bool add_node(struct reading *reading, const struct node ***nodes, size_t *count, size_t *capacity,
                     const struct node *node)
{
    const struct node **grown = arena_grow(reading->arena, *nodes, *count, capacity, sizeof *grown);
    reading->failed |= grown == NULL;
    if (grown == NULL)
        return false;
    *nodes = grown;
    grown[(*count)++] = node;
    return true;
}

/* The first list of a word stands for it; documents of the others are exceptions. */
static bool read_word(struct reading *reading, const struct node *node)
{
    const struct sealed_word *word = sealed_part_word(reading->part, node);
    if (node->boost <= 0 || word->documents != NULL)
        return false;
    for (size_t i = 0; i < word->other_count; i++)
        if (!add_exception(reading, word->others[i]))
            return false;
    return add_node(reading, &reading->out->words, &reading->out->word_count, &reading->word_capacity, node);
}

static bool read_group(struct reading *reading, const struct node *node, enum node_kind kind);

/* Of several spellings the most frequent one stands for all. */
static bool read_spellings(struct reading *reading, const struct node *node, enum node_kind kind)
{
    const struct node *usual = node->children[0];
    for (size_t i = 1; i < node->child_count; i++)
        if (sealed_part_most(reading->part, node->children[i]) > sealed_part_most(reading->part, usual))
            usual = node->children[i];
    if (!read_group(reading, usual, kind))
        return false;
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i] != usual && !except_matching(reading, node->children[i]))
            return false;
    return true;
}

/* Reads what stands below a group of `kind`: NODE_AND or NODE_OR. */
static bool read_group(struct reading *reading, const struct node *node, enum node_kind kind)
{
    if (node->kind == NODE_MAX)
        return read_spellings(reading, node, kind);
    if (is_word(node))
        return node->fields == 0 && read_word(reading, node);
    if (node->kind != kind)
        return false;
    reading->out->is_plain &= node->child_count == 1;
    for (size_t i = 0; i < node->child_count; i++)
        if (!read_group(reading, node->children[i], kind))
            return false;
    return true;
}

/* ---- the whole tree --------------------------------------------------------------------------------------- */

static bool read_phrase(struct reading *reading, const struct node *phrase)
{
    reading->out->is_phrase = reading->out->needs_all = true;
    reading->out->fields = phrase->fields;
    for (size_t i = 0; i < phrase->child_count; i++)
        if (!read_word(reading, phrase->children[i]))
            return false;
    return phrase->child_count > 1;
}

static bool weighs_nothing(const struct node *node)
{
    return node->kind == NODE_NOT || node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
}

static bool add_restriction(struct reading *reading, const struct node *node)
{
    return add_node(reading, &reading->out->restrictions, &reading->out->restriction_count,
                    &reading->restriction_capacity, node);
}

/* Whether any of the words below will do: also of a whole query that has another spelling. */
static bool wants_any(const struct node *node)
{
    bool any = node->kind == NODE_OR;
    for (size_t i = 0; node->kind == NODE_MAX && i < node->child_count && !any; i++)
        any = wants_any(node->children[i]);
    return any;
}

/* Reads the `count` parts of the tree that weigh, all of which are required. */
static bool read_weighing(struct reading *reading, const struct node *const *nodes, size_t count)
{
    const struct node *only = count == 1 ? nodes[0] : NULL;
    if (count == 0)
        return false;
    if (only != NULL && only->kind == NODE_PHRASE)
        return read_phrase(reading, only);
    const enum node_kind kind = only != NULL && wants_any(only) ? NODE_OR : NODE_AND;
    reading->out->needs_all = kind == NODE_AND;
    if (only != NULL && only->kind == NODE_OR) {
        nodes = (const struct node *const *)only->children;
        count = only->child_count;
    }
    for (size_t i = 0; i < count; i++)
        if (!read_group(reading, nodes[i], kind))
            return false;
    return true;
}

static bool read_tree(struct reading *reading, const struct node *root, const struct node *filter)
{
    const bool is_and = root->kind == NODE_AND;
    const struct node *const *nodes = is_and ? (const struct node *const *)root->children : &root;
    const size_t count = is_and ? root->child_count : 1;
    const struct node **weighing = arena_array(reading->arena, count, sizeof *weighing);
    size_t weighing_count = 0;
    reading->failed |= weighing == NULL;
    for (size_t i = 0; i < count && !reading->failed; i++) {
        if (!weighs_nothing(nodes[i]))
            weighing[weighing_count++] = nodes[i];
        else if (!add_restriction(reading, nodes[i]))
            return false;
    }
    if (reading->failed || (filter != NULL && !add_restriction(reading, filter)))
        return false;
    return read_weighing(reading, weighing, weighing_count);
}

pinakes_status flat_query_read(struct sealed_part *part, const struct node *root, const struct node *filter,
                               struct arena *arena, struct flat_query *out, bool *is_flat, pinakes_error *error)
{
    struct reading reading = {.part = part, .arena = arena, .out = out};
    *out = (struct flat_query){.is_plain = true};
    *is_flat = read_tree(&reading, root, filter);
    sort_exceptions(out);
    return reading.failed ? error_no_memory(error) : sealed_part_check(part, error);
}
