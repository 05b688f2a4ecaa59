/* The ranked index of a new library, gathered while its papers come in, so that sealing need not read and analyse them
 * again. Where there are two cores a thread of its own does that. Whatever goes wrong spoils it, and sealing reads the
 * papers. NULL stands for one that is spoilt. */
#ifndef INDEXER_SEAL_AHEAD_H
#define INDEXER_SEAL_AHEAD_H

#include "indexer/paper_draft.h"
#include "indexer/store.h"

struct seal_ahead;
struct segment_writer;

/* NULL when memory is short. */
struct seal_ahead *seal_ahead_begin(struct store *store);

/* Adds a paper that was written to the library; ids ascend. Waits while many wait to be gathered. */
void seal_ahead_paper(struct seal_ahead *ahead, int64_t id, const struct paper *paper, const struct paper_draft *draft);

/* A paper is not as it was added. */
void seal_ahead_spoil(struct seal_ahead *ahead);

/* Behind the commit that brought its papers: the store keeps it for the next seal, and frees it. It is given up when
 * the library is too small to be sealed. */
void seal_ahead_keep(struct seal_ahead *ahead, struct store *store);
void seal_ahead_free(struct seal_ahead *ahead);

/* The writer that holds all papers of the library as it is now, which becomes the caller's; NULL when there is none. */
struct segment_writer *seal_ahead_take(struct store *store);

#endif
