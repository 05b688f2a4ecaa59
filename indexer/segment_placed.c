#include "indexer/segment_placed.h"

#include "indexer/varint.h"

#include <stdlib.h>
#include <string.h>

struct span gathered_posting_next(const uint8_t **at, const uint8_t *end, uint32_t *paper)
{
    *paper += varint_read(at, end);
    const uint8_t *first = *at; /* no number of the positions is 0 but the one that ends them */
    const uint8_t *zero = memchr(first, 0, (size_t)(end - first));
    const uint8_t *behind = zero == NULL ? end : zero;
    *at = zero == NULL ? end : zero + 1;
    return (struct span){(const char *)first, (size_t)(behind - first)};
}

static bool make_room(struct placed_list *list)
{
    if (list->count < list->capacity)
        return true;
    const size_t capacity = list->capacity == 0 ? 1024 : list->capacity * 2;
    struct placed_posting *at = realloc(list->at, capacity * sizeof *at);
    if (at != NULL)
        list->at = at;
    struct placed_posting *spare = realloc(list->spare, capacity * sizeof *spare);
    if (spare != NULL)
        list->spare = spare;
    if (at == NULL || spare == NULL)
        return false;
    list->capacity = capacity;
    return true;
}

/* Appends the postings of a piece, as they came; *is_sorted becomes false where they do not ascend any more. */
static bool read_piece(struct placed_list *list, struct span piece, bool *is_sorted)
{
    const uint8_t *at = (const uint8_t *)piece.at, *end = at + piece.len;
    uint32_t paper = UINT32_MAX;
    while (at < end) {
        if (!make_room(list))
            return false;
        const struct span positions = gathered_posting_next(&at, end, &paper);
        const uint32_t document = list->places[paper];
        *is_sorted &= list->count == 0 || list->at[list->count - 1].document < document;
        list->at[list->count++] =
            (struct placed_posting){document, (uint32_t)positions.len, (const uint8_t *)positions.at};
    }
    return true;
}

static int by_document(const void *a, const void *b)
{
    const uint32_t x = ((const struct placed_posting *)a)->document, y = ((const struct placed_posting *)b)->document;
    return (x > y) - (x < y);
}

/* Many postings find their places by their ranks among the documents that have one. */
static bool sort_by_rank(struct placed_list *list)
{
    const size_t words = list->documents / 64 + 1;
    if (list->held == NULL)
        list->held = malloc(words * sizeof *list->held);
    if (list->ranks == NULL)
        list->ranks = malloc(words * sizeof *list->ranks);
    if (list->held == NULL || list->ranks == NULL)
        return false;
    memset(list->held, 0, words * sizeof *list->held);
    for (size_t i = 0; i < list->count; i++)
        list->held[list->at[i].document / 64] |= UINT64_C(1) << list->at[i].document % 64;
    uint32_t rank = 0;
    for (size_t word = 0; word < words; word++) {
        list->ranks[word] = rank;
        rank += (uint32_t)__builtin_popcountll(list->held[word]);
    }
    for (size_t i = 0; i < list->count; i++) {
        const uint32_t word = list->at[i].document / 64;
        const uint64_t before = list->held[word] & ((UINT64_C(1) << list->at[i].document % 64) - 1);
        list->spare[list->ranks[word] + (uint32_t)__builtin_popcountll(before)] = list->at[i];
    }
    struct placed_posting *sorted = list->spare;
    list->spare = list->at;
    list->at = sorted;
    return true;
}

bool placed_list_read(struct placed_list *list, const struct span *pieces, size_t piece_count)
{
    enum { MANY = 64 }; /* more than this part of the documents */
    bool is_sorted = true;
    list->count = 0;
    for (size_t i = 0; i < piece_count; i++)
        if (!read_piece(list, pieces[i], &is_sorted))
            return false;
    if (is_sorted)
        return true;
    if (list->count > list->documents / MANY)
        return sort_by_rank(list);
    qsort(list->at, list->count, sizeof *list->at, by_document);
    return true;
}

void placed_list_free(struct placed_list *list)
{
    free(list->at);
    free(list->spare);
    free(list->held);
    free(list->ranks);
}
