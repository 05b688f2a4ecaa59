/* What a paper is called: a key people can read, type and cite, and the identity by which it is known again. */
#ifndef INDEXER_KEY_H
#define INDEXER_KEY_H

#include "base/span.h"
#include "corpus/paper.h"
#include "indexer/analyzer.h"

#include <stdbool.h>
#include <stdint.h>

/* Room for every key and its NUL. */
enum { KEY_BYTES = 768 };

/* Whether some paper has that key already. */
typedef bool key_taken(void *context, const char *key);

/* Writes a key to `key` that is not taken. What the source calls the paper is its key, if that can be typed and cited:
 * up to 200 bytes without white space, control characters, or what shells, BibTeX and lists give a meaning of their
 * own. Else it is made of ASCII letters, digits and hyphens:
 *   waldspurger1994-lottery   first author, year, first content word of the title
 *   oasis2025                 without authors: the name before the title's colon, if it has at most three words,
 *   scalable-far-memory2025   or the first three content words
 *   paper-3f9a1c2b-2025       for a title without a single Latin letter or digit
 * A key that is taken grows by the title's further content words ("oasis2025-pooling"), then by a number
 * ("oasis2025-pooling-2"); one of the source's grows by a number at once. Fails only for lack of memory
 * (PINAKES_NO_MEMORY). */
pinakes_status key_choose(struct analyzer *analyzer, const struct paper *paper, key_taken *taken, void *context,
                          char key[KEY_BYTES], pinakes_error *error);

/* A number for the words of the title, however they are spaced, cased or accented, and the year. */
uint64_t key_identity(struct analyzer *analyzer, struct span title, int year);

#endif
