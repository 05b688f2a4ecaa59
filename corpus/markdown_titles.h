/* Which headings, items and file names are titles of papers, and which are parts of one. */
#ifndef CORPUS_MARKDOWN_TITLES_H
#define CORPUS_MARKDOWN_TITLES_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/markdown_blocks.h"
#include "corpus/paper.h"
#include "corpus/venue.h"

#include <stdbool.h>

/* What a heading begins inside a paper: "Abstract", "Q&A", "Strengths". False when it is no such heading. */
bool is_section(struct span heading, enum field *field);

/* Whether the words could be a paper's title: some words, in title case or behind a name and a colon, no sentence. */
bool looks_like_title(struct span words);

/* Names of pages that hold no paper of their own: README, index, template, a date. Without folder and ending. */
bool is_page_name(struct span name);

/* "{{title}}", "Paper Title", "Untitled": a form nobody filled in. */
bool is_placeholder(struct span title);

/* A title, clean: white space folded, numbers and ornaments in front and a venue at either end taken off. */
struct clean_title {
    struct span text;
    struct venue_year from; /* what was taken off */
};

/* False when memory is short. */
bool clean_title(struct arena *arena, struct span words, struct clean_title *out);

/* The title and venue in a file's or folder's name: "2023-osdi-foo-bar", "SOSP21 - Boki". */
bool title_from_name(struct arena *arena, struct span name, struct clean_title *out);

#endif
