/* An answer about one moment of a library, however many statements it takes and whoever writes meanwhile. */
#ifndef QUERY_MOMENT_H
#define QUERY_MOMENT_H

#include "indexer/store.h"

/* Calls `answer` inside a read transaction, or in the transaction that is open already, and returns what it returns. */
pinakes_status moment_answer(struct store *store, pinakes_status (*answer)(void *context, pinakes_error *error),
                             void *context, pinakes_error *error);

#endif
