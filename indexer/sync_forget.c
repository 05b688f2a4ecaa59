#include "base/error.h"
#include "indexer/store_internal.h"
#include "indexer/sync.h"
#include "indexer/sync_run.h"
#include "indexer/sync_source.h"

static pinakes_status no_such_root(const struct root_list *roots, const char *path, pinakes_error *error)
{
    const struct root *over = roots_over(roots, path);
    if (over != NULL)
        return error_set(
            error, PINAKES_NOT_FOUND,
            "%s is no root of the library, it lies below %s; a line in a .pinakesignore there leaves it out", path,
            over->path);
    return error_set(error, PINAKES_NOT_FOUND, "%s is no root of the library; 'pinakes status' names them", path);
}

/* Its files go, but for those that another root has. */
static pinakes_status forget_files(struct sync *sync, const char *path, pinakes_error *error)
{
    struct known_source *known = NULL;
    size_t count = 0;
    pinakes_status status = sources_below(sync->store, path, &sync->arena, &known, &count, error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        if (roots_over(&sync->roots, known[i].path) == NULL)
            status = match_vanished(&sync->match, known[i].id, error);
    return status;
}

/* Standard input is no root, and its papers are forgotten all the same. */
static pinakes_status forget_root(struct sync *sync, const char *path, pinakes_error *error)
{
    return strcmp(path, "-") == 0 ? PINAKES_OK : roots_forget(sync->store, path, error);
}

static pinakes_status absolute_paths(struct sync *sync, const char *const *paths, size_t count, const char **out,
                                     pinakes_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const bool is_as_said = strcmp(paths[i], "-") == 0 || roots_at(&sync->known_roots, paths[i]) != NULL;
        out[i] = is_as_said ? paths[i] : walk_absolute_path(&sync->arena, paths[i]);
        if (out[i] == NULL)
            return walk_no_path(paths[i], error);
        if (strcmp(out[i], "-") != 0 && roots_at(&sync->known_roots, out[i]) == NULL)
            return no_such_root(&sync->known_roots, out[i], error);
    }
    return PINAKES_OK;
}

static pinakes_status forget_all(struct sync *sync, const char *const *paths, size_t count, pinakes_error *error)
{
    pinakes_status status = match_start(&sync->match, error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = forget_root(sync, paths[i], error);
    if (status == PINAKES_OK)
        status = roots_read(sync->store, &sync->arena, &sync->roots, error); /* what remains */
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = forget_files(sync, paths[i], error);
    return status == PINAKES_OK ? match_finish(&sync->match, error) : status;
}

static pinakes_status run(struct sync *sync, const char *const *paths, size_t count, pinakes_error *error)
{
    const char **absolute = arena_array(&sync->arena, count + 1, sizeof *absolute);
    pinakes_status status = roots_read(sync->store, &sync->arena, &sync->known_roots, error);
    if (status == PINAKES_OK)
        status = absolute == NULL ? error_no_memory(error) : absolute_paths(sync, paths, count, absolute, error);
    return status == PINAKES_OK ? forget_all(sync, absolute, count, error) : status;
}

pinakes_status sync_forget(struct store *store, const char *const *paths, size_t path_count,
                           const struct sync_company *company, pinakes_index_summary *summary, pinakes_error *error)
{
    static const pinakes_index_options usual = {0};
    struct sync sync = {.store = store, .company = company, .match = {.writer.store = store}};
    sync.match.join.rules = company->rules;
    watch_start(&sync.watch, &usual);
    pinakes_status status = store_begin(store, error);
    if (status != PINAKES_OK)
        return status;
    status = sync_end(&sync, run(&sync, paths, path_count, error), error);
    if (status == PINAKES_OK)
        *summary = (pinakes_index_summary){.papers_removed = sync.match.papers_removed,
                                           .papers_unchanged = store_paper_count(store),
                                           .papers_joined = sync.match.papers_joined,
                                           .generation = store_generation(store),
                                           .took_us = watch_took_us(&sync.watch)};
    match_free(&sync.match);
    arena_free(&sync.arena);
    return status;
}
