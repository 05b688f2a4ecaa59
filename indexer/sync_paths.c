#include "indexer/sync_paths.h"

#include <stdlib.h>

static int compare_paths(const void *left, const void *right)
{
    const struct span *a = left, *b = right;
    const int order = memcmp(a->at, b->at, a->len < b->len ? a->len : b->len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

bool path_set_make(struct arena *arena, const char *const *paths, size_t count, struct path_set *out)
{
    *out = (struct path_set){.paths = arena_array(arena, count + 1, sizeof *out->paths), .count = count};
    if (out->paths == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        out->paths[i] = span_of(paths[i]);
    qsort(out->paths, count, sizeof *out->paths, compare_paths);
    return true;
}

bool path_set_has(const struct path_set *set, struct span path)
{
    return bsearch(&path, set->paths, set->count, sizeof *set->paths, compare_paths) != NULL;
}

bool path_set_has_above(const struct path_set *set, struct span path)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.at[i] == '/' && path.len > 1 && path_set_has(set, (struct span){path.at, i == 0 ? 1 : i}))
            return true;
    return false;
}
