#include "base/error.h"
#include "indexer/seal.h"
#include "indexer/store_internal.h"

static pinakes_status differs(const struct store *store, const char *key, pinakes_error *error)
{
    return error_set(error, PINAKES_DAMAGED,
                     "%s-segment is damaged: it does not hold the paper %s as the library does; run 'pinakes seal'",
                     store_path(store), key);
}

/* Every paper that is as it was when the segment was made stands in it, with its length and year. */
static pinakes_status compare_papers(struct store *store, const struct segment *segment, int64_t last_paper,
                                     pinakes_error *error)
{
    static const char sql[] = "SELECT id, length, coalesce(year, 0), key FROM papers"
                              " WHERE id <= ? AND id NOT IN (SELECT paper FROM unsealed)";
    struct segment_documents documents;
    pinakes_status status = segment_documents(segment, &documents, error);
    sqlite3_stmt *papers = status == PINAKES_OK ? store_statement(store, sql, error) : NULL;
    if (papers == NULL)
        return error->status;
    (void)sqlite3_bind_int64(papers, 1, last_paper);
    int code;
    while (status == PINAKES_OK && (code = sqlite3_step(papers)) == SQLITE_ROW) {
        const uint32_t document = segment_document_of(&documents, sqlite3_column_int64(papers, 0));
        if (document == SEGMENT_NO_DOCUMENT ||
            segment_length(&documents.lengths, document) != sqlite3_column_int64(papers, 1) ||
            documents.years[document] != sqlite3_column_int(papers, 2))
            status = differs(store, (const char *)sqlite3_column_text(papers, 3), error);
    }
    if (status == PINAKES_OK && code != SQLITE_DONE)
        status = store_error(store, code, "checking the papers", error);
    (void)sqlite3_reset(papers);
    return status;
}

pinakes_status seal_verify(struct store *store, pinakes_error *error)
{
    struct seal_state state = {0};
    struct segment *segment = NULL;
    pinakes_status status = seal_state(store, &state, error);
    if (status == PINAKES_OK && state.is_sealed)
        status = seal_open(store, &state, &segment, error);
    if (status == PINAKES_NOT_FOUND)
        status = PINAKES_OK; /* removed: that is allowed */
    if (segment != NULL) {
        status = segment_verify(segment, error);
        if (status == PINAKES_OK)
            status = compare_papers(store, segment, state.last_paper, error);
        segment_close(segment);
    }
    return status;
}
