/* Files packed together: tar, also by gzip, zstd, xz or bzip2, and zip; read with libarchive, one member after
 * another. */
#ifndef CORPUS_ARCHIVE_H
#define CORPUS_ARCHIVE_H

#include "corpus/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the name is one archives have: "notes.tar.gz", "vault.zip". */
bool archive_is_named(const char *name);

struct archive_reader;

enum archive_state {
    ARCHIVE_MEMBER,
    ARCHIVE_END,
    ARCHIVE_DAMAGED, /* or no archive at all */
    ARCHIVE_NO_MEMORY,
};

/* A regular file in an archive. */
struct archive_member {
    const char *name; /* with its folders, as it stands there; until the next call */
    int64_t size;     /* bytes; 0 when the archive tells only behind them */
    uint32_t index;   /* its place among all members, from 0 */
};

/* Opens the archive at `path`. NULL when memory is short; what is wrong with the file is told by archive_next(). */
struct archive_reader *archive_open(const char *path);
void archive_close(struct archive_reader *archive);

/* Moves to the next regular file; folders, links and what is encrypted are passed over. */
enum archive_state archive_next(struct archive_reader *archive, struct archive_member *out);

/* Why it is damaged, for people. */
const char *archive_complaint(const struct archive_reader *archive);

/* The archive at hand while members of several are read, in the order they stand there. All zero at first. */
struct archive_cursor {
    char *path; /* of the archive that is open */
    struct archive_reader *archive;
    uint32_t next; /* the first member that can still be reached */
};

/* Opens member `index` of the archive at `path`: by going on from where the cursor is, or from the beginning. The
 * stream lives until the next call at most; one that cannot be opened is in that state. NULL when memory is short. */
struct stream *archive_cursor_open(struct archive_cursor *cursor, const char *path, uint32_t index);
void archive_cursor_close(struct archive_cursor *cursor);

#endif
