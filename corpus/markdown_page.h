/* A page of Markdown or Org, read: its blocks, how each reads, and what kind of page they make. */
#ifndef CORPUS_MARKDOWN_PAGE_H
#define CORPUS_MARKDOWN_PAGE_H

#include "base/arena.h"
#include "base/name_set.h"
#include "corpus/front_matter.h"
#include "corpus/markdown_blocks.h"
#include "corpus/markdown_meta.h"
#include "corpus/markdown_views.h"
#include "corpus/reader.h"

#include <stdbool.h>
#include <stddef.h>

enum layout {
    LAYOUT_NONE,     /* no paper */
    LAYOUT_ONE,      /* the page is about one paper */
    LAYOUT_HEADINGS, /* the headings of a level are papers */
    LAYOUT_KEYED,    /* headings right above a citation key are papers, and no others */
    LAYOUT_ITEMS,    /* items of lists are papers */
    LAYOUT_BOLD,     /* paragraphs in bold are papers */
    LAYOUT_LABELS,   /* each "Title: ..." begins a paper */
    LAYOUT_ROWS,     /* rows of tables are papers */
};

enum { OUTERMOST = 1 }; /* the level of the items that may be papers */

/* Whether the block begins such an item. */
static inline bool block_is_outermost(const struct block *block)
{
    return block->kind == BLOCK_ITEM && block->level == OUTERMOST && !block->is_more;
}

struct page {
    const struct source_text *source;
    const struct paper_sink *sink;
    struct arena arena;
    struct front_matter front;
    struct blocks blocks;
    struct view *views;         /* one a block */
    struct meta meta;           /* of the front matter */
    struct clean_title name;    /* of the file; of its folder, when the file is a README in one */
    struct clean_title home;    /* the name of the folder of a README, whatever it may be */
    struct clean_title opening; /* what the first block would be as a title, when it is no heading */
    struct span address;        /* of a paper, on a line of its own above all else; empty when there is none */
    struct stamp folder;        /* venue and year the folders are named after */
    bool is_of_repository;      /* the file is one that hosts of code ask for: CHANGELOG, SECURITY */
    bool is_among_papers;       /* one of its folders is called after papers */
    bool is_among_forms;        /* one is called after templates, or after books */
    bool is_among_concepts;     /* its own is called after concepts, a wiki, or one is for a book or a course */
    bool is_note_of_folder;     /* the file is called "notes", in a folder that is called after the paper */
    bool is_page_name;          /* the file is called README, index, "Meeting notes", "paper 3", a date ... */
    bool is_shelf_name;         /* by a name that is seldom one paper's: README, index, "Meeting notes" */
    enum layout layout;
    bool is_log;            /* papers stand below the months in which they were read */
    bool has_tables;        /* rows of tables that stand in no paper are papers too */
    bool has_lists;         /* items in lists of papers that stand in no paper are papers too */
    bool is_told;           /* the owner says what the papers are: all of these that the layout names */
    bool is_mixed;          /* of the items and rows not all are papers: those that lead to one, or name its venue */
    unsigned level;         /* of the headings that are titles */
    struct name_set listed; /* titles of papers in lists, each with its venue and year */
    size_t first; /* the first heading, but for one that says what the page is; the number of blocks without one */
};

/* Gives every paper of a page whose source, front matter and blocks are set. */
pinakes_status page_give(struct page *page, pinakes_error *error);

/* Sets `meta` from the front matter. */
void page_take_front(struct page *page);

/* Takes the title from another name that the front matter gives a note on a paper. */
void page_take_alias(struct page *page);

/* Sets what the names of file and folders say. False when memory is short. */
bool page_read_name(struct page *page);

/* Chooses the layout of a page whose blocks and views are there. */
void page_choose_layout(struct page *page);

/* Whether a page is on no paper, whatever it holds: a form to fill in, a file of the repository, a concept. */
bool page_is_on_no_paper(const struct page *page);

/* Takes lists out of the items that are but their headings; what is nested is text then, and what stands beside a list
 * of somebody's publications. */
void page_leave_items(struct page *page);

/* Settles how those blocks read that tell only together with others. */
void page_settle_views(struct page *page);

/* Lays a page out as its owner says, whose views are there and whose lists are taken out of items that sort them. */
void page_lay_out_as_told(struct page *page);

/* Whether the first heading of a page of one paper is its title, rather than a part below a title in the file's
 * name. */
bool page_heading_is_title(const struct page *page);

/* Whether the first line of a page whose headings are parts is its title: a linked one, one above its authors, or one
 * below the paper's address. */
bool page_opens_with_title(const struct page *page);

/* Whether the first line of a page without headings is the title after which the file is called: "Stream of Search:
 * Learning to Search in Language" in "learn-to-search.md". */
bool page_opens_as_named(const struct page *page);

/* Whether the block right below a heading is its title in full: "PageNet" above "PageNet: Pages as Networks", "PPR"
 * above "[Prioritized Page Replay]". Sets `*title`, which lives in `arena`; that memory is short gives none. */
bool page_titled_below(const struct page *page, struct arena *arena, size_t heading, struct clean_title *title);

/* Whether the block right below a heading that is a name in capitals, "PPR - Page Replay", is the title in bold or in
 * italics. Sets `*title`, which lives in `arena`; that memory is short gives none. */
bool page_spelled_below(const struct page *page, struct arena *arena, size_t heading, struct clean_title *title);

/* The block just below a heading, or at the top when `from` is 0, that is a link to the paper by its title; the number
 * of blocks when none is. Sets `*title`, which lives in `arena`; that memory is short gives none. */
size_t page_linked_title(const struct page *page, struct arena *arena, size_t from, struct clean_title *title);

/* Whether such a link stands at the top and the sentence goes on with who wrote the paper, "[Title](https://...) by
 * Example et al.": the headings below are parts. */
bool page_is_told_of(const struct page *page);

/* Whether the front matter is that of a post: it has a layout, or the day on which it went out but nothing of a
 * record. */
bool page_is_post(const struct page *page);

/* Whether an item of a list's outermost reads as a title and is of a paper by what it says or leads to. */
bool page_item_is_paper(const struct page *page, size_t item);

/* Whether a block is a title in a page of this layout. */
bool page_begins_paper(const struct page *page, size_t block);

/* Whether an item that stands in no paper is one of its own, on a page whose papers are its headings. */
bool page_lists_paper(const struct page *page, size_t block);

/* Whether a heading below the level of papers is but a venue and year: those of the paper above it. */
bool page_stamps_paper(const struct page *page, size_t block);

/* Whether the notes of a paper end before this block. */
bool page_ends_paper(const struct page *page, size_t block);

/* Whether a row is the first of a table whose columns have no names. */
bool page_begins_unnamed(const struct page *page, size_t block);

/* The links to papers, each by its title, that are all a cell holds, as cells of their own; `body` is the text of the
 * page. Gives how many, at most `most`; 0 when there are not several. */
size_t cell_part(const struct cell *cell, struct span body, struct cell *parts, size_t most);

/* The same where they are names with their years, as in a schedule, and lead nowhere: "GFS (2003), Raft (2014)". As few
 * as one. */
size_t cell_part_named(const struct cell *cell, struct cell *parts, size_t most);

/* Whether a cell is a title that leads to a file of a course, "[Quiet Pages for Loud Readers](/readings/quiet.pdf)". */
bool cell_leads_to_reading(const struct cell *cell);

/* The line on which a cell begins; a row of HTML goes over several. */
uint32_t cell_line(const struct block *row, const struct cell *cell);

/* A cell without the links behind its words that only lead to the paper, "Title [[pdf]](https://...)". */
struct cell cell_without_pointers(const struct cell *cell);

/* What the name of a column, ornaments aside, labels. */
enum label column_label(const struct page *page, const struct cell *name);

/* The column that holds titles below a table's header row: one so called, else one whose cells tell of papers; the
 * number of its cells when none does. `*is_unnamed` is whether none is so called. */
size_t title_column(const struct page *page, size_t header, bool *is_unnamed);

/* The words that a cell sets off among others, in bold, "Ada Example. **Title**. SOSP 2031", or in italics behind names
 * or before a remark; empty when it has none, or several parts so. */
struct span cell_set_off(const struct cell *cell);

/* The title of a cell set off where other words stand around it: names, where it appeared, what it is about.
 * False when memory is short; `*title` is empty when there is none. */
bool cell_title(struct arena *arena, const struct cell *cell, struct clean_title *title);

#endif
