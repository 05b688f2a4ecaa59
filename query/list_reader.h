/* One block at a time of a posting list: documents first, frequencies and fields only when they are asked for. */
#ifndef QUERY_LIST_READER_H
#define QUERY_LIST_READER_H

#include "indexer/segment.h"
#include "query/kernels.h"

#include <stdbool.h>
#include <stdint.h>

struct list_reader {
    const struct segment_list *list;
    const struct kernels *kernels;
    uint32_t block; /* that `documents` is of; list->block_count behind the last */
    uint32_t count; /* postings in it; 0 before the first block is read */
    bool has_frequencies, has_fields;
    bool *is_damaged;                  /* set when something is met that cannot be read */
    uint32_t documents[SEGMENT_BLOCK]; /* filled up with SEGMENT_NO_DOCUMENT */
    uint32_t frequencies[SEGMENT_BLOCK];
    uint8_t fields[SEGMENT_BLOCK];
};

/* `is_damaged` is set when the list, or the length of one of its documents, cannot be read; never cleared. */
void list_reader_start(struct list_reader *reader, const struct segment_list *list, const struct kernels *kernels,
                       bool *is_damaged);

/* The first block at or behind `from` whose last document is at least `document`; list->block_count when none is. Found
 * in steps that double, then by halves (Bentley and Yao, "An Almost Optimal Algorithm for Unbounded Searching",
 * 1976). */
uint32_t list_block_of(const struct segment_list *list, uint32_t from, uint32_t document);

/* Makes `block` the one that is read. */
void list_reader_load(struct list_reader *reader, uint32_t block);

/* The index in its block of the first posting at or behind `document`, whose block is then loaded; false behind the
 * last. Documents may only grow from call to call. */
bool list_reader_seek(struct list_reader *reader, uint32_t document, uint32_t *index);

/* How often the token stands in `document`, 0 when it does not. Documents may only grow from call to call. */
uint32_t list_reader_frequency_in(struct list_reader *reader, uint32_t document);

/* The frequencies, or the fields, of the block that is loaded. */
const uint32_t *list_reader_frequencies(struct list_reader *reader);
const uint8_t *list_reader_fields(struct list_reader *reader);

#endif
