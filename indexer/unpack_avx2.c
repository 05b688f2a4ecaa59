/* Eight values take `bits` bytes, four of them half as many: a vector is loaded in two halves, each shuffled so that
 * every lane holds the four bytes its value lies in, then shifted and masked. That holds up to 25 bits. */
#include "indexer/pack.h"
#include "indexer/unpack_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <stddef.h>
#include <string.h>

__attribute__((target("avx2"))) static void values_avx2(const uint8_t *packed, unsigned bits,
                                                        uint32_t values[PACK_VALUES])
{
    if (bits == 0) {
        memset(values, 0, PACK_VALUES * sizeof values[0]);
        return;
    }
    if (bits > UNPACK_BITS_MAX) {
        unpack_portable.values(packed, bits, values);
        return;
    }
    const unsigned half = 4 * bits; /* where the second four begin, in bits */
    const __m256i shuffle = _mm256_loadu_si256((const __m256i *)(const void *)unpack_bytes[bits]);
    const __m256i shift = _mm256_loadu_si256((const __m256i *)(const void *)unpack_shifts[bits]);
    const __m256i mask = _mm256_set1_epi32((int)((UINT32_C(1) << bits) - 1));
    for (size_t i = 0; i < PACK_VALUES; i += 8, packed += bits) {
        const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)packed);
        const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(packed + half / 8));
        __m256i eight = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
        eight = _mm256_srlv_epi32(_mm256_shuffle_epi8(eight, shuffle), shift);
        _mm256_storeu_si256((__m256i *)(void *)(values + i), _mm256_and_si256(eight, mask));
    }
}

__attribute__((target("avx2"))) static void sum_avx2(uint32_t values[PACK_VALUES], uint32_t before)
{
    const __m256i ones = _mm256_set1_epi32(1);
    const __m256i last = _mm256_set1_epi32(7);
    __m256i carry = _mm256_set1_epi32((int)before);
    for (size_t i = 0; i < PACK_VALUES; i += 8) {
        __m256i *at = (__m256i *)(void *)(values + i);
        __m256i eight = _mm256_add_epi32(_mm256_loadu_si256(at), ones);
        eight = _mm256_add_epi32(eight, _mm256_slli_si256(eight, 4));
        eight = _mm256_add_epi32(eight, _mm256_slli_si256(eight, 8));
        /* The sum of the low half goes to every lane of the high one. */
        const __m256i low = _mm256_permute2x128_si256(eight, eight, 0x08);
        eight = _mm256_add_epi32(eight, _mm256_shuffle_epi32(low, 0xff));
        eight = _mm256_add_epi32(eight, carry);
        carry = _mm256_permutevar8x32_epi32(eight, last);
        _mm256_storeu_si256(at, eight);
    }
}

const struct unpack unpack_avx2 = {"avx2", values_avx2, sum_avx2};
#endif
