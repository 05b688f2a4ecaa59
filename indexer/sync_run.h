/* What the files of one run share. */
#ifndef INDEXER_SYNC_RUN_H
#define INDEXER_SYNC_RUN_H

#include "corpus/archive.h"
#include "indexer/roots.h"
#include "indexer/sync.h"
#include "indexer/sync_match.h"
#include "indexer/sync_read.h"

/* The files under the paths a user named, and what becomes of them. */
struct sync {
    struct store *store; /* NULL when a run only looks */
    struct sync_watch watch;
    struct walk_list list;
    struct root_list known_roots; /* those of the library */
    struct root_list roots;       /* the same and those named to this run, as this run reads them */
    const struct reader *reader;  /* the one asked for, or NULL */
    bool is_refresh;              /* what cannot be read now is told and keeps its papers, also a root */
    struct match match;
    const struct sync_company *company;
    pinakes_index_summary summary;
    struct arena arena;             /* for the run */
    struct arena paper_arena;       /* for the paper at hand */
    char *library_path;             /* where the library itself lies */
    struct archive_cursor archives; /* the one at hand */
    int64_t started_ns;             /* on the clock files are stamped with */
};

/* sync.c: the last step of a run that writes: topics, and the end of the transaction, good or bad by `status`. */
pinakes_status sync_end(struct sync *sync, pinakes_status status, pinakes_error *error);

/* sync_file.c: brings the library in step with one file. */
pinakes_status sync_file(struct sync *sync, const struct walk_file *file, pinakes_error *error);

/* sync_rules.c: tells the caller of each rule on duplicates that names a key no record has. After all were read. */
pinakes_status sync_tell_idle_rules(struct sync *sync, pinakes_error *error);

/* sync_roots.c: which files lie under the paths, or under all roots when there is no path. */
pinakes_status sync_find_files(struct sync *sync, const char *const *paths, size_t path_count, pinakes_error *error);

/* sync_roots.c: remembers the paths as roots. Inside the transaction. */
pinakes_status sync_remember_roots(struct sync *sync, pinakes_error *error);

/* sync_roots.c: forgets the roots that are not there and whose papers all turned up elsewhere: they were moved. */
pinakes_status sync_forget_moved_roots(struct sync *sync, pinakes_error *error);

/* sync_conventions.c: sets what holds for each file by a pinakes.ini in its folder, or the nearest above it. */
pinakes_status sync_find_conventions(struct sync *sync, pinakes_error *error);

/* sync_roots.c: the path this run is about, of those named or of all roots, or NULL when `path` is none of them. */
const struct walk_root *sync_root_named(const struct sync *sync, const char *path);

/* sync_roots.c: how a file is read. */
const struct reader *sync_reader_of(const struct sync *sync, const struct walk_file *file);
bool sync_keeps_going(const struct sync *sync, const struct walk_file *file);
bool sync_reads_pdf(const struct sync *sync, const struct walk_file *file);

struct source_row;

/* What a comparison sees in a file. */
struct file_look {
    bool is_readable; /* if not, a run would leave the file's papers as they are: the caller was told so */
    uint64_t hash;    /* as the library remembers it; only of a file it knows */
};

/* sync_file.c: opens a file as sync_file() would, and leaves it at that. */
pinakes_status sync_look_into(struct sync *sync, const struct walk_file *file, const struct source_row *known,
                              struct file_look *out, pinakes_error *error);

/* sync_file.c: whether the file must be what it was when the library read it: its size and stamp say so. */
bool sync_file_is_unchanged(const struct sync *sync, const struct walk_file *file, const struct source_row *known);

/* sync_file.c: whether the reader of the file is still the one that read it. */
bool sync_file_is_read_alike(const struct sync *sync, const struct walk_file *file, const struct source_row *known);

/* sync.c: whether the file can hold papers: it is neither a part of the library nor says how others are read. */
bool sync_is_source(const struct sync *sync, const struct walk_file *file);

/* sync_file.c: reads one file as sync_file() would, and only tells the caller what is in it. */
pinakes_status sync_preview_file(struct sync *sync, const struct walk_file *file, pinakes_error *error);

/* What became of a file the library knows below a root, and that a run did not find. */
enum fate {
    FATE_UNKNOWN,  /* it lies where the run could not look */
    FATE_AWAY,     /* its root is not there: a disk that is not mounted, more likely than a loss */
    FATE_AWAY_TOO, /* the same, of a root this run is not about */
    FATE_VANISHED, /* it is gone */
};

struct known_source;

/* sync_vanished.c: tells `lost` of each such file. The roots that are away are told to the caller. */
pinakes_status sync_find_lost(struct sync *sync,
                              pinakes_status (*lost)(struct sync *sync, const struct known_source *known,
                                                     enum fate fate, void *context, pinakes_error *error),
                              void *context, pinakes_error *error);

/* sync_vanished.c: the same for a run that writes, before any file is read: a paper of a file that was renamed is then
 * known again. */
pinakes_status sync_find_vanished(struct sync *sync, pinakes_error *error);

/* sync_vanished.c: the error for a path where there is nothing. */
pinakes_status sync_nothing_there(const char *path, pinakes_error *error);

#endif
