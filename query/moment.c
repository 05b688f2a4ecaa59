#include "query/moment.h"

static pinakes_status run_statement(struct store *store, const char *sql, pinakes_error *error)
{
    sqlite3_stmt *statement = store_statement(store, sql, error);
    if (statement == NULL)
        return error->status;
    const int code = sqlite3_step(statement);
    (void)sqlite3_reset(statement);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "searching", error);
}

pinakes_status moment_answer(struct store *store, pinakes_status (*answer)(void *context, pinakes_error *error),
                             void *context, pinakes_error *error)
{
    static const char begin_sql[] = "BEGIN", end_sql[] = "COMMIT";
    if (sqlite3_get_autocommit(store_db(store)) == 0)
        return answer(context, error);
    pinakes_status status = run_statement(store, begin_sql, error);
    if (status != PINAKES_OK)
        return status;
    status = answer(context, error);
    pinakes_error second;
    const pinakes_status ended = run_statement(store, end_sql, status == PINAKES_OK ? error : &second);
    return status == PINAKES_OK ? ended : status;
}
