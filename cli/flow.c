#include "cli/flow.h"

#include "cli/utf8.h"

#include <string.h>

/* A text on its way out, with the place reached in it and in its marks. */
struct walk {
    const char *text;
    size_t bytes;
    size_t at;
    const pinakes_mark *marks;
    size_t mark_count;
    size_t mark; /* the first that does not end before `at` */
    bool marked; /* whether the match style is on */
    enum style style;
};

struct flow flow_at(FILE *out, const struct terminal *terminal, size_t column, size_t indent)
{
    return (struct flow){.out = out, .terminal = terminal, .column = column, .indent = indent};
}

void put_spaces(FILE *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputc(' ', out);
    }
}

/* The end of the piece that begins at `at` and must not be broken, and its columns: a word, or one wide character,
 * since such scripts write no spaces. */
static size_t piece_end(const struct walk *walk, size_t *columns)
{
    *columns = 0;
    size_t end = walk->at;
    while (end < walk->bytes && !is_blank(walk->text[end])) {
        size_t step;
        const size_t width = utf8_columns(code_point_at((struct span){walk->text + end, walk->bytes - end}, &step));
        if (width == 2 && end > walk->at) {
            break;
        }
        end += step;
        *columns += width;
        if (width == 2) {
            break;
        }
    }
    return end;
}

static void put_point(FILE *out, const char *text, size_t step, int32_t point)
{
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool steers_direction = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    if (control || steers_direction || !utf8_is_valid(point, step)) {
        fputs("\xEF\xBF\xBD", out);
    } else {
        fwrite(text, 1, step, out);
    }
}

/* Turns the match style on or off as the marks at the current place want it. */
static void follow_marks(struct flow *flow, struct walk *walk)
{
    while (walk->mark < walk->mark_count && walk->marks[walk->mark].start + walk->marks[walk->mark].bytes <= walk->at) {
        walk->mark++;
    }
    const bool inside = walk->mark < walk->mark_count && walk->marks[walk->mark].start <= walk->at;
    if (inside != walk->marked) {
        style_end(flow->out, flow->terminal, walk->marked ? STYLE_MATCH : walk->style);
        style_begin(flow->out, flow->terminal, inside ? STYLE_MATCH : walk->style);
        walk->marked = inside;
    }
}

static void put_piece(struct flow *flow, struct walk *walk, size_t end)
{
    while (walk->at < end) {
        follow_marks(flow, walk);
        size_t step;
        const int32_t point = code_point_at((struct span){walk->text + walk->at, walk->bytes - walk->at}, &step);
        put_point(flow->out, walk->text + walk->at, step, point);
        walk->at += step;
    }
}

void flow_line(struct flow *flow, size_t column)
{
    fputc('\n', flow->out);
    put_spaces(flow->out, column);
    flow->column = column;
    flow->spaces = 0;
}

void flow_to(struct flow *flow, size_t column)
{
    flow->spaces = column > flow->column ? column - flow->column : 1;
}

static void make_room(struct flow *flow, size_t columns)
{
    const bool fits = flow->terminal->columns == 0 || flow->column <= flow->indent ||
                      flow->column + flow->spaces + columns <= flow->terminal->columns;
    if (fits) {
        put_spaces(flow->out, flow->spaces);
        flow->column += flow->spaces;
        flow->spaces = 0;
    } else {
        flow_line(flow, flow->indent);
    }
    flow->column += columns;
}

void flow_marked(struct flow *flow, enum style style, const char *text, size_t bytes, const pinakes_mark *marks,
                 size_t mark_count)
{
    struct walk walk = {.text = text, .bytes = bytes, .marks = marks, .mark_count = mark_count, .style = style};
    style_begin(flow->out, flow->terminal, style);
    while (walk.at < bytes) {
        if (is_blank(text[walk.at])) {
            flow->spaces++;
            walk.at++;
            continue;
        }
        size_t columns;
        const size_t end = piece_end(&walk, &columns);
        make_room(flow, columns);
        put_piece(flow, &walk, end);
    }
    style_end(flow->out, flow->terminal, walk.marked ? STYLE_MATCH : style);
}

void flow_text(struct flow *flow, enum style style, const char *text)
{
    flow_marked(flow, style, text, strlen(text), NULL, 0);
}
