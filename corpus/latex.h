/* LaTeX as it stands in bibliographies, turned into plain text. */
#ifndef CORPUS_LATEX_H
#define CORPUS_LATEX_H

#include "base/arena.h"
#include "base/span.h"

/* What `source` reads as: accents, letters, Greek and signs of formulas become Unicode, braces and marks of fonts go,
 * commands that nobody lists leave their argument or their name. Line breaks stay where they are. UTF-8 in, UTF-8 out;
 * the text is `source` itself when there is nothing to change, else it lives in `arena`. A NULL `at` when memory is
 * short. */
struct span latex_text(struct arena *arena, struct span source);

/* latex_symbols.c: what a command without arguments stands for: α for "alpha". NULL when it is not listed. */
const char *latex_symbol(struct span command);

/* latex_symbols.c: the combining character of an accent, by its command: `\"` by "\"", `\c` by "c". NULL when there is
 * none. */
const char *latex_accent(struct span command);

#endif
