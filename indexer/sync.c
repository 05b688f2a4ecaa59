#include "indexer/sync.h"

#include "base/error.h"
#include "corpus/conventions.h"
#include "indexer/seal_ahead.h"
#include "indexer/store_internal.h"
#include "indexer/sync_run.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* ---- the files of a run ------------------------------------------------------------------------------------ */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Whether both paths lie in one folder, be it by way of a link. */
static bool are_beside(const char *a, const char *b)
{
    struct stat x, y;
    char *folder_a = strndup(a, (size_t)(base_name(a) - a)), *folder_b = strndup(b, (size_t)(base_name(b) - b));
    const bool are = folder_a != NULL && folder_b != NULL && stat(folder_a, &x) == 0 && stat(folder_b, &y) == 0 &&
                     x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    free(folder_a);
    free(folder_b);
    return are;
}

/* The library may lie in a folder of notes, or a link in one may lead to it; its own files are no notes. */
static bool is_library(const struct sync *sync, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", "-segment"};
    const char *library = sync->library_path == NULL ? "/" : base_name(sync->library_path), *name = base_name(path);
    const size_t len = strlen(library);
    if (len == 0 || strncmp(name, library, len) != 0)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(name + len, endings[i]) == 0)
            return are_beside(path, sync->library_path);
    return false;
}

/* It says how notes are read and is none. */
static bool is_conventions(const struct walk_file *file)
{
    const char *slash = strrchr(file->path, '/');
    return slash != NULL && strcmp(slash + 1, CONVENTIONS_FILE) == 0;
}

bool sync_is_source(const struct sync *sync, const struct walk_file *file)
{
    return !is_library(sync, file->path) && !is_conventions(file);
}

static pinakes_status sync_files(struct sync *sync, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < sync->list.file_count && status == PINAKES_OK; i++) {
        const struct walk_file *file = &sync->list.files[i];
        const uint64_t bytes_before = sync->watch.progress.bytes_done;
        if (sync_is_source(sync, file))
            status = sync->store == NULL ? sync_preview_file(sync, file, error) : sync_file(sync, file, error);
        sync->watch.progress.files_done++;
        sync->watch.progress.bytes_done = bytes_before + (uint64_t)file->size;
        if (status == PINAKES_OK)
            status = watch_tick(&sync->watch, error);
    }
    return status == PINAKES_OK ? watch_tell(&sync->watch, error) : status;
}

/* ---- a run -------------------------------------------------------------------------------------------------- */

static pinakes_status write_run(struct sync *sync, pinakes_error *error)
{
    bool is_current = true;
    pinakes_status status = match_start(&sync->match, error);
    if (status == PINAKES_OK && sync->match.writer.last_id == 0)
        sync->match.writer.ahead = seal_ahead_begin(sync->store);
    if (status == PINAKES_OK)
        status = store_check_analyzer(sync->store, &is_current, error);
    if (status == PINAKES_OK && !is_current)
        status = match_separate_all(&sync->match, error);
    if (status == PINAKES_OK && !is_current)
        status = paper_reindex_all(&sync->match.writer, error);
    if (status == PINAKES_OK)
        status = sync_find_vanished(sync, error);
    if (status == PINAKES_OK)
        status = sync_files(sync, error);
    if (status == PINAKES_OK)
        status = match_finish(&sync->match, error);
    if (status == PINAKES_OK && sync->match.rules_are_new)
        status = sync_tell_idle_rules(sync, error);
    if (status == PINAKES_OK)
        status = sync_remember_roots(sync, error);
    if (status == PINAKES_OK && sync->match.met_away)
        status = sync_forget_moved_roots(sync, error);
    if (status == PINAKES_OK && !is_current)
        status = match_touch_all(&sync->match, error);
    return status;
}

pinakes_status sync_end(struct sync *sync, pinakes_status status, pinakes_error *error)
{
    const struct sync_company *company = sync->company;
    const struct match *match = &sync->match;
    if (status == PINAKES_OK && company->hook != NULL)
        status = company->hook(company->hook_context, match->told.at, match->told.count, error);
    if (status == PINAKES_OK)
        status = watch_tell(&sync->watch, error);
    if (status != PINAKES_OK) {
        store_rollback(sync->store);
        return status;
    }
    return store_commit(sync->store, match->changed || (company->hook_changed != NULL && *company->hook_changed),
                        error);
}

static int64_t wall_clock_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static pinakes_status prepare(struct sync *sync, const char *const *paths, size_t path_count, pinakes_error *error)
{
    sync->started_ns = wall_clock_ns();
    if (sync->store != NULL) {
        sync->library_path = realpath(store_path(sync->store), NULL);
        if (sync->library_path == NULL)
            return error_set(error, PINAKES_IO, "%s: %s", store_path(sync->store), strerror(errno));
    }
    const pinakes_status status = reader_asked_for(sync->watch.options, &sync->reader, error);
    return status != PINAKES_OK ? status : sync_find_files(sync, paths, path_count, error);
}

static void fill_summary(struct sync *sync, pinakes_index_summary *out)
{
    const struct match *match = &sync->match;
    *out = sync->summary;
    out->papers_new += match->papers_new;
    out->papers_changed += match->papers_changed;
    out->papers_removed += match->papers_removed;
    out->papers_unchanged += match->papers_unchanged;
    out->papers_joined = match->papers_joined;
    out->took_us = watch_took_us(&sync->watch);
}

static void clean_up(struct sync *sync)
{
    seal_ahead_free(sync->match.writer.ahead);
    match_free(&sync->match);
    archive_cursor_close(&sync->archives);
    arena_free(&sync->arena);
    arena_free(&sync->paper_arena);
    free(sync->library_path);
}

pinakes_status sync_paths(struct store *store, const char *const *paths, size_t path_count,
                          const pinakes_index_options *options, const struct sync_company *company,
                          pinakes_index_summary *summary, pinakes_error *error)
{
    struct sync sync = {.store = store, .company = company, .match = {.writer.store = store}};
    sync.match.screen = company->screen;
    sync.match.screen_context = company->hook_context;
    sync.match.join.rules = company->rules;
    sync.match.joining = options->no_merge ? JOINING_OFF : options->merge ? JOINING_ON : JOINING_AS_BEFORE;
    watch_start(&sync.watch, options);
    pinakes_status status = prepare(&sync, paths, path_count, error);
    if (status == PINAKES_OK)
        status = store_begin(store, error);
    if (status == PINAKES_OK)
        status = sync_end(&sync, write_run(&sync, error), error);
    if (status == PINAKES_OK && sync.match.writer.ahead != NULL) {
        seal_ahead_keep(sync.match.writer.ahead, store);
        sync.match.writer.ahead = NULL;
    }
    if (status == PINAKES_OK && summary != NULL) {
        fill_summary(&sync, summary);
        summary->generation = store_generation(store);
    }
    clean_up(&sync);
    return status;
}

/* ---- the same reading without a library --------------------------------------------------------------------- */

/* A library may know what is there no more; looking does not. */
static pinakes_status check_there(const struct sync *sync, pinakes_error *error)
{
    for (size_t i = 0; i < sync->list.root_count; i++)
        if (sync->list.roots[i].is_missing)
            return sync_nothing_there(sync->list.roots[i].path, error);
    return PINAKES_OK;
}

pinakes_status sync_preview(const char *const *paths, size_t path_count, const pinakes_index_options *options,
                            pinakes_index_summary *summary, pinakes_error *error)
{
    struct sync sync = {.store = NULL};
    watch_start(&sync.watch, options);
    pinakes_status status = prepare(&sync, paths, path_count, error);
    if (status == PINAKES_OK)
        status = check_there(&sync, error);
    if (status == PINAKES_OK)
        status = sync_files(&sync, error);
    if (status == PINAKES_OK && summary != NULL)
        fill_summary(&sync, summary);
    clean_up(&sync);
    return status;
}
