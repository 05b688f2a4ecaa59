#include "query/roster.h"

#include "base/error.h"

#include <stdlib.h>

struct dated_paper {
    int64_t paper;
    uint32_t column; /* NO_PLACE when the year is unknown */
};

struct roster_reader {
    struct store *store;
    struct arena *arena;
    struct roster *out;
    struct dated_paper *dated;
    size_t dated_capacity, year_capacity, topic_capacity;
    int *years;
    const char **topics;
    uint32_t *starts;    /* topic_starts */
    uint32_t *topics_of; /* NULL while they are only counted */
    uint32_t *next;      /* where the next topic of each paper goes */
    bool *is_fresh;
};

/* Gives every row of `sql`, with `number` bound to its parameter, to `take`, whose context is `reader`. */
static pinakes_status read_rows(struct roster_reader *reader, const char *sql, int64_t number,
                                bool (*take)(void *context, sqlite3_stmt *row), pinakes_error *error)
{
    sqlite3_stmt *rows = store_statement(reader->store, sql, error);
    if (rows == NULL)
        return error->status;
    (void)sqlite3_bind_int64(rows, 1, number); /* refused where there is no parameter */
    return store_each(reader->store, rows, "reading the papers", take, reader, error);
}

/* ---- papers and years ------------------------------------------------------------------------------------ */

static int by_paper(const void *a, const void *b)
{
    const int64_t x = ((const struct dated_paper *)a)->paper, y = ((const struct dated_paper *)b)->paper;
    return (x > y) - (x < y);
}

/* Rows come by year, so that each new one is a new column. */
static bool take_year(struct roster_reader *reader, int year)
{
    struct roster *out = reader->out;
    if (out->year_count > 0 && reader->years[out->year_count - 1] == year)
        return true;
    int *years = arena_grow(reader->arena, reader->years, out->year_count, &reader->year_capacity, sizeof *years);
    if (years == NULL)
        return false;
    years[out->year_count++] = year;
    out->years = reader->years = years;
    return true;
}

static bool take_paper(void *context, sqlite3_stmt *row)
{
    struct roster_reader *reader = context;
    struct roster *out = reader->out;
    const int year = sqlite3_column_int(row, 1);
    struct dated_paper *at =
        arena_grow(reader->arena, reader->dated, out->count, &reader->dated_capacity, sizeof *reader->dated);
    if (at == NULL || (year != 0 && !take_year(reader, year)))
        return false;
    const uint32_t column = year == 0 ? NO_PLACE : (uint32_t)out->year_count - 1;
    at[out->count++] = (struct dated_paper){sqlite3_column_int64(row, 0), column};
    reader->dated = at;
    return true;
}

/* The index by year holds all that is wanted: the papers themselves are not read. */
static const char papers_sql[] = "SELECT id, year FROM papers INDEXED BY papers_by_year ORDER BY year";

static pinakes_status read_papers(struct roster_reader *reader, pinakes_error *error)
{
    struct roster *out = reader->out;
    const pinakes_status status = read_rows(reader, papers_sql, 0, take_paper, error);
    if (status != PINAKES_OK)
        return status;
    int64_t *papers = arena_array(reader->arena, out->count, sizeof *papers);
    uint32_t *columns = arena_array(reader->arena, out->count, sizeof *columns);
    if (papers == NULL || columns == NULL)
        return error_no_memory(error);
    if (out->count > 0)
        qsort(reader->dated, out->count, sizeof *reader->dated, by_paper);
    for (size_t i = 0; i < out->count; i++) {
        papers[i] = reader->dated[i].paper;
        columns[i] = reader->dated[i].column == NO_PLACE ? (uint32_t)out->year_count : reader->dated[i].column;
    }
    out->papers = papers;
    out->year_columns = columns;
    return PINAKES_OK;
}

uint32_t roster_place(const struct roster *roster, int64_t paper)
{
    if (roster->count == 0 || paper < roster->papers[0])
        return NO_PLACE;
    const uint64_t behind_first = (uint64_t)(paper - roster->papers[0]);
    if (behind_first < roster->count && roster->papers[behind_first] == paper) /* as where no paper was ever removed */
        return (uint32_t)behind_first;
    size_t low = 0, high = behind_first < roster->count ? (size_t)behind_first : roster->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (roster->papers[middle] < paper)
            low = middle + 1;
        else
            high = middle;
    }
    return low < roster->count && roster->papers[low] == paper ? (uint32_t)low : NO_PLACE;
}

/* ---- topics ---------------------------------------------------------------------------------------------- */

static bool take_topic(void *context, sqlite3_stmt *row)
{
    struct roster_reader *reader = context;
    struct roster *out = reader->out;
    const char **topics =
        arena_grow(reader->arena, reader->topics, out->topic_count, &reader->topic_capacity, sizeof *topics);
    const char *name = arena_string(reader->arena, store_text(row, 0));
    if (topics == NULL || name == NULL)
        return false;
    topics[out->topic_count++] = name;
    out->topics = reader->topics = topics;
    return true;
}

static bool take_assignment(void *context, sqlite3_stmt *row)
{
    const struct roster_reader *reader = context;
    const uint32_t place = roster_place(reader->out, sqlite3_column_int64(row, 0));
    if (place == NO_PLACE)
        return true;
    if (reader->topics_of == NULL)
        reader->starts[place + 1]++;
    else
        reader->topics_of[reader->next[place]++] = (uint32_t)sqlite3_column_int64(row, 1);
    return true;
}

static const char topics_sql[] = "SELECT name FROM topics ORDER BY ordinal, name";
static const char assignments_sql[] =
    "SELECT a.paper, t.number"
    " FROM (SELECT name, row_number() OVER (ORDER BY ordinal, name) - 1 AS number FROM topics) t"
    " JOIN paper_topics a ON a.topic = t.name ORDER BY t.number";

/* Two walks: how many topics each paper has, then which. */
static pinakes_status read_topics(struct roster_reader *reader, pinakes_error *error)
{
    struct roster *out = reader->out;
    pinakes_status status = read_rows(reader, topics_sql, 0, take_topic, error);
    reader->starts = arena_array(reader->arena, out->count + 1, sizeof *reader->starts);
    reader->next = arena_array(reader->arena, out->count, sizeof *reader->next);
    if (reader->starts == NULL || reader->next == NULL)
        return error_no_memory(error);
    if (status == PINAKES_OK)
        status = read_rows(reader, assignments_sql, 0, take_assignment, error);
    for (size_t i = 0; i < out->count; i++) {
        reader->starts[i + 1] += reader->starts[i];
        reader->next[i] = reader->starts[i];
    }
    reader->topics_of = arena_array(reader->arena, reader->starts[out->count], sizeof *reader->topics_of);
    if (reader->topics_of == NULL)
        return error_no_memory(error);
    out->topic_starts = reader->starts;
    out->topics_of = reader->topics_of;
    return status == PINAKES_OK ? read_rows(reader, assignments_sql, 0, take_assignment, error) : status;
}

/* ---- what is new, and what has no text ------------------------------------------------------------------- */

static bool take_fresh(void *context, sqlite3_stmt *row)
{
    const struct roster_reader *reader = context;
    const uint32_t place = roster_place(reader->out, sqlite3_column_int64(row, 0));
    if (place != NO_PLACE) {
        reader->is_fresh[place] = true;
        reader->out->fresh_count++;
    }
    return true;
}

static bool take_without_text(void *context, sqlite3_stmt *row)
{
    const struct roster_reader *reader = context;
    reader->out->without_text = (uint64_t)sqlite3_column_int64(row, 0);
    return true;
}

pinakes_status roster_read(struct store *store, uint64_t since, struct arena *arena, struct roster *out,
                           pinakes_error *error)
{
    static const char fresh_sql[] = "SELECT id FROM papers WHERE changed > ?1";
    static const char without_text_sql[] = "SELECT count(*) FROM papers WHERE abstract = '' AND note = '' AND qa = ''";
    *out = (struct roster){0};
    struct roster_reader reader = {.store = store, .arena = arena, .out = out};
    pinakes_status status = read_papers(&reader, error);
    if (status == PINAKES_OK)
        status = read_topics(&reader, error);
    if (status != PINAKES_OK)
        return status;
    out->is_fresh = reader.is_fresh = arena_array(arena, out->count, sizeof *reader.is_fresh);
    if (reader.is_fresh == NULL)
        return error_no_memory(error);
    status = read_rows(&reader, fresh_sql, since > INT64_MAX ? INT64_MAX : (int64_t)since, take_fresh, error);
    return status == PINAKES_OK ? read_rows(&reader, without_text_sql, 0, take_without_text, error) : status;
}
