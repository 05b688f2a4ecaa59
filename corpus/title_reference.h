/* References: "A. Author and B. Author. Title. Venue 2021", and the other orders. */
#ifndef CORPUS_TITLE_REFERENCE_H
#define CORPUS_TITLE_REFERENCE_H

#include "corpus/title.h"

/* Takes the line apart as a reference: authors, title and where it appeared, in the orders that people write them.
 * False when it is none, and the title stays as it was. */
bool title_read_reference(struct title *title);

/* The same of three parts with one mark between them: who and the title, in either order, and when. */
bool title_read_parted(struct title *title);

#endif
