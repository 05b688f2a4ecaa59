/* From the words of papers to a segment. Knows no library: it is fed paper by paper, word by word. */
#ifndef INDEXER_SEGMENT_WRITER_H
#define INDEXER_SEGMENT_WRITER_H

#include "base/span.h"
#include "corpus/paper.h"
#include "indexer/analyzer.h"
#include "indexer/segment.h"

#include <stddef.h>
#include <stdint.h>

struct segment_writer;

struct segment_writer_options {
    struct analyzer *analyzer; /* for stems, while writing; NULL when no token has one */
    size_t memory_bytes;       /* of postings kept before they are put aside in a file; 0: 128 MiB */
};

struct segment_paper {
    int64_t id; /* greater than that of the paper before */
    uint32_t length;
    int year;
    struct span venue;
};

/* Begins the segment at `path`, beside which it is put together in files without a name and, at the end, under another
 * name: what finishes a segment must be the only one that does at that time. `*out` is owned by the caller and
 * freed with segment_writer_free(), which also removes what was not finished. */
pinakes_status segment_writer_create(const char *path, const struct segment_writer_options *options,
                                     struct segment_writer **out, pinakes_error *error);
void segment_writer_free(struct segment_writer *writer);

/* Begins the next paper. */
pinakes_status segment_writer_paper(struct segment_writer *writer, const struct segment_paper *paper,
                                    pinakes_error *error);

/* Says which tokens come next, so that memory can fetch what it has of them. */
void segment_writer_expect(const struct segment_writer *writer, const struct span *tokens, size_t count);

/* Adds the tokens of one word to the paper begun last: all that stand at `place` of `field`. Fields, and places within
 * a field, must come in ascending order. */
pinakes_status segment_writer_word(struct segment_writer *writer, enum field field, uint32_t place,
                                   const struct span *tokens, size_t count, pinakes_error *error);

/* From now on segment_writer_finish() asks now and then, several times a second; when the answer is false it ends with
 * PINAKES_CANCELLED and writes nothing. */
void segment_writer_ask(struct segment_writer *writer, bool (*goes_on)(void *context), void *context);

/* Writes the file, makes it durable, and puts it in the place of an older one. Readers of that one are not disturbed.
 * PINAKES_IO when a write fails: the older one is then still there. */
pinakes_status segment_writer_finish(struct segment_writer *writer, const struct segment_identity *identity,
                                     pinakes_error *error);

#endif
