/* Titles behind where they appeared, the parts divided by dashes, as people name files: "2031 - OSDI - Title". */
#ifndef CORPUS_DASHED_RECORD_H
#define CORPUS_DASHED_RECORD_H

#include "base/span.h"
#include "corpus/stamp.h"

#include <stdbool.h>

struct dashed_record {
    struct stamp stamp;
    struct span authors; /* empty when it names none */
    struct span title;
};

/* "2031 - OSDI - Title", "OSDI - 2031 - Title", "2031 - Journal of Pages - Example, Sample - Title": false when `text`
 * is none. The parts lie in `text`. */
bool dashed_record_read(struct span text, struct dashed_record *record);

#endif
