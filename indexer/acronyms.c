#include "indexer/acronyms.h"

#include "base/error.h"
#include "corpus/acronym.h"
#include "indexer/phrase_key.h"
#include "indexer/store_internal.h"

struct writing {
    struct store *store;
    int64_t paper;
    struct buffer form, key, meaning;
};

/* Line breaks and runs of blanks become one space. */
static void add_on_one_line(struct buffer *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        const bool is_blank = text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\t' || text.at[i] == '\r';
        if (!is_blank)
            buffer_add_byte(out, text.at[i]);
        else if (out->len > 0 && out->at[out->len - 1] != ' ')
            buffer_add_byte(out, ' ');
    }
}

static pinakes_status insert(struct writing *writing, pinakes_error *error)
{
    static const char sql[] = "INSERT OR IGNORE INTO acronyms(paper, form, meaning_key, meaning) VALUES(?, ?, ?, ?)";
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_prepare(writing->store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    const struct span columns[] = {buffer_text(&writing->form), buffer_text(&writing->key),
                                   buffer_text(&writing->meaning)};
    (void)sqlite3_bind_int64(row, 1, writing->paper);
    for (int i = 0; i < 3; i++)
        (void)sqlite3_bind_text64(row, i + 2, columns[i].at, columns[i].len, SQLITE_STATIC, SQLITE_UTF8);
    return store_run(writing->store, row, "writing acronyms", error);
}

static pinakes_status add(struct writing *writing, const struct acronym *acronym, pinakes_error *error)
{
    struct analyzer *analyzer = store_analyzer(writing->store);
    buffer_clear(&writing->form);
    buffer_clear(&writing->key);
    buffer_clear(&writing->meaning);
    const size_t forms = phrase_key_add(analyzer, acronym->form, &writing->form);
    const size_t words = phrase_key_add(analyzer, acronym->meaning, &writing->key);
    add_on_one_line(&writing->meaning, acronym->meaning);
    if (writing->form.failed || writing->key.failed || writing->meaning.failed || analyzer_failed(analyzer))
        return error_no_memory(error);
    return forms == 1 && words > 1 ? insert(writing, error) : PINAKES_OK;
}

static pinakes_status forget(struct store *store, int64_t paper, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_prepare(store, "DELETE FROM acronyms WHERE paper = ?", &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, paper);
    return store_run(store, row, "writing acronyms", error);
}

pinakes_status acronyms_write(struct store *store, int64_t paper, const struct span texts[FIELD_COUNT],
                              pinakes_error *error)
{
    static const enum field explaining[] = {FIELD_TITLE, FIELD_ABSTRACT, FIELD_NOTE, FIELD_QA};
    struct writing writing = {.store = store, .paper = paper};
    struct acronym acronym;
    pinakes_status status = forget(store, paper, error);
    for (size_t i = 0; i < sizeof explaining / sizeof explaining[0]; i++)
        for (size_t at = 0; status == PINAKES_OK && acronym_next(texts[explaining[i]], &at, &acronym);)
            status = add(&writing, &acronym, error);
    buffer_free(&writing.form);
    buffer_free(&writing.key);
    buffer_free(&writing.meaning);
    return status;
}
