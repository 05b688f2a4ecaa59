/* From the postings of one token after the other to blocks: the sections of a segment that hold posting lists. */
#ifndef INDEXER_SEGMENT_LIST_WRITER_H
#define INDEXER_SEGMENT_LIST_WRITER_H

#include "base/buffer.h"
#include "indexer/segment.h"
#include "indexer/segment_dense_writer.h"
#include "indexer/segment_format.h"

#include <stdio.h>

/* One posting: SEGMENT_POSITION()s ascending, none twice. */
struct segment_posting {
    uint32_t document;
    const uint32_t *positions;
    size_t position_count;
    uint8_t neighbours; /* segment_neighbours.h; of a dense list */
};

struct list_writer {
    FILE *postings, *positions; /* where the two large sections are written */
    const uint32_t *lengths;    /* by document */
    double average_length;
    struct dense_writer dense;
    /* ---- what follows starts as zeros */
    struct buffer last, most, postings_at, positions_at; /* the block sections */
    uint64_t postings_bytes, positions_bytes;            /* written so far */
    uint32_t blocks;
    struct segment_term term;               /* of the list being written */
    uint64_t list_postings, list_positions; /* where it began */
    float list_most;
    bool is_bare; /* its positions and fields are left out */
    bool is_dense;
    size_t fields_at; /* of a dense list: where the fields of its blocks begin, from its start */
    uint32_t before;  /* the greatest document of the block before, UINT32_MAX for none */
    uint32_t count;   /* postings waiting */
    uint32_t documents[SEGMENT_BLOCK], frequencies[SEGMENT_BLOCK];
    uint8_t fields[SEGMENT_BLOCK], neighbours[SEGMENT_BLOCK];
    struct buffer waiting;                      /* their positions, coded */
    size_t parts[SEGMENT_BLOCK / SEGMENT_PART]; /* where those of each part begin there */
    struct buffer block;
    bool failed; /* memory or a write; errno of the write is kept by the file */
};

/* Begins the list of a token that stands in `documents` documents. A bare list is one without positions and fields; it
 * is never dense. */
void list_writer_begin(struct list_writer *writer, uint32_t documents, bool is_bare);
void list_writer_add(struct list_writer *writer, const struct segment_posting *posting);

/* Adds a posting to a bare list. */
void list_writer_add_bare(struct list_writer *writer, uint32_t document, uint32_t frequency);

/* Ends the list and gives its dictionary entry, without flags about stems. */
struct segment_term list_writer_end(struct list_writer *writer);

void list_writer_free(struct list_writer *writer);

#endif
