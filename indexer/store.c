#include "indexer/store.h"

#include "base/error.h"
#include "indexer/store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

sqlite3 *store_db(const struct store *store)
{
    return store->db;
}

const char *store_path(const struct store *store)
{
    return store->path;
}

struct analyzer *store_analyzer(const struct store *store)
{
    return store->analyzer;
}

/* ---- statements ------------------------------------------------------------------------------------------- */

static struct prepared *new_slot(struct store *store)
{
    if (store->statement_count == store->statement_capacity) {
        const size_t capacity = store->statement_capacity == 0 ? 16 : store->statement_capacity * 2;
        struct prepared *moved = realloc(store->statements, capacity * sizeof *moved);
        if (moved == NULL)
            return NULL;
        store->statements = moved;
        store->statement_capacity = capacity;
    }
    return &store->statements[store->statement_count];
}

static sqlite3_stmt *find_statement(const struct store *store, const char *sql)
{
    for (size_t i = 0; i < store->statement_count; i++)
        if (store->statements[i].sql == sql)
            return store->statements[i].statement;
    return NULL;
}

pinakes_status store_prepare(struct store *store, const char *sql, sqlite3_stmt **out, pinakes_error *error)
{
    sqlite3_stmt *known = find_statement(store, sql);
    if (known != NULL) {
        (void)sqlite3_reset(known); /* repeats the error of its last run, which was reported then */
        (void)sqlite3_clear_bindings(known);
        *out = known;
        return PINAKES_OK;
    }
    struct prepared *slot = new_slot(store);
    if (slot == NULL)
        return error_no_memory(error);
    slot->sql = sql;
    const int code = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &slot->statement, NULL);
    if (code != SQLITE_OK)
        return store_error(store, code, "reading the library", error);
    store->statement_count++;
    *out = slot->statement;
    return PINAKES_OK;
}

sqlite3_stmt *store_statement(struct store *store, const char *sql, pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    (void)store_prepare(store, sql, &statement, error);
    return statement;
}

pinakes_status store_run(struct store *store, sqlite3_stmt *statement, const char *doing, pinakes_error *error)
{
    const int code = sqlite3_step(statement);
    const pinakes_status status =
        code == SQLITE_DONE || code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, doing, error);
    (void)sqlite3_reset(statement);
    return status;
}

pinakes_status store_row(struct store *store, const char *sql, int64_t paper, const char *doing, sqlite3_stmt **row,
                         pinakes_error *error)
{
    pinakes_status status = store_prepare(store, sql, row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(*row, 1, paper);
    const int code = sqlite3_step(*row);
    if (code == SQLITE_ROW)
        return PINAKES_OK;
    status = store_error(store, code == SQLITE_DONE ? SQLITE_CORRUPT : code, doing, error);
    (void)sqlite3_reset(*row);
    return status;
}

pinakes_status store_execute(struct store *store, const char *sql, const char *doing, pinakes_error *error)
{
    const int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? PINAKES_OK : store_error(store, code, doing, error);
}

/* ---- meta ------------------------------------------------------------------------------------------------- */

pinakes_status store_get_meta(struct store *store, const char *name, int64_t *out, pinakes_error *error)
{
    sqlite3_stmt *select = NULL;
    pinakes_status status = store_prepare(store, "SELECT value FROM meta WHERE name = ?", &select, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_text(select, 1, name, -1, SQLITE_STATIC);
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        *out = sqlite3_column_int64(select, 0);
    else if (code == SQLITE_DONE)
        status = error_set(error, PINAKES_DAMAGED, "%s is damaged: its table meta has no %s; index into a new library",
                           store->path, name);
    else
        status = store_error(store, code, "reading the library", error);
    (void)sqlite3_reset(select);
    return status;
}

pinakes_status store_set_meta(struct store *store, const char *name, int64_t value, pinakes_error *error)
{
    /* What stays is not written: a run that changes nothing need not wait for the disk. */
    static const char sql[] =
        "INSERT INTO meta(name, value) VALUES(?, ?)"
        " ON CONFLICT(name) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value";
    sqlite3_stmt *insert = NULL;
    const pinakes_status status = store_prepare(store, sql, &insert, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_text(insert, 1, name, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(insert, 2, value);
    return store_run(store, insert, "writing the library", error);
}

pinakes_status store_check_analyzer(struct store *store, bool *is_current, pinakes_error *error)
{
    int64_t version = 0;
    const pinakes_status status = store_get_meta(store, "analyzer_version", &version, error);
    *is_current = version == ANALYZER_VERSION;
    return status;
}

static uint64_t meta_or_zero(struct store *store, const char *name)
{
    int64_t value = 0;
    return store_get_meta(store, name, &value, NULL) == PINAKES_OK && value > 0 ? (uint64_t)value : 0;
}

uint64_t store_generation(struct store *store)
{
    return meta_or_zero(store, "generation");
}

uint64_t store_paper_count(struct store *store)
{
    return meta_or_zero(store, "paper_count");
}

uint64_t store_length_total(struct store *store)
{
    return meta_or_zero(store, "length_total");
}

/* ---- transactions ----------------------------------------------------------------------------------------- */

/* A statement left between two rows would keep its view of the library open. */
static void reset_statements(struct store *store)
{
    for (size_t i = 0; i < store->statement_count; i++)
        (void)sqlite3_reset(store->statements[i].statement);
}

void store_set_patience(struct store *store, int ms)
{
    (void)sqlite3_busy_timeout(store->db, ms);
}

pinakes_status store_begin(struct store *store, pinakes_error *error)
{
    reset_statements(store);
    return store_execute(store, "BEGIN IMMEDIATE", "starting to write", error);
}

static const char stamp_sql[] =
    "INSERT OR REPLACE INTO meta(name, value) VALUES"
    "('generation', (SELECT value + 1 FROM meta WHERE name = 'generation')), ('program_version', ?), ('indexed_at', ?)";

static const char generation_sql[] =
    "INSERT INTO generations(generation, at)"
    " SELECT g.value, i.value FROM meta g, meta i WHERE g.name = 'generation' AND i.name = 'indexed_at'";

static pinakes_status stamp(struct store *store, pinakes_error *error)
{
    sqlite3_stmt *insert = NULL;
    const pinakes_status status = store_prepare(store, stamp_sql, &insert, error);
    if (status != PINAKES_OK)
        return status;
    const time_t now = time(NULL);
    struct tm utc;
    char text[32] = "";
    if (gmtime_r(&now, &utc) != NULL)
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    (void)sqlite3_bind_text(insert, 1, PINAKES_RELEASE, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(insert, 2, text, -1, SQLITE_TRANSIENT);
    const pinakes_status stamped = store_run(store, insert, "writing the library", error);
    return stamped == PINAKES_OK ? store_execute(store, generation_sql, "writing the library", error) : stamped;
}

pinakes_status store_keep_log(struct store *store, pinakes_error *error)
{
    return store_execute(store, "PRAGMA journal_mode = WAL", "writing the library", error);
}

void store_fit_cache(struct store *store, uint64_t papers)
{
    enum { LEAST_KB = 64 << 10, PAPERS_A_KB = 8, SHARE_OF_MEMORY = 8 };
    const long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    const uint64_t memory_kb = pages > 0 && page_bytes > 0 ? (uint64_t)pages * (uint64_t)page_bytes >> 10 : 0;
    const uint64_t wanted_kb = LEAST_KB + papers / PAPERS_A_KB, most_kb = memory_kb / SHARE_OF_MEMORY;
    const uint64_t kb = wanted_kb < most_kb ? wanted_kb : most_kb < LEAST_KB ? LEAST_KB : most_kb;
    char sql[64];
    (void)snprintf(sql, sizeof sql, "PRAGMA cache_size = -%llu", (unsigned long long)kb);
    (void)sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

pinakes_status store_commit(struct store *store, bool changed, pinakes_error *error)
{
    pinakes_status status = changed ? stamp(store, error) : PINAKES_OK;
    if (status == PINAKES_OK) {
        reset_statements(store);
        status = store_execute(store, "COMMIT", "writing the library", error);
    }
    if (status != PINAKES_OK) {
        store_rollback(store);
    } else if (changed && store->is_unfilled) {
        (void)store_keep_log(store, NULL); /* who is refused here leaves it to the next writer */
        store->is_unfilled = false;
    }
    return status;
}

void store_rollback(struct store *store)
{
    reset_statements(store);
    if (sqlite3_get_autocommit(store->db) == 0)
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- figures ---------------------------------------------------------------------------------------------- */

static const char stats_sql[] =
    "SELECT count(*), sum(abstract = '' AND note = '' AND qa = ''), min(year), max(year),"
    " (SELECT count(*) FROM sources WHERE format <> ''), (SELECT count(*) FROM passages),"
    " (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),"
    " (SELECT value FROM meta WHERE name = 'word_total'), (SELECT value FROM meta WHERE name = 'generation'),"
    " (SELECT value FROM meta WHERE name = 'analyzer_version'), (SELECT value FROM meta WHERE name = 'indexed_at')"
    " FROM papers";

static uint64_t column_count(sqlite3_stmt *row, int column)
{
    const int64_t value = sqlite3_column_int64(row, column);
    return value < 0 ? 0 : (uint64_t)value;
}

struct span store_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return (struct span){text == NULL ? "" : text, text == NULL ? 0 : (size_t)sqlite3_column_bytes(row, column)};
}

void store_texts(sqlite3_stmt *row, int first, struct span texts[FIELD_COUNT])
{
    for (int field = 0; field < FIELD_COUNT; field++)
        texts[field] = store_text(row, first + field);
}

pinakes_status store_each(struct store *store, sqlite3_stmt *rows, const char *doing,
                          bool (*take)(void *context, sqlite3_stmt *row), void *context, pinakes_error *error)
{
    int code = SQLITE_DONE;
    bool has_memory = true;
    while (has_memory && (code = sqlite3_step(rows)) == SQLITE_ROW)
        has_memory = take(context, rows);
    (void)sqlite3_reset(rows);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, doing, error);
}

pinakes_status store_get_stats(struct store *store, pinakes_stats *out, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_prepare(store, stats_sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    const int code = sqlite3_step(row);
    if (code != SQLITE_ROW) {
        status = store_error(store, code, "counting", error);
        (void)sqlite3_reset(row);
        return status;
    }
    *out = (pinakes_stats){.papers = column_count(row, 0),
                           .papers_without_text = column_count(row, 1),
                           .year_first = sqlite3_column_int(row, 2),
                           .year_last = sqlite3_column_int(row, 3),
                           .files = column_count(row, 4),
                           .passages = column_count(row, 5),
                           .bytes = column_count(row, 6),
                           .words = column_count(row, 7),
                           .generation = column_count(row, 8),
                           .analyzer_version = sqlite3_column_int(row, 9)};
    const unsigned char *when = sqlite3_column_text(row, 10);
    (void)snprintf(out->indexed_at, sizeof out->indexed_at, "%s", when == NULL ? "" : (const char *)when);
    (void)sqlite3_reset(row);
    return PINAKES_OK;
}
