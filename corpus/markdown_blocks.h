/* A Markdown text as a flat list of its blocks, each verbatim and as words. */
#ifndef CORPUS_MARKDOWN_BLOCKS_H
#define CORPUS_MARKDOWN_BLOCKS_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_ITEM, BLOCK_QUOTE, BLOCK_ROW };

/* A cell of a row, as slices of the row's text and words; empty where nothing stands. */
struct cell {
    struct span text, words;
    struct span url; /* where its first link leads */
};

struct block {
    enum block_kind kind;
    unsigned level;    /* of a heading, 1 to 6; of an item, how deep its list is nested, from 1 */
    uint32_t line;     /* where `text` begins, from 1 */
    struct span text;  /* verbatim, from the first visible byte to the last */
    struct span words; /* as long as `text`; what is no word of it is blank (corpus/paper.h) */
    struct span label; /* the words of a link or strong part that opens it, a link also behind brackets; else empty */
    struct span url;   /* where the first link of the block leads; empty when it has none */
    struct span badge; /* where and when it appeared, as a badge in it or right below shows; empty when none does */
    struct span paper; /* the first address in it that leads to a paper (corpus/identifiers.h); empty when none does */
    /* Bytes of `text` before links that only lead to it, "Title [pdf](...)"; 0 when none end it, or stand in brackets
     * of their own: "Title [[pdf](...)] a remark". */
    size_t pointed;
    size_t remark; /* where in `text` the remark behind those links begins; 0 when there is none */
    bool label_is_link;
    bool label_is_all;  /* nothing but the label stands in the block, mark-up aside */
    bool is_links;      /* no word stands outside of its links */
    bool is_task;       /* of an item: it has a box that nobody ticked */
    bool is_more;       /* of an item: not its first block */
    bool is_field;      /* "YEAR: 2020", known to be of the record and no sentence */
    bool is_header;     /* a row of names of columns */
    struct cell *cells; /* of a row */
    size_t cell_count;
};

/* A #tag of the text, without its hash. */
struct block_tag {
    struct span text;
    uint32_t line;
};

struct blocks {
    struct block *at;
    size_t count;
    struct block_tag *tags;
    size_t tag_count;
};

/* ":scroll:", as hosts of code write a picture. */
bool is_shortcode(struct span words);

/* Parses `body`, the part of a source that begins on line `first_line`. Code blocks, images and HTML leave no trace.
 * The list lives in `arena`; its texts are slices of `body`. */
pinakes_status markdown_blocks(struct arena *arena, struct span body, uint32_t first_line, struct blocks *out,
                               pinakes_error *error);

/* `words`, as long as `text`, as a page shows them: where a backslash only escapes what follows ("Jes\'us", "K\*"), the
 * rest of its line closes up, so that a name or a title is in one piece. They stay as long, blank at the ends of lines,
 * and are `words` itself when nothing is escaped; else they live in `arena`. Empty, at NULL, when memory is short. */
struct span shown_words(struct arena *arena, struct span text, struct span words);

#endif
