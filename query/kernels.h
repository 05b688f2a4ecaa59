/* The inner loops of ranking, once for each instruction set and chosen when the program runs. All give the same bits:
 * the same operations on single-precision numbers in the same order, no fused multiply-add. PINAKES_SIMD=portable,
 * avx2 or avx512 forces one, where the machine has it. */
#ifndef QUERY_KERNELS_H
#define QUERY_KERNELS_H

#include "indexer/segment.h"

#include <stddef.h>
#include <stdint.h>

/* Vectors may be written whole behind the end of an output array, and read so behind an input. */
enum { KERNEL_ROOM = 16 };

/* bm25_score() of one term with what does not depend on the posting taken together:
 * weight * f / (base + slope * max(length, shortest) + f) + plus. */
struct bm25_factors {
    float weight, base, slope, shortest;
    float plus; /* for every posting: counts terms in the same sum (ranked_any.c); 0 elsewhere */
};

struct kernels {
    const char *name;
    /* scores[i] = the score of posting i; `lengths` by document. */
    void (*score)(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const uint32_t *lengths, float *scores);
    /* Adds the scores to sums[document - first]. Writes the documents whose sum rises from below `cut` to at least
     * `cut` and gives their number. */
    size_t (*add)(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const uint32_t *lengths, float *sums, uint32_t first, float cut, uint32_t *crossed);
    /* Writes the indexes of the values of at least `cut`, ascending, and gives their number. */
    size_t (*select)(const float *values, size_t count, float cut, uint32_t *indexes);
    /* The number of values of at least `cut`. */
    size_t (*count)(const float *values, size_t count, float cut);
    /* The number of entries of an ascending block, filled up with SEGMENT_NO_DOCUMENT, that are below `document`. */
    size_t (*below)(const uint32_t block[SEGMENT_BLOCK], uint32_t document);
    /* Keeps of `count` ascending documents those that stand in a block filled up like that; gives their number. The
     * k-th that is kept was documents[from[k]] and is block[places[k]]. */
    size_t (*meet)(uint32_t *documents, size_t count, const uint32_t block[SEGMENT_BLOCK], uint32_t *from,
                   uint32_t *places);
};

/* The fastest that this machine runs, or the one PINAKES_SIMD names. */
const struct kernels *kernels_chosen(void);

/* Those the machine runs, ending in NULL: for tests. */
const struct kernels *const *kernels_all(void);

extern const struct kernels kernels_portable;
#if defined(__x86_64__)
extern const struct kernels kernels_avx2;
extern const struct kernels kernels_avx512;
#endif

#endif
