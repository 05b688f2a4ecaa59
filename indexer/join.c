#include "indexer/join.h"

#include "base/error.h"
#include "indexer/join_find.h"
#include "indexer/join_part.h"
#include "indexer/joined.h"
#include "indexer/store_internal.h"

static const char joining[] = "joining papers";

void join_free(struct join *join)
{
    arena_free(&join->arena);
    paper_map_free(&join->settled);
}

/* ---- separating ------------------------------------------------------------------------------------------------ */

static pinakes_status remember(struct join *join, int64_t paper, pinakes_error *error)
{
    static const char sql[] = "SELECT hash, changed FROM papers WHERE id = ?";
    sqlite3_stmt *row = NULL;
    struct separated *grown =
        arena_grow(&join->arena, join->separated, join->separated_count, &join->separated_capacity, sizeof *grown);
    if (grown == NULL)
        return error_no_memory(error);
    join->separated = grown;
    const pinakes_status status = store_row(join->writer->store, sql, paper, joining, &row, error);
    if (status != PINAKES_OK)
        return status;
    grown[join->separated_count++] = (struct separated){
        .paper = paper, .hash = (uint64_t)sqlite3_column_int64(row, 0), .changed = sqlite3_column_int64(row, 1)};
    (void)sqlite3_reset(row);
    return PINAKES_OK;
}

pinakes_status join_separate_paper(struct join *join, int64_t paper, pinakes_error *error)
{
    const pinakes_status status = remember(join, paper, error);
    return status == PINAKES_OK ? joined_separate(join->writer, paper, join->touch, join->context, error) : status;
}

pinakes_status join_separate(struct join *join, int64_t id, pinakes_error *error)
{
    int64_t paper = 0;
    const pinakes_status status = joined_paper_of(join->writer->store, id, &paper, error);
    return status == PINAKES_OK && paper != 0 ? join_separate_paper(join, paper, error) : status;
}

pinakes_status join_separate_all(struct join *join, pinakes_error *error)
{
    struct arena arena = {0};
    struct ids ids = {0};
    pinakes_status status =
        find_ids(join->writer->store, "SELECT DISTINCT paper FROM joined WHERE id > ?1", 0, &arena, &ids, error);
    for (size_t i = 0; i < ids.count && status == PINAKES_OK; i++)
        status = join_separate_paper(join, ids.at[i], error);
    arena_free(&arena);
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

static pinakes_status make(struct join *join, struct joined_record *records, size_t count, struct arena *arena,
                           pinakes_error *error)
{
    int64_t id = 0;
    uint64_t hash = 0;
    pinakes_status status = joined_make(join->writer, records, count, arena, &id, &hash, error);
    if (status == PINAKES_OK)
        status = keep_change(join, id, hash, error);
    return status == PINAKES_OK ? join->touch(join->context, id, error) : status;
}

static pinakes_status settle(struct join *join, int64_t id, pinakes_error *error)
{
    return paper_map_put(&join->settled, (uint64_t)id, id, 0) ? PINAKES_OK : error_no_memory(error);
}

/* Whether it was looked at before, and stays by itself. */
static pinakes_status is_settled(struct join *join, int64_t id, bool *out, pinakes_error *error)
{
    struct known_paper known;
    *out = paper_map_take(&join->settled, (uint64_t)id, 0, &known);
    return *out ? settle(join, id, error) : PINAKES_OK;
}

static pinakes_status make_parts(struct join *join, struct found *found, pinakes_error *error)
{
    pinakes_status status = join_part(found, join->rules, store_analyzer(join->writer->store), error);
    size_t first = 0;
    while (first < found->count && status == PINAKES_OK) {
        size_t end = first + 1;
        while (end < found->count && found->records[end].part == found->records[first].part)
            end++;
        status = end - first > 1 ? make(join, &found->records[first], end - first, &found->arena, error)
                                 : settle(join, found->records[first].id, error);
        first = end;
    }
    return status;
}

/* Whether it is a paper by itself now, neither removed nor joined, that may have something in common with another. Most
 * have not, which is told before any is read. */
static pinakes_status is_worth_looking(struct join *join, int64_t id, struct arena *arena, bool *out,
                                       pinakes_error *error)
{
    static const char sql[] = "SELECT 1 FROM papers WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM joined WHERE id = ?1)";
    struct ids ids = {0};
    pinakes_status status = find_ids(join->writer->store, sql, id, arena, &ids, error);
    if (status != PINAKES_OK || ids.count == 0) {
        *out = false;
        return status;
    }
    *out = join->rules != NULL && join->rules->count > 0;
    status = find_akin(join->writer->store, id, arena, &ids, error);
    *out |= ids.count > 1;
    return status;
}

pinakes_status join_paper(struct join *join, int64_t id, pinakes_error *error)
{
    struct found found = {.join = join};
    bool is_done = false, is_worth = false;
    pinakes_status status = is_settled(join, id, &is_done, error);
    if (status == PINAKES_OK && !is_done)
        status = is_worth_looking(join, id, &found.arena, &is_worth, error);
    if (status == PINAKES_OK && is_worth)
        status = find_records(&found, id, error);
    if (status == PINAKES_OK && found.count > 1)
        status = make_parts(join, &found, error);
    arena_free(&found.arena);
    return status;
}
