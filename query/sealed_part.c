#include "query/sealed_part.h"

#include "base/error.h"
#include "query/evaluate.h"
#include "query/fts5_leaves.h"
#include "query/sealed_cursors.h"

#include <stddef.h>
#include <stdlib.h>

struct leaf {
    const struct node *node;
    struct sealed_word word;         /* of a term or prefix */
    const struct postings *postings; /* of a topic */
};

struct sealed_part {
    const struct sealed_moment *moment;
    struct store *store;
    struct arena *arena;
    struct leaf *leaves; /* by the addresses of their nodes */
    size_t leaf_count, leaf_capacity;
    struct leaf_source source;
    struct cursor_group cursors;
    bool is_exact;
    bool needs_columns; /* there are years or topics among the leaves */
};

/* ---- leaves ---------------------------------------------------------------------------------------------- */

static bool is_word(const struct node *node)
{
    return node->kind == NODE_TERM || node->kind == NODE_PREFIX;
}

static bool add_leaf(struct sealed_part *part, const struct node *node)
{
    struct leaf *leaves =
        arena_grow(part->arena, part->leaves, part->leaf_count, &part->leaf_capacity, sizeof *part->leaves);
    if (leaves == NULL)
        return false;
    part->leaves = leaves;
    leaves[part->leaf_count++] = (struct leaf){.node = node};
    return true;
}

static bool gather(struct sealed_part *part, const struct node *node)
{
    part->needs_columns |= node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
    if ((is_word(node) || node->kind == NODE_TOPIC) && !add_leaf(part, node))
        return false;
    for (size_t i = 0; i < node->child_count; i++)
        if (!gather(part, node->children[i]))
            return false;
    return true;
}

static int by_address(const void *a, const void *b)
{
    const uintptr_t x = (uintptr_t)((const struct leaf *)a)->node, y = (uintptr_t)((const struct leaf *)b)->node;
    return (x > y) - (x < y);
}

static const struct leaf *leaf_of(const struct sealed_part *part, const struct node *node)
{
    const struct leaf key = {.node = node};
    return bsearch(&key, part->leaves, part->leaf_count, sizeof key, by_address);
}

const struct sealed_word *sealed_part_word(const struct sealed_part *part, const struct node *word)
{
    return &leaf_of(part, word)->word;
}

/* Topics live in the library alone: the papers of one, as documents. */
static pinakes_status look_up_topic(struct sealed_part *part, struct leaf *leaf, pinakes_error *error)
{
    struct leaf_postings *entries;
    size_t entry_count;
    const pinakes_status status =
        fts5_leaves(part->store, &leaf->node, 1, NULL, part->arena, &entries, &entry_count, error);
    struct postings *postings = arena_alloc(part->arena, sizeof *postings);
    if (status != PINAKES_OK)
        return status;
    if (postings == NULL)
        return error_no_memory(error);
    const struct postings *papers = entries[0].postings;
    for (size_t i = 0; i < papers->count; i++) {
        struct posting posting = papers->at[i];
        const uint32_t document = segment_document_of(part->moment->segment, posting.paper);
        posting.paper = document;
        if (document != SEGMENT_NO_DOCUMENT && !postings_add(postings, part->arena, posting))
            return error_no_memory(error);
    }
    leaf->postings = postings;
    return PINAKES_OK;
}

static pinakes_status look_up(struct sealed_part *part, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < part->leaf_count && status == PINAKES_OK && part->is_exact; i++) {
        struct leaf *leaf = &part->leaves[i];
        status = leaf->node->kind == NODE_TOPIC
                     ? look_up_topic(part, leaf, error)
                     : sealed_word_find(part->moment, store_analyzer(part->store), leaf->node, part->arena, &leaf->word,
                                        &part->is_exact, error);
    }
    return status;
}

/* ---- what evaluation needs ------------------------------------------------------------------------------- */

static struct sealed_part *part_of(const struct leaf_source *source)
{
    return (struct sealed_part *)((uintptr_t)source - offsetof(struct sealed_part, source));
}

static struct posting_cursor *open_leaf(const struct leaf_source *source, const struct node *node, struct arena *arena)
{
    struct sealed_part *part = part_of(source);
    if (node->kind == NODE_TOPIC)
        return postings_cursor(leaf_of(part, node)->postings, 0, arena);
    return node->kind == NODE_YEAR ? sealed_years_cursor(&part->cursors, node) : sealed_cursor(&part->cursors, node);
}

static uint64_t papers_with(const struct leaf_source *source, const struct node *term)
{
    return sealed_part_word(part_of(source), term)->papers;
}

static const struct sealed_word *word_of(const struct cursor_group *group, const struct node *word)
{
    const struct sealed_part *part =
        (const struct sealed_part *)((uintptr_t)group - offsetof(struct sealed_part, cursors));
    return sealed_part_word(part, word);
}

const struct leaf_source *sealed_part_source(const struct sealed_part *part)
{
    return &part->source;
}

pinakes_status sealed_part_prepare(const struct sealed_moment *moment, struct store *store, const struct node *root,
                                   const struct node *filter, struct arena *arena, struct sealed_part **out,
                                   pinakes_error *error)
{
    struct sealed_part *part = arena_alloc(arena, sizeof *part);
    if (part == NULL)
        return error_no_memory(error);
    *part = (struct sealed_part){.moment = moment, .store = store, .arena = arena, .is_exact = true};
    if (!gather(part, root) || (filter != NULL && !gather(part, filter)))
        return error_no_memory(error);
    if (part->leaf_count > 0)
        qsort(part->leaves, part->leaf_count, sizeof *part->leaves, by_address);
    struct segment_documents documents;
    pinakes_status status = PINAKES_OK;
    if (part->needs_columns) /* whole: years are scanned, papers looked up among all */
        status = segment_documents(moment->segment, &documents, error);
    if (status == PINAKES_OK)
        status = look_up(part, error);
    part->source = (struct leaf_source){open_leaf, papers_with};
    part->cursors = (struct cursor_group){.moment = moment, .arena = arena, .word_of = word_of};
    *out = part->is_exact ? part : NULL;
    return status;
}

pinakes_status sealed_part_check(const struct sealed_part *part, pinakes_error *error)
{
    if (part->cursors.is_short)
        return error_no_memory(error);
    return part->cursors.is_damaged ? segment_damaged(part->moment->segment, error) : PINAKES_OK;
}

/* ---- which documents may be found ------------------------------------------------------------------------ */

static void keep_years(const struct segment_documents *documents, const struct node *years, uint64_t *bits)
{
    const int from = years->year_from != 0 ? years->year_from : INT16_MIN;
    const int to = years->year_to != 0 ? years->year_to : INT16_MAX;
    for (uint32_t first = 0; first < documents->count; first += 64) {
        const uint32_t count = documents->count - first < 64 ? documents->count - first : 64;
        uint64_t word = 0;
        for (uint32_t i = 0; i < count; i++) {
            const int year = documents->years[first + i];
            word |= (uint64_t)((year != 0) & (year >= from) & (year <= to)) << i;
        }
        bits[first / 64] &= word;
    }
}

/* Clears every bit but those the tree matches. */
static pinakes_status keep_matching(struct sealed_part *part, const struct node *tree, uint64_t *bits,
                                    pinakes_error *error)
{
    const uint32_t count = part->moment->documents.count;
    const struct evaluation_input input = {
        .source = &part->source, .collection = part->moment->collection, .last_paper = (int64_t)count - 1};
    struct evaluation *evaluation = evaluation_create(part->arena, &input, tree);
    if (evaluation == NULL)
        return error_no_memory(error);
    uint32_t word = 0;
    uint64_t found = 0;
    for (int64_t at = evaluation_next(evaluation, 0); at != NO_PAPER; at = evaluation_next(evaluation, at + 1)) {
        for (; word < (uint64_t)at / 64; word++, found = 0)
            bits[word] &= found;
        found |= UINT64_C(1) << at % 64;
    }
    for (; word <= count / 64; word++, found = 0)
        bits[word] &= found;
    return sealed_part_check(part, error);
}

pinakes_status sealed_part_allow(struct sealed_part *part, const struct node *const *trees, size_t count,
                                 const uint64_t **out, pinakes_error *error)
{
    const struct sealed_moment *moment = part->moment;
    const size_t words = moment->documents.count / 64 + 1;
    *out = moment->valid;
    if (count == 0)
        return PINAKES_OK;
    uint64_t *bits = arena_array(part->arena, words, sizeof *bits);
    if (bits == NULL)
        return error_no_memory(error);
    if (moment->valid != NULL)
        memcpy(bits, moment->valid, words * sizeof *bits);
    else
        memset(bits, 0xff, words * sizeof *bits);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        if (trees[i]->kind == NODE_YEAR)
            keep_years(&moment->documents, trees[i], bits);
        else
            status = keep_matching(part, trees[i], bits, error);
    }
    *out = bits;
    return status;
}
