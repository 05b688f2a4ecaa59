#include "indexer/pack.h"

#include <stddef.h>

static void values_portable(const uint8_t *packed, unsigned bits, uint32_t values[PACK_VALUES])
{
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint64_t held = 0;
    unsigned held_bits = 0;
    for (size_t i = 0; i < PACK_VALUES; i++) {
        for (; held_bits < bits; held_bits += 8)
            held |= (uint64_t)*packed++ << held_bits;
        values[i] = (uint32_t)(held & mask);
        held >>= bits;
        held_bits -= bits;
    }
}

static void sum_portable(uint32_t values[PACK_VALUES], uint32_t before)
{
    for (size_t i = 0; i < PACK_VALUES; i++)
        values[i] = before += values[i] + 1;
}

const struct unpack unpack_portable = {"portable", values_portable, sum_portable};
