#include "query/kernels.h"

#include <string.h>

#define WIDE
#include "query/kernels_look_up.h"
#include "query/kernels_sets.h"

static inline float score_one(const struct bm25_factors *factors, uint32_t length, uint32_t frequency)
{
    const float long_as = (float)length, f = (float)frequency;
    const float counted = long_as > factors->shortest ? long_as : factors->shortest;
    const float normal = factors->base + factors->slope * counted;
    return factors->weight * f / (normal + f);
}

static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const struct segment_lengths *lengths, float *scores)
{
    for (size_t i = 0; i < count; i++)
        scores[i] = score_one(factors, segment_length(lengths, documents[i]), frequencies[i]);
}

static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const struct segment_lengths *lengths, float *sums, uint32_t first, float cut,
                  uint32_t *crossed)
{
    size_t crossings = 0;
    for (size_t i = 0; i < count; i++) {
        float *sum = &sums[documents[i] - first];
        const float before = *sum;
        *sum = before + score_one(factors, segment_length(lengths, documents[i]), frequencies[i]);
        crossed[crossings] = documents[i];
        crossings += before < cut && *sum >= cut ? 1 : 0;
    }
    return crossings;
}

static size_t select_at_least(const float *values, size_t count, float cut, uint32_t *indexes)
{
    size_t selected = 0;
    for (size_t i = 0; i < count; i++) {
        indexes[selected] = (uint32_t)i;
        selected += values[i] >= cut ? 1 : 0;
    }
    return selected;
}

static size_t count_at_least(const float *values, size_t count, float cut)
{
    size_t counted = 0;
    for (size_t i = 0; i < count; i++)
        counted += values[i] >= cut ? 1 : 0;
    return counted;
}

/* A binary search without branches: the block has 2 to the 7th entries. */
static size_t below(const uint32_t block[SEGMENT_BLOCK], uint32_t document)
{
    size_t at = 0;
    for (size_t step = SEGMENT_BLOCK / 2; step > 0; step /= 2)
        at += block[at + step - 1] < document ? step : 0;
    return at + (block[at] < document ? 1 : 0);
}

static size_t meet(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                   uint32_t *places)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < SEGMENT_BLOCK && block[at] < documents[i])
            at++;
        if (at == SEGMENT_BLOCK)
            break;
        documents[kept] = documents[i];
        from[kept] = (uint32_t)i;
        places[kept] = (uint32_t)at;
        kept += block[at] == documents[i] ? 1 : 0;
    }
    return kept;
}

static void keep_allowed(const uint16_t *values, const uint64_t *allowed, size_t count, uint16_t *kept)
{
    for (size_t i = 0; i < count; i++)
        kept[i] = group_bits(allowed, (uint32_t)i * SEGMENT_GROUP) != 0 ? values[i] : 0;
}

static void greatest(const uint16_t *values, size_t count, uint16_t most[KERNEL_GROUPS])
{
    for (size_t i = 0; i < count; i++)
        most[i % KERNEL_GROUPS] = values[i] > most[i % KERNEL_GROUPS] ? values[i] : most[i % KERNEL_GROUPS];
}

static size_t reach(const uint16_t *values, size_t count, uint16_t least, uint32_t *indexes)
{
    size_t reached = 0;
    for (size_t i = 0; i < count; i++) {
        if (indexes != NULL)
            indexes[reached] = (uint32_t)i;
        reached += values[i] >= least ? 1 : 0;
    }
    return reached;
}

/* The documents of a group on their way. */
struct lanes {
    float normal[SEGMENT_GROUP], sum[SEGMENT_GROUP];
};

static void start_lanes(const struct group_sums *sums, uint32_t document, struct lanes *lanes)
{
    for (size_t i = 0; i < SEGMENT_GROUP; i++) {
        const float long_as = (float)segment_length(sums->lengths, document + (uint32_t)i);
        const float counted = long_as > sums->shortest ? long_as : sums->shortest;
        lanes->normal[i] = sums->base + sums->slope * counted;
        lanes->sum[i] = sums->sums[document - sums->first + i];
    }
}

static void add_term(const struct group_term *term, uint32_t document, struct lanes *lanes)
{
    uint32_t posting = dense_rank(term->dense, document);
    for (unsigned bits = group_bits(term->dense->bits, document); bits != 0; bits &= bits - 1, posting++) {
        const unsigned lane = (unsigned)__builtin_ctz(bits);
        const float f = (float)dense_frequency(term->dense, posting);
        lanes->sum[lane] += term->weight * f / (lanes->normal[lane] + f);
    }
}

static bool can_reach(const struct lanes *lanes, float rest, float cut)
{
    bool can = false;
    for (size_t i = 0; i < SEGMENT_GROUP; i++)
        can |= lanes->sum[i] + rest >= cut;
    return can;
}

/* False when it was left: no document reaches the cut. */
static bool add_terms(const struct group_sums *sums, uint32_t group, float cut, struct lanes *lanes)
{
    const uint32_t first = sums->first / SEGMENT_GROUP + group, document = first * SEGMENT_GROUP;
    uint32_t rest = sums->rest[group];
    for (size_t i = 0; i < sums->term_count; i++) {
        const struct group_term *term = &sums->terms[i];
        const uint8_t bound = term->dense->bounds[first];
        if (i % GROUP_TERMS == 0 && i > 0 && !can_reach(lanes, (float)rest * sums->rest_unit, cut))
            return false;
        if (bound > 0)
            add_term(term, document, lanes);
        rest -= (uint32_t)bound * term->bound_weight >> 8;
    }
    return true;
}

static size_t score_groups(const struct group_sums *sums, const uint32_t *groups, size_t count, float cut,
                           uint32_t *documents, float *scores)
{
    size_t written = 0;
    for (size_t i = 0; i < count; i++) {
        struct lanes lanes;
        const uint32_t within = groups[i] * SEGMENT_GROUP, document = sums->first + within;
        const unsigned allowed = sums->allowed == NULL ? 0xffffu : group_bits(sums->allowed, within);
        if (allowed == 0)
            continue;
        start_lanes(sums, document, &lanes);
        if (!add_terms(sums, groups[i], cut, &lanes))
            continue;
        for (uint32_t lane = 0; lane < SEGMENT_GROUP; lane++) {
            documents[written] = document + lane;
            scores[written] = lanes.sum[lane];
            written += (allowed >> lane & 1) != 0 && lanes.sum[lane] >= cut ? 1 : 0;
        }
    }
    return written;
}

static uint8_t plus_bound(uint8_t bound, uint32_t worth)
{
    return (uint8_t)(bound + worth < UINT8_MAX ? bound + worth : UINT8_MAX);
}

static void bound_documents(const struct group_sums *sums, size_t from, size_t to, size_t spans, uint8_t *bounds)
{
    const size_t groups = spans * (SEGMENT_RANK_SPAN / SEGMENT_GROUP);
    for (size_t i = from; i < to; i++) {
        const struct group_term *term = &sums->terms[i];
        for (uint32_t group = 0; group < groups; group++) {
            const uint32_t worth = dense_worth(term, sums->first / SEGMENT_GROUP + group);
            uint8_t *documents = bounds + group * SEGMENT_GROUP;
            for (unsigned bits = group_bits(term->dense->bits, sums->first + group * SEGMENT_GROUP); bits != 0;
                 bits &= bits - 1)
                documents[__builtin_ctz(bits)] = plus_bound(documents[__builtin_ctz(bits)], worth);
        }
    }
}

static void start_bounds(const float *values, float scale, size_t count, uint8_t *bounds)
{
    for (size_t i = 0; i < count; i++) {
        const float worth = values[i] * scale + 1;
        bounds[i] = (uint8_t)(worth < UINT8_MAX ? worth : UINT8_MAX);
    }
}

static size_t reach_documents(const uint8_t *bounds, size_t count, uint8_t least, uint32_t *indexes)
{
    size_t reached = 0;
    for (size_t i = 0; i < count; i++) {
        if (bounds[i] < least)
            continue;
        if (indexes != NULL)
            indexes[reached] = (uint32_t)i;
        reached++;
    }
    return reached;
}

static void bar_others(const uint64_t *allowed, size_t words, uint8_t *bounds)
{
    for (size_t i = 0; i < 64 * words; i++)
        bounds[i] = (allowed[i / 64] >> i % 64 & 1) != 0 ? bounds[i] : 0;
}

static void add_most(const uint16_t *bounds, const float *most, float scale, size_t count, uint16_t *reach)
{
    for (size_t i = 0; i < count; i++) {
        const float worth = most[i] * scale + 1;
        const uint32_t sum = bounds[i] + (uint32_t)(worth < UINT16_MAX ? worth : UINT16_MAX);
        reach[i] = (uint16_t)(sum < UINT16_MAX ? sum : UINT16_MAX);
    }
}

static void bound_groups(const struct group_sums *sums, size_t count, uint16_t *bounds, const float *most, float scale,
                         uint16_t *reach)
{
    for (size_t i = 0; i < count; i++)
        bounds[i] = (uint16_t)sums->term_count;
    for (size_t term = 0; term < sums->term_count; term++) {
        const uint8_t *from = sums->terms[term].dense->bounds + sums->first / SEGMENT_GROUP;
        for (size_t i = 0; i < count; i++) {
            const uint32_t sum = bounds[i] + ((uint32_t)from[i] * sums->terms[term].bound_weight >> 8);
            bounds[i] = (uint16_t)(sum < UINT16_MAX ? sum : UINT16_MAX);
        }
    }
    if (most != NULL)
        add_most(bounds, most, scale, count, reach);
}

/* The lowest bits of eight bytes, each 0 or 1, as one byte. */
static uint64_t bits_of_bytes(const uint8_t *bytes)
{
    uint64_t all;
    memcpy(&all, bytes, sizeof all);
    return all * UINT64_C(0x0102040810204080) >> 56;
}

/* Bytes first, which compilers make wide instructions of, then bits. */
static void keep_within(const int16_t *values, size_t count, int16_t from, int16_t to, uint64_t *bits)
{
    for (size_t first = 0; first < count; first += 64) {
        int16_t some[64] = {0};
        uint8_t within[64];
        uint64_t word = 0;
        memcpy(some, values + first, (count - first < 64 ? count - first : 64) * sizeof *some);
        for (size_t i = 0; i < 64; i++)
            within[i] = (uint8_t)((some[i] != 0) & (some[i] >= from) & (some[i] <= to));
        for (size_t i = 0; i < 8; i++)
            word |= bits_of_bytes(within + i * 8) << i * 8;
        bits[first / 64] &= word;
    }
}

static uint64_t count_bits(const uint64_t *bits, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++)
        count += (uint64_t)__builtin_popcountll(bits[i]);
    return count;
}

KERNELS(portable);
