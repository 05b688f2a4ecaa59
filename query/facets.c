#include "query/facets.h"

#include "base/error.h"
#include "query/rows.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- counting -------------------------------------------------------------------------------------------- */

static struct facet_entry *add_entry(struct facet_tally *tally, unsigned facet, uint64_t papers)
{
    struct facet_entries *entries = &tally->facets[facet];
    struct facet_entry *at =
        arena_grow(tally->scratch, entries->at, entries->count, &entries->capacity, sizeof *entries->at);
    if (at == NULL)
        return NULL;
    entries->at = at;
    at[entries->count].count = papers;
    return &at[entries->count++];
}

static struct facet_entry *last_entry(const struct facet_tally *tally, unsigned facet)
{
    const struct facet_entries *entries = &tally->facets[facet];
    return entries->count == 0 ? NULL : &entries->at[entries->count - 1];
}

/* Papers in a row often share a value: then the entry is shared too. */
bool facets_add_text(struct facet_tally *tally, unsigned facet, const char *value, uint64_t papers)
{
    struct facet_entry *last = last_entry(tally, facet);
    if (value[0] == '\0' || papers == 0)
        return true;
    if (last != NULL && strcmp(last->value, value) == 0) {
        last->count += papers;
        return true;
    }
    const char *copy = arena_string(tally->arena, span_of(value));
    struct facet_entry *entry = copy == NULL ? NULL : add_entry(tally, facet, papers);
    if (entry != NULL)
        entry->value = copy;
    return entry != NULL;
}

bool facets_add_year(struct facet_tally *tally, int year, uint64_t papers)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", year);
    return year == 0 || facets_add_text(tally, FACET_YEAR, text, papers);
}

/* Adds column 1 of every row of a paper found. */
static pinakes_status add_rows(struct facet_tally *tally, unsigned facet, struct store *store, const char *sql,
                               const int64_t *papers, size_t count, pinakes_error *error)
{
    struct rows rows;
    pinakes_status status = rows_open(&rows, store, sql, error);
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++) {
        status = rows_seek(&rows, papers[i], error);
        while (status == PINAKES_OK && rows.id == papers[i]) {
            const char *value = (const char *)sqlite3_column_text(rows.select, 1);
            const bool added = value != NULL && facets_add_text(tally, facet, value, 1);
            status = added ? rows_next(&rows, error) : error_no_memory(error);
        }
    }
    rows_close(&rows);
    return status;
}

pinakes_status facets_add_topics(struct facet_tally *tally, struct store *store, const int64_t *papers, size_t count,
                                 pinakes_error *error)
{
    static const char sql[] = "SELECT paper, topic FROM paper_topics WHERE paper >= ?1 ORDER BY paper";
    return add_rows(tally, FACET_TOPIC, store, sql, papers, count, error);
}

pinakes_status facets_add_papers(struct facet_tally *tally, struct store *store, const struct candidates *found,
                                 pinakes_error *error)
{
    static const char venues_sql[] = "SELECT id, shown_venue FROM papers WHERE id >= ?1 ORDER BY id";
    int64_t *papers = arena_array(tally->scratch, found->count, sizeof *papers);
    if (papers == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < found->count; i++) {
        papers[i] = found->papers[i].paper;
        if (!facets_add_year(tally, found->papers[i].year, 1))
            return error_no_memory(error);
    }
    const pinakes_status status = facets_add_topics(tally, store, papers, found->count, error);
    return status == PINAKES_OK ? add_rows(tally, FACET_VENUE, store, venues_sql, papers, found->count, error) : status;
}

/* ---- the result ------------------------------------------------------------------------------------------ */

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct facet_entry *)a)->value, ((const struct facet_entry *)b)->value);
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

static pinakes_status finish(const struct facet_entries *entries, struct arena *arena, const char *name,
                             int (*order)(const void *, const void *), pinakes_facet *out, pinakes_error *error)
{
    if (entries->count > 0)
        qsort(entries->at, entries->count, sizeof *entries->at, by_text);
    size_t distinct = 0;
    for (size_t i = 0; i < entries->count; i++)
        distinct += i == 0 || strcmp(entries->at[i - 1].value, entries->at[i].value) != 0 ? 1 : 0;
    pinakes_facet_value *counted = arena_array(arena, distinct, sizeof *counted);
    if (counted == NULL)
        return error_no_memory(error);
    size_t count = 0;
    for (size_t i = 0; i < entries->count; i++) {
        if (i == 0 || strcmp(entries->at[i - 1].value, entries->at[i].value) != 0)
            counted[count++].value = entries->at[i].value;
        counted[count - 1].count += entries->at[i].count;
    }
    if (count > 0)
        qsort(counted, count, sizeof *counted, order);
    *out = (pinakes_facet){.name = name, .value_count = count, .values = counted};
    return PINAKES_OK;
}

pinakes_status facets_finish(struct facet_tally *tally, pinakes_facet facets[FACET_COUNT], pinakes_error *error)
{
    static const char *const names[FACET_COUNT] = {"topic", "year", "venue"};
    pinakes_status status = PINAKES_OK;
    for (unsigned facet = 0; facet < FACET_COUNT && status == PINAKES_OK; facet++)
        status = finish(&tally->facets[facet], tally->arena, names[facet],
                        facet == FACET_YEAR ? newest_first : most_first, &facets[facet], error);
    return status;
}
