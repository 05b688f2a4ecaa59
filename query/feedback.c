#include "query/feedback.h"

#include "base/error.h"
#include "query/paper_load.h"
#include "query/seed_terms.h"
#include "query/telling_words.h"

enum { WORDS_LOOKED_UP = 400, FEEDBACK_WORDS = 100 };
/* Of what the query weighs. */
static const double FEEDBACK_SHARE = 0.5;
/* Five papers say a word again and again without any of them being about it (seed_terms.h). */
static const double REPEATS_COUNT = 1;

/* What the words of a tree weigh, their rarity aside; of several spellings the first. */
static double mass_of(const struct node *node)
{
    double mass = 0;
    switch (node->kind) {
    case NODE_TERM:
    case NODE_PREFIX:
        return node->boost;
    case NODE_MAX:
        return mass_of(node->children[0]);
    case NODE_NOT:
        return 0;
    default:
        for (size_t i = 0; i < node->child_count; i++)
            mass += mass_of(node->children[i]);
        return mass;
    }
}

static pinakes_status read_papers(struct engine *engine, const struct candidates *best, struct seed_terms *terms,
                                  pinakes_error *error)
{
    struct arena texts = {0};
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < best->count && i < FEEDBACK_PAPERS && status == PINAKES_OK; i++) {
        struct loaded_paper paper;
        status = paper_load(engine_store(engine), best->papers[i].paper, &texts, &texts, &paper, error);
        if (status == PINAKES_OK && !seed_terms_add_paper(terms, &paper))
            status = error_no_memory(error);
        arena_reset(&texts);
    }
    arena_free(&texts);
    return status;
}

/* ---- the new tree ---------------------------------------------------------------------------------------- */

struct parts {
    struct node **weighing, **selecting;
    size_t weighing_count, selecting_count;
};

static bool selects_only(const struct node *node)
{
    return node->kind == NODE_NOT || node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
}

static bool take_apart(struct node *root, struct arena *arena, struct parts *parts)
{
    struct node *const *nodes = root->kind == NODE_AND ? root->children : &root;
    const size_t count = root->kind == NODE_AND ? root->child_count : 1;
    *parts = (struct parts){arena_array(arena, count + FEEDBACK_WORDS, sizeof(struct node *)),
                            arena_array(arena, count + 1, sizeof(struct node *)), 0, 0};
    if (parts->weighing == NULL || parts->selecting == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (selects_only(nodes[i]))
            parts->selecting[parts->selecting_count++] = nodes[i];
        else
            parts->weighing[parts->weighing_count++] = nodes[i];
    }
    return true;
}

static bool put_together(struct parts *parts, const struct telling_word *words, size_t count, struct arena *arena,
                         struct node **root, struct node **filter)
{
    double sum = 0, mass = 0;
    for (size_t i = 0; i < count; i++)
        sum += words[i].weight;
    for (size_t i = 0; i < parts->weighing_count; i++)
        mass += mass_of(parts->weighing[i]);
    for (size_t i = 0; i < count; i++) {
        words[i].node->boost = FEEDBACK_SHARE * mass * words[i].weight / sum;
        parts->weighing[parts->weighing_count++] = words[i].node;
    }
    if (*filter != NULL)
        parts->selecting[parts->selecting_count++] = *filter;
    *root = node_with(arena, NODE_OR, parts->weighing, parts->weighing_count);
    if (parts->selecting_count > 0)
        *filter = parts->selecting_count == 1 ? parts->selecting[0]
                                              : node_with(arena, NODE_AND, parts->selecting, parts->selecting_count);
    return *root != NULL && (parts->selecting_count == 0 || *filter != NULL);
}

pinakes_status feedback_expand(struct engine *engine, const struct candidates *best, struct arena *arena,
                               struct node **root, struct node **filter, pinakes_error *error)
{
    struct seed_terms *terms = seed_terms_create(arena, store_analyzer(engine_store(engine)), REPEATS_COUNT);
    struct telling_word *telling;
    struct parts parts;
    size_t count = 0;
    if (best->count == 0 || mass_of(*root) <= 0)
        return PINAKES_OK;
    pinakes_status status = terms == NULL ? error_no_memory(error) : read_papers(engine, best, terms, error);
    if (status != PINAKES_OK)
        return status;
    struct node **words = seed_terms_nodes(terms, WORDS_LOOKED_UP, &count);
    if (words == NULL || !take_apart(*root, arena, &parts))
        return error_no_memory(error);
    if (count == 0)
        return PINAKES_OK;
    status = telling_words(engine, words, count, FEEDBACK_WORDS, arena, &telling, &count, error);
    if (status == PINAKES_OK && count > 0 && !put_together(&parts, telling, count, arena, root, filter))
        status = error_no_memory(error);
    return status;
}
