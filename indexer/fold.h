/* One spelling for all ways of writing a word: NFKC, case folding, no diacritics. */
#ifndef INDEXER_FOLD_H
#define INDEXER_FOLD_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes the folded form of `raw` (valid UTF-8, a word as the scanner found it) to `out` and returns its bytes, at most
 * `capacity` (all of which may be written to); a longer word is cut between two characters. Apostrophes, thousands
 * separators, soft hyphens and zero-width characters vanish. Accents go from Latin, Greek and Cyrillic letters only;
 * elsewhere a mark makes another letter. */
size_t fold_word(struct span raw, bool is_ascii, char *out, size_t capacity);

#endif
