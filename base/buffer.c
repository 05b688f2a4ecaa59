#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static bool make_room(struct buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (buffer->capacity - buffer->len > more)
        return true;
    size_t capacity = buffer->capacity == 0 ? 64 : buffer->capacity;
    while (capacity - buffer->len <= more) {
        if (capacity > SIZE_MAX / 2) {
            buffer->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *moved = realloc(buffer->at, capacity);
    if (moved == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->at = moved;
    buffer->capacity = capacity;
    return true;
}

void buffer_add(struct buffer *buffer, struct span text)
{
    if (!make_room(buffer, text.len))
        return;
    if (text.len > 0)
        memcpy(buffer->at + buffer->len, text.at, text.len);
    buffer->len += text.len;
    buffer->at[buffer->len] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, span_of(text));
}

void buffer_add_bytes(struct buffer *buffer, const void *bytes, size_t count)
{
    buffer_add(buffer, (struct span){bytes, count});
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    buffer_add(buffer, (struct span){&byte, 1});
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len >= 0 && make_room(buffer, (size_t)len)) {
        (void)vsnprintf(buffer->at + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
    if (buffer->at != NULL)
        buffer->at[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->at);
    *buffer = (struct buffer){0};
}
