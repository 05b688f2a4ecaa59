/* A growing run of bytes, always NUL-terminated behind its end. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/arena.h"
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
void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t count);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What it holds; lives until the buffer changes. */
static inline struct span buffer_text(const struct buffer *buffer)
{
    return (struct span){buffer->at == NULL ? "" : buffer->at, buffer->len};
}

/* A NUL-terminated copy of what it holds; NULL when memory is short, or was. */
static inline char *buffer_keep(const struct buffer *buffer, struct arena *arena)
{
    return buffer->failed ? NULL : arena_string(arena, buffer_text(buffer));
}

/* Empties the buffer and keeps its memory. */
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
