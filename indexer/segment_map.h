/* An open segment, for the files that read it: the mapped bytes, and which of their pages are known to be sound. */
#ifndef INDEXER_SEGMENT_MAP_H
#define INDEXER_SEGMENT_MAP_H

#include "indexer/pack.h"
#include "indexer/segment.h"
#include "indexer/segment_format.h"

#include <stdatomic.h>

struct segment {
    const uint8_t *map;
    const struct segment_header *header;
    const struct unpack *unpack;
    uint32_t groups;               /* of tokens */
    _Atomic uint64_t *sound;       /* a bit for each page of the file */
    _Atomic uint64_t *sound_lists; /* a bit for each token whose list was opened before */
    const struct segment_term *terms;
    const uint64_t *token_keys;
    const uint32_t *token_groups;
    const uint32_t *block_last, *block_postings, *block_positions;
    const float *block_most;
    char *path;
};

/* The first byte of a section. */
static inline const uint8_t *segment_section(const struct segment *segment, enum segment_section section)
{
    return segment->map + segment->header->sections[section].offset;
}

/* Whether the pages that hold `bytes` bytes from `offset` of a section on have their checksums; each page is computed
 * once. False also when they reach over the section's end. */
bool segment_is_sound(const struct segment *segment, enum segment_section section, uint64_t offset, uint64_t bytes);

/* Whether all of them were found sound before: who reads little of many asks for that first, then for what it reads. */
bool segment_is_known(const struct segment *segment, enum segment_section section, uint64_t offset, uint64_t bytes);

/* Whether every byte is as it was written, those between sections too. */
bool segment_is_sound_whole(const struct segment *segment);

/* Makes a list of a term, whose bytes are sound, of the dictionary or of the prefixes. False when it is damaged. */
bool segment_list_open(const struct segment *segment, const struct segment_term *term, bool is_bare, bool was_sound,
                       struct segment_list *out);

/* Whether every block of a list can be read, with its positions where it has any. */
bool segment_list_holds(const struct segment_list *list);

/* The same of all prefixes; and that they ascend. */
bool segment_prefixes_hold(const struct segment *segment);

#endif
