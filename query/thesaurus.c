#include "query/thesaurus.h"

#include "base/error.h"

/* ---- what the user wrote ------------------------------------------------------------------------------------- */

static void add(struct synonyms *out, struct span name, uint64_t explained)
{
    for (size_t i = 0; i < out->count; i++)
        if (span_equal(out->at[i], name))
            return;
    if (out->count == SYNONYMS_MAX)
        return;
    out->explained[out->count] = explained;
    out->at[out->count++] = name;
}

static void add_aliases(const struct aliases *aliases, struct span key, struct synonyms *out)
{
    for (size_t i = 0; aliases != NULL && i < aliases->count; i++) {
        const struct alias_group *group = &aliases->groups[i];
        bool holds = false;
        for (size_t j = 0; j < group->count; j++)
            holds |= span_equal(group->keys[j], key);
        for (size_t j = 0; j < group->count && holds; j++)
            if (!span_equal(group->keys[j], key))
                add(out, group->names[j], 0);
    }
}

/* ---- what papers explain ------------------------------------------------------------------------------------- */

/* Of each meaning the spelling that sorts first stands for all, so that the same library gives the same answer. */
static const char meanings_sql[] =
    "SELECT min(meaning), count(*) FROM acronyms WHERE form = ?1 GROUP BY meaning_key"
    " HAVING count(*) * 4 >= (SELECT count(*) FROM acronyms WHERE form = ?1) ORDER BY count(*) DESC, meaning_key";

static const char forms_sql[] =
    "SELECT upper(a.form), count(*) FROM acronyms a WHERE a.meaning_key = ?1 GROUP BY a.form"
    " HAVING count(*) * 2 >= (SELECT count(*) FROM acronyms b WHERE b.form = a.form) ORDER BY count(*) DESC, a.form";

static pinakes_status add_rows(struct store *store, const char *sql, struct span key, struct arena *arena,
                               struct synonyms *out, pinakes_error *error)
{
    sqlite3_stmt *row = store_statement(store, sql, error);
    if (row == NULL)
        return error->status;
    (void)sqlite3_bind_text64(row, 1, key.at, key.len, SQLITE_STATIC, SQLITE_UTF8);
    pinakes_status status = PINAKES_OK;
    int code = SQLITE_ROW;
    while (status == PINAKES_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        const struct span text = store_text(row, 0);
        const char *copy = arena_string(arena, text);
        if (copy == NULL)
            status = error_no_memory(error);
        else
            add(out, (struct span){copy, text.len}, (uint64_t)sqlite3_column_int64(row, 1));
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = store_error(store, code, "reading acronyms", error);
    (void)sqlite3_reset(row);
    return status;
}

pinakes_status thesaurus_look_up(struct store *store, const struct aliases *aliases, struct span key,
                                 struct arena *arena, struct synonyms *out, pinakes_error *error)
{
    *out = (struct synonyms){.count = 0};
    add_aliases(aliases, key, out);
    const bool is_one_word = memchr(key.at, ' ', key.len) == NULL;
    return add_rows(store, is_one_word ? meanings_sql : forms_sql, key, arena, out, error);
}
