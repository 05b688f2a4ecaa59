/* A list of names in the order they were added, each once. */
#ifndef CORPUS_NAME_SET_H
#define CORPUS_NAME_SET_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero at first. Names are spans into what outlives the set. */
struct name_set {
    struct span *at;
    size_t count, capacity;
    uint32_t *slots; /* index from 1 by hash, 0 for free */
    size_t slot_count;
};

/* Adds `name`, unless it is there or empty; the set's memory is `arena`'s. False when memory is short. */
bool name_set_add(struct name_set *names, struct arena *arena, struct span name);

/* Adds each of the names between commas. */
bool name_set_add_list(struct name_set *names, struct arena *arena, struct span list);

bool name_set_has(const struct name_set *names, struct span name);

#endif
