#include "base/error.h"
#include "corpus/paper.h"
#include "indexer/fts_tokenizer.h"
#include "indexer/store_internal.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pinakes_status damaged(const struct store *store, pinakes_error *error, const char *what)
{
    return error_set(error, PINAKES_DAMAGED, "%s is damaged: %s; index your notes into a new library", store->path,
                     what);
}

/* The first thing SQLite itself finds wrong with pages, rows and ordinary indexes. */
static pinakes_status check_file(struct store *store, pinakes_error *error)
{
    sqlite3_stmt *check = NULL;
    pinakes_status status = store_prepare(store, "PRAGMA integrity_check(1)", &check, error);
    if (status != PINAKES_OK)
        return status;
    const int code = sqlite3_step(check);
    const char *said = code == SQLITE_ROW ? (const char *)sqlite3_column_text(check, 0) : NULL;
    if (said == NULL)
        status = store_error(store, code, "checking the file", error);
    else if (strcmp(said, "ok") != 0)
        status = damaged(store, error, said);
    (void)sqlite3_reset(check);
    return status;
}

/* SQLite reads what a cut file lacks as zeroes; but it writes whole pages only. */
static pinakes_status check_size(struct store *store, pinakes_error *error)
{
    struct stat file;
    sqlite3_stmt *select = NULL;
    const char *path = sqlite3_db_filename(store->db, "main");
    pinakes_status status = store_prepare(store, "PRAGMA page_size", &select, error);
    if (status != PINAKES_OK)
        return status;
    const int64_t page_bytes = sqlite3_step(select) == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
    (void)sqlite3_reset(select);
    if (path == NULL || stat(path, &file) != 0 || page_bytes <= 0 || (int64_t)file.st_size % page_bytes == 0)
        return PINAKES_OK;
    return damaged(store, error, "the file is cut short");
}

/* Statements that give a row, with a name for people in its first column, for whatever does not hold. */
static const struct {
    const char *sql, *what;
} rules[] = {
    {"SELECT [table] FROM pragma_foreign_key_check LIMIT 1", "a row refers to one that is not there, in the table"},
    {"SELECT p.key FROM passages s JOIN papers p ON p.id = s.paper WHERE s.start < 0 OR s.bytes < 0 OR s.start + "
     "s.bytes >"
     " length(CAST(CASE s.field WHEN 'title' THEN p.title WHEN 'author' THEN p.author WHEN 'venue' THEN p.venue"
     " WHEN 'tag' THEN p.tag WHEN 'abstract' THEN p.abstract WHEN 'note' THEN p.note WHEN 'qa' THEN p.qa ELSE '' END"
     " AS BLOB)) LIMIT 1",
     "a passage lies outside the text of the paper"},
    {"SELECT p.key FROM passages s JOIN papers p ON p.id = s.paper"
     " WHERE s.source_text IS NOT NULL AND length(CAST(s.source_text AS BLOB)) <> s.bytes LIMIT 1",
     "the verbatim text of a passage has another length than its words, in the paper"},
    {"SELECT 'papers' FROM meta WHERE name = 'paper_count' AND value <> (SELECT count(*) FROM papers)",
     "the count of papers is not that of the table"},
    {"SELECT 'papers' FROM meta WHERE name = 'length_total' AND value <> (SELECT coalesce(sum(length), 0) FROM papers)",
     "the sum of lengths is not that of the table"},
    {"SELECT 'papers' FROM meta WHERE name = 'word_total' AND value <> (SELECT coalesce(sum(words), 0) FROM papers)",
     "the sum of words is not that of the table"},
};

static pinakes_status check_rule(struct store *store, size_t rule, pinakes_error *error)
{
    sqlite3_stmt *check = NULL;
    pinakes_status status = store_prepare(store, rules[rule].sql, &check, error);
    if (status != PINAKES_OK)
        return status;
    const int code = sqlite3_step(check);
    if (code == SQLITE_ROW) {
        char what[300];
        (void)snprintf(what, sizeof what, "%s %s", rules[rule].what, (const char *)sqlite3_column_text(check, 0));
        status = damaged(store, error, what);
    } else if (code != SQLITE_DONE) {
        status = store_error(store, code, "checking the tables", error);
    }
    (void)sqlite3_reset(check);
    return status;
}

/* The lengths ranking goes by are those of the text. */
static pinakes_status check_lengths(struct store *store, pinakes_error *error)
{
    sqlite3_stmt *papers = NULL;
    pinakes_status status = store_prepare(
        store, "SELECT key, length, words, title, author, venue, tag, abstract, note, qa FROM papers", &papers, error);
    int code = SQLITE_DONE;
    struct analysis analysis = {.tokens = NULL};
    while (status == PINAKES_OK && (code = sqlite3_step(papers)) == SQLITE_ROW) {
        struct span texts[FIELD_COUNT];
        store_texts(papers, 3, texts);
        if (!analysis_make(&analysis, store->analyzer, texts)) {
            status = error_no_memory(error);
            continue;
        }
        const struct paper_size size = analysis_size(&analysis);
        if (size.length != sqlite3_column_int64(papers, 1) || size.words != sqlite3_column_int64(papers, 2)) {
            char what[300];
            (void)snprintf(what, sizeof what, "the length stored for the paper %s is not that of its text",
                           (const char *)sqlite3_column_text(papers, 0));
            status = damaged(store, error, what);
        }
    }
    if (status == PINAKES_OK && code != SQLITE_DONE)
        status = store_error(store, code, "checking the papers", error);
    analysis_free(&analysis);
    (void)sqlite3_reset(papers);
    return status;
}

/* FTS5 compares the inverted index with the text columns. It is asked by an INSERT, so on a connection that may write,
 * in a transaction that is rolled back. https://www.sqlite.org/fts5.html#the_integrity_check_command */
static int compare_index(sqlite3 *db)
{
    pinakes_error ignored;
    if (fts_tokenizer_register(db, NULL, &ignored) != PINAKES_OK)
        return SQLITE_ERROR;
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return code;
    code = sqlite3_exec(db, "INSERT INTO papers_fts(papers_fts, rank) VALUES('integrity-check', 1)", NULL, NULL, NULL);
    (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

/* On a medium nobody can write to, the rest of the checks must do. */
static pinakes_status check_index(struct store *store, pinakes_error *error)
{
    const char *file = sqlite3_db_filename(store->db, "main");
    sqlite3 *db = NULL;
    if (file == NULL || access(file, W_OK) != 0)
        return PINAKES_OK;
    int code = sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK) {
        (void)sqlite3_busy_timeout(db, 5000);
        code = compare_index(db);
    }
    (void)sqlite3_close(db);
    const int primary = code & 0xff;
    if (code == SQLITE_OK || primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN)
        return PINAKES_OK;
    if (primary == SQLITE_CORRUPT)
        return damaged(store, error, "the inverted index is not that of the papers");
    return store_error(store, code, "checking the inverted index", error);
}

pinakes_status store_verify(struct store *store, pinakes_error *error)
{
    pinakes_status status = check_file(store, error);
    if (status == PINAKES_OK)
        status = check_size(store, error);
    for (size_t rule = 0; status == PINAKES_OK && rule < sizeof rules / sizeof rules[0]; rule++)
        status = check_rule(store, rule, error);
    if (status == PINAKES_OK)
        status = check_lengths(store, error);
    return status == PINAKES_OK ? check_index(store, error) : status;
}
