#include "indexer/join_rules.h"
#include "indexer/store_internal.h"
#include "indexer/sync_run.h"

#include <stdio.h>

static pinakes_status has_record(struct store *store, const char *key, bool *out, pinakes_error *error)
{
    static const char sql[] = "SELECT 1 FROM papers WHERE key = ?1 UNION ALL SELECT 1 FROM joined WHERE key = ?1";
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_prepare(store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_text(row, 1, key, -1, SQLITE_STATIC);
    const int code = sqlite3_step(row);
    *out = code == SQLITE_ROW;
    (void)sqlite3_reset(row);
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "reading papers", error);
}

pinakes_status sync_tell_idle_rules(struct sync *sync, pinakes_error *error)
{
    const struct join_rules *rules = sync->match.join.rules;
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; rules != NULL && i < rules->count * 2 && status == PINAKES_OK; i++) {
        const struct join_rule *rule = &rules->items[i / 2];
        const char *key = i % 2 == 0 ? rule->a : rule->b;
        char message[256];
        bool has = true;
        status = has_record(sync->store, key, &has, error);
        (void)snprintf(message, sizeof message, "no record has the key '%s'; 'pinakes search' prints those there are",
                       key);
        if (status == PINAKES_OK && !has)
            watch_notice(&sync->watch, rules->name, rule->line, message);
    }
    return status;
}
