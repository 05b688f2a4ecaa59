/* Sealing: making the ranked index of a library anew, and what library.db remembers of the last one. */
#ifndef INDEXER_SEAL_H
#define INDEXER_SEAL_H

#include "indexer/analysis.h"
#include "indexer/segment.h"
#include "indexer/store.h"

#include <stdbool.h>

/* What has changed since the last seal. */
struct seal_state {
    bool is_sealed;                   /* false: there is no ranked index to expect */
    struct segment_identity identity; /* of the one there is */
    int64_t last_paper;               /* papers with a greater id came later */
    uint64_t unsealed; /* papers up to that one that were changed or removed since: the rows of the table unsealed */
};

/* Reads it, in the transaction that is open. */
pinakes_status seal_state(struct store *store, struct seal_state *out, pinakes_error *error);

/* Where the ranked index of a library lies: its path with "-segment" behind. The caller frees it; NULL when memory is
 * short. */
char *seal_path(const struct store *store);

/* Opens the ranked index that `state` tells of. A seal puts it in place before the library remembers it: in between,
 * and for good if it was killed there, it is that of the library's own generation, since nothing has changed; `state`
 * is then made what the seal would have left. Fails as segment_open() does; `*out` is freed with segment_close(). */
pinakes_status seal_open(struct store *store, struct seal_state *state, struct segment **out, pinakes_error *error);

struct seal_progress {
    uint64_t papers_done, papers_total;
};

/* Seals the library in a transaction of its own; PINAKES_BUSY when another process is writing. `each` is called now and
 * then; returning false stops with PINAKES_CANCELLED and leaves the library and its ranked index as they were. */
pinakes_status seal_library(struct store *store, bool (*each)(void *context, const struct seal_progress *progress),
                            void *context, pinakes_error *error);

/* How many papers the ranked index does not answer for: those that were added, changed or removed since. */
pinakes_status seal_pending(struct store *store, const struct seal_state *state, uint64_t *out, pinakes_error *error);

/* Whether a library of so many papers is worth a ranked index. */
bool seal_pays(uint64_t papers);

/* Whether so many papers have changed that a new seal pays, or the ranked index there was cannot be used. */
pinakes_status seal_is_worth_it(struct store *store, bool *out, pinakes_error *error);

/* Checks the ranked index against its own checksums and against the papers it should hold; a library without one is
 * sound. PINAKES_DAMAGED names what does not hold. */
pinakes_status seal_verify(struct store *store, pinakes_error *error);

/* Gives a paper to a writer, for those who fill one. */
struct segment_writer;
struct segment_paper;
pinakes_status seal_add_paper(struct segment_writer *writer, const struct segment_paper *paper,
                              const struct analysis *analysis, pinakes_error *error);

#endif
