/* A draft of a paper being written: its words without the mark-up of LaTeX, and what it cites. */
#ifndef CORPUS_DRAFT_H
#define CORPUS_DRAFT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct draft {
    struct span title;        /* empty when it has none that is marked as one */
    struct span text;         /* words to read; commands, comments, formulas and the list of references are gone */
    const struct span *cited; /* citation keys, as \cite{KEY} or [@KEY], in the order of their first mention */
    size_t cited_count;
    const struct span *bibliographies; /* \bibliography{NAME}, \addbibresource{NAME}: file names as written */
    size_t bibliography_count;
};

/* Reads `source` (any bytes), LaTeX when the name ends in ".tex" or the text has LaTeX's commands. What `*out` points at
 * lives in `arena`, perhaps in `source` too. False when memory is short. */
bool draft_read(const char *name, struct span source, struct arena *arena, struct draft *out);

#endif
