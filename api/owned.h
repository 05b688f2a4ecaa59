/* What a function of the API hands out: a public record, and the arena in which everything it points to lives. */
#ifndef API_OWNED_H
#define API_OWNED_H

#include "base/arena.h"

#include <stddef.h>

/* A record of `bytes` bytes, all zero, with an empty arena; NULL when memory is short. Release it with owned_free(). */
void *owned_create(size_t bytes);

struct arena *owned_arena(void *record);

/* Releases the record and its arena; NULL is allowed. */
void owned_free(void *record);

#endif
