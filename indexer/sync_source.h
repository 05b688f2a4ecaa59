/* The table sources: what the library knows of each file. */
#ifndef INDEXER_SYNC_SOURCE_H
#define INDEXER_SYNC_SOURCE_H

#include "base/arena.h"
#include "corpus/walk.h"
#include "indexer/store.h"

#include <stdbool.h>
#include <stdint.h>

enum { FORMAT_BYTES = 32 };

struct source_row {
    int64_t id; /* 0: the library does not know the file */
    int64_t size, mtime_ns, ctime_ns;
    uint64_t hash;
    uint64_t papers;
    bool has_this_name;
    bool has_these_readers;    /* READERS_VERSION is that by which it was read */
    char format[FORMAT_BYTES]; /* "" for a file that held no paper */
};

/* What a run finds out about a file, to be remembered. */
struct source_state {
    const struct walk_file *file;
    int64_t mtime_ns;
    uint64_t hash;
    const char *format;
};

/* What the library knows of the file. */
pinakes_status source_find(struct store *store, const struct walk_file *file, struct source_row *out,
                           pinakes_error *error);

/* Remembers a file the library did not know, under a new id; what is new of one it knows; and forgets one, whose papers
 * must be gone. */
pinakes_status source_insert(struct store *store, const struct source_state *state, int64_t *id, pinakes_error *error);
pinakes_status source_update(struct store *store, int64_t id, const struct source_state *state, pinakes_error *error);
pinakes_status source_remove(struct store *store, int64_t id, pinakes_error *error);

/* A file the library knows. */
struct known_source {
    int64_t id;
    const char *path;
};

/* Lists the files the library knows at `root` or below it, in `arena`. */
pinakes_status sources_below(struct store *store, const char *root, struct arena *arena, struct known_source **out,
                             size_t *count, pinakes_error *error);

#endif
