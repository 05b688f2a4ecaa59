/* From the bytes of one source to paper records: one reader a format, one interface. */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "base/span.h"
#include "corpus/paper.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stdint.h>

/* Raised when a reader would find other papers in a file than before: files that did not change are then read anew. */
enum { READERS_VERSION = 1 };

/* One source, whole, as valid UTF-8 without a byte order mark; line ends are as they were. */
struct source_text {
    const char *name; /* for messages */
    struct span text;
};

/* Where a reader puts what it finds. */
struct paper_sink {
    void *context;
    /* Called for every paper in the order of the source. Anything but PINAKES_OK stops the reader, which returns it. */
    pinakes_status (*paper)(void *context, const struct paper *paper, pinakes_error *error);
    /* A line that was not understood; the reader goes on. May be NULL. */
    void (*notice)(void *context, uint32_t line, const char *message);
};

struct reader {
    const char *name; /* what --format takes */
    /* How sure the reader is, from the content and the name, that this source is its own: 0 (no) to 100. */
    int (*claims)(const struct source_text *source);
    /* Gives every paper of the source to `sink`. A source that holds none is no error. */
    pinakes_status (*read)(const struct source_text *source, const struct paper_sink *sink, pinakes_error *error);
};

extern const struct reader reader_notes;    /* notes_reader.c: loose notes */
extern const struct reader reader_markdown; /* markdown_reader.c */

/* The reader with that name, or NULL. */
const struct reader *reader_named(const char *name);

/* The reader that claims `source` the most, or NULL when none does. */
const struct reader *reader_for(const struct source_text *source);

/* The names of all readers, for messages: "notes, markdown". */
const char *reader_names(void);

#endif
