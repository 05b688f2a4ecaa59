/* Papers that a library has more than once. */
#ifndef QUERY_DUPLICATES_H
#define QUERY_DUPLICATES_H

#include "base/arena.h"
#include "indexer/join_rules.h"
#include "indexer/store.h"
#include "pinakes.h"

/* pinakes_find_duplicates() inside a read transaction: everything in `arena`, whose memory grows with the library.
 * Pairs that `rules` say are two papers are left out. */
pinakes_status duplicates_find(struct store *store, const struct join_rules *rules, struct arena *arena,
                               pinakes_duplicates *out, pinakes_error *error);

#endif
