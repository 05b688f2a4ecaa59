/* Eight bytes of text in one register: most words are no longer. */
#ifndef INDEXER_OCTET_H
#define INDEXER_OCTET_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define OCTET_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The `bytes` (1 to 8) bytes at `at` in memory order, padded with zeros. A variable memcpy() would go through memory,
 * and the load behind it would have to wait for its stores. */
static inline uint64_t octet_load(const char *at, size_t bytes)
{
    uint64_t octet = 0;
    uint32_t first, last;
    if (bytes >= 8) {
        memcpy(&octet, at, 8);
        return octet;
    }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (bytes >= 4) {
        memcpy(&first, at, 4);
        memcpy(&last, at + bytes - 4, 4);
        return first | (uint64_t)last << (8 * (bytes - 4));
    }
    first = (uint8_t)at[0];
    last = (uint8_t)at[bytes - 1];
    const uint32_t middle = (uint8_t)at[bytes / 2];
    return first | (uint64_t)middle << (8 * (bytes / 2)) | (uint64_t)last << (8 * (bytes - 1));
#else
    (void)first;
    (void)last;
    memcpy(&octet, at, bytes);
    return octet;
#endif
}

/* 0x80 in every byte of `octet` (all below 0x80) that equals `byte`, and perhaps in one above such a byte. */
static inline uint64_t octet_find(uint64_t octet, uint8_t byte)
{
    const uint64_t zero_where_equal = octet ^ OCTET_EACH(byte);
    return (zero_where_equal - OCTET_EACH(1)) & ~zero_where_equal & OCTET_EACH(0x80);
}

/* The bytes, all below 0x80, with capitals made small. */
static inline uint64_t octet_lower(uint64_t octet)
{
    const uint64_t from_a = octet + OCTET_EACH(0x80 - 'A');
    const uint64_t behind_z = octet + OCTET_EACH(0x7f - 'Z');
    return octet | ((from_a ^ behind_z) & OCTET_EACH(0x80)) >> 2;
}

#endif
