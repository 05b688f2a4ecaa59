#include "indexer/paper_writer.h"

#include "base/error.h"
#include "corpus/identifiers.h"
#include "indexer/acronyms.h"
#include "indexer/key.h"
#include "indexer/schema.h"
#include "indexer/seal_ahead.h"
#include "indexer/store_internal.h"

enum { PAPERS_A_CACHE = 1 << 16 }; /* from one look at the room of the cache to the next */

static const char writing[] = "writing papers";

/* ---- sums -------------------------------------------------------------------------------------------------- */

/* An id is not given again while the ranked index knows it as another paper's, or a joined record may come back by
 * it. */
static pinakes_status read_last_id(struct paper_writer *writer, pinakes_error *error)
{
    static const char sql[] = "SELECT max(value, (SELECT coalesce(max(id), 0) FROM papers),"
                              " (SELECT coalesce(max(id), 0) FROM joined)) FROM meta WHERE name = 'sealed_paper'";
    sqlite3_stmt *select = NULL;
    pinakes_status status = store_prepare(writer->store, sql, &select, error);
    if (status != PINAKES_OK)
        return status;
    const int code = sqlite3_step(select);
    if (code == SQLITE_ROW)
        writer->last_id = sqlite3_column_int64(select, 0);
    else
        status = store_error(writer->store, code == SQLITE_DONE ? SQLITE_CORRUPT : code, "reading papers", error);
    (void)sqlite3_reset(select);
    return status;
}

pinakes_status paper_writer_start(struct paper_writer *writer, pinakes_error *error)
{
    pinakes_status status = store_get_meta(writer->store, "paper_count", &writer->paper_count, error);
    if (status == PINAKES_OK)
        status = store_get_meta(writer->store, "length_total", &writer->length_total, error);
    if (status == PINAKES_OK)
        status = store_get_meta(writer->store, "word_total", &writer->word_total, error);
    return status == PINAKES_OK ? read_last_id(writer, error) : status;
}

pinakes_status paper_writer_finish(struct paper_writer *writer, pinakes_error *error)
{
    pinakes_status status = store_set_meta(writer->store, "paper_count", writer->paper_count, error);
    if (status == PINAKES_OK)
        status = store_set_meta(writer->store, "length_total", writer->length_total, error);
    if (status == PINAKES_OK)
        status = store_set_meta(writer->store, "word_total", writer->word_total, error);
    return status;
}

void paper_writer_free(struct paper_writer *writer)
{
    paper_draft_free(&writer->draft);
}

void paper_writer_count(struct paper_writer *writer, const struct paper_size *size)
{
    writer->paper_count++;
    writer->length_total += size->length;
    writer->word_total += size->words;
}

static void count_out(struct paper_writer *writer, const struct paper_size *size)
{
    writer->paper_count--;
    writer->length_total -= size->length;
    writer->word_total -= size->words;
}

/* ---- what is derived from a record -------------------------------------------------------------------------- */

/* The draft of the paper at hand: the one that was made ahead, or a new one. */
static pinakes_status prepare_paper(struct paper_writer *writer, const struct paper *paper,
                                    const struct paper_draft **out, pinakes_error *error)
{
    *out = writer->ready != NULL ? writer->ready : &writer->draft;
    if (writer->ready == NULL && !paper_draft_make(&writer->draft, store_analyzer(writer->store), paper))
        return error_no_memory(error);
    writer->written = *out;
    return PINAKES_OK;
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

/* Text that outlives the step of the statement it is bound to. */
static void bind_span(sqlite3_stmt *statement, int parameter, struct span text)
{
    (void)sqlite3_bind_text64(statement, parameter, text.len == 0 ? "" : text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_columns(const struct paper_draft *draft, sqlite3_stmt *statement, int first)
{
    for (int field = 0; field < FIELD_COUNT; field++)
        bind_span(statement, first + field, paper_draft_text(draft, (enum field)field));
}

/* The generation that this transaction will be. */
#define THIS_GENERATION "(SELECT value + 1 FROM meta WHERE name = 'generation')"

/* ?1 id ?2 source ?3 line ?4 rule ?5 year ?6 url ?7 length ?8 words ?9 hash ?10-13 shown ?14-20 texts ?21 key
 * ?22 source_id ?23 doi ?24 arxiv ?25 title_key ?26 authors_key ?27 derived_year ?28 kind ?29 pmid */
static const char insert_sql[] =
    "INSERT INTO papers(id, source, line, rule, year, url, length, words, hash, shown_title, shown_venue,"
    " shown_authors, shown_tags, title, author, venue, tag, abstract, note, qa, key, source_id, doi, arxiv,"
    " title_key, authors_key, derived_year, kind, pmid, changed)"
    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, "
    "?24, ?25, ?26, ?27, ?28, ?29,"
    " " THIS_GENERATION ")";
static const char update_sql[] =
    "UPDATE papers SET source = ?2, line = ?3, rule = ?4, year = ?5, url = ?6, length = ?7, words = ?8, hash = ?9,"
    " shown_title = ?10, shown_venue = ?11, shown_authors = ?12, shown_tags = ?13, title = ?14, author = ?15,"
    " venue = ?16, tag = ?17, abstract = ?18, note = ?19, qa = ?20, doi = ?23, arxiv = ?24, title_key = ?25,"
    " authors_key = ?26, derived_year = ?27, kind = ?28, pmid = ?29, changed = " THIS_GENERATION " WHERE id = ?1";

static void bind_paper(sqlite3_stmt *row, int64_t source, const struct paper *paper, uint64_t hash,
                       const struct paper_draft *draft)
{
    (void)sqlite3_bind_int64(row, 2, source);
    (void)sqlite3_bind_int64(row, 3, paper->line);
    (void)sqlite3_bind_text(row, 4, paper->rule == NULL ? "" : paper->rule, -1, SQLITE_STATIC);
    if (paper->year > 0)
        (void)sqlite3_bind_int(row, 5, paper->year);
    (void)sqlite3_bind_int(row, 27, paper->is_year_derived);
    (void)sqlite3_bind_text(row, 28, kind_name(paper->kind), -1, SQLITE_STATIC);
    bind_span(row, 6, paper->url);
    (void)sqlite3_bind_int64(row, 7, draft->size.length);
    (void)sqlite3_bind_int64(row, 8, draft->size.words);
    (void)sqlite3_bind_int64(row, 9, (int64_t)hash);
    bind_span(row, 10, paper->title);
    bind_span(row, 11, paper->venue);
    bind_span(row, 12, buffer_text(&draft->authors));
    bind_span(row, 13, buffer_text(&draft->tags));
    bind_columns(draft, row, 14);
    bind_span(row, 23, draft->identifiers.doi);
    bind_span(row, 24, draft->identifiers.arxiv);
    bind_span(row, 29, draft->identifiers.pmid);
    (void)sqlite3_bind_int64(row, 25, (int64_t)draft->title_key);
    (void)sqlite3_bind_int64(row, 26, (int64_t)draft->authors_key);
}

static pinakes_status insert_passages(struct paper_writer *writer, int64_t id, const struct paper *paper,
                                      pinakes_error *error)
{
    static const char sql[] = "INSERT INTO passages(paper, ordinal, field, start, bytes, line, source_text)"
                              " VALUES(?, ?, ?, ?, ?, ?, ?)";
    sqlite3_stmt *insert = NULL;
    pinakes_status status = store_prepare(writer->store, sql, &insert, error);
    int64_t ordinal = 0;
    size_t used[FIELD_COUNT] = {0};
    for (size_t i = 0; i < paper->passage_count && status == PINAKES_OK; i++) {
        const struct passage *passage = &paper->passages[i];
        if (passage->text.len == 0)
            continue;
        const size_t start = used[passage->field] == 0 ? 0 : used[passage->field] + sizeof PASSAGE_SEPARATOR - 1;
        used[passage->field] = start + passage->words.len;
        (void)sqlite3_bind_int64(insert, 1, id);
        (void)sqlite3_bind_int64(insert, 2, ordinal++);
        (void)sqlite3_bind_text(insert, 3, field_name(passage->field), -1, SQLITE_STATIC);
        (void)sqlite3_bind_int64(insert, 4, (int64_t)start);
        (void)sqlite3_bind_int64(insert, 5, (int64_t)passage->words.len);
        (void)sqlite3_bind_int64(insert, 6, passage->line);
        if (passage->words.at == passage->text.at)
            (void)sqlite3_bind_null(insert, 7);
        else
            bind_span(insert, 7, passage->text);
        status = store_run(writer->store, insert, writing, error);
    }
    return status;
}

static pinakes_status write_acronyms(struct paper_writer *writer, int64_t id, const struct paper_draft *draft,
                                     pinakes_error *error)
{
    struct span texts[FIELD_COUNT];
    for (enum field field = 0; field < FIELD_COUNT; field++)
        texts[field] = paper_draft_text(draft, field);
    return acronyms_write(writer->store, id, texts, error);
}

/* FTS5 asks for tokens that are known. */
static pinakes_status insert_into_index(struct paper_writer *writer, int64_t id, const struct paper_draft *draft,
                                        pinakes_error *error)
{
    static const char sql[] = "INSERT INTO papers_fts(rowid, title, author, venue, tag, abstract, note, qa)"
                              " VALUES(?, ?, ?, ?, ?, ?, ?, ?)";
    sqlite3_stmt *insert = NULL;
    pinakes_status status = store_prepare(writer->store, sql, &insert, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(insert, 1, id);
    bind_columns(draft, insert, 2);
    writer->store->known = &draft->analysis;
    status = store_run(writer->store, insert, writing, error);
    writer->store->known = NULL;
    return status;
}

/* Runs `sql`, whose only parameter is a paper's id. */
static pinakes_status run_for(struct paper_writer *writer, const char *sql, int64_t id, pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(writer->store, sql, &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(statement, 1, id);
    return store_run(writer->store, statement, writing, error);
}

/* An index with its content elsewhere has to be told what it forgets, while the row still says so. */
static pinakes_status delete_from_index(struct paper_writer *writer, int64_t id, pinakes_error *error)
{
    static const char sql[] =
        "INSERT INTO papers_fts(papers_fts, rowid, title, author, venue, tag, abstract, note, qa)"
        " SELECT 'delete', id, title, author, venue, tag, abstract, note, qa FROM papers WHERE id = ?";
    return run_for(writer, sql, id, error);
}

static pinakes_status read_size(struct paper_writer *writer, int64_t id, struct paper_size *out, pinakes_error *error)
{
    static const char sql[] = "SELECT length, words FROM papers WHERE id = ?";
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_row(writer->store, sql, id, writing, &row, error);
    if (status != PINAKES_OK)
        return status;
    *out = (struct paper_size){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1)};
    (void)sqlite3_reset(row);
    return PINAKES_OK;
}

/* ---- keys --------------------------------------------------------------------------------------------------- */

struct key_question {
    struct store *store;
    sqlite3_stmt *select;
    int code;
};

/* After a failure every key is free, so that the question ends; the failure is looked at then. */
static bool is_key_taken(void *context, const char *key)
{
    struct key_question *question = context;
    (void)sqlite3_bind_text(question->select, 1, key, -1, SQLITE_STATIC);
    const int code = sqlite3_step(question->select);
    (void)sqlite3_reset(question->select);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        question->code = code;
    return code == SQLITE_ROW;
}

static pinakes_status choose_key(struct paper_writer *writer, const struct paper *paper, char key[KEY_BYTES],
                                 pinakes_error *error)
{
    struct key_question question = {.store = writer->store};
    pinakes_status status = store_prepare(
        writer->store, "SELECT 1 FROM papers WHERE key = ?1 UNION ALL SELECT 1 FROM joined WHERE key = ?1 LIMIT 1",
        &question.select, error);
    if (status == PINAKES_OK)
        status = key_choose(store_analyzer(writer->store), paper, is_key_taken, &question, key, error);
    if (status == PINAKES_OK && question.code != SQLITE_OK)
        status = store_error(writer->store, question.code, writing, error);
    return status;
}

/* ---- papers ------------------------------------------------------------------------------------------------- */

static pinakes_status insert_row(struct paper_writer *writer, int64_t source, const struct paper *paper, uint64_t hash,
                                 const struct paper_draft *draft, int64_t *id, pinakes_error *error)
{
    char key[KEY_BYTES];
    sqlite3_stmt *insert = NULL;
    pinakes_status status = choose_key(writer, paper, key, error);
    if (status == PINAKES_OK)
        status = store_prepare(writer->store, insert_sql, &insert, error);
    if (status != PINAKES_OK)
        return status;
    *id = ++writer->last_id;
    if (*id % PAPERS_A_CACHE == 0) /* a run may bring many */
        store_fit_cache(writer->store, (uint64_t)*id);
    (void)sqlite3_bind_int64(insert, 1, *id);
    bind_paper(insert, source, paper, hash, draft);
    (void)sqlite3_bind_text(insert, 21, key, -1, SQLITE_STATIC);
    bind_span(insert, 22, paper->id);
    status = store_run(writer->store, insert, writing, error);
    (void)sqlite3_clear_bindings(insert); /* they point at this call's memory */
    return status;
}

pinakes_status paper_insert(struct paper_writer *writer, int64_t source, const struct paper *paper, uint64_t hash,
                            int64_t *id, pinakes_error *error)
{
    const struct paper_draft *draft = NULL;
    pinakes_status status = prepare_paper(writer, paper, &draft, error);
    if (status == PINAKES_OK)
        status = insert_row(writer, source, paper, hash, draft, id, error);
    if (status == PINAKES_OK)
        status = insert_passages(writer, *id, paper, error);
    if (status == PINAKES_OK)
        status = write_acronyms(writer, *id, draft, error);
    if (status == PINAKES_OK)
        status = insert_into_index(writer, *id, draft, error);
    if (status == PINAKES_OK) {
        paper_writer_count(writer, &draft->size);
        seal_ahead_paper(writer->ahead, *id, paper, draft);
    }
    return status;
}

static pinakes_status update_row(struct paper_writer *writer, int64_t id, int64_t source, const struct paper *paper,
                                 uint64_t hash, const struct paper_draft *draft, pinakes_error *error)
{
    sqlite3_stmt *update = NULL;
    const pinakes_status status = store_prepare(writer->store, update_sql, &update, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(update, 1, id);
    bind_paper(update, source, paper, hash, draft);
    return store_run(writer->store, update, writing, error);
}

pinakes_status paper_replace(struct paper_writer *writer, int64_t id, int64_t source, const struct paper *paper,
                             uint64_t hash, pinakes_error *error)
{
    struct paper_size before = {0, 0};
    const struct paper_draft *draft = NULL;
    pinakes_status status = prepare_paper(writer, paper, &draft, error);
    if (status == PINAKES_OK)
        status = read_size(writer, id, &before, error);
    if (status == PINAKES_OK)
        status = delete_from_index(writer, id, error);
    if (status == PINAKES_OK)
        status = update_row(writer, id, source, paper, hash, draft, error);
    if (status == PINAKES_OK)
        status = run_for(writer, "DELETE FROM passages WHERE paper = ?", id, error);
    if (status == PINAKES_OK)
        status = insert_passages(writer, id, paper, error);
    if (status == PINAKES_OK)
        status = write_acronyms(writer, id, draft, error);
    if (status == PINAKES_OK)
        status = insert_into_index(writer, id, draft, error);
    if (status == PINAKES_OK) {
        count_out(writer, &before);
        paper_writer_count(writer, &draft->size);
        seal_ahead_spoil(writer->ahead);
    }
    return status;
}

static pinakes_status place_passages(struct paper_writer *writer, int64_t id, const struct paper *paper, bool *moved,
                                     pinakes_error *error)
{
    static const char sql[] = "UPDATE passages SET line = ?3 WHERE paper = ?1 AND ordinal = ?2 AND line <> ?3";
    sqlite3_stmt *update = NULL;
    pinakes_status status = store_prepare(writer->store, sql, &update, error);
    int64_t ordinal = 0;
    for (size_t i = 0; i < paper->passage_count && status == PINAKES_OK; i++) {
        if (paper->passages[i].text.len == 0)
            continue;
        (void)sqlite3_bind_int64(update, 1, id);
        (void)sqlite3_bind_int64(update, 2, ordinal++);
        (void)sqlite3_bind_int64(update, 3, paper->passages[i].line);
        status = store_run(writer->store, update, writing, error);
        *moved |= sqlite3_changes(store_db(writer->store)) > 0;
    }
    return status;
}

pinakes_status paper_place(struct paper_writer *writer, int64_t id, int64_t source, const struct paper *paper,
                           bool *moved, pinakes_error *error)
{
    static const char sql[] = "UPDATE papers SET source = ?2, line = ?3, rule = ?4"
                              " WHERE id = ?1 AND (source <> ?2 OR line <> ?3 OR rule <> ?4)";
    sqlite3_stmt *update = NULL;
    pinakes_status status = store_prepare(writer->store, sql, &update, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(update, 1, id);
    (void)sqlite3_bind_int64(update, 2, source);
    (void)sqlite3_bind_int64(update, 3, paper->line);
    (void)sqlite3_bind_text(update, 4, paper->rule == NULL ? "" : paper->rule, -1, SQLITE_STATIC);
    status = store_run(writer->store, update, writing, error);
    *moved |= status == PINAKES_OK && sqlite3_changes(store_db(writer->store)) > 0;
    return status == PINAKES_OK ? place_passages(writer, id, paper, moved, error) : status;
}

pinakes_status paper_remove(struct paper_writer *writer, int64_t id, pinakes_error *error)
{
    struct paper_size size = {0, 0};
    pinakes_status status = read_size(writer, id, &size, error);
    if (status == PINAKES_OK)
        status = delete_from_index(writer, id, error);
    if (status == PINAKES_OK) /* its passages and topics go with it */
        status = run_for(writer, "DELETE FROM papers WHERE id = ?", id, error);
    if (status == PINAKES_OK) {
        count_out(writer, &size);
        seal_ahead_spoil(writer->ahead);
    }
    return status;
}

/* The sums and the words it explains. */
static pinakes_status take_in(struct paper_writer *writer, int64_t id, pinakes_error *error)
{
    static const char sql[] =
        "SELECT length, words, title, author, venue, tag, abstract, note, qa FROM papers WHERE id = ?";
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_row(writer->store, sql, id, writing, &row, error);
    if (status != PINAKES_OK)
        return status;
    struct span texts[FIELD_COUNT];
    const struct paper_size size = {sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1)};
    store_texts(row, 2, texts);
    status = acronyms_write(writer->store, id, texts, error);
    seal_ahead_spoil(writer->ahead);
    paper_writer_count(writer, &size);
    (void)sqlite3_reset(row);
    return status;
}

pinakes_status paper_restored(struct paper_writer *writer, int64_t id, pinakes_error *error)
{
    static const char index_sql[] =
        "INSERT INTO papers_fts(rowid, title, author, venue, tag, abstract, note, qa)"
        " SELECT id, title, author, venue, tag, abstract, note, qa FROM papers WHERE id = ?";
    static const char unsealed_sql[] =
        "INSERT OR IGNORE INTO unsealed SELECT ?1 FROM meta WHERE name = 'sealed_paper' AND ?1 <= value";
    pinakes_status status = take_in(writer, id, error);
    if (status == PINAKES_OK)
        status = run_for(writer, index_sql, id, error);
    return status == PINAKES_OK ? run_for(writer, unsealed_sql, id, error) : status;
}

/* What a paper keeps wherever it moves. */
struct kept {
    char key[KEY_BYTES];
    int64_t hash;    /* of the record, */
    int64_t changed; /* and the generation that brought it */
};

static pinakes_status read_kept(struct paper_writer *writer, int64_t id, struct kept *out, pinakes_error *error)
{
    static const char sql[] = "SELECT key, hash, changed FROM papers WHERE id = ?";
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_row(writer->store, sql, id, writing, &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_snprintf(KEY_BYTES, out->key, "%s", (const char *)sqlite3_column_text(row, 0));
    out->hash = sqlite3_column_int64(row, 1);
    out->changed = sqlite3_column_int64(row, 2);
    (void)sqlite3_reset(row);
    return PINAKES_OK;
}

pinakes_status paper_succeed(struct paper_writer *writer, int64_t from, int64_t to, pinakes_error *error)
{
    static const char sql[] =
        "UPDATE papers SET key = ?2, changed = CASE WHEN hash = ?3 THEN ?4 ELSE changed END WHERE id = ?1";
    struct kept kept = {0};
    sqlite3_stmt *update = NULL;
    pinakes_status status = read_kept(writer, from, &kept, error);
    if (status == PINAKES_OK)
        status = paper_remove(writer, from, error);
    if (status == PINAKES_OK)
        status = store_prepare(writer->store, sql, &update, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(update, 1, to);
    (void)sqlite3_bind_text(update, 2, kept.key, -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(update, 3, kept.hash);
    (void)sqlite3_bind_int64(update, 4, kept.changed);
    return store_run(writer->store, update, writing, error);
}
