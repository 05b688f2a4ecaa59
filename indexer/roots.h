/* The table roots: the files and folders a library is kept in step with, and how each is read. */
#ifndef INDEXER_ROOTS_H
#define INDEXER_ROOTS_H

#include "base/arena.h"
#include "indexer/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct root {
    const char *path;             /* absolute, without a final slash */
    const char *format;           /* the reader of all files below; "": the content of each decides */
    bool keep_going, strict, pdf; /* as in pinakes_index_options */
    int64_t device;               /* the file system it lay on when last seen, as stat() numbers it */
};

struct root_list {
    struct root *items;
    size_t count, capacity;
};

/* Whether `path` is `folder` or lies below it. */
bool path_is_within(const char *path, const char *folder);

/* Appends the roots of the library, in the order of their paths, to `list`, which lives in `arena`. */
pinakes_status roots_read(struct store *store, struct arena *arena, struct root_list *list, pinakes_error *error);

/* The innermost root that `path` is or lies below, or NULL. */
const struct root *roots_over(const struct root_list *list, const char *path);

/* The root at that very path, or NULL. */
struct root *roots_at(const struct root_list *list, const char *path);

/* Puts `root` in the list, in place of one at the same path. False when memory is short. */
bool roots_put(struct arena *arena, struct root_list *list, const struct root *root);

/* Inside a write transaction. A root replaces the one at the same path, and those below it that are read alike. */
pinakes_status roots_remember(struct store *store, const struct root *root, bool *changed, pinakes_error *error);
pinakes_status roots_forget(struct store *store, const char *path, pinakes_error *error);

#endif
