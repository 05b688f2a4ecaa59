#include "indexer/seal.h"

#include "base/error.h"
#include "indexer/seal_ahead.h"
#include "indexer/segment_writer.h"
#include "indexer/store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TOKENS_OF_PLACE_MAX = 32,
    PAPERS_BETWEEN_CALLS = 512,
    /* At so many FTS5 takes 1 or 2 ms for any word and 14 for a hundred words, the ranked index 0.01 and 0.14; sealing
     * takes a quarter of a second. Below, nobody would notice. */
    WORTH_PAPERS = 2000,
    /* Of the library's papers, those that changed. A few hundred are read once and cost 0.1 ms a question; more are
     * looked up in FTS5, which takes a tenth of the time it needs to answer alone. */
    WORTH_SHARE = 20,
};

char *seal_path(const struct store *store)
{
    char *out;
    return asprintf(&out, "%s-segment", store_path(store)) < 0 ? NULL : out;
}

/* ---- what the library remembers ----------------------------------------------------------------------------- */

static const char state_sql[] = "SELECT (SELECT value FROM meta WHERE name = 'library_id'),"
                                " (SELECT value FROM meta WHERE name = 'sealed_generation'),"
                                " (SELECT value FROM meta WHERE name = 'sealed_paper'),"
                                " (SELECT count(*) FROM unsealed)";

pinakes_status seal_state(struct store *store, struct seal_state *out, pinakes_error *error)
{
    sqlite3_stmt *select = store_statement(store, state_sql, error);
    if (select == NULL)
        return error->status;
    const int code = sqlite3_step(select);
    *out = (struct seal_state){.is_sealed = false};
    if (code == SQLITE_ROW && (size_t)sqlite3_column_bytes(select, 0) == sizeof out->identity.library) {
        memcpy(out->identity.library, sqlite3_column_blob(select, 0), sizeof out->identity.library);
        out->identity.generation = (uint64_t)sqlite3_column_int64(select, 1);
        out->last_paper = sqlite3_column_int64(select, 2);
        out->unsealed = (uint64_t)sqlite3_column_int64(select, 3);
        out->is_sealed = out->identity.generation > 0;
    }
    (void)sqlite3_reset(select);
    return code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, "reading the library", error);
}

/* Makes `state` what the seal of `segment` would have left. */
static pinakes_status move_on(const struct segment *segment, const struct segment_identity *identity,
                              struct seal_state *state, pinakes_error *error)
{
    struct segment_documents documents;
    const pinakes_status status = segment_documents(segment, &documents, error);
    if (status != PINAKES_OK)
        return status;
    const uint32_t last = documents.count == 0 ? 0 : segment_document_at(&documents, documents.count - 1);
    if (last == SEGMENT_NO_DOCUMENT)
        return segment_damaged(segment, error);
    state->identity = *identity;
    state->last_paper = documents.count == 0 ? 0 : documents.papers[last];
    state->unsealed = 0;
    return PINAKES_OK;
}

pinakes_status seal_open(struct store *store, struct seal_state *state, struct segment **out, pinakes_error *error)
{
    struct segment *segment = NULL;
    struct segment_identity newer = state->identity;
    pinakes_error unwanted;
    char *path = seal_path(store);
    pinakes_status status =
        path == NULL ? error_no_memory(error) : segment_open(path, &state->identity, &segment, error);
    newer.generation = store_generation(store);
    if (status == PINAKES_VERSION && segment_open(path, &newer, &segment, &unwanted) == PINAKES_OK)
        status = move_on(segment, &newer, state, error);
    if (status == PINAKES_OK)
        *out = segment;
    else
        segment_close(segment);
    free(path);
    return status;
}

/* Notes the seal of this moment. */
static pinakes_status remember(struct store *store, pinakes_error *error)
{
    static const char sql[] = "INSERT OR REPLACE INTO meta(name, value) VALUES"
                              "('sealed_generation', (SELECT value FROM meta WHERE name = 'generation')),"
                              "('sealed_paper', (SELECT coalesce(max(id), 0) FROM papers)); DELETE FROM unsealed;";
    return store_execute(store, sql, "writing the library", error);
}

pinakes_status seal_pending(struct store *store, const struct seal_state *state, uint64_t *out, pinakes_error *error)
{
    static const char sql[] = "SELECT count(*) FROM papers WHERE id > ?";
    sqlite3_stmt *count = store_statement(store, sql, error);
    *out = 0;
    if (count == NULL)
        return error->status;
    (void)sqlite3_bind_int64(count, 1, state->last_paper);
    const int code = sqlite3_step(count);
    if (code == SQLITE_ROW)
        *out = (uint64_t)sqlite3_column_int64(count, 0) + state->unsealed;
    (void)sqlite3_reset(count);
    return code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, "reading the library", error);
}

bool seal_pays(uint64_t papers)
{
    return papers >= WORTH_PAPERS;
}

/* Whether the ranked index that should be there is not, or cannot be opened. */
static bool is_lost(struct store *store, const struct seal_state *state)
{
    struct seal_state now = *state;
    struct segment *segment = NULL;
    pinakes_error why;
    const bool is_open = !state->is_sealed || seal_open(store, &now, &segment, &why) == PINAKES_OK;
    segment_close(segment);
    return !is_open && why.status != PINAKES_NO_MEMORY;
}

pinakes_status seal_is_worth_it(struct store *store, bool *out, pinakes_error *error)
{
    struct seal_state state = {0};
    uint64_t pending = 0;
    const uint64_t papers = store_paper_count(store);
    pinakes_status status = seal_state(store, &state, error);
    if (status == PINAKES_OK)
        status = seal_pending(store, &state, &pending, error);
    const bool has_changed = seal_pays(papers) && (!state.is_sealed || pending * WORTH_SHARE > papers);
    *out = status == PINAKES_OK && (has_changed || is_lost(store, &state));
    return status;
}

/* ---- papers to the writer ------------------------------------------------------------------------------------ */

static void expect_field(const struct segment_writer *writer, const struct analysis *analysis, enum field field)
{
    enum { AT_ONCE = 64 };
    struct span tokens[AT_ONCE];
    size_t count = 0;
    struct token token;
    for (size_t at = analysis_begin(analysis, field); analysis_next(analysis, field, &at, &token);) {
        tokens[count++] = token.text;
        if (count == AT_ONCE || at == analysis->ends[field]) {
            segment_writer_expect(writer, tokens, count);
            count = 0;
        }
    }
}

static pinakes_status add_field(struct segment_writer *writer, const struct analysis *analysis, enum field field,
                                pinakes_error *error)
{
    struct span tokens[TOKENS_OF_PLACE_MAX]; /* that stand at one place, gathered until the next begins */
    size_t count = 0;
    uint32_t position = 0;
    struct token token;
    pinakes_status status = PINAKES_OK;
    for (size_t at = analysis_begin(analysis, field);
         status == PINAKES_OK && analysis_next(analysis, field, &at, &token);) {
        if (count > 0 && token.position != position) {
            status = segment_writer_word(writer, field, position, tokens, count, error);
            count = 0;
        }
        if (token.kind == TOKEN_BREAK || count == TOKENS_OF_PLACE_MAX)
            continue;
        position = token.position;
        tokens[count++] = token.text;
    }
    return status == PINAKES_OK && count > 0 ? segment_writer_word(writer, field, position, tokens, count, error)
                                             : status;
}

pinakes_status seal_add_paper(struct segment_writer *writer, const struct segment_paper *paper,
                              const struct analysis *analysis, pinakes_error *error)
{
    pinakes_status status = segment_writer_paper(writer, paper, error);
    for (enum field field = 0; field < FIELD_COUNT && status == PINAKES_OK; field++) {
        expect_field(writer, analysis, field);
        status = add_field(writer, analysis, field, error);
    }
    return status;
}

/* ---- reading the papers ------------------------------------------------------------------------------------- */

static const char papers_sql[] = "SELECT id, length, coalesce(year, 0), shown_venue,"
                                 " title, author, venue, tag, abstract, note, qa FROM papers ORDER BY id";

static pinakes_status read_paper(struct store *store, struct segment_writer *writer, struct analysis *analysis,
                                 sqlite3_stmt *row, pinakes_error *error)
{
    const struct segment_paper paper = {
        .id = sqlite3_column_int64(row, 0),
        .length = (uint32_t)sqlite3_column_int64(row, 1),
        .year = sqlite3_column_int(row, 2),
        .venue = store_text(row, 3),
    };
    struct span texts[FIELD_COUNT];
    store_texts(row, 4, texts);
    return analysis_make(analysis, store_analyzer(store), texts) ? seal_add_paper(writer, &paper, analysis, error)
                                                                 : error_no_memory(error);
}

struct sealing {
    struct store *store;
    struct segment_writer *writer;
    bool (*each)(void *context, const struct seal_progress *progress);
    void *context;
    struct seal_progress progress;
};

static bool goes_on(void *context)
{
    struct sealing *sealing = context;
    return sealing->each == NULL || sealing->each(sealing->context, &sealing->progress);
}

static pinakes_status tell(struct sealing *sealing, pinakes_error *error)
{
    if (goes_on(sealing))
        return PINAKES_OK;
    return error_set(error, PINAKES_CANCELLED, "stopped; nothing was changed");
}

static pinakes_status tick(struct sealing *sealing, pinakes_error *error)
{
    return sealing->progress.papers_done % PAPERS_BETWEEN_CALLS == 0 ? tell(sealing, error) : PINAKES_OK;
}

static pinakes_status read_papers(struct sealing *sealing, pinakes_error *error)
{
    struct analysis analysis = {.tokens = NULL};
    sqlite3_stmt *papers = store_statement(sealing->store, papers_sql, error);
    pinakes_status status = papers == NULL ? error->status : PINAKES_OK;
    int code = SQLITE_DONE;
    while (status == PINAKES_OK && (code = sqlite3_step(papers)) == SQLITE_ROW) {
        status = read_paper(sealing->store, sealing->writer, &analysis, papers, error);
        sealing->progress.papers_done++;
        if (status == PINAKES_OK)
            status = tick(sealing, error);
    }
    if (status == PINAKES_OK && code != SQLITE_DONE)
        status = store_error(sealing->store, code, "reading the papers", error);
    (void)sqlite3_reset(papers);
    analysis_free(&analysis);
    return status;
}

/* ---- sealing ------------------------------------------------------------------------------------------------ */

/* Fills a writer with the papers, unless they are in one already. */
static pinakes_status fill_writer(struct sealing *sealing, const char *path, pinakes_error *error)
{
    const struct segment_writer_options options = {.analyzer = store_analyzer(sealing->store)};
    sealing->writer = seal_ahead_take(sealing->store);
    if (sealing->writer != NULL) {
        sealing->progress.papers_done = sealing->progress.papers_total;
        return tell(sealing, error);
    }
    const pinakes_status status = segment_writer_create(path, &options, &sealing->writer, error);
    return status == PINAKES_OK ? read_papers(sealing, error) : status;
}

static pinakes_status write_segment(struct sealing *sealing, pinakes_error *error)
{
    struct seal_state state;
    char *path = seal_path(sealing->store);
    pinakes_status status = path == NULL ? error_no_memory(error) : seal_state(sealing->store, &state, error);
    if (status == PINAKES_OK)
        status = fill_writer(sealing, path, error);
    if (status == PINAKES_OK) {
        state.identity.generation = store_generation(sealing->store);
        segment_writer_ask(sealing->writer, goes_on, sealing);
        status = segment_writer_finish(sealing->writer, &state.identity, error);
    }
    segment_writer_free(sealing->writer);
    free(path);
    return status;
}

pinakes_status seal_library(struct store *store, bool (*each)(void *context, const struct seal_progress *progress),
                            void *context, pinakes_error *error)
{
    struct sealing sealing = {.store = store, .each = each, .context = context};
    pinakes_status status = store_begin(store, error);
    if (status != PINAKES_OK)
        return status;
    sealing.progress.papers_total = store_paper_count(store);
    status = write_segment(&sealing, error);
    if (status == PINAKES_OK)
        status = remember(store, error);
    if (status == PINAKES_OK)
        return store_commit(store, false, error);
    store_rollback(store);
    return status;
}
