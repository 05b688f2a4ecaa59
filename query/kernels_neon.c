/* NEON, the Advanced SIMD of AArch64: eight postings at once in pairs of registers. */
#include "query/kernels.h"

#if defined(__aarch64__) && defined(__ARM_NEON)
#include "query/kernels_codes.h"

#include <arm_neon.h>

#define WIDE

typedef float32x4x2_t floats;
typedef uint32x4x2_t numbers;
typedef uint16x8x2_t shorts;
typedef uint8x16x2_t bytes;
typedef uint64_t short_bits;

static inline floats each_float(float value)
{
    return (floats){{vdupq_n_f32(value), vdupq_n_f32(value)}};
}

static inline floats load_floats(const float *at)
{
    return (floats){{vld1q_f32(at), vld1q_f32(at + 4)}};
}

static inline void store_floats(float *at, floats values)
{
    vst1q_f32(at, values.val[0]);
    vst1q_f32(at + 4, values.val[1]);
}

static inline numbers load_numbers(const uint32_t *at, size_t left)
{
    uint32_t some[8] = {0};
    if (left >= 8)
        return (numbers){{vld1q_u32(at), vld1q_u32(at + 4)}};
    for (size_t i = 0; i < left; i++)
        some[i] = at[i];
    return (numbers){{vld1q_u32(some), vld1q_u32(some + 4)}};
}

static inline void store_numbers(uint32_t *at, numbers values)
{
    vst1q_u32(at, values.val[0]);
    vst1q_u32(at + 4, values.val[1]);
}

static inline numbers gather_shorts(const uint16_t *from, numbers at)
{
    uint32_t lanes[8];
    store_numbers(lanes, at);
    for (size_t i = 0; i < 8; i++)
        lanes[i] = from[lanes[i]];
    return load_numbers(lanes, 8);
}

static inline numbers load_as_numbers(const uint16_t *at)
{
    const uint16x8_t eight = vld1q_u16(at);
    return (numbers){{vmovl_u16(vget_low_u16(eight)), vmovl_high_u16(eight)}};
}

static inline floats to_floats(numbers values)
{
    return (floats){{vcvtq_f32_u32(values.val[0]), vcvtq_f32_u32(values.val[1])}};
}

static inline floats as_floats(numbers bits)
{
    return (floats){{vreinterpretq_f32_u32(bits.val[0]), vreinterpretq_f32_u32(bits.val[1])}};
}

static inline floats plus(floats a, floats b)
{
    return (floats){{vaddq_f32(a.val[0], b.val[0]), vaddq_f32(a.val[1], b.val[1])}};
}

static inline floats times(floats a, floats b)
{
    return (floats){{vmulq_f32(a.val[0], b.val[0]), vmulq_f32(a.val[1], b.val[1])}};
}

static inline floats over(floats a, floats b)
{
    return (floats){{vdivq_f32(a.val[0], b.val[0]), vdivq_f32(a.val[1], b.val[1])}};
}

static inline floats greater(floats a, floats b)
{
    return (floats){{vmaxnmq_f32(a.val[0], b.val[0]), vmaxnmq_f32(a.val[1], b.val[1])}};
}

static inline floats lesser(floats a, floats b)
{
    return (floats){{vminnmq_f32(a.val[0], b.val[0]), vminnmq_f32(a.val[1], b.val[1])}};
}

/* There is no instruction that takes a bit of every lane: lanes are cut to what their bit is worth, and added up. */
static inline unsigned at_least(floats a, floats b)
{
    static const uint16_t bits[] = {1, 2, 4, 8, 16, 32, 64, 128};
    const uint16x8_t low = vreinterpretq_u16_u32(vcgeq_f32(a.val[0], b.val[0]));
    const uint16x8_t high = vreinterpretq_u16_u32(vcgeq_f32(a.val[1], b.val[1]));
    return vaddvq_u16(vandq_u16(vuzp1q_u16(low, high), vld1q_u16(bits)));
}

static inline shorts each_short(uint16_t value)
{
    return (shorts){{vdupq_n_u16(value), vdupq_n_u16(value)}};
}

static inline shorts load_shorts(const uint16_t *at)
{
    return (shorts){{vld1q_u16(at), vld1q_u16(at + 8)}};
}

static inline void store_shorts(uint16_t *at, shorts values)
{
    vst1q_u16(at, values.val[0]);
    vst1q_u16(at + 8, values.val[1]);
}

static inline uint16x8_t four_and_four(uint32x4_t low, uint32x4_t high)
{
    return vmovn_high_u32(vmovn_u32(low), high);
}

static inline shorts to_shorts(floats low, floats high)
{
    return (shorts){{four_and_four(vcvtq_u32_f32(low.val[0]), vcvtq_u32_f32(low.val[1])),
                     four_and_four(vcvtq_u32_f32(high.val[0]), vcvtq_u32_f32(high.val[1]))}};
}

static inline shorts plus_shorts(shorts a, shorts b)
{
    return (shorts){{vqaddq_u16(a.val[0], b.val[0]), vqaddq_u16(a.val[1], b.val[1])}};
}

static inline shorts greater_shorts(shorts a, shorts b)
{
    return (shorts){{vmaxq_u16(a.val[0], b.val[0]), vmaxq_u16(a.val[1], b.val[1])}};
}

/* Sixteen lanes, all ones or zeros, as bytes. */
static inline uint8x16_t as_bytes(uint16x8_t low, uint16x8_t high)
{
    return vuzp1q_u8(vreinterpretq_u8_u16(low), vreinterpretq_u8_u16(high));
}

/* Shifting two bytes at once by half a byte leaves the upper half of one and the lower half of the other. */
static inline short_bits shorts_at_least(shorts a, shorts b)
{
    const uint8x16_t high = as_bytes(vcgeq_u16(a.val[0], b.val[0]), vcgeq_u16(a.val[1], b.val[1]));
    const uint8x8_t halves = vshrn_n_u16(vreinterpretq_u16_u8(high), 4);
    return vget_lane_u64(vreinterpret_u64_u8(halves), 0) & UINT64_C(0x1111111111111111);
}

static inline size_t count_shorts(short_bits bits)
{
    return (size_t)__builtin_popcountll(bits);
}

static inline uint32_t lowest_short(short_bits bits)
{
    return (uint32_t)__builtin_ctzll(bits) / 4;
}

static inline uint16x8_t eight_worth(uint8x8_t bounds, uint16_t weight)
{
    const uint16x8_t bound = vmovl_u8(bounds);
    return vshrn_high_n_u32(vshrn_n_u32(vmull_n_u16(vget_low_u16(bound), weight), 8), vmull_high_n_u16(bound, weight),
                            8);
}

static inline shorts worth_of(const uint8_t *bounds, uint16_t weight)
{
    return (shorts){{eight_worth(vld1_u8(bounds), weight), eight_worth(vld1_u8(bounds + 8), weight)}};
}

static inline shorts load_groups(const uint64_t *bits)
{
    return (shorts){{vreinterpretq_u16_u64(vld1q_u64(bits)), vreinterpretq_u16_u64(vld1q_u64(bits + 2))}};
}

static inline shorts where_any(shorts bits, shorts values)
{
    return (shorts){{vandq_u16(vtstq_u16(bits.val[0], bits.val[0]), values.val[0]),
                     vandq_u16(vtstq_u16(bits.val[1], bits.val[1]), values.val[1])}};
}

/* What the bit of each of sixteen lanes is worth in its half. */
static inline uint8x16_t worth_of_bits(void)
{
    static const uint8_t bits[] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    return vld1q_u8(bits);
}

static inline unsigned bits_of_bytes(uint8x16_t values)
{
    const uint8x16_t bits = vandq_u8(values, worth_of_bits());
    return (unsigned)vaddv_u8(vget_low_u8(bits)) | (unsigned)vaddv_u8(vget_high_u8(bits)) << 8;
}

static inline bytes load_bytes(const uint8_t *at)
{
    return (bytes){{vld1q_u8(at), vld1q_u8(at + 16)}};
}

static inline void store_bytes(uint8_t *at, bytes values)
{
    vst1q_u8(at, values.val[0]);
    vst1q_u8(at + 16, values.val[1]);
}

static inline bytes plus_bytes(bytes a, bytes b)
{
    return (bytes){{vqaddq_u8(a.val[0], b.val[0]), vqaddq_u8(a.val[1], b.val[1])}};
}

static inline uint8x16_t narrowed(shorts values)
{
    return vmovn_high_u16(vmovn_u16(values.val[0]), values.val[1]);
}

static inline bytes to_bytes(shorts low, shorts high)
{
    return (bytes){{narrowed(low), narrowed(high)}};
}

static inline uint32_t bytes_at_least(bytes a, uint8_t least)
{
    const uint8x16_t cut = vdupq_n_u8(least);
    return bits_of_bytes(vcgeq_u8(a.val[0], cut)) | bits_of_bytes(vcgeq_u8(a.val[1], cut)) << 16;
}

/* All ones where one of the lowest sixteen bits is set. */
static inline uint8x16_t sixteen_held(uint32_t bits)
{
    const uint8x16_t both = vcombine_u8(vdup_n_u8((uint8_t)bits), vdup_n_u8((uint8_t)(bits >> 8)));
    return vtstq_u8(both, worth_of_bits());
}

static inline bytes where_held(uint32_t bits, bytes values)
{
    return (bytes){{vandq_u8(sixteen_held(bits), values.val[0]), vandq_u8(sixteen_held(bits >> 16), values.val[1])}};
}

static inline uint16x8_t eight_worths(uint8x8_t bounds, uint16_t weight)
{
    const uint16x8_t bound = vmovl_u8(bounds);
    const uint16x4_t low = vshrn_n_u32(vmull_n_u16(vget_low_u16(bound), weight), 16);
    return vaddq_u16(vshrn_high_n_u32(low, vmull_high_n_u16(bound, weight), 16), vdupq_n_u16(1));
}

static inline bytes worths_of(const uint8_t *bounds, uint16_t weight)
{
    const uint8x16_t all =
        vqmovn_high_u16(vqmovn_u16(eight_worths(vld1_u8(bounds), weight)), eight_worths(vld1_u8(bounds + 8), weight));
    return (bytes){{all, all}};
}

static inline bytes worths_of_pair(bytes worths, size_t pair)
{
    return (bytes){{vqtbl1q_u8(worths.val[0], vdupq_n_u8((uint8_t)(2 * pair))),
                    vqtbl1q_u8(worths.val[1], vdupq_n_u8((uint8_t)(2 * pair + 1)))}};
}

static inline uint16x8_t eight_within(int16x8_t values, int16_t from, int16_t to)
{
    const uint16x8_t within = vandq_u16(vcgeq_s16(values, vdupq_n_s16(from)), vcleq_s16(values, vdupq_n_s16(to)));
    return vandq_u16(vtstq_s16(values, values), within);
}

static inline unsigned within_of(const int16_t *values, int16_t from, int16_t to)
{
    return bits_of_bytes(
        as_bytes(eight_within(vld1q_s16(values), from, to), eight_within(vld1q_s16(values + 8), from, to)));
}

/* Sixteen frequency codes from posting `posting` on, one a byte. */
static inline uint8x16_t codes_from(const uint8_t *codes, uint32_t posting)
{
    const uint8x8_t pairs = vcreate_u8(sixteen_codes(codes, posting));
    const uint8x8_t low = vand_u8(pairs, vdup_n_u8(15)), high = vshr_n_u8(pairs, 4);
    return vcombine_u8(vzip1_u8(low, high), vzip2_u8(low, high));
}

/* A lane that is held gets the n-th byte, where n is the number of those held before it; the others get 0. `held` is
 * all ones, minus one, where a lane is: added up to each lane, minus the number up to it, of which ~ is n. */
static inline uint8x16_t expand(uint8x16_t packed, uint8x16_t held)
{
    const uint8x16_t none = vdupq_n_u8(0);
    uint8x16_t up_to = vaddq_u8(held, vextq_u8(none, held, 15));
    up_to = vaddq_u8(up_to, vextq_u8(none, up_to, 14));
    up_to = vaddq_u8(up_to, vextq_u8(none, up_to, 12));
    up_to = vaddq_u8(up_to, vextq_u8(none, up_to, 8));
    return vqtbl1q_u8(packed, vmvnq_u8(vandq_u8(up_to, held)));
}

static inline numbers widened(uint8x8_t narrow)
{
    const uint16x8_t eight = vmovl_u8(narrow);
    return (numbers){{vmovl_u16(vget_low_u16(eight)), vmovl_high_u16(eight)}};
}

/* Of the documents `bits`, puts the frequencies that are exceptions, which is seldom. */
static inline void with_exceptions(const struct segment_dense *dense, unsigned bits, uint32_t posting, unsigned escaped,
                                   numbers halves[2])
{
    uint32_t lanes[SEGMENT_GROUP];
    for (size_t half = 0; half < 2; half++)
        store_numbers(lanes + half * 8, halves[half]);
    put_exceptions(dense, bits, posting, escaped, lanes);
    for (size_t half = 0; half < 2; half++)
        halves[half] = load_numbers(lanes + half * 8, 8);
}

static inline void group_frequencies(const struct segment_dense *dense, uint32_t document, floats halves[2])
{
    const uint32_t posting = dense_rank(dense, document);
    const unsigned bits = group_bits(dense->bits, document);
    const uint8x16_t held = sixteen_held(bits);
    const uint8x16_t codes = expand(codes_from(dense->codes, posting), held);
    const uint8x16_t escaped = vceqq_u8(codes, vdupq_n_u8(SEGMENT_ESCAPE));
    const uint8x16_t unpacked = vsubq_u8(codes, held);
    numbers frequencies[] = {widened(vget_low_u8(unpacked)), widened(vget_high_u8(unpacked))};
    if (vmaxvq_u8(escaped) != 0)
        with_exceptions(dense, bits, posting, bits_of_bytes(escaped), frequencies);
    for (size_t half = 0; half < 2; half++)
        halves[half] = to_floats(frequencies[half]);
}

#include "query/kernels_eight.h"

static size_t below(const uint32_t block[SEGMENT_BLOCK], uint32_t document)
{
    const uint32x4_t least = vdupq_n_u32(document);
    uint32x4_t smaller[2] = {vdupq_n_u32(0), vdupq_n_u32(0)}; /* a lane that is, is minus one */
    for (size_t i = 0; i < SEGMENT_BLOCK; i += LANES) {
        const numbers entries = load_numbers(block + i, LANES);
        smaller[0] = vsubq_u32(smaller[0], vcltq_u32(entries.val[0], least));
        smaller[1] = vsubq_u32(smaller[1], vcltq_u32(entries.val[1], least));
    }
    return vaddvq_u32(vaddq_u32(smaller[0], smaller[1]));
}

/* Entries that are below a document are passed over by eights; in the eight that holds the first that is not, they are
 * counted. */
static size_t meet(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                   uint32_t *places)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = documents[i];
        const uint32x4_t least = vdupq_n_u32(document);
        while (at < SEGMENT_BLOCK && block[at + LANES - 1] < document)
            at += LANES;
        if (at == SEGMENT_BLOCK)
            break;
        const numbers entries = load_numbers(block + at, LANES);
        const uint32x4_t smaller = vaddq_u32(vcltq_u32(entries.val[0], least), vcltq_u32(entries.val[1], least));
        const size_t place = at + (size_t)-vaddvq_s32(vreinterpretq_s32_u32(smaller));
        documents[kept] = document;
        from[kept] = (uint32_t)i;
        places[kept] = (uint32_t)place;
        kept += block[place] == document ? 1 : 0;
    }
    return kept;
}

static uint64_t count_bits(const uint64_t *bits, size_t words)
{
    uint64x2_t counted = vdupq_n_u64(0);
    size_t i = 0;
    for (; i + 2 <= words; i += 2) {
        const uint8x16_t counts = vcntq_u8(vreinterpretq_u8_u64(vld1q_u64(bits + i)));
        counted = vpadalq_u32(counted, vpaddlq_u16(vpaddlq_u8(counts)));
    }
    return vaddvq_u64(counted) + (i < words ? (uint64_t)__builtin_popcountll(bits[i]) : 0);
}

KERNELS(neon);
#else
typedef int not_for_this_machine;
#endif
