/* The marks inside a line of Org. */
#ifndef CORPUS_ORG_INLINE_H
#define CORPUS_ORG_INLINE_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct org_inline {
    struct span url;               /* of the first link to elsewhere, verbatim; empty when there is none */
    size_t label_first, label_end; /* of the link or bold part that opens the text; equal when nothing does */
    bool label_is_link;
};

/* Blanks in `words`, a copy of `text` of the same length, every byte that is no word: the marks and targets of links,
 * marks of emphasis, time stamps, footnotes, citations, counts of what is done, addresses. */
void org_inline_read(struct span text, char *words, struct org_inline *out);

#endif
