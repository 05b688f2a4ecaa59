/* One file of a run, from its bytes to its papers; used alike with and without a library. */
#ifndef INDEXER_SYNC_READ_H
#define INDEXER_SYNC_READ_H

#include "base/arena.h"
#include "corpus/reader.h"
#include "corpus/walk.h"
#include "indexer/paper_draft.h"
#include "indexer/sync_watch.h"

/* The reader `options` ask for, NULL when the content is to decide. PINAKES_BAD_INPUT when there is none of that
 * name. */
pinakes_status reader_asked_for(const pinakes_index_options *options, const struct reader **out, pinakes_error *error);

/* Lists the files under `paths`. A path where there is nothing is kept as a missing root; one that cannot be looked
 * into is an error, unless the run `is_refresh`. The list lives in `arena`. */
pinakes_status sync_walk(struct sync_watch *watch, struct arena *arena, const char *const *paths, size_t path_count,
                         bool is_refresh, struct walk_list *out, pinakes_error *error);

struct file_reading {
    struct sync_watch *watch;
    struct arena *arena;  /* reset for every paper */
    struct arena folders; /* the same, of what the folders say; freed by who made this */
    const struct walk_file *file;
    bool keeps_going;            /* a record that cannot be read is passed over */
    const struct reader *reader; /* NULL at first unless it was asked for; then the one that read the file */
    /* Where the papers go, with a draft when one was made ahead; NULL when nobody but the caller's options->paper wants
     * them. */
    pinakes_status (*keep)(void *context, const struct paper *paper, const struct paper_draft *draft,
                           pinakes_error *error);
    void *context;
    uint64_t papers;
    uint64_t faults;       /* records passed over */
    bool is_cut;           /* the file ended in the midst of its packed bytes */
    struct stream *stream; /* the file, while it is read as one; else NULL */
    uint64_t bytes_before; /* watch->progress.bytes_done when the file was begun */
};

/* Gives the papers of a file that was loaded as text to `keep`, then to options->paper. When there is none, `*why` says
 * so for people, else it is NULL. */
pinakes_status sync_read_papers(struct file_reading *reading, struct span text, const char **why, pinakes_error *error);

/* The same for a file that reading->reader reads as a stream. A record that is no paper, and a file that ends in the
 * midst of its packed bytes, are errors, or notices when the caller wants to keep going. */
pinakes_status sync_read_stream(struct file_reading *reading, struct stream *stream, const char **why,
                                pinakes_error *error);

/* The path of a file for messages. */
const char *sync_path_shown(const struct walk_file *file);

#endif
