/* The title that a block of a page holds: a link, what is in bold, what names or a venue stand beside, or all of it. */
#ifndef CORPUS_MARKDOWN_BLOCK_TITLE_H
#define CORPUS_MARKDOWN_BLOCK_TITLE_H

#include "corpus/markdown_views.h"

/* What a block begins with that may be a title: a link or bold part that has the first of several lines to itself, the
 * first of two lines above its authors, else all its words. */
struct span block_opening(const struct block *block);

/* Whether a block is one line, or two, whose first link stands behind other words; more where that leads to a paper. */
bool block_leads_behind_words(const struct block *block);

/* Whether a link or bold part has the first of several lines to itself: whoever set it so parted the title from the
 * rest. A few words take a line break that is meant, of two spaces. */
bool block_has_own_line(const struct block *block);

/* Whether names, and where the paper appeared, are all that stands behind the link or bold part that is the title. */
bool block_has_byline(const struct block *block, struct span label);

/* Reads "caching: Quiet Caches for Pages, ATC 2033, Example University": a title before a listed venue and its year,
 * without what it is about in front and without where its people work behind. False when memory is short. */
bool read_between(struct arena *arena, const struct block *block, struct view *view);

/* Sets what `view` tells of a block's title. False when memory is short. */
bool block_title_read(struct arena *arena, const struct block *block, struct view *view);

#endif
