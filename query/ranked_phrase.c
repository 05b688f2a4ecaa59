/* Phrases: the documents that hold all words, then the positions of those that may be among the best. A phrase weighs
 * what its words weigh, so its score is known, and bounded, before any position is read. */
#include "base/error.h"
#include "indexer/segment_neighbours.h"
#include "query/numbers.h"
#include "query/searcher.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POSITIONS_USUAL = 1024 };

/* ---- positions ------------------------------------------------------------------------------------------- */

static bool make_room(struct searcher *searcher, size_t positions)
{
    if (positions <= searcher->position_capacity)
        return true;
    uint32_t *moved = realloc(searcher->positions, 2 * positions * sizeof *moved);
    if (moved == NULL)
        return false;
    searcher->positions = moved;
    searcher->position_capacity = positions;
    return true;
}

/* Writes the positions of a list's posting `at` to one half of the room: 0 or 1. False when memory is short. */
static bool read_positions(struct searcher *searcher, size_t list, uint32_t at, unsigned half, size_t *count)
{
    for (;;) {
        const size_t capacity = searcher->position_capacity;
        *count = segment_positions(&searcher->lists[list].term->list, &searcher->places[list], at / SEGMENT_BLOCK,
                                   at % SEGMENT_BLOCK, searcher->positions + half * capacity, capacity);
        if (*count == 0)
            searcher->is_damaged = true;
        if (*count <= capacity)
            return true;
        if (half > 0) { /* the other half would move */
            uint32_t *moved = malloc(2 * *count * sizeof *moved);
            if (moved == NULL)
                return false;
            memcpy(moved, searcher->positions, capacity * sizeof *moved);
            free(searcher->positions);
            searcher->positions = moved;
            searcher->position_capacity = *count;
        } else if (!make_room(searcher, *count)) {
            return false;
        }
    }
}

/* The positions a phrase can start at, by those of a word `offset` places behind its start. */
static size_t starts_of(uint32_t *positions, size_t count, uint32_t offset, field_set fields)
{
    const uint32_t place_mask = (UINT32_C(1) << SEGMENT_PLACE_BITS) - 1;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned field = positions[i] >> SEGMENT_PLACE_BITS;
        const bool fits = (positions[i] & place_mask) >= offset && (fields == 0 || (fields >> field & 1) != 0);
        positions[kept] = positions[i] - offset;
        kept += fits ? 1 : 0;
    }
    return kept;
}

static unsigned mark_of(const struct segment_list *list)
{
    char token[SEGMENT_TOKEN_BYTES];
    return segment_token_mark((struct span){token, segment_token(list->segment, list->token, token)});
}

static uint32_t offset_of(const struct searcher *searcher, size_t list)
{
    return (uint32_t)(searcher->lists[list].term - searcher->query->terms);
}

/* Which postings of a list are those of ascending documents it holds; of a dense list they need not ascend. */
static void find_postings(struct searcher *searcher, size_t list, const uint32_t *documents, size_t count,
                          uint32_t *postings)
{
    const struct segment_list *of = &searcher->lists[list].term->list;
    struct list_reader *reader = &searcher->readers[list];
    if (of->is_dense) {
        searcher->kernels->rank(&of->dense, documents, count, postings);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t index = 0;
        const bool is_found = list_reader_seek(reader, documents[i], &index);
        postings[i] = is_found ? reader->block * SEGMENT_BLOCK + index : UINT32_MAX;
    }
}

/* Documents that are looked into together, and the lists whose positions are asked for ahead of time: most documents
 * fall at the second word. */
enum { TOGETHER = 32, ASKED_LISTS = 2 };

struct phrase_documents {
    uint32_t documents[TOGETHER + KERNEL_ROOM];
    uint32_t postings[ASKED_LISTS][TOGETHER + KERNEL_ROOM];
    size_t count;
};

/* Every document takes a step before any takes the next, so that none waits. */
static void ask_ahead(struct searcher *searcher, struct phrase_documents *together)
{
    for (size_t list = 0; list < ASKED_LISTS; list++)
        find_postings(searcher, list, together->documents, together->count, together->postings[list]);
    for (unsigned step = 0; step < SEGMENT_POSITIONS_STEPS; step++)
        for (size_t list = 0; list < ASKED_LISTS; list++)
            for (size_t i = 0; i < together->count; i++)
                segment_positions_fetch(&searcher->lists[list].term->list, together->postings[list][i] / SEGMENT_BLOCK,
                                        together->postings[list][i] % SEGMENT_BLOCK, step);
}

static uint32_t posting_of(struct searcher *searcher, const struct phrase_documents *together, size_t list,
                           size_t document)
{
    uint32_t posting[1 + KERNEL_ROOM];
    if (list < ASKED_LISTS)
        return together->postings[list][document];
    find_postings(searcher, list, &together->documents[document], 1, posting);
    return posting[0];
}

/* Whether the words stand one behind the other in a document that holds them all. Documents may only grow from call to
 * call, unless all lists are dense. */
static bool holds_phrase(struct searcher *searcher, const struct phrase_documents *together, size_t document,
                         bool *has_memory)
{
    size_t starts = 0;
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        const uint32_t posting = posting_of(searcher, together, i, document);
        size_t count;
        if (posting >= searcher->lists[i].term->list.documents)
            return false;
        *has_memory = read_positions(searcher, i, posting, i == 0 ? 0 : 1, &count);
        if (!*has_memory)
            return false;
        if (i == 0)
            starts = starts_of(searcher->positions, count, offset_of(searcher, i), searcher->query->fields);
        else
            starts = numbers_followed(searcher->positions, starts, searcher->positions + searcher->position_capacity,
                                      count, offset_of(searcher, i));
        if (starts == 0)
            return false;
    }
    return true;
}

/* Keeps the documents, with their scores, in which the words stand one behind the other, and their number. False when
 * memory is short. */
static bool keep_phrases(struct searcher *searcher, uint32_t *documents, float *scores, size_t *count)
{
    struct phrase_documents together;
    bool has_memory = true;
    size_t kept = 0;
    for (size_t first = 0; first < *count && has_memory; first += together.count) {
        together.count = *count - first < TOGETHER ? *count - first : TOGETHER;
        memcpy(together.documents, documents + first, together.count * sizeof *documents);
        ask_ahead(searcher, &together);
        for (size_t i = 0; i < together.count && has_memory; i++) {
            documents[kept] = together.documents[i];
            scores[kept] = scores[first + i];
            kept += holds_phrase(searcher, &together, i, &has_memory) ? 1 : 0;
        }
    }
    *count = kept;
    return has_memory;
}

static void rewind_readers(struct searcher *searcher)
{
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        list_reader_start(&searcher->readers[i], &searcher->lists[i].term->list, searcher->kernels,
                          &searcher->is_damaged);
        searcher->places[i] = (struct segment_positions_cursor){0};
    }
}

/* Notes of every word which tokens stand next to it in the phrase. */
static void ask_neighbours(struct searcher *searcher)
{
    const struct ranked_term *terms = searcher->query->terms;
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        const size_t at = offset_of(searcher, i);
        const unsigned before = at > 0 ? mark_of(&terms[at - 1].list) : 0;
        const unsigned behind = at + 1 < searcher->query->term_count ? mark_of(&terms[at + 1].list) : 0;
        searcher->lists[i].neighbours = segment_neighbours_asked(before, behind);
        searcher->is_damaged |= terms[at].list.is_dense && !segment_neighbours_are_sound(&terms[at].list);
    }
}

/* Keeps the survivors that may hold the phrase by what dense lists know of the neighbours of their postings. */
static void keep_neighboured(struct searcher *searcher)
{
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        const struct searched *list = &searcher->lists[i];
        if (list->term->list.is_dense)
            searcher->survivor_count =
                searcher->kernels->keep_neighboured(&list->term->list.dense, list->neighbours, searcher->survivor_count,
                                                    searcher->survivors, searcher->partial);
    }
}

bool survivors_keep_phrase(struct searcher *searcher)
{
    keep_neighboured(searcher);
    return keep_phrases(searcher, searcher->survivors, searcher->partial, &searcher->survivor_count);
}

/* ---- batches --------------------------------------------------------------------------------------------- */

/* Every document of the batch is looked at: all are counted. */
static pinakes_status count_batch(struct searcher *searcher, pinakes_error *error)
{
    rewind_readers(searcher);
    if (!survivors_keep_phrase(searcher))
        return error_no_memory(error);
    searcher->found += searcher->survivor_count;
    if (searcher->query->best == 0)
        searcher->survivor_count = 0;
    survivors_offer(searcher);
    return PINAKES_OK;
}

/* Offers the documents of the batch with a score in [least, most) that hold the phrase. */
static bool offer_between(struct searcher *searcher, float least, float most)
{
    uint32_t *documents = searcher->rests;
    float *scores = searcher->values;
    size_t count = 0;
    least = least > searcher->top.threshold ? least : searcher->top.threshold;
    for (size_t i = 0; i < searcher->survivor_count; i++) {
        documents[count] = searcher->survivors[i];
        scores[count] = searcher->partial[i];
        count += scores[count] >= least && scores[count] < most ? 1 : 0;
    }
    rewind_readers(searcher);
    const bool has_memory = keep_phrases(searcher, documents, scores, &count);
    for (size_t i = 0; i < count; i++)
        searcher_offer(searcher, documents[i], scores[i]);
    if (searcher->top.count >= searcher->top.best)
        top_prune(&searcher->top);
    return has_memory;
}

/* The best of the batch are looked at first, then four times as many, until the rest is not good enough. */
static pinakes_status offer_batch(struct searcher *searcher, pinakes_error *error)
{
    keep_neighboured(searcher);
    const size_t count = searcher->survivor_count;
    float most = HUGE_VALF;
    bool has_memory = true;
    for (size_t rank = 2 * searcher->top.best; has_memory && most > searcher->top.threshold && count > 0; rank *= 4) {
        const float least = rank < count ? value_of_rank(searcher->kernels, searcher->partial, count, rank) : 0;
        has_memory = offer_between(searcher, least, most);
        if (least <= 0)
            break;
        most = least;
    }
    searcher->survivor_count = 0;
    return has_memory ? PINAKES_OK : error_no_memory(error);
}

pinakes_status search_phrase(struct searcher *searcher, pinakes_error *error)
{
    if (!make_room(searcher, POSITIONS_USUAL))
        return error_no_memory(error);
    rewind_readers(searcher);
    ask_neighbours(searcher);
    if (searcher->groups.term_count == searcher->query->term_count && !searcher->query->counts)
        return search_matching(searcher, error);
    return for_all_that_meet(searcher, BATCH, searcher->query->counts ? count_batch : offer_batch, error);
}
