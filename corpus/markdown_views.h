/* How the blocks of a page read: which headings and items are titles of papers, and which are parts of one. */
#ifndef CORPUS_MARKDOWN_VIEWS_H
#define CORPUS_MARKDOWN_VIEWS_H

#include "base/arena.h"
#include "corpus/markdown_blocks.h"
#include "corpus/markdown_titles.h"
#include "corpus/paper.h"

#include <stdbool.h>

enum { MOST_ITEM_LEVELS = 3 }; /* how deep items are nested that may be titles */

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
    bool is_of_papers;    /* of a page: "Papers on caches" */
    bool has_pointer;     /* links stand behind it that only lead to the paper: "Title [pdf](...)" */
    bool is_pointed_line; /* of a paragraph: a line that would be a title among others such */
    bool is_outside;      /* of an item: a list of publications stands elsewhere on the page */
    bool is_dated_alike;  /* of an item: a year ends it, as it does most others of the page */
    bool is_announced;    /* of an item or a line: it stands among titles below "Papers to read" */
    bool has_record;      /* of an item: its authors, or its venue and year, are said on lines of their own below */
    bool is_listed;       /* of an item: it stands in a list most of which are papers */
    bool has_front;       /* where it appeared stands before the label: "SOSP 2031, [Title](https://...)" */
    bool has_name;        /* a short name stands before the label: "QX: [Title](https://...)" */
    struct span label;    /* the words of the block that are the title, when not all are; else empty */
};

/* How a heading or an item reads, and a paragraph that is all a reference; any other block is text. False when memory
 * is short. */
bool view_read(struct arena *arena, const struct block *block, struct view *view);

#endif
