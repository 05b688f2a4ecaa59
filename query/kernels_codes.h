/* The frequency codes of a dense list, sixteen at a time: for instruction sets that put lanes where bits say. */
#ifndef QUERY_KERNELS_CODES_H
#define QUERY_KERNELS_CODES_H

#include "indexer/segment_dense.h"

#include <string.h>

/* Those from posting `posting` on, the first in the lowest four bits. */
static inline uint64_t sixteen_codes(const uint8_t *codes, uint32_t posting)
{
    const unsigned shift = posting % 2 * 4;
    uint64_t bytes;
    memcpy(&bytes, codes + posting / 2, sizeof bytes);
    return bytes >> shift | (uint64_t)codes[posting / 2 + 8]
                                << 4 << (60 - shift); /* of an odd one the last begins the ninth byte */
}

/* Puts the frequencies of exceptions in the lanes `escaped` of the documents `bits`, whose first posting is
 * `posting`. */
static inline __attribute__((always_inline)) void put_exceptions(const struct segment_dense *dense, unsigned bits,
                                                                 uint32_t posting, unsigned escaped,
                                                                 uint32_t frequencies[SEGMENT_GROUP])
{
    for (; escaped != 0; escaped &= escaped - 1) {
        const unsigned lane = (unsigned)__builtin_ctz(escaped);
        const unsigned before = (unsigned)__builtin_popcount(bits & ((1u << lane) - 1));
        frequencies[lane] = dense_exception(dense, posting + before);
    }
}

#endif
