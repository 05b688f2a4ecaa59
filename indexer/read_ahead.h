/* A stream of papers read by a thread of its own, which works out their drafts while others are written. */
#ifndef INDEXER_READ_AHEAD_H
#define INDEXER_READ_AHEAD_H

#include "corpus/reader.h"
#include "indexer/paper_draft.h"

/* Where the papers go, all on the calling thread and in the order of the stream. `bytes` is how far it is read. */
struct ahead_sink {
    void *context;
    pinakes_status (*paper)(void *context, const struct paper *paper, const struct paper_draft *draft, uint64_t bytes,
                            pinakes_error *error);
    void (*notice)(void *context, uint32_t line, const char *message);
    pinakes_status (*fault)(void *context, uint32_t line, const char *message, pinakes_error *error);
};

struct ahead_source {
    const struct reader *reader;
    struct stream *stream; /* nobody else's while it is read */
    const char *name;
    const struct conventions *conventions; /* may be NULL */
    struct span below;                     /* for conventions_fill() */
};

/* Reads the stream. Whatever stops it, what comes before in the stream was given to `sink`. */
pinakes_status read_ahead(const struct ahead_source *source, const struct ahead_sink *sink, pinakes_error *error);

#endif
