/* What stands on a page of Markdown: what is said of each block, and how many blocks there are of which kind. Nothing
 * is decided here. */
#ifndef CORPUS_MARKDOWN_CENSUS_H
#define CORPUS_MARKDOWN_CENSUS_H

#include "corpus/markdown_page.h"
#include "corpus/title.h"

#include <stdbool.h>
#include <stddef.h>

enum { LEVELS = 7 }; /* of headings, from 1 */

/* How many blocks of a page are of which kind; what has a level is counted by it. */
struct census {
    size_t titles[LEVELS], maybes[LEVELS], others[LEVELS], parts[LEVELS], venues[LEVELS], pages[LEVELS];
    size_t linked[LEVELS];          /* of the titles, and what may be some: to elsewhere */
    size_t dated[LEVELS];           /* of the same: with their years */
    size_t paper_items, paper_rows; /* that lead to a paper, or name its venue */
    size_t meeting_rows;            /* of the rows of papers: of tables that say who presents them, or when */
    size_t recorded_rows;           /* of these: of tables that say who wrote them, or where they appeared */
    size_t announced_rows;          /* of these: that lead to a paper, below a heading or name that announces some */
    size_t references;              /* set as paragraphs, which lead to their papers */
    size_t announced;               /* of these, below a heading that announces papers */
    size_t aside_items;             /* of a table of contents, or to be read */
    size_t beside_items;            /* that lead to what lies beside the page: notes, most likely */
    size_t aside_rows;              /* on blogs and talks, or of meetings on no paper */
    size_t unnamed_rows;            /* of tables whose columns have no names */
    size_t all_parts, all_venues, items, link_items, title_items, maybe_items, bold, bold_papers, labels, rows;
    size_t paper_labels;                                   /* of the labels of titles: above the address of a paper */
    size_t counted_labels;                                 /* the same: "Paper 2: ..." */
    size_t chapters, months, dated_months, title_headings; /* "Paper title" above the title */
    bool is_manual;                                        /* code, and no heading that leads to a paper */
    bool in_references;                                    /* below a heading "References" */
    bool is_software;                                      /* a heading such as "Installation" */
    bool is_foreign; /* a heading such as "Installation" or "License", or chapters of a book */
};

/* Counts the blocks of a page whose views are there. */
struct census census_take(const struct page *page);

/* The field of the record that a heading names, whose value stands below: "## Authors", "## Paper" above a title. */
enum label page_heading_label(const struct page *page, size_t heading);

/* Whether the block begins with a line that names a paper, "Title: ...". */
bool block_is_title_label(const struct block *block);

/* Whether an item leads to a paper, or names the venue of one. */
bool block_is_of_paper(const struct block *block, const struct view *view);

/* The same, also by an address in an item of its own below. */
bool page_item_is_of_paper(const struct page *page, size_t item);

/* Whether items right below an item say whose paper it is, line by line: "- Authors: ...", "- Year: ...". */
bool page_item_has_record(const struct page *page, size_t item);

/* Whether a row has the link of a paper, or a cell that is its address. */
bool row_leads_to_paper(const struct block *row);

/* Whether the cell in this column reads as a title, in a row that leads to a paper from another cell. */
bool row_titles_link(const struct block *row, size_t column);

/* Whether a row leads to a blog, a talk or the like first, and to no paper. */
bool block_is_of_talk(const struct block *row);

/* Whether a table says when people meet: a column is called "Date" or "Week". */
bool page_is_schedule(const struct page *page, size_t header);

/* The first column of the table headed at `at` most of whose cells say where and when a paper appeared, "OSDI 31",
 * however it is called; the number of columns when there is none. */
size_t stamped_column(const struct page *page, size_t at);

/* Whether a cell of `row` tells of a paper by itself: as a reference, set off among other words, or as words that lead
 * to it. */
bool page_cell_is_of_paper(const struct page *page, const struct block *row, const struct cell *cell);

/* Whether a title has its venue and year with it: "Quiet Pages (OSDI 2031)". */
bool line_is_stamped(const struct line *line);

/* "Paper", "Reading" above titles: no label of one, which would be of the link. */
bool is_named_for_papers(struct span words);

/* Whether a column is called by who speaks on a paper when people meet: "Presenter", "Discussion lead". */
bool is_of_presenter(struct span column);

/* Whether a table says who speaks when, and its column of titles is called after no papers. */
bool table_is_of_talks(const struct block *header, size_t title);

/* Whether a heading leads to the paper. */
bool block_is_linked(const struct block *block, const struct view *view);

/* Whether something is said of the paper that this item or row names. */
bool page_is_noted(const struct page *page, size_t block);

/* Whether the item is a box to tick without a word on the paper: a plan to read it. */
bool page_is_plan(const struct page *page, size_t block);

/* Whether the blocks right below a heading say whose paper it is. */
bool page_has_record(const struct page *page, size_t heading);

/* Whether the line right below a heading gives a citation key, as "- Citekey: lee2024": no other heading has one. */
bool page_has_key(const struct page *page, size_t heading);

/* Whether sentences, or titles, stand below a heading, up to the next of its level. */
bool page_is_noted_below(const struct page *page, size_t heading);
bool page_has_titles_below(const struct page *page, size_t heading);

/* Among the headings of the level of titles: how many have a record or parts of their own, and how many are worded as a
 * paper's. */
size_t page_count_strong(const struct page *page);
size_t page_count_of_field(const struct page *page);

/* Whether half of the headings of the level of titles say what others there say: "New features", release by release. */
bool page_repeats_headings(const struct page *page);

/* Whether most of the papers in a list, or the rows of a table, have something said of them. */
bool page_notes_most(const struct page *page, enum block_kind kind);

/* "Paper reading list", "Papers", "\u8bba\u6587\u5217\u8868": whether papers are named. */
bool names_papers(struct span words);

/* "Papers to read", "Paper list": what stands below are papers; "Call for papers" is none. */
bool words_announce_papers(struct span words);

/* "Papers that I like", "Papers on caches", "Classic papers", "Some Papers I Read Recently": a page of several. */
bool words_tell_of_papers(struct span words);

/* "paper_list.md", "reading-list.md": whether what a page is called announces what stands on it. */
bool page_is_called_list(const struct page *page);

/* Whether a heading of the page announces papers, and is none's title. */
bool page_announces_papers(const struct page *page);

/* Makes titles of what stands below such headings: of items where nearly all read as titles, and of lines that are all
 * a reference or a link to a paper. */
void page_raise_announced(struct page *page);

/* On a page that says it is of readings, makes titles of items below venues and years, however they are written, where
 * nearly all items are such: "quiet pages for readers" below "OSDI 2031". */
void page_raise_shelved(struct page *page);

/* "# 1. Understanding" behind "# QX: Quiet Caches for Pages": parts, on the level of the title. */
void page_lower_numbered(struct page *page);

/* "## Method" behind "## 1. Quiet Caches for Pages" and its record: parts, on the level of numbered titles. */
void page_lower_between_numbered(struct page *page);

/* Marks the items of lists that hold more papers than other items, heading by heading; gives how many papers they
 * are. */
size_t page_mark_sections(struct page *page);

/* Makes text of all items that stand in no such list. */
void page_leave_other_lists(struct page *page);

/* Whether the page is about one paper, by a title that it gives itself (markdown_own_title.c). */
bool page_has_own_title(const struct page *page, const struct census *census);

#endif
