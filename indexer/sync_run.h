/* What the files of one run share. */
#ifndef INDEXER_SYNC_RUN_H
#define INDEXER_SYNC_RUN_H

#include "corpus/archive.h"
#include "indexer/sync_match.h"
#include "indexer/sync_read.h"

/* The files under the paths a user named, and what becomes of them. */
struct sync {
    struct store *store; /* NULL when a run only looks */
    struct sync_watch watch;
    struct walk_list list;
    const struct reader *reader; /* the one asked for, or NULL */
    struct match match;
    pinakes_index_summary summary;
    struct arena arena;             /* for the run */
    struct arena paper_arena;       /* for the paper at hand */
    char *library_path;             /* where the library itself lies */
    struct archive_cursor archives; /* the one at hand */
    int64_t started_ns;             /* on the clock files are stamped with */
};

/* sync_file.c: brings the library in step with one file. */
pinakes_status sync_file(struct sync *sync, const struct walk_file *file, pinakes_error *error);

/* sync_file.c: reads one file as sync_file() would, and only tells the caller what is in it. */
pinakes_status sync_preview_file(struct sync *sync, const struct walk_file *file, pinakes_error *error);

/* sync_vanished.c: finds what the library knows below the paths and the run did not find. Before any file is read: a
 * paper of a file that was renamed is then known again. */
pinakes_status sync_find_vanished(struct sync *sync, pinakes_error *error);

/* sync_vanished.c: the error for a path where there is nothing. */
pinakes_status sync_nothing_there(const char *path, pinakes_error *error);

#endif
