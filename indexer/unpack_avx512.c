/* As unpack_avx2.c, sixteen values at a time from four places. */
#include "indexer/pack.h"
#include "indexer/unpack_lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <stddef.h>
#include <string.h>

__attribute__((target("avx512f,avx512bw"))) static void values_avx512(const uint8_t *packed, unsigned bits,
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
    const __m512i shuffle = _mm512_loadu_si512(unpack_bytes[bits]);
    const __m512i shift = _mm512_loadu_si512(unpack_shifts[bits]);
    const __m512i mask = _mm512_set1_epi32((int)((UINT32_C(1) << bits) - 1));
    const size_t second = bits / 2, third = bits, fourth = bits + bits / 2;
    for (size_t i = 0; i < PACK_VALUES; i += UNPACK_LANES, packed += (size_t)bits * 2) {
        __m512i all = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)(const void *)packed));
        all = _mm512_inserti32x4(all, _mm_loadu_si128((const __m128i *)(const void *)(packed + second)), 1);
        all = _mm512_inserti32x4(all, _mm_loadu_si128((const __m128i *)(const void *)(packed + third)), 2);
        all = _mm512_inserti32x4(all, _mm_loadu_si128((const __m128i *)(const void *)(packed + fourth)), 3);
        all = _mm512_srlv_epi32(_mm512_shuffle_epi8(all, shuffle), shift);
        _mm512_storeu_si512(values + i, _mm512_and_si512(all, mask));
    }
}

/* `all` moved up by `lanes`, zeros coming in. */
#define MOVED_UP(all, lanes) _mm512_alignr_epi32(all, _mm512_setzero_si512(), UNPACK_LANES - (lanes))

__attribute__((target("avx512f,avx512bw"))) static void sum_avx512(uint32_t values[PACK_VALUES], uint32_t before)
{
    const __m512i last = _mm512_set1_epi32(UNPACK_LANES - 1);
    __m512i carry = _mm512_set1_epi32((int)before);
    for (size_t i = 0; i < PACK_VALUES; i += UNPACK_LANES) {
        __m512i all = _mm512_add_epi32(_mm512_loadu_si512(values + i), _mm512_set1_epi32(1));
        all = _mm512_add_epi32(all, MOVED_UP(all, 1));
        all = _mm512_add_epi32(all, MOVED_UP(all, 2));
        all = _mm512_add_epi32(all, MOVED_UP(all, 4));
        all = _mm512_add_epi32(all, MOVED_UP(all, 8));
        all = _mm512_add_epi32(all, carry);
        carry = _mm512_permutexvar_epi32(last, all);
        _mm512_storeu_si512(values + i, all);
    }
}

const struct unpack unpack_avx512 = {"avx512", values_avx512, sum_avx512};
#endif
