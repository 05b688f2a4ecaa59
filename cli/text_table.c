#include "cli/text_table.h"

#include "base/sizes.h"
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
    WIDEST_CELL = 40, /* in a pipe wider cells stick out instead of pushing all others to the right */
    LEAST_LAST = 20,  /* what bars leave to the last column */
    LEAST_WIDTH = 10, /* of a column whose cells are wrapped, while another one can give */
    FEWEST_WIDTH = 6,
};

/* Where a column stands. */
struct place {
    size_t start; /* in columns of the screen, from the left */
    size_t width;
    size_t word;      /* the widest word, which should not be torn */
    uint64_t largest; /* the longest bar */
    size_t at;        /* how much of the row's cell is written, in bytes */
};

/* A table on its way out. */
struct layout {
    const struct text_table *rows;
    const struct table *table;
    FILE *out;
    const struct terminal *terminal;
    struct terminal unwrapped; /* the same, for a flow: cells are wrapped here, each in its column */
    struct place *places;
    size_t first, last;         /* of the columns that have a label */
    size_t band_from, band_end; /* those shown beside the first: all, unless the terminal is too narrow for them */
    size_t bar;                 /* the longest bar, in columns of the screen */
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

static bool is_shown(const struct layout *layout, size_t column)
{
    const bool is_in_band = column >= layout->band_from && column < layout->band_end;
    return layout->table->columns[column].label && (is_in_band || column == layout->first);
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
        width = wanted > width && (layout->terminal->columns > 0 || wanted <= WIDEST_CELL) ? wanted : width;
    }
    return width;
}

static size_t word_width(const char *text, size_t bytes)
{
    size_t widest = 0;
    for (size_t at = 0, end; at < bytes; at = end + 1) {
        const char *space = memchr(text + at, ' ', bytes - at);
        end = space ? (size_t)(space - text) : bytes;
        const size_t width = utf8_width(text + at, end - at);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* The widest word of a column and its label. */
static size_t widest_word(const struct layout *layout, size_t column)
{
    const char *label = layout->table->columns[column].label;
    size_t widest = word_width(label, strlen(label));
    for (size_t row = 0; row < row_count(layout); row++) {
        const struct text_cell *cell = cell_at(layout, row, column);
        const size_t width = word_width(cell->text, cell->bytes);
        widest = width > widest ? width : widest;
    }
    return widest;
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
        if (is_shown(layout, i)) {
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

/* To how few columns of the screen one of the table may be narrowed; numbers are never torn. */
static size_t least_width(const struct layout *layout, size_t column, bool tears_words)
{
    const size_t word = layout->places[column].word;
    if (layout->table->columns[column].is_number) {
        return word;
    }
    return tears_words ? FEWEST_WIDTH : size_greater(word, LEAST_WIDTH);
}

/* The widest column that may still give; NULL when there is none. */
static struct place *widest_that_gives(const struct layout *layout, bool tears_words)
{
    struct place *widest = NULL;
    for (size_t i = 0; i <= layout->last; i++) {
        struct place *place = &layout->places[i];
        const bool gives = is_shown(layout, i) && place->width > least_width(layout, i, tears_words);
        if (gives && (!widest || place->width > widest->width)) {
            widest = place;
        }
    }
    return widest;
}

/* Narrows columns until the row fits into the terminal, if it can. */
static void fit_columns(struct layout *layout)
{
    size_t used = 0;
    for (size_t i = 0; i <= layout->last; i++) {
        const struct column *column = &layout->table->columns[i];
        if (is_shown(layout, i)) {
            used += (used > 0 ? GAP_COLUMNS : 0) + layout->places[i].width;
            used += column->has_bar && layout->bar > 0 ? layout->bar + GAP_COLUMNS : 0;
        }
    }
    for (int tears_words = 0; tears_words <= 1 && layout->terminal->columns > 0; tears_words++) {
        struct place *place = NULL;
        while (used > layout->terminal->columns && (place = widest_that_gives(layout, tears_words != 0))) {
            place->width--;
            used--;
        }
    }
}

static void measure_columns(struct layout *layout)
{
    layout->first = SIZE_MAX;
    for (size_t i = 0; i < layout->table->column_count; i++) {
        if (layout->table->columns[i].label) {
            layout->places[i] = (struct place){
                .width = column_width(layout, i), .word = widest_word(layout, i), .largest = largest_count(layout, i)};
            layout->first = layout->first < i ? layout->first : i;
            layout->last = i;
        }
    }
}

/* Sets where the columns of the band stand. */
static void place_columns(struct layout *layout)
{
    layout->bar = bar_columns(layout);
    fit_columns(layout);
    size_t start = 0;
    for (size_t i = 0; i <= layout->last; i++) {
        const struct column *column = &layout->table->columns[i];
        if (is_shown(layout, i)) {
            layout->places[i].start = start;
            start += layout->places[i].width + GAP_COLUMNS;
            start += column->has_bar && layout->bar > 0 ? layout->bar + GAP_COLUMNS : 0;
        }
    }
}

/* How narrow the columns can be made, all of them, with words torn where that helps. */
static size_t least_total(const struct layout *layout)
{
    size_t total = 0;
    for (size_t i = 0; i <= layout->last; i++) {
        if (layout->table->columns[i].label) {
            const size_t least = least_width(layout, i, true), width = layout->places[i].width;
            total += (total > 0 ? GAP_COLUMNS : 0) + (least < width ? least : width);
        }
    }
    return total;
}

/* Where a band ends that begins with the column `from`: as many columns as leave half of the terminal, or what it
 * needs, to the first, but at least one. */
static size_t band_end(const struct layout *layout, size_t from)
{
    const size_t columns = layout->terminal->columns, half = columns / 2, first = layout->places[layout->first].width;
    size_t used = first < half ? first : half, end = from;
    for (bool is_any = false; end <= layout->last; end++) {
        const size_t wanted = layout->table->columns[end].label ? layout->places[end].width + GAP_COLUMNS : 0;
        if (is_any && used + wanted > columns) {
            break;
        }
        used += wanted;
        is_any = is_any || wanted > 0;
    }
    return end;
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

/* Takes the next line of a cell: the words that fit into the column, or of a word too long for it what fits. A path or
 * a compound may be parted behind a slash or a hyphen. */
static struct text_cell next_line(const struct layout *layout, struct place *place, const struct text_cell *cell)
{
    while (place->at < cell->bytes && cell->text[place->at] == ' ') {
        place->at++;
    }
    const size_t start = place->at, most = layout->terminal->columns > 0 ? place->width : SIZE_MAX;
    size_t end = start, columns = 0, whole = start;
    while (end < cell->bytes) {
        size_t bytes;
        const int32_t point = code_point_at((struct span){cell->text + end, cell->bytes - end}, &bytes);
        whole = point == ' ' ? end : whole;
        columns += utf8_columns(point);
        if (columns > most && end > start) {
            break;
        }
        end += bytes;
        whole = point == '/' || point == '-' ? end : whole;
    }
    place->at = end < cell->bytes && whole > start ? whole : end;
    return (struct text_cell){cell->text + start, place->at - start, cell->count};
}

static void put_cell(const struct layout *layout, struct flow *flow, enum style style, size_t column,
                     const struct text_cell *cell)
{
    const struct column *shape = &layout->table->columns[column];
    const struct place *place = &layout->places[column];
    const size_t own = shape->is_number ? utf8_width(cell->text, cell->bytes) : place->width;
    const size_t start = place->start + (own < place->width ? place->width - own : 0);
    const size_t free_from = flow->column > 0 ? flow->column + GAP_COLUMNS : 0;
    if (size_greater(start, free_from) > 0) {
        flow_to(flow, size_greater(start, free_from));
    }
    flow_marked(flow, style, cell->text, cell->bytes, NULL, 0);
}

/* The lines of one row: each cell stays in its column. */
static void put_row(const struct layout *layout, const struct text_cell *row, enum style style)
{
    bool is_first = true, has_more = true;
    for (; has_more; is_first = false) {
        struct flow flow = flow_at(layout->out, &layout->unwrapped, 0, 0);
        has_more = false;
        for (size_t i = 0; i <= layout->last; i++) {
            struct place *place = &layout->places[i];
            if (!is_shown(layout, i)) {
                continue;
            }
            place->at = is_first ? 0 : place->at;
            const struct text_cell line = next_line(layout, place, &row[i]);
            if (line.bytes > 0) {
                put_cell(layout, &flow, style, i, &line);
            }
            if (is_first && layout->table->columns[i].has_bar && layout->bar > 0) {
                flow_to(&flow, place->start + place->width + GAP_COLUMNS);
                put_bar(&flow, layout->bar, row[i].count, place->largest);
            }
            has_more = has_more || place->at < row[i].bytes;
        }
        fputc('\n', layout->out);
    }
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

static void put_rows(struct layout *layout)
{
    place_columns(layout);
    put_labels(layout);
    for (size_t row = 0; row < row_count(layout); row++) {
        put_row(layout, cell_at(layout, row, 0), STYLE_PLAIN);
    }
}

/* A table that no terminal of this width can hold comes in bands, one below the other, each with the first column. */
static void put_bands(struct layout *layout)
{
    for (size_t from = layout->first + 1; from <= layout->last; from = layout->band_end) {
        fputs(from > layout->first + 1 ? "\n" : "", layout->out);
        measure_columns(layout);
        layout->band_from = from;
        layout->band_end = band_end(layout, from);
        put_rows(layout);
    }
}

void text_table_write(struct text_table *rows, const struct table *table, FILE *out, const struct terminal *terminal)
{
    struct layout layout = {.rows = rows, .table = table, .out = out, .terminal = terminal, .unwrapped = *terminal};
    layout.unwrapped.columns = 0;
    layout.places = memory_array(table->column_count, sizeof *layout.places);
    layout.band_end = table->column_count;
    measure_columns(&layout);
    if (terminal->columns > 0 && least_total(&layout) > terminal->columns && layout.last > layout.first) {
        put_bands(&layout);
    } else {
        put_rows(&layout);
    }
    for (size_t i = 0; i < rows->cell_count; i++) {
        free(rows->cells[i].text);
    }
    free(rows->cells);
    free(layout.places);
    *rows = (struct text_table){0};
}
