#include "api/owned.h"

#include <stdlib.h>

struct owned {
    struct arena arena;
    max_align_t record[];
};

static struct owned *owner_of(void *record)
{
    return (struct owned *)((char *)record - offsetof(struct owned, record));
}

void *owned_create(size_t bytes)
{
    struct owned *owned = calloc(1, sizeof *owned + bytes);
    return owned == NULL ? NULL : owned->record;
}

struct arena *owned_arena(void *record)
{
    return &owner_of(record)->arena;
}

void owned_free(void *record)
{
    if (record == NULL)
        return;
    arena_free(owned_arena(record));
    free(owner_of(record));
}
