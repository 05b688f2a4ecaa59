/* What headings are called above parts of a page that tell of the paper itself, or of others. */
#ifndef CORPUS_HEADING_NAMES_H
#define CORPUS_HEADING_NAMES_H

#include "base/span.h"

#include <stdbool.h>

/* "References", "Further reading": below it papers are listed that something else builds on. */
bool is_reference_heading(struct span words);

/* "Paper information", "Metadata": below it the record of the paper stands, wherever in its notes. */
bool is_record_heading(struct span words);

/* "What is the main idea?", "Why did this paper have an impact?": a part of its notes, in small letters as no title
 * is. */
bool asks_about_paper(struct span words);

#endif
