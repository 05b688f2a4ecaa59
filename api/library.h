/* What stands behind a pinakes_library. */
#ifndef API_LIBRARY_H
#define API_LIBRARY_H

#include "indexer/store.h"
#include "pinakes.h"
#include "query/engine.h"

struct pinakes_library {
    struct store *store;
    struct engine *engine; /* NULL until the first search */
};

#endif
