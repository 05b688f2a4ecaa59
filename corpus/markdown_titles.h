/* Which headings, items and file names are titles of papers, and which are parts of one. */
#ifndef CORPUS_MARKDOWN_TITLES_H
#define CORPUS_MARKDOWN_TITLES_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/markdown_blocks.h"
#include "corpus/paper.h"
#include "corpus/stamp.h"

#include <stdbool.h>

/* A title, clean: white space folded; numbers, ornaments, "Paper notes:" and a venue at either end taken off. */
struct clean_title {
    struct span text;
    struct stamp stamp;  /* what was taken off */
    struct span authors; /* the same */
    int score;           /* as a line of its own: corpus/title.h */
    bool is_likely;      /* the score is a title's, or a venue stands with it */
    bool is_of_field;    /* its words, a venue, a link or a name and a colon show that it is a paper's */
    bool is_reference;   /* it stands between authors and a venue or a year: "A. Author. "Title." Venue (2021)" */
    bool is_possible;    /* nothing speaks against it but that it is short or in small letters */
};

/* `is_link` says that the words are a link to elsewhere. False when memory is short. */
bool title_clean(struct arena *arena, struct span words, bool is_link, struct clean_title *out);

/* Makes of a clean title the whole of its heading, for one that a citation key right below tells to be one: so it comes
 * back as it went out. Only a year or venue in front or in brackets behind is none of it. False when memory is short. */
bool title_as_is(struct arena *arena, const struct block *block, struct clean_title *title);

/* The title and venue in a file's or folder's name: "2023-osdi-foo-bar", "SOSP21 - Boki". */
bool title_from_name(struct arena *arena, struct span name, struct clean_title *out);

/* `text` without what is neither letter nor digit in front, but for an opening bracket or quote: emoji, stars, dashes. */
struct span without_ornament(struct span text);

/* Whether the words name a page rather than a paper: README, index, template, "Meeting notes", a date. */
bool is_page_name(struct span words);

/* Whether such a page would hold anything but one paper: "index", "Meeting notes", but not "paper 3" or "notes". */
bool is_shelf_name(struct span name);

/* "{{title}}", "Paper Title", "Untitled": a form nobody filled in. */
bool is_placeholder(struct span title);

/* The same title, but for case, punctuation and white space. */
bool is_same_title(struct span a, struct span b);

enum view_kind {
    VIEW_TEXT,  /* a block that is neither heading nor title */
    VIEW_TITLE, /* likely a paper's */
    VIEW_MAYBE, /* a paper's where others around are */
    VIEW_PART,  /* "Evaluation": begins a part of a paper */
    VIEW_VENUE, /* "OSDI '24", "2021": begins papers */
    VIEW_PAGE,  /* "Reading list", "{{title}}" */
    VIEW_OTHER, /* any other heading */
};

/* How a block reads. */
struct view {
    enum view_kind kind;
    enum field field;   /* of a part */
    struct stamp stamp; /* of a venue */
    struct clean_title title;
    bool is_named; /* of a venue: "MapReduce (2004)", "Bigtable [OSDI 2006]": as well a paper's name before a stamp */
    bool is_of_papers; /* of a page: "Papers on caches" */
    bool has_pointer;  /* links stand behind it that only lead to the paper: "Title [pdf](...)" */
    struct span label; /* the words of the block that are the title, when not all are; else empty */
};

/* How a heading, or an item of the outermost list, reads; any other block is text. False when memory is short. */
bool view_read(struct arena *arena, const struct block *block, struct view *view);

#endif
