/* Counts in rows and columns, for people and programs: topics and keywords by year, topics by venue. */
#ifndef CLI_MATRIX_H
#define CLI_MATRIX_H

#include "cli/printer.h"
#include "pinakes.h"

#include <stdbool.h>

struct matrix_view {
    const pinakes_matrix *matrix;
    const char *name;      /* of the table, for programs */
    const char *row_name;  /* of the first column: "topic" */
    const char *row_label; /* the same for people */
    bool is_by_year; /* where columns are too many for people, the oldest become one; else the last are left out */
};

/* Programs get every column, people as many as can be taken in, and a point for none. */
void matrix_print(struct printer *printer, enum format format, const struct matrix_view *view);

/* Columns people get, the one for all older years among them; SIZE_MAX columns would be too many. */
enum { MATRIX_COLUMNS_MAX = 12 };

/* The columns people see of `matrix`: those from `first` on, as many as `count`; what stands before them is summed up
 * in one column more when `sums_up`. */
struct matrix_window {
    size_t first, count;
    bool sums_up;
};
struct matrix_window matrix_window(const struct matrix_view *view);

/* Papers of a row before the window. */
uint64_t matrix_before(const pinakes_matrix *matrix, const struct matrix_window *window, size_t row);

#endif
