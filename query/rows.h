/* Rows about papers, read in step with a list of papers that is in the order of their ids. */
#ifndef QUERY_ROWS_H
#define QUERY_ROWS_H

#include "indexer/store.h"

#include <stdint.h>

/* What rows.id is behind the last row. */
#define ROWS_END INT64_MAX

struct rows {
    struct store *store;
    sqlite3_stmt *select;
    int64_t id; /* the paper of the row it stands on; 0 before the first */
};

/* `sql` is as for store_statement() and ends like "... WHERE id >= ?1 ORDER BY id"; its first column is the paper's
 * id. */
pinakes_status rows_open(struct rows *rows, struct store *store, const char *sql, pinakes_error *error);

/* Stands on the first row whose paper is at least `paper`, which must not be smaller than in the call before. */
pinakes_status rows_seek(struct rows *rows, int64_t paper, pinakes_error *error);

/* Stands on the next row. */
pinakes_status rows_next(struct rows *rows, pinakes_error *error);

void rows_close(struct rows *rows);

#endif
