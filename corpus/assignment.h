/* What a course says behind a title of which part is to be read. */
#ifndef CORPUS_ASSIGNMENT_H
#define CORPUS_ASSIGNMENT_H

#include "base/span.h"

/* A title without it: "Quiet Pages (up to section 3)", "Loud Pages (optional)". */
struct span without_assignment_behind(struct span title);

#endif
