#include "query/find_key.h"

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/identifiers.h"
#include "query/closest_keys.h"

/* Runs a query for one id with `text` as ?1. */
static pinakes_status look_up(struct store *store, const char *sql, struct span text, int64_t *paper, bool *found,
                              pinakes_error *error)
{
    sqlite3_stmt *select = store_statement(store, sql, error);
    if (select == NULL)
        return error->status;
    (void)sqlite3_bind_text64(select, 1, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        *paper = sqlite3_column_int64(select, 0);
    (void)sqlite3_reset(select);
    *found = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK
                                                     : store_error(store, code, "looking for a paper", error);
}

static pinakes_status by_identifier(struct store *store, struct span text, int64_t *paper, bool *found,
                                    pinakes_error *error)
{
    static const char by_doi[] = "SELECT id FROM papers WHERE doi <> '' AND lower(doi) = lower(?1) UNION ALL"
                                 " SELECT paper FROM joined WHERE doi <> '' AND lower(doi) = lower(?1) LIMIT 1";
    static const char by_arxiv[] = "SELECT id FROM papers WHERE arxiv <> '' AND arxiv = ?1 UNION ALL"
                                   " SELECT paper FROM joined WHERE arxiv <> '' AND arxiv = ?1 LIMIT 1";
    static const char by_pmid[] = "SELECT id FROM papers WHERE pmid <> '' AND pmid = ?1 UNION ALL"
                                  " SELECT paper FROM joined WHERE pmid <> '' AND pmid = ?1 LIMIT 1";
    const struct span doi = doi_of_field(text), arxiv = arxiv_in(text), pmid = pmid_in(text);
    pinakes_status status = PINAKES_OK;
    if (doi.len > 0)
        status = look_up(store, by_doi, doi, paper, found, error);
    if (arxiv.len > 0 && status == PINAKES_OK && !*found)
        status = look_up(store, by_arxiv, arxiv, paper, found, error);
    if (pmid.len > 0 && status == PINAKES_OK && !*found)
        status = look_up(store, by_pmid, pmid, paper, found, error);
    return status;
}

pinakes_status find_key(struct store *store, struct span key, int64_t *paper, bool *found, pinakes_error *error)
{
    static const char by_key[] =
        "SELECT id FROM papers WHERE key = ?1 UNION ALL SELECT paper FROM joined WHERE key = ?1 LIMIT 1";
    const pinakes_status status = look_up(store, by_key, key, paper, found, error);
    return status == PINAKES_OK && !*found ? by_identifier(store, key, paper, found, error) : status;
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
