/* The HTML that titles, abstracts and notes of bibliographic services carry. */
#ifndef CORPUS_HTML_H
#define CORPUS_HTML_H

#include "base/arena.h"
#include "base/span.h"

/* `source` without the tags of running text (also those of JATS, which publishers use), and with the commonest
 * character references resolved; a paragraph ends in an empty line. What is no such tag stays: "List<T>". The text is
 * `source` itself when there is nothing to change, else it lives in `arena`. A NULL `at` when memory is short. */
struct span html_text(struct arena *arena, struct span source);

#endif
