#include "indexer/unpack_lanes.h"

/* The first bit of a value, counted from the byte its group begins in. */
#define BIT(bits, lane) ((lane) / 4 * 4 * (bits) % 8 + (lane) % 4 * (bits))
#define BYTE(bits, lane) BIT(bits, lane) / 8
#define BYTES(bits, lane) BYTE(bits, lane), BYTE(bits, lane) + 1, BYTE(bits, lane) + 2, BYTE(bits, lane) + 3
#define SHIFT(bits, lane) BIT(bits, lane) % 8

#define EACH_LANE(of, bits)                                                                                     \
    {                                                                                                           \
        of(bits, 0), of(bits, 1), of(bits, 2), of(bits, 3), of(bits, 4), of(bits, 5), of(bits, 6), of(bits, 7), \
            of(bits, 8), of(bits, 9), of(bits, 10), of(bits, 11), of(bits, 12), of(bits, 13), of(bits, 14),     \
            of(bits, 15)                                                                                        \
    }
#define EACH_WIDTH(of)                                                                                              \
    {                                                                                                               \
        EACH_LANE(of, 0), EACH_LANE(of, 1), EACH_LANE(of, 2), EACH_LANE(of, 3), EACH_LANE(of, 4), EACH_LANE(of, 5), \
            EACH_LANE(of, 6), EACH_LANE(of, 7), EACH_LANE(of, 8), EACH_LANE(of, 9), EACH_LANE(of, 10),              \
            EACH_LANE(of, 11), EACH_LANE(of, 12), EACH_LANE(of, 13), EACH_LANE(of, 14), EACH_LANE(of, 15),          \
            EACH_LANE(of, 16), EACH_LANE(of, 17), EACH_LANE(of, 18), EACH_LANE(of, 19), EACH_LANE(of, 20),          \
            EACH_LANE(of, 21), EACH_LANE(of, 22), EACH_LANE(of, 23), EACH_LANE(of, 24), EACH_LANE(of, 25)           \
    }

const uint8_t unpack_bytes[UNPACK_BITS_MAX + 1][UNPACK_LANES * 4] = EACH_WIDTH(BYTES);
const uint32_t unpack_shifts[UNPACK_BITS_MAX + 1][UNPACK_LANES] = EACH_WIDTH(SHIFT);
