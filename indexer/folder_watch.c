#include "indexer/folder_watch.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/span.h"
#include "corpus/ignore.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHANGES = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF |
              IN_MOVE_SELF,
    WATCHED = CHANGES | IN_MODIFY | IN_ONLYDIR,
    SELF = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED,
    HELD_OPEN_US = 10000000,
};

struct watched {
    int number; /* as inotify_add_watch() gave it */
    const char *folder;
    const char *only; /* the one name in it that counts; NULL: all do */
};

struct written {
    char *path;
    int64_t at_us;
};

struct folder_watch {
    int descriptor;
    const char *library_path;
    struct arena arena; /* of `watched` */
    struct watched *watched;
    size_t count, capacity;
    struct written *written; /* files that were written to and not closed since */
    size_t written_count, written_capacity;
};

pinakes_status folder_watch_open(const char *library_path, struct folder_watch **out, pinakes_error *error)
{
    struct folder_watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL)
        return error_no_memory(error);
    watch->library_path = library_path;
    watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->descriptor < 0) {
        const pinakes_status status = error_set(error, PINAKES_IO, "folders cannot be watched: %s", strerror(errno));
        free(watch);
        return status;
    }
    *out = watch;
    return PINAKES_OK;
}

/* ---- files that are being written --------------------------------------------------------------------------- */

static void end_written(struct folder_watch *watch, size_t at)
{
    free(watch->written[at].path);
    watch->written[at] = watch->written[--watch->written_count];
}

static void end_all_written(struct folder_watch *watch)
{
    while (watch->written_count > 0)
        end_written(watch, watch->written_count - 1);
}

static struct written *written_at(const struct folder_watch *watch, const char *path)
{
    for (size_t i = 0; i < watch->written_count; i++)
        if (strcmp(watch->written[i].path, path) == 0)
            return &watch->written[i];
    return NULL;
}

/* Where memory is short the file is taken for whole, as it is for whoever does not ask. */
static void note_written(struct folder_watch *watch, const char *path)
{
    struct written *known = written_at(watch, path);
    if (known == NULL && watch->written_count == watch->written_capacity) {
        const size_t capacity = watch->written_capacity == 0 ? 16 : watch->written_capacity * 2;
        struct written *moved = realloc(watch->written, capacity * sizeof *moved);
        if (moved == NULL)
            return;
        watch->written = moved;
        watch->written_capacity = capacity;
    }
    if (known == NULL) {
        char *copy = strdup(path);
        if (copy == NULL)
            return;
        known = &watch->written[watch->written_count++];
        known->path = copy;
    }
    known->at_us = clock_now_us();
}

static bool end_held_open(struct folder_watch *watch)
{
    const int64_t now_us = clock_now_us();
    const size_t before = watch->written_count;
    for (size_t i = watch->written_count; i-- > 0;)
        if (now_us - watch->written[i].at_us >= HELD_OPEN_US)
            end_written(watch, i);
    return watch->written_count < before;
}

bool folder_watch_is_written(const struct folder_watch *watch, const char *path)
{
    return written_at(watch, path) != NULL;
}

void folder_watch_close(struct folder_watch *watch)
{
    if (watch == NULL)
        return;
    end_all_written(watch);
    free(watch->written);
    (void)close(watch->descriptor);
    arena_free(&watch->arena);
    free(watch);
}

/* ---- what is watched ---------------------------------------------------------------------------------------- */

static int compare_watched(const void *left, const void *right)
{
    const struct watched *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

static const struct watched *first_watched(const struct watched *watched, size_t count, int number)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (watched[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && watched[low].number == number ? &watched[low] : NULL;
}

/* The next set of watches while it is made. */
struct setting {
    struct folder_watch *watch;
    struct arena arena;
    struct watched *watched;
    size_t count, capacity;
    pinakes_error *error;
};

static pinakes_status cannot_watch(const struct setting *setting, const char *folder, int why)
{
    if (why == ENOSPC)
        return error_set(setting->error, PINAKES_IO,
                         "%s: cannot be watched: the limit fs.inotify.max_user_watches is reached", folder);
    return error_set(setting->error, PINAKES_IO, "%s: cannot be watched: %s", folder, strerror(why));
}

/* A folder that vanished meanwhile, or may not be read, is not watched; its parent tells when that changes. */
static pinakes_status add(struct setting *setting, const char *folder, const char *only)
{
    const int number = inotify_add_watch(setting->watch->descriptor, folder, WATCHED);
    if (number < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? PINAKES_OK
                                                                      : cannot_watch(setting, folder, errno);
    struct watched *grown =
        arena_grow(&setting->arena, setting->watched, setting->count, &setting->capacity, sizeof *grown);
    const struct watched watched = {.number = number,
                                    .folder = arena_string(&setting->arena, span_of(folder)),
                                    .only = only == NULL ? NULL : arena_string(&setting->arena, span_of(only))};
    if (grown == NULL || watched.folder == NULL || (only != NULL && watched.only == NULL))
        return error_no_memory(setting->error);
    setting->watched = grown;
    grown[setting->count++] = watched;
    return PINAKES_OK;
}

/* The nearest folder above `path` that is there, for the name by which `path` goes on in it. */
static pinakes_status add_above(struct setting *setting, const char *path)
{
    char *folder = arena_string(&setting->arena, span_of(path));
    if (folder == NULL)
        return error_no_memory(setting->error);
    for (char *slash; (slash = strrchr(folder, '/')) != NULL;) {
        struct stat at_path;
        *slash = '\0';
        const char *name = slash + 1;
        if (stat(slash == folder ? "/" : folder, &at_path) == 0 && S_ISDIR(at_path.st_mode))
            return add(setting, slash == folder ? "/" : folder, name);
    }
    return PINAKES_OK;
}

static pinakes_status add_all(struct setting *setting, const struct walk_list *list)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < list->folder_count && status == PINAKES_OK; i++)
        status = add(setting, list->folders[i], NULL);
    for (size_t i = 0; i < list->root_count && status == PINAKES_OK; i++)
        if (strcmp(list->roots[i].path, "-") != 0)
            status = add_above(setting, list->roots[i].path);
    return status;
}

static bool has_new(const struct setting *setting)
{
    for (size_t i = 0; i < setting->count; i++)
        if (first_watched(setting->watch->watched, setting->watch->count, setting->watched[i].number) == NULL)
            return true;
    return false;
}

/* From the watches before to those of the setting. */
static void exchange(struct setting *setting)
{
    struct folder_watch *watch = setting->watch;
    for (size_t i = 0; i < watch->count; i++)
        if (first_watched(setting->watched, setting->count, watch->watched[i].number) == NULL)
            (void)inotify_rm_watch(watch->descriptor, watch->watched[i].number);
    arena_free(&watch->arena);
    watch->arena = setting->arena;
    watch->watched = setting->watched;
    watch->count = setting->count;
}

pinakes_status folder_watch_set(struct folder_watch *watch, const struct walk_list *list, bool *grew,
                                pinakes_error *error)
{
    struct setting setting = {.watch = watch, .error = error};
    const pinakes_status status = add_all(&setting, list);
    if (status != PINAKES_OK) {
        arena_free(&setting.arena);
        return status;
    }
    if (setting.count > 0)
        qsort(setting.watched, setting.count, sizeof *setting.watched, compare_watched);
    *grew = has_new(&setting);
    exchange(&setting);
    return PINAKES_OK;
}

/* ---- events ------------------------------------------------------------------------------------------------- */

/* Hidden names and the library's own files are no notes; rules for what to pass over are hidden and count. */
static bool is_of_interest(const struct folder_watch *watch, const char *path, const char *name)
{
    const size_t len = strlen(watch->library_path);
    if (strncmp(path, watch->library_path, len) == 0 && (path[len] == '\0' || path[len] == '-'))
        return false;
    return name[0] != '.' || strcmp(name, IGNORE_FILE) == 0;
}

/* Whether the event about the file `name` in a watched folder is a change. */
static bool hear_of_file(struct folder_watch *watch, const struct watched *watched, uint32_t mask, const char *name)
{
    char path[4096 + 256];
    const bool is_root = strcmp(watched->folder, "/") == 0;
    (void)snprintf(path, sizeof path, "%s/%s", is_root ? "" : watched->folder, name);
    if (!is_of_interest(watch, path, name) || (watched->only != NULL && strcmp(watched->only, name) != 0))
        return false;
    if ((mask & IN_MODIFY) != 0) {
        note_written(watch, path);
        return false;
    }
    struct written *written = written_at(watch, path);
    if (written != NULL && (mask & (IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM)) != 0)
        end_written(watch, (size_t)(written - watch->written));
    return true;
}

static bool hear(struct folder_watch *watch, const struct inotify_event *event)
{
    bool changed = false;
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
        end_all_written(watch);
        return true;
    }
    const struct watched *watched = first_watched(watch->watched, watch->count, event->wd);
    for (; watched != NULL && watched < watch->watched + watch->count && watched->number == event->wd; watched++)
        changed |= (event->mask & SELF) != 0 || event->len == 0
                       ? (event->mask & SELF) != 0
                       : hear_of_file(watch, watched, event->mask, event->name);
    return changed;
}

static bool read_events(struct folder_watch *watch)
{
    _Alignas(struct inotify_event) char bytes[16384];
    bool changed = false;
    for (ssize_t len; (len = read(watch->descriptor, bytes, sizeof bytes)) > 0;)
        for (const char *at = bytes; at < bytes + len;) {
            const struct inotify_event *event = (const void *)at;
            changed |= hear(watch, event);
            at += sizeof *event + event->len;
        }
    return changed;
}

bool folder_watch_wait(struct folder_watch *watch, int timeout_ms)
{
    struct pollfd ready = {.fd = watch->descriptor, .events = POLLIN};
    const bool changed = poll(&ready, 1, timeout_ms) > 0 && read_events(watch);
    return end_held_open(watch) || changed;
}
