/* Names that a source writes all in capitals, as people write them. */
#ifndef CORPUS_CAPITALS_H
#define CORPUS_CAPITALS_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

/* Whether a letter that has a capital stands in `text` as a small one. */
bool has_small_letters(struct span text);

/* Whether `text` is all in capitals, and has a word that is too long for an acronym. */
bool capitals_may_be_words(struct span text);

/* "Journal of the ACM" for "JOURNAL OF THE ACM": little words small, known acronyms as they are, any other word small
 * behind its first letter. In the arena, at == NULL when memory is short. */
struct span capitals_of_venue(struct arena *arena, struct span text);

/* "O'Brien", "Jean-Luc", "McDonald", "de la Cruz" for a part of a person's name in capitals. Given names of up to three
 * letters stay: they may be initials. A part with small letters is given back as it is. In the arena, at == NULL when
 * memory is short. */
struct span capitals_of_person(struct arena *arena, struct span text, bool is_given);

#endif
