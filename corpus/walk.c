#include "corpus/walk.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"
#include "corpus/archive.h"
#include "corpus/ignore.h"
#include "corpus/load.h"
#include "corpus/words.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

/* Deeper than anyone files notes; a bound for the open folders and the stack. */
enum { DEEPEST = 128, ASK_EVERY = 256 };

struct folder_id {
    dev_t device;
    ino_t inode;
};

/* A folder that a link leads to. */
struct linked_folder {
    const char *path, *name;
    unsigned depth;
    const struct ignore_list *ignored;
};

struct walk {
    struct arena *arena;
    struct walk_list *list;
    size_t file_capacity, unreadable_capacity, folder_capacity;
    const struct ignore_list *ignored; /* what holds in the folder at hand */
    void *seen;                        /* tsearch() tree of the folders walked already: a link may lead back to one */
    struct linked_folder
        *linked; /* walked when all else is, so that a file is known by its own path where it has one */
    size_t linked_count, linked_capacity;
    void (*notice)(void *context, const char *file, uint32_t line, const char *message);
    bool (*keep_going)(void *context);
    void *context;
    uint32_t steps;
    pinakes_error *error;
};

static pinakes_status no_memory(const struct walk *walk)
{
    return error_no_memory(walk->error);
}

/* File names are bytes; people are shown valid UTF-8 with '?' for what is not. */
static const char *readable_name(struct arena *arena, const char *name)
{
    char *copy = arena_string(arena, span_of(name));
    if (copy == NULL)
        return NULL;
    for (size_t i = 0, len = strlen(copy); i < len;) {
        utf8proc_int32_t code_point;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)copy + i, (utf8proc_ssize_t)(len - i), &code_point);
        if (bytes <= 0 || code_point < 0x20)
            copy[i++] = '?';
        else
            i += (size_t)bytes;
    }
    return copy;
}

/* Whether the caller wants to go on; asked now and then. */
static bool may_go_on(struct walk *walk)
{
    return walk->keep_going == NULL || ++walk->steps % ASK_EVERY != 0 || walk->keep_going(walk->context);
}

static pinakes_status stopped(const struct walk *walk)
{
    return error_set(walk->error, PINAKES_CANCELLED, "stopped; the library is as it was");
}

static pinakes_status list_file(struct walk *walk, const struct walk_file *file)
{
    struct walk_list *list = walk->list;
    struct walk_file *files =
        arena_grow(walk->arena, list->files, list->file_count, &walk->file_capacity, sizeof *files);
    const char *shown = readable_name(walk->arena, file->name);
    if (files == NULL || shown == NULL)
        return no_memory(walk);
    list->files = files;
    files[list->file_count] = *file;
    files[list->file_count++].name = shown;
    return PINAKES_OK;
}

static pinakes_status add_unreadable(struct walk *walk, const char *path, const char *name, const char *why)
{
    struct walk_list *list = walk->list;
    const char **unreadable = arena_grow(walk->arena, list->unreadable, list->unreadable_count,
                                         &walk->unreadable_capacity, sizeof *unreadable);
    const char *shown = readable_name(walk->arena, name);
    const char *message = arena_format(walk->arena, "cannot be read: %s", why);
    if (unreadable == NULL || shown == NULL || message == NULL)
        return no_memory(walk);
    list->unreadable = unreadable;
    unreadable[list->unreadable_count++] = path;
    if (walk->notice != NULL)
        walk->notice(walk->context, shown, 0, message);
    return PINAKES_OK;
}

/* Folders that hold a tool's files and nobody's notes. */
static bool is_passed_over(const char *name)
{
    static const char *const folders[] = {"node_modules", "__pycache__", "CVS", "_site"};
    if (name[0] == '.')
        return true;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (strcmp(name, folders[i]) == 0)
            return true;
    return false;
}

/* What editors and office programs leave beside a file: "notes.md~", "#notes.md#", "~$notes.md". */
static bool is_left_behind(const char *name)
{
    const struct span text = span_of(name);
    return span_ends(text, "~") || (span_starts(text, "#") && span_ends(text, "#")) || span_starts(text, "~$");
}

/* ---- archives ------------------------------------------------------------------------------------------------ */

/* Whether a member's name leads out of its archive, or to what would be passed over in a folder. */
static bool is_member_passed_over(const char *name)
{
    struct span rest = span_of(name), part;
    while (span_cut(&rest, '/', &part)) {
        char folder[256];
        if (part.len == 0 || span_is(part, "."))
            continue;
        if (part.at[0] == '.' || part.len >= sizeof folder || span_is(part, "__MACOSX"))
            return true;
        memcpy(folder, part.at, part.len);
        folder[part.len] = '\0';
        if (is_passed_over(folder) || (rest.len == 0 && is_left_behind(folder)))
            return true;
    }
    return false;
}

static pinakes_status list_member(struct walk *walk, const struct walk_file *archive,
                                  const struct archive_member *member)
{
    const char *inside = member->name;
    while (*inside == '/' || strncmp(inside, "./", 2) == 0)
        inside++;
    if (is_member_passed_over(inside))
        return PINAKES_OK;
    const struct walk_file file = {.path = arena_format(walk->arena, "%s/%s", archive->path, inside),
                                   .name = arena_format(walk->arena, "%s/%s", archive->name, inside),
                                   .size = member->size,
                                   .mtime_ns = archive->mtime_ns,
                                   .ctime_ns = archive->ctime_ns,
                                   .archive = archive->path,
                                   .member = member->index};
    return file.path == NULL || file.name == NULL ? no_memory(walk) : list_file(walk, &file);
}

static pinakes_status list_members(struct walk *walk, const struct walk_file *file)
{
    struct archive_reader *archive = archive_open(file->path);
    struct archive_member member;
    pinakes_status status = archive == NULL ? no_memory(walk) : PINAKES_OK;
    enum archive_state state = ARCHIVE_MEMBER;
    while (status == PINAKES_OK && (state = archive_next(archive, &member)) == ARCHIVE_MEMBER)
        status = may_go_on(walk) ? list_member(walk, file, &member) : stopped(walk);
    if (status == PINAKES_OK && state == ARCHIVE_NO_MEMORY)
        status = no_memory(walk);
    if (status == PINAKES_OK && state == ARCHIVE_DAMAGED)
        status = add_unreadable(walk, file->path, file->name, archive_complaint(archive));
    archive_close(archive);
    return status;
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static pinakes_status add_file(struct walk *walk, const char *path, const char *name, const struct stat *status,
                               bool is_explicit)
{
    const struct walk_file file = {
        .path = path,
        .name = name,
        .size = status == NULL ? 0 : (int64_t)status->st_size,
        .mtime_ns = status == NULL ? 0 : nanoseconds(status->st_mtim),
        .ctime_ns = status == NULL ? 0 : nanoseconds(status->st_ctim),
        .is_explicit = is_explicit,
    };
    return status != NULL && S_ISREG(status->st_mode) && archive_is_named(path) ? list_members(walk, &file)
                                                                                : list_file(walk, &file);
}

/* ---- folders ------------------------------------------------------------------------------------------------- */

static int compare_folders(const void *left, const void *right)
{
    const struct folder_id *a = left, *b = right;
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    return a->inode == b->inode ? 0 : a->inode < b->inode ? -1 : 1;
}

static bool was_seen(const struct walk *walk, const struct stat *status)
{
    const struct folder_id id = {status->st_dev, status->st_ino};
    return tfind(&id, &walk->seen, compare_folders) != NULL;
}

static pinakes_status remember_folder(struct walk *walk, const struct stat *status)
{
    struct folder_id *id = arena_alloc(walk->arena, sizeof *id);
    if (id == NULL)
        return no_memory(walk);
    *id = (struct folder_id){status->st_dev, status->st_ino};
    return tsearch(id, &walk->seen, compare_folders) == NULL ? no_memory(walk) : PINAKES_OK;
}

/* The ids live in the arena; only the tree's own nodes are freed. */
static void keep_id(void *id)
{
    (void)id;
}

static pinakes_status walk_folder(struct walk *walk, int parent, const char *entry, const char *path, const char *name,
                                  unsigned depth);

static pinakes_status put_off(struct walk *walk, const char *path, const char *name, unsigned depth)
{
    struct linked_folder *grown =
        arena_grow(walk->arena, walk->linked, walk->linked_count, &walk->linked_capacity, sizeof *grown);
    if (grown == NULL)
        return no_memory(walk);
    walk->linked = grown;
    grown[walk->linked_count++] = (struct linked_folder){path, name, depth, walk->ignored};
    return PINAKES_OK;
}

static bool is_link(int folder, const char *entry)
{
    struct stat status;
    return fstatat(folder, entry, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

/* One name in a folder: a file to list, a folder to walk, or nothing for us. */
static pinakes_status visit(struct walk *walk, int folder, const char *entry, const char *path, const char *name,
                            unsigned depth)
{
    struct stat status;
    if (fstatat(folder, entry, &status, 0) != 0) {
        const bool dangling = errno == ENOENT; /* a link to nothing, or a file that vanished just now */
        return dangling ? PINAKES_OK : add_unreadable(walk, path, name, strerror(errno));
    }
    if (ignore_has(walk->ignored, path, S_ISDIR(status.st_mode)))
        return PINAKES_OK;
    if (S_ISREG(status.st_mode))
        return is_left_behind(entry) ? PINAKES_OK : add_file(walk, path, name, &status, false);
    if (!S_ISDIR(status.st_mode) || is_passed_over(entry) || was_seen(walk, &status))
        return PINAKES_OK;
    return is_link(folder, entry) ? put_off(walk, path, name, depth + 1)
                                  : walk_folder(walk, folder, entry, path, name, depth + 1);
}

static pinakes_status add_folder(struct walk *walk, const char *path)
{
    struct walk_list *list = walk->list;
    const char **grown =
        arena_grow(walk->arena, list->folders, list->folder_count, &walk->folder_capacity, sizeof *grown);
    if (grown == NULL)
        return no_memory(walk);
    list->folders = grown;
    grown[list->folder_count++] = path;
    return PINAKES_OK;
}

/* The rules a folder adds to those above it. An unreadable file is named, and hides nothing. */
static pinakes_status read_ignore_file(struct walk *walk, int folder, const char *path, const char *name)
{
    struct loaded loaded;
    const char *shown = arena_format(walk->arena, "%s/%s", name[0] == '\0' ? path : name, IGNORE_FILE);
    const char *file = arena_format(walk->arena, "%s/%s", strcmp(path, "/") == 0 ? "" : path, IGNORE_FILE);
    struct ignore_list *list = arena_alloc(walk->arena, sizeof *list);
    struct stat at_path;
    if (shown == NULL || file == NULL || list == NULL)
        return no_memory(walk);
    if (fstatat(folder, IGNORE_FILE, &at_path, 0) != 0 || !S_ISREG(at_path.st_mode) || at_path.st_size == 0)
        return PINAKES_OK;
    pinakes_status status = load_file(file, &loaded, walk->error);
    if (status != PINAKES_OK)
        return status;
    const char *text = loaded.outcome == LOAD_TEXT ? arena_string(walk->arena, loaded.text) : "";
    if (loaded.outcome != LOAD_TEXT && walk->notice != NULL)
        walk->notice(walk->context, shown, loaded.line, loaded.message);
    if (text == NULL || !ignore_read(walk->arena, span_of(text), path, walk->ignored, list))
        status = no_memory(walk);
    walk->ignored = list;
    loaded_free(&loaded);
    return status;
}

static pinakes_status walk_entries(struct walk *walk, DIR *folder, const char *path, const char *name, unsigned depth)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL)
            return errno == 0 ? PINAKES_OK : add_unreadable(walk, path, name, strerror(errno));
        if (entry->d_name[0] == '.')
            continue;
        if (!may_go_on(walk))
            return stopped(walk);
        const char *below = arena_format(walk->arena, "%s/%s", strcmp(path, "/") == 0 ? "" : path, entry->d_name);
        const char *shown = name[0] == '\0' ? arena_string(walk->arena, span_of(entry->d_name))
                                            : arena_format(walk->arena, "%s/%s", name, entry->d_name);
        if (below == NULL || shown == NULL)
            return no_memory(walk);
        const pinakes_status status = visit(walk, dirfd(folder), entry->d_name, below, shown, depth);
        if (status != PINAKES_OK)
            return status;
    }
}

static pinakes_status walk_folder(struct walk *walk, int parent, const char *entry, const char *path, const char *name,
                                  unsigned depth)
{
    const char *shown = name[0] == '\0' ? path : name;
    if (depth > DEEPEST)
        return add_unreadable(walk, path, shown, strerror(ELOOP));
    const int descriptor = openat(parent, entry, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) {
        const int why = errno;
        if (descriptor >= 0)
            (void)close(descriptor);
        return add_unreadable(walk, path, shown, strerror(why));
    }
    struct stat status;
    pinakes_status result = fstat(descriptor, &status) == 0 ? remember_folder(walk, &status) : PINAKES_OK;
    const struct ignore_list *above = walk->ignored;
    if (result == PINAKES_OK)
        result = add_folder(walk, path);
    if (result == PINAKES_OK)
        result = read_ignore_file(walk, descriptor, path, name);
    if (result == PINAKES_OK)
        result = walk_entries(walk, folder, path, name, depth);
    walk->ignored = above;
    (void)closedir(folder);
    return result;
}

static int compare_linked(const void *left, const void *right)
{
    return strcmp(((const struct linked_folder *)left)->path, ((const struct linked_folder *)right)->path);
}

static pinakes_status walk_link(struct walk *walk, const struct linked_folder *linked)
{
    struct stat status;
    if (stat(linked->path, &status) != 0 || was_seen(walk, &status))
        return PINAKES_OK;
    walk->ignored = linked->ignored;
    return walk_folder(walk, AT_FDCWD, linked->path, linked->path, linked->name, linked->depth);
}

/* In the order of their paths, whatever that of the folders they stand in; links below them come after. */
static pinakes_status walk_linked(struct walk *walk)
{
    pinakes_status status = PINAKES_OK;
    for (size_t done = 0, end; done < walk->linked_count && status == PINAKES_OK;) {
        end = walk->linked_count;
        qsort(walk->linked + done, end - done, sizeof *walk->linked, compare_linked);
        for (; done < end && status == PINAKES_OK; done++) {
            const struct linked_folder linked = walk->linked[done];
            status = walk_link(walk, &linked);
        }
    }
    return status;
}

/* Where nothing is, ".." and links stay as the user wrote them. No path at all, which a variable of the shell may hold,
 * is not the working folder. */
char *walk_absolute_path(struct arena *arena, const char *path)
{
    if (path[0] == '\0')
        return NULL;
    char *resolved = realpath(path, NULL);
    if (resolved != NULL) {
        char *copy = arena_string(arena, span_of(resolved));
        free(resolved);
        return copy;
    }
    char *folder = path[0] == '/' ? NULL : getcwd(NULL, 0);
    char *joined = path[0] == '/'   ? arena_string(arena, span_of(path))
                   : folder == NULL ? NULL
                                    : arena_format(arena, "%s/%s", folder, path);
    free(folder);
    size_t len = joined == NULL ? 0 : strlen(joined);
    while (len > 1 && joined[len - 1] == '/')
        joined[--len] = '\0';
    return joined;
}

pinakes_status walk_no_path(const char *path, pinakes_error *error)
{
    if (path[0] == '\0')
        return error_set(error, PINAKES_BAD_INPUT, "an empty path names no file or folder; '.' is the one you are in");
    char *folder = getcwd(NULL, 0);
    const bool is_gone = folder == NULL && errno != ENOMEM;
    free(folder);
    return is_gone ? error_set(error, PINAKES_IO, "%s: the folder you are in is gone; go to another", path)
                   : error_no_memory(error);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

static pinakes_status walk_root(struct walk *walk, const char *path, struct walk_root *root)
{
    if (strcmp(path, "-") == 0) {
        *root = (struct walk_root){.path = "-"};
        return add_file(walk, "-", "-", NULL, true);
    }
    const char *absolute = walk_absolute_path(walk->arena, path);
    if (absolute == NULL)
        return walk_no_path(path, walk->error);
    *root = (struct walk_root){.path = absolute};
    struct stat status;
    if (stat(absolute, &status) != 0) {
        root->is_missing = errno == ENOENT || errno == ENOTDIR;
        return root->is_missing ? PINAKES_OK : add_unreadable(walk, absolute, path, strerror(errno));
    }
    root->device = (int64_t)status.st_dev;
    if (S_ISDIR(status.st_mode))
        return was_seen(walk, &status) ? PINAKES_OK : walk_folder(walk, AT_FDCWD, absolute, absolute, "", 0);
    if (S_ISREG(status.st_mode) || S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode))
        return add_file(walk, absolute, base_name(absolute), &status, true);
    return add_unreadable(walk, absolute, path, strerror(EINVAL));
}

static int compare_files(const void *left, const void *right)
{
    const struct walk_file *a = left, *b = right;
    const int order = strcmp(a->path, b->path);
    if (order != 0)
        return order;
    return a->member != b->member ? (a->member < b->member ? 1 : -1) : (int)b->is_explicit - (int)a->is_explicit;
}

/* Members of an archive stand together, in its order. */
static int compare_places(const void *left, const void *right)
{
    const struct walk_file *a = left, *b = right;
    const int order = strcmp(a->archive == NULL ? a->path : a->archive, b->archive == NULL ? b->path : b->archive);
    return order != 0 ? order : a->member < b->member ? -1 : a->member > b->member;
}

/* A file may be named twice, or lie below two roots; of members with one name the last counts. */
static void drop_doubles(struct walk_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->file_count; i++)
        if (kept == 0 || strcmp(list->files[kept - 1].path, list->files[i].path) != 0)
            list->files[kept++] = list->files[i];
    list->file_count = kept;
}

pinakes_status walk_paths(struct arena *arena, const char *const *paths, size_t path_count,
                          void (*notice)(void *context, const char *file, uint32_t line, const char *message),
                          bool (*keep_going)(void *context), void *context, struct walk_list *out, pinakes_error *error)
{
    struct walk_list list = {.roots = arena_array(arena, path_count + 1, sizeof *list.roots)};
    struct walk walk = {
        .arena = arena, .list = &list, .notice = notice, .keep_going = keep_going, .context = context, .error = error};
    if (list.roots == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < path_count && status == PINAKES_OK; i++) {
        status = walk_root(&walk, paths[i], &list.roots[list.root_count]);
        list.root_count++;
    }
    if (status == PINAKES_OK)
        status = walk_linked(&walk);
    tdestroy(walk.seen, keep_id);
    if (status != PINAKES_OK)
        return status;
    if (list.file_count > 0)
        qsort(list.files, list.file_count, sizeof *list.files, compare_files);
    drop_doubles(&list);
    if (list.file_count > 0)
        qsort(list.files, list.file_count, sizeof *list.files, compare_places);
    *out = list;
    return PINAKES_OK;
}
