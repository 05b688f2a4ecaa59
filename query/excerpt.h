/* A piece of a passage made ready to be read: cut to a sensible length, on one line, its matched words marked. */
#ifndef QUERY_EXCERPT_H
#define QUERY_EXCERPT_H

#include "base/arena.h"
#include "query/paper_load.h"
#include "query/touches.h"

/* A longer sentence is cut at word borders. */
enum { EXCERPT_BYTES_MAX = 400 };

struct excerpt {
    size_t start, bytes; /* of the passage */
    const struct touch *touches;
    size_t touch_count;
};

/* Cuts `excerpt` down to about EXCERPT_BYTES_MAX bytes around the touches that are worth the most together. Nothing
 * happens to one that is short enough. */
void excerpt_cut(struct excerpt *excerpt, const struct loaded_passage *passage, struct touches *touches);

/* Fills `*out` but for its field and file: the bytes of the source, a line break (with the white space around it and
 * the prefix of the next line, as "> ") shown as one space. False when memory is short. */
bool excerpt_write(const struct excerpt *excerpt, const struct loaded_passage *passage, struct arena *arena,
                   struct arena *scratch, pinakes_evidence *out);

#endif
