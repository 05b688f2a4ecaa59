/* What is collected of a Markdown text while it is parsed, and how a block of it comes about: between
 * markdown_blocks.c, which follows the marks of Markdown, and markdown_html.c, which follows tags. */
#ifndef CORPUS_MARKDOWN_COLLECTOR_H
#define CORPUS_MARKDOWN_COLLECTOR_H

#include "corpus/markdown_blocks.h"
#include "corpus/markdown_tags.h"

/* The block being collected: byte ranges of the body, SIZE_MAX for "nothing yet". */
struct open_cell {
    size_t first, end; /* visible text; SIZE_MAX and 0 when there is none */
    struct span url;
};

enum { MOST_CELLS = TAG_MOST_COLUMNS };

struct open_block {
    size_t first, end;             /* visible text */
    size_t label_first, label_end; /* of the link or strong part that opens it */
    bool label_is_link, has_label;
    struct span url, paper, badge;
    bool will_link, in_link;       /* a link to elsewhere was opened; its text began */
    bool has_plain;                /* words stand in no link */
    size_t link_first, link_end;   /* its visible text */
    bool pointers_apart;           /* the first of these stands in brackets of its own, "[[pdf](...)]" */
    size_t pointers, pointers_end; /* of links that are called "pdf" or the like and follow each other */
};

/* A table that tags of HTML make, and its row. */
struct open_table {
    size_t depth; /* of tables within tables, of which the outermost is read */
    bool in_row, in_head, is_first;
    bool has_names, has_others; /* of the row: cells that are names of columns, and that are not */
    bool has_plain;             /* and words outside of bold */
    bool is_spanned;            /* its first cell is its only one, of several columns */
    size_t ahead;               /* further columns that its last cell covers */
    struct table_cover cover;
};

struct collector {
    struct arena *arena;
    struct span body;
    char *words; /* a copy of the body in which only visible text is not blank */
    struct blocks list;
    size_t capacity, tag_capacity;
    struct open_block open;
    unsigned heading, lists, quotes, hidden; /* what surrounds the text: a heading's level, depths of the others */
    struct open_cell cells[MOST_CELLS];
    size_t cell_count;
    bool in_row, in_header, in_label, in_task, in_more, after_bang; /* in_more: an item has a block */
    unsigned numbered_level; /* of the list with numbers that items may be set under; 0 when none is open */
    size_t numbered_indent;
    bool is_sunk; /* items stand under one with a number, by fewer columns than CommonMark asks for */
    struct open_table table;
    size_t tag_lists;    /* that tags of HTML opened */
    bool in_tagged_bold; /* and bold */
    size_t counted_to;
    uint32_t line;
    bool failed;
};

/* What was collected becomes a block. */
void collector_flush(struct collector *collector);

/* A link leads there: the first of its block, and of its cell, is kept. */
void collector_take_url(struct collector *collector, struct span url);

/* A link or a strong part begins: it is the block's label when nothing visible stands before it but brackets. */
void collector_open_label(struct collector *collector, bool is_link);

/* The words of the label; empty when the block has none. In "(SOSP 2031) **Ada Example**, Bo Sample" the names in bold
 * behind brackets are no title. */
struct span collector_label(const struct collector *collector);

/* What was collected of the words from `first` to `end`. */
static inline struct span collector_slice(const struct collector *collector, size_t first, size_t end)
{
    return span_trim((struct span){collector->words + first, end - first});
}

/* A link ends: one called "pdf" or the like joins those right before it. */
void collector_close_link(struct collector *collector);

/* A badge is read as the words that it shows. */
void collector_take_picture(struct collector *collector, struct span source);

/* The tag of HTML that `text` begins with begins or ends what a mark of Markdown would: a link, bold, an item of a
 * list, a row of a table. */
void collector_take_tag(struct collector *collector, struct span text);

/* A heading ends what tags of HTML left open. */
void collector_close_tags(struct collector *collector);

#endif
