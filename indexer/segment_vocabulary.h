/* The tokens met while a segment is written, each with its postings so far. */
#ifndef INDEXER_SEGMENT_VOCABULARY_H
#define INDEXER_SEGMENT_VOCABULARY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "indexer/analyzer.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_STEM UINT32_MAX

struct vocabulary_token {
    struct span text;
    uint32_t stem;        /* the token "~" and its stem; NO_STEM for stems, and when there is no analyzer */
    bool is_own_stem;     /* what `stem` ends with is the word itself */
    bool is_written_stem; /* of a stem: some word but itself stands under it */
    bool is_outside;      /* behind SEGMENT_OUTSIDE_MARK; `stem` is that of the word */
    bool is_overlap;      /* before SEGMENT_OVERLAP_MARK: the beginning that words at one position share */
    uint32_t outside;     /* of a word: the token of its positions without the stem; NO_STEM when it has none */
    uint32_t document;    /* that the last posting is of; UINT32_MAX for none */
    uint32_t position;    /* the last one */
    uint32_t documents;   /* with a posting */
    uint64_t positions;
    struct buffer postings; /* coded: segment_gathered.h */
};

struct vocabulary {
    struct analyzer *analyzer;
    struct arena texts;
    struct vocabulary_token *tokens;
    uint32_t count;
    size_t capacity;
    uint32_t *slots; /* index into `tokens` from 1, 0 for free */
    size_t slot_count;
};

/* The ordinal of a token, which is added when it is new; UINT32_MAX when memory is short. */
uint32_t vocabulary_find(struct vocabulary *vocabulary, struct span text);

/* Fetches into the cache what vocabulary_find() and a posting more of these tokens will look at: a large vocabulary is
 * in no cache, and many waits at once take no longer than one. */
void vocabulary_fetch(const struct vocabulary *vocabulary, const struct span *texts, size_t count);

/* The ordinal of the token of a word's positions without its stem, likewise. */
uint32_t vocabulary_outside(struct vocabulary *vocabulary, uint32_t word);

/* The ordinal of the token of the overlaps that begin with `shared`, likewise: the n-th (from 1) of those that stand at
 * one position. */
uint32_t vocabulary_overlap(struct vocabulary *vocabulary, struct span shared, size_t n);

/* Whether a segment has a list of the token. */
bool vocabulary_is_listed(const struct vocabulary *vocabulary, const struct vocabulary_token *token);

/* The ordinals of all tokens in the order of their bytes; the caller frees them. NULL when memory is short. */
uint32_t *vocabulary_sorted(const struct vocabulary *vocabulary);

void vocabulary_free(struct vocabulary *vocabulary);

#endif
