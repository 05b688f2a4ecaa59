/* Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit set on all but the
 * last. */
#ifndef INDEXER_VARINT_H
#define INDEXER_VARINT_H

#include "base/buffer.h"

#include <stdint.h>
#include <string.h>

enum { VARINT_BYTES_MAX = 5 }; /* of a uint32_t */

static inline void varint_add(struct buffer *buffer, uint32_t value)
{
    char bytes[VARINT_BYTES_MAX];
    size_t count = 0;
    for (; value > 0x7f; value >>= 7)
        bytes[count++] = (char)(value | 0x80);
    bytes[count++] = (char)value;
    buffer_add(buffer, (struct span){bytes, count});
}

/* Reads one number and steps behind it; 0 at `end`, which is never passed. */
static inline uint32_t varint_read(const uint8_t **at, const uint8_t *end)
{
    uint32_t value = 0;
    for (unsigned shift = 0; *at < end && shift < 35; shift += 7) {
        const uint8_t byte = *(*at)++;
        value |= (uint32_t)(byte & 0x7f) << (shift < 32 ? shift : 0);
        if (byte < 0x80)
            break;
    }
    return value;
}

/* Steps over `count` numbers, or to `end`: every number ends in a byte without the high bit. */
static inline void varint_skip(const uint8_t **at, const uint8_t *end, size_t count)
{
    while (count >= 8 && end - *at >= 8) {
        uint64_t bytes;
        memcpy(&bytes, *at, sizeof bytes);
        const uint64_t ends = (~bytes & UINT64_C(0x8080808080808080)) >> 7; /* a one for each last byte */
        count -= (size_t)(ends * UINT64_C(0x0101010101010101) >> 56);
        *at += sizeof bytes;
    }
    while (count > 0 && *at < end)
        count -= (*(*at)++ & 0x80) == 0 ? 1 : 0;
}

#endif
