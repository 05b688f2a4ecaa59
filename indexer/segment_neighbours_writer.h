/* From the places of tokens to the bytes of segment_neighbours.h. */
#ifndef INDEXER_SEGMENT_NEIGHBOURS_WRITER_H
#define INDEXER_SEGMENT_NEIGHBOURS_WRITER_H

#include "base/buffer.h"
#include "corpus/paper.h"
#include "indexer/segment_neighbours.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The marks of all places of all documents, half a byte each, in a file until the postings are put together: only then
 * is it known which tokens have dense lists. */
struct neighbour_marks {
    FILE *file; /* the caller's */
    /* ---- what follows starts as zeros */
    struct buffer ends;   /* uint64 for each document: where it ends in the file */
    struct buffer places; /* of the document at hand, a byte each */
    uint32_t starts[FIELD_COUNT];
    unsigned field; /* at hand, + 1; 0 before the first */
    bool is_far;    /* the places at hand are too far apart to be kept */
    bool failed;    /* memory or a write */
    uint64_t bytes; /* written */
    uint8_t *map;   /* of the file, when all is written */
};

/* Notes the marks of the tokens at a place (SEGMENT_POSITION) of the document at hand; places ascend. */
void neighbour_marks_add(struct neighbour_marks *marks, uint32_t position, unsigned of_tokens);

/* Ends the document at hand. False when memory is short or a write failed, as errno says. */
bool neighbour_marks_end(struct neighbour_marks *marks);

/* All documents are ended: they can be asked about. False as above. */
bool neighbour_marks_finish(struct neighbour_marks *marks);

/* Begins to fetch what neighbour_marks_of() will read of a document. */
void neighbour_marks_fetch(const struct neighbour_marks *marks, uint32_t document);

/* The byte of a token that stands at these positions of a document. */
uint8_t neighbour_marks_of(const struct neighbour_marks *marks, uint32_t document, const uint32_t *positions,
                           size_t count);

void neighbour_marks_free(struct neighbour_marks *marks);

#endif
