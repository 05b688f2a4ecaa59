#include "base/error.h"
#include "indexer/sync_paths.h"
#include "indexer/sync_run.h"
#include "indexer/sync_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

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

/* What looks at lost files, and what it is given beside them. */
struct visitor {
    pinakes_status (*lost)(struct sync *sync, const struct known_source *known, enum fate fate, void *context,
                           pinakes_error *error);
    void *context;
};

/* A file that was named itself is gone when its folder is there without it. */
static bool is_deleted_file(struct sync *sync, const char *root, const struct known_source *known, size_t count)
{
    const char *slash = strrchr(root, '/');
    struct stat folder;
    if (count != 1 || strcmp(known[0].path, root) != 0 || slash == NULL)
        return false;
    const char *above = arena_format(&sync->arena, "%.*s", slash == root ? 1 : (int)(slash - root), root);
    return above != NULL && stat(above, &folder) == 0;
}

static bool has_files(const struct seen_paths *seen, const char *root)
{
    for (size_t i = 0; i < seen->files.count; i++)
        if (path_is_within(seen->files.paths[i].at, root))
            return true;
    return false;
}

/* Whether the root, of which the library knows files, is away as a whole: nothing is at its path, or an empty folder of
 * another file system than before. */
static bool is_away(struct sync *sync, const struct seen_paths *seen, const struct walk_root *root,
                    const struct known_source *known, size_t count)
{
    if (count == 0 || strcmp(root->path, "-") == 0)
        return false;
    if (root->is_missing)
        return !is_deleted_file(sync, root->path, known, count);
    const struct root *before = roots_at(&sync->known_roots, root->path);
    return before != NULL && before->device != root->device && !path_set_has(&seen->unreadable, span_of(root->path)) &&
           !has_files(seen, root->path);
}

static enum fate fate_of(const struct seen_paths *seen, const struct known_source *known)
{
    const struct span path = span_of(known->path);
    return path_set_has(&seen->unreadable, path) || path_set_has_above(&seen->unreadable, path) ? FATE_UNKNOWN
                                                                                                : FATE_VANISHED;
}

/* `whole` is FATE_VANISHED where each file has to be asked for itself. */
static pinakes_status visit_known(struct sync *sync, const struct seen_paths *seen, const struct known_source *known,
                                  size_t count, enum fate whole, const struct visitor *visitor, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        if (!path_set_has(&seen->files, span_of(known[i].path)))
            status = visitor->lost(sync, &known[i], whole == FATE_VANISHED ? fate_of(seen, &known[i]) : whole,
                                   visitor->context, error);
    return status;
}

static void notice_away(const struct sync *sync, const char *root, size_t file_count)
{
    char message[256];
    if (file_count == 0)
        (void)snprintf(message, sizeof message, "is not there; 'index --forget' with it ends this reminder");
    else
        (void)snprintf(message, sizeof message,
                       "is not there; the papers of its %zu file%s stay, 'index --forget' with it removes them",
                       file_count, file_count == 1 ? "" : "s");
    watch_notice(&sync->watch, root, 0, message);
}

static pinakes_status check_root(struct sync *sync, const struct seen_paths *seen, const struct walk_root *root,
                                 const struct visitor *visitor, pinakes_error *error)
{
    struct known_source *known = NULL;
    size_t count = 0;
    pinakes_status status = sources_below(sync->store, root->path, &sync->arena, &known, &count, error);
    const bool is_known = sync->is_refresh || roots_at(&sync->known_roots, root->path) != NULL;
    if (status == PINAKES_OK && count == 0 && root->is_missing && !is_known)
        return sync_nothing_there(root->path, error);
    if (status != PINAKES_OK || path_set_has_above(&seen->roots, span_of(root->path)))
        return status; /* the root above looks at the same files */
    const bool away = is_away(sync, seen, root, known, count);
    if (away || (count == 0 && root->is_missing))
        notice_away(sync, root->path, count);
    return visit_known(sync, seen, known, count, away ? FATE_AWAY : FATE_VANISHED, visitor, error);
}

static int compare_roots(const void *left, const void *right)
{
    const struct walk_root *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* A root that is not there and that this run was not told of: its papers may turn up under another that was. */
static pinakes_status check_other_root(struct sync *sync, const struct seen_paths *seen, const struct root *root,
                                       const struct visitor *visitor, pinakes_error *error)
{
    struct known_source *known = NULL;
    size_t count = 0;
    struct stat at_path;
    const struct span path = span_of(root->path);
    if (path_set_has(&seen->roots, path) || path_set_has_above(&seen->roots, path) || stat(root->path, &at_path) == 0)
        return PINAKES_OK;
    const pinakes_status status = sources_below(sync->store, root->path, &sync->arena, &known, &count, error);
    return status == PINAKES_OK ? visit_known(sync, seen, known, count, FATE_AWAY_TOO, visitor, error) : status;
}

pinakes_status sync_find_lost(struct sync *sync,
                              pinakes_status (*lost)(struct sync *sync, const struct known_source *known,
                                                     enum fate fate, void *context, pinakes_error *error),
                              void *context, pinakes_error *error)
{
    const struct visitor visitor = {lost, context};
    struct walk_root *roots = sync->list.roots;
    struct seen_paths seen;
    pinakes_status status = collect_paths(sync, &seen, error);
    qsort(roots, sync->list.root_count, sizeof *roots, compare_roots);
    for (size_t i = 0; i < sync->list.root_count && status == PINAKES_OK; i++)
        if (i == 0 || strcmp(roots[i - 1].path, roots[i].path) != 0)
            status = check_root(sync, &seen, &roots[i], &visitor, error);
    for (size_t i = 0; i < sync->known_roots.count && status == PINAKES_OK; i++)
        status = check_other_root(sync, &seen, &sync->known_roots.items[i], &visitor, error);
    return status;
}

static pinakes_status match_lost(struct sync *sync, const struct known_source *known, enum fate fate, void *context,
                                 pinakes_error *error)
{
    (void)context;
    switch (fate) {
    case FATE_UNKNOWN:
        return match_kept(&sync->match, known->id, error);
    case FATE_AWAY:
    case FATE_AWAY_TOO:
        return match_away(&sync->match, known->id, fate == FATE_AWAY, error);
    case FATE_VANISHED:
        return match_vanished(&sync->match, known->id, error);
    }
    return PINAKES_OK;
}

pinakes_status sync_find_vanished(struct sync *sync, pinakes_error *error)
{
    return sync_find_lost(sync, match_lost, NULL, error);
}
