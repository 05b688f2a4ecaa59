/* How far two words are apart: the least number of characters to put in, leave out, replace, or swap with a
 * neighbour (Damerau-Levenshtein in its restricted form, "optimal string alignment": Boytsov, "Indexing methods for
 * approximate dictionary searching", 2011). */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Longer words are not compared. */
enum { DISTANCE_WORD_MAX = 48 };

/* A comparison of one word with many others that are given character by character: what words begin with in common
 * is compared once. */
struct distance {
    int32_t word[DISTANCE_WORD_MAX];
    size_t length;
    int32_t other[DISTANCE_WORD_MAX];
    size_t other_length;
    uint8_t rows[DISTANCE_WORD_MAX + 1][DISTANCE_WORD_MAX + 1]; /* one for each length of the other word's beginning */
};

/* The characters of `text` into `out`; SIZE_MAX when there are more than DISTANCE_WORD_MAX or it is not UTF-8. */
size_t distance_characters(struct span text, int32_t out[DISTANCE_WORD_MAX]);

/* Begins to compare `word`; false when it is too long. */
bool distance_start(struct distance *distance, struct span word);

/* The other word's beginning, cut to `length` characters, then made one character longer (at most
 * DISTANCE_WORD_MAX). */
void distance_push(struct distance *distance, size_t length, int32_t character);

/* How far the word is from what was pushed. */
unsigned distance_value(const struct distance *distance);

/* Whether any word that begins with what was pushed can be within `most`. */
bool distance_can_reach(const struct distance *distance, unsigned most);

/* How far two words are apart; UINT_MAX when one is too long. */
unsigned distance_between(struct span a, struct span b);

#endif
