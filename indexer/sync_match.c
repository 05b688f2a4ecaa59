#include "indexer/sync_match.h"

#include "base/error.h"
#include "base/hash.h"
#include "indexer/joined.h"
#include "indexer/key.h"
#include "indexer/schema.h"
#include "indexer/store_internal.h"
#include "indexer/sync_source.h"

#include <stdlib.h>

void match_free(struct match *match)
{
    join_free(&match->join);
    paper_writer_free(&match->writer);
    paper_map_free(&match->here);
    paper_map_free(&match->orphans);
    paper_map_free(&match->away);
    paper_map_free(&match->newcomers);
    arena_free(&match->arena);
    free(match->touched.at);
    free(match->told.at);
}

static pinakes_status put_id(struct id_list *list, int64_t id, pinakes_error *error)
{
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        int64_t *moved = realloc(list->at, capacity * sizeof *moved);
        if (moved == NULL)
            return error_no_memory(error);
        list->at = moved;
        list->capacity = capacity;
    }
    list->at[list->count++] = id;
    return PINAKES_OK;
}

static pinakes_status touch(struct match *match, int64_t id, pinakes_error *error)
{
    const pinakes_status status = put_id(&match->touched, id, error);
    match->changed = true;
    return status == PINAKES_OK ? put_id(&match->told, id, error) : status;
}

/* A paper nothing is known of yet. */
static pinakes_status touch_new(struct match *match, int64_t id, pinakes_error *error)
{
    if (match->screen == NULL || match->screen(match->screen_context, match->writer.written))
        return touch(match, id, error);
    match->changed = true;
    return put_id(&match->touched, id, error);
}

static pinakes_status touch_joined(void *context, int64_t id, pinakes_error *error)
{
    return touch(context, id, error);
}

pinakes_status match_start(struct match *match, pinakes_error *error)
{
    match->join.writer = &match->writer;
    match->join.touch = touch_joined;
    match->join.context = match;
    return paper_writer_start(&match->writer, error);
}

static pinakes_status put(struct paper_map *map, uint64_t identity, int64_t id, uint64_t hash, pinakes_error *error)
{
    return paper_map_put(map, identity, id, hash) ? PINAKES_OK : error_no_memory(error);
}

/* ---- what a file held --------------------------------------------------------------------------------------- */

/* The last paper first: the map gives the one put in last, so papers of one identity are met in their order. */
static const char papers_of_sql[] =
    "SELECT id, hash, shown_title, coalesce(year, 0), source_id, line FROM papers WHERE source = ?1"
    " AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.id = papers.id)"
    " UNION ALL SELECT id, hash, shown_title, coalesce(year, 0), source_id, line FROM joined WHERE source = ?1"
    " ORDER BY line DESC, id DESC";

/* What the source calls the paper tells it from all others, whatever becomes of its title. */
static uint64_t identity_of(struct match *match, struct span id, struct span title, int year)
{
    return id.len > 0 ? hash_add_piece(HASH_START, id) : key_identity(store_analyzer(match->writer.store), title, year);
}

static pinakes_status put_row(struct match *match, struct paper_map *map, sqlite3_stmt *row, pinakes_error *error)
{
    const uint64_t identity = identity_of(match, store_text(row, 4), store_text(row, 2), sqlite3_column_int(row, 3));
    return put(map, identity, sqlite3_column_int64(row, 0), (uint64_t)sqlite3_column_int64(row, 1), error);
}

static pinakes_status put_papers_of(struct match *match, int64_t source, struct paper_map *map, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    int code = SQLITE_OK;
    pinakes_status status = store_prepare(match->writer.store, papers_of_sql, &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, source);
    while (status == PINAKES_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
        status = put_row(match, map, row, error);
    if (status == PINAKES_OK && code != SQLITE_DONE)
        status = store_error(match->writer.store, code, "reading papers", error);
    (void)sqlite3_reset(row);
    return status;
}

pinakes_status match_vanished(struct match *match, int64_t source, pinakes_error *error)
{
    int64_t *vanished =
        arena_grow(&match->arena, match->vanished, match->vanished_count, &match->vanished_capacity, sizeof *vanished);
    if (vanished == NULL)
        return error_no_memory(error);
    match->vanished = vanished;
    vanished[match->vanished_count++] = source;
    return put_papers_of(match, source, &match->orphans, error);
}

pinakes_status match_away(struct match *match, int64_t source, bool belongs, pinakes_error *error)
{
    const pinakes_status status = put_papers_of(match, source, &match->away, error);
    if (belongs)
        match->away_counted = match->away.count;
    return status;
}

pinakes_status match_kept(struct match *match, int64_t source, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    pinakes_status status = store_prepare(match->writer.store, "SELECT " SQL_RECORDS_OF("?1"), &row, error);
    if (status != PINAKES_OK)
        return status;
    (void)sqlite3_bind_int64(row, 1, source);
    const int code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        match->papers_unchanged += (uint64_t)sqlite3_column_int64(row, 0);
    else
        status = store_error(match->writer.store, code, "counting papers", error);
    (void)sqlite3_reset(row);
    return status;
}

/* ---- one file ----------------------------------------------------------------------------------------------- */

pinakes_status match_begin_file(struct match *match, int64_t source, pinakes_error *error)
{
    match->source = source;
    paper_map_clear(&match->here);
    return put_papers_of(match, source, &match->here, error);
}

/* A record of a joined paper that stands on other lines gives the paper others too. */
static pinakes_status place(struct match *match, int64_t id, const struct paper *paper, pinakes_error *error)
{
    int64_t joined = 0;
    bool is_in_place = false;
    pinakes_status status = joined_paper_of(match->writer.store, id, &joined, error);
    if (status == PINAKES_OK && joined != 0)
        status = joined_is_in_place(match->writer.store, id, match->source, paper, &is_in_place, error);
    if (status != PINAKES_OK || is_in_place)
        return status;
    if (joined != 0)
        status = join_separate(&match->join, id, error);
    return status == PINAKES_OK ? paper_place(&match->writer, id, match->source, paper, &match->changed, error)
                                : status;
}

static pinakes_status meet_again(struct match *match, const struct known_paper *known, const struct paper *paper,
                                 uint64_t hash, pinakes_error *error)
{
    if (known->hash == hash) {
        match->papers_unchanged++;
        return place(match, known->id, paper, error);
    }
    match->papers_changed++;
    pinakes_status status = join_separate(&match->join, known->id, error);
    if (status == PINAKES_OK)
        status = paper_replace(&match->writer, known->id, match->source, paper, hash, error);
    return status == PINAKES_OK ? touch(match, known->id, error) : status;
}

static pinakes_status meet_first(struct match *match, const struct paper *paper, uint64_t identity, uint64_t hash,
                                 pinakes_error *error)
{
    int64_t id = 0;
    match->papers_new++;
    pinakes_status status = paper_insert(&match->writer, match->source, paper, hash, &id, error);
    if (status == PINAKES_OK)
        status = put(&match->newcomers, identity, id, hash, error);
    return status == PINAKES_OK ? touch_new(match, id, error) : status;
}

pinakes_status match_paper(struct match *match, const struct paper *paper, pinakes_error *error)
{
    const uint64_t identity = identity_of(match, paper->id, paper->title, paper->year);
    const uint64_t hash = match->writer.ready != NULL ? match->writer.ready->hash : paper_hash(paper);
    struct known_paper known;
    if (paper_map_take(&match->here, identity, hash, &known) || paper_map_take(&match->orphans, identity, hash, &known))
        return meet_again(match, &known, paper, hash, error);
    if (paper_map_take(&match->away, identity, hash, &known)) {
        match->met_away = true;
        return meet_again(match, &known, paper, hash, error);
    }
    return meet_first(match, paper, identity, hash, error);
}

/* A paper its file lost: it was met at its new place already, or may still be. */
static pinakes_status lose(struct match *match, const struct known_paper *lost, pinakes_error *error)
{
    struct known_paper newcomer;
    if (!paper_map_take(&match->newcomers, lost->identity, lost->hash, &newcomer))
        return put(&match->orphans, lost->identity, lost->id, lost->hash, error);
    match->papers_new--;
    match->papers_unchanged += newcomer.hash == lost->hash ? 1 : 0;
    match->papers_changed += newcomer.hash == lost->hash ? 0 : 1;
    const pinakes_status status = join_separate(&match->join, lost->id, error);
    return status == PINAKES_OK ? paper_succeed(&match->writer, lost->id, newcomer.id, error) : status;
}

pinakes_status match_end_file(struct match *match, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < match->here.count && status == PINAKES_OK; i++)
        if (match->here.papers[i].id != 0)
            status = lose(match, &match->here.papers[i], error);
    return status;
}

void match_end_cut_file(struct match *match)
{
    for (size_t i = 0; i < match->here.count; i++)
        match->papers_unchanged += match->here.papers[i].id != 0;
}

/* ---- the end of a run --------------------------------------------------------------------------------------- */

static pinakes_status remove_orphans(struct match *match, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < match->orphans.count && status == PINAKES_OK; i++) {
        const int64_t id = match->orphans.papers[i].id;
        if (id == 0)
            continue;
        status = join_separate(&match->join, id, error);
        if (status == PINAKES_OK)
            status = paper_remove(&match->writer, id, error);
        match->papers_removed++;
        match->changed = true;
    }
    return status;
}

pinakes_status match_separate_all(struct match *match, pinakes_error *error)
{
    match->joins_anew = true;
    return join_separate_all(&match->join, error);
}

/* What the library remembers of how its papers are joined, brought up to date. */
static pinakes_status settle_joining(struct match *match, bool *joins, pinakes_error *error)
{
    struct store *store = match->writer.store;
    const int64_t rules = match->join.rules == NULL ? 0 : (int64_t)match->join.rules->hash;
    int64_t joined_before = 0, rules_before = 0;
    pinakes_status status = store_get_meta(store, "joins", &joined_before, error);
    if (status == PINAKES_OK)
        status = store_get_meta(store, "join_rules", &rules_before, error);
    *joins = match->joining == JOINING_AS_BEFORE ? joined_before != 0 : match->joining == JOINING_ON;
    if (status != PINAKES_OK || (*joins == (joined_before != 0) && rules == rules_before))
        return status;
    match->changed = true;
    match->rules_are_new = rules != rules_before;
    status = store_set_meta(store, "joins", *joins, error);
    if (status == PINAKES_OK)
        status = store_set_meta(store, "join_rules", rules, error);
    return status == PINAKES_OK ? match_separate_all(match, error) : status;
}

static pinakes_status join_all(struct match *match, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    int64_t id = INT64_MIN;
    int code = SQLITE_ROW;
    pinakes_status status =
        store_prepare(match->writer.store, "SELECT id FROM papers WHERE id > ? ORDER BY id LIMIT 1", &row, error);
    while (status == PINAKES_OK && code == SQLITE_ROW) {
        (void)sqlite3_bind_int64(row, 1, id);
        code = sqlite3_step(row);
        id = code == SQLITE_ROW ? sqlite3_column_int64(row, 0) : id;
        (void)sqlite3_reset(row);
        if (code == SQLITE_ROW)
            status = join_paper(&match->join, id, error);
    }
    return status == PINAKES_OK && code != SQLITE_DONE ? store_error(match->writer.store, code, "reading papers", error)
                                                       : status;
}

static pinakes_status count_joined(struct match *match, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    pinakes_status status =
        store_prepare(match->writer.store, "SELECT count(*) - count(DISTINCT paper) FROM joined", &row, error);
    if (status != PINAKES_OK)
        return status;
    const int code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        match->papers_joined = (uint64_t)sqlite3_column_int64(row, 0);
    else
        status = store_error(match->writer.store, code, "reading papers", error);
    (void)sqlite3_reset(row);
    return status;
}

/* `touched` grows while papers are separated and joined. */
static pinakes_status join_papers(struct match *match, pinakes_error *error)
{
    bool joins = false;
    pinakes_status status = settle_joining(match, &joins, error);
    if (status == PINAKES_OK && joins && match->joins_anew)
        status = join_all(match, error);
    for (size_t i = 0; joins && i < match->touched.count && status == PINAKES_OK; i++)
        status = join_paper(&match->join, match->touched.at[i], error);
    return status == PINAKES_OK ? count_joined(match, error) : status;
}

pinakes_status match_finish(struct match *match, pinakes_error *error)
{
    pinakes_status status = remove_orphans(match, error);
    for (size_t i = 0; i < match->away_counted; i++)
        match->papers_unchanged += match->away.papers[i].id != 0 ? 1 : 0;
    for (size_t i = 0; i < match->vanished_count && status == PINAKES_OK; i++)
        status = source_remove(match->writer.store, match->vanished[i], error);
    if (status == PINAKES_OK)
        status = join_papers(match, error);
    return status == PINAKES_OK ? paper_writer_finish(&match->writer, error) : status;
}

pinakes_status match_touch_all(struct match *match, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    int code = SQLITE_OK;
    pinakes_status status = store_prepare(match->writer.store, "SELECT id FROM papers ORDER BY id", &row, error);
    if (status != PINAKES_OK)
        return status;
    match->touched.count = match->told.count = 0;
    while (status == PINAKES_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
        status = touch(match, sqlite3_column_int64(row, 0), error);
    if (status == PINAKES_OK && code != SQLITE_DONE)
        status = store_error(match->writer.store, code, "reading papers", error);
    (void)sqlite3_reset(row);
    return status;
}
