/* What the files of the store share, and what the synchronisation may see of it. */
#ifndef INDEXER_STORE_INTERNAL_H
#define INDEXER_STORE_INTERNAL_H

#include "indexer/analysis.h"
#include "indexer/store.h"

struct seal_ahead;

struct prepared {
    const char *sql;
    sqlite3_stmt *statement;
};

struct store {
    char *path; /* as the user gave it */
    sqlite3 *db;
    struct analyzer *analyzer;
    struct seal_ahead *ahead;     /* the ranked index of the last run, when it was begun with the library; else NULL */
    const struct analysis *known; /* of the paper whose texts are being indexed; NULL when there is none */
    struct prepared *statements;
    size_t statement_count, statement_capacity;
    bool is_unfilled; /* nothing was ever committed to the library but its tables */
};

/* store_statement() with a status: `*out` belongs to the store. */
pinakes_status store_prepare(struct store *store, const char *sql, sqlite3_stmt **out, pinakes_error *error);

/* Runs statements that give no rows. `doing` says what failed, as for store_error(). */
pinakes_status store_execute(struct store *store, const char *sql, const char *doing, pinakes_error *error);

/* Runs a statement of store_statement() that gives no rows, and resets it. */
pinakes_status store_run(struct store *store, sqlite3_stmt *statement, const char *doing, pinakes_error *error);

/* The row that `sql` gives of the paper ?1, whose statement is to be reset behind its use. An error when there is
 * none. */
pinakes_status store_row(struct store *store, const char *sql, int64_t paper, const char *doing, sqlite3_stmt **row,
                         pinakes_error *error);

/* Makes the library one whose changes go to a write-ahead log, beside which others read on. One that holds nothing yet
 * is better filled through a rollback journal: the log would hold all of it, to be copied at the end. */
pinakes_status store_keep_log(struct store *store, pinakes_error *error);

/* Makes room for the pages that writing so many papers touches again and again: those of the indexes of keys, titles
 * and authors, whose entries go anywhere. An eighth of the machine's memory at most. */
void store_fit_cache(struct store *store, uint64_t papers);

/* One number of the table meta. PINAKES_DAMAGED when it is not there. */
pinakes_status store_get_meta(struct store *store, const char *name, int64_t *out, pinakes_error *error);
pinakes_status store_set_meta(struct store *store, const char *name, int64_t value, pinakes_error *error);

/* Whether the index holds the tokens of this program's analyzer; if not, a run must make it anew. */
pinakes_status store_check_analyzer(struct store *store, bool *is_current, pinakes_error *error);

#endif
