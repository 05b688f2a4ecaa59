/* As unpack_avx2.c, the two halves of eight values in registers of their own. */
#include "indexer/pack.h"
#include "indexer/unpack_lanes.h"

#if defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#include <stddef.h>
#include <string.h>

/* How four values are taken out of sixteen bytes. */
struct four {
    uint8x16_t shuffle;
    int32x4_t shift; /* to the left: less than 0 */
};

static inline struct four four_from(unsigned bits, size_t lane)
{
    const int32x4_t right = vreinterpretq_s32_u32(vld1q_u32(unpack_shifts[bits] + lane));
    return (struct four){vld1q_u8(unpack_bytes[bits] + lane * 4), vnegq_s32(right)};
}

static inline uint32x4_t take_four(const uint8_t *packed, struct four how, uint32x4_t mask)
{
    const uint32x4_t four = vreinterpretq_u32_u8(vqtbl1q_u8(vld1q_u8(packed), how.shuffle));
    return vandq_u32(vshlq_u32(four, how.shift), mask);
}

static void values_neon(const uint8_t *packed, unsigned bits, uint32_t values[PACK_VALUES])
{
    if (bits == 0) {
        memset(values, 0, PACK_VALUES * sizeof values[0]);
        return;
    }
    if (bits > UNPACK_BITS_MAX) {
        unpack_portable.values(packed, bits, values);
        return;
    }
    const struct four low = four_from(bits, 0), high = four_from(bits, 4);
    const uint32x4_t mask = vdupq_n_u32((UINT32_C(1) << bits) - 1);
    for (size_t i = 0; i < PACK_VALUES; i += 8, packed += bits) {
        vst1q_u32(values + i, take_four(packed, low, mask));
        vst1q_u32(values + i + 4, take_four(packed + bits / 2, high, mask));
    }
}

static void sum_neon(uint32_t values[PACK_VALUES], uint32_t before)
{
    const uint32x4_t none = vdupq_n_u32(0), ones = vdupq_n_u32(1);
    uint32x4_t carry = vdupq_n_u32(before);
    for (size_t i = 0; i < PACK_VALUES; i += 4) {
        uint32x4_t four = vaddq_u32(vld1q_u32(values + i), ones);
        four = vaddq_u32(four, vextq_u32(none, four, 3));
        four = vaddq_u32(four, vextq_u32(none, four, 2));
        four = vaddq_u32(four, carry);
        carry = vdupq_laneq_u32(four, 3);
        vst1q_u32(values + i, four);
    }
}

const struct unpack unpack_neon = {"neon", values_neon, sum_neon};
#endif
