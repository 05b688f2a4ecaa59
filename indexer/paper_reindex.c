/* All papers indexed anew, for another analyzer (paper_writer.h). */
#include "base/error.h"
#include "indexer/acronyms.h"
#include "indexer/paper_writer.h"
#include "indexer/same_paper.h"
#include "indexer/store_internal.h"

static const char reindexing[] = "indexing the papers again";

/* What of a row comes from the analyzer, the inverted index aside. */
struct measured {
    int64_t id;
    struct paper_size size;
    uint64_t title_key, authors_key;
};

struct measuring {
    struct paper_writer *writer;
    struct analysis analysis; /* of the paper at hand */
    int64_t last;             /* measured */
};

static pinakes_status write_measured(struct paper_writer *writer, const struct measured *measured, pinakes_error *error)
{
    static const char sql[] =
        "UPDATE papers SET length = ?2, words = ?3, title_key = ?4, authors_key = ?5 WHERE id = ?1";
    sqlite3_stmt *update = NULL;
    const pinakes_status status = store_prepare(writer->store, sql, &update, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(update, 1, measured->id);
    (void)sqlite3_bind_int64(update, 2, measured->size.length);
    (void)sqlite3_bind_int64(update, 3, measured->size.words);
    (void)sqlite3_bind_int64(update, 4, (int64_t)measured->title_key);
    (void)sqlite3_bind_int64(update, 5, (int64_t)measured->authors_key);
    return store_run(writer->store, update, reindexing, error);
}

/* Measures the paper of a row, and writes anew which acronyms it explains. */
static pinakes_status measure(struct measuring *measuring, sqlite3_stmt *row, struct measured *out,
                              pinakes_error *error)
{
    struct store *store = measuring->writer->store;
    struct analyzer *analyzer = store_analyzer(store);
    struct span texts[FIELD_COUNT];
    store_texts(row, 1, texts);
    out->id = sqlite3_column_int64(row, 0);
    out->title_key = same_paper_title(analyzer, store_text(row, 1 + FIELD_COUNT));
    out->authors_key = same_paper_authors(analyzer, store_text(row, 2 + FIELD_COUNT));
    if (!analysis_make(&measuring->analysis, analyzer, texts))
        return error_no_memory(error);
    out->size = analysis_size(&measuring->analysis);
    return acronyms_write(store, out->id, texts, error);
}

/* The texts of a row live until the statement is reset. */
static pinakes_status measure_next(struct measuring *measuring, bool *is_end, pinakes_error *error)
{
    static const char sql[] =
        "SELECT id, title, author, venue, tag, abstract, note, qa, shown_title, shown_authors FROM papers WHERE id > ?"
        " ORDER BY id LIMIT 1";
    struct paper_writer *writer = measuring->writer;
    struct measured measured = {.id = 0};
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_prepare(writer->store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, measuring->last);
    const int code = sqlite3_step(row);
    *is_end = code == SQLITE_DONE;
    if (code == SQLITE_ROW)
        status = measure(measuring, row, &measured, error);
    else if (code != SQLITE_DONE)
        status = store_error(writer->store, code, "reading papers", error);
    (void)sqlite3_reset(row);
    if (status != PINAKES_OK || *is_end)
        return status;
    measuring->last = measured.id;
    paper_writer_count(writer, &measured.size);
    return write_measured(writer, &measured, error);
}

pinakes_status paper_reindex_all(struct paper_writer *writer, pinakes_error *error)
{
    struct measuring measuring = {.writer = writer, .last = INT64_MIN};
    bool is_end = false;
    pinakes_status status = PINAKES_OK;
    writer->paper_count = writer->length_total = writer->word_total = 0;
    while (status == PINAKES_OK && !is_end)
        status = measure_next(&measuring, &is_end, error);
    analysis_free(&measuring.analysis);
    if (status == PINAKES_OK)
        status =
            store_execute(writer->store, "INSERT INTO papers_fts(papers_fts) VALUES('rebuild')", reindexing, error);
    if (status == PINAKES_OK)
        status = store_set_meta(writer->store, "analyzer_version", ANALYZER_VERSION, error);
    return status;
}
