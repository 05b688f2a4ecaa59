/* A title as a reference of its page spells it. */
#ifndef CORPUS_TITLE_SPELLED_H
#define CORPUS_TITLE_SPELLED_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>

/* Whether `spelled`, the same title, has marks that `title` leaves out, as where it is called after a file: "QX: Are
 * Pages Quiet?" of "QX.Are.Pages.Quiet". */
bool title_lacks_marks(struct span title, struct span spelled);

/* `spelled` with the capitals of `title`, for bibliographies leave them out: owned by the arena, as long as `spelled`;
 * NULL when memory is short. */
const char *title_with_marks(struct arena *arena, struct span title, struct span spelled);

#endif
