/* What the files that read posting lists share: segment_list.c, the blocks, and segment_positions.c, what stands behind
 * them. */
#ifndef INDEXER_SEGMENT_BLOCKS_H
#define INDEXER_SEGMENT_BLOCKS_H

#include "indexer/segment_map.h"

/* Where the postings and the positions of a term begin in their sections. */
static inline uint64_t term_postings(const struct segment_term *term)
{
    return (uint64_t)term->postings_high << 32 | term->postings_low;
}

static inline uint64_t term_positions(const struct segment_term *term)
{
    return (uint64_t)term->positions_high << 32 | term->positions_low;
}

/* Whether its only posting is its dictionary entry. */
static inline bool term_is_here(const struct segment_term *term)
{
    return (term->documents & SEGMENT_WRITTEN_HERE) != 0;
}

static inline uint32_t block_postings(const struct segment_list *list, uint32_t block)
{
    return block + 1 < list->block_count ? SEGMENT_BLOCK : list->documents - block * SEGMENT_BLOCK;
}

/* Where a block begins; NULL when its place is nonsense. Behind it lies at least SEGMENT_PADDING bytes of map. */
static inline const uint8_t *block_start(const struct segment_list *list, uint32_t block)
{
    const struct segment_extent *postings = &list->segment->header->sections[SECTION_POSTINGS];
    const uint64_t start = term_postings(list->term) + list->offsets[block];
    return start >= postings->bytes ? NULL : list->segment->map + postings->offset + start;
}

/* Reads `count` frequencies of a dense list from posting `first` on, which is even. */
void dense_read_frequencies(const struct segment_dense *dense, uint32_t first, uint32_t count, uint32_t *frequencies);

/* Reads the fields of the postings from `from` up to `behind` in a block, each to its own place; false when they cannot
 * be read. */
bool block_read_fields(const struct segment_list *list, uint32_t block, uint32_t from, uint32_t behind,
                       uint8_t fields[SEGMENT_BLOCK]);

#endif
