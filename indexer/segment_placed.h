/* The postings of one token, out of the order that papers came in and into that of the segment's documents. */
#ifndef INDEXER_SEGMENT_PLACED_H
#define INDEXER_SEGMENT_PLACED_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct placed_posting {
    uint32_t document;
    uint32_t bytes;    /* of its positions, coded as segment_gathered.h says */
    const uint8_t *at; /* they */
};

struct placed_list {
    const uint32_t *places; /* for each paper, in the order they came: its document */
    uint32_t documents;     /* of the segment */
    /* ---- what follows starts as zeros */
    struct placed_posting *at; /* ascending by document */
    size_t count;
    struct placed_posting *spare;
    size_t capacity; /* of both */
    uint64_t *held;  /* bit d set: document d has a posting */
    uint32_t *ranks; /* for each 64 documents: how many postings stand before them */
};

/* Makes `list` that of a token whose postings these pieces hold, which must stay while it is used. False when memory is
 * short. */
bool placed_list_read(struct placed_list *list, const struct span *pieces, size_t piece_count);

void placed_list_free(struct placed_list *list);

/* Steps over the next posting of a piece: `*at` goes from its first byte to that of the next one, and `*paper` (-1 at
 * first) from the paper before to its own. Gives its positions. */
struct span gathered_posting_next(const uint8_t **at, const uint8_t *end, uint32_t *paper);

#endif
