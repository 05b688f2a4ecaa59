/* Papers whose title is the query: who writes a whole title wants that paper. */
#ifndef QUERY_TITLED_H
#define QUERY_TITLED_H

#include "query/finding.h"

/* Puts the papers found that have the whole query as their title, whatever its case and punctuation, in front of all
 * others when the order is that of scores; everything else stays as it was. `finding` has been run; its page is made
 * anew in `scratch`, and `titled` set to how many of these papers begin it. */
pinakes_status titled_first(struct finding *finding, pinakes_error *error);

#endif
