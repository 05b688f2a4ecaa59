#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK_BYTES = 16384, LARGEST_BLOCK_BYTES = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t capacity;
    size_t used;
    max_align_t data[];
};

static struct arena_block *block_create(size_t capacity, struct arena_block *next)
{
    if (capacity > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = malloc(sizeof *block + capacity);
    if (block != NULL)
        *block = (struct arena_block){.next = next, .capacity = capacity};
    return block;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    const size_t align = sizeof(max_align_t);
    if (bytes > SIZE_MAX - align)
        return NULL;
    const size_t rounded = (bytes + align - 1) / align * align;
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->capacity - block->used < rounded) {
        size_t capacity = block == NULL ? FIRST_BLOCK_BYTES : block->capacity * 2;
        if (capacity > LARGEST_BLOCK_BYTES)
            capacity = LARGEST_BLOCK_BYTES;
        block = block_create(rounded > capacity ? rounded : capacity, block);
        if (block == NULL)
            return NULL;
        arena->blocks = block;
    }
    void *memory = (char *)block->data + block->used;
    block->used += rounded;
    arena->used += rounded;
    return memset(memory, 0, rounded);
}

void *arena_array(struct arena *arena, size_t count, size_t bytes)
{
    if (bytes != 0 && count > SIZE_MAX / bytes)
        return NULL;
    return arena_alloc(arena, count * bytes);
}

char *arena_string(struct arena *arena, struct span text)
{
    char *copy = text.len == SIZE_MAX ? NULL : arena_alloc(arena, text.len + 1);
    if (copy != NULL && text.len > 0)
        memcpy(copy, text.at, text.len);
    return copy;
}

struct span arena_span(struct arena *arena, struct span text, bool *failed)
{
    const char *copy = arena_string(arena, text);
    *failed |= copy == NULL;
    return (struct span){copy == NULL ? "" : copy, copy == NULL ? 0 : text.len};
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t bytes)
{
    if (count < *capacity)
        return array;
    const size_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = arena_array(arena, wanted, bytes);
    if (moved == NULL)
        return NULL;
    if (count > 0)
        memcpy(moved, array, count * bytes);
    *capacity = wanted;
    return moved;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *keep = arena->blocks;
    if (keep == NULL)
        return;
    while (keep->next != NULL) {
        struct arena_block *next = keep->next->next;
        free(keep->next);
        keep->next = next;
    }
    keep->used = 0;
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    arena_reset(arena);
    free(arena->blocks);
    *arena = (struct arena){0};
}
