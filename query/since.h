/* "What is new since ...": from what a user writes to a generation of the library. */
#ifndef QUERY_SINCE_H
#define QUERY_SINCE_H

#include "indexer/store.h"

#include <stdbool.h>
#include <stdint.h>

struct since {
    uint64_t generation; /* papers whose `changed` is greater are new */
    bool is_day;         /* a day or moment was written, not a generation */
};

/* Reads a generation ("12"), a day ("2025-03-01") or a moment ("2025-03-01T12:00:00Z", seconds and Z as one likes),
 * both UTC: new is what came at that moment or later. PINAKES_BAD_INPUT says what is wrong with `text`, also when the
 * library never had that generation. `error` is never NULL. */
pinakes_status since_read(struct store *store, const char *text, struct since *out, pinakes_error *error);

#endif
