/* Which tokens stand next to a token, as far as a byte can tell for each posting of a dense list: a Bloom filter of
 * four bits for those right behind it and one for those right before it (Bloom, "Space/Time Trade-offs in Hash Coding
 * with Allowable Errors", 1970). Most documents that hold all words of a phrase do not hold the phrase; this tells so
 * of most of them, and spares reading their positions. */
#ifndef INDEXER_SEGMENT_NEIGHBOURS_H
#define INDEXER_SEGMENT_NEIGHBOURS_H

#include "base/span.h"
#include "indexer/analyzer.h"
#include "indexer/segment.h"

#include <stddef.h>
#include <stdint.h>

enum { SEGMENT_MARK_BYTES = 3, SEGMENT_MARK_BITS = 4 };

/* The bit of a token: 1, 2, 4 or 8. Only its first bytes count, so that a word and its stem, which stand at one place,
 * mostly share it. */
static inline unsigned segment_token_mark(struct span token)
{
    const size_t kind = token.len > 0 && (token.at[0] == STEM_MARK || token.at[0] == SEGMENT_OUTSIDE_MARK) ? 1 : 0;
    uint32_t first = 0;
    for (size_t i = kind; i < token.len && i < kind + SEGMENT_MARK_BYTES; i++)
        first = first << 8 | (uint8_t)token.at[i];
    return 1u << (first * UINT32_C(0x9e3779b1) >> 30);
}

/* What is asked of a token's byte: the tokens with the marks `before` and `behind` (0: none is asked for) may be
 * there. */
static inline uint8_t segment_neighbours_asked(unsigned before, unsigned behind)
{
    return (uint8_t)(behind | before << SEGMENT_MARK_BITS);
}

#endif
