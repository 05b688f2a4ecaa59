#include "query/sealed_word.h"

#include "base/error.h"
#include "query/document_set.h"
#include "query/list_reader.h"
#include "query/numbers.h"
#include "query/prefix_list.h"

#include <stdlib.h>

struct finding {
    const struct sealed_moment *moment;
    struct analyzer *analyzer;
    const struct node *word;
    struct arena *arena;
    struct segment_list *lists;
    size_t count, capacity;
};

static bool add_list(struct finding *finding, const struct segment_list *list)
{
    for (size_t i = 0; i < finding->count && finding->word->kind == NODE_TERM; i++)
        if (finding->lists[i].token == list->token)
            return true; /* two spellings with one stem */
    struct segment_list *lists =
        arena_grow(finding->arena, finding->lists, finding->count, &finding->capacity, sizeof *finding->lists);
    if (lists == NULL)
        return false;
    finding->lists = lists;
    lists[finding->count++] = *list;
    return true;
}

/* ---- the lists of a term --------------------------------------------------------------------------------- */

static bool is_stem(struct span token)
{
    return token.len > 0 && token.at[0] == STEM_MARK;
}

static struct span behind_mark(struct span stem)
{
    return (struct span){stem.at + 1, stem.len - 1};
}

static bool asks_for(const struct node *word, struct span token)
{
    for (size_t i = 0; i < word->token_count; i++)
        if (span_equal(word->tokens[i], token))
            return true;
    return false;
}

static bool asks_for_stems(const struct node *word)
{
    bool asks = false;
    for (size_t i = 0; i < word->token_count; i++)
        asks |= is_stem(word->tokens[i]);
    return asks;
}

/* Whether the stem of a word is among the term's tokens. */
static bool has_stem_of(const struct finding *finding, struct span token)
{
    if (!asks_for_stems(finding->word))
        return false;
    const struct span stem = analyzer_stem(finding->analyzer, token);
    for (size_t i = 0; i < finding->word->token_count; i++)
        if (is_stem(finding->word->tokens[i]) && span_equal(behind_mark(finding->word->tokens[i]), stem))
            return true;
    return false;
}

/* Finds what a word adds to the list of its stem; *found is false when the segment does not keep that apart. */
static pinakes_status find_outside(struct finding *finding, struct span token, struct segment_list *out, bool *found,
                                   pinakes_error *error)
{
    char marked[SEGMENT_TOKEN_BYTES] = {SEGMENT_OUTSIDE_MARK};
    *found = false;
    if (token.len >= sizeof marked)
        return PINAKES_OK;
    memcpy(marked + 1, token.at, token.len);
    return segment_list_find(finding->moment->segment, (struct span){marked, token.len + 1}, out, found, error);
}

/* Adds the list of a word as written, or of what it adds to that of its stem. */
static pinakes_status find_written(struct finding *finding, struct span token, pinakes_error *error)
{
    struct segment_list list, outside;
    bool found, is_apart = false;
    pinakes_status status = segment_list_find(finding->moment->segment, token, &list, &found, error);
    if (status != PINAKES_OK || !found)
        return status;
    if (has_stem_of(finding, token)) {
        if (list.is_within_stem)
            return PINAKES_OK;
        status = find_outside(finding, token, &outside, &is_apart, error);
        if (status != PINAKES_OK)
            return status;
    }
    return add_list(finding, is_apart ? &outside : &list) ? PINAKES_OK : error_no_memory(error);
}

/* Adds the list of a stem, which holds the word that is the same, too, if that is its own stem. */
static pinakes_status find_stem(struct finding *finding, struct span token, bool *is_exact, pinakes_error *error)
{
    struct segment_list list, own;
    bool found, has_own = false;
    pinakes_status status = segment_list_find(finding->moment->segment, token, &list, &found, error);
    if (status != PINAKES_OK || !found)
        return status;
    if (!asks_for(finding->word, behind_mark(token)))
        status = segment_list_find(finding->moment->segment, behind_mark(token), &own, &has_own, error);
    if (status != PINAKES_OK)
        return status;
    if (has_own && own.is_own_stem)
        *is_exact = false;
    return add_list(finding, &list) ? PINAKES_OK : error_no_memory(error);
}

static pinakes_status find_term(struct finding *finding, bool *is_exact, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < finding->word->token_count && status == PINAKES_OK; i++) {
        const struct span token = finding->word->tokens[i];
        status = is_stem(token) ? find_stem(finding, token, is_exact, error) : find_written(finding, token, error);
    }
    return status;
}

/* Adds the lists of words among the tokens. */
static pinakes_status find_words(struct finding *finding, uint32_t first, uint32_t behind, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (uint32_t token = first; status == PINAKES_OK && token < behind; token++) {
        struct segment_list list;
        status = segment_list_at(finding->moment->segment, token, &list, error);
        if (status == PINAKES_OK && !list.is_overlap && !add_list(finding, &list))
            return error_no_memory(error);
    }
    return status;
}

/* ---- the many lists of a prefix as one
 * ------------------------------------------------------------------------------- */

/* Calls are for one block of one list at a time, with the postings that lie within. */
struct united_block {
    uint32_t list, block, count;
    uint32_t index[SEGMENT_BLOCK];     /* of the postings within, in the block */
    uint32_t documents[SEGMENT_BLOCK]; /* of all postings */
};

static bool read_within(const struct segment_list *list, uint32_t block, const uint64_t *within,
                        struct united_block *out)
{
    const uint32_t count = segment_block(list, block, out->documents, NULL);
    out->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        out->index[out->count] = i;
        out->count += within == NULL || document_set_has(within, out->documents[i]) ? 1 : 0;
    }
    return count > 0;
}

/* Counts the postings of each document, one place on; then, summed, each place is where the next document's go. */
static bool count_postings(const struct sealed_word *word, const uint64_t *within, uint32_t documents, uint32_t *places)
{
    struct united_block part;
    for (size_t i = 0; i < word->list_count; i++) {
        for (uint32_t block = 0; block < word->lists[i].block_count; block++) {
            if (!read_within(&word->lists[i], block, within, &part))
                return false;
            for (uint32_t j = 0; j < part.count; j++)
                places[part.documents[part.index[j]] + 1]++;
        }
    }
    for (uint32_t document = 0; document < documents; document++)
        places[document + 1] += places[document];
    return true;
}

static void place_block(const struct segment_list *list, const struct united_block *part, uint32_t *places,
                        struct shared_posting *postings)
{
    uint32_t frequencies[SEGMENT_BLOCK];
    uint8_t fields[SEGMENT_BLOCK] = {0};
    if (part->count == 0)
        return;
    (void)segment_block(list, part->block, NULL, frequencies);
    (void)segment_block_fields(list, part->block, fields);
    for (uint32_t j = 0; j < part->count; j++) {
        const uint32_t index = part->index[j], document = part->documents[index];
        postings[places[document]++] = (struct shared_posting){
            document, part->list, part->block * SEGMENT_BLOCK + index, frequencies[index], fields[index]};
    }
}

static void place_postings(const struct sealed_word *word, const uint64_t *within, uint32_t *places,
                           struct shared_posting *postings)
{
    struct united_block part;
    for (uint32_t i = 0; i < word->list_count; i++) {
        part.list = i;
        for (part.block = 0; part.block < word->lists[i].block_count; part.block++) {
            (void)read_within(&word->lists[i], part.block, within, &part);
            place_block(&word->lists[i], &part, places, postings);
        }
    }
}

/* A counting sort by document; the lists of one document stay in their order. */
pinakes_status sealed_word_unite(const struct sealed_moment *moment, struct sealed_word *word, const uint64_t *within,
                                 struct arena *arena, pinakes_error *error)
{
    const uint32_t documents = moment->documents.count;
    uint64_t total = 0;
    struct finding finding = {.moment = moment, .word = &(struct node){.kind = NODE_PREFIX}, .arena = arena};
    const pinakes_status status = find_words(&finding, word->first, word->behind, error);
    if (status != PINAKES_OK)
        return status;
    word->lists = finding.lists;
    word->list_count = finding.count;
    word->postings = NULL;
    word->posting_count = 0;
    for (size_t i = 0; i < word->list_count; i++)
        total += word->lists[i].documents;
    uint32_t *places = total > UINT32_MAX ? NULL : arena_array(arena, (size_t)documents + 1, sizeof *places);
    if (places == NULL)
        return error_no_memory(error);
    if (!count_postings(word, within, documents, places))
        return segment_damaged(moment->segment, error);
    const size_t count = documents == 0 ? 0 : places[documents];
    word->postings = arena_array(arena, count, sizeof *word->postings);
    if (word->postings == NULL)
        return error_no_memory(error);
    place_postings(word, within, places, word->postings);
    word->posting_count = count;
    return PINAKES_OK;
}

/* ---- a prefix of several words ------------------------------------------------------------------------------ */

pinakes_status sealed_word_together(const struct sealed_moment *moment, const struct sealed_word *word,
                                    const uint64_t *within, struct arena *arena, struct segment_list *out,
                                    pinakes_error *error)
{
    if (!word->is_listed)
        return prefix_list_make(moment, word->first, word->behind, within, arena, out, error);
    *out = word->together;
    return PINAKES_OK;
}

pinakes_status sealed_word_add_documents(const struct sealed_moment *moment, const struct sealed_word *word,
                                         uint64_t *bits, pinakes_error *error)
{
    bool is_sound = !word->is_listed || document_set_add_list(bits, &word->together);
    for (size_t i = 0; i < word->list_count && is_sound; i++)
        is_sound = document_set_add_list(bits, &word->lists[i]);
    for (uint32_t token = word->first; token < word->behind && !word->is_listed && is_sound; token++) {
        struct segment_list list;
        const pinakes_status status = segment_list_at(moment->segment, token, &list, error);
        if (status != PINAKES_OK)
            return status;
        is_sound = list.is_overlap || document_set_add_list(bits, &list);
    }
    return is_sound ? PINAKES_OK : segment_damaged(moment->segment, error);
}

static pinakes_status gather_documents(const struct finding *finding, struct sealed_word *word, pinakes_error *error)
{
    const size_t words = document_set_words(finding->moment->documents.count);
    word->documents = arena_array(finding->arena, words, sizeof *word->documents);
    if (word->documents == NULL)
        return error_no_memory(error);
    const pinakes_status status = sealed_word_add_documents(finding->moment, word, word->documents, error);
    word->document_count = status == PINAKES_OK ? document_set_count(word->documents, NULL, words) : 0;
    return status;
}

/* How many of the stale documents hold the word. */
static pinakes_status count_stale(const struct finding *finding, const struct sealed_word *word, uint64_t *out,
                                  pinakes_error *error)
{
    const struct sealed_moment *moment = finding->moment;
    const size_t words = document_set_words(moment->documents.count);
    struct segment_list held;
    *out = 0;
    if (moment->stale_count == 0)
        return PINAKES_OK;
    uint64_t *stale = arena_array(finding->arena, words, sizeof *stale);
    if (stale == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < moment->stale_count; i++)
        stale[moment->stale[i] / 64] |= UINT64_C(1) << moment->stale[i] % 64;
    if (word->documents != NULL) {
        *out = document_set_count(word->documents, stale, words);
        return PINAKES_OK;
    }
    const pinakes_status status =
        prefix_list_make(moment, word->first, word->behind, stale, finding->arena, &held, error);
    *out = status == PINAKES_OK ? held.documents : 0;
    return status;
}

/* Finds out how many documents hold the prefix: the segment knows that where there is much to be read for it. */
static pinakes_status count_prefix(const struct finding *finding, struct sealed_word *word, pinakes_error *error)
{
    struct segment_together together;
    bool is_known = false;
    uint64_t stale = 0;
    pinakes_status status =
        segment_prefix_together(finding->moment->segment, word->first, word->behind, &together, &is_known, error);
    if (status == PINAKES_OK && is_known) {
        word->document_count = together.documents;
        word->is_listed = together.has_list;
        word->together = together.list;
    } else if (status == PINAKES_OK) {
        status = gather_documents(finding, word, error);
    }
    if (status == PINAKES_OK)
        status = count_stale(finding, word, &stale, error);
    word->papers = stale > word->document_count ? 0 : word->document_count - stale;
    return status;
}

/* A prefix of one word is as a term of one list. */
static pinakes_status find_prefix(struct finding *finding, struct sealed_word *word, pinakes_error *error)
{
    *word = (struct sealed_word){.is_several = false};
    pinakes_status status =
        segment_prefix(finding->moment->segment, finding->word->tokens[0], &word->first, &word->behind, error);
    if (status != PINAKES_OK)
        return status;
    word->is_several = word->behind - word->first > 1;
    return word->is_several ? count_prefix(finding, word, error)
                            : find_words(finding, word->first, word->behind, error);
}

/* ---- a long list and short ones -------------------------------------------------------------------------- */

static int longest_first(const void *a, const void *b)
{
    const struct segment_list *x = a, *y = b;
    return x->documents != y->documents ? (x->documents < y->documents) - (x->documents > y->documents)
                                        : (x->token > y->token) - (x->token < y->token);
}

/* Gathers the documents of all lists but the first. */
static pinakes_status gather_others(const struct finding *finding, struct sealed_word *word, pinakes_error *error)
{
    size_t room = SEGMENT_BLOCK; /* blocks are written whole */
    for (size_t i = 1; i < finding->count; i++)
        room += finding->lists[i].documents;
    word->others = arena_array(finding->arena, room, sizeof *word->others);
    if (word->others == NULL)
        return error_no_memory(error);
    for (size_t i = 1; i < finding->count; i++) {
        const struct segment_list *list = &finding->lists[i];
        for (uint32_t block = 0; block < list->block_count; block++) {
            const uint32_t count = segment_block(list, block, word->others + word->other_count, NULL);
            if (count == 0)
                return segment_damaged(finding->moment->segment, error);
            word->other_count += count;
        }
    }
    numbers_sort(word->others, &word->other_count);
    return PINAKES_OK;
}

/* ---- in how many papers ---------------------------------------------------------------------------------- */

static bool is_valid(const struct sealed_moment *moment, uint32_t document)
{
    return moment->valid == NULL || document_set_has(moment->valid, document);
}

/* How many of `count` ascending documents the list holds, or does not. */
static uint64_t count_held(const struct sealed_moment *moment, const struct segment_list *list,
                           const uint32_t *documents, size_t count, bool *is_damaged)
{
    struct list_reader reader;
    uint64_t held = 0;
    list_reader_start(&reader, list, moment->kernels, is_damaged);
    for (size_t i = 0; i < count; i++) {
        uint32_t index;
        if (!list_reader_seek(&reader, documents[i], &index))
            break;
        held += reader.documents[index] == documents[i] ? 1 : 0;
    }
    return held;
}

/* The first list's documents, and the others' that it does not hold; of both those that are not stale. */
static uint64_t count_term(const struct sealed_moment *moment, const struct sealed_word *word, uint32_t *room,
                           bool *is_damaged)
{
    const struct segment_list *first = &word->lists[0];
    size_t count = 0;
    for (size_t i = 0; i < word->other_count; i++)
        if (is_valid(moment, word->others[i]))
            room[count++] = word->others[i];
    const uint64_t stale = count_held(moment, first, moment->stale, moment->stale_count, is_damaged);
    return first->documents - stale + count - count_held(moment, first, room, count, is_damaged);
}

static pinakes_status gather_term(const struct finding *finding, struct sealed_word *out, pinakes_error *error)
{
    if (finding->count > 1) {
        qsort(finding->lists, finding->count, sizeof *finding->lists, longest_first);
        const pinakes_status status = gather_others(finding, out, error);
        if (status != PINAKES_OK)
            return status;
    }
    uint32_t *room = arena_array(finding->arena, out->other_count, sizeof *room);
    if (room == NULL)
        return error_no_memory(error);
    bool is_damaged = false;
    out->papers = count_term(finding->moment, out, room, &is_damaged);
    return is_damaged ? segment_damaged(finding->moment->segment, error) : PINAKES_OK;
}

pinakes_status sealed_word_find(const struct sealed_moment *moment, struct analyzer *analyzer, const struct node *word,
                                struct arena *arena, struct sealed_word *out, bool *is_exact, pinakes_error *error)
{
    struct finding finding = {.moment = moment, .analyzer = analyzer, .word = word, .arena = arena};
    *is_exact = true;
    *out = (struct sealed_word){.list_count = 0};
    const pinakes_status status =
        word->kind == NODE_PREFIX ? find_prefix(&finding, out, error) : find_term(&finding, is_exact, error);
    if (status != PINAKES_OK || out->is_several)
        return status;
    out->lists = finding.lists;
    out->list_count = finding.count;
    out->first = out->behind = 0;
    return finding.count == 0 ? PINAKES_OK : gather_term(&finding, out, error);
}
