/* Bringing a library in step with files. */
#ifndef INDEXER_SYNC_H
#define INDEXER_SYNC_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"

/* Called inside the transaction with the ids of the papers that are new or have other text than before (`ids` may
 * be NULL when `count` is 0), after all papers are written: topics are assigned here. */
typedef pinakes_status sync_hook(void *context, const int64_t *ids, size_t count, pinakes_error *error);

/* pinakes_index() (include/pinakes.h) over an open store. `hook` may be NULL. `*hook_changed` is set by the hook's
 * owner when the hook itself changed stored data, so that the generation grows. */
pinakes_status sync_paths(struct store *store, const char *const *paths, size_t path_count,
                          const pinakes_index_options *options, sync_hook *hook, void *hook_context,
                          const bool *hook_changed, pinakes_index_summary *summary, pinakes_error *error);

/* pinakes_forget(). */
pinakes_status sync_forget(struct store *store, const char *const *paths, size_t path_count,
                           pinakes_index_summary *summary, pinakes_error *error);

/* pinakes_compare(); `*out` lives in `arena`. */
pinakes_status sync_compare(struct store *store, const char *const *paths, size_t path_count,
                            const pinakes_index_options *options, struct arena *arena, pinakes_comparison *out,
                            pinakes_error *error);

/* pinakes_preview(): the same reading, no store. */
pinakes_status sync_preview(const char *const *paths, size_t path_count, const pinakes_index_options *options,
                            pinakes_index_summary *summary, pinakes_error *error);

#endif
