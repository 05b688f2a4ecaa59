/* What a segment writer has gathered of papers and words: segment_writer.c gathers it, segment_finish.c puts the file
 * together with what stands beside it. For these alone. */
#ifndef INDEXER_SEGMENT_GATHERED_H
#define INDEXER_SEGMENT_GATHERED_H

#include "base/buffer.h"
#include "indexer/segment_neighbours_writer.h"
#include "indexer/segment_vocabulary.h"
#include "indexer/segment_writer.h"

#include <stdbool.h>
#include <stdio.h>

/* Postings are put aside in runs: for each token that has any, in the order of the tokens' bytes, its ordinal, the
 * number of its bytes (uint32 both), and those. A token's bytes, here and in memory: for each document its distance to
 * the one before (the first counts from -1), then for each position its distance to the one before, and a 0 before the
 * next document. */
enum { SEGMENT_RUNS_MAX = 1024 };

struct segment_writer {
    bool (*goes_on)(void *context); /* asked while the file is put together; NULL: nobody is */
    void *context;
    bool is_stopped; /* the answer was no */
    struct segment_writer_options options;
    char *path, *temporary;
    FILE *file;        /* the segment */
    char *file_buffer; /* of `file` */
    FILE *aside;       /* all runs, one after the other */
    FILE *positions;
    struct neighbour_marks marks;
    uint64_t run_ends[SEGMENT_RUNS_MAX];
    size_t run_count;
    struct vocabulary vocabulary;
    size_t held; /* bytes of postings in memory */
    struct buffer papers, lengths, years, venues, venue_ends, venue_text;
    struct vocabulary venue_names; /* ordinal 0 is the empty name */
    uint32_t documents;
    uint64_t length_total;
};

/* Asks whoever is to be asked whether to go on. */
static inline bool segment_writer_goes_on(struct segment_writer *writer)
{
    writer->is_stopped |= writer->goes_on != NULL && !writer->goes_on(writer->context);
    return !writer->is_stopped;
}

/* PINAKES_IO with what the system said last (errno). */
pinakes_status segment_writer_io_error(const struct segment_writer *writer, pinakes_error *error);

#endif
