#include "indexer/joined.h"

#include "base/error.h"
#include "corpus/notes_line.h"
#include "indexer/join_find.h"
#include "indexer/joined_paper.h"
#include "indexer/schema.h"
#include "indexer/store_internal.h"

static const char joining[] = "joining papers";

/* Runs `sql` with up to three numbers; SQLite ignores those it has no parameter for. */
static pinakes_status run_with(struct store *store, const char *sql, int64_t first, int64_t second, int64_t third,
                               pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(store, sql, &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(statement, 1, first);
    (void)sqlite3_bind_int64(statement, 2, second);
    (void)sqlite3_bind_int64(statement, 3, third);
    return store_run(store, statement, joining, error);
}

pinakes_status joined_paper_of(struct store *store, int64_t id, int64_t *paper, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_prepare(store, "SELECT paper FROM joined WHERE id = ?", &row, error);
    *paper = 0;
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, id);
    const int code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        *paper = sqlite3_column_int64(row, 0);
    else if (code != SQLITE_DONE)
        status = store_error(store, code, joining, error);
    (void)sqlite3_reset(row);
    return status;
}

static pinakes_status passages_are_in_place(struct store *store, int64_t id, const struct paper *paper, bool *out,
                                            pinakes_error *error)
{
    static const char sql[] = "SELECT line FROM joined_passages WHERE record = ? ORDER BY ordinal";
    sqlite3_stmt *row = NULL;
    int code = SQLITE_ROW;
    const pinakes_status status = store_prepare(store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, id);
    for (size_t i = 0; i < paper->passage_count && *out; i++) {
        if (paper->passages[i].text.len == 0)
            continue;
        code = sqlite3_step(row);
        *out = code == SQLITE_ROW && sqlite3_column_int64(row, 0) == paper->passages[i].line;
    }
    (void)sqlite3_reset(row);
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, joining, error);
}

pinakes_status joined_is_in_place(struct store *store, int64_t id, int64_t source, const struct paper *paper, bool *out,
                                  pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_prepare(store, "SELECT source, line FROM joined WHERE id = ?", &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, id);
    *out = sqlite3_step(row) == SQLITE_ROW && sqlite3_column_int64(row, 0) == source &&
           sqlite3_column_int64(row, 1) == paper->line;
    (void)sqlite3_reset(row);
    return *out ? passages_are_in_place(store, id, paper, out, error) : PINAKES_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct analyzer *analyzer;
    struct span texts[FIELD_COUNT];
    struct passage *passages;
    size_t passage_count, passage_capacity;
    bool failed;
};

static struct span take_span(struct reading *reading, sqlite3_stmt *row, int column)
{
    return arena_span(reading->arena, store_text(row, column), &reading->failed);
}

/* The lines of a column, one entry each. */
static const struct span *take_lines(struct reading *reading, sqlite3_stmt *row, int column, size_t *count)
{
    struct span rest = take_span(reading, row, column), line;
    struct span *lines = NULL;
    size_t capacity = 0;
    for (*count = 0; line_cut(&rest, &line);) {
        lines = arena_grow(reading->arena, lines, *count, &capacity, sizeof *lines);
        if (lines == NULL) {
            reading->failed = true;
            return NULL;
        }
        lines[(*count)++] = line;
    }
    return lines;
}

static void take_record(struct reading *reading, sqlite3_stmt *row, struct joined_record *out)
{
    struct paper *paper = &out->paper;
    out->key = take_span(reading, row, 0).at;
    out->facts.source = sqlite3_column_int64(row, 1);
    out->path = take_span(reading, row, 2).at;
    paper->line = (uint32_t)sqlite3_column_int64(row, 3);
    paper->rule = take_span(reading, row, 4).at;
    paper->year = sqlite3_column_int(row, 5);
    paper->is_year_derived = sqlite3_column_int(row, 14 + FIELD_COUNT) != 0;
    paper->kind = kind_named(take_span(reading, row, 15 + FIELD_COUNT));
    paper->url = take_span(reading, row, 6);
    paper->doi = take_span(reading, row, 7);
    paper->arxiv = take_span(reading, row, 8);
    paper->pmid = take_span(reading, row, 16 + FIELD_COUNT);
    paper->title = take_span(reading, row, 9);
    paper->venue = take_span(reading, row, 10);
    paper->authors = take_lines(reading, row, 11, &paper->author_count);
    paper->tags = take_lines(reading, row, 12, &paper->tag_count);
    paper->id = take_span(reading, row, 13);
    for (int field = 0; field < FIELD_COUNT; field++)
        reading->texts[field] = take_span(reading, row, 14 + field);
    out->facts.doi = paper->doi;
    out->facts.arxiv = paper->arxiv;
    out->facts.pmid = paper->pmid;
    out->facts.year = paper_told_year(paper);
    out->facts.abstract = reading->texts[FIELD_ABSTRACT];
    reading->failed |= !same_paper_facts(reading->analyzer, reading->arena, paper->title, take_span(reading, row, 11),
                                         paper->venue, &out->facts);
}

/* False for a passage that does not lie in its text. */
static bool take_passage(struct reading *reading, sqlite3_stmt *row)
{
    const enum field field = field_named(store_text(row, 0));
    const int64_t start = sqlite3_column_int64(row, 1), bytes = sqlite3_column_int64(row, 2);
    if (field == FIELD_COUNT || start < 0 || bytes <= 0 || (uint64_t)start > reading->texts[field].len ||
        (uint64_t)bytes > reading->texts[field].len - (uint64_t)start)
        return false;
    reading->passages = arena_grow(reading->arena, reading->passages, reading->passage_count,
                                   &reading->passage_capacity, sizeof *reading->passages);
    reading->failed |= reading->passages == NULL;
    if (reading->failed)
        return false;
    const struct span words = {reading->texts[field].at + start, (size_t)bytes};
    reading->passages[reading->passage_count++] = (struct passage){
        .field = field,
        .line = (uint32_t)sqlite3_column_int64(row, 3),
        .words = words,
        .text = sqlite3_column_type(row, 4) == SQLITE_NULL ? words : take_span(reading, row, 4),
    };
    return true;
}

static pinakes_status read_passages(struct store *store, struct reading *reading, int64_t id, pinakes_error *error)
{
    static const char sql[] =
        "SELECT field, start, bytes, line, source_text FROM passages WHERE paper = ? ORDER BY ordinal";
    sqlite3_stmt *row = NULL;
    int code = SQLITE_DONE;
    const pinakes_status status = store_prepare(store, sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, id);
    bool is_whole = true;
    while (is_whole && (code = sqlite3_step(row)) == SQLITE_ROW)
        is_whole = take_passage(reading, row);
    (void)sqlite3_reset(row);
    if (reading->failed)
        return error_no_memory(error);
    return is_whole && code == SQLITE_DONE ? PINAKES_OK
                                           : store_error(store, is_whole ? code : SQLITE_CORRUPT, joining, error);
}

#define READ_COLUMNS                                                                                \
    "r.key, r.source, CAST(s.path AS TEXT), r.line, r.rule, r.year, r.url, r.doi, r.arxiv,"         \
    " r.shown_title, r.shown_venue, r.shown_authors, r.shown_tags, r.source_id, r.title, r.author," \
    " r.venue, r.tag, r.abstract, r.note, r.qa, r.derived_year, r.kind, r.pmid"

static pinakes_status read_record(struct store *store, const char *sql, int64_t id, struct reading *reading,
                                  struct joined_record *out, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    const pinakes_status status = store_row(store, sql, id, joining, &row, error);
    *out = (struct joined_record){.id = id, .reason = SAME_NOT};
    if (status != PINAKES_OK)
        return status;
    take_record(reading, row, out);
    (void)sqlite3_reset(row);
    return reading->failed ? error_no_memory(error) : PINAKES_OK;
}

pinakes_status joined_peek(struct store *store, int64_t id, struct arena *arena, struct joined_record *out,
                           pinakes_error *error)
{
    static const char sql[] =
        "SELECT " READ_COLUMNS " FROM joined r JOIN sources s ON s.id = r.source WHERE r.id = ?1"
        " UNION ALL SELECT " READ_COLUMNS " FROM papers r JOIN sources s ON s.id = r.source WHERE r.id = ?1 LIMIT 1";
    struct reading reading = {.arena = arena, .analyzer = store_analyzer(store)};
    return read_record(store, sql, id, &reading, out, error);
}

pinakes_status joined_read(struct store *store, int64_t id, struct arena *arena, struct joined_record *out,
                           pinakes_error *error)
{
    static const char sql[] = "SELECT " READ_COLUMNS " FROM papers r JOIN sources s ON s.id = r.source WHERE r.id = ?1";
    struct reading reading = {.arena = arena, .analyzer = store_analyzer(store)};
    pinakes_status status = read_record(store, sql, id, &reading, out, error);
    if (status == PINAKES_OK)
        status = read_passages(store, &reading, id, error);
    out->paper.passages = reading.passages;
    out->paper.passage_count = reading.passage_count;
    return status;
}

/* ---- rows ------------------------------------------------------------------------------------------------------ */

/* The row as it is, beside the papers. */
static pinakes_status keep_record(struct store *store, const struct joined_record *record, int64_t paper,
                                  pinakes_error *error)
{
    static const char row_sql[] = "INSERT INTO joined SELECT *, ?2, ?3 FROM papers WHERE id = ?1";
    static const char passages_sql[] =
        "INSERT INTO joined_passages(record, ordinal, field, start, bytes, line, source_text)"
        " SELECT paper, ordinal, field, start, bytes, line, source_text FROM passages WHERE paper = ?1";
    sqlite3_stmt *insert = NULL;
    pinakes_status status = store_prepare(store, row_sql, &insert, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(insert, 1, record->id);
    (void)sqlite3_bind_int64(insert, 2, paper);
    (void)sqlite3_bind_text(insert, 3, same_paper_reason(record->reason), -1, SQLITE_STATIC);
    status = store_run(store, insert, joining, error);
    return status == PINAKES_OK ? run_with(store, passages_sql, record->id, 0, 0, error) : status;
}

/* Whose passages they are: those of the record the paper's own place is of need not be told. */
static pinakes_status name_records(struct store *store, const struct joined_paper *joined, int64_t own,
                                   pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    int64_t ordinal = 0;
    for (size_t i = 0; i < joined->paper.passage_count && status == PINAKES_OK; i++) {
        if (joined->paper.passages[i].text.len == 0)
            continue;
        if (joined->records[i] != own)
            status = run_with(store, "UPDATE passages SET record = ?3 WHERE paper = ?1 AND ordinal = ?2", joined->id,
                              ordinal, joined->records[i], error);
        ordinal++;
    }
    return status;
}

static pinakes_status name_paper(struct store *store, int64_t paper, const char *key, struct span source_id,
                                 pinakes_error *error)
{
    sqlite3_stmt *update = NULL;
    const pinakes_status status =
        store_prepare(store, "UPDATE papers SET key = ?2, source_id = ?3 WHERE id = ?1", &update, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(update, 1, paper);
    (void)sqlite3_bind_text(update, 2, key, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text64(update, 3, source_id.len == 0 ? "" : source_id.at, source_id.len, SQLITE_STATIC,
                              SQLITE_UTF8);
    return store_run(store, update, joining, error);
}

pinakes_status joined_make(struct paper_writer *writer, struct joined_record *records, size_t count,
                           struct arena *arena, int64_t *id, uint64_t *hash, pinakes_error *error)
{
    struct store *store = writer->store;
    struct joined_paper joined;
    pinakes_status status = PINAKES_OK;
    if (!joined_paper_make(records, count, arena, &joined))
        return error_no_memory(error);
    *id = joined.id;
    *hash = paper_hash(&joined.paper);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = keep_record(store, &records[i], joined.id, error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        if (records[i].id != joined.id)
            status = paper_remove(writer, records[i].id, error);
    if (status == PINAKES_OK)
        status = paper_replace(writer, joined.id, records[0].facts.source, &joined.paper, *hash, error);
    if (status == PINAKES_OK)
        status = name_paper(store, joined.id, joined.key, records[0].paper.id, error);
    return status == PINAKES_OK ? name_records(store, &joined, records[0].id, error) : status;
}

/* ---- and back -------------------------------------------------------------------------------------------------- */

#define RECORD_NAMES                                                                                       \
    "id, key, source_id, source, line, rule, year, derived_year, url, doi, arxiv, pmid, kind, title_key, " \
    "authors_key, "                                                                                        \
    "length, "                                                                                             \
    "words, hash, "                                                                                        \
    "changed,"                                                                                             \
    " shown_title, shown_venue, shown_authors, shown_tags, title, author, venue, tag, abstract, note, qa"

static pinakes_status put_back(struct paper_writer *writer, int64_t id, pinakes_error *error)
{
    static const char row_sql[] =
        "INSERT INTO papers(" RECORD_NAMES ") SELECT " RECORD_NAMES " FROM joined WHERE id = ?1";
    static const char passages_sql[] =
        "INSERT INTO passages(paper, ordinal, field, start, bytes, line, source_text)"
        " SELECT record, ordinal, field, start, bytes, line, source_text FROM joined_passages WHERE record = ?1";
    pinakes_status status = run_with(writer->store, row_sql, id, 0, 0, error);
    if (status == PINAKES_OK)
        status = run_with(writer->store, passages_sql, id, 0, 0, error);
    if (status == PINAKES_OK) /* its passages go with it */
        status = run_with(writer->store, "DELETE FROM joined WHERE id = ?1", id, 0, 0, error);
    return status == PINAKES_OK ? paper_restored(writer, id, error) : status;
}

pinakes_status joined_separate(struct paper_writer *writer, int64_t paper,
                               pinakes_status (*record)(void *context, int64_t id, pinakes_error *error), void *context,
                               pinakes_error *error)
{
    struct arena arena = {0};
    struct ids ids = {.count = 0};
    pinakes_status status =
        find_ids(writer->store, "SELECT id FROM joined WHERE paper = ?1 ORDER BY id", paper, &arena, &ids, error);
    if (status == PINAKES_OK)
        status = paper_remove(writer, paper, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++) {
        status = put_back(writer, ids.at[i], error);
        if (status == PINAKES_OK)
            status = record(context, ids.at[i], error);
    }
    arena_free(&arena);
    return status;
}
