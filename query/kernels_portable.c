#include "query/kernels.h"

static inline float score_one(const struct bm25_factors *factors, uint32_t length, uint32_t frequency)
{
    const float long_as = (float)length, f = (float)frequency;
    const float counted = long_as > factors->shortest ? long_as : factors->shortest;
    const float normal = factors->base + factors->slope * counted;
    return factors->weight * f / (normal + f) + factors->plus;
}

static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const uint32_t *lengths, float *scores)
{
    for (size_t i = 0; i < count; i++)
        scores[i] = score_one(factors, lengths[documents[i]], frequencies[i]);
}

static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const uint32_t *lengths, float *sums, uint32_t first, float cut, uint32_t *crossed)
{
    size_t crossings = 0;
    for (size_t i = 0; i < count; i++) {
        float *sum = &sums[documents[i] - first];
        const float before = *sum;
        *sum = before + score_one(factors, lengths[documents[i]], frequencies[i]);
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

const struct kernels kernels_portable = {"portable", score, add, select_at_least, count_at_least, below, meet};
