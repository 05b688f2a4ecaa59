/* A label file: papers and the topics a person says they belong to, one paper a line, columns apart by tabs. */
#ifndef QUERY_LABELS_H
#define QUERY_LABELS_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stdint.h>

struct label {
    struct span key; /* empty where the file says nothing, as the next three */
    struct span title, venue, abstract;
    int year;      /* 0 when unknown */
    uint32_t line; /* in the label file, from 1 */
    struct span *topics;
    size_t topic_count;
};

struct labels {
    struct label *papers;
    size_t count;
};

/* Reads `text`. The first line names the columns: `topics` and `key` or `title`, in any order, and perhaps `year`,
 * `venue` and `abstract`; other columns are passed over. Topics stand apart by commas; none, "-" or "none" is a paper
 * of no topic. Empty lines and lines that begin with '#' say nothing. Everything points into `text` or lives in
 * `arena`. PINAKES_BAD_INPUT names `file` and the line. */
pinakes_status labels_parse(struct arena *arena, const char *file, struct span text, struct labels *out,
                            pinakes_error *error);

#endif
