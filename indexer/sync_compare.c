#include "base/error.h"
#include "indexer/schema.h"
#include "indexer/store_internal.h"
#include "indexer/sync.h"
#include "indexer/sync_run.h"
#include "indexer/sync_source.h"

#include <stdlib.h>
#include <string.h>

/* Where the comparison is put together; everything in it lives in `arena`. */
struct comparing {
    struct sync sync;
    struct arena *arena;
    pinakes_root *roots;
    pinakes_file_change *changes;
    size_t change_count, change_capacity;
};

static pinakes_root *root_of(struct comparing *comparing, const char *path)
{
    const struct root *over = roots_over(&comparing->sync.roots, path);
    return over == NULL ? NULL : &comparing->roots[over - comparing->sync.roots.items];
}

static pinakes_status add_change(struct comparing *comparing, pinakes_change change, const char *path,
                                 pinakes_error *error)
{
    pinakes_file_change *grown = arena_grow(comparing->arena, comparing->changes, comparing->change_count,
                                            &comparing->change_capacity, sizeof *grown);
    const char *copy = arena_string(comparing->arena, span_of(path));
    pinakes_root *root = root_of(comparing, path);
    if (grown == NULL || copy == NULL)
        return error_no_memory(error);
    comparing->changes = grown;
    grown[comparing->change_count++] =
        (pinakes_file_change){.change = change, .path = copy, .root = root == NULL ? "" : root->path};
    if (root != NULL) {
        root->added += change == PINAKES_ADDED;
        root->changed += change == PINAKES_CHANGED;
        root->removed += change == PINAKES_REMOVED;
    }
    return PINAKES_OK;
}

/* ---- files -------------------------------------------------------------------------------------------------- */

/* What a run would say is answered by the stamp, or by the content where that cannot be trusted. */
static pinakes_status compare_file(struct comparing *comparing, const struct walk_file *file, pinakes_error *error)
{
    struct source_row known;
    struct file_look look;
    pinakes_status status = source_find(comparing->sync.store, file, &known, error);
    if (status != PINAKES_OK || (known.id != 0 && sync_file_is_unchanged(&comparing->sync, file, &known)))
        return status;
    status = sync_look_into(&comparing->sync, file, &known, &look, error);
    if (status != PINAKES_OK || !look.is_readable)
        return status;
    if (known.id == 0)
        return add_change(comparing, PINAKES_ADDED, file->path, error);
    const bool is_same = look.hash == known.hash && known.size == file->size && known.has_this_name &&
                         known.has_these_readers && sync_file_is_read_alike(&comparing->sync, file, &known);
    return is_same ? PINAKES_OK : add_change(comparing, PINAKES_CHANGED, file->path, error);
}

static pinakes_status compare_files(struct comparing *comparing, pinakes_error *error)
{
    struct sync *sync = &comparing->sync;
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < sync->list.file_count && status == PINAKES_OK; i++) {
        const struct walk_file *file = &sync->list.files[i];
        if (strcmp(file->path, "-") != 0 && sync_is_source(sync, file))
            status = compare_file(comparing, file, error);
        sync->watch.progress.files_done++;
        if (status == PINAKES_OK)
            status = watch_tick(&sync->watch, error);
    }
    return status;
}

static pinakes_status lose_file(struct sync *sync, const struct known_source *known, enum fate fate, void *context,
                                pinakes_error *error)
{
    (void)sync;
    return fate == FATE_VANISHED ? add_change(context, PINAKES_REMOVED, known->path, error) : PINAKES_OK;
}

/* ---- roots -------------------------------------------------------------------------------------------------- */

static bool copy_roots(struct comparing *comparing)
{
    const struct root_list *list = &comparing->sync.roots;
    comparing->roots = arena_array(comparing->arena, list->count + 1, sizeof *comparing->roots);
    bool has_memory = comparing->roots != NULL;
    for (size_t i = 0; i < list->count && has_memory; i++) {
        comparing->roots[i] = (pinakes_root){.path = arena_string(comparing->arena, span_of(list->items[i].path)),
                                             .format = arena_string(comparing->arena, span_of(list->items[i].format)),
                                             .keep_going = list->items[i].keep_going,
                                             .strict = list->items[i].strict,
                                             .pdf = list->items[i].pdf};
        has_memory = comparing->roots[i].path != NULL && comparing->roots[i].format != NULL;
    }
    return has_memory;
}

static pinakes_status count_known(struct comparing *comparing, pinakes_error *error)
{
    static const char sql[] = "SELECT CAST(path AS TEXT), " SQL_RECORDS_OF("sources.id") " FROM sources";
    struct store *store = comparing->sync.store;
    sqlite3_stmt *row = NULL;
    int code;
    const pinakes_status status = store_prepare(store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(row, 0);
        pinakes_root *root = path == NULL ? NULL : root_of(comparing, path);
        if (root != NULL) {
            root->files++;
            root->papers += (uint64_t)sqlite3_column_int64(row, 1);
        }
    }
    (void)sqlite3_reset(row);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "reading the list of files", error);
}

/* The roots that were named, in the order of their paths. */
static size_t keep_looked_at(struct comparing *comparing)
{
    size_t kept = 0;
    for (size_t i = 0; i < comparing->sync.roots.count; i++) {
        const struct walk_root *root = sync_root_named(&comparing->sync, comparing->roots[i].path);
        if (root == NULL)
            continue;
        comparing->roots[kept] = comparing->roots[i];
        comparing->roots[kept++].is_missing = root->is_missing;
    }
    return kept;
}

static int compare_changes(const void *left, const void *right)
{
    const pinakes_file_change *a = left, *b = right;
    return strcmp(a->path, b->path);
}

/* ---- a comparison ------------------------------------------------------------------------------------------- */

static pinakes_status compare(struct comparing *comparing, const char *const *paths, size_t path_count,
                              pinakes_error *error)
{
    struct sync *sync = &comparing->sync;
    pinakes_status status = reader_asked_for(sync->watch.options, &sync->reader, error);
    if (status == PINAKES_OK)
        status = sync_find_files(sync, paths, path_count, error);
    if (status == PINAKES_OK && !copy_roots(comparing))
        status = error_no_memory(error);
    if (status == PINAKES_OK)
        status = count_known(comparing, error);
    if (status == PINAKES_OK)
        status = sync_find_lost(sync, lose_file, comparing, error);
    return status == PINAKES_OK ? compare_files(comparing, error) : status;
}

pinakes_status sync_compare(struct store *store, const char *const *paths, size_t path_count,
                            const pinakes_index_options *options, struct arena *arena, pinakes_comparison *out,
                            pinakes_error *error)
{
    struct comparing comparing = {.sync.store = store, .arena = arena};
    comparing.sync.library_path = realpath(store_path(store), NULL);
    watch_start(&comparing.sync.watch, options);
    const pinakes_status status = compare(&comparing, paths, path_count, error);
    if (status == PINAKES_OK) {
        const size_t root_count = keep_looked_at(&comparing);
        if (comparing.change_count > 0)
            qsort(comparing.changes, comparing.change_count, sizeof *comparing.changes, compare_changes);
        *out = (pinakes_comparison){.root_count = root_count,
                                    .roots = comparing.roots,
                                    .change_count = comparing.change_count,
                                    .changes = comparing.changes};
    }
    archive_cursor_close(&comparing.sync.archives);
    arena_free(&comparing.sync.arena);
    free(comparing.sync.library_path);
    return status;
}
