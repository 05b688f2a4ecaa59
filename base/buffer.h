/* A growing run of bytes, always NUL-terminated behind its end. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* All zero is an empty buffer. After a failed allocation `failed` stays set and appends do nothing, so that a
 * writer can append freely and look once at the end. */
struct buffer {
    char *at;
    size_t len;
    size_t capacity;
    bool failed;
};

void buffer_add(struct buffer *buffer, struct span text);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Empties the buffer and keeps its memory. */
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
