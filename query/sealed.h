/* The sealed segment of a library, as far as it tells the truth at the moment of the transaction that is open. Papers
 * that came after the seal are no part of it; those that were changed or removed are stale there. */
#ifndef QUERY_SEALED_H
#define QUERY_SEALED_H

#include "indexer/segment.h"
#include "indexer/store.h"
#include "query/engine.h"
#include "query/fts5_leaves.h"
#include "query/kernels.h"
#include "query/ranked.h"
#include "query/read_papers.h"

struct sealed_moment {
    const struct segment *segment;
    struct segment_documents documents;
    const uint64_t *valid; /* bit d set: document d is not stale; NULL: none is. No bit is set behind the last one */
    const uint32_t *stale; /* ascending */
    size_t stale_count;
    struct paper_ranges tail;            /* the papers to look for elsewhere; count 0: there are none */
    const struct read_papers *tail_read; /* them, when they are few; else NULL */
    struct collection collection;        /* the whole library */
    struct searcher *searcher;
    const struct kernels *kernels; /* that its lists are read with */
};

struct sealed;

/* `*out` is owned by the caller and freed with sealed_free(). */
pinakes_status sealed_create(struct store *store, struct sealed **out, pinakes_error *error);
void sealed_free(struct sealed *sealed);

/* The segment at this moment, valid until the transaction ends; NULL when the library has to do without. Then, if
 * there should be one, sealed_complaint() says why. */
pinakes_status sealed_now(struct sealed *sealed, const struct sealed_moment **out, pinakes_error *error);

/* The segment was found damaged while it was read: until the library changes it is not used again. */
void sealed_give_up(struct sealed *sealed, const pinakes_error *why);

/* Asks for what sealed_candidate() will read, ahead of time. */
void sealed_candidate_fetch(const struct sealed_moment *moment, uint32_t document);

/* Fills in what the columns say of a document: all but its score. False when they are damaged. */
bool sealed_candidate(const struct sealed_moment *moment, uint32_t document, struct candidate *out);

/* Why the last sealed_now() gave NULL: a line that has its place on stderr; NULL when there is nothing to complain
 * of. */
const pinakes_error *sealed_complaint(const struct sealed *sealed);

#endif
