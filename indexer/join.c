#include "indexer/join.h"

#include "base/error.h"
#include "indexer/joined.h"
#include "indexer/store_internal.h"

#include <string.h>

static const char joining[] = "joining papers";

void join_free(struct join *join)
{
    arena_free(&join->arena);
}

/* ---- ids from SQL ---------------------------------------------------------------------------------------------- */

struct ids {
    int64_t *at;
    size_t count, capacity;
};

/* The numbers in the first column of what `statement` gives; it is reset. */
static pinakes_status take_ids(struct store *store, sqlite3_stmt *statement, struct arena *arena, struct ids *out,
                               pinakes_error *error)
{
    int code = SQLITE_DONE;
    bool has_memory = true;
    while (has_memory && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        int64_t *grown = arena_grow(arena, out->at, out->count, &out->capacity, sizeof *grown);
        has_memory = grown != NULL;
        if (has_memory) {
            grown[out->count++] = sqlite3_column_int64(statement, 0);
            out->at = grown;
        }
    }
    (void)sqlite3_reset(statement);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, joining, error);
}

static pinakes_status ids_for_number(struct store *store, const char *sql, int64_t number, struct arena *arena,
                                     struct ids *out, pinakes_error *error)
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

/* ---- separating ------------------------------------------------------------------------------------------------ */

static pinakes_status remember(struct join *join, int64_t paper, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    struct store *store = join->writer->store;
    pinakes_status status = store_prepare(store, "SELECT hash, changed FROM papers WHERE id = ?", &row, error);
    if (status != PINAKES_OK)
        return status;
    struct separated *grown =
        arena_grow(&join->arena, join->separated, join->separated_count, &join->separated_capacity, sizeof *grown);
    if (grown == NULL)
        return error_no_memory(error);
    join->separated = grown;
    (void)sqlite3_bind_int64(row, 1, paper);
    const int code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        grown[join->separated_count++] = (struct separated){
            .paper = paper, .hash = (uint64_t)sqlite3_column_int64(row, 0), .changed = sqlite3_column_int64(row, 1)};
    else
        status = store_error(store, code == SQLITE_DONE ? SQLITE_CORRUPT : code, joining, error);
    (void)sqlite3_reset(row);
    return status;
}

static pinakes_status separate(struct join *join, int64_t paper, pinakes_error *error)
{
    const pinakes_status status = remember(join, paper, error);
    return status == PINAKES_OK ? joined_separate(join->writer, paper, join->touch, join->context, error) : status;
}

pinakes_status join_separate(struct join *join, int64_t id, pinakes_error *error)
{
    int64_t paper = 0;
    const pinakes_status status = joined_paper_of(join->writer->store, id, &paper, error);
    return status == PINAKES_OK && paper != 0 ? separate(join, paper, error) : status;
}

pinakes_status join_separate_all(struct join *join, pinakes_error *error)
{
    struct arena arena = {0};
    struct ids ids = {0};
    pinakes_status status =
        ids_for_number(join->writer->store, "SELECT DISTINCT paper FROM joined WHERE id > ?1", 0, &arena, &ids, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++)
        status = separate(join, ids.at[i], error);
    arena_free(&arena);
    return status;
}

/* ---- a group ----------------------------------------------------------------------------------------------------- */

/* Records that are of one paper, as far as they are found. */
struct group {
    struct join *join;
    struct arena arena;
    struct joined_record *records;
    size_t count, capacity;
};

static pinakes_status add_record(struct group *group, int64_t id, enum same_paper reason, pinakes_error *error)
{
    struct joined_record *grown =
        arena_grow(&group->arena, group->records, group->count, &group->capacity, sizeof *grown);
    if (grown == NULL)
        return error_no_memory(error);
    group->records = grown;
    const pinakes_status status =
        joined_read(group->join->writer->store, id, &group->arena, &grown[group->count], error);
    grown[group->count++].reason = reason;
    return status;
}

static bool holds(const struct group *group, int64_t id)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->records[i].id == id)
            return true;
    return false;
}

/* A title alone does not make one paper of two records of a file, also not by way of a record of another. */
static bool may_join(const struct group *group, const char *key, int64_t source, enum same_paper reason)
{
    for (size_t i = 0; i < group->count; i++)
        if (join_rules_are_two(group->join->rules, group->records[i].key, key) ||
            (reason == SAME_TITLE && group->records[i].facts.source == source))
            return false;
    return true;
}

/* The keys and files of what a joined paper is made of must all be allowed. */
static pinakes_status may_join_all(struct group *group, int64_t paper, enum same_paper reason, bool *out,
                                   pinakes_error *error)
{
    struct store *store = group->join->writer->store;
    sqlite3_stmt *row = NULL;
    int code = SQLITE_DONE;
    const pinakes_status status = store_prepare(store, "SELECT key, source FROM joined WHERE paper = ?", &row, error);
    *out = true;
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, paper);
    while (*out && (code = sqlite3_step(row)) == SQLITE_ROW)
        *out = may_join(group, (const char *)sqlite3_column_text(row, 0), sqlite3_column_int64(row, 1), reason);
    (void)sqlite3_reset(row);
    return !*out || code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, joining, error);
}

/* All records of the joined paper come in. */
static pinakes_status add_joined(struct group *group, int64_t paper, enum same_paper reason, pinakes_error *error)
{
    struct ids ids = {0};
    pinakes_status status = ids_for_number(group->join->writer->store, "SELECT id FROM joined WHERE paper = ?1", paper,
                                           &group->arena, &ids, error);
    if (status == PINAKES_OK)
        status = separate(group->join, paper, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++)
        status = add_record(group, ids.at[i], reason, error);
    return status;
}

/* Adds the paper `id`, a row of papers, when it is the same as the record at `with`. */
static pinakes_status consider(struct group *group, size_t with, int64_t id, pinakes_error *error)
{
    struct joined_record other;
    int64_t paper = 0;
    bool may = true;
    if (holds(group, id))
        return PINAKES_OK;
    pinakes_status status = joined_read(group->join->writer->store, id, &group->arena, &other, error);
    if (status == PINAKES_OK)
        status = joined_paper_of(group->join->writer->store, id, &paper, error);
    if (status != PINAKES_OK)
        return status;
    const struct joined_record *record = &group->records[with];
    const enum same_paper reason = join_rules_are_same(group->join->rules, record->key, other.key)
                                       ? SAME_BY_RULE
                                       : same_paper(&record->facts, &other.facts);
    if (reason >= SAME_NEARLY)
        return PINAKES_OK;
    if (paper == 0)
        may = may_join(group, other.key, other.facts.source, reason);
    else
        status = may_join_all(group, paper, reason, &may, error);
    if (status != PINAKES_OK || !may)
        return status;
    if (group->records[with].reason == SAME_NOT)
        group->records[with].reason = reason;
    return paper == 0 ? add_record(group, id, reason, error) : add_joined(group, paper, reason, error);
}

/* Papers that have something in common with the row ?1. */
static const char akin_sql[] =
    "SELECT b.id FROM papers a JOIN papers b ON b.title_key = a.title_key"
    " WHERE a.id = ?1 AND a.title_key <> 0 AND b.id <> ?1"
    " UNION SELECT b.id FROM papers a JOIN papers b ON lower(b.doi) = lower(a.doi) AND b.doi <> ''"
    " WHERE a.id = ?1 AND a.doi <> '' AND b.id <> ?1"
    " UNION SELECT b.id FROM papers a JOIN papers b ON b.arxiv = a.arxiv AND b.arxiv <> ''"
    " WHERE a.id = ?1 AND a.arxiv <> '' AND b.id <> ?1";

static bool have_same_marks(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->title == b->title && span_equal(a->doi, b->doi) && span_equal(a->arxiv, b->arxiv);
}

/* Copies of a file give records that are alike in all: what one has in common with others, all have. */
static bool is_looked_up(const struct group *group, size_t record)
{
    for (size_t i = 0; i < record; i++)
        if (have_same_marks(&group->records[i].facts, &group->records[record].facts))
            return true;
    return false;
}

/* What rules say the record is the same as, by its key. */
static pinakes_status ids_by_rules(struct group *group, const char *key, struct ids *out, pinakes_error *error)
{
    static const char sql[] =
        "SELECT id FROM papers WHERE key = ?1 UNION SELECT paper FROM joined WHERE key = ?1 LIMIT 1";
    const struct join_rules *rules = group->join->rules;
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; rules != NULL && i < rules->count && status == PINAKES_OK; i++) {
        const struct join_rule *rule = &rules->items[i];
        const char *other = strcmp(rule->a, key) == 0 ? rule->b : strcmp(rule->b, key) == 0 ? rule->a : NULL;
        if (rule->is_same && other != NULL)
            status = ids_for_key(group->join->writer->store, sql, other, &group->arena, out, error);
    }
    return status;
}

static pinakes_status look_around(struct group *group, size_t record, pinakes_error *error)
{
    struct ids ids = {0};
    pinakes_status status = ids_by_rules(group, group->records[record].key, &ids, error);
    if (status == PINAKES_OK && !is_looked_up(group, record))
        status =
            ids_for_number(group->join->writer->store, akin_sql, group->records[record].id, &group->arena, &ids, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++)
        status = consider(group, record, ids.at[i], error);
    return status;
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

static pinakes_status keep_change(struct join *join, int64_t id, uint64_t hash, pinakes_error *error)
{
    sqlite3_stmt *update = NULL;
    for (size_t i = 0; i < join->separated_count; i++) {
        if (join->separated[i].paper != id || join->separated[i].hash != hash)
            continue;
        const pinakes_status status =
            store_prepare(join->writer->store, "UPDATE papers SET changed = ?2 WHERE id = ?1", &update, error);
        if (status != PINAKES_OK)
            return status;
        (void)sqlite3_bind_int64(update, 1, id);
        (void)sqlite3_bind_int64(update, 2, join->separated[i].changed);
        return store_run(join->writer->store, update, joining, error);
    }
    return PINAKES_OK;
}

static pinakes_status make(struct group *group, pinakes_error *error)
{
    struct join *join = group->join;
    int64_t id = 0;
    uint64_t hash = 0;
    pinakes_status status = joined_make(join->writer, group->records, group->count, &group->arena, &id, &hash, error);
    if (status == PINAKES_OK)
        status = keep_change(join, id, hash, error);
    join->records_joined += group->count - 1;
    return status == PINAKES_OK ? join->touch(join->context, id, error) : status;
}

/* Whether it is a paper by itself now: neither removed nor joined. */
static pinakes_status is_single(struct store *store, int64_t id, struct arena *arena, bool *out, pinakes_error *error)
{
    static const char sql[] = "SELECT 1 FROM papers WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM joined WHERE id = ?1)";
    struct ids ids = {0};
    const pinakes_status status = ids_for_number(store, sql, id, arena, &ids, error);
    *out = ids.count > 0;
    return status;
}

/* Most papers have nothing in common with another, which is told before any is read. */
static pinakes_status has_akin(struct group *group, int64_t id, bool *out, pinakes_error *error)
{
    struct ids ids = {0};
    const pinakes_status status = ids_for_number(group->join->writer->store, akin_sql, id, &group->arena, &ids, error);
    *out = ids.count > 0 || (group->join->rules != NULL && group->join->rules->count > 0);
    return status;
}

pinakes_status join_paper(struct join *join, int64_t id, pinakes_error *error)
{
    struct group group = {.join = join};
    bool is_worth = true;
    pinakes_status status = is_single(join->writer->store, id, &group.arena, &is_worth, error);
    if (status == PINAKES_OK && is_worth)
        status = has_akin(&group, id, &is_worth, error);
    if (status == PINAKES_OK && is_worth)
        status = add_record(&group, id, SAME_NOT, error);
    for (size_t i = 0; i < group.count && status == PINAKES_OK; i++)
        status = look_around(&group, i, error);
    if (status == PINAKES_OK && group.count > 1)
        status = make(&group, error);
    arena_free(&group.arena);
    return status;
}
