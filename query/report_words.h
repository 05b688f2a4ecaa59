/* From the companions of a keyword, which are stems, to words as they are written. */
#ifndef QUERY_REPORT_WORDS_H
#define QUERY_REPORT_WORDS_H

#include "base/arena.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/companions.h"
#include "query/roster.h"

enum {
    REPORT_BEST_PAPERS = 4,    /* looked through for how words are written */
    REPORT_WORDS_FOR_EACH = 2, /* companions looked at for each one shown: parts of others are left out */
};

/* One keyword. */
struct report_words {
    struct store *store;
    const struct roster *roster;
    const int64_t *best; /* its first papers */
    size_t best_count;
    struct arena *arena;   /* for what is given out */
    struct arena *scratch; /* left for the caller to reset */
};

/* Gives the strongest `limit` of `list` as they are written in the best papers, else in the first paper that has them.
 * Stop words, and words that are part of one above them ("cache" below "KV-cache"), are left out. */
pinakes_status report_words_name(const struct report_words *words, const struct companion_list *list, size_t limit,
                                 const pinakes_companion **out, size_t *count, pinakes_error *error);

#endif
