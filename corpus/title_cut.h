/* What a line of a title holds beside it, taken off piece by piece: shared by the files that do. */
#ifndef CORPUS_TITLE_CUT_H
#define CORPUS_TITLE_CUT_H

#include "corpus/title.h"

/* `text` without the marks that only joined it to what was cut off behind. */
struct span title_trim_tail(struct span text);

/* Notes a venue, a year or both that stood beside the title. */
void title_add_stamp(struct title *title, const struct stamp *stamp);

/* Cuts the longest tail behind a joint that is a stamp: "Title, OSDI 2020, best paper". False when there is none. */
bool title_cut_stamp(struct title *title);

/* Takes the line apart as a reference: authors, title and where it appeared, in the orders that people write them. False
 * when it is none, and the title stays as it was. */
bool title_read_reference(struct title *title);

#endif
