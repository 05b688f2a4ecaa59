/* Which documents of a range match, as bits, before any is scored: a word of 64 documents at a time where lists are
 * dense. Counts come of it at once; what is scored then are the best of the matching ones. */
#include "base/error.h"
#include "query/searcher.h"

#include <stdlib.h>
#include <string.h>

static size_t words_of(uint32_t first, uint32_t behind)
{
    return (behind - first + 63) / 64;
}

/* Room for `levels` sets of a range. */
static uint64_t *make_room(struct searcher *searcher, size_t levels)
{
    const size_t words = levels * (RANGE / 64);
    if (words > searcher->match_capacity) {
        uint64_t *grown = realloc(searcher->matching, words * sizeof *grown);
        if (grown == NULL)
            return NULL;
        searcher->matching = grown;
        searcher->match_capacity = words;
    }
    return searcher->matching;
}

/* ---- at least so many of the words ------------------------------------------------------------------------ */

static void lift_list(struct searcher *searcher, const struct searched *list, uint32_t first, uint32_t behind,
                      uint64_t *levels, size_t count)
{
    struct list_reader *reader = &searcher->reader;
    list_reader_start(reader, &list->term->list, searcher->kernels, &searcher->is_damaged);
    for (uint32_t block = list->block; block < list->behind; block++) {
        list_reader_load(reader, block);
        for (uint32_t i = 0; i < reader->count; i++) {
            const uint32_t at = reader->documents[i] - first;
            const uint64_t bit = UINT64_C(1) << at % 64;
            if (reader->documents[i] >= first && reader->documents[i] < behind)
                searcher->kernels->lift(&bit, 1, count, RANGE / 64, levels + at / 64);
        }
    }
}

/* The documents of the range that hold at least `at_least` of the lists; NULL when memory is short. */
static uint64_t *match_some(struct searcher *searcher, uint32_t first, uint32_t behind, size_t at_least)
{
    const size_t words = words_of(first, behind);
    uint64_t *levels = make_room(searcher, at_least);
    if (levels == NULL)
        return NULL;
    memset(levels, 0, at_least * (RANGE / 64) * sizeof *levels);
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        const struct searched *list = &searcher->lists[i];
        if (list->term->list.is_dense)
            searcher->kernels->lift(list->term->list.dense.bits + first / 64, words, at_least, RANGE / 64, levels);
        else
            lift_list(searcher, list, first, behind, levels, at_least);
    }
    return levels + (at_least - 1) * (RANGE / 64);
}

/* ---- all of the words ------------------------------------------------------------------------------------- */

static uint64_t *match_all(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    const size_t words = words_of(first, behind);
    uint64_t *bits = make_room(searcher, 1);
    if (bits == NULL)
        return NULL;
    searcher->kernels->intersect(searcher->group_terms, searcher->groups.term_count, first / 64, words, bits);
    return bits;
}

/* ---- both ------------------------------------------------------------------------------------------------- */

static void keep_allowed(const struct searcher *searcher, uint32_t first, size_t words, uint64_t *bits)
{
    const uint64_t *allowed = searcher->query->allowed;
    for (size_t word = 0; word < words && allowed != NULL; word++)
        bits[word] &= allowed[first / 64 + word];
}

pinakes_status search_matching(struct searcher *searcher, pinakes_error *error)
{
    const struct ranked_query *query = searcher->query;
    const uint32_t documents = searcher->documents.count;
    const bool all =
        searcher->groups.term_count == query->term_count && (query->is_phrase || query->at_least == query->term_count);
    for (uint32_t first = 0, behind; first < documents; first = behind) {
        behind = documents - first > RANGE ? first + RANGE : documents;
        searcher_enter(searcher, first, behind);
        uint64_t *bits =
            all ? match_all(searcher, first, behind) : match_some(searcher, first, behind, query->at_least);
        if (bits == NULL)
            return error_no_memory(error);
        keep_allowed(searcher, first, words_of(first, behind), bits);
        if (query->counts)
            searcher->found += searcher->kernels->count_bits(bits, words_of(first, behind));
        if (query->best == 0)
            continue;
        searcher->allowed = bits;
        searcher->allowed_first = first;
        search_range(searcher, first, behind);
    }
    searcher->found += query->addition_count;
    return PINAKES_OK;
}
