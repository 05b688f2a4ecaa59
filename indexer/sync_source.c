#include "indexer/sync_source.h"

#include "base/error.h"
#include "corpus/reader.h"
#include "indexer/schema.h"
#include "indexer/store_internal.h"

static const char reading[] = "reading the list of files";
static const char writing[] = "writing the list of files";

/* Paths are bytes: text in another encoding than the library's would be lost on the way. */
static void bind_path(sqlite3_stmt *statement, int parameter, const char *path)
{
    (void)sqlite3_bind_blob64(statement, parameter, path, strlen(path), SQLITE_STATIC);
}

static void read_source(sqlite3_stmt *row, const struct walk_file *file, struct source_row *out)
{
    const struct span format = store_text(row, 4);
    *out = (struct source_row){.id = sqlite3_column_int64(row, 0),
                               .size = sqlite3_column_int64(row, 1),
                               .mtime_ns = sqlite3_column_int64(row, 2),
                               .hash = (uint64_t)sqlite3_column_int64(row, 3),
                               .has_this_name = span_is(store_text(row, 5), file->name),
                               .papers = (uint64_t)sqlite3_column_int64(row, 6),
                               .has_these_readers = sqlite3_column_int64(row, 7) == READERS_VERSION,
                               .ctime_ns = sqlite3_column_int64(row, 8)};
    (void)sqlite3_snprintf(FORMAT_BYTES, out->format, "%.*s", SPAN_ARGS(format));
}

pinakes_status source_find(struct store *store, const struct walk_file *file, struct source_row *out,
                           pinakes_error *error)
{
    static const char sql[] = "SELECT id, size, mtime_ns, hash, format, name,"
                              " " SQL_RECORDS_OF("sources.id") ", readers, ctime_ns FROM sources WHERE path = ?";
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_prepare(store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    bind_path(row, 1, file->path);
    const int code = sqlite3_step(row);
    *out = (struct source_row){.id = 0};
    if (code == SQLITE_ROW)
        read_source(row, file, out);
    else if (code != SQLITE_DONE)
        status = store_error(store, code, reading, error);
    (void)sqlite3_reset(row);
    return status;
}

static pinakes_status write_source(struct store *store, const char *sql, int64_t id, const struct source_state *state,
                                   pinakes_error *error)
{
    sqlite3_stmt *write = NULL;
    const pinakes_status status = store_prepare(store, sql, &write, error);
    if (status != PINAKES_OK)
        return status;
    bind_path(write, 1, state->file->path);
    (void)sqlite3_bind_text(write, 2, state->file->name, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(write, 3, state->format, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(write, 4, state->file->size);
    (void)sqlite3_bind_int64(write, 5, state->mtime_ns);
    (void)sqlite3_bind_int64(write, 6, (int64_t)state->hash);
    (void)sqlite3_bind_int64(write, 7, READERS_VERSION);
    (void)sqlite3_bind_int64(write, 8, state->file->ctime_ns);
    if (id != 0)
        (void)sqlite3_bind_int64(write, 9, id);
    return store_run(store, write, writing, error);
}

pinakes_status source_insert(struct store *store, const struct source_state *state, int64_t *id, pinakes_error *error)
{
    static const char sql[] = "INSERT INTO sources(path, name, format, size, mtime_ns, hash, readers, ctime_ns)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    const pinakes_status status = write_source(store, sql, 0, state, error);
    if (status == PINAKES_OK)
        *id = sqlite3_last_insert_rowid(store_db(store));
    return status;
}

pinakes_status source_update(struct store *store, int64_t id, const struct source_state *state, pinakes_error *error)
{
    static const char sql[] = "UPDATE sources SET path = ?1, name = ?2, format = ?3, size = ?4, mtime_ns = ?5,"
                              " hash = ?6, readers = ?7, ctime_ns = ?8 WHERE id = ?9";
    return write_source(store, sql, id, state, error);
}

pinakes_status source_remove(struct store *store, int64_t id, pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(store, "DELETE FROM sources WHERE id = ?", &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(statement, 1, id);
    return store_run(store, statement, writing, error);
}

/* ---- the files below a root --------------------------------------------------------------------------------- */

/* Every path below "/notes" lies between "/notes/" and "/notes0": '0' is the byte behind '/'. */
static bool bind_range(sqlite3_stmt *select, const char *root, struct arena *arena)
{
    const char *folder = strcmp(root, "/") == 0 ? "" : root;
    const char *first = arena_format(arena, "%s/", folder);
    const char *end = arena_format(arena, "%s0", folder);
    if (first == NULL || end == NULL)
        return false;
    bind_path(select, 1, root);
    bind_path(select, 2, first);
    bind_path(select, 3, end);
    return true;
}

struct listing {
    struct arena *arena;
    struct known_source *found;
    size_t count, capacity;
};

static bool take_source(void *context, sqlite3_stmt *row)
{
    struct listing *in = context;
    const char *copy = arena_string(in->arena, store_text(row, 1));
    struct known_source *grown = arena_grow(in->arena, in->found, in->count, &in->capacity, sizeof *grown);
    if (copy == NULL || grown == NULL)
        return false;
    in->found = grown;
    grown[in->count++] = (struct known_source){.id = sqlite3_column_int64(row, 0), .path = copy};
    return true;
}

pinakes_status sources_below(struct store *store, const char *root, struct arena *arena, struct known_source **out,
                             size_t *count, pinakes_error *error)
{
    static const char sql[] = "SELECT id, path FROM sources WHERE path = ?1 OR (path >= ?2 AND path < ?3)";
    struct listing in = {.arena = arena};
    sqlite3_stmt *rows = NULL;
    pinakes_status status = store_prepare(store, sql, &rows, error);
    if (status != PINAKES_OK)
        return status;
    status = bind_range(rows, root, arena) ? store_each(store, rows, reading, take_source, &in, error)
                                           : error_no_memory(error);
    *out = in.found;
    *count = in.count;
    return status;
}
