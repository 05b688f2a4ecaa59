#include "indexer/sync_match.h"

#include "base/error.h"
#include "base/hash.h"
#include "indexer/key.h"
#include "indexer/store_internal.h"
#include "indexer/sync_source.h"

#include <stdlib.h>

pinakes_status match_start(struct match *match, pinakes_error *error)
{
    return paper_writer_start(&match->writer, error);
}

void match_free(struct match *match)
{
    paper_writer_free(&match->writer);
    paper_map_free(&match->here);
    paper_map_free(&match->orphans);
    paper_map_free(&match->away);
    paper_map_free(&match->newcomers);
    arena_free(&match->arena);
    free(match->touched);
}

static pinakes_status touch(struct match *match, int64_t id, pinakes_error *error)
{
    if (match->touched_count == match->touched_capacity) {
        const size_t capacity = match->touched_capacity == 0 ? 64 : match->touched_capacity * 2;
        int64_t *moved = realloc(match->touched, capacity * sizeof *moved);
        if (moved == NULL)
            return error_no_memory(error);
        match->touched = moved;
        match->touched_capacity = capacity;
    }
    match->touched[match->touched_count++] = id;
    match->changed = true;
    return PINAKES_OK;
}

static pinakes_status put(struct paper_map *map, uint64_t identity, int64_t id, uint64_t hash, pinakes_error *error)
{
    return paper_map_put(map, identity, id, hash) ? PINAKES_OK : error_no_memory(error);
}

/* ---- what a file held --------------------------------------------------------------------------------------- */

/* The last paper first: the map gives the one put in last, so papers of one identity are met in their order. */
static const char papers_of_sql[] = "SELECT id, hash, shown_title, coalesce(year, 0), source_id FROM papers WHERE "
                                    "source = ? ORDER BY line DESC, id DESC";

/* What the source calls the paper tells it from all others, whatever becomes of its title. */
static uint64_t identity_of(struct match *match, struct span id, struct span title, int year)
{
    return id.len > 0 ? hash_add_piece(HASH_START, id) : key_identity(store_analyzer(match->writer.store), title, year);
}

static struct span column_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return (struct span){text == NULL ? "" : text, (size_t)sqlite3_column_bytes(row, column)};
}

static pinakes_status put_row(struct match *match, struct paper_map *map, sqlite3_stmt *row, pinakes_error *error)
{
    const uint64_t identity = identity_of(match, column_text(row, 4), column_text(row, 2), sqlite3_column_int(row, 3));
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
    pinakes_status status =
        store_prepare(match->writer.store, "SELECT count(*) FROM papers WHERE source = ?", &row, error);
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

static pinakes_status meet_again(struct match *match, const struct known_paper *known, const struct paper *paper,
                                 uint64_t hash, pinakes_error *error)
{
    if (known->hash == hash) {
        match->papers_unchanged++;
        return paper_place(&match->writer, known->id, match->source, paper, &match->changed, error);
    }
    match->papers_changed++;
    const pinakes_status status = paper_replace(&match->writer, known->id, match->source, paper, hash, error);
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
    return status == PINAKES_OK ? touch(match, id, error) : status;
}

pinakes_status match_paper(struct match *match, const struct paper *paper, pinakes_error *error)
{
    const uint64_t identity = identity_of(match, paper->id, paper->title, paper->year);
    const uint64_t hash = paper_hash(paper);
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
    return paper_succeed(&match->writer, lost->id, newcomer.id, error);
}

pinakes_status match_end_file(struct match *match, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < match->here.count && status == PINAKES_OK; i++)
        if (match->here.papers[i].id != 0)
            status = lose(match, &match->here.papers[i], error);
    return status;
}

/* ---- the end of a run --------------------------------------------------------------------------------------- */

pinakes_status match_finish(struct match *match, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < match->orphans.count && status == PINAKES_OK; i++) {
        if (match->orphans.papers[i].id == 0)
            continue;
        status = paper_remove(&match->writer, match->orphans.papers[i].id, error);
        match->papers_removed++;
        match->changed = true;
    }
    for (size_t i = 0; i < match->away_counted; i++)
        match->papers_unchanged += match->away.papers[i].id != 0 ? 1 : 0;
    for (size_t i = 0; i < match->vanished_count && status == PINAKES_OK; i++)
        status = source_remove(match->writer.store, match->vanished[i], error);
    return status == PINAKES_OK ? paper_writer_finish(&match->writer, error) : status;
}

pinakes_status match_touch_all(struct match *match, pinakes_error *error)
{
    sqlite3_stmt *row = NULL;
    int code = SQLITE_OK;
    pinakes_status status = store_prepare(match->writer.store, "SELECT id FROM papers ORDER BY id", &row, error);
    if (status != PINAKES_OK)
        return status;
    match->touched_count = 0;
    while (status == PINAKES_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
        status = touch(match, sqlite3_column_int64(row, 0), error);
    if (status == PINAKES_OK && code != SQLITE_DONE)
        status = store_error(match->writer.store, code, "reading papers", error);
    (void)sqlite3_reset(row);
    return status;
}
