/* One paper of a page of Markdown or Org: its record, from its title, the notes below and what stands above it. */
#ifndef CORPUS_MARKDOWN_PAPER_H
#define CORPUS_MARKDOWN_PAPER_H

#include "corpus/markdown_draft.h"
#include "corpus/markdown_page.h"

/* What the headings above say of every paper below them. */
struct shelf {
    struct stamp stamp;
    struct span text;
    uint32_t line;
    unsigned level; /* of the heading it comes from */
};

/* Follows the heading at block `at`: one above papers that names a venue or a year holds until the next of its level.
 */
void shelf_take(struct page *page, struct shelf *shelf, size_t at);

/* The rule that makes a heading the title of a paper, as people are told it; lives in the page's arena. */
const char *shelf_heading_rule(struct page *page, const struct shelf *shelf, const struct block *block);

/* Takes the title that a block is, and how it reads, with the link on it. */
void draft_take_title(struct page_draft *draft, const struct block *block, const struct view *view);

/* Takes the title that a line of the record gives, "Title: ...", instead of one from a heading or the file's name. */
void draft_take_named(struct page *page, struct meta *meta, struct page_draft *draft);

/* Lengthens a line of a record, "Authors: ...", by the lines below it that it goes on in, which are taken off `*rest`;
 * `shown` is what the line shows, byte for byte, with the lines below behind it. Gives how many there are. */
size_t record_line_join(const struct meta *meta, struct span *rest, struct span *line, const char *shown);

/* Gives the paper to the page's sink; `meta` is what is known of it already. Fails when memory is short, or as the sink
 * does. */
pinakes_status page_give_paper(struct page *page, struct page_draft *draft, const struct shelf *shelf, struct meta meta,
                               pinakes_error *error);

#endif
