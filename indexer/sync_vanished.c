#include "base/error.h"
#include "indexer/sync_paths.h"
#include "indexer/sync_run.h"
#include "indexer/sync_source.h"

#include <stdlib.h>

pinakes_status sync_nothing_there(const char *path, pinakes_error *error)
{
    return error_set(error, PINAKES_IO, "%s: no such file or folder", path);
}

/* What the run knows about paths: those it found, those it could not look into, and those the user named. */
struct seen_paths {
    struct path_set files, unreadable, roots;
};

static pinakes_status collect_paths(struct sync *sync, struct seen_paths *out, pinakes_error *error)
{
    const struct walk_list *list = &sync->list;
    const char **files = arena_array(&sync->arena, list->file_count + 1, sizeof *files);
    const char **roots = arena_array(&sync->arena, list->root_count + 1, sizeof *roots);
    if (files == NULL || roots == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < list->file_count; i++)
        files[i] = list->files[i].path;
    for (size_t i = 0; i < list->root_count; i++)
        roots[i] = list->roots[i].path;
    const bool done = path_set_make(&sync->arena, files, list->file_count, &out->files) &&
                      path_set_make(&sync->arena, list->unreadable, list->unreadable_count, &out->unreadable) &&
                      path_set_make(&sync->arena, roots, list->root_count, &out->roots);
    return done ? PINAKES_OK : error_no_memory(error);
}

/* A file the library knows below a root: gone, unless the run found it or could not look where it lies. */
static pinakes_status check_known(struct sync *sync, const struct seen_paths *seen, const struct known_source *known,
                                  pinakes_error *error)
{
    const struct span path = span_of(known->path);
    if (path_set_has(&seen->files, path))
        return PINAKES_OK;
    if (path_set_has(&seen->unreadable, path) || path_set_has_above(&seen->unreadable, path))
        return match_kept(&sync->match, known->id, error);
    return match_vanished(&sync->match, known->id, error);
}

static pinakes_status check_root(struct sync *sync, const struct seen_paths *seen, const struct walk_root *root,
                                 pinakes_error *error)
{
    struct known_source *known = NULL;
    size_t count = 0;
    pinakes_status status = sources_below(sync->store, root->path, &sync->arena, &known, &count, error);
    if (status == PINAKES_OK && count == 0 && root->is_missing)
        return sync_nothing_there(root->path, error);
    if (path_set_has_above(&seen->roots, span_of(root->path)))
        return status; /* the root above looks at the same files */
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = check_known(sync, seen, &known[i], error);
    return status;
}

static int compare_roots(const void *left, const void *right)
{
    const struct walk_root *a = left, *b = right;
    return strcmp(a->path, b->path);
}

pinakes_status sync_find_vanished(struct sync *sync, pinakes_error *error)
{
    struct walk_root *roots = sync->list.roots;
    struct seen_paths seen;
    pinakes_status status = collect_paths(sync, &seen, error);
    qsort(roots, sync->list.root_count, sizeof *roots, compare_roots);
    for (size_t i = 0; i < sync->list.root_count && status == PINAKES_OK; i++)
        if (i == 0 || strcmp(roots[i - 1].path, roots[i].path) != 0)
            status = check_root(sync, &seen, &roots[i], error);
    return status;
}
