/* A table on a screen: columns as wide as their widest cell, so rows are kept until the last one is known. */
#ifndef CLI_TEXT_TABLE_H
#define CLI_TEXT_TABLE_H

#include "cli/printer.h"
#include "cli/terminal.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct text_cell {
    char *text;
    size_t bytes;
    uint64_t count; /* for the bar */
};

/* All zero is an empty table. */
struct text_table {
    struct text_cell *cells; /* row after row */
    size_t cell_count;
    size_t capacity;
};

/* Copies one row of the shape `table`. */
void text_table_add(struct text_table *rows, const struct table *table, const struct value *cells);

/* Writes the columns that have a label, under a line of labels unless all of them are "", and forgets the rows. */
void text_table_write(struct text_table *rows, const struct table *table, FILE *out, const struct terminal *terminal);

#endif
