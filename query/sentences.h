/* Where the sentences of a passage begin and end. */
#ifndef QUERY_SENTENCES_H
#define QUERY_SENTENCES_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Goes through one passage. `source` is verbatim; `words` has the same length and mark-up blanked, so that a sentence
 * ends where its words do and keeps the mark-up that touches it. */
struct sentences {
    struct span source;
    struct span words;
    size_t at;            /* where the next sentence may begin */
    unsigned next_number; /* the number the next item of a list inside the line would bear */
    size_t no_second;     /* up to here, and behind `at`, no item bears the number 2 */
};

void sentences_start(struct sentences *sentences, struct span source, struct span words);

/* The next sentence, as bytes of the passage without the white space around it; false at the end.
 *
 * A sentence ends with . ! ? or … before white space, closing quotes and brackets included, and with 。！？ anywhere.
 * No end is the full stop of an abbreviation ("e.g.", "et al.", "Fig. 3"), of an initial ("J. Smith"), of a number
 * in a list ("1. CXL ... 2. RDMA ..."), or one behind a short word, or one with inner full stops, that a small letter
 * follows, perhaps behind a bracket. The items of such a list, and of a list of bullets, are sentences of their own. A
 * line break alone ends nothing. */
bool sentences_next(struct sentences *sentences, size_t *start, size_t *bytes);

#endif
