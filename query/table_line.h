/* Files of one record a line, as TREC writes them. */
#ifndef QUERY_TABLE_LINE_H
#define QUERY_TABLE_LINE_H

#include "base/span.h"

#include <stdint.h>

/* `rest` is the text, `number` 0 at first. */
struct table_lines {
    struct span rest;
    uint32_t number; /* of the line given last, from 1 */
};

/* The next line that holds anything, without its end; false behind the last. */
bool table_line_next(struct table_lines *lines, struct span *line);

/* A whole number of at most nine digits, perhaps with a sign; false for anything else. */
bool number_of(struct span text, long *out);

/* A decimal number as C writes it, finite; false for anything else. */
bool real_of(struct span text, double *out);

#endif
