/* FNV-1a, 64 bit (Fowler, Noll and Vo, http://www.isthe.com/chongo/tech/comp/fnv/): tells contents apart by accident,
 * not against an adversary. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* `hash` (HASH_START at first) carried on over `bytes`. */
static inline uint64_t hash_add(uint64_t hash, struct span bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The same over a number, lowest byte first on every machine. */
static inline uint64_t hash_add_number(uint64_t hash, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        hash = (hash ^ (number >> shift & 0xff)) * UINT64_C(0x100000001b3);
    return hash;
}

/* The same over a piece among several: "ab" + "c" differs from "a" + "bc". */
static inline uint64_t hash_add_piece(uint64_t hash, struct span piece)
{
    return hash_add(hash_add_number(hash, piece.len), piece);
}

/* Puts hashes in order, for qsort(). */
static inline int hash_order(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

#endif
