#include "cli/text_table.h"

#include "cli/flow.h"
#include "cli/memory.h"
#include "cli/printer_methods.h"
#include "cli/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP_COLUMNS = 2,
    BAR_COLUMNS = 24,
    SHORTEST_BAR = 4, /* in a terminal too narrow even for such, there are none */
    WIDEST_CELL = 40, /* wider cells stick out instead of pushing all others to the right */
    LEAST_LAST = 20,  /* what the last column, which is wrapped, should have */
};

/* Where a column stands. */
struct place {
    size_t start; /* in columns of the screen, from the left */
    size_t width;
    uint64_t largest; /* the longest bar */
};

/* A table on its way out. */
struct layout {
    const struct text_table *rows;
    const struct table *table;
    FILE *out;
    const struct terminal *terminal;
    struct terminal unwrapped; /* the same, for all columns but the last */
    struct place *places;
    size_t last; /* the last column shown */
    size_t bar;  /* the longest bar, in columns of the screen */
};

void text_table_add(struct text_table *rows, const struct table *table, const struct value *cells)
{
    for (size_t i = 0; i < table->column_count; i++) {
        rows->cells = memory_grow(rows->cells, rows->cell_count, &rows->capacity, sizeof *rows->cells);
        struct text_cell *cell = &rows->cells[rows->cell_count++];
        cell->text = value_plain(&cells[i], ", ", &cell->bytes);
        cell->count = cells[i].kind == VALUE_COUNT ? cells[i].count : 0;
    }
}

static const struct text_cell *cell_at(const struct layout *layout, size_t row, size_t column)
{
    return &layout->rows->cells[row * layout->table->column_count + column];
}

static size_t row_count(const struct layout *layout)
{
    return layout->rows->cell_count / layout->table->column_count;
}

static size_t column_width(const struct layout *layout, size_t column)
{
    const char *label = layout->table->columns[column].label;
    size_t width = utf8_width(label, strlen(label));
    for (size_t row = 0; row < row_count(layout); row++) {
        const struct text_cell *cell = cell_at(layout, row, column);
        const size_t wanted = utf8_width(cell->text, cell->bytes);
        width = wanted > width && wanted <= WIDEST_CELL ? wanted : width;
    }
    return width;
}

static uint64_t largest_count(const struct layout *layout, size_t column)
{
    uint64_t largest = 0;
    for (size_t row = 0; row < row_count(layout); row++) {
        const uint64_t count = cell_at(layout, row, column)->count;
        largest = count > largest ? count : largest;
    }
    return largest;
}

/* Bars are as long as usual, or as what the rest of the table leaves of the terminal. */
static size_t bar_columns(const struct layout *layout)
{
    const size_t columns = layout->terminal->columns;
    size_t used = 0, last = 0, bars = 0;
    for (size_t i = 0; i < layout->table->column_count; i++) {
        if (layout->table->columns[i].label) {
            bars += layout->table->columns[i].has_bar;
            last = layout->places[i].width + GAP_COLUMNS;
            used += last;
        }
    }
    used -= last > LEAST_LAST ? last - LEAST_LAST : 0;
    if (columns == 0 || bars == 0 || columns >= used + bars * (BAR_COLUMNS + GAP_COLUMNS)) {
        return BAR_COLUMNS;
    }
    const size_t room = columns > used ? (columns - used) / bars : 0;
    return room >= SHORTEST_BAR + GAP_COLUMNS ? room - GAP_COLUMNS : 0;
}

static void place_columns(struct layout *layout)
{
    for (size_t i = 0; i < layout->table->column_count; i++) {
        if (layout->table->columns[i].label) {
            layout->places[i] = (struct place){0, column_width(layout, i), largest_count(layout, i)};
            layout->last = i;
        }
    }
    layout->bar = bar_columns(layout);
    size_t start = 0;
    for (size_t i = 0; i <= layout->last; i++) {
        const struct column *column = &layout->table->columns[i];
        if (column->label) {
            layout->places[i].start = start;
            start += layout->places[i].width + GAP_COLUMNS;
            start += column->has_bar && layout->bar > 0 ? layout->bar + GAP_COLUMNS : 0;
        }
    }
}

/* A bar in eighths of a column. */
static void put_bar(struct flow *flow, size_t longest, uint64_t count, uint64_t largest)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double share = largest > 0 ? (double)count / (double)largest : 0;
    const size_t length = (size_t)(share * (double)longest * 8 + 0.5);
    for (size_t i = 0; i < length / 8; i++) {
        flow_text(flow, STYLE_SOURCE, "█");
    }
    flow_text(flow, STYLE_SOURCE, eighths[length % 8]);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void put_cell(const struct layout *layout, struct flow *flow, enum style style, size_t column,
                     const struct text_cell *cell)
{
    const struct column *shape = &layout->table->columns[column];
    const struct place *place = &layout->places[column];
    const size_t own = shape->is_number ? utf8_width(cell->text, cell->bytes) : place->width;
    const size_t shift = own < place->width ? place->width - own : 0;
    flow->indent = place->start;
    if (flow->column > 0) {
        flow_to(flow, larger(place->start + shift, flow->column + GAP_COLUMNS));
    } else {
        flow->spaces = shift;
    }
    /* Only the last column is wrapped: a break inside another would tear the row apart. */
    flow->terminal = column == layout->last ? layout->terminal : &layout->unwrapped;
    flow_marked(flow, style, cell->text, cell->bytes, NULL, 0);
    if (shape->has_bar && layout->bar > 0) {
        flow_to(flow, place->start + place->width + GAP_COLUMNS);
        put_bar(flow, layout->bar, cell->count, place->largest);
    }
}

static void put_row(const struct layout *layout, const struct text_cell *row, enum style style)
{
    struct flow flow = flow_at(layout->out, layout->terminal, 0, 0);
    for (size_t i = 0; i <= layout->last; i++) {
        if (layout->table->columns[i].label) {
            put_cell(layout, &flow, style, i, &row[i]);
        }
    }
    fputc('\n', layout->out);
}

static void put_labels(const struct layout *layout)
{
    const struct table *table = layout->table;
    struct text_cell *labels = memory_array(table->column_count, sizeof *labels);
    bool any = false;
    for (size_t i = 0; i < table->column_count; i++) {
        const char *label = table->columns[i].label;
        labels[i] = (struct text_cell){.text = memory_format("%s", label ? label : "")};
        labels[i].bytes = strlen(labels[i].text);
        any = any || labels[i].bytes > 0;
    }
    if (any) {
        put_row(layout, labels, STYLE_FAINT);
    }
    for (size_t i = 0; i < table->column_count; i++) {
        free(labels[i].text);
    }
    free(labels);
}

void text_table_write(struct text_table *rows, const struct table *table, FILE *out, const struct terminal *terminal)
{
    struct layout layout = {.rows = rows, .table = table, .out = out, .terminal = terminal, .unwrapped = *terminal};
    layout.unwrapped.columns = 0;
    layout.places = memory_array(table->column_count, sizeof *layout.places);
    place_columns(&layout);
    put_labels(&layout);
    for (size_t row = 0; row < row_count(&layout); row++) {
        put_row(&layout, cell_at(&layout, row, 0), STYLE_PLAIN);
    }
    for (size_t i = 0; i < rows->cell_count; i++) {
        free(rows->cells[i].text);
    }
    free(rows->cells);
    free(layout.places);
    *rows = (struct text_table){0};
}
