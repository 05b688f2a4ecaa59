/* The text of a PDF as blocks, paragraphs for the most part, each with its page and the size of its letters. */
#ifndef CORPUS_PDF_BLOCKS_H
#define CORPUS_PDF_BLOCKS_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/stream.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pdf_block {
    struct span text; /* its lines, with a line break between them; words parted at a line's end are whole */
    uint32_t page;    /* from 1 */
    double height;    /* of its letters, in points, on the average */
    double place;     /* how far down the page it begins: 0 at the top, 1 at the bottom */
    bool is_turned;   /* it runs up or down the page */
};

struct pdf_text {
    struct pdf_block *blocks; /* in the order of reading */
    size_t count, capacity;
    const char *complaint; /* why there is no more, for people; NULL when all was read */
};

/* Reads all that is left of `stream`. All lives in `arena`. Fails for lack of memory alone. */
pinakes_status pdf_blocks(struct arena *arena, struct stream *stream, struct pdf_text *out, pinakes_error *error);

#endif
