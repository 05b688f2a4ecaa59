#include "cli/matrix.h"

#include "cli/memory.h"
#include "cli/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_COLUMNS_MAX = 40 };

struct matrix_window matrix_window(const struct matrix_view *view)
{
    const size_t count = view->matrix->column_count;
    if (count <= MATRIX_COLUMNS_MAX) {
        return (struct matrix_window){0, count, false};
    }
    if (!view->is_by_year) {
        return (struct matrix_window){0, MATRIX_COLUMNS_MAX, false};
    }
    const size_t shown = MATRIX_COLUMNS_MAX - 1;
    return (struct matrix_window){count - shown, shown, true};
}

uint64_t matrix_before(const pinakes_matrix *matrix, const struct matrix_window *window, size_t row)
{
    uint64_t papers = 0;
    for (size_t i = 0; i < window->first; i++) {
        papers += matrix->counts[row * matrix->column_count + i];
    }
    return papers;
}

/* `text`, or its beginning when it is too long for the first column. The caller frees it. */
static char *short_label(const char *text)
{
    size_t at = 0, columns = 0;
    const size_t bytes = strlen(text);
    while (at < bytes) {
        size_t length;
        columns += utf8_columns(code_point_at((struct span){text + at, bytes - at}, &length));
        if (columns >= LABEL_COLUMNS_MAX && at + length < bytes) {
            return memory_format("%.*s…", (int)at, text);
        }
        at += length;
    }
    return memory_copy(text, bytes);
}

/* A matrix on its way out: its columns, and one row at a time. */
struct layout {
    const struct matrix_view *view;
    bool is_for_people;
    struct matrix_window window;
    struct column *columns;
    struct value *cells;
    char *before; /* the label of the column that sums up */
};

static size_t add_column(struct layout *layout, size_t at, const char *name, const char *label)
{
    layout->columns[at] = (struct column){.name = name, .label = label, .is_number = true};
    return at + 1;
}

static struct table lay_out(struct layout *layout)
{
    const struct matrix_view *view = layout->view;
    const pinakes_matrix *matrix = view->matrix;
    size_t at = 1;
    layout->columns[0] = (struct column){.name = view->row_name, .label = view->row_label};
    if (layout->window.sums_up) {
        layout->before = memory_format("to %s", matrix->columns[layout->window.first - 1]);
        at = add_column(layout, at, layout->before, layout->before);
    }
    for (size_t i = 0; i < layout->window.count; i++) {
        const char *name = matrix->columns[layout->window.first + i];
        at = add_column(layout, at, name, name);
    }
    at = add_column(layout, at, "papers", "papers");
    return (struct table){view->name, layout->columns, at};
}

static struct value count_value(const struct layout *layout, uint64_t count)
{
    return layout->is_for_people && count == 0 ? value_text("·") : value_count(count);
}

static void print_row(struct printer *printer, const struct layout *layout, size_t row)
{
    const pinakes_matrix *matrix = layout->view->matrix;
    char *label = layout->is_for_people ? short_label(matrix->rows[row]) : NULL;
    size_t at = 0;
    layout->cells[at++] = value_text(label ? label : matrix->rows[row]);
    if (layout->window.sums_up) {
        layout->cells[at++] = count_value(layout, matrix_before(matrix, &layout->window, row));
    }
    for (size_t i = 0; i < layout->window.count; i++) {
        const size_t column = layout->window.first + i;
        layout->cells[at++] = count_value(layout, matrix->counts[row * matrix->column_count + column]);
    }
    layout->cells[at++] = value_count(matrix->totals[row]);
    printer_row(printer, layout->cells);
    free(label);
}

void matrix_print(struct printer *printer, enum format format, const struct matrix_view *view)
{
    const size_t room = view->matrix->column_count + 3;
    struct layout layout = {
        .view = view,
        .is_for_people = format == FORMAT_TEXT || format == FORMAT_MARKDOWN,
        .window = {0, view->matrix->column_count, false},
        .columns = memory_array(room, sizeof *layout.columns),
        .cells = memory_array(room, sizeof *layout.cells),
    };
    if (layout.is_for_people) {
        layout.window = matrix_window(view);
    }
    const struct table table = lay_out(&layout);
    printer_table_open(printer, &table);
    for (size_t row = 0; row < view->matrix->row_count; row++) {
        print_row(printer, &layout, row);
    }
    printer_table_close(printer);
    free(layout.before);
    free(layout.cells);
    free(layout.columns);
}
