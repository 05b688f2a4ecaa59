#include "api/library.h"
#include "base/buffer.h"
#include "base/error.h"
#include "query/closest_keys.h"
#include "query/paper_load.h"

#include <stdlib.h>

/* The public record and the memory all of it lives in. */
struct shown_paper {
    pinakes_paper paper; /* first, so that one pointer is both */
    struct arena arena;
};

static pinakes_status no_such_key(struct store *store, const char *key, struct arena *arena, pinakes_error *error)
{
    struct closest_words closest;
    const pinakes_status status = closest_keys(store, key, arena, &closest, error);
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

static pinakes_status find_key(struct store *store, const char *key, int64_t *paper, struct arena *arena,
                               pinakes_error *error)
{
    static const char sql[] = "SELECT id FROM papers WHERE key = ?1";
    sqlite3_stmt *select = store_statement(store, sql, error);
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_text(select, 1, key, -1, SQLITE_STATIC);
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        *paper = sqlite3_column_int64(select, 0);
    (void)sqlite3_reset(select);
    if (code == SQLITE_ROW)
        return PINAKES_OK;
    return code == SQLITE_DONE ? no_such_key(store, key, arena, error)
                               : store_error(store, code, "looking for a paper", error);
}

pinakes_status pinakes_show(pinakes_library *library, const char *key, pinakes_paper **out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct shown_paper *shown = calloc(1, sizeof *shown);
    if (shown == NULL)
        return error_no_memory(error);
    int64_t id = 0;
    struct loaded_paper loaded;
    pinakes_status status = find_key(library->store, key, &id, &shown->arena, told);
    if (status == PINAKES_OK)
        status = paper_load(library->store, id, &shown->arena, &shown->arena, &loaded, told);
    if (status != PINAKES_OK) {
        pinakes_paper_free(&shown->paper);
        return status;
    }
    shown->paper = loaded.record;
    *out = &shown->paper;
    return PINAKES_OK;
}

void pinakes_paper_free(pinakes_paper *paper)
{
    struct shown_paper *shown = (struct shown_paper *)paper;
    if (shown == NULL)
        return;
    arena_free(&shown->arena);
    free(shown);
}
