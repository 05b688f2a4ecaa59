/* What a page on a paper is called in front of the paper's title: "Paper notes: ", "论文笔记 ", 'Summary of "'. */
#ifndef CORPUS_TITLE_PAGE_FRONT_H
#define CORPUS_TITLE_PAGE_FRONT_H

#include "base/span.h"
#include "corpus/stamp.h"

#include <stdbool.h>

/* "Paper notes", but not "A Review" or "Problems and Solutions", which end titles behind a colon. */
bool names_reading(struct span name);

/* "Paper notes: Title", "[Paper Review] Title": a page's name in front says nothing of the paper. */
struct span without_page_in_front(struct span text);

/* "论文笔记 Title", "论文笔记-Title": the same in letters that the title has none of, whatever stands between. */
struct span without_wide_page_in_front(struct span text);

/* 'Summary of "Title"', 'Notes on "Title" (QX)', "Review of OSDI'31 'Title'": the words in quotes, when they are all
 * that stands behind but for a name in brackets. Where it appeared may stand in front. */
struct span without_summary_in_front(struct span text, struct stamp *stamp);

/* "复现《Quiet Caches for Pages》": words in another script in front of the marks of a title. */
struct span without_wide_words_in_front(struct span text);

#endif
