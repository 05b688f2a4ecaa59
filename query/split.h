/* Which words the library knows, and how one word falls into several of them: "kvcache" into "kv" and "cache". */
#ifndef QUERY_SPLIT_H
#define QUERY_SPLIT_H

#include "base/span.h"
#include "indexer/analyzer.h"
#include "query/parser.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    SPLIT_BYTES_MIN = 4,
    SPLIT_BYTES_MAX = 32, /* of a word that is looked up or split */
    SPLIT_PARTS_MAX = 4,
    SPLITS_MAX = 2, /* ways to split one word that are worth trying together */
};

/* The vocabulary as one query may use it: after so many questions it knows nothing more, so that a text pasted whole
 * costs no more than a long question. */
struct known_words {
    const struct vocabulary *vocabulary; /* NULL: nothing is known */
    struct analyzer *analyzer;
    unsigned look_ups; /* made so far */
};

/* Whether the folded `word` stands in the library, as written or by its stem. */
bool split_is_known(struct known_words *known, struct span word);

/* What a term or prefix weighs in the library; 0 when no paper holds it, or nothing is known. */
double split_idf(struct known_words *known, const struct node *word);

/* The parts of one split: part i is bytes [cuts[i], cuts[i + 1]) of the word. */
struct split {
    size_t cuts[SPLIT_PARTS_MAX + 1];
    size_t part_count;
};

/* Splits `word` (ASCII letters and digits, SPLIT_BYTES_MIN to SPLIT_BYTES_MAX of them) into the fewest known words,
 * none a stop word or a single letter, no number cut in two. Returns the number of ways found. */
size_t split_word(struct known_words *known, struct span word, struct split splits[SPLITS_MAX]);

#endif
