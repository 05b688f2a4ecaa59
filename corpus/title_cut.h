/* Taking off a title what stands behind it: the pieces that title.c and title_reference.c have in common. */
#ifndef CORPUS_TITLE_CUT_H
#define CORPUS_TITLE_CUT_H

#include "corpus/title.h"

enum { TITLE_MOST_TAILS = 4 }; /* that stand one behind the other */

/* `text` without the marks that only joined it to what was cut off behind. */
struct span title_trim_tail(struct span text);

/* Notes a venue, a year or both that stood beside the title. */
void title_add_stamp(struct title *title, const struct stamp *stamp);

/* Cuts the longest tail behind a joint that is a stamp: "Title, OSDI 2020, best paper". False when there is none. */
bool title_cut_stamp(struct title *title);

#endif
