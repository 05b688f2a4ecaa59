/* A set of absolute paths, and whether it covers another. */
#ifndef INDEXER_SYNC_PATHS_H
#define INDEXER_SYNC_PATHS_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct path_set {
    struct span *paths; /* sorted bytewise */
    size_t count;
};

/* The set of `paths`, which must outlive it; lives in `arena`. False when memory is short. */
bool path_set_make(struct arena *arena, const char *const *paths, size_t count, struct path_set *out);

bool path_set_has(const struct path_set *set, struct span path);

/* Whether a folder above `path` is in the set. */
bool path_set_has_above(const struct path_set *set, struct span path);

#endif
