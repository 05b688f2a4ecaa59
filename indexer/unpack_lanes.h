/* Where sixteen packed values lie, for the vector instructions: they are read as four groups of four, each from the
 * byte its first value begins in. */
#ifndef INDEXER_UNPACK_LANES_H
#define INDEXER_UNPACK_LANES_H

#include <stdint.h>

enum {
    UNPACK_LANES = 16,
    UNPACK_BITS_MAX = 25, /* more may take five bytes */
};

/* By bits and value: the four bytes of its group it lies in, and the bit it begins at in the first of them. */
extern const uint8_t unpack_bytes[UNPACK_BITS_MAX + 1][UNPACK_LANES * 4];
extern const uint32_t unpack_shifts[UNPACK_BITS_MAX + 1][UNPACK_LANES];

#endif
