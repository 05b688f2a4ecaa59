#include "api/library.h"
#include "api/owned.h"
#include "base/error.h"
#include "query/find_key.h"
#include "query/paper_load.h"

pinakes_status pinakes_show(pinakes_library *library, const char *key, pinakes_paper **out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_paper *paper = owned_create(sizeof *paper);
    if (paper == NULL)
        return error_no_memory(error);
    struct arena *arena = owned_arena(paper);
    int64_t id = 0;
    struct loaded_paper loaded;
    pinakes_status status = require_key(library->store, key, arena, &id, told);
    if (status == PINAKES_OK)
        status = paper_load(library->store, id, arena, arena, &loaded, told);
    if (status != PINAKES_OK) {
        owned_free(paper);
        return status;
    }
    *paper = loaded.record;
    *out = paper;
    return PINAKES_OK;
}

void pinakes_paper_free(pinakes_paper *paper)
{
    owned_free(paper);
}

pinakes_status pinakes_list_keys(pinakes_library *library, const char *beginning, size_t limit,
                                 void (*key)(void *context, const char *key), void *context, pinakes_error *error)
{
    static const char sql[] = "SELECT key FROM papers WHERE key >= ?1 AND substr(key, 1, length(?1)) = ?1"
                              " ORDER BY key LIMIT ?2";
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    sqlite3_stmt *row = store_statement(library->store, sql, told);
    int code;
    if (row == NULL)
        return told->status;
    (void)sqlite3_bind_text(row, 1, beginning, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(row, 2, limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
    while ((code = sqlite3_step(row)) == SQLITE_ROW)
        key(context, (const char *)sqlite3_column_text(row, 0));
    (void)sqlite3_reset(row);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(library->store, code, "reading the keys", told);
}
