/* A list of names in the order they were added, each once. */
#ifndef BASE_NAME_SET_H
#define BASE_NAME_SET_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero at first. Names are spans into what outlives the set. What belongs to each may stand in an array beside
 * `at`, in the same places. */
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

/* The place of `name` in `at`, from 0; it is put there when it is new, and may then be replaced by a copy that lives
 * longer. SIZE_MAX when memory is short. */
size_t name_set_place(struct name_set *names, struct arena *arena, struct span name, bool *is_new);

/* The place of `name`; SIZE_MAX when it is not there. */
size_t name_set_find(const struct name_set *names, struct span name);
bool name_set_has(const struct name_set *names, struct span name);

#endif
