#include "query/paper_load.h"

#include "base/error.h"
#include "corpus/person.h"

/* What a function below needs at every step. `memory_failed` is looked at once, at the end. */
struct loader {
    struct store *store;
    struct arena *arena; /* of the record */
    struct arena *texts;
    struct loaded_paper *out;
    pinakes_assignment *topics;
    struct loaded_passage *passages;
    pinakes_record *records;
    size_t capacity; /* of the list being read */
    bool memory_failed;
};

/* ---- the columns of the table papers --------------------------------------------------------------------- */

enum column {
    COLUMN_KEY,
    COLUMN_YEAR,
    COLUMN_URL,
    COLUMN_DOI,
    COLUMN_ARXIV,
    COLUMN_PMID,
    COLUMN_KIND,
    COLUMN_LINE,
    COLUMN_RULE,
    COLUMN_TITLE,
    COLUMN_VENUE,
    COLUMN_AUTHORS,
    COLUMN_TAGS,
    COLUMN_FILE,
    COLUMN_PATH,
    COLUMN_TEXTS, /* FIELD_COUNT of them, in the order of enum field */
};

static const char paper_sql[] =
    "SELECT p.key, p.year, p.url, p.doi, p.arxiv, p.pmid, p.kind, p.line, p.rule, p.shown_title, "
    "p.shown_venue, p.shown_authors, p.shown_tags,"
    " s.name, s.path, p.title, p.author, p.venue, p.tag, p.abstract, p.note, p.qa"
    " FROM papers p JOIN sources s ON s.id = p.source WHERE p.id = ?1";

/* A copy of a column, NUL-terminated, of `*bytes` bytes; NULL when memory is short. */
static char *copy_column(struct loader *loader, struct arena *arena, sqlite3_stmt *row, int column, size_t *bytes)
{
    const struct span text = store_text(row, column);
    *bytes = text.len;
    char *copy = arena_string(arena, text);
    if (copy == NULL)
        loader->memory_failed = true;
    return copy;
}

static struct span take_span(struct loader *loader, struct arena *arena, sqlite3_stmt *row, int column)
{
    size_t bytes;
    const char *copy = copy_column(loader, arena, row, column, &bytes);
    return copy == NULL ? (struct span){"", 0} : (struct span){copy, bytes};
}

static const char *take_text(struct loader *loader, sqlite3_stmt *row, int column)
{
    return take_span(loader, loader->arena, row, column).at;
}

/* A column with one entry a line, as an array of strings; the column's copy is cut up in place. */
static const char *const *take_lines(struct loader *loader, sqlite3_stmt *row, int column, size_t *count)
{
    size_t bytes, lines;
    char *at = copy_column(loader, loader->arena, row, column, &bytes);
    lines = at != NULL && bytes > 0 ? 1 : 0;
    for (size_t i = 0; i < bytes && at != NULL; i++)
        lines += at[i] == '\n' ? 1 : 0;
    const char **entries = arena_array(loader->arena, lines, sizeof *entries);
    if (entries == NULL) {
        loader->memory_failed = true;
        lines = 0;
    }
    for (size_t i = 0; i < lines; i++) {
        entries[i] = at;
        at += strcspn(at, "\n");
        *at++ = '\0';
    }
    *count = lines;
    return entries;
}

/* Cuts the marks off the names of authors, and gives the family names they tell of. */
static const char *const *take_families(struct loader *loader, const char *const *authors, size_t count)
{
    const char **families = arena_array(loader->arena, count + 1, sizeof *families);
    loader->memory_failed |= families == NULL;
    for (size_t i = 0; families != NULL && i < count; i++) {
        const struct span kept = span_of(authors[i]);
        const size_t family = person_family(kept), name = person_name(kept).len;
        families[i] = family == SIZE_MAX ? NULL : authors[i] + family;
        if (name < kept.len)
            ((char *)authors[i])[name] = '\0'; /* the column's copy, as the lines were cut */
    }
    return families;
}

static void take_paper(struct loader *loader, sqlite3_stmt *row)
{
    pinakes_paper *record = &loader->out->record;
    record->key = take_text(loader, row, COLUMN_KEY);
    record->year = sqlite3_column_int(row, COLUMN_YEAR);
    record->url = take_text(loader, row, COLUMN_URL);
    record->doi = take_text(loader, row, COLUMN_DOI);
    record->arxiv = take_text(loader, row, COLUMN_ARXIV);
    record->pmid = take_text(loader, row, COLUMN_PMID);
    record->kind = take_text(loader, row, COLUMN_KIND);
    record->line = (uint32_t)sqlite3_column_int64(row, COLUMN_LINE);
    record->rule = take_text(loader, row, COLUMN_RULE);
    record->title = take_text(loader, row, COLUMN_TITLE);
    record->venue = take_text(loader, row, COLUMN_VENUE);
    record->authors = take_lines(loader, row, COLUMN_AUTHORS, &record->author_count);
    record->families = take_families(loader, record->authors, record->author_count);
    record->tags = take_lines(loader, row, COLUMN_TAGS, &record->tag_count);
    record->file = take_text(loader, row, COLUMN_FILE);
    record->path = take_text(loader, row, COLUMN_PATH);
    for (int field = 0; field < FIELD_COUNT; field++)
        loader->out->texts[field] = take_span(loader, loader->texts, row, COLUMN_TEXTS + field);
}

static pinakes_status no_such_paper(const struct loader *loader, pinakes_error *error)
{
    return error_set(error, PINAKES_NOT_FOUND, "%s: there is no paper number %lld", store_path(loader->store),
                     (long long)loader->out->id);
}

static pinakes_status load_record(struct loader *loader, pinakes_error *error)
{
    sqlite3_stmt *row = store_statement(loader->store, paper_sql, error);
    if (row == NULL)
        return error->status;
    (void)sqlite3_bind_int64(row, 1, loader->out->id);
    const int code = sqlite3_step(row);
    pinakes_status status = PINAKES_OK;
    if (code == SQLITE_ROW)
        take_paper(loader, row);
    else if (code == SQLITE_DONE)
        status = no_such_paper(loader, error);
    else
        status = store_error(loader->store, code, "reading a paper", error);
    (void)sqlite3_reset(row);
    return status;
}

/* ---- what stands in other tables ------------------------------------------------------------------------- */

static const char topics_sql[] =
    "SELECT a.topic, a.score, a.cause FROM paper_topics a JOIN topics t ON t.name = a.topic WHERE a.paper = ?1"
    " ORDER BY a.score DESC, t.ordinal";

static bool take_topic(void *context, sqlite3_stmt *row)
{
    struct loader *loader = context;
    pinakes_paper *record = &loader->out->record;
    pinakes_assignment *topics =
        arena_grow(loader->arena, loader->topics, record->topic_count, &loader->capacity, sizeof *topics);
    if (topics == NULL)
        return false;
    topics[record->topic_count++] = (pinakes_assignment){
        .topic = take_text(loader, row, 0),
        .score = sqlite3_column_double(row, 1),
        .cause = take_text(loader, row, 2),
    };
    record->topics = loader->topics = topics;
    return !loader->memory_failed;
}

static const char passages_sql[] =
    "SELECT p.field, p.start, p.bytes, p.line, p.source_text, s.name, s.path FROM passages p"
    " LEFT JOIN joined j ON j.id = p.record LEFT JOIN sources s ON s.id = j.source WHERE p.paper = ?1"
    " ORDER BY p.ordinal";

/* A passage that does not lie in its text is left out: nothing it says could be trusted. */
static bool take_passage(void *context, sqlite3_stmt *row)
{
    struct loader *loader = context;
    struct loaded_paper *out = loader->out;
    const enum field field = field_named(store_text(row, 0));
    const int64_t start = sqlite3_column_int64(row, 1), bytes = sqlite3_column_int64(row, 2);
    if (field == FIELD_COUNT || start < 0 || bytes < 0 || (uint64_t)start > out->texts[field].len ||
        (uint64_t)bytes > out->texts[field].len - (uint64_t)start)
        return true;
    struct loaded_passage *passages =
        arena_grow(loader->texts, loader->passages, out->passage_count, &loader->capacity, sizeof *passages);
    if (passages == NULL)
        return false;
    const struct span words = {out->texts[field].at + start, (size_t)bytes};
    const bool is_elsewhere = sqlite3_column_type(row, 5) != SQLITE_NULL;
    const bool is_blanked = sqlite3_column_type(row, 4) != SQLITE_NULL && sqlite3_column_bytes(row, 4) == bytes;
    passages[out->passage_count++] = (struct loaded_passage){
        .field = field,
        .file = is_elsewhere ? take_span(loader, loader->arena, row, 5).at : out->record.file,
        .path = is_elsewhere ? take_span(loader, loader->arena, row, 6).at : out->record.path,
        .line = (uint32_t)sqlite3_column_int64(row, 3),
        .start = (size_t)start,
        .words = words,
        .source = is_blanked ? take_span(loader, loader->texts, row, 4) : words,
    };
    out->passages = loader->passages = passages;
    return !loader->memory_failed;
}

static const char records_sql[] = "SELECT j.key, s.name, s.path, j.line, j.reason FROM joined j"
                                  " JOIN sources s ON s.id = j.source WHERE j.paper = ?1 ORDER BY s.path, j.line";

static bool take_record(void *context, sqlite3_stmt *row)
{
    struct loader *loader = context;
    pinakes_paper *record = &loader->out->record;
    loader->records =
        arena_grow(loader->arena, loader->records, record->record_count, &loader->capacity, sizeof(pinakes_record));
    if (loader->records == NULL)
        return false;
    loader->records[record->record_count++] = (pinakes_record){
        .key = take_text(loader, row, 0),
        .file = take_text(loader, row, 1),
        .path = take_text(loader, row, 2),
        .line = (uint32_t)sqlite3_column_int64(row, 3),
        .reason = take_text(loader, row, 4),
    };
    record->records = loader->records;
    return !loader->memory_failed;
}

/* Gives every row of `sql`, asked for the paper, to `take`, whose context is `loader`. */
static pinakes_status load_rows(struct loader *loader, const char *sql, bool (*take)(void *context, sqlite3_stmt *row),
                                pinakes_error *error)
{
    sqlite3_stmt *rows = store_statement(loader->store, sql, error);
    if (rows == NULL)
        return error->status;
    (void)sqlite3_bind_int64(rows, 1, loader->out->id);
    loader->capacity = 0;
    return store_each(loader->store, rows, "reading a paper", take, loader, error);
}

static void publish_passages(struct loader *loader)
{
    struct loaded_paper *out = loader->out;
    pinakes_passage *passages = arena_array(loader->texts, out->passage_count, sizeof *passages);
    if (passages == NULL) {
        loader->memory_failed = true;
        return;
    }
    for (size_t i = 0; i < out->passage_count; i++)
        passages[i] = (pinakes_passage){
            .field = field_name(out->passages[i].field),
            .text = out->passages[i].source.at,
            .bytes = out->passages[i].source.len,
            .file = out->passages[i].file,
            .path = out->passages[i].path,
            .line = out->passages[i].line,
        };
    out->record.passages = passages;
    out->record.passage_count = out->passage_count;
}

pinakes_status paper_load(struct store *store, int64_t id, struct arena *arena, struct arena *texts,
                          struct loaded_paper *out, pinakes_error *error)
{
    struct loaded_paper loaded = {.id = id};
    struct loader loader = {.store = store, .arena = arena, .texts = texts, .out = &loaded};
    pinakes_status status = load_record(&loader, error);
    if (status == PINAKES_OK)
        status = load_rows(&loader, topics_sql, take_topic, error);
    if (status == PINAKES_OK)
        status = load_rows(&loader, passages_sql, take_passage, error);
    if (status == PINAKES_OK)
        publish_passages(&loader);
    if (status == PINAKES_OK)
        status = load_rows(&loader, records_sql, take_record, error);
    if (status == PINAKES_OK && loader.memory_failed)
        status = error_no_memory(error);
    if (status == PINAKES_OK)
        *out = loaded;
    return status;
}

struct document *paper_document(const struct loaded_paper *paper, struct analyzer *analyzer, struct arena *arena)
{
    const pinakes_paper *record = &paper->record;
    struct span *topics = arena_array(arena, record->topic_count, sizeof *topics);
    if (topics == NULL)
        return NULL;
    for (size_t i = 0; i < record->topic_count; i++)
        topics[i] = span_of(record->topics[i].topic);
    return document_create(arena, analyzer, paper->texts, record->year, topics, record->topic_count);
}
