#include "api/library.h"
#include "api/owned.h"
#include "base/error.h"
#include "indexer/sync.h"

pinakes_status pinakes_compare(pinakes_library *library, const char *const *paths, size_t path_count,
                               const pinakes_index_options *options, pinakes_comparison **out, pinakes_error *error)
{
    pinakes_comparison *comparison = owned_create(sizeof *comparison);
    if (comparison == NULL)
        return error_no_memory(error);
    const pinakes_status status =
        sync_compare(library->store, paths, path_count, options, owned_arena(comparison), comparison, error);
    if (status == PINAKES_OK)
        *out = comparison;
    else
        owned_free(comparison);
    return status;
}

void pinakes_comparison_free(pinakes_comparison *comparison)
{
    owned_free(comparison);
}
