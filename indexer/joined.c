#include "indexer/joined.h"

#include "base/error.h"
#include "corpus/notes_line.h"
#include "corpus/words.h"
#include "indexer/schema.h"
#include "indexer/store_internal.h"

#include <stdlib.h>

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

/* ---- one paper of many records --------------------------------------------------------------------------------- */

struct making {
    struct arena *arena;
    struct paper paper;
    struct passage *passages;
    int64_t *records; /* whose passage each is */
    size_t passage_count, passage_capacity, record_capacity;
    struct span *tags;
    size_t tag_capacity;
    bool failed;
};

static unsigned worth(const struct joined_record *record)
{
    return (record->facts.is_preprint ? 0u : 4u) + (record->paper.id.len > 0 ? 2u : 0u) +
           (record->paper.author_count > 0 ? 1u : 0u);
}

static int worthiest_first(const void *a, const void *b)
{
    const struct joined_record *x = a, *y = b;
    const unsigned worth_x = worth(x), worth_y = worth(y);
    if (worth_x != worth_y)
        return worth_x > worth_y ? -1 : 1;
    const int by_path = strcmp(x->path, y->path);
    if (by_path != 0)
        return by_path;
    return (x->paper.line > y->paper.line) - (x->paper.line < y->paper.line);
}

static bool has_passage(const struct making *making, const struct passage *passage)
{
    for (size_t i = 0; i < making->passage_count; i++)
        if (making->passages[i].field == passage->field && span_equal(making->passages[i].words, passage->words))
            return true;
    return false;
}

static void add_passage(struct making *making, const struct joined_record *record, const struct passage *passage)
{
    if (has_passage(making, passage))
        return;
    struct passage *passages =
        arena_grow(making->arena, making->passages, making->passage_count, &making->passage_capacity, sizeof *passages);
    int64_t *records =
        arena_grow(making->arena, making->records, making->passage_count, &making->record_capacity, sizeof *records);
    making->failed |= passages == NULL || records == NULL;
    if (making->failed)
        return;
    making->passages = passages;
    making->records = records;
    passages[making->passage_count] = *passage;
    records[making->passage_count++] = record->id;
}

static void add_field(struct making *making, const struct joined_record *record, enum field field)
{
    for (size_t i = 0; i < record->paper.passage_count; i++)
        if (record->paper.passages[i].field == field)
            add_passage(making, record, &record->paper.passages[i]);
}

static void add_tags(struct making *making, const struct joined_record *record)
{
    struct paper *paper = &making->paper;
    for (size_t i = 0; i < record->paper.tag_count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < paper->tag_count; j++)
            is_there |= span_equal(making->tags[j], record->paper.tags[i]);
        if (is_there)
            continue;
        making->tags =
            arena_grow(making->arena, making->tags, paper->tag_count, &making->tag_capacity, sizeof *making->tags);
        making->failed |= making->tags == NULL;
        if (making->failed)
            return;
        making->tags[paper->tag_count++] = record->paper.tags[i];
    }
    add_field(making, record, FIELD_TAG);
}

static bool has_field(const struct making *making, enum field field)
{
    for (size_t i = 0; i < making->passage_count; i++)
        if (making->passages[i].field == field)
            return true;
    return false;
}

static void take_over(struct span *to, struct span from)
{
    if (to->len == 0)
        *to = from;
}

/* What the papers before it did not say. */
static void add_record(struct making *making, const struct joined_record *record)
{
    struct paper *paper = &making->paper;
    if (!has_field(making, FIELD_TITLE) || making->paper.title.len == 0)
        add_field(making, record, FIELD_TITLE);
    if (paper->author_count == 0) {
        paper->authors = record->paper.authors;
        paper->author_count = record->paper.author_count;
        add_field(making, record, FIELD_AUTHOR);
    }
    if (paper->venue.len == 0)
        add_field(making, record, FIELD_VENUE);
    if (paper->venue.len == 0 ||
        (paper->kind == KIND_UNKNOWN && span_equal(paper->venue, record->paper.venue))) /* it goes with the venue */
        paper->kind = record->paper.kind;
    if (!has_field(making, FIELD_ABSTRACT))
        add_field(making, record, FIELD_ABSTRACT);
    add_tags(making, record);
    add_field(making, record, FIELD_NOTE);
    add_field(making, record, FIELD_QA);
    take_over(&paper->title, record->paper.title);
    take_over(&paper->venue, record->paper.venue);
    take_over(&paper->url, record->paper.url);
    take_over(&paper->doi, record->paper.doi);
    take_over(&paper->arxiv, record->paper.arxiv);
    take_over(&paper->pmid, record->paper.pmid);
    if (paper->year == 0 || (paper->is_year_derived && paper_told_year(&record->paper) != 0)) {
        paper->year = record->paper.year;
        paper->is_year_derived = record->paper.is_year_derived;
    }
}

/* A key its source gives, which is what people cite by; else the shortest, of equals the first by its letters. */
static const char *best_key(const struct joined_record *records, size_t count)
{
    const struct joined_record *best = NULL;
    for (size_t i = 0; i < count && best == NULL; i++)
        if (records[i].paper.id.len > 0)
            best = &records[i];
    for (size_t i = 0; i < count && (best == NULL || best->paper.id.len == 0); i++) {
        const size_t length = strlen(records[i].key), shortest = best == NULL ? SIZE_MAX : strlen(best->key);
        if (length < shortest || (length == shortest && strcmp(records[i].key, best->key) < 0))
            best = &records[i];
    }
    return best->key;
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
static pinakes_status name_records(struct store *store, const struct making *making, int64_t paper, int64_t own,
                                   pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    int64_t ordinal = 0;
    for (size_t i = 0; i < making->passage_count && status == PINAKES_OK; i++) {
        if (making->passages[i].text.len == 0)
            continue;
        if (making->records[i] != own)
            status = run_with(store, "UPDATE passages SET record = ?3 WHERE paper = ?1 AND ordinal = ?2", paper,
                              ordinal, making->records[i], error);
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
    struct making making = {.arena = arena};
    pinakes_status status = PINAKES_OK;
    qsort(records, count, sizeof *records, worthiest_first);
    *id = records[0].id;
    for (size_t i = 0; i < count; i++) {
        *id = records[i].id < *id ? records[i].id : *id;
        add_record(&making, &records[i]);
    }
    if (making.failed)
        return error_no_memory(error);
    making.paper.line = records[0].paper.line;
    making.paper.rule = records[0].paper.rule;
    making.paper.tags = making.tags;
    making.paper.passages = making.passages;
    making.paper.passage_count = making.passage_count;
    *hash = paper_hash(&making.paper);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = keep_record(writer->store, &records[i], *id, error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        if (records[i].id != *id)
            status = paper_remove(writer, records[i].id, error);
    if (status == PINAKES_OK)
        status = paper_replace(writer, *id, records[0].facts.source, &making.paper, *hash, error);
    if (status == PINAKES_OK)
        status = name_paper(writer->store, *id, best_key(records, count), records[0].paper.id, error);
    return status == PINAKES_OK ? name_records(writer->store, &making, *id, records[0].id, error) : status;
}

/* ---- and back -------------------------------------------------------------------------------------------------- */

static pinakes_status record_ids(struct store *store, int64_t paper, struct arena *arena, int64_t **out, size_t *count,
                                 pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    size_t capacity = 0;
    int code = SQLITE_DONE;
    bool has_memory = true;
    const pinakes_status status =
        store_prepare(store, "SELECT id FROM joined WHERE paper = ? ORDER BY id", &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, paper);
    *out = NULL;
    for (*count = 0; has_memory && (code = sqlite3_step(row)) == SQLITE_ROW;) {
        int64_t *grown = arena_grow(arena, *out, *count, &capacity, sizeof *grown);
        has_memory = grown != NULL;
        if (has_memory) {
            grown[(*count)++] = sqlite3_column_int64(row, 0);
            *out = grown;
        }
    }
    (void)sqlite3_reset(row);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, joining, error);
}

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
    int64_t *ids = NULL;
    size_t count = 0;
    pinakes_status status = record_ids(writer->store, paper, &arena, &ids, &count, error);
    if (status == PINAKES_OK)
        status = paper_remove(writer, paper, error);
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        status = put_back(writer, ids[i], error);
        if (status == PINAKES_OK)
            status = record(context, ids[i], error);
    }
    arena_free(&arena);
    return status;
}
