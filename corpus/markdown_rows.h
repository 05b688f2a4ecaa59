/* Papers in the rows of tables. */
#ifndef CORPUS_MARKDOWN_ROWS_H
#define CORPUS_MARKDOWN_ROWS_H

#include "corpus/markdown_paper.h"

enum { MOST_COLUMNS = 64 };

/* What the columns of the table hold that is read. */
struct columns {
    enum label labels[MOST_COLUMNS];
    size_t title;     /* SIZE_MAX before the first table */
    size_t presenter; /* the number of columns where none is */
    bool is_unnamed;
    bool is_of_talks; /* who speaks, and the titles are those of talks */
    bool is_schedule; /* they say when people meet, and none is called after papers */
};

/* Takes the names of columns off a header, or gives the paper of any other row, or the papers that its cell names.
 * Fails when memory is short, or as the page's sink does. */
pinakes_status columns_take_row(struct page *page, const struct shelf *shelf, struct columns *columns, size_t at,
                                pinakes_error *error);

/* Gives the papers of a page whose rows they are. Fails likewise. */
pinakes_status page_give_rows(struct page *page, pinakes_error *error);

#endif
