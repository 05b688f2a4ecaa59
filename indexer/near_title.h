/* How two titles differ that are not the same. */
#ifndef INDEXER_NEAR_TITLE_H
#define INDEXER_NEAR_TITLE_H

#include "base/span.h"

#include <stdbool.h>

/* The nearest first. */
enum title_difference {
    TITLE_SPELLING, /* of four words or more: spaces, hyphens, articles, and up to two words that differ by a letter */
    TITLE_LETTERS,  /* that, but up to two words may differ more */
    TITLE_WORDS,    /* that, and one has words that the other has not */
    TITLE_MOST,     /* two of three words of the shorter one are shared */
    TITLE_OTHER,
};

/* Of titles as folded words with a space between two.
 * - A word that differs by one letter (left out, added, another, or two exchanged) has six letters, of which the first
 *   two are the same: "micro" is not "macro", nor "symmetric" "asymmetric".
 * - One that differs more has four letters and differs anywhere, but for an "a" in front; or it has another ending:
 *   "symmetry" and "symmetric".
 * - Numbers, also Roman ones, single letters and "non" have to agree; "two" may stand in what one title has more.
 * - What one title has more may not only say that it is another publication of the work: "(Extended Abstract)".
 * Words in other letters than Latin ones have to be the same. */
enum title_difference near_title(struct span a, struct span b);

/* A number, also a Roman one. */
bool title_word_is_number(struct span word);

#endif
