#include "query/find_key.h"

#include "base/buffer.h"
#include "base/error.h"
#include "query/closest_keys.h"

pinakes_status find_key(struct store *store, struct span key, int64_t *paper, bool *found, pinakes_error *error)
{
    static const char sql[] =
        "SELECT id FROM papers WHERE key = ?1 UNION ALL SELECT paper FROM joined WHERE key = ?1 LIMIT 1";
    sqlite3_stmt *select = store_statement(store, sql, error);
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_text64(select, 1, key.at, key.len, SQLITE_STATIC, SQLITE_UTF8);
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        *paper = sqlite3_column_int64(select, 0);
    (void)sqlite3_reset(select);
    *found = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK
                                                     : store_error(store, code, "looking for a paper", error);
}

static pinakes_status no_such_key(struct store *store, const char *key, struct arena *scratch, pinakes_error *error)
{
    struct closest_words closest;
    const pinakes_status status = closest_keys(store, key, scratch, &closest, error);
    if (status != PINAKES_OK)
        return status;
    if (closest.count == 0)
        return error_set(error, PINAKES_NOT_FOUND, "no paper has the key '%s'; `search` shows the keys there are", key);
    struct buffer list = {0};
    for (size_t i = 0; i < closest.count; i++) {
        buffer_add_text(&list, i == 0 ? "" : i + 1 == closest.count ? " or " : ", ");
        buffer_add_text(&list, closest.words[i]);
    }
    const pinakes_status told =
        list.failed ? error_no_memory(error)
                    : error_set(error, PINAKES_NOT_FOUND, "no paper has the key '%s'; is it %s?", key, list.at);
    buffer_free(&list);
    return told;
}

pinakes_status require_key(struct store *store, const char *key, struct arena *scratch, int64_t *paper,
                           pinakes_error *error)
{
    bool found = false;
    const pinakes_status status = find_key(store, span_of(key), paper, &found, error);
    return status != PINAKES_OK || found ? status : no_such_key(store, key, scratch, error);
}
