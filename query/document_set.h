/* Documents of a segment as bits: document d is bit d % 64 of word d / 64. */
#ifndef QUERY_DOCUMENT_SET_H
#define QUERY_DOCUMENT_SET_H

#include "indexer/segment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t document_set_words(uint32_t documents)
{
    return (size_t)documents / 64 + 1;
}

static inline bool document_set_has(const uint64_t *bits, uint32_t document)
{
    return (bits[document / 64] >> document % 64 & 1) != 0;
}

/* The number of bits that are set: by sums of two, four and eight bits, since processors in general have no instruction
 * for it. */
static inline uint32_t document_set_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* Adds the documents of a list. False when it is damaged. */
bool document_set_add_list(uint64_t *bits, const struct segment_list *list);

/* The number of documents in both sets; `other` may be NULL, for all documents. */
uint64_t document_set_count(const uint64_t *bits, const uint64_t *other, size_t words);

#endif
