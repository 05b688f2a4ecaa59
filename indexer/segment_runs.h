/* What a segment writer gathered of each token, read back in the order of the tokens' bytes: from what it put aside,
 * then from memory. For segment_finish.c and segment_order.c alone. */
#ifndef INDEXER_SEGMENT_RUNS_H
#define INDEXER_SEGMENT_RUNS_H

#include "indexer/segment_gathered.h"

/* What was put aside at one time. */
struct segment_run {
    const uint8_t *first, *at, *end;
    const uint8_t *kept; /* what stands before it was read and may leave memory */
};

struct segment_runs {
    uint8_t *map; /* of the file they were put aside in, or NULL */
    size_t map_bytes;
    struct segment_run *at;
    size_t count;
    struct span pieces[SEGMENT_RUNS_MAX + 1]; /* of the token taken last */
};

/* Begins with the first token. False when it fails, as errno says; segment_runs_close() must follow in any case. */
bool segment_runs_open(struct segment_runs *runs, const struct segment_writer *writer);
void segment_runs_close(struct segment_runs *runs);

/* Begins again with the first token. */
void segment_runs_rewind(struct segment_runs *runs);

/* Steps to a token and gives the number of `pieces` of its postings, coded as segment_gathered.h says; the documents of
 * a piece come behind those of the pieces before. */
size_t segment_runs_take(struct segment_runs *runs, const struct segment_writer *writer, uint32_t ordinal);

/* Lets go of what was read: mapped pages count as the process's memory while they stay. No piece is valid behind. */
void segment_runs_let_go(struct segment_runs *runs);

#endif
