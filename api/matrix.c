#include "api/library.h"
#include "api/owned.h"
#include "base/error.h"

/* One column of a table of texts and numbers. */
struct labels {
    struct arena *arena;
    const char **names;
    uint64_t *totals;
    size_t count, name_capacity, total_capacity;
};

static bool add_label(void *context, sqlite3_stmt *row)
{
    struct labels *labels = context;
    const char **names = arena_grow(labels->arena, labels->names, labels->count, &labels->name_capacity, sizeof *names);
    uint64_t *totals =
        arena_grow(labels->arena, labels->totals, labels->count, &labels->total_capacity, sizeof *totals);
    if (names == NULL || totals == NULL)
        return false;
    names[labels->count] = arena_string(labels->arena, store_text(row, 0));
    totals[labels->count] = (uint64_t)sqlite3_column_int64(row, 1);
    labels->names = names;
    labels->totals = totals;
    return names[labels->count++] != NULL;
}

static pinakes_status read_labels(struct store *store, const char *sql, struct labels *out, pinakes_error *error)
{
    sqlite3_stmt *rows = store_statement(store, sql, error);
    return rows == NULL ? error->status : store_each(store, rows, "counting topics", add_label, out, error);
}

static pinakes_status read_counts(struct store *store, const char *sql, const struct labels *rows,
                                  const struct labels *columns, uint64_t *counts, pinakes_error *error)
{
    sqlite3_stmt *cells = store_statement(store, sql, error);
    if (cells == NULL)
        return error->status;
    int code;
    while ((code = sqlite3_step(cells)) == SQLITE_ROW) {
        const size_t row = (size_t)sqlite3_column_int64(cells, 0), column = (size_t)sqlite3_column_int64(cells, 1);
        if (row < rows->count && column < columns->count)
            counts[row * columns->count + column] = (uint64_t)sqlite3_column_int64(cells, 2);
    }
    (void)sqlite3_reset(cells);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "counting topics", error);
}

/* What the columns are: their names in order, and for each cell the numbers of its row and column and its papers. */
struct columns {
    const char *by;
    const char *names_sql;
    const char *counts_sql;
};

#define NUMBERED_TOPICS "(SELECT name, row_number() OVER (ORDER BY ordinal, name) - 1 AS number FROM topics)"
#define NUMBERED_YEARS                                                                               \
    "(SELECT p.year AS value, row_number() OVER (ORDER BY p.year) - 1 AS number FROM paper_topics a" \
    " JOIN papers p ON p.id = a.paper WHERE p.year IS NOT NULL GROUP BY p.year)"
#define NUMBERED_VENUES                                                                                         \
    "(SELECT p.shown_venue AS value, row_number() OVER (ORDER BY count(DISTINCT p.id) DESC, p.shown_venue) - 1" \
    " AS number FROM paper_topics a JOIN papers p ON p.id = a.paper WHERE p.shown_venue <> '' GROUP BY p.shown_venue)"
#define COUNTS(columns, column)                                                                              \
    "SELECT t.number, c.number, count(*) FROM " NUMBERED_TOPICS " t JOIN paper_topics a ON a.topic = t.name" \
    " JOIN papers p ON p.id = a.paper JOIN " columns " c ON c.value = p." column " GROUP BY t.number, c.number"

static const struct columns choices[] = {
    {"year", "SELECT value, 0 FROM " NUMBERED_YEARS " ORDER BY number", COUNTS(NUMBERED_YEARS, "year")},
    {"venue", "SELECT value, 0 FROM " NUMBERED_VENUES " ORDER BY number", COUNTS(NUMBERED_VENUES, "shown_venue")},
};

static pinakes_status fill(struct store *store, const struct columns *by, pinakes_matrix *matrix, pinakes_error *error)
{
    static const char topics_sql[] =
        "SELECT t.name, (SELECT count(*) FROM paper_topics a WHERE a.topic = t.name) FROM topics t"
        " ORDER BY t.ordinal, t.name";
    struct arena *arena = owned_arena(matrix);
    struct labels rows = {.arena = arena}, columns = {.arena = arena};
    pinakes_status status = read_labels(store, topics_sql, &rows, error);
    if (status == PINAKES_OK)
        status = read_labels(store, by->names_sql, &columns, error);
    if (status != PINAKES_OK)
        return status;
    uint64_t *counts = arena_array(arena, rows.count * columns.count, sizeof *counts);
    if (counts == NULL)
        return error_no_memory(error);
    *matrix = (pinakes_matrix){.row_count = rows.count,
                               .rows = rows.names,
                               .column_count = columns.count,
                               .columns = columns.names,
                               .counts = counts,
                               .totals = rows.totals};
    return read_counts(store, by->counts_sql, &rows, &columns, counts, error);
}

pinakes_status pinakes_topic_matrix(pinakes_library *library, const char *by, pinakes_matrix **out,
                                    pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    const struct columns *chosen = NULL;
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++)
        if (strcmp(choices[i].by, by) == 0)
            chosen = &choices[i];
    if (chosen == NULL)
        return error_set(error, PINAKES_BAD_INPUT, "topics by '%s': it must be year or venue", by);
    pinakes_matrix *matrix = owned_create(sizeof *matrix);
    if (matrix == NULL)
        return error_no_memory(error);
    const pinakes_status status = fill(library->store, chosen, matrix, told);
    if (status == PINAKES_OK)
        *out = matrix;
    else
        owned_free(matrix);
    return status;
}

void pinakes_matrix_free(pinakes_matrix *matrix)
{
    owned_free(matrix);
}
