/* The lengths of documents. Sixteen bits tell nearly all of them: scoring looks them up at random, and half the bytes
 * are half the cache lines. Longer documents stand apart. */
#ifndef INDEXER_SEGMENT_LENGTHS_H
#define INDEXER_SEGMENT_LENGTHS_H

#include "indexer/segment_exception.h"

#include <stdint.h>

enum {
    SEGMENT_LONGER = UINT16_MAX,   /* as a length: look among the longer ones */
    SEGMENT_LENGTHS_A_PAGE = 2048, /* of a file, which is checked as one */
};

struct segment_lengths {
    const uint16_t *shorts;                 /* by document */
    const struct segment_exception *longer; /* the documents of at least SEGMENT_LONGER words, ascending */
    uint32_t longer_count;
};

/* The length of a document whose `shorts` is SEGMENT_LONGER; just that in a damaged segment that has none. */
static inline uint32_t segment_longer_length(const struct segment_lengths *lengths, uint32_t document)
{
    return segment_exception_find(lengths->longer, lengths->longer_count, document, SEGMENT_LONGER);
}

/* papers.length: words, those of the title counted TITLE_WEIGHT times. */
static inline uint32_t segment_length(const struct segment_lengths *lengths, uint32_t document)
{
    const uint32_t length = lengths->shorts[document];
    return length == SEGMENT_LONGER ? segment_longer_length(lengths, document) : length;
}

#endif
