/* The inner loops of ranking, once for each instruction set and chosen when the program runs. All give the same bits:
 * the same operations on single-precision numbers in the same order, no fused multiply-add. PINAKES_SIMD=portable,
 * avx2, avx512 or neon forces one, where the machine has it. */
#ifndef QUERY_KERNELS_H
#define QUERY_KERNELS_H

#include "indexer/segment.h"

#include <stddef.h>
#include <stdint.h>

/* Vectors may be written whole behind the end of an output array, and read so behind an input. */
enum { KERNEL_ROOM = 16, KERNEL_GROUPS = 64 };

/* bm25_score() of one term with what does not depend on the posting taken together:
 * weight * f / (base + slope * max(length, shortest) + f). */
struct bm25_factors {
    float weight, base, slope, shortest;
};

/* A dense list in a sum over groups (ranked_groups.c). */
struct group_term {
    const struct segment_dense *dense;
    float weight;             /* of struct bm25_factors */
    float bound;              /* no document gets more of it */
    double unit;              /* what a bound of 1 is worth, in score */
    uint16_t bound_weight;    /* the same in 256ths of the unit of `rest`, */
    uint16_t document_weight; /* and in 65536ths of that of documents' bounds; 0: it is not in them */
};

/* What score_groups() adds up. */
struct group_sums {
    const struct group_term *terms;
    size_t term_count;
    float base, slope, shortest;           /* of struct bm25_factors: those of all terms */
    uint32_t first;                        /* document that `sums`, `rest` and `allowed` begin with */
    const struct segment_lengths *lengths; /* may be read to the end of a group */
    const float *sums;                     /* what every document has already */
    const uint16_t *rest;                  /* by group: no document gets more of the terms, in `rest_unit`s */
    float rest_unit;
    const uint64_t *allowed; /* by document, from `first` on; NULL: all */
};

struct kernels {
    const char *name;
    /* scores[i] = the score of posting i. */
    void (*score)(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const struct segment_lengths *lengths, float *scores);
    /* Adds the scores to sums[document - first]. Writes the documents whose sum rises from below `cut` to at least
     * `cut` and gives their number. */
    size_t (*add)(const struct bm25_factors *factors, const uint32_t *documents, const uint32_t *frequencies,
                  size_t count, const struct segment_lengths *lengths, float *sums, uint32_t first, float cut,
                  uint32_t *crossed);
    /* Adds to bounds[i], no further than UINT8_MAX, what the terms [from, to) give document sums->first + i at most, by
     * the bounds of its group in just those lists that hold it: dense_worth() of each. `first` begins a span of
     * SEGMENT_RANK_SPAN documents. */
    void (*bound_documents)(const struct group_sums *sums, size_t from, size_t to, size_t spans, uint8_t *bounds);
    /* bounds[i] = values[i] * scale, rounded down, + 1, no further than UINT8_MAX. `count` is a multiple of
     * SEGMENT_RANK_SPAN. */
    void (*start_bounds)(const float *values, float scale, size_t count, uint8_t *bounds);
    /* Writes the indexes of the bounds of at least `least`, ascending, and gives their number; only counts them where
     * `indexes` is NULL. `count` as above. */
    size_t (*reach_documents)(const uint8_t *bounds, size_t count, uint8_t least, uint32_t *indexes);
    /* reach[i] = bounds[i] + most[i] * scale, rounded down, + 1, no further than UINT16_MAX; `count` as in
     * bound_groups(). */
    void (*add_most)(const uint16_t *bounds, const float *most, float scale, size_t count, uint16_t *reach);
    /* ranks[i] = dense_rank() of documents[i]. */
    void (*rank)(const struct segment_dense *dense, const uint32_t *documents, size_t count, uint32_t *ranks);
    /* Clears the bits of values that are not in [from, to], or 0; the last bits of the last word are anything. */
    void (*keep_within)(const int16_t *values, size_t count, int16_t from, int16_t to, uint64_t *bits);
    /* The number of bits that are set. */
    uint64_t (*count_bits)(const uint64_t *bits, size_t words);
    /* bits[i] = the documents of word `first` + i that stand in the lists of all terms; there is one at least. */
    void (*intersect)(const struct group_term *terms, size_t count, size_t first, size_t words, uint64_t *bits);
    /* Level l, `apart` words behind the one before it, has the documents that hold more than l of the lists so far:
     * lifts those of one more list by one. */
    void (*lift)(const uint64_t *bits, size_t words, size_t count, size_t apart, uint64_t *levels);
    /* Makes 0 of the bounds of documents whose bit is not set. */
    void (*bar_others)(const uint64_t *allowed, size_t words, uint8_t *bounds);
    /* Adds what a dense list gives `count` documents to `partial`, takes its dense_worth() from `rest` where it holds
     * one, and keeps those of which both together, `unit` being that of `rest`, are at least `cut`; gives their
     * number. */
    size_t (*look_up)(const struct bm25_factors *factors, const struct group_term *term,
                      const struct segment_lengths *lengths, float unit, float cut, size_t count, uint32_t *documents,
                      float *partial, uint32_t *rest);
    /* Keeps the documents, all of which the list holds, that have every bit of `asked` among the neighbours of their
     * posting (segment_neighbours.h), and their `partial`; gives their number. */
    size_t (*keep_neighboured)(const struct segment_dense *dense, uint8_t asked, size_t count, uint32_t *documents,
                               float *partial);
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
    /* bounds[i] = what the terms give a document of group i, counted from sums->first on, at most, in `rest_unit`s: the
     * whole of each term's bound, and one more each, no further than UINT16_MAX. Where `most` is not NULL, `reach` is
     * what add_most() makes of both. `count` is a multiple of KERNEL_GROUPS. */
    void (*bound_groups)(const struct group_sums *sums, size_t count, uint16_t *bounds, const float *most, float scale,
                         uint16_t *reach);
    /* Writes the indexes of the values of at least `least`, ascending, and gives their number; only counts them where
     * `indexes` is NULL. `count` as above. */
    size_t (*reach)(const uint16_t *values, size_t count, uint16_t least, uint32_t *indexes);
    /* Copies the values of the `count` groups that hold a document of `allowed`, and 0 for the others. */
    void (*keep_allowed)(const uint16_t *values, const uint64_t *allowed, size_t count, uint16_t *kept);
    /* most[i] = the greatest of most[i] and the values i, i + KERNEL_GROUPS, ... `count` as above. */
    void (*greatest)(const uint16_t *values, size_t count, uint16_t most[KERNEL_GROUPS]);
    /* Adds up the terms for the documents of `count` groups and writes those that are allowed and have at least `cut`,
     * which is greater than 0; gives their number. A group is left as soon as none of its documents can. */
    size_t (*score_groups)(const struct group_sums *sums, const uint32_t *groups, size_t count, float cut,
                           uint32_t *documents, float *scores);
};

/* The fastest that this machine runs, or the one PINAKES_SIMD names. */
const struct kernels *kernels_chosen(void);

/* Those the machine runs, ending in NULL: for tests. */
const struct kernels *const *kernels_all(void);

/* dense_rank() of one document with the instruction that counts bits, where the machine has it. */
static inline uint32_t kernels_rank(const struct kernels *kernels, const struct segment_dense *dense, uint32_t document)
{
    uint32_t rank;
    kernels->rank(dense, &document, 1, &rank);
    return rank;
}

/* What bound_documents() counts for a document of a group in the list of a term. */
static inline uint32_t dense_worth(const struct group_term *term, uint32_t group)
{
    return ((uint32_t)term->dense->bounds[group] * term->document_weight >> 16) + (term->document_weight > 0 ? 1 : 0);
}

/* The bits of a group's documents. */
static inline unsigned group_bits(const uint64_t *bits, uint32_t document)
{
    return (unsigned)(bits[document / 64] >> document % 64) & 0xffffu;
}

/* Terms are added between two looks at whether to go on. */
enum { GROUP_TERMS = 1 };

/* What every set of kernels ends with: its table, of the functions that stand before it. */
#define KERNELS(set)                                                            \
    const struct kernels kernels_##set = {.name = #set,                         \
                                          .score = score,                       \
                                          .add = add,                           \
                                          .select = select_at_least,            \
                                          .count = count_at_least,              \
                                          .below = below,                       \
                                          .meet = meet,                         \
                                          .bound_groups = bound_groups,         \
                                          .bound_documents = bound_documents,   \
                                          .start_bounds = start_bounds,         \
                                          .reach_documents = reach_documents,   \
                                          .add_most = add_most,                 \
                                          .reach = reach,                       \
                                          .keep_allowed = keep_allowed,         \
                                          .greatest = greatest,                 \
                                          .score_groups = score_groups,         \
                                          .look_up = look_up,                   \
                                          .keep_neighboured = keep_neighboured, \
                                          .rank = rank_documents,               \
                                          .keep_within = keep_within,           \
                                          .count_bits = count_bits,             \
                                          .intersect = intersect,               \
                                          .lift = lift,                         \
                                          .bar_others = bar_others}

extern const struct kernels kernels_portable;
#if defined(__x86_64__)
extern const struct kernels kernels_avx2;
extern const struct kernels kernels_avx512;
#elif defined(__aarch64__) && defined(__ARM_NEON)
extern const struct kernels kernels_neon;
#endif

#endif
