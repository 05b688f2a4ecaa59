/* Where a command writes: standard output, through a pager when the text is longer than the screen. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli/terminal.h"

#include <stdbool.h>
#include <stdio.h>

/* Standard output itself, or memory until it is known how long the text is. */
struct output {
    FILE *file;
    struct terminal terminal;
    bool paged;
    char *text; /* of the memory file */
    size_t bytes;
};

/* `output` must stay where it is until it is closed. `allow_pager` is for text made for people; a pager is used on a
 * terminal only. */
void output_open(struct output *output, enum color_choice color, bool allow_pager);

/* Shows what was written. False, with one line on standard error, when not everything could be written; nobody
 * reading any longer (`| head`) is no failure. */
bool output_close(struct output *output);

/* The same for what was written to standard output without a struct output. */
bool output_flush(void);

#endif
