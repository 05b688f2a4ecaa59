/* Where the entries of a BibTeX file begin and end. */
#ifndef CORPUS_BIBTEX_SCAN_H
#define CORPUS_BIBTEX_SCAN_H

#include "base/span.h"
#include "corpus/stream.h"

#include <stdbool.h>
#include <stdint.h>

struct bibtex_scan {
    struct stream *stream;
    uint32_t line; /* of the stream's place; 1 at first */
};

struct bibtex_raw {
    struct span text; /* from the '@' on; stays until the next call */
    uint32_t line;
    bool too_long;
    bool runs_on;        /* no bracket ends it, but another entry begins where it stops */
    uint32_t stray_line; /* of text before it that looks like a field outside of any entry; 0 when there is none */
};

/* Finds the next entry and takes it off the stream; what stands between entries is passed over. An entry whose braces
 * do not balance ends where the next one begins on a line of its own, or with the file. False at the end, where
 * `stray_line` still counts. */
bool bibtex_scan_next(struct bibtex_scan *scan, struct bibtex_raw *out);

/* The bytes up to the bracket, with it, when `text` begins an entry: '@', a word, '{' or '('. Else 0. */
size_t bibtex_entry_begins(struct span text);

#endif
