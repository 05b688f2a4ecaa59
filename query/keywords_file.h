/* The reader of keyword lists: one keyword or query a line. */
#ifndef QUERY_KEYWORDS_FILE_H
#define QUERY_KEYWORDS_FILE_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stddef.h>
#include <stdint.h>

/* All texts are never NULL. */
struct keyword {
    const char *section; /* "" above the first heading; the same address for all of one section */
    const char *label;   /* its name, or the query itself */
    const char *query;
    uint32_t line; /* counted from 1 */
};

struct keyword_list {
    struct keyword *at;
    size_t count;
};

/* A longer line is no keyword. */
enum { KEYWORD_BYTES_MAX = 4096 };

/* Reads `text` (UTF-8), line by line:
 *
 *     # a comment, and empty lines                   pass over
 *     [Memory], or ## Memory (also ###, ...)         begins a section
 *     far memory                                     a keyword: any query
 *     - far memory, or * far memory                  the same
 *     Cold pages: "cold page*" OR swap               a query with a name
 *     title:cxl, title: cxl                          a query: a field of the query language is no name
 *
 * A name ends at the first colon that white space follows, or nothing; no name holds quotation marks, or begins with
 * one of ( + -. A backslash in front ("\# sharp", "\[a]") makes a keyword of what would be something else.
 *
 * `*out` lives in `arena`. PINAKES_BAD_INPUT names `file` and the line of the first mistake, or that there is no
 * keyword at all. */
pinakes_status keywords_parse(struct arena *arena, const char *file, struct span text, struct keyword_list *out,
                              pinakes_error *error);

#endif
