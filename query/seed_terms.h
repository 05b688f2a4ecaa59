/* What a paper, a reading list or a draft is about: its words, counted, as the terms of a query. */
#ifndef QUERY_SEED_TERMS_H
#define QUERY_SEED_TERMS_H

#include "base/arena.h"
#include "base/span.h"
#include "indexer/analyzer.h"
#include "query/paper_load.h"
#include "query/tree.h"

#include <stddef.h>

struct seed_terms;

/* Lives in `arena`, as everything it makes; NULL when memory is short. Memory grows with the distinct words only. `k3`
 * is BM25's (Robertson, Walker, Jones, Hancock-Beaulieu and Gatford, "Okapi at TREC-3", 1995): the greater it is, the
 * more counts that a seed has a word again. */
struct seed_terms *seed_terms_create(struct arena *arena, struct analyzer *analyzer, double k3);

/* Counts the words of `text`, each occurrence `times` times. Stop words, numbers and single letters count for nothing,
 * and all words of one stem for one. False when memory is short. */
bool seed_terms_count(struct seed_terms *terms, struct span text, unsigned times);

/* Ends one seed: several weigh the same, however long each is. */
void seed_terms_end_seed(struct seed_terms *terms);

/* Counts a paper, with its tags, as one seed. False when memory is short. */
bool seed_terms_add_paper(struct seed_terms *terms, const struct loaded_paper *paper);

/* The `limit` words that weigh most, the heaviest first, as terms (tree.h) boosted by that weight, which lies between 0
 * and k3 + 1: the mean over the seeds of (k3 + 1) f / (k3 + f) for a word that stands f times in a seed. NULL when
 * memory is short. */
struct node **seed_terms_nodes(struct seed_terms *terms, size_t limit, size_t *count);

#endif
