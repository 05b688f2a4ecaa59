#include "query/facets.h"

#include "base/error.h"
#include "query/rows.h"

#include <stdlib.h>

/* The values of one facet, one for each paper and value it has. */
struct values {
    struct arena *arena; /* for the array */
    const char **at;
    size_t count, capacity;
};

static bool add(struct values *values, const char *value)
{
    const char **at = arena_grow(values->arena, values->at, values->count, &values->capacity, sizeof *at);
    if (at == NULL || value == NULL)
        return false;
    at[values->count++] = value;
    values->at = at;
    return true;
}

/* Papers in a row often share a value: then the copy is shared too. Empty values are none. */
static bool add_text(struct values *values, const char *value, struct arena *arena)
{
    const char *last = values->count == 0 ? "" : values->at[values->count - 1];
    if (value[0] == '\0')
        return true;
    return add(values, strcmp(last, value) == 0 ? last : arena_string(arena, span_of(value)));
}

/* Adds column 1 of every row of a paper found. */
static pinakes_status add_rows(struct store *store, const char *sql, const struct candidates *found,
                               struct arena *arena, struct values *values, pinakes_error *error)
{
    struct rows rows;
    pinakes_status status = rows_open(&rows, store, sql, error);
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < found->count && status == PINAKES_OK; i++) {
        status = rows_seek(&rows, found->papers[i].paper, error);
        while (status == PINAKES_OK && rows.id == found->papers[i].paper) {
            const char *value = (const char *)sqlite3_column_text(rows.select, 1);
            status = value != NULL && add_text(values, value, arena) ? rows_next(&rows, error) : error_no_memory(error);
        }
    }
    rows_close(&rows);
    return status;
}

static pinakes_status add_years(const struct candidates *found, struct arena *arena, struct values *values,
                                pinakes_error *error)
{
    int last = 0;
    const char *text = NULL;
    for (size_t i = 0; i < found->count; i++) {
        const int year = found->papers[i].year;
        if (year != 0 && year != last)
            text = arena_format(arena, "%d", year);
        if (year != 0 && !add(values, text))
            return error_no_memory(error);
        last = year != 0 ? year : last;
    }
    return PINAKES_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int most_first(const void *a, const void *b)
{
    const pinakes_facet_value *x = a, *y = b;
    return x->count != y->count ? (x->count > y->count ? -1 : 1) : strcmp(x->value, y->value);
}

static int newest_first(const void *a, const void *b)
{
    const long x = strtol(((const pinakes_facet_value *)a)->value, NULL, 10);
    const long y = strtol(((const pinakes_facet_value *)b)->value, NULL, 10);
    return (x < y) - (x > y);
}

static pinakes_status tally(struct values *values, const char *name, int (*order)(const void *, const void *),
                            struct arena *arena, pinakes_facet *out, pinakes_error *error)
{
    if (values->count > 0)
        qsort(values->at, values->count, sizeof *values->at, by_text);
    size_t distinct = 0;
    for (size_t i = 0; i < values->count; i++)
        distinct += i == 0 || strcmp(values->at[i - 1], values->at[i]) != 0 ? 1 : 0;
    pinakes_facet_value *counted = arena_array(arena, distinct, sizeof *counted);
    if (counted == NULL)
        return error_no_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < values->count; i++) {
        if (i == 0 || strcmp(values->at[i - 1], values->at[i]) != 0)
            counted[count++].value = values->at[i];
        counted[count - 1].count++;
    }
    if (count > 0)
        qsort(counted, count, sizeof *counted, order);
    *out = (pinakes_facet){.name = name, .value_count = count, .values = counted};
    return PINAKES_OK;
}

pinakes_status facets_count(struct store *store, const struct candidates *found, struct arena *arena,
                            struct arena *scratch, pinakes_facet facets[FACET_COUNT], pinakes_error *error)
{
    static const char topics_sql[] = "SELECT paper, topic FROM paper_topics WHERE paper >= ?1 ORDER BY paper";
    static const char venues_sql[] = "SELECT id, shown_venue FROM papers WHERE id >= ?1 ORDER BY id";
    struct values topics = {.arena = scratch}, years = {.arena = scratch}, venues = {.arena = scratch};
    pinakes_status status = add_rows(store, topics_sql, found, arena, &topics, error);
    if (status == PINAKES_OK)
        status = add_years(found, arena, &years, error);
    if (status == PINAKES_OK)
        status = add_rows(store, venues_sql, found, arena, &venues, error);
    if (status == PINAKES_OK)
        status = tally(&topics, "topic", most_first, arena, &facets[0], error);
    if (status == PINAKES_OK)
        status = tally(&years, "year", newest_first, arena, &facets[1], error);
    if (status == PINAKES_OK)
        status = tally(&venues, "venue", most_first, arena, &facets[2], error);
    return status;
}
