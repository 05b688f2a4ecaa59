/* Papers that a library has more than once. */
#ifndef QUERY_DUPLICATES_H
#define QUERY_DUPLICATES_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"

/* pinakes_find_duplicates() inside a read transaction: everything in `arena`, whose memory grows with the library.
 *
 * Papers are the same when they have one DOI, or one arXiv identifier, or one title, word for word, with the same first
 * author and years that are at most one apart, as a preprint's and its publication's are; where one of them does not say
 * who or when, the title must have four words. They are perhaps the same when they have a first author and years like
 * that and titles of which one begins with the whole other, or that share nine of ten words; numbers have to agree, so
 * that Part I is not Part II. */
pinakes_status duplicates_find(struct store *store, struct arena *arena, pinakes_duplicates *out, pinakes_error *error);

#endif
