/* What files named pinakes.ini say of the folders they lie in. */
#include "base/error.h"
#include "corpus/conventions.h"
#include "corpus/load.h"
#include "indexer/sync_run.h"

#include <unistd.h>

/* Those met by a run: of each folder what is said in it, or in the nearest above it. */
struct met {
    const char *path; /* of the pinakes.ini */
    const struct conventions *conventions;
};

struct search {
    struct sync *sync;
    struct met *met;
    size_t count, capacity;
    struct span folder; /* the last one asked for, and what holds there */
    const struct met *found;
    const char *shown; /* the file being read, for messages */
};

static void tell_mistake(void *context, uint32_t line, const char *message)
{
    const struct search *search = context;
    watch_notice(&search->sync->watch, search->shown, line, message);
}

static pinakes_status read_conventions(struct search *search, const char *path, struct met *out, pinakes_error *error)
{
    struct loaded loaded;
    pinakes_status status = load_file(path, &loaded, error);
    if (status != PINAKES_OK)
        return status;
    search->shown = path;
    if (loaded.outcome != LOAD_TEXT)
        watch_notice(&search->sync->watch, path, loaded.line, loaded.message);
    *out = (struct met){path, conventions_read(&search->sync->arena, loaded.text, tell_mistake, search)};
    loaded_free(&loaded);
    return out->conventions == NULL ? error_no_memory(error) : PINAKES_OK;
}

/* The one at `path`, read once a run. */
static pinakes_status meet(struct search *search, const char *path, pinakes_error *error)
{
    for (size_t i = 0; i < search->count; i++)
        if (strcmp(search->met[i].path, path) == 0) {
            search->found = &search->met[i];
            return PINAKES_OK;
        }
    struct met *met = arena_grow(&search->sync->arena, search->met, search->count, &search->capacity, sizeof *met);
    if (met == NULL)
        return error_no_memory(error);
    search->met = met;
    const pinakes_status status = read_conventions(search, path, &met[search->count], error);
    search->found = &met[search->count];
    search->count += status == PINAKES_OK;
    return status;
}

/* Looks in `folder` and above, not above its first `top` bytes. */
static pinakes_status look_in(struct search *search, struct span folder, size_t top, pinakes_error *error)
{
    search->folder = folder;
    search->found = NULL;
    while (search->found == NULL && folder.len >= top && folder.len > 0) {
        const char *path = arena_format(&search->sync->arena, "%.*s/%s", SPAN_ARGS(folder), CONVENTIONS_FILE);
        if (path == NULL)
            return error_no_memory(error);
        if (access(path, R_OK) == 0)
            return meet(search, path, error);
        const char *slash = memrchr(folder.at, '/', folder.len);
        folder.len = slash == NULL ? 0 : (size_t)(slash - folder.at);
    }
    return PINAKES_OK;
}

/* What holds for a file has a part in its stamp, so that one read by other conventions counts as changed. */
static void set_conventions(struct walk_file *file, const struct met *met)
{
    enum { MOST_NS = 999983 }; /* less than any file system's clock ticks in practice; a prime */
    file->conventions = met->conventions;
    file->below = file->path + strlen(met->path) - strlen(CONVENTIONS_FILE);
    file->mtime_ns += 1 + (int64_t)(conventions_hash(met->conventions) % MOST_NS);
}

pinakes_status sync_find_conventions(struct sync *sync, pinakes_error *error)
{
    struct search search = {.sync = sync};
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < sync->list.file_count && status == PINAKES_OK; i++) {
        struct walk_file *file = &sync->list.files[i];
        const char *slash = strrchr(file->path, '/');
        if (slash == NULL || slash == file->path || file->archive != NULL)
            continue;
        const struct span folder = {file->path, (size_t)(slash - file->path)};
        const size_t top = strlen(file->path) - strlen(file->name) - 1;
        if (search.folder.at == NULL || !span_equal(search.folder, folder))
            status = look_in(&search, folder, file->is_explicit ? folder.len : top, error);
        if (status == PINAKES_OK && search.found != NULL)
            set_conventions(file, search.found);
    }
    return status;
}
