/* What standard output can show: colours, columns, rows. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum color_choice {
    COLOR_AUTO,
    COLOR_ALWAYS,
    COLOR_NEVER,
};

struct terminal {
    bool is_terminal;
    bool color;
    size_t columns; /* to wrap at; 0 when nothing is to be wrapped */
    size_t rows;
};

enum style {
    STYLE_PLAIN,
    STYLE_TITLE,
    STYLE_MATCH,
    STYLE_SOURCE,
    STYLE_TOPIC,
    STYLE_FAINT,
};

/* Neither colour nor wrapping: what a pipe gets. */
extern const struct terminal terminal_none;

/* Looks at the open file `file` and the environment: NO_COLOR (no-color.org), TERM, COLUMNS. */
struct terminal terminal_of(FILE *file, enum color_choice choice);

/* Begins and ends a style on `out`; without colour they write nothing. */
void style_begin(FILE *out, const struct terminal *terminal, enum style style);
void style_end(FILE *out, const struct terminal *terminal, enum style style);

#endif
