#include "query/overlaps.h"

#include "base/error.h"

#include <stdlib.h>

enum { WORD_BITS = 64 };

/* What one worker has found. */
struct found_pairs {
    pinakes_overlap *at;
    size_t count, capacity;
    uint64_t total;
};

struct comparison {
    const struct place_list *lists;
    size_t list_count, words;
    uint64_t **bits; /* of lists that are long enough for it to pay; else NULL */
    size_t limit;
    struct arena *arenas;
    struct found_pairs *found; /* one for each worker */
};

static bool has_place(const uint64_t *bits, uint32_t place)
{
    return (bits[place / WORD_BITS] >> place % WORD_BITS & 1) != 0;
}

static uint64_t count_in_bits(const struct place_list *list, const uint64_t *bits)
{
    uint64_t shared = 0;
    for (size_t i = 0; i < list->count; i++)
        shared += has_place(bits, list->at[i]);
    return shared;
}

static uint64_t count_bits(const uint64_t *a, const uint64_t *b, size_t words)
{
    uint64_t shared = 0;
    for (size_t i = 0; i < words; i++)
        shared += (uint64_t)__builtin_popcountll(a[i] & b[i]);
    return shared;
}

static uint64_t count_merged(const struct place_list *a, const struct place_list *b)
{
    uint64_t shared = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        const uint32_t x = a->at[i], y = b->at[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return shared;
}

static uint64_t count_shared(const struct comparison *in, size_t first, size_t second)
{
    const uint64_t *a = in->bits[first], *b = in->bits[second];
    if (a != NULL && b != NULL)
        return count_bits(a, b, in->words);
    if (a != NULL)
        return count_in_bits(&in->lists[second], a);
    return b != NULL ? count_in_bits(&in->lists[first], b) : count_merged(&in->lists[first], &in->lists[second]);
}

static int closest_first(const void *a, const void *b)
{
    const pinakes_overlap *x = a, *y = b;
    if (x->jaccard != y->jaccard)
        return x->jaccard > y->jaccard ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

/* Forgets what cannot be among the closest any more. */
static void prune(struct found_pairs *found, size_t limit)
{
    if (found->count > 0)
        qsort(found->at, found->count, sizeof *found->at, closest_first);
    found->count = found->count < limit ? found->count : limit;
}

static bool keep(struct comparison *in, unsigned worker, pinakes_overlap overlap)
{
    enum { ROOM = 1024 };
    struct found_pairs *found = &in->found[worker];
    found->total++;
    if (in->limit < SIZE_MAX / 2 && found->count == in->limit * 2 + ROOM)
        prune(found, in->limit);
    pinakes_overlap *at = arena_grow(&in->arenas[worker], found->at, found->count, &found->capacity, sizeof *at);
    if (at == NULL)
        return false;
    at[found->count++] = overlap;
    found->at = at;
    return true;
}

static pinakes_status compare(void *context, unsigned worker, size_t first, pinakes_error *error)
{
    struct comparison *in = context;
    for (size_t second = first + 1; second < in->list_count; second++) {
        const size_t together = in->lists[first].count + in->lists[second].count;
        const uint64_t shared = count_shared(in, first, second);
        if (shared > 0 && !keep(in, worker,
                                (pinakes_overlap){.first = first,
                                                  .second = second,
                                                  .shared = shared,
                                                  .jaccard = (double)shared / (double)(together - shared)}))
            return error_no_memory(error);
    }
    return PINAKES_OK;
}

/* Bits pay where counting them costs less than going through the list. */
static bool make_bits(struct comparison *in, struct arena *arena)
{
    in->bits = arena_array(arena, in->list_count, sizeof *in->bits);
    for (size_t i = 0; i < in->list_count && in->bits != NULL; i++) {
        const struct place_list *list = &in->lists[i];
        if (list->count < in->words)
            continue;
        uint64_t *bits = in->bits[i] = arena_array(arena, in->words, sizeof *bits);
        if (bits == NULL)
            return false;
        for (size_t j = 0; j < list->count; j++)
            bits[list->at[j] / WORD_BITS] |= UINT64_C(1) << list->at[j] % WORD_BITS;
    }
    return in->bits != NULL;
}

static pinakes_status gather(const struct comparison *in, unsigned worker_count, struct overlaps *out,
                             pinakes_error *error)
{
    struct found_pairs all = {0};
    for (unsigned i = 0; i < worker_count; i++) {
        all.count += in->found[i].count;
        all.total += in->found[i].total;
    }
    all.at = arena_array(&in->arenas[0], all.count, sizeof *all.at);
    if (all.at == NULL)
        return error_no_memory(error);
    size_t count = 0;
    for (unsigned i = 0; i < worker_count; i++)
        for (size_t j = 0; j < in->found[i].count; j++)
            all.at[count++] = in->found[i].at[j];
    prune(&all, in->limit);
    *out = (struct overlaps){all.at, all.count, all.total};
    return PINAKES_OK;
}

pinakes_status overlaps_find(const struct place_list *lists, size_t list_count, size_t place_count, size_t limit,
                             const struct workers *workers, struct arena *arenas, struct overlaps *out,
                             pinakes_error *error)
{
    struct comparison in = {
        .lists = lists,
        .list_count = list_count,
        .words = place_count / WORD_BITS + 1,
        .limit = limit,
        .arenas = arenas,
        .found = arena_array(&arenas[0], workers->count, sizeof *in.found),
    };
    if (in.found == NULL || !make_bits(&in, &arenas[0]))
        return error_no_memory(error);
    const pinakes_status status = workers_run(workers, list_count, compare, &in, error);
    return status == PINAKES_OK ? gather(&in, workers->count, out, error) : status;
}
