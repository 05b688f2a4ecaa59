/* Papers on a screen. */
#ifndef CLI_TEXT_PAPER_H
#define CLI_TEXT_PAPER_H

#include "cli/printer.h"
#include "cli/terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A list of papers being written. */
struct text_paper {
    FILE *out;
    const struct terminal *terminal;
    const struct paper_list *list;
    size_t source_columns; /* the widest source so far: a preview's papers stand in columns */
};

struct text_paper text_paper_start(FILE *out, const struct terminal *terminal, const struct paper_list *list);

/* Whether `entry` will have more than a title and a line below it. */
bool text_paper_is_roomy(const struct text_paper *papers, const struct entry *entry);

void text_paper_write(struct text_paper *papers, const struct entry *entry);

#endif
