/* Bringing a library in step with files. */
#ifndef INDEXER_SYNC_H
#define INDEXER_SYNC_H

#include "base/arena.h"
#include "indexer/join_rules.h"
#include "indexer/paper_draft.h"
#include "indexer/store.h"
#include "pinakes.h"

/* Called inside the transaction with the ids of the papers that are new and pass the screen, or have other text than
 * before (`ids` may be NULL when `count` is 0), after all papers are written: topics are assigned here. */
typedef pinakes_status sync_hook(void *context, const int64_t *ids, size_t count, pinakes_error *error);

/* Whether a paper that is new need be told to the hook at all, by its words. */
typedef bool sync_screen(void *context, const struct paper_draft *draft);

/* What the callers of a run that writes bring. All zero is allowed. */
struct sync_company {
    sync_hook *hook;
    sync_screen *screen;      /* NULL: all are told */
    void *hook_context;       /* of both */
    const bool *hook_changed; /* set by the hook when it changed stored data itself, so that the generation grows */
    const struct join_rules *rules; /* which records are one paper (join_rules.h) */
};

/* pinakes_index() (include/pinakes.h) over an open store. */
pinakes_status sync_paths(struct store *store, const char *const *paths, size_t path_count,
                          const pinakes_index_options *options, const struct sync_company *company,
                          pinakes_index_summary *summary, pinakes_error *error);

/* pinakes_forget(). */
pinakes_status sync_forget(struct store *store, const char *const *paths, size_t path_count,
                           const struct sync_company *company, pinakes_index_summary *summary, pinakes_error *error);

/* pinakes_compare(); `*out` lives in `arena`. */
pinakes_status sync_compare(struct store *store, const char *const *paths, size_t path_count,
                            const pinakes_index_options *options, struct arena *arena, pinakes_comparison *out,
                            pinakes_error *error);

/* pinakes_preview(): the same reading, no store. */
pinakes_status sync_preview(const char *const *paths, size_t path_count, const pinakes_index_options *options,
                            pinakes_index_summary *summary, pinakes_error *error);

#endif
