#include "base/buffer.h"
#include "base/error.h"
#include "indexer/fts_tokenizer.h"
#include "indexer/schema.h"
#include "indexer/seal_ahead.h"
#include "indexer/store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what stands at the path ------------------------------------------------------------------------------ */

static pinakes_status no_library(const struct store *store, pinakes_error *error)
{
    return error_set(error, PINAKES_NO_LIBRARY, "%s: there is no library yet; make one with `pinakes index PATH...`",
                     store->path);
}

/* SQLite would say "unable to open database file" of a folder and wait for ever for a pipe. */
static pinakes_status check_file(const struct store *store, pinakes_mode mode, pinakes_error *error)
{
    struct stat at_path;
    if (stat(store->path, &at_path) != 0) {
        if (errno != ENOENT)
            return error_set(error, PINAKES_IO, "%s: %s", store->path, strerror(errno));
        return mode == PINAKES_WRITE ? PINAKES_OK : no_library(store, error);
    }
    if (S_ISDIR(at_path.st_mode))
        return error_set(error, PINAKES_IO, "%s is a folder, not a library; name a file in it", store->path);
    if (!S_ISREG(at_path.st_mode))
        return error_set(error, PINAKES_IO, "%s is no regular file, so it cannot be a library", store->path);
    return PINAKES_OK;
}

static pinakes_status make_folders(const struct store *store, pinakes_error *error)
{
    char *path = strdup(store->path);
    if (path == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    for (char *slash = strchr(path + 1, '/'); slash != NULL && status == PINAKES_OK; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            status = error_set(error, PINAKES_IO, "%s: the folder cannot be made: %s", path, strerror(errno));
        *slash = '/';
    }
    free(path);
    return status;
}

/* ---- whose file it is ------------------------------------------------------------------------------------- */

struct identity {
    int64_t application_id, schema_version;
    int64_t table_count; /* looked up only in a file that bears no application id */
};

static int read_number(sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    const int finished = sqlite3_finalize(statement);
    return code == SQLITE_ROW ? SQLITE_OK : finished != SQLITE_OK ? finished : code;
}

static int read_identity(sqlite3 *db, struct identity *out)
{
    *out = (struct identity){0};
    int code = read_number(db, "PRAGMA application_id", &out->application_id);
    if (code == SQLITE_OK)
        code = read_number(db, "PRAGMA user_version", &out->schema_version);
    if (code == SQLITE_OK && out->application_id == 0)
        code = read_number(db, "SELECT count(*) FROM sqlite_schema", &out->table_count);
    return code;
}

/* Nothing at all is what a creation leaves that was killed before its transaction ended. */
static bool is_empty(const struct identity *identity)
{
    return identity->application_id == 0 && identity->schema_version == 0 && identity->table_count == 0;
}

static pinakes_status check_identity(const struct store *store, const struct identity *identity, pinakes_error *error)
{
    if (identity->application_id != SCHEMA_APPLICATION_ID)
        return error_set(error, PINAKES_BAD_INPUT, "%s is no Pinakes library: it is a database of another program",
                         store->path);
    if (identity->schema_version != SCHEMA_VERSION)
        return error_set(error, PINAKES_VERSION,
                         "%s was made by another version of Pinakes (format %lld, this one reads %d); use that "
                         "version, or index your files into a new library",
                         store->path, (long long)identity->schema_version, SCHEMA_VERSION);
    return PINAKES_OK;
}

/* ---- connections ------------------------------------------------------------------------------------------ */

static int connect_as(struct store *store, const char *name, int flags)
{
    (void)sqlite3_close(store->db);
    store->db = NULL;
    const int code = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK)
        (void)sqlite3_busy_timeout(store->db, STORE_PATIENCE_MS);
    return code;
}

/* SQLite gives names like ":memory:" and "file:x" a meaning of their own; none of them begins with a slash or dot. */
static void plain_name(const char *path, struct buffer *out)
{
    if (path[0] != '/')
        buffer_add_text(out, "./");
    buffer_add_text(out, path);
}

/* The path as a URI that promises SQLite nobody writes to the file. Every byte but the plainest is escaped. */
static void immutable_name(const char *path, struct buffer *out)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    buffer_add_text(out, "file:");
    if (path[0] != '/')
        buffer_add_text(out, "./");
    for (const char *at = path; *at != '\0'; at++)
        if (strchr(plain, *at) != NULL)
            buffer_add_byte(out, *at);
        else
            buffer_format(out, "%%%02X", (unsigned char)*at);
    buffer_add_text(out, "?immutable=1");
}

static int connect_plain(struct store *store, int flags)
{
    struct buffer name = {0};
    plain_name(store->path, &name);
    const int code = name.failed ? SQLITE_NOMEM : connect_as(store, name.at, flags);
    buffer_free(&name);
    return code;
}

static int connect_immutable(struct store *store)
{
    struct buffer name = {0};
    immutable_name(store->path, &name);
    const int code = name.failed ? SQLITE_NOMEM : connect_as(store, name.at, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    buffer_free(&name);
    return code;
}

/* Whether changes wait beside the library in the file with that ending. */
static bool has_beside(const struct store *store, const char *ending)
{
    struct buffer name = {0};
    struct stat at_path;
    buffer_add_text(&name, store->path);
    buffer_add_text(&name, ending);
    const bool has = name.failed || (stat(name.at, &at_path) == 0 && at_path.st_size > 0);
    buffer_free(&name);
    return has;
}

static bool is_refused(int code)
{
    const int primary = code & 0xff;
    return primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY || primary == SQLITE_IOERR;
}

/* Reading takes a connection that cannot write. Where that is not enough, a writer was killed before it could tidy up,
 * and opening for writing does so; where even that is refused, the folder is read-only, and with nothing waiting beside
 * the library the file alone is the whole truth. */
static int connect_for_reading(struct store *store, struct identity *identity)
{
    int code = connect_plain(store, SQLITE_OPEN_READONLY);
    if (code == SQLITE_OK)
        code = read_identity(store->db, identity);
    if (!is_refused(code))
        return code;
    int second = connect_plain(store, SQLITE_OPEN_READWRITE);
    if (second == SQLITE_OK)
        second = sqlite3_exec(store->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (second == SQLITE_OK)
        second = read_identity(store->db, identity);
    if (!is_refused(second) || has_beside(store, "-wal") || has_beside(store, "-journal"))
        return second;
    code = connect_immutable(store);
    return code == SQLITE_OK ? read_identity(store->db, identity) : code;
}

/* ---- an empty library ------------------------------------------------------------------------------------- */

static pinakes_status fill_blank(struct store *store, pinakes_error *error)
{
    char *sql = sqlite3_mprintf("%s%s%s%s%s%s%s"
                                "PRAGMA application_id = %d; PRAGMA user_version = %d;"
                                "INSERT INTO meta(name, value) VALUES('generation', 0), ('analyzer_version', %d),"
                                " ('program_version', %Q), ('indexed_at', ''), ('paper_count', 0),"
                                " ('length_total', 0), ('word_total', 0), ('library_id', randomblob(16)),"
                                " ('sealed_generation', 0), ('sealed_paper', 0), ('joins', 1), ('join_rules', 0);",
                                schema_sql, schema_passages_sql, schema_topics_sql, schema_joined_sql, schema_roots_sql,
                                schema_unsealed_sql, schema_acronyms_sql, SCHEMA_APPLICATION_ID, SCHEMA_VERSION,
                                (int)ANALYZER_VERSION, PINAKES_RELEASE);
    if (sql == NULL)
        return error_no_memory(error);
    const pinakes_status status = store_execute(store, sql, "making the library", error);
    sqlite3_free(sql);
    return status;
}

/* Records of papers take a page or two of 4 KB, much of it in vain: with 8 KB a library is a fifteenth smaller. */
static const char page_sql[] = "PRAGMA page_size = 8192";

/* Looks again inside the transaction: another process may have been first. */
static pinakes_status create_library(struct store *store, pinakes_error *error)
{
    struct identity identity;
    pinakes_status status = store_execute(store, page_sql, "making the library", error);
    if (status == PINAKES_OK)
        status = store_begin(store, error);
    if (status != PINAKES_OK)
        return status;
    const int code = read_identity(store->db, &identity);
    if (code != SQLITE_OK)
        status = store_error(store, code, "making the library", error);
    else if (is_empty(&identity))
        status = fill_blank(store, error);
    else
        status = check_identity(store, &identity, error);
    if (status != PINAKES_OK) {
        store_rollback(store);
        return status;
    }
    return store_commit(store, false, error);
}

/* ---- opening ---------------------------------------------------------------------------------------------- */

/* Nothing can be looked up by tokens that are not in the index; a writer makes them anew. */
static pinakes_status check_analyzer(struct store *store, pinakes_mode mode, pinakes_error *error)
{
    bool is_current = false;
    const pinakes_status status = store_check_analyzer(store, &is_current, error);
    if (status != PINAKES_OK || is_current || mode == PINAKES_WRITE)
        return status;
    return error_set(error, PINAKES_VERSION,
                     "%s was indexed by another version of Pinakes; run `pinakes index` on your files again",
                     store->path);
}

static pinakes_status open_for_reading(struct store *store, pinakes_error *error)
{
    struct identity identity;
    const int code = connect_for_reading(store, &identity);
    if (code != SQLITE_OK)
        return store_error(store, code, "opening the library", error);
    if (is_empty(&identity))
        return no_library(store, error);
    const pinakes_status status = check_identity(store, &identity, error);
    return status == PINAKES_OK ? fts_tokenizer_register(store->db, NULL, error) : status;
}

/* Durable at every commit. */
static const char writer_sql[] = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";

static pinakes_status check_writable(const struct store *store, pinakes_error *error)
{
    return sqlite3_db_readonly(store->db, "main") == 1
               ? store_error(store, SQLITE_READONLY, "opening the library for writing", error)
               : PINAKES_OK;
}

static pinakes_status open_for_writing(struct store *store, pinakes_error *error)
{
    struct identity identity;
    pinakes_status status = make_folders(store, error);
    if (status != PINAKES_OK)
        return status;
    int code = connect_plain(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (code == SQLITE_OK)
        code = read_identity(store->db, &identity);
    if (code != SQLITE_OK)
        return store_error(store, code, "opening the library", error);
    status = check_writable(store, error);
    if (status == PINAKES_OK && !is_empty(&identity))
        status = check_identity(store, &identity, error);
    if (status == PINAKES_OK)
        status = fts_tokenizer_register(store->db, &store->known, error);
    if (status == PINAKES_OK && is_empty(&identity))
        status = create_library(store, error);
    if (status == PINAKES_OK)
        status = store_execute(store, writer_sql, "opening the library for writing", error);
    if (status == PINAKES_OK)
        store_fit_cache(store, store_paper_count(store));
    store->is_unfilled = status == PINAKES_OK && store_generation(store) == 0;
    return status == PINAKES_OK && !store->is_unfilled ? store_keep_log(store, error) : status;
}

pinakes_status store_open(const char *path, pinakes_mode mode, struct store **out, pinakes_error *error)
{
    if (path[0] == '\0')
        return error_set(error, PINAKES_BAD_INPUT, "the library has an empty path; name a file");
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL || (store->path = strdup(path)) == NULL) {
        free(store);
        return error_no_memory(error);
    }
    pinakes_status status = check_file(store, mode, error);
    if (status == PINAKES_OK)
        status = mode == PINAKES_WRITE ? open_for_writing(store, error) : open_for_reading(store, error);
    if (status == PINAKES_OK)
        status = check_analyzer(store, mode, error);
    if (status == PINAKES_OK)
        status = analyzer_create(&store->analyzer, error);
    if (status == PINAKES_OK)
        *out = store;
    else
        store_close(store);
    return status;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (size_t i = 0; i < store->statement_count; i++)
        (void)sqlite3_finalize(store->statements[i].statement);
    free(store->statements);
    seal_ahead_free(store->ahead);
    (void)sqlite3_close_v2(store->db);
    analyzer_free(store->analyzer);
    free(store->path);
    free(store);
}
