/* The BibTeX entry that people paste below their notes on a paper. */
#ifndef CORPUS_MARKDOWN_CITATION_H
#define CORPUS_MARKDOWN_CITATION_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/markdown_meta.h"

#include <stdbool.h>
#include <stdint.h>

/* Fills what `meta` does not know yet, authors, venue, year and identifiers, from the one entry that stands in the code
 * of `body`, whose first line is `first_line`. It must be on the paper `title`; where that is but a name, as `is_short`
 * says, the entry gives the title as well. False when there is none, several, or one on another paper; memory that is
 * short sets meta->failed. */
bool meta_take_citation(struct arena *arena, struct meta *meta, struct span title, bool is_short, struct span body,
                        uint32_t first_line);

#endif
