/* Running text on a screen: wrapped between words with a hanging indent, matched words set off, and nothing in it
 * that a terminal would obey. */
#ifndef CLI_FLOW_H
#define CLI_FLOW_H

#include "cli/terminal.h"
#include "pinakes.h"

#include <stddef.h>
#include <stdio.h>

struct flow {
    FILE *out;
    const struct terminal *terminal; /* columns 0: lines are never broken */
    size_t indent;                   /* columns before every line that wrapping begins */
    size_t column;                   /* where the next character goes */
    size_t spaces;                   /* seen, but not yet written: a break may take their place */
};

/* A flow whose cursor stands at `column` of a line already begun. */
struct flow flow_at(FILE *out, const struct terminal *terminal, size_t column, size_t indent);

/* Writes `text` in `style`; the ranges `marks` (sorted, apart) are set off as matches. White space counts as spaces. */
void flow_marked(struct flow *flow, enum style style, const char *text, size_t bytes, const pinakes_mark *marks,
                 size_t mark_count);

/* The same without marks, for a NUL-terminated text. */
void flow_text(struct flow *flow, enum style style, const char *text);

/* What comes next stands at `column`, or one space on if the cursor is there already. Nothing is written yet, so that
 * no line ends in spaces. */
void flow_to(struct flow *flow, size_t column);

/* Ends the line and goes to `column` of the next. */
void flow_line(struct flow *flow, size_t column);

/* `count` spaces. */
void put_spaces(FILE *out, size_t count);

#endif
