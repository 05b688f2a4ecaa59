#include "api/library.h"
#include "base/arena.h"
#include "base/error.h"
#include "indexer/sync.h"

#include <stdlib.h>

/* What the caller sees comes first: one is freed by the other's address. */
struct owned_comparison {
    pinakes_comparison shown;
    struct arena arena;
};

pinakes_status pinakes_compare(pinakes_library *library, const char *const *paths, size_t path_count,
                               const pinakes_index_options *options, pinakes_comparison **out, pinakes_error *error)
{
    struct owned_comparison *owned = calloc(1, sizeof *owned);
    if (owned == NULL)
        return error_no_memory(error);
    const pinakes_status status =
        sync_compare(library->store, paths, path_count, options, &owned->arena, &owned->shown, error);
    if (status == PINAKES_OK)
        *out = &owned->shown;
    else
        pinakes_comparison_free(&owned->shown);
    return status;
}

void pinakes_comparison_free(pinakes_comparison *comparison)
{
    struct owned_comparison *owned = (struct owned_comparison *)comparison;
    if (owned == NULL)
        return;
    arena_free(&owned->arena);
    free(owned);
}
