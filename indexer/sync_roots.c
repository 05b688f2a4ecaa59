#include "base/error.h"
#include "indexer/schema.h"
#include "indexer/store_internal.h"
#include "indexer/sync_run.h"
#include "indexer/sync_source.h"

#include <errno.h>
#include <sys/stat.h>

static const struct root *root_of(const struct sync *sync, const struct walk_file *file)
{
    return roots_over(&sync->roots, file->path);
}

/* A format that only another version knew leaves the choice to the content. */
const struct reader *sync_reader_of(const struct sync *sync, const struct walk_file *file)
{
    const struct root *root = root_of(sync, file);
    const char *format = conventions_format(file->conventions, file->below);
    const struct reader *told = format == NULL ? NULL : reader_named(format);
    if (root == NULL)
        return sync->reader != NULL ? sync->reader : told;
    return root->format[0] == '\0' ? told : reader_named(root->format);
}

const struct walk_root *sync_root_named(const struct sync *sync, const char *path)
{
    for (size_t i = 0; i < sync->list.root_count; i++)
        if (strcmp(sync->list.roots[i].path, path) == 0)
            return &sync->list.roots[i];
    return NULL;
}

/* One bad entry among the thousands below a folder is no reason to have none of them; of a file that was named, its
 * user is there to decide. */
bool sync_keeps_going(const struct sync *sync, const struct walk_file *file)
{
    const pinakes_index_options *options = sync->watch.options;
    const struct root *root = root_of(sync, file);
    if (root == NULL ? options->keep_going : root->keep_going)
        return true;
    return !(root == NULL ? options->strict : root->strict) && sync_root_named(sync, file->path) == NULL;
}

bool sync_reads_pdf(const struct sync *sync, const struct walk_file *file)
{
    const struct root *root = root_of(sync, file);
    return sync->watch.options->pdf || (root != NULL && root->pdf);
}

/* ---- before the files are read ------------------------------------------------------------------------------ */

/* A path below a root is read as that is, unless this run says otherwise; a root named again, as this run says. */
static bool put_named(struct sync *sync, const struct walk_root *named)
{
    const pinakes_index_options *options = sync->watch.options;
    struct root root = {.path = named->path,
                        .format = sync->reader == NULL ? "" : sync->reader->name,
                        .keep_going = options->keep_going,
                        .strict = options->strict,
                        .pdf = options->pdf,
                        .device = named->device};
    const struct root *over = roots_over(&sync->roots, named->path);
    if (over != NULL && (sync->is_refresh || strcmp(over->path, named->path) != 0) && sync->reader == NULL) {
        root.format = over->format;
        root.keep_going |= over->keep_going && !options->strict;
        root.strict |= over->strict && !options->keep_going;
        root.pdf |= over->pdf;
    }
    return roots_put(&sync->arena, &sync->roots, &root);
}

static pinakes_status put_all_named(struct sync *sync, pinakes_error *error)
{
    for (size_t i = 0; i < sync->list.root_count; i++)
        if (strcmp(sync->list.roots[i].path, "-") != 0 && !put_named(sync, &sync->list.roots[i]))
            return error_no_memory(error);
    return PINAKES_OK;
}

static const char *const *all_roots(struct sync *sync, size_t *count)
{
    const char **paths = arena_array(&sync->arena, sync->roots.count + 1, sizeof *paths);
    for (size_t i = 0; paths != NULL && i < sync->roots.count; i++)
        paths[i] = sync->roots.items[i].path;
    *count = sync->roots.count;
    return paths;
}

pinakes_status sync_find_files(struct sync *sync, const char *const *paths, size_t path_count, pinakes_error *error)
{
    sync->is_refresh = path_count == 0 || sync->watch.options->refresh;
    pinakes_status status =
        sync->store == NULL ? PINAKES_OK : roots_read(sync->store, &sync->arena, &sync->known_roots, error);
    for (size_t i = 0; i < sync->known_roots.count && status == PINAKES_OK; i++)
        status = roots_put(&sync->arena, &sync->roots, &sync->known_roots.items[i]) ? status : error_no_memory(error);
    if (status == PINAKES_OK && path_count == 0 && (paths = all_roots(sync, &path_count)) == NULL)
        status = error_no_memory(error);
    if (status == PINAKES_OK && path_count == 0 && sync->watch.options->topics_file == NULL)
        status = error_set(error, PINAKES_NOT_FOUND,
                           "the library knows no files yet; name files or folders: pinakes index PATH...");
    if (status == PINAKES_OK)
        status = sync_walk(&sync->watch, &sync->arena, paths, path_count, sync->is_refresh, &sync->list, error);
    for (size_t i = 0; i < sync->list.file_count && sync->is_refresh && status == PINAKES_OK; i++)
        sync->list.files[i].is_explicit = false;
    if (status == PINAKES_OK)
        status = sync_find_conventions(sync, error);
    return status == PINAKES_OK ? put_all_named(sync, error) : status;
}

/* ---- after -------------------------------------------------------------------------------------------------- */

/* An unmounted disk leaves an empty folder on another file system: the root is still what it was. */
static bool is_unsure(const struct sync *sync, const struct walk_root *named)
{
    for (size_t i = 0; i < sync->list.file_count; i++)
        if (path_is_within(sync->list.files[i].path, named->path))
            return false;
    return true;
}

pinakes_status sync_remember_roots(struct sync *sync, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    bool changed = false; /* nothing a search could notice: the generation stays */
    for (size_t i = 0; i < sync->list.root_count && status == PINAKES_OK; i++) {
        const struct walk_root *named = &sync->list.roots[i];
        const struct root *root = roots_at(&sync->roots, named->path);
        if (root == NULL || named->is_missing || (sync->is_refresh && is_unsure(sync, named)))
            continue;
        status = roots_remember(sync->store, root, &changed, error);
    }
    return status;
}

static pinakes_status count_papers(struct sync *sync, const struct known_source *known, size_t count, int64_t *papers,
                                   pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_prepare(sync->store, "SELECT " SQL_RECORDS_OF("?1"), &row, error);
    *papers = 0;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        (void)sqlite3_bind_int64(row, 1, known[i].id);
        const int code = sqlite3_step(row);
        if (code == SQLITE_ROW)
            *papers += sqlite3_column_int64(row, 0);
        else
            status = store_error(sync->store, code, "counting papers", error);
        (void)sqlite3_reset(row);
    }
    return status;
}

static pinakes_status forget_if_moved(struct sync *sync, const struct root *root, pinakes_error *error)
{
    struct known_source *known = NULL;
    size_t count = 0;
    int64_t papers = 0;
    pinakes_status status = sources_below(sync->store, root->path, &sync->arena, &known, &count, error);
    if (status == PINAKES_OK)
        status = count_papers(sync, known, count, &papers, error);
    if (status != PINAKES_OK || papers > 0)
        return status;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = source_remove(sync->store, known[i].id, error);
    return status == PINAKES_OK ? roots_forget(sync->store, root->path, error) : status;
}

pinakes_status sync_forget_moved_roots(struct sync *sync, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    struct stat at_path;
    for (size_t i = 0; i < sync->known_roots.count && status == PINAKES_OK; i++)
        if (stat(sync->known_roots.items[i].path, &at_path) != 0 && errno == ENOENT)
            status = forget_if_moved(sync, &sync->known_roots.items[i], error);
    return status;
}
