#include "api/beside.h"

#include <string.h>

const char *beside_library(const struct store *store, const char *name, struct arena *arena)
{
    const char *library = store_path(store), *slash = strrchr(library, '/');
    return arena_format(arena, "%.*s%s", slash == NULL ? 0 : (int)(slash + 1 - library), library, name);
}
