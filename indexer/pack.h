/* Blocks of 128 whole numbers packed at a fixed number of bits each: value i takes the bits from i * bits on, the
 * lowest bit of the lowest byte first. Unpacking is written once for each instruction set; all give the same values. */
#ifndef INDEXER_PACK_H
#define INDEXER_PACK_H

#include <stdint.h>

enum { PACK_VALUES = 128 };

/* Bytes that 128 values of `bits` bits (0 to 32) take. */
#define PACK_BYTES(bits) ((uint32_t)(bits)*16u)

/* Writes PACK_BYTES(bits) bytes; bits of a value above `bits` are left out. */
void pack(const uint32_t values[PACK_VALUES], unsigned bits, uint8_t *out);

struct unpack {
    const char *name;
    /* Reads up to 32 bytes more than PACK_BYTES(bits). */
    void (*values)(const uint8_t *packed, unsigned bits, uint32_t values[PACK_VALUES]);
    /* Turns distances less 1 into numbers: values[i] becomes before + 1 + i + the sum of values up to i (modulo
     * 2^32). */
    void (*sum)(uint32_t values[PACK_VALUES], uint32_t before);
};

/* The fastest the machine runs, or the one PINAKES_SIMD names: portable, avx2, avx512 or neon. */
const struct unpack *unpack_chosen(void);

/* Those the machine runs, NULL at the end: for tests. */
const struct unpack *const *unpack_all(void);

extern const struct unpack unpack_portable;
#if defined(__x86_64__)
extern const struct unpack unpack_avx2;
extern const struct unpack unpack_avx512;
#elif defined(__aarch64__) && defined(__ARM_NEON)
extern const struct unpack unpack_neon;
#endif

#endif
