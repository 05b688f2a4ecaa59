/* Puts the sections of a segment into one file, with its checksums. */
#ifndef INDEXER_SEGMENT_FILE_H
#define INDEXER_SEGMENT_FILE_H

#include "indexer/segment_format.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct segment_file {
    FILE *file;
    uint64_t bytes; /* written so far */
    bool failed;
    struct segment_header header;
};

/* Leaves room for the header. */
void segment_file_start(struct segment_file *out, FILE *file);

/* Begins a section at the next aligned place, and ends it behind what was written. */
void segment_file_begin(struct segment_file *out, enum segment_section section);
void segment_file_end(struct segment_file *out, enum segment_section section);
void segment_file_put(struct segment_file *out, const void *bytes, size_t count);

/* A whole section at once. */
void segment_file_section(struct segment_file *out, enum segment_section section, const void *bytes, size_t count);

/* Pads the file, computes and writes its checksums and the header, whose other members are set, and makes it durable.
 * False when anything failed to be written. */
bool segment_file_finish(struct segment_file *out);

#endif
