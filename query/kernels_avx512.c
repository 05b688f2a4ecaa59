/* AVX-512 F, BW, VL: sixteen postings at once. */
#include "query/kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

/* Without optimisation the intrinsics are macros, whose casts are not ours. */
#if defined(__GNUC__) && !defined(__OPTIMIZE__)
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,bmi2,popcnt")))

enum { LANES = 16 };

struct factors {
    __m512 weight, base, slope, shortest, plus;
};

WIDE static inline struct factors spread(const struct bm25_factors *factors)
{
    return (struct factors){_mm512_set1_ps(factors->weight), _mm512_set1_ps(factors->base),
                            _mm512_set1_ps(factors->slope), _mm512_set1_ps(factors->shortest),
                            _mm512_set1_ps(factors->plus)};
}

WIDE static inline __mmask16 lanes_left(size_t left)
{
    return (__mmask16)(left >= LANES ? 0xffffu : (1u << left) - 1u);
}

WIDE static inline __m512 score_lanes(const struct factors *factors, __m512i documents, __m512i frequencies,
                                      const uint32_t *lengths, __mmask16 lanes)
{
    const __m512i length = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, documents, lengths, 4);
    const __m512 counted = _mm512_max_ps(_mm512_cvtepu32_ps(length), factors->shortest);
    const __m512 normal = _mm512_add_ps(factors->base, _mm512_mul_ps(factors->slope, counted));
    const __m512 f = _mm512_cvtepu32_ps(frequencies);
    const __m512 score = _mm512_div_ps(_mm512_mul_ps(factors->weight, f), _mm512_add_ps(normal, f));
    return _mm512_add_ps(score, factors->plus);
}

WIDE static void score(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const uint32_t *lengths, float *scores)
{
    const struct factors wide = spread(factors);
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512i document = _mm512_maskz_loadu_epi32(lanes, documents + i);
        const __m512i frequency = _mm512_maskz_loadu_epi32(lanes, frequencies + i);
        _mm512_mask_storeu_ps(scores + i, lanes, score_lanes(&wide, document, frequency, lengths, lanes));
    }
}

WIDE static size_t add(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                       size_t count, const uint32_t *lengths, float *sums, uint32_t first, float cut, uint32_t *crossed)
{
    const struct factors wide = spread(factors);
    const __m512i offset = _mm512_set1_epi32((int)first);
    const __m512 least = _mm512_set1_ps(cut);
    size_t crossings = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512i document = _mm512_maskz_loadu_epi32(lanes, documents + i);
        const __m512i frequency = _mm512_maskz_loadu_epi32(lanes, frequencies + i);
        const __m512i index = _mm512_sub_epi32(document, offset);
        const __m512 before = _mm512_mask_i32gather_ps(_mm512_setzero_ps(), lanes, index, sums, 4);
        const __m512 after = _mm512_add_ps(before, score_lanes(&wide, document, frequency, lengths, lanes));
        _mm512_mask_i32scatter_ps(sums, lanes, index, after, 4);
        const __mmask16 high = _mm512_mask_cmp_ps_mask(lanes, after, least, _CMP_GE_OQ);
        const __mmask16 crosses = _mm512_mask_cmp_ps_mask(high, before, least, _CMP_LT_OQ);
        if (crosses != 0) {
            _mm512_storeu_si512(crossed + crossings, _mm512_maskz_compress_epi32(crosses, document));
            crossings += (size_t)__builtin_popcount(crosses);
        }
    }
    return crossings;
}

WIDE static size_t select_at_least(const float *values, size_t count, float cut, uint32_t *indexes)
{
    const __m512 least = _mm512_set1_ps(cut);
    const __m512i step = _mm512_set1_epi32(LANES);
    __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t selected = 0;
    for (size_t i = 0; i < count; i += LANES, index = _mm512_add_epi32(index, step)) {
        const __mmask16 lanes = lanes_left(count - i);
        const __mmask16 high =
            _mm512_mask_cmp_ps_mask(lanes, _mm512_maskz_loadu_ps(lanes, values + i), least, _CMP_GE_OQ);
        if (high != 0) {
            _mm512_storeu_si512(indexes + selected, _mm512_maskz_compress_epi32(high, index));
            selected += (size_t)__builtin_popcount(high);
        }
    }
    return selected;
}

WIDE static size_t count_at_least(const float *values, size_t count, float cut)
{
    const __m512 least = _mm512_set1_ps(cut);
    size_t counted = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512 value = _mm512_maskz_loadu_ps(lanes, values + i);
        counted += (size_t)__builtin_popcount(_mm512_mask_cmp_ps_mask(lanes, value, least, _CMP_GE_OQ));
    }
    return counted;
}

WIDE static size_t below(const uint32_t block[SEGMENT_BLOCK], uint32_t document)
{
    const __m512i least = _mm512_set1_epi32((int)document);
    size_t smaller = 0;
    for (size_t i = 0; i < SEGMENT_BLOCK; i += LANES)
        smaller += (size_t)__builtin_popcount(_mm512_cmplt_epu32_mask(_mm512_loadu_si512(block + i), least));
    return smaller;
}

/* `mask` turned by so many lanes: lane i becomes lane i + by. */
WIDE static inline unsigned turned(unsigned mask, int by)
{
    return (mask << by | mask >> (LANES - by)) & 0xffffu;
}

/* Which lanes of `a` stand anywhere in `b`, and which of `b` in `a`: every turn of one against the other. */
WIDE static inline void equal_lanes(__m512i a, __m512i b, unsigned *in_a, unsigned *in_b)
{
    const __m512i b4 = _mm512_alignr_epi32(b, b, 4), b8 = _mm512_alignr_epi32(b, b, 8),
                  b12 = _mm512_alignr_epi32(b, b, 12);
    unsigned any = 0, any4 = 0, any8 = 0, any12 = 0;
    __m512i a_turned = a;
    *in_a = 0;
    for (int turn = 0; turn < 4; turn++) {
        const unsigned found = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b),
                       found4 = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b4),
                       found8 = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b8),
                       found12 = (unsigned)_mm512_cmpeq_epi32_mask(a_turned, b12);
        *in_a |= turned(found | found4 | found8 | found12, turn);
        any |= found;
        any4 |= found4;
        any8 |= found8;
        any12 |= found12;
        a_turned = _mm512_alignr_epi32(a_turned, a_turned, 1);
    }
    *in_b = any | turned(any4, 4) | turned(any8, 8) | turned(any12, 12);
}

WIDE static size_t meet(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                        uint32_t *places)
{
    const __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = lanes_left(count - i);
        const __m512i a = _mm512_mask_loadu_epi32(_mm512_set1_epi32(-1), lanes, documents + i);
        const uint32_t greatest = documents[(count - i >= LANES ? i + LANES : count) - 1];
        while (at < SEGMENT_BLOCK && block[at + LANES - 1] < documents[i])
            at += LANES;
        for (size_t j = at; j < SEGMENT_BLOCK && block[j] <= greatest; j += LANES) {
            unsigned in_a, in_b;
            equal_lanes(a, _mm512_loadu_si512(block + j), &in_a, &in_b);
            const __mmask16 found = (__mmask16)(in_a & lanes);
            const size_t more = (size_t)__builtin_popcount(found);
            const __mmask16 first = (__mmask16)((1u << more) - 1);
            const __mmask16 places_found = (__mmask16)_pdep_u32(first, in_b);
            const __m512i here = _mm512_add_epi32(index, _mm512_set1_epi32((int)j));
            const __m512i there = _mm512_add_epi32(index, _mm512_set1_epi32((int)i));
            /* both ascend: the n-th lane of one is the n-th of the other */
            _mm512_storeu_si512(places + kept, _mm512_maskz_compress_epi32(places_found, here));
            _mm512_storeu_si512(from + kept, _mm512_maskz_compress_epi32(found, there));
            _mm512_mask_storeu_epi32(documents + kept, first, _mm512_maskz_compress_epi32(found, a));
            kept += more;
        }
    }
    return kept;
}

const struct kernels kernels_avx512 = {"avx512", score, add, select_at_least, count_at_least, below, meet};
#else
typedef int not_for_this_machine;
#endif
