#include "query/sealed_part.h"

#include "base/error.h"
#include "query/document_set.h"
#include "query/fts5_leaves.h"
#include "query/sealed_cursors.h"

#include <stddef.h>
#include <stdlib.h>

struct leaf {
    const struct node *node;
    struct sealed_word word; /* of a term or prefix */
    bool is_united;          /* word.postings are those within: */
    const uint64_t *within;
    bool is_listed; /* `list` is that of the prefix within: */
    const uint64_t *listed_within;
    struct segment_list list;
    const uint64_t *documents;       /* of the word, once they were asked for */
    const struct postings *postings; /* of a topic */
};

struct sealed_part {
    const struct sealed_moment *moment;
    struct store *store;
    struct arena *arena;
    struct leaf *leaves; /* by the addresses of their nodes */
    size_t leaf_count, leaf_capacity;
    const uint64_t *within; /* the documents that the evaluation at hand may come to; NULL: any */
    struct leaf_source source;
    struct cursor_group cursors;
    bool is_exact;
    bool needs_columns; /* there are years or topics among the leaves */
};

/* ---- leaves ---------------------------------------------------------------------------------------------- */

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
    if ((node_is_word(node) || node->kind == NODE_TOPIC) && !add_leaf(part, node))
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

static struct leaf *leaf_of(const struct sealed_part *part, const struct node *node)
{
    const struct leaf key = {.node = node};
    return bsearch(&key, part->leaves, part->leaf_count, sizeof key, by_address);
}

const struct sealed_word *sealed_part_word(const struct sealed_part *part, const struct node *word)
{
    return &leaf_of(part, word)->word;
}

static int by_document(const void *a, const void *b)
{
    const int64_t x = ((const struct posting *)a)->paper, y = ((const struct posting *)b)->paper;
    return (x > y) - (x < y);
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
        const uint32_t document = segment_document_of(&part->moment->documents, posting.paper);
        posting.paper = document;
        if (document != SEGMENT_NO_DOCUMENT && !postings_add(postings, part->arena, posting))
            return error_no_memory(error);
    }
    if (postings->count > 0)
        qsort(postings->at, postings->count, sizeof *postings->at, by_document);
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

/* ---- words as sets of documents ---------------------------------------------------------------------------- */

uint64_t sealed_part_most(const struct sealed_part *part, const struct node *tree)
{
    const bool is_choice = tree->kind == NODE_OR || tree->kind == NODE_MAX;
    uint64_t most = is_choice ? 0 : UINT64_MAX;
    if (node_is_word(tree)) {
        const struct sealed_word *word = sealed_part_word(part, tree);
        if (sealed_word_is_missing(word))
            return 0;
        return word->is_several ? word->document_count : word->lists[0].documents + word->other_count;
    }
    for (size_t i = 0; i < tree->child_count && tree->kind != NODE_NOT; i++) {
        const uint64_t matches = sealed_part_most(part, tree->children[i]);
        if (is_choice)
            most = matches > UINT64_MAX - most ? UINT64_MAX : most + matches;
        else
            most = matches < most ? matches : most;
    }
    return most;
}

/* How many postings there are to read for sets of all words below `tree`; of the set of a dense list, which is there,
 * four words are gone over in the time of one posting. */
static uint64_t postings_of_word(const struct sealed_part *part, const struct node *node)
{
    const struct sealed_word *word = sealed_part_word(part, node);
    const bool is_set = word->list_count == 1 && word->lists[0].is_dense;
    return is_set ? word->lists[0].dense.words / 4 : sealed_part_most(part, node);
}

static uint64_t postings_below(const struct sealed_part *part, const struct node *tree)
{
    uint64_t postings = node_is_word(tree) ? postings_of_word(part, tree) : 0;
    for (size_t i = 0; i < tree->child_count; i++)
        postings += postings_below(part, tree->children[i]);
    return postings;
}

static size_t set_words(const struct sealed_part *part)
{
    return document_set_words(part->moment->documents.count);
}

static uint64_t *new_set(struct sealed_part *part)
{
    uint64_t *bits = arena_array(part->arena, set_words(part), sizeof *bits);
    part->cursors.is_short |= bits == NULL;
    return bits;
}

/* A word may stand in a query several times. */
static const uint64_t *set_of_same(const struct sealed_part *part, const struct sealed_word *word)
{
    for (size_t i = 0; i < part->leaf_count; i++) {
        const struct leaf *leaf = &part->leaves[i];
        if (leaf->documents != NULL && leaf->word.list_count == 1 && word->list_count == 1 &&
            leaf->word.lists[0].token == word->lists[0].token)
            return leaf->documents;
    }
    return NULL;
}

/* The documents of a word, stale ones included; NULL when they cannot be read, as sealed_part_check() tells then. */
static const uint64_t *set_of_word(struct sealed_part *part, const struct node *node)
{
    struct leaf *leaf = leaf_of(part, node);
    if (leaf->documents == NULL && leaf->word.documents != NULL)
        leaf->documents = leaf->word.documents;
    if (leaf->documents == NULL)
        leaf->documents = set_of_same(part, &leaf->word);
    if (leaf->documents == NULL && leaf->word.list_count == 1 && leaf->word.lists[0].is_dense)
        leaf->documents = leaf->word.lists[0].dense.bits;
    if (leaf->documents != NULL)
        return leaf->documents;
    uint64_t *bits = new_set(part);
    pinakes_error error;
    if (bits != NULL)
        part->cursors.is_damaged |= sealed_word_add_documents(part->moment, &leaf->word, bits, &error) != PINAKES_OK;
    leaf->documents = part->cursors.is_damaged ? NULL : bits;
    return leaf->documents;
}

void sealed_part_enter(struct sealed_part *part, const struct node *tree)
{
    enum { SCARCE = 4 }; /* a word in fewer than this part of all documents bounds what is to be prepared */
    const struct node *scarcest = NULL;
    size_t prefixes = 0;
    part->within = NULL;
    for (size_t i = 0; i < tree->child_count && tree->kind == NODE_AND; i++)
        prefixes += tree->children[i]->kind == NODE_PREFIX ? 1 : 0;
    for (size_t i = 0; i < tree->child_count && tree->kind == NODE_AND; i++) {
        const struct node *child = tree->children[i];
        const bool is_bound = child->fields == 0 && (child->kind == NODE_TERM || (node_is_word(child) && prefixes > 1));
        if (is_bound && (scarcest == NULL || sealed_part_most(part, child) < sealed_part_most(part, scarcest)))
            scarcest = child;
    }
    if (prefixes > 0 && scarcest != NULL && sealed_part_most(part, scarcest) < part->moment->documents.count / SCARCE)
        part->within = set_of_word(part, scarcest);
}

/* ---- what evaluation needs ------------------------------------------------------------------------------- */

static struct sealed_part *part_of(const struct leaf_source *source)
{
    return (struct sealed_part *)((uintptr_t)source - offsetof(struct sealed_part, source));
}

/* A word whose postings can be gone through: those of a prefix are brought together when they are asked for. */
static const struct sealed_word *ready_word(struct sealed_part *part, const struct node *node)
{
    struct leaf *leaf = leaf_of(part, node);
    pinakes_error error;
    if (!leaf->word.is_several || (leaf->is_united && leaf->within == part->within))
        return &leaf->word;
    const pinakes_status status = sealed_word_unite(part->moment, &leaf->word, part->within, part->arena, &error);
    part->cursors.is_damaged |= status == PINAKES_DAMAGED;
    part->cursors.is_short |= status == PINAKES_NO_MEMORY;
    leaf->is_united = true;
    leaf->within = part->within;
    return &leaf->word;
}

const struct segment_list *sealed_part_list(struct sealed_part *part, const struct node *node)
{
    struct leaf *leaf = leaf_of(part, node);
    pinakes_error error;
    if (!leaf->word.is_several)
        return leaf->word.lists;
    if (!leaf->is_listed || leaf->listed_within != part->within) {
        const pinakes_status status =
            sealed_word_together(part->moment, &leaf->word, part->within, part->arena, &leaf->list, &error);
        part->cursors.is_damaged |= status == PINAKES_DAMAGED;
        part->cursors.is_short |= status == PINAKES_NO_MEMORY;
        leaf->is_listed = status == PINAKES_OK;
        leaf->listed_within = part->within;
    }
    return leaf->is_listed && leaf->list.documents > 0 ? &leaf->list : NULL;
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

static struct sealed_part *part_with(const struct cursor_group *group)
{
    return (struct sealed_part *)((uintptr_t)group - offsetof(struct sealed_part, cursors));
}

static const struct sealed_word *word_of(const struct cursor_group *group, const struct node *word)
{
    return ready_word(part_with(group), word);
}

static const struct segment_list *list_of(const struct cursor_group *group, const struct node *word)
{
    return sealed_part_list(part_with(group), word);
}

const struct leaf_source *sealed_part_source(const struct sealed_part *part)
{
    return &part->source;
}

struct evaluation *sealed_part_evaluate(struct sealed_part *part, const struct leaf_source *source,
                                        const struct node *tree)
{
    const struct evaluation_input input = {.source = source,
                                           .collection = part->moment->collection,
                                           .last_paper = (int64_t)part->moment->documents.count - 1};
    sealed_part_enter(part, tree);
    return evaluation_create(part->arena, &input, tree);
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
    part->cursors = (struct cursor_group){.moment = moment, .arena = arena, .word_of = word_of, .list_of = list_of};
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

static int16_t short_year(int year)
{
    return (int16_t)(year < INT16_MIN ? INT16_MIN : year > INT16_MAX ? INT16_MAX : year);
}

static void keep_years(const struct sealed_moment *moment, const struct node *years, uint64_t *bits)
{
    const int16_t from = short_year(years->year_from != 0 ? years->year_from : INT16_MIN);
    const int16_t to = short_year(years->year_to != 0 ? years->year_to : INT16_MAX);
    moment->kernels->keep_within(moment->documents.years, moment->documents.count, from, to, bits);
}

/* The same one document at a time: for what more than the presence of words decides, and where that skips most. */
static void keep_evaluated(struct sealed_part *part, const struct node *tree, uint64_t *bits)
{
    const uint32_t count = part->moment->documents.count;
    struct evaluation *evaluation = sealed_part_evaluate(part, &part->source, tree);
    uint32_t word = 0;
    uint64_t found = 0;
    part->cursors.is_short |= evaluation == NULL;
    if (evaluation == NULL)
        return;
    for (int64_t at = evaluation_next(evaluation, 0); at != NO_PAPER; at = evaluation_next(evaluation, at + 1)) {
        for (; word < (uint64_t)at / 64; word++, found = 0)
            bits[word] &= found;
        found |= UINT64_C(1) << at % 64;
    }
    for (; word <= count / 64; word++, found = 0)
        bits[word] &= found;
}

static void keep_matching(struct sealed_part *part, const struct node *tree, uint64_t *bits);

/* Keeps what any of the children matches. */
static void keep_any(struct sealed_part *part, const struct node *tree, uint64_t *bits)
{
    const size_t words = set_words(part);
    uint64_t *before = new_set(part), *one = new_set(part);
    if (before == NULL || one == NULL)
        return;
    memcpy(before, bits, words * sizeof *bits);
    keep_matching(part, tree->children[0], bits);
    for (size_t i = 1; i < tree->child_count; i++) {
        memcpy(one, before, words * sizeof *one);
        keep_matching(part, tree->children[i], one);
        for (size_t word = 0; word < words; word++)
            bits[word] |= one[word];
    }
}

static void keep_none_of(struct sealed_part *part, const struct node *tree, uint64_t *bits)
{
    uint64_t *some = new_set(part);
    if (some == NULL)
        return;
    memcpy(some, bits, set_words(part) * sizeof *some);
    keep_matching(part, tree, some);
    for (size_t word = 0; word < set_words(part); word++)
        bits[word] &= ~some[word];
}

static void keep_word(struct sealed_part *part, const struct node *node, uint64_t *bits)
{
    const uint64_t *documents = set_of_word(part, node);
    for (size_t word = 0; word < set_words(part) && documents != NULL; word++)
        bits[word] &= documents[word];
}

/* Whether to read whole lists costs more than to leap through them. */
static bool is_scarce(const struct sealed_part *part, const struct node *tree)
{
    enum { LEAP_COST = 16 }; /* of one document found, in postings read */
    return tree->kind == NODE_AND && sealed_part_most(part, tree) < postings_below(part, tree) / LEAP_COST;
}

/* Clears every bit but those the tree matches: 64 documents at a time where words alone decide. */
static void keep_matching(struct sealed_part *part, const struct node *tree, uint64_t *bits)
{
    const bool is_plain_word = node_is_word(tree) && tree->fields == 0;
    if (is_plain_word)
        keep_word(part, tree, bits);
    else if (tree->kind == NODE_YEAR)
        keep_years(part->moment, tree, bits);
    else if (tree->kind == NODE_NOT)
        keep_none_of(part, tree->children[0], bits);
    else if (tree->kind == NODE_OR || tree->kind == NODE_MAX)
        keep_any(part, tree, bits);
    else if (tree->kind == NODE_AND && !is_scarce(part, tree))
        for (size_t i = 0; i < tree->child_count; i++)
            keep_matching(part, tree->children[i], bits);
    else
        keep_evaluated(part, tree, bits);
}

pinakes_status sealed_part_allow(struct sealed_part *part, const struct node *const *trees, size_t count,
                                 const uint64_t **out, pinakes_error *error)
{
    const struct sealed_moment *moment = part->moment;
    const size_t words = set_words(part);
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
    bits[words - 1] &= (UINT64_C(1) << moment->documents.count % 64) - 1;
    for (size_t i = 0; i < count; i++)
        keep_matching(part, trees[i], bits);
    *out = bits;
    return sealed_part_check(part, error);
}
