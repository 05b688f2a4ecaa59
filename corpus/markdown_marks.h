/* What Markdown has no mark for, or hides, put as it understands it. */
#ifndef CORPUS_MARKDOWN_MARKS_H
#define CORPUS_MARKDOWN_MARKS_H

#include <stddef.h>

/* Makes items of the lines of `text` that open with a mark that only people take for one, "[3] ", "(3) ", "3、", "•",
 * or ": 1. ", and paragraphs of titles in front of links that a break ends, "Title [pdf](https://...)<br>", where there
 * are several; blanks what a page does not show: comments, scripts and styles. No byte moves, and nothing within code
 * changes. */
void marks_settle(char *text, size_t len);

#endif
