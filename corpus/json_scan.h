/* The objects of a JSON array, one after another. */
#ifndef CORPUS_JSON_SCAN_H
#define CORPUS_JSON_SCAN_H

#include "base/span.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stdint.h>

struct json_scan {
    struct stream *stream;
    uint32_t line; /* of the stream's place; 1 at first */
};

struct json_element {
    struct span text; /* stays until the next call */
    uint32_t line;
    bool closed;   /* else the file ends, or the next object begins, in it */
    bool too_long; /* for a record; the rest of it is passed over */
};

/* Where the array of records begins in `head`, behind its '[': the text is that array, or an object with it under a
 * name such as "items". 0 when there is none. */
size_t json_scan_array(struct span head);

/* Finds the next object and takes it off the stream; what stands between objects is passed over. A string ends with its
 * line at the latest, so that one without an end spoils one object only. False at the end. */
bool json_scan_next(struct json_scan *scan, struct json_element *out);

/* Takes `bytes` off the stream. */
void json_scan_skip(struct json_scan *scan, size_t bytes);

#endif
