#include "base/name_set.h"

#include "base/hash.h"

static uint32_t *slot_of(const struct name_set *names, struct span name)
{
    size_t slot = hash_add(HASH_START, name) & (names->slot_count - 1);
    while (names->slots[slot] != 0 && !span_equal(names->at[names->slots[slot] - 1], name))
        slot = (slot + 1) & (names->slot_count - 1);
    return &names->slots[slot];
}

static bool make_room(struct name_set *names, struct arena *arena)
{
    enum { SLOTS_AT_FIRST = 256 };
    if (names->count * 2 < names->slot_count)
        return true;
    const size_t slot_count = names->slot_count == 0 ? SLOTS_AT_FIRST : names->slot_count * 2;
    uint32_t *slots = arena_array(arena, slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    names->slots = slots;
    names->slot_count = slot_count;
    for (size_t i = 0; i < names->count; i++)
        *slot_of(names, names->at[i]) = (uint32_t)(i + 1);
    return true;
}

size_t name_set_place(struct name_set *names, struct arena *arena, struct span name, bool *is_new)
{
    if (!make_room(names, arena))
        return SIZE_MAX;
    uint32_t *slot = slot_of(names, name);
    *is_new = *slot == 0;
    if (!*is_new)
        return *slot - 1;
    struct span *grown = arena_grow(arena, names->at, names->count, &names->capacity, sizeof *grown);
    if (grown == NULL)
        return SIZE_MAX;
    names->at = grown;
    names->at[names->count] = name;
    *slot = (uint32_t)++names->count;
    return names->count - 1;
}

bool name_set_add(struct name_set *names, struct arena *arena, struct span name)
{
    bool is_new;
    return name.len == 0 || name_set_place(names, arena, name, &is_new) != SIZE_MAX;
}

bool name_set_add_list(struct name_set *names, struct arena *arena, struct span list)
{
    while (list.len > 0) {
        const char *comma = memchr(list.at, ',', list.len);
        const size_t len = comma == NULL ? list.len : (size_t)(comma - list.at);
        if (!name_set_add(names, arena, span_trim((struct span){list.at, len})))
            return false;
        const size_t used = len + (comma != NULL);
        list = (struct span){list.at + used, list.len - used};
    }
    return true;
}

size_t name_set_find(const struct name_set *names, struct span name)
{
    const uint32_t slot = names->slot_count == 0 ? 0 : *slot_of(names, name);
    return slot == 0 ? SIZE_MAX : slot - 1;
}

bool name_set_has(const struct name_set *names, struct span name)
{
    return name_set_find(names, name) != SIZE_MAX;
}
