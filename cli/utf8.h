/* UTF-8 as a terminal and JSON need it: decoding that never fails, and columns on the screen. */
#ifndef CLI_UTF8_H
#define CLI_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* What stands for bytes that are no UTF-8, and for control characters where they must not reach a terminal. */
enum { UTF8_REPLACEMENT = 0xFFFD };

/* Decodes the first code point of `text`, which has `bytes` > 0 bytes, into `*point`, and returns its length. A byte
 * that begins no valid sequence counts as one UTF8_REPLACEMENT of length 1. */
size_t utf8_decode(const char *text, size_t bytes, uint32_t *point);

/* Columns a terminal gives to a code point: 0 for combining marks, 2 for wide characters, else 1. */
size_t utf8_columns(uint32_t point);

/* Columns of a whole text. */
size_t utf8_width(const char *text, size_t bytes);

/* A NUL-terminated copy of `text` that is valid UTF-8, with U+FFFD for every byte that was not; `*clean_bytes` is its
 * length. The caller frees it. */
char *utf8_clean(const char *text, size_t bytes, size_t *clean_bytes);

#endif
