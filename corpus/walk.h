/* Which files lie under the paths a user names. */
#ifndef CORPUS_WALK_H
#define CORPUS_WALK_H

#include "base/arena.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct conventions;

struct walk_file {
    const char *path;    /* absolute; "-" is standard input */
    const char *name;    /* for people: below the folder that was named, or the base name; valid UTF-8 */
    int64_t size;        /* bytes */
    int64_t mtime_ns;    /* when its content changed, nanoseconds since 1970; programs set it as they like */
    int64_t ctime_ns;    /* when anything of it changed by the system's clock, which none can set */
    bool is_explicit;    /* the user named this very file */
    const char *archive; /* the path of the archive it is packed in, which `path` and `name` go on; else NULL */
    uint32_t member;     /* its place there: corpus/archive.h */
    const struct conventions *conventions; /* what holds in its folder, NULL for nothing; the walk leaves it so */
    const char *below;                     /* the path below the folder that says so, within `path` */
};

/* A path the user named, or one below it that could not be looked into. */
struct walk_root {
    const char *path; /* absolute, without a final slash */
    bool is_missing;  /* there is nothing at that path */
    int64_t device;   /* the file system it lies on, as stat() numbers it */
};

struct walk_list {
    struct walk_file *files; /* each path once; sorted bytewise, but for members of an archive */
    size_t file_count;
    struct walk_root *roots; /* the paths named, in their order */
    size_t root_count;
    const char **unreadable; /* absolute paths of folders and files below which nothing is known */
    size_t unreadable_count;
    const char **folders; /* absolute paths of the folders that were looked into */
    size_t folder_count;
};

/* Lists the regular files under `paths`; "-" is passed through. Hidden names and the folders of tools (.git,
 * node_modules, ...) are skipped below a root, and what a .pinakesignore (corpus/ignore.h) names; links are followed,
 * each folder once and by its own path where it lies below a root. An archive stands for the files in it, which come in
 * its order; one that is damaged counts as unreadable. What cannot be read is named to `notice` (NULL allowed) and kept
 * in `unreadable`. `keep_going` (NULL allowed) is asked now and then. The list lives in `arena`. Errors:
 * PINAKES_NO_MEMORY, PINAKES_CANCELLED, PINAKES_IO when the working folder is gone. */
pinakes_status walk_paths(struct arena *arena, const char *const *paths, size_t path_count,
                          void (*notice)(void *context, const char *file, uint32_t line, const char *message),
                          bool (*keep_going)(void *context), void *context, struct walk_list *out,
                          pinakes_error *error);

/* `path` made absolute as walk_paths() does it, in `arena`: without links, "." and ".." where there is something at
 * that path. NULL when memory is short, the working folder is gone or `path` is empty. */
char *walk_absolute_path(struct arena *arena, const char *path);

/* The error for a path of which walk_absolute_path() gave nothing. */
pinakes_status walk_no_path(const char *path, pinakes_error *error);

#endif
