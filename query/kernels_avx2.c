/* AVX2: eight postings at once; there are no scattered stores, so sums are written back one by one. */
#include "query/kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx2")))

enum { LANES = 8 };

struct factors {
    __m256 weight, base, slope, shortest, plus;
};

WIDE static inline struct factors spread(const struct bm25_factors *factors)
{
    return (struct factors){_mm256_set1_ps(factors->weight), _mm256_set1_ps(factors->base),
                            _mm256_set1_ps(factors->slope), _mm256_set1_ps(factors->shortest),
                            _mm256_set1_ps(factors->plus)};
}

/* The first `left` of eight entries, zeros behind them. */
WIDE static inline __m256i load(const uint32_t *at, size_t left)
{
    static const int32_t ones[2 * LANES] = {-1, -1, -1, -1, -1, -1, -1, -1};
    if (left >= LANES)
        return _mm256_loadu_si256((const __m256i *)(const void *)at);
    const __m256i lanes = _mm256_loadu_si256((const __m256i *)(const void *)(ones + LANES - left));
    return _mm256_maskload_epi32((const int *)(const void *)at, lanes);
}

WIDE static inline __m256 score_lanes(const struct factors *factors, __m256i documents, __m256i frequencies,
                                      const uint32_t *lengths)
{
    const __m256i length = _mm256_i32gather_epi32((const int *)(const void *)lengths, documents, 4);
    const __m256 counted = _mm256_max_ps(_mm256_cvtepi32_ps(length), factors->shortest);
    const __m256 normal = _mm256_add_ps(factors->base, _mm256_mul_ps(factors->slope, counted));
    const __m256 f = _mm256_cvtepi32_ps(frequencies);
    const __m256 score = _mm256_div_ps(_mm256_mul_ps(factors->weight, f), _mm256_add_ps(normal, f));
    return _mm256_add_ps(score, factors->plus);
}

WIDE static inline size_t lanes_of(size_t left)
{
    return left < LANES ? left : LANES;
}

WIDE static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const uint32_t *lengths, float *scores)
{
    const struct factors wide = spread(factors);
    for (size_t i = 0; i < count; i += LANES) {
        float lanes[LANES];
        const __m256i document = load(documents + i, count - i), frequency = load(frequencies + i, count - i);
        _mm256_storeu_ps(lanes, score_lanes(&wide, document, frequency, lengths));
        for (size_t j = 0; j < lanes_of(count - i); j++)
            scores[i + j] = lanes[j];
    }
}

WIDE static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const uint32_t *lengths, float *sums, uint32_t first, float cut, uint32_t *crossed)
{
    const struct factors wide = spread(factors);
    size_t crossings = 0;
    for (size_t i = 0; i < count; i += LANES) {
        float lanes[LANES];
        const __m256i document = load(documents + i, count - i), frequency = load(frequencies + i, count - i);
        _mm256_storeu_ps(lanes, score_lanes(&wide, document, frequency, lengths));
        for (size_t j = 0; j < lanes_of(count - i); j++) {
            float *sum = &sums[documents[i + j] - first];
            const float before = *sum;
            *sum = before + lanes[j];
            crossed[crossings] = documents[i + j];
            crossings += before < cut && *sum >= cut ? 1 : 0;
        }
    }
    return crossings;
}

WIDE static inline unsigned at_least(const float *values, size_t left, __m256 cut)
{
    const __m256 value = _mm256_castsi256_ps(load((const uint32_t *)(const void *)values, left));
    const unsigned high = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(value, cut, _CMP_GE_OQ));
    return left >= LANES ? high : high & ((1u << left) - 1);
}

WIDE static size_t select_at_least(const float *values, size_t count, float cut, uint32_t *indexes)
{
    const __m256 least = _mm256_set1_ps(cut);
    size_t selected = 0;
    for (size_t i = 0; i < count; i += LANES)
        for (unsigned high = at_least(values + i, count - i, least); high != 0; high &= high - 1)
            indexes[selected++] = (uint32_t)i + (uint32_t)__builtin_ctz(high);
    return selected;
}

WIDE static size_t count_at_least(const float *values, size_t count, float cut)
{
    const __m256 least = _mm256_set1_ps(cut);
    size_t counted = 0;
    for (size_t i = 0; i < count; i += LANES)
        counted += (size_t)__builtin_popcount(at_least(values + i, count - i, least));
    return counted;
}

/* There is no unsigned comparison: a number is below `document` where the greater of both is another number. */
WIDE static size_t below(const uint32_t block[SEGMENT_BLOCK], uint32_t document)
{
    const __m256i least = _mm256_set1_epi32((int)document);
    __m256i reached = _mm256_setzero_si256(); /* minus the entries of at least `document`, by lane */
    for (size_t i = 0; i < SEGMENT_BLOCK; i += LANES) {
        const __m256i entries = _mm256_loadu_si256((const __m256i *)(const void *)(block + i));
        reached = _mm256_add_epi32(reached, _mm256_cmpeq_epi32(_mm256_max_epu32(entries, least), entries));
    }
    const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(reached), _mm256_extracti128_si256(reached, 1));
    const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    const __m128i one = _mm_add_epi32(two, _mm_shuffle_epi32(two, 0xb1));
    return (size_t)(SEGMENT_BLOCK + _mm_cvtsi128_si32(one));
}

/* Which lanes of `a` stand anywhere in `b`, and which of `b` in `a`. */
WIDE static inline void equal_lanes(__m256i a, __m256i b, unsigned *in_a, unsigned *in_b)
{
    const __m256i next = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0);
    *in_a = *in_b = 0;
    for (int turn = 0; turn < LANES; turn++) {
        const unsigned equal = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(a, b)));
        *in_a |= equal;
        *in_b |= equal << turn | equal >> (LANES - turn);
        b = _mm256_permutevar8x32_epi32(b, next);
    }
    *in_b &= (1u << LANES) - 1;
}

/* The first `left` of eight documents, and behind them what is none. */
WIDE static inline __m256i load_documents(const uint32_t *at, size_t left)
{
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i behind = _mm256_cmpgt_epi32(lane, _mm256_set1_epi32((int)lanes_of(left) - 1));
    return _mm256_or_si256(load(at, left), behind);
}

WIDE static size_t meet(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                        uint32_t *places)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const size_t lanes = lanes_of(count - i);
        const __m256i a = load_documents(documents + i, count - i);
        const uint32_t greatest = documents[i + lanes - 1];
        while (at < SEGMENT_BLOCK && block[at + LANES - 1] < documents[i])
            at += LANES;
        for (size_t j = at; j < SEGMENT_BLOCK && block[j] <= greatest; j += LANES) {
            unsigned in_a, in_b;
            equal_lanes(a, _mm256_loadu_si256((const __m256i *)(const void *)(block + j)), &in_a, &in_b);
            in_a &= (1u << lanes) - 1; /* both ascend: the n-th of one is the n-th of the other */
            for (; in_a != 0; in_a &= in_a - 1, in_b &= in_b - 1, kept++) {
                const size_t place = j + (size_t)__builtin_ctz(in_b);
                from[kept] = (uint32_t)i + (uint32_t)__builtin_ctz(in_a);
                places[kept] = (uint32_t)place;
                documents[kept] = block[place];
            }
        }
    }
    return kept;
}

const struct kernels kernels_avx2 = {"avx2", score, add, select_at_least, count_at_least, below, meet};
#else
typedef int not_for_this_machine;
#endif
