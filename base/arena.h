/* Memory that is freed all at once: one arena for a paper while indexing, one for a query while searching. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
    struct arena_block *blocks;
    size_t used; /* bytes handed out since the last reset */
};

/* `bytes` bytes, aligned for any type and zeroed; NULL when memory is short. Lives until the arena is reset or
 * freed. */
void *arena_alloc(struct arena *arena, size_t bytes);

/* Room for `count` elements of `bytes` bytes; NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t bytes);

/* A NUL-terminated copy, and printf() into memory; NULL when it is short. */
char *arena_string(struct arena *arena, struct span text);
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A NUL-terminated copy as a span. When memory is short it is empty and `*failed` is set. */
struct span arena_span(struct arena *arena, struct span text, bool *failed);

/* Makes room for one more element in a growing array of `*capacity` elements of `bytes` bytes, `count` in use:
 * returns the array, moved if need be, or NULL. The old copy stays in the arena. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t bytes);

/* Forgets everything handed out and keeps one block for reuse. */
void arena_reset(struct arena *arena);

/* Gives everything back; the arena is empty and usable again. */
void arena_free(struct arena *arena);

#endif
