/* A dense list: the documents of a frequent token as bits, with what finds one of them at once. What a block of 128
 * postings takes a walk to tell (does the token stand in document d, how often, what may it be worth around there) is a
 * look here. SEGMENT.md says how it lies in the file.
 *
 * A group is SEGMENT_GROUP neighbouring documents: those of one 512-bit vector of scores. */
#ifndef INDEXER_SEGMENT_DENSE_H
#define INDEXER_SEGMENT_DENSE_H

#include "indexer/segment_exception.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SEGMENT_DENSE_SHARE = 64,  /* a token in at least one of so many documents has a dense list, */
    SEGMENT_DENSE_LEAST = 128, /* if these are at least so many */
    SEGMENT_GROUP = 16,
    SEGMENT_RANK_SPAN = 256,      /* documents from one entry of `ranks` to the next */
    SEGMENT_DENSE_ALIGNMENT = 64, /* of each of its arrays; zeros fill up behind them */
    SEGMENT_ESCAPE = 15,          /* a frequency code: look among the exceptions */
};

struct segment_dense {
    const uint8_t *bounds;     /* one a group: no posting there scores more than bounds[g] * unit */
    float unit;                /* in bm25_score() with idf 1, at the average length of the seal */
    const uint64_t *bits;      /* one a document */
    const uint32_t *ranks;     /* postings before each RANK_SPAN documents */
    const uint8_t *codes;      /* two frequencies a byte, the lower half first: the frequency less 1, or ESCAPE */
    const uint8_t *neighbours; /* segment_neighbours.h: one a posting */
    const struct segment_exception *exceptions; /* the frequencies greater than SEGMENT_ESCAPE, by posting, ascending */
    uint32_t exception_count;
    uint32_t documents; /* document frequency */
    uint32_t words;     /* of `bits` that hold a document of the segment */
};

static inline bool segment_is_dense(uint32_t document_frequency, uint32_t documents)
{
    return document_frequency >= SEGMENT_DENSE_LEAST &&
           document_frequency >= (documents + SEGMENT_DENSE_SHARE - 1) / SEGMENT_DENSE_SHARE;
}

/* Where the arrays of a dense list lie, in bytes from its start; `behind` is where the fields of its blocks begin. */
struct segment_dense_layout {
    size_t bounds, bits, ranks, codes, neighbours, behind;
};

static inline struct segment_dense_layout segment_dense_layout(uint32_t documents, uint32_t document_frequency)
{
    const size_t align = SEGMENT_DENSE_ALIGNMENT, spans = (size_t)documents / SEGMENT_RANK_SPAN + 1;
    struct segment_dense_layout at = {.bounds = align};
    at.bits = at.bounds + (spans * (SEGMENT_RANK_SPAN / SEGMENT_GROUP) + align - 1) / align * align;
    at.ranks = at.bits + (spans * (SEGMENT_RANK_SPAN / 8) + align - 1) / align * align;
    at.codes = at.ranks + (spans * sizeof(uint32_t) + align - 1) / align * align;
    at.neighbours = at.codes + (((size_t)document_frequency + 1) / 2 + align - 1) / align * align;
    at.behind = at.neighbours + ((size_t)document_frequency + align - 1) / align * align;
    return at;
}

/* What a bound of 1 stands for in a list whose greatest score is `most`; a little more, since bounds may not fall short
 * by rounding. */
static inline float segment_dense_unit(float most)
{
    return most * (1.000001f / 255);
}

static inline bool dense_has(const struct segment_dense *dense, uint32_t document)
{
    return (dense->bits[document / 64] >> document % 64 & 1) != 0;
}

/* The number of postings before `document`; no more than there are, whatever the bytes. */
static inline uint32_t dense_rank(const struct segment_dense *dense, uint32_t document)
{
    const uint64_t *span = dense->bits + document / SEGMENT_RANK_SPAN * (SEGMENT_RANK_SPAN / 64);
    const uint32_t words = document % SEGMENT_RANK_SPAN / 64;
    uint32_t rank = dense->ranks[document / SEGMENT_RANK_SPAN];
    for (uint32_t i = 0; i < SEGMENT_RANK_SPAN / 64 - 1; i++) /* all of them: a branch would be guessed wrong */
        rank += (uint32_t)__builtin_popcountll(span[i] & (i < words ? UINT64_MAX : 0));
    rank += (uint32_t)__builtin_popcountll(span[words] & ((UINT64_C(1) << document % 64) - 1));
    return rank < dense->documents ? rank : dense->documents;
}

/* The frequency of a posting whose code is SEGMENT_ESCAPE; just that and one in a damaged segment that has none. */
static inline uint32_t dense_exception(const struct segment_dense *dense, uint32_t posting)
{
    return segment_exception_find(dense->exceptions, dense->exception_count, posting, SEGMENT_ESCAPE + 1);
}

/* The frequency of posting `posting`, which is less than `documents`. */
static inline uint32_t dense_frequency(const struct segment_dense *dense, uint32_t posting)
{
    const uint32_t code = (uint32_t)dense->codes[posting / 2] >> posting % 2 * 4 & 15u;
    return code == SEGMENT_ESCAPE ? dense_exception(dense, posting) : code + 1;
}

#endif
