/* UTF-8 as a terminal and JSON need it: columns on the screen, and text that is valid. */
#ifndef CLI_UTF8_H
#define CLI_UTF8_H

#include "base/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether code_point_at() found a code point of `bytes` bytes, and not a byte that is no UTF-8. */
static inline bool utf8_is_valid(int32_t point, size_t bytes)
{
    return point != CODE_POINT_REPLACEMENT || bytes > 1;
}

/* Columns a terminal gives to a code point: 0 for combining marks, 2 for wide characters, else 1. */
size_t utf8_columns(int32_t point);

/* Columns of a whole text. */
size_t utf8_width(const char *text, size_t bytes);

/* A NUL-terminated copy of `text` that is valid UTF-8, with U+FFFD for every byte that was not; `*clean_bytes` is its
 * length. The caller frees it. */
char *utf8_clean(const char *text, size_t bytes, size_t *clean_bytes);

#endif
