/* AVX2: eight postings at once; there are no scattered stores, so sums are written back one by one. */
#include "query/kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))

typedef __m256 floats;
typedef __m256i numbers;
typedef __m256i shorts;
typedef __m256i bytes;
typedef uint32_t short_bits;

WIDE static inline floats each_float(float value)
{
    return _mm256_set1_ps(value);
}

WIDE static inline floats load_floats(const float *at)
{
    return _mm256_loadu_ps(at);
}

WIDE static inline void store_floats(float *at, floats values)
{
    _mm256_storeu_ps(at, values);
}

WIDE static inline numbers load_numbers(const uint32_t *at, size_t left)
{
    static const int32_t ones[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    if (left >= 8)
        return _mm256_loadu_si256((const __m256i *)(const void *)at);
    const __m256i lanes = _mm256_loadu_si256((const __m256i *)(const void *)(ones + 8 - left));
    return _mm256_maskload_epi32((const int *)(const void *)at, lanes);
}

WIDE static inline void store_numbers(uint32_t *at, numbers values)
{
    _mm256_storeu_si256((__m256i *)(void *)at, values);
}

/* Each comes with the one behind it, which is cut off. */
WIDE static inline numbers gather_shorts(const uint16_t *from, numbers at)
{
    const __m256i pairs = _mm256_i32gather_epi32((const int *)(const void *)from, at, 2);
    return _mm256_and_si256(pairs, _mm256_set1_epi32(UINT16_MAX));
}

WIDE static inline numbers load_as_numbers(const uint16_t *at)
{
    return _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)at));
}

WIDE static inline floats to_floats(numbers values)
{
    return _mm256_cvtepi32_ps(values);
}

WIDE static inline floats as_floats(numbers bits)
{
    return _mm256_castsi256_ps(bits);
}

WIDE static inline floats plus(floats a, floats b)
{
    return _mm256_add_ps(a, b);
}

WIDE static inline floats times(floats a, floats b)
{
    return _mm256_mul_ps(a, b);
}

WIDE static inline floats over(floats a, floats b)
{
    return _mm256_div_ps(a, b);
}

WIDE static inline floats greater(floats a, floats b)
{
    return _mm256_max_ps(a, b);
}

WIDE static inline floats lesser(floats a, floats b)
{
    return _mm256_min_ps(a, b);
}

WIDE static inline unsigned at_least(floats a, floats b)
{
    return (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_GE_OQ));
}

WIDE static inline shorts each_short(uint16_t value)
{
    return _mm256_set1_epi16((short)value);
}

WIDE static inline shorts load_shorts(const uint16_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

WIDE static inline void store_shorts(uint16_t *at, shorts values)
{
    _mm256_storeu_si256((__m256i *)(void *)at, values);
}

/* Packing leaves quarters in the order 0 2 1 3. */
WIDE static inline shorts to_shorts(floats low, floats high)
{
    return _mm256_permute4x64_epi64(_mm256_packus_epi32(_mm256_cvttps_epi32(low), _mm256_cvttps_epi32(high)), 0xd8);
}

WIDE static inline shorts plus_shorts(shorts a, shorts b)
{
    return _mm256_adds_epu16(a, b);
}

WIDE static inline shorts greater_shorts(shorts a, shorts b)
{
    return _mm256_max_epu16(a, b);
}

/* There is no unsigned comparison: of two the greater is the one that is at least the other. */
WIDE static inline short_bits shorts_at_least(shorts a, shorts b)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi16(_mm256_max_epu16(a, b), a)) & 0x55555555u;
}

WIDE static inline size_t count_shorts(short_bits bits)
{
    return (size_t)__builtin_popcount(bits);
}

WIDE static inline uint32_t lowest_short(short_bits bits)
{
    return (uint32_t)__builtin_ctz(bits) / 2;
}

WIDE static inline shorts worth_of(const uint8_t *bounds, uint16_t weight)
{
    const __m256i bound = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)bounds));
    return _mm256_mulhi_epu16(_mm256_slli_epi16(bound, 8), each_short(weight));
}

WIDE static inline shorts load_groups(const uint64_t *bits)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)bits);
}

WIDE static inline shorts where_any(shorts bits, shorts values)
{
    return _mm256_andnot_si256(_mm256_cmpeq_epi16(bits, _mm256_setzero_si256()), values);
}

WIDE static inline bytes load_bytes(const uint8_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

WIDE static inline void store_bytes(uint8_t *at, bytes values)
{
    _mm256_storeu_si256((__m256i *)(void *)at, values);
}

WIDE static inline bytes plus_bytes(bytes a, bytes b)
{
    return _mm256_adds_epu8(a, b);
}

/* Packing leaves quarters in the order 0 2 1 3. */
WIDE static inline bytes to_bytes(shorts low, shorts high)
{
    return _mm256_permute4x64_epi64(_mm256_packus_epi16(low, high), 0xd8);
}

WIDE static inline uint32_t bytes_at_least(bytes a, uint8_t least)
{
    const __m256i cut = _mm256_set1_epi8((char)least);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(a, cut), a));
}

/* Every byte gets the one of the four that has its bit. */
WIDE static inline bytes where_held(uint32_t bits, bytes values)
{
    const __m256i byte = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201);
    const __m256i held = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), byte), bit);
    return _mm256_and_si256(_mm256_cmpeq_epi8(held, bit), values);
}

WIDE static inline bytes worths_of(const uint8_t *bounds, uint16_t weight)
{
    const __m256i bound = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)bounds));
    const __m256i worth = _mm256_add_epi16(_mm256_mulhi_epu16(bound, each_short(weight)), each_short(1));
    return _mm256_permute4x64_epi64(_mm256_packus_epi16(worth, worth), 0x88); /* all sixteen in each half */
}

WIDE static inline bytes worths_of_pair(bytes worths, size_t pair)
{
    const __m256i first = _mm256_setr_epi64x(0, 0, 0x0101010101010101, 0x0101010101010101);
    return _mm256_shuffle_epi8(worths, _mm256_add_epi8(first, _mm256_set1_epi8((char)(2 * pair))));
}

WIDE static inline unsigned within_of(const int16_t *values, int16_t from, int16_t to)
{
    const __m256i value = _mm256_loadu_si256((const __m256i *)(const void *)values);
    const __m256i below = _mm256_cmpgt_epi16(_mm256_set1_epi16(from), value);
    const __m256i above = _mm256_cmpgt_epi16(value, _mm256_set1_epi16(to));
    const __m256i out =
        _mm256_or_si256(_mm256_cmpeq_epi16(value, _mm256_setzero_si256()), _mm256_or_si256(below, above));
    const __m128i some = _mm_packs_epi16(_mm256_castsi256_si128(out), _mm256_extracti128_si256(out, 1));
    return ~(unsigned)_mm_movemask_epi8(some) & 0xffffu;
}

WIDE static inline void group_frequencies(const struct segment_dense *dense, uint32_t document, floats halves[2])
{
    uint32_t frequencies[SEGMENT_GROUP] = {0}, posting = dense_rank(dense, document);
    for (unsigned bits = group_bits(dense->bits, document); bits != 0; bits &= bits - 1, posting++)
        frequencies[__builtin_ctz(bits)] = dense_frequency(dense, posting);
    for (size_t half = 0; half < 2; half++)
        halves[half] = to_floats(load_numbers(frequencies + half * 8, 8));
}

#include "query/kernels_eight.h"

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
    return _mm256_or_si256(load_numbers(at, left), behind);
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

WIDE static uint64_t count_bits(const uint64_t *bits, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++)
        count += (uint64_t)__builtin_popcountll(bits[i]);
    return count;
}

KERNELS(avx2);
#else
typedef int not_for_this_machine;
#endif
