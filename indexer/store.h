/* library.db: opening it, and changing it in transactions. */
#ifndef INDEXER_STORE_H
#define INDEXER_STORE_H

#include "corpus/paper.h"
#include "indexer/analyzer.h"
#include "pinakes.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct store;

/* Opens the library at `path`; in PINAKES_WRITE mode makes the folder and an empty library where there is none.
 * `*out` is owned by the caller and freed with store_close(). Errors: PINAKES_NO_LIBRARY, PINAKES_VERSION (made by
 * another schema or analyzer: index again), PINAKES_DAMAGED, PINAKES_IO. */
pinakes_status store_open(const char *path, pinakes_mode mode, struct store **out, pinakes_error *error);
void store_close(struct store *store);

/* The connection, for reading. Writes go through the functions below. */
sqlite3 *store_db(const struct store *store);
const char *store_path(const struct store *store);
struct analyzer *store_analyzer(const struct store *store);

/* What SQLite's result code means to a user: "PATH: the disk is full; nothing was changed". */
pinakes_status store_error(const struct store *store, int sqlite_code, const char *doing, pinakes_error *error);

/* A prepared statement for the life of the store, made once for each distinct `sql` (a string constant: it is told
 * by its address) and reset before it is handed out. NULL on failure, with `*error` filled. */
sqlite3_stmt *store_statement(struct store *store, const char *sql, pinakes_error *error);

/* The text of a column of the row at hand, empty where it is NULL; it lives until the statement's next step. */
struct span store_text(sqlite3_stmt *row, int column);

/* The same of FIELD_COUNT columns from `first` on, in the order of enum field. */
void store_texts(sqlite3_stmt *row, int first, struct span texts[FIELD_COUNT]);

/* Gives every row of a statement to `take` until that returns false because memory is short, and resets it. `doing` as
 * for store_error(). */
pinakes_status store_each(struct store *store, sqlite3_stmt *rows, const char *doing,
                          bool (*take)(void *context, sqlite3_stmt *row), void *context, pinakes_error *error);

/* One write transaction; PINAKES_BUSY when another process holds it. store_commit() raises the generation when
 * `changed`. store_rollback() never fails. */
pinakes_status store_begin(struct store *store, pinakes_error *error);
pinakes_status store_commit(struct store *store, bool changed, pinakes_error *error);
void store_rollback(struct store *store);

/* How long to wait for another process that is writing, before PINAKES_BUSY; STORE_PATIENCE_MS at first. */
enum { STORE_PATIENCE_MS = 5000 };
void store_set_patience(struct store *store, int ms);

/* Of the library: how often it changed, its papers, and the sum of papers.length over all of them; 0 when that cannot
 * be read. */
uint64_t store_generation(struct store *store);
uint64_t store_paper_count(struct store *store);
uint64_t store_length_total(struct store *store);

/* As pinakes_get_stats() and pinakes_verify() say, but for the ranked index. */
pinakes_status store_get_stats(struct store *store, pinakes_stats *out, pinakes_error *error);
pinakes_status store_verify(struct store *store, pinakes_error *error);

#endif
