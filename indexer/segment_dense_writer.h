/* Makes dense lists (segment_dense.h), one after the other. */
#ifndef INDEXER_SEGMENT_DENSE_WRITER_H
#define INDEXER_SEGMENT_DENSE_WRITER_H

#include "base/buffer.h"
#include "indexer/segment_dense.h"
#include "indexer/segment_format.h"

#include <stddef.h>
#include <stdio.h>

struct dense_writer {
    uint32_t documents; /* of the segment */
    /* ---- what follows starts as zeros */
    float *most; /* one a group */
    uint64_t *bits;
    struct buffer codes, neighbours, exceptions;
    struct buffer fields; /* of all blocks, coded: they stand behind the arrays whose size is known */
    uint32_t postings;
};

/* Begins a list; false when memory is short. */
bool dense_writer_begin(struct dense_writer *writer);

/* Adds a posting, ascending by documents, with its bm25_score() at idf 1, rounded up, and the byte of
 * segment_neighbours.h. */
void dense_writer_add(struct dense_writer *writer, uint32_t document, uint32_t frequency, float score,
                      uint8_t neighbours);

/* Writes the list, whose greatest score is `most`, and gives the number of its bytes, 0 when memory was short. */
size_t dense_writer_end(struct dense_writer *writer, float most, FILE *file);

void dense_writer_free(struct dense_writer *writer);

#endif
