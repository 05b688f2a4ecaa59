/* Tables as text: comma-separated values as RFC 4180 has them, also with semicolons, and tab-separated values. */
#ifndef CORPUS_CSV_SCAN_H
#define CORPUS_CSV_SCAN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv_cell {
    struct span text; /* without quotes */
    uint32_t line;    /* where it begins */
};

struct csv_row {
    struct csv_cell *cells;
    size_t count;
};

/* What stands most often between the cells of the first line: ',', ';' or a tab; '\0' when none does. */
char csv_delimiter(struct span first_line);

/* The cells of `text`, one row that begins on `line`; they live in `arena`, or in `text`. Between tabs a quote is a
 * letter like others. False when memory is short. */
bool csv_split(struct arena *arena, struct span text, char delimiter, uint32_t line, struct csv_row *out);

/* Rows of a stream, one after another. All zero but the first two at first. */
struct csv_scan {
    struct stream *stream;
    char delimiter;
    uint32_t line; /* the last one read */
    struct buffer text;
};

enum csv_state {
    CSV_ROW,
    CSV_END,
    CSV_OPEN, /* the stream ends, or the longest row does, within quotes */
    CSV_NO_MEMORY,
};

/* The next row, over as many lines as its quotes ask for; `*text` lives until the next call. */
enum csv_state csv_next(struct csv_scan *scan, struct span *text, uint32_t *line);
void csv_scan_free(struct csv_scan *scan);

#endif
