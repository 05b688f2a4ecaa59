/* What the user says of duplicates. */
#ifndef API_DUPLICATES_FILE_H
#define API_DUPLICATES_FILE_H

#include "base/arena.h"
#include "indexer/join_rules.h"
#include "indexer/store.h"

/* All zero at first; the rules live in the arena. */
struct duplicates_file {
    struct arena arena;
    struct join_rules rules;
};

/* Reads duplicates.txt beside the library, if it is there. Free `out->arena`, failed or not. PINAKES_BAD_INPUT and
 * PINAKES_IO name the file. */
pinakes_status duplicates_file_load(const struct store *store, struct duplicates_file *out, pinakes_error *error);

#endif
