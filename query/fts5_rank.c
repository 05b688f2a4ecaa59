#include "query/fts5_rank.h"

#include "corpus/paper.h"
#include "indexer/schema.h"

struct phrase_reader {
    struct arena *arena;
    struct postings *postings;
};

/* The posting of phrase `phrase` in the row at hand. FTS5 reports a position once, however many of a word's
 * alternatives stand there; the check for repeats keeps prefixes, whose words may share a position, to the same
 * rule. */
static int add_posting(const Fts5ExtensionApi *api, Fts5Context *fts, int phrase, struct arena *arena,
                       struct postings *postings)
{
    struct posting posting = {.paper = api->xRowid(fts)};
    Fts5PhraseIter iterator;
    int column, offset, last_column = -1, last_offset = -1;
    const int code = api->xPhraseFirst(fts, phrase, &iterator, &column, &offset);
    if (code != SQLITE_OK)
        return code;
    for (; column >= 0; api->xPhraseNext(fts, &iterator, &column, &offset)) {
        if (column == last_column && offset == last_offset)
            continue;
        last_column = column;
        last_offset = offset;
        posting.fields |= 1u << column;
        posting.frequency += column == FIELD_TITLE ? TITLE_WEIGHT : 1;
    }
    if (posting.frequency == 0)
        return SQLITE_OK;
    return postings_add(postings, arena, posting) ? SQLITE_OK : SQLITE_NOMEM;
}

/* One paper that holds the phrase, the only one of its query. */
static int add_paper(const Fts5ExtensionApi *api, Fts5Context *fts, void *context)
{
    const struct phrase_reader *reader = context;
    return add_posting(api, fts, 0, reader->arena, reader->postings);
}

/* What the caller bound; NULL, with the error told, when someone else calls. */
static const struct fts5_postings *bound_postings(const Fts5ExtensionApi *api, Fts5Context *fts,
                                                  sqlite3_context *context, int argument_count,
                                                  sqlite3_value **arguments)
{
    const struct fts5_postings *out =
        argument_count == 1 ? sqlite3_value_pointer(arguments[0], FTS5_POSTINGS_POINTER) : NULL;
    if (out != NULL && (size_t)api->xPhraseCount(fts) == out->phrase_count)
        return out;
    sqlite3_result_error(context, FTS5_POSTINGS_FUNCTION ": only Pinakes itself can call it", -1);
    return NULL;
}

/* xQueryPhrase runs one phrase over the whole table, as FTS5's own bm25() does to count papers; we keep what it finds,
 * so that the count, the frequencies and the papers come from one pass. */
static void read_postings(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int argument_count,
                          sqlite3_value **arguments)
{
    const struct fts5_postings *out = bound_postings(api, fts, context, argument_count, arguments);
    for (size_t i = 0; out != NULL && i < out->phrase_count; i++) {
        struct phrase_reader reader = {out->arena, out->phrases[i]};
        const int code = api->xQueryPhrase(fts, (int)i, &reader, add_paper);
        if (code != SQLITE_OK) {
            sqlite3_result_error_code(context, code);
            return;
        }
    }
}

static void read_row_postings(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                              int argument_count, sqlite3_value **arguments)
{
    const struct fts5_postings *out = bound_postings(api, fts, context, argument_count, arguments);
    for (size_t i = 0; out != NULL && i < out->phrase_count; i++) {
        const int code = add_posting(api, fts, (int)i, out->arena, out->phrases[i]);
        if (code != SQLITE_OK) {
            sqlite3_result_error_code(context, code);
            return;
        }
    }
}

/* The way FTS5 hands out its interface: https://sqlite.org/fts5.html, "Extending FTS5". */
static int fts5_interface(sqlite3 *db, fts5_api **out)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_pointer(statement, 1, out, "fts5_api_ptr", NULL);
    if (code == SQLITE_OK)
        (void)sqlite3_step(statement);
    const int end = sqlite3_finalize(statement);
    if (code == SQLITE_OK)
        code = end;
    return code == SQLITE_OK && *out == NULL ? SQLITE_ERROR : code;
}

int fts5_rank_register(sqlite3 *db)
{
    fts5_api *api = NULL;
    int code = fts5_interface(db, &api);
    if (code == SQLITE_OK)
        code = api->xCreateFunction(api, FTS5_POSTINGS_FUNCTION, NULL, read_postings, NULL);
    return code != SQLITE_OK ? code
                             : api->xCreateFunction(api, FTS5_ROW_POSTINGS_FUNCTION, NULL, read_row_postings, NULL);
}
