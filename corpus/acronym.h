/* Acronyms where a text explains them: "total cost of ownership (TCO)", "TCO (total cost of ownership)". */
#ifndef CORPUS_ACRONYM_H
#define CORPUS_ACRONYM_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct acronym {
    struct span form;    /* "TCO"; of a plural without its s */
    struct span meaning; /* "total cost of ownership": two words or more */
};

/* The next acronym that `text` explains behind byte `*at`, which moves on; false when there is none. Both are parts of
 * the text. The rules are those of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
 * biomedical text", PSB 2003, and stricter: a form has a capital and no more than ten characters, a meaning at least
 * two words. */
bool acronym_next(struct span text, size_t *at, struct acronym *out);

#endif
