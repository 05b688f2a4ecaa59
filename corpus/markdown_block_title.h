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

/* Whether a block leads to a paper whose title it quotes behind who wrote it: '[Ada Example] "Title"'. */
bool block_names_people_of_quote(const struct block *block);

/* Reads such a block, or an item that opens with its title in quotes, perhaps behind a short name, and leads to a paper
 * or says at once where it appeared: 'QX: "Quiet Pages for Readers" SOSP'. Sets the label; nothing when it does not.
 * False when memory is short. */
bool read_quoted(struct arena *arena, const struct block *block, struct view *view);

/* What stands in emphasis behind a title: where it appeared, or who wrote it and perhaps where. */
struct emphasised {
    struct stamp place;
    struct span people; /* within the text that was read */
};

/* Where the words behind a title, that end `text` in emphasis, begin to say that: "Title. *Transactions on Pages
 * 2031.*", "Title *Ada Example et al. SOSP.*"; its length when they do not. */
size_t emphasised_behind(struct span text, struct emphasised *out);

/* Where a bar parts a title from what few words say behind it, where its people work or where it appeared, "Title |
 * Example University", "Title | ATC 31"; the length of `text` when none does. `words` is `text` without its marks. */
size_t bar_behind(struct span text, struct span words, struct stamp *place);

/* "Page Systems Frontiers 2031": a name that nobody listed, in front of a year. */
bool read_name_and_year(struct span text, struct stamp *stamp);

/* Sets what `view` tells of a block's title. False when memory is short. */
bool block_title_read(struct arena *arena, const struct block *block, struct view *view);

#endif
