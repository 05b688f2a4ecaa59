#include "query/rows.h"

/* Rows passed over one by one before a new descent into the table pays. */
enum { ROWS_PASSED = 16 };

pinakes_status rows_open(struct rows *rows, struct store *store, const char *sql, pinakes_error *error)
{
    *rows = (struct rows){.store = store, .select = store_statement(store, sql, error)};
    return rows->select == NULL ? error->status : PINAKES_OK;
}

pinakes_status rows_next(struct rows *rows, pinakes_error *error)
{
    const int code = sqlite3_step(rows->select);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return store_error(rows->store, code, "searching", error);
    rows->id = code == SQLITE_ROW ? sqlite3_column_int64(rows->select, 0) : ROWS_END;
    return PINAKES_OK;
}

static pinakes_status descend(struct rows *rows, int64_t paper, pinakes_error *error)
{
    (void)sqlite3_reset(rows->select);
    (void)sqlite3_bind_int64(rows->select, 1, paper);
    return rows_next(rows, error);
}

pinakes_status rows_seek(struct rows *rows, int64_t paper, pinakes_error *error)
{
    pinakes_status status = rows->id == 0 ? descend(rows, paper, error) : PINAKES_OK;
    for (int i = 0; i < ROWS_PASSED && rows->id < paper && status == PINAKES_OK; i++)
        status = rows_next(rows, error);
    return rows->id < paper && status == PINAKES_OK ? descend(rows, paper, error) : status;
}

void rows_close(struct rows *rows)
{
    (void)sqlite3_reset(rows->select);
}
