#include "indexer/join_find.h"

#include "base/error.h"
#include "indexer/join_part.h"
#include "indexer/store_internal.h"

#include <string.h>

static const char joining[] = "joining papers";

/* ---- ids from SQL ---------------------------------------------------------------------------------------------- */

struct taking {
    struct arena *arena;
    struct ids *out;
};

static bool take_id(void *context, sqlite3_stmt *row)
{
    const struct taking *in = context;
    int64_t *grown = arena_grow(in->arena, in->out->at, in->out->count, &in->out->capacity, sizeof *grown);
    if (grown == NULL)
        return false;
    grown[in->out->count++] = sqlite3_column_int64(row, 0);
    in->out->at = grown;
    return true;
}

/* The numbers in the first column of what `statement` gives; it is reset. */
static pinakes_status take_ids(struct store *store, sqlite3_stmt *statement, struct arena *arena, struct ids *out,
                               pinakes_error *error)
{
    struct taking in = {arena, out};
    return store_each(store, statement, joining, take_id, &in, error);
}

pinakes_status find_ids(struct store *store, const char *sql, int64_t number, struct arena *arena, struct ids *out,
                        pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(store, sql, &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(statement, 1, number);
    return take_ids(store, statement, arena, out, error);
}

static pinakes_status ids_for_key(struct store *store, const char *sql, const char *key, struct arena *arena,
                                  struct ids *out, pinakes_error *error)
{
    sqlite3_stmt *statement = NULL;
    const pinakes_status status = store_prepare(store, sql, &statement, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
    return take_ids(store, statement, arena, out, error);
}

/* Records of `table` that have in common with the row a of papers what `condition` says. A joined paper is none: its
 * records stand in the table joined, one of them under its id. */
#define AKIN_IN(table, condition) \
    "SELECT b.id FROM papers a JOIN " table " b ON " condition " WHERE a.id = ?1 AND b.id <> ?1"
#define AKIN(condition)          \
    AKIN_IN("papers", condition) \
    " AND NOT EXISTS (SELECT 1 FROM joined WHERE id = b.id) UNION " AKIN_IN("joined", condition)

#define ONE_TITLE "b.title_key = a.title_key AND a.title_key <> 0 AND b.source <> a.source"
#define ONE_DOI "lower(b.doi) = lower(a.doi) AND b.doi <> '' AND a.doi <> ''"
#define ONE_ARXIV "b.arxiv = a.arxiv AND b.arxiv <> '' AND a.arxiv <> ''"
#define ONE_PMID "b.pmid = a.pmid AND b.pmid <> '' AND a.pmid <> ''"
#define ALL_AUTHORS                                                                  \
    "b.authors_key = a.authors_key AND a.authors_key <> 0 AND b.source <> a.source " \
    "AND abs(coalesce(a.year, b.year, 0) - coalesce(b.year, a.year, 0)) <= 2"

static const char akin_sql[] = AKIN(ONE_TITLE) " UNION " AKIN(ONE_DOI) " UNION " AKIN(ONE_ARXIV) " UNION " AKIN(
    ONE_PMID) " UNION " AKIN(ALL_AUTHORS);

pinakes_status find_akin(struct store *store, int64_t id, struct arena *arena, struct ids *out, pinakes_error *error)
{
    return find_ids(store, akin_sql, id, arena, out, error);
}

/* What rules say the record is the same as, by its key. */
static pinakes_status find_by_rules(struct found *found, const char *key, struct ids *out, pinakes_error *error)
{
    static const char sql[] = "SELECT id FROM joined WHERE key = ?1 UNION SELECT id FROM papers WHERE key = ?1"
                              " AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.id = papers.id)";
    const struct join_rules *rules = found->join->rules;
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; rules != NULL && i < rules->count && status == PINAKES_OK; i++) {
        const struct join_rule *rule = &rules->items[i];
        const char *other = strcmp(rule->a, key) == 0 ? rule->b : strcmp(rule->b, key) == 0 ? rule->a : NULL;
        if (rule->is_same && other != NULL)
            status = ids_for_key(found->join->writer->store, sql, other, &found->arena, out, error);
    }
    return status;
}

/* ---- records that hang together ---------------------------------------------------------------------------------- */

static bool holds(const struct found *found, int64_t id)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->records[i].id == id)
            return true;
    return false;
}

static pinakes_status add_record(struct found *found, int64_t id, pinakes_error *error)
{
    struct joined_record *grown =
        arena_grow(&found->arena, found->records, found->count, &found->capacity, sizeof *grown);
    if (grown == NULL)
        return error_no_memory(error);
    found->records = grown;
    return joined_read(found->join->writer->store, id, &found->arena, &grown[found->count++], error);
}

/* All records of the joined paper come in. */
static pinakes_status add_joined(struct found *found, int64_t paper, pinakes_error *error)
{
    struct ids ids = {0};
    pinakes_status status = find_ids(found->join->writer->store, "SELECT id FROM joined WHERE paper = ?1", paper,
                                     &found->arena, &ids, error);
    if (status == PINAKES_OK)
        status = join_separate_paper(found->join, paper, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++)
        status = add_record(found, ids.at[i], error);
    return status;
}

/* Adds the record `id` when it is the same as the one at `with`. */
static pinakes_status consider(struct found *found, size_t with, int64_t id, pinakes_error *error)
{
    struct joined_record other;
    int64_t paper = 0;
    struct store *store = found->join->writer->store;
    if (holds(found, id))
        return PINAKES_OK;
    pinakes_status status = joined_peek(store, id, &found->arena, &other, error);
    if (status != PINAKES_OK)
        return status;
    const enum same_paper same = join_same(found->join->rules, store_analyzer(store), &found->records[with], &other);
    if (analyzer_failed(store_analyzer(store)))
        return error_no_memory(error);
    if (same >= SAME_NEARLY)
        return PINAKES_OK;
    status = joined_paper_of(store, id, &paper, error);
    if (status != PINAKES_OK)
        return status;
    return paper == 0 ? add_record(found, id, error) : add_joined(found, paper, error);
}

static bool are_alike(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->title == b->title && a->authors == b->authors && a->year == b->year && a->is_preprint == b->is_preprint &&
           span_equal(a->doi, b->doi) && span_equal(a->arxiv, b->arxiv) && span_equal(a->pmid, b->pmid) &&
           span_equal(a->author, b->author) && span_equal(a->abstract, b->abstract);
}

/* Copies of a file give records that are alike in all: what two of them, of different files, have in common with
 * others, all have. */
static bool is_looked_up(const struct found *found, size_t record)
{
    size_t first = record;
    for (size_t i = 0; i < record; i++) {
        if (!are_alike(&found->records[i].facts, &found->records[record].facts))
            continue;
        if (first != record && found->records[first].facts.source != found->records[i].facts.source)
            return true;
        first = first == record ? i : first;
    }
    return false;
}

static pinakes_status look_around(struct found *found, size_t record, pinakes_error *error)
{
    struct ids ids = {0};
    pinakes_status status = find_by_rules(found, found->records[record].key, &ids, error);
    if (status == PINAKES_OK && !is_looked_up(found, record))
        status = find_akin(found->join->writer->store, found->records[record].id, &found->arena, &ids, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++)
        status = consider(found, record, ids.at[i], error);
    return status;
}

pinakes_status find_records(struct found *found, int64_t id, pinakes_error *error)
{
    pinakes_status status = add_record(found, id, error);
    for (size_t i = 0; i < found->count && status == PINAKES_OK; i++)
        status = look_around(found, i, error);
    return status;
}
