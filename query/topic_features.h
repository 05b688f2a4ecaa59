/* What the papers that no topic covers are about: the words of their titles, tags and, where the papers are few enough
 * to be read whole, texts, and the pairs of words that stand side by side there. */
#ifndef QUERY_TOPIC_FEATURES_H
#define QUERY_TOPIC_FEATURES_H

#include "base/arena.h"
#include "indexer/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct topic_feature {
    struct span text;       /* as it is written first, in small letters where that is no name */
    bool is_pair;           /* of two words */
    const uint32_t *papers; /* ascending places in `papers` of those that have it, */
    const bool *in_title;   /* and whether it stands in the title of each */
    size_t count;
    size_t title_count;
};

struct topic_features {
    const int64_t *papers; /* ids, ascending, of the papers that belong to no topic */
    size_t paper_count;
    struct topic_feature *at; /* those of two papers or more, in an order that the library alone decides */
    size_t count;
    const uint32_t *words_of; /* the words (no pairs) of each paper, as places in `at`: */
    const size_t *word_start; /* those of paper i are words_of[word_start[i]] up to words_of[word_start[i + 1]] */
};

/* Inside a read transaction. Everything lives in `arena`; memory grows with the words of the papers read. */
pinakes_status topic_features_read(struct store *store, struct arena *arena, struct topic_features *out,
                                   pinakes_error *error);

#endif
