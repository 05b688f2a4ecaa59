/* The elements of an XML text that are records, one after another, so that a broken one spoils no other. */
#ifndef CORPUS_XML_SCAN_H
#define CORPUS_XML_SCAN_H

#include "base/span.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is looked for. */
struct xml_tag {
    const char *name;
    bool is_whole; /* the element is given up to its end; of others the start tag alone */
};

struct xml_scan {
    struct stream *stream;
    uint32_t line; /* of the stream's place; 1 at first */
    const struct xml_tag *tags;
    size_t tag_count;
};

struct xml_piece {
    const struct xml_tag *tag;
    struct span text; /* stays until the next call */
    uint32_t line;
    bool closed;   /* else the file ends, or the next element begins, in it */
    bool too_long; /* for a record; the rest of it is passed over */
};

/* Finds the next element of one of the tags and takes it off the stream, with all that stands before it. Comments hold
 * none. An element ends where the next of its own name begins, at the latest. False at the end. */
bool xml_scan_next(struct xml_scan *scan, struct xml_piece *out);

#endif
