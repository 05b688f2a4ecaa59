/* Files of the user's beside a library. */
#ifndef API_BESIDE_H
#define API_BESIDE_H

#include "base/arena.h"
#include "indexer/store.h"

/* The path of the file `name` in the library's folder; NULL when memory is short. */
const char *beside_library(const struct store *store, const char *name, struct arena *arena);

#endif
