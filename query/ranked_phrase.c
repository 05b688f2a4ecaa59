/* Phrases: the documents that hold all words, then the positions of those that may be among the best. A phrase weighs
 * what its words weigh, so its score is known, and bounded, before any position is read. */
#include "base/error.h"
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

/* Writes the positions of a list's posting to one half of the room: 0 or 1. False when memory is short. */
static bool read_positions(struct searcher *searcher, size_t list, uint32_t index, unsigned half, size_t *count)
{
    struct list_reader *reader = &searcher->readers[list];
    for (;;) {
        const size_t capacity = searcher->position_capacity;
        *count = segment_positions(reader->list, &searcher->places[list], reader->block, index,
                                   searcher->positions + half * capacity, capacity);
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

/* Keeps the starts that have one of `positions` `offset` places on; both ascend. */
static size_t keep_starts(uint32_t *starts, size_t count, const uint32_t *positions, size_t position_count,
                          uint32_t offset)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < position_count && positions[at] < starts[i] + offset)
            at++;
        starts[kept] = starts[i];
        kept += at < position_count && positions[at] == starts[i] + offset ? 1 : 0;
    }
    return kept;
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

static uint32_t offset_of(const struct searcher *searcher, size_t list)
{
    return (uint32_t)(searcher->lists[list].term - searcher->query->terms);
}

/* Whether the words stand one behind the other in a document that holds them all. */
static bool holds_phrase(struct searcher *searcher, uint32_t document, bool *has_memory)
{
    size_t starts = 0;
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        uint32_t index;
        size_t count;
        if (!list_reader_seek(&searcher->readers[i], document, &index))
            return false;
        *has_memory = read_positions(searcher, i, index, i == 0 ? 0 : 1, &count);
        if (!*has_memory)
            return false;
        if (i == 0)
            starts = starts_of(searcher->positions, count, offset_of(searcher, i), searcher->query->fields);
        else
            starts = keep_starts(searcher->positions, starts, searcher->positions + searcher->position_capacity, count,
                                 offset_of(searcher, i));
        if (starts == 0)
            return false;
    }
    return true;
}

static void rewind_readers(struct searcher *searcher)
{
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        list_reader_start(&searcher->readers[i], &searcher->lists[i].term->list, searcher->kernels,
                          &searcher->is_damaged);
        searcher->places[i] = (struct segment_positions_cursor){0};
    }
}

/* ---- batches --------------------------------------------------------------------------------------------- */

/* Every document of the batch is looked at: all are counted. */
static pinakes_status count_batch(struct searcher *searcher, pinakes_error *error)
{
    size_t kept = 0;
    bool has_memory = true;
    rewind_readers(searcher);
    for (size_t i = 0; i < searcher->survivor_count && has_memory; i++) {
        searcher->survivors[kept] = searcher->survivors[i];
        searcher->partial[kept] = searcher->partial[i];
        kept += holds_phrase(searcher, searcher->survivors[i], &has_memory) ? 1 : 0;
    }
    if (!has_memory)
        return error_no_memory(error);
    searcher->found += kept;
    searcher->survivor_count = searcher->query->best == 0 ? 0 : kept;
    survivors_offer(searcher);
    return PINAKES_OK;
}

/* Offers the documents of the batch with a score in [least, most) that hold the phrase. */
static bool offer_between(struct searcher *searcher, float least, float most)
{
    bool has_memory = true;
    rewind_readers(searcher);
    for (size_t i = 0; i < searcher->survivor_count && has_memory; i++) {
        const float score = searcher->partial[i];
        if (score >= least && score < most && score >= searcher->top.threshold &&
            holds_phrase(searcher, searcher->survivors[i], &has_memory))
            searcher_offer(searcher, searcher->survivors[i], score);
    }
    if (searcher->top.count >= searcher->top.best)
        top_prune(&searcher->top);
    return has_memory;
}

/* The best of the batch are looked at first, then four times as many, until the rest is not good enough. */
static pinakes_status offer_batch(struct searcher *searcher, pinakes_error *error)
{
    const size_t count = searcher->survivor_count;
    float most = HUGE_VALF;
    bool has_memory = true;
    for (size_t rank = 2 * searcher->top.best; has_memory && most > searcher->top.threshold && count > 0; rank *= 4) {
        memcpy(searcher->values, searcher->partial, count * sizeof *searcher->values);
        const float least = rank < count ? value_of_rank(searcher->values, count, rank) : 0;
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
    return for_all_that_meet(searcher, BATCH, searcher->query->counts ? count_batch : offer_batch, error);
}
