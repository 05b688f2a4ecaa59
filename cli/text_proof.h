/* A piece of text on a screen with the file:line it stands at to its left. */
#ifndef CLI_TEXT_PROOF_H
#define CLI_TEXT_PROOF_H

#include "cli/terminal.h"
#include "pinakes.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A wider source gets a line of its own. */
enum { PROOF_WIDEST_SOURCE = 32 };

struct proof {
    const char *file;
    uint32_t line;
    const char *text;
    size_t bytes;
    const pinakes_mark *marks;
    size_t mark_count;
    enum style style;
};

/* Columns of "FILE:LINE". */
size_t proof_source_columns(const char *file, uint32_t line);

/* Writes one proof. `width` is the widest source of those that stand together, so that their texts line up. */
void proof_write(const struct proof *proof, FILE *out, const struct terminal *terminal, size_t width);

#endif
