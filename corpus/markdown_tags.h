/* Tags of HTML among Markdown: what they begin or end on a page. */
#ifndef CORPUS_MARKDOWN_TAGS_H
#define CORPUS_MARKDOWN_TAGS_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

enum tag_kind {
    TAG_OTHER,
    TAG_LINK,
    TAG_PICTURE,
    TAG_BOLD,
    TAG_LIST,
    TAG_ITEM,
    TAG_TABLE,
    TAG_HEAD, /* of a table: rows of names */
    TAG_ROW,
    TAG_CELL,
    TAG_NAME, /* a cell that names its column or row */
};

struct tag {
    enum tag_kind kind;
    bool closes;
    size_t bytes;         /* of the tag; 0 when it does not end */
    struct span url;      /* of a link or picture, as written; empty when it has none */
    size_t rows, columns; /* of a cell: how many it covers, from 1 */
};

/* Reads the tag that `text` begins with, which may go over several lines; one that does not end is TAG_OTHER. */
struct tag tag_read(struct span text);

/* An address as it is written in a tag, with "&" for "&amp;"; it lives in `arena`. NULL at short memory. */
const char *tag_address(struct arena *arena, struct span url);

/* The columns of a table that cells of rows above cover, as they are when its next row begins. */
enum { TAG_MOST_COLUMNS = 64 };

struct table_cover {
    size_t rows[TAG_MOST_COLUMNS]; /* that are still covered, of each column */
};

/* Covers `columns` from `at` on for the rows below that the cell also stands in. */
void cover_add(struct table_cover *cover, size_t at, const struct tag *cell);

/* Whether a cell from above stands in this column of the row, which then is one less to cover. */
bool cover_take(struct table_cover *cover, size_t at);

#endif
