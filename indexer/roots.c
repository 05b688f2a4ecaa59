#include "indexer/roots.h"

#include "base/error.h"
#include "indexer/store_internal.h"

static const char reading[] = "reading the list of roots";
static const char writing[] = "writing the list of roots";

bool path_is_within(const char *path, const char *folder)
{
    const size_t len = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
    return strncmp(path, folder, len) == 0 && (path[len] == '/' || (path[len] == '\0' && len > 0));
}

const struct root *roots_over(const struct root_list *list, const char *path)
{
    const struct root *innermost = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct root *root = &list->items[i];
        if (path_is_within(path, root->path) && (innermost == NULL || strlen(root->path) > strlen(innermost->path)))
            innermost = root;
    }
    return innermost;
}

struct root *roots_at(const struct root_list *list, const char *path)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].path, path) == 0)
            return &list->items[i];
    return NULL;
}

bool roots_put(struct arena *arena, struct root_list *list, const struct root *root)
{
    struct root *same = roots_at(list, root->path);
    if (same == NULL) {
        struct root *grown = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *grown);
        if (grown == NULL)
            return false;
        list->items = grown;
        same = &list->items[list->count++];
    }
    *same = *root;
    return true;
}

/* A list being read. */
struct reading {
    struct arena *arena;
    struct root_list *list;
};

static bool put_row(void *context, sqlite3_stmt *row)
{
    const struct reading *in = context;
    const struct root root = {.path = arena_string(in->arena, store_text(row, 0)),
                              .format = arena_string(in->arena, store_text(row, 1)),
                              .keep_going = sqlite3_column_int(row, 2) > 0,
                              .strict = sqlite3_column_int(row, 2) < 0,
                              .device = sqlite3_column_int64(row, 3),
                              .pdf = sqlite3_column_int(row, 4) != 0};
    return root.path != NULL && root.format != NULL && roots_put(in->arena, in->list, &root);
}

pinakes_status roots_read(struct store *store, struct arena *arena, struct root_list *list, pinakes_error *error)
{
    static const char sql[] = "SELECT path, format, keep_going, device, pdf FROM roots ORDER BY path";
    struct reading in = {arena, list};
    sqlite3_stmt *rows = NULL;
    const pinakes_status status = store_prepare(store, sql, &rows, error);
    return status == PINAKES_OK ? store_each(store, rows, reading, put_row, &in, error) : status;
}

pinakes_status roots_forget(struct store *store, const char *path, pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(store, "DELETE FROM roots WHERE path = ?", &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_blob64(statement, 1, path, strlen(path), SQLITE_STATIC);
    return store_run(store, statement, writing, error);
}

static bool is_read_alike(const struct root *a, const struct root *b)
{
    return strcmp(a->format, b->format) == 0 && a->keep_going == b->keep_going && a->strict == b->strict &&
           a->pdf == b->pdf;
}

static pinakes_status insert(struct store *store, const struct root *root, pinakes_error *error)
{
    static const char sql[] =
        "INSERT OR REPLACE INTO roots(path, format, keep_going, device, pdf) VALUES(?, ?, ?, ?, ?)";
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(store, sql, &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_blob64(statement, 1, root->path, strlen(root->path), SQLITE_STATIC);
    (void)sqlite3_bind_text(statement, 2, root->format, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int(statement, 3, root->strict ? -1 : root->keep_going);
    (void)sqlite3_bind_int64(statement, 4, root->device);
    (void)sqlite3_bind_int(statement, 5, root->pdf);
    return store_run(store, statement, writing, error);
}

pinakes_status roots_remember(struct store *store, const struct root *root, bool *changed, pinakes_error *error)
{
    struct arena arena = {0};
    struct root_list list = {0};
    pinakes_status status = roots_read(store, &arena, &list, error);
    const struct root *over = status == PINAKES_OK ? roots_over(&list, root->path) : NULL;
    const bool is_there = over != NULL && is_read_alike(over, root) &&
                          (strcmp(over->path, root->path) != 0 || over->device == root->device);
    for (size_t i = 0; i < list.count && status == PINAKES_OK && !is_there; i++)
        if (path_is_within(list.items[i].path, root->path) && is_read_alike(&list.items[i], root))
            status = roots_forget(store, list.items[i].path, error);
    if (status == PINAKES_OK && !is_there)
        status = insert(store, root, error);
    *changed |= !is_there;
    arena_free(&arena);
    return status;
}
