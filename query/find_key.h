/* From a key, a DOI or an identifier of arXiv's or PubMed's to its paper. */
#ifndef QUERY_FIND_KEY_H
#define QUERY_FIND_KEY_H

#include "base/arena.h"
#include "indexer/store.h"

#include <stdbool.h>

/* Sets `*paper` to the id of the paper with that key, and `*found`. A key that no paper has may be a DOI, an arXiv
 * identifier or "PMID:30000001", also as an address. */
pinakes_status find_key(struct store *store, struct span key, int64_t *paper, bool *found, pinakes_error *error);

/* The same, but PINAKES_NOT_FOUND with the closest keys named when there is none. `scratch` is left to the caller. */
pinakes_status require_key(struct store *store, const char *key, struct arena *scratch, int64_t *paper,
                           pinakes_error *error);

#endif
