#include "query/flat_query.h"

#include "base/error.h"
#include "query/numbers.h"

#include <stdlib.h>

enum {
    EXCEPTIONS_MAX = 1024, /* each costs a look-up in every list */
    RESPELLED_MAX = 1 << 16,
};

/* Documents that the words alone do not score. */
struct documents {
    uint32_t *at;
    size_t count, capacity;
};

struct reading {
    struct sealed_part *part;
    struct arena *arena;
    struct flat_query *out;
    size_t word_capacity, restriction_capacity, respelling_capacity;
    struct documents exceptions, respelled;
    bool failed; /* memory was short */
};

/* ---- exceptions and respelled documents ------------------------------------------------------------------- */

static bool add_document(struct reading *reading, struct documents *documents, size_t most, uint32_t document)
{
    if (documents->count == most)
        return false;
    uint32_t *grown =
        arena_grow(reading->arena, documents->at, documents->count, &documents->capacity, sizeof *documents->at);
    reading->failed |= grown == NULL;
    if (grown == NULL)
        return false;
    documents->at = grown;
    documents->at[documents->count++] = document;
    return true;
}

/* Adds the documents that a tree matches, if they are few enough. */
static bool add_matching(struct reading *reading, const struct node *tree, struct documents *documents, size_t most)
{
    struct evaluation *evaluation = sealed_part_evaluate(reading->part, sealed_part_source(reading->part), tree);
    reading->failed |= evaluation == NULL;
    if (evaluation == NULL || !tree_is_anchored(tree))
        return false;
    for (int64_t at = 0; (at = evaluation_next(evaluation, at)) != NO_PAPER; at++)
        if (!add_document(reading, documents, most, (uint32_t)at))
            return false;
    return true;
}

/* Takes the exceptions, ascending, out of the respelled documents. */
static void part_documents(struct documents *respelled, const struct documents *exceptions)
{
    size_t kept = 0, next = 0;
    for (size_t i = 0; i < respelled->count; i++) {
        while (next < exceptions->count && exceptions->at[next] < respelled->at[i])
            next++;
        if (next == exceptions->count || exceptions->at[next] != respelled->at[i])
            respelled->at[kept++] = respelled->at[i];
    }
    respelled->count = kept;
}

static void give_documents(struct reading *reading)
{
    struct flat_query *out = reading->out;
    numbers_sort(reading->exceptions.at, &reading->exceptions.count);
    numbers_sort(reading->respelled.at, &reading->respelled.count);
    part_documents(&reading->respelled, &reading->exceptions);
    out->exceptions = reading->exceptions.at;
    out->exception_count = reading->exceptions.count;
    out->respelled = reading->respelled.at;
    out->respelled_count = reading->respelled.count;
}

/* ---- words ------------------------------------------------------------------------------------------------ */

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

/* The first list of a term, or that of all words of a prefix together, stands for it; documents of the others are
 * exceptions. */
static bool read_word(struct reading *reading, const struct node *node)
{
    const struct sealed_word *word = sealed_part_word(reading->part, node);
    if (node->boost <= 0)
        return false;
    for (size_t i = 0; i < word->other_count; i++)
        if (!add_document(reading, &reading->exceptions, EXCEPTIONS_MAX, word->others[i]))
            return false;
    return add_node(reading, &reading->out->words, &reading->out->word_count, &reading->word_capacity, node);
}

static bool read_group(struct reading *reading, const struct node *node, enum node_kind kind);

static bool add_respelling(struct reading *reading, const struct node *all, const struct node *usual)
{
    struct flat_query *out = reading->out;
    struct respelling *grown = arena_grow(reading->arena, (void *)out->respellings, out->respelling_count,
                                          &reading->respelling_capacity, sizeof *grown);
    reading->failed |= grown == NULL;
    if (grown == NULL)
        return false;
    grown[out->respelling_count++] = (struct respelling){all, usual};
    out->respellings = grown;
    return true;
}

/* Of several spellings that are no phrases the most frequent one stands for all. */
static const struct node *usual_spelling(const struct reading *reading, const struct node *node)
{
    const struct node *usual = NULL;
    uint64_t most = 0;
    for (size_t i = 0; i < node->child_count; i++) {
        const struct node *child = node->children[i];
        const uint64_t matches = sealed_part_most(reading->part, child);
        if (child->kind == NODE_PHRASE || child->kind == NODE_NEAR || matches <= most)
            continue;
        usual = child;
        most = matches;
    }
    return usual;
}

static bool read_spellings(struct reading *reading, const struct node *node, enum node_kind kind)
{
    const struct node *usual = usual_spelling(reading, node);
    const bool any = kind == NODE_OR;
    if (usual == NULL || !read_group(reading, usual, kind) || (any && !add_respelling(reading, node, usual)))
        return false;
    reading->out->is_plain &= !any;
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i] != usual &&
            !add_matching(reading, node->children[i], any ? &reading->respelled : &reading->exceptions,
                          any ? RESPELLED_MAX : EXCEPTIONS_MAX))
            return false;
    return true;
}

/* Reads what stands below a group of `kind`: NODE_AND or NODE_OR. */
static bool read_group(struct reading *reading, const struct node *node, enum node_kind kind)
{
    if (node->kind == NODE_MAX)
        return read_spellings(reading, node, kind);
    if (node_is_word(node))
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
    for (size_t i = 0; i < phrase->child_count; i++) {
        const struct node *word = phrase->children[i];
        if (sealed_part_word(reading->part, word)->is_several || !read_word(reading, word))
            return false; /* the list of a prefix has no positions */
    }
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
    give_documents(&reading);
    return reading.failed ? error_no_memory(error) : sealed_part_check(part, error);
}
