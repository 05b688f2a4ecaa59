/* Compiled twice: into the program, which is linked with SQLite, and into the loadable extension, which reaches
 * SQLite through the table it is handed when it is loaded (fts_extension.c). */
#include "indexer/fts_tokenizer.h"

#include "base/error.h"
#include "indexer/analysis.h"

#include <stdlib.h>

#ifdef PINAKES_SQLITE_EXTENSION
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
#endif

enum { STEM_BYTES_MAX = 511 };

typedef int token_callback(void *context, int flags, const char *text, int bytes, int start, int end);

struct tokenizer {
    struct analyzer *analyzer;
    const struct analysis *const *known; /* NULL when nobody ever knows tokens beforehand */
};

/* Tokens on their way to FTS5. */
struct sink {
    struct analyzer *analyzer;
    token_callback *give;
    void *context;
    bool is_first;
    uint32_t position; /* of the last token given */
};

static int give(struct sink *sink, const struct token *token, struct span text)
{
    const bool is_colocated = !sink->is_first && token->position == sink->position;
    sink->is_first = false;
    sink->position = token->position;
    return sink->give(sink->context, is_colocated ? FTS5_TOKEN_COLOCATED : 0, text.at, (int)text.len, (int)token->start,
                      (int)(token->start + token->bytes));
}

static int give_known(struct sink *sink, const struct analysis *known, enum field field)
{
    struct token token;
    int code = SQLITE_OK;
    for (size_t at = analysis_begin(known, field); code == SQLITE_OK && analysis_next(known, field, &at, &token);) {
        code = give(sink, &token, token.text);
    }
    return code;
}

static int give_document(struct sink *sink)
{
    struct token token;
    int code = SQLITE_OK;
    while (code == SQLITE_OK && analyzer_next(sink->analyzer, &token)) {
        code = give(sink, &token, token.text);
    }
    return code;
}

/* "~stem", and the stem itself where it is a stem of its own: a word that is its own stem is indexed without one. */
static int give_stem(struct sink *sink, const struct token *token, struct span stem)
{
    char marked[1 + STEM_BYTES_MAX] = {STEM_MARK};
    if (stem.len > STEM_BYTES_MAX) {
        return SQLITE_OK;
    }
    memcpy(marked + 1, stem.at, stem.len);
    const struct span copy = {marked + 1, stem.len};
    const bool is_given = span_equal(copy, token->text);
    const int code = give(sink, token, (struct span){marked, 1 + stem.len});
    if (code != SQLITE_OK || is_given || !span_equal(analyzer_stem(sink->analyzer, copy), copy)) {
        return code;
    }
    return give(sink, token, copy);
}

/* The word as written and what may stand for it. FTS5 takes tokens at one position of a query as synonyms. */
static int give_alternatives(struct sink *sink, const struct token *token)
{
    const int code = give(sink, token, token->text);
    if (code != SQLITE_OK) {
        return code;
    }
    return give_stem(sink, token, token->is_protected ? token->text : analyzer_stem(sink->analyzer, token->text));
}

static bool is_word(enum token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_VARIANT || kind == TOKEN_BIGRAM;
}

/* A compound in a query is its parts in successive positions: joined forms, CamelCase parts and families are for
 * documents. */
static int give_query(struct sink *sink)
{
    struct token token;
    enum token_kind stemmed = TOKEN_BREAK; /* the kind of the token a stem belongs to */
    int code = SQLITE_OK;
    while (code == SQLITE_OK && analyzer_next(sink->analyzer, &token)) {
        if (token.kind == TOKEN_STEM && token.is_protected && is_word(stemmed)) { /* "LLMs" is also "LLM" */
            code = give_stem(sink, &token, (struct span){token.text.at + 1, token.text.len - 1});
        } else if (is_word(token.kind)) {
            code = token.kind == TOKEN_BIGRAM ? give(sink, &token, token.text) : give_alternatives(sink, &token);
        }
        stemmed = token.kind == TOKEN_STEM ? stemmed : token.kind;
    }
    return code;
}

/* What is typed before a star stands for itself alone. */
static int give_prefix(struct sink *sink)
{
    struct token token;
    int code = SQLITE_OK;
    while (code == SQLITE_OK && analyzer_next(sink->analyzer, &token)) {
        code = is_word(token.kind) ? give(sink, &token, token.text) : SQLITE_OK;
    }
    return code;
}

/* The tokens of our own engine: all at one position. */
static int give_raw(struct sink *sink, struct span text)
{
    int code = SQLITE_OK;
    for (size_t at = 0; at < text.len && code == SQLITE_OK;) {
        const size_t start = at + 1;
        const char *mark = memchr(text.at + start, RAW_TOKEN_MARK, text.len - start);
        at = mark == NULL ? text.len : (size_t)(mark - text.at);
        const struct token token = {.text = {text.at + start, at - start}, .start = start, .bytes = at - start};
        if (token.text.len > 0) {
            code = give(sink, &token, token.text);
        }
    }
    return code;
}

static int analyze(struct sink *sink, struct span text, int flags)
{
    int code = SQLITE_OK;
    analyzer_start(sink->analyzer, text);
    if ((flags & FTS5_TOKENIZE_QUERY) == 0) {
        code = give_document(sink);
    } else {
        code = (flags & FTS5_TOKENIZE_PREFIX) != 0 ? give_prefix(sink) : give_query(sink);
    }
    return code == SQLITE_OK && analyzer_failed(sink->analyzer) ? SQLITE_NOMEM : code;
}

static int tokenize(Fts5Tokenizer *opaque, void *context, int flags, const char *text, int bytes,
                    token_callback *callback)
{
    const struct tokenizer *tokenizer = (const struct tokenizer *)opaque;
    const struct analysis *known = tokenizer->known == NULL ? NULL : *tokenizer->known;
    struct analyzer *analyzer = tokenizer->analyzer;
    struct sink sink = {.analyzer = analyzer, .give = callback, .context = context, .is_first = true};
    const struct span span = {text, bytes > 0 ? (size_t)bytes : 0};
    const bool is_query = (flags & FTS5_TOKENIZE_QUERY) != 0;
    const enum field field = is_query || known == NULL ? FIELD_COUNT : analysis_field(known, span);
    const int code = is_query && span.len > 0 && text[0] == RAW_TOKEN_MARK ? give_raw(&sink, span)
                     : field < FIELD_COUNT                                 ? give_known(&sink, known, field)
                                                                           : analyze(&sink, span, flags);
    return code == SQLITE_DONE ? SQLITE_OK : code; /* SQLITE_DONE: FTS5 has seen enough */
}

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    struct tokenizer *tokenizer;
    (void)arguments;
    if (count > 0) { /* there is nothing to choose: an index has one analyzer */
        return SQLITE_ERROR;
    }
    tokenizer = calloc(1, sizeof *tokenizer);
    if (tokenizer == NULL || analyzer_create(&tokenizer->analyzer, NULL) != PINAKES_OK) {
        free(tokenizer);
        return SQLITE_NOMEM;
    }
    tokenizer->known = context;
    *out = (Fts5Tokenizer *)tokenizer;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *opaque)
{
    struct tokenizer *tokenizer = (struct tokenizer *)opaque;
    analyzer_free(tokenizer->analyzer);
    free(tokenizer);
}

/* FTS5 hands out its functions through a pointer bound to a call of fts5(). NULL when there is no FTS5. */
static fts5_api *fts5_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK) {
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

pinakes_status fts_tokenizer_register(sqlite3 *db, const struct analysis *const *known, pinakes_error *error)
{
    fts5_tokenizer tokenizer = {.xCreate = create, .xDelete = destroy, .xTokenize = tokenize};
    fts5_api *api = fts5_of(db);
    if (api == NULL || api->iVersion < 2) {
        return error_set(error, PINAKES_VERSION, "SQLite %s: it has no FTS5; install a build of SQLite with FTS5",
                         sqlite3_libversion());
    }
    if (api->xCreateTokenizer(api, "pinakes", (void *)(uintptr_t)known, &tokenizer, NULL) != SQLITE_OK) {
        return error_no_memory(error);
    }
    return PINAKES_OK;
}
