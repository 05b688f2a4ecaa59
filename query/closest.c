#include "query/closest.h"

#include "base/buffer.h"
#include "base/distance.h"
#include "base/error.h"
#include "indexer/analyzer.h"
#include "query/sealed.h"

enum { SHORT_WORD = 3, LONG_WORD = 6 }; /* characters; of less than a short one everything is near */

struct neighbour {
    char *text;
    unsigned distance;
    int64_t papers;
};

struct search_near {
    struct store *store;
    struct arena *arena;
    struct distance distance;
    unsigned most;
    struct neighbour best[CLOSEST_MAX];
    size_t count;
    int32_t last[DISTANCE_WORD_MAX]; /* the characters of the term compared last */
    size_t last_length;              /* how many of them have a valid row */
    struct buffer seek;              /* where the walk goes on when it leaps */
    sqlite3_stmt *papers;            /* counts a term's papers where the walk cannot; else NULL */
};

static const char vocabulary_sql[] =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.papers_words USING fts5vocab('main', 'papers_fts', 'row')";
static const char terms_sql[] = "SELECT term, doc FROM temp.papers_words WHERE term >= ?1 ORDER BY term";
static const char papers_sql[] = "SELECT doc FROM temp.papers_words WHERE term = ?1";

static bool is_better(const struct neighbour *a, const struct neighbour *b)
{
    if (a->distance != b->distance)
        return a->distance < b->distance;
    return a->papers != b->papers ? a->papers > b->papers : strcmp(a->text, b->text) < 0;
}

static bool is_kept(const struct search_near *near, const char *text)
{
    for (size_t i = 0; i < near->count; i++)
        if (strcmp(near->best[i].text, text) == 0)
            return true;
    return false;
}

static int64_t count_papers(const struct search_near *near, struct span term)
{
    (void)sqlite3_bind_text64(near->papers, 1, term.at, term.len, SQLITE_STATIC, SQLITE_UTF8);
    const int64_t papers = sqlite3_step(near->papers) == SQLITE_ROW ? sqlite3_column_int64(near->papers, 0) : 0;
    (void)sqlite3_reset(near->papers);
    return papers;
}

static bool keep(struct search_near *near, struct span term, int64_t papers)
{
    struct neighbour neighbour = {.distance = distance_value(&near->distance)};
    if (neighbour.distance > near->most || neighbour.distance == 0 || is_stop_word(term))
        return true;
    neighbour.text = arena_string(near->arena, term);
    if (neighbour.text == NULL)
        return false;
    neighbour.papers = near->papers == NULL ? papers : count_papers(near, term);
    if (neighbour.papers == 0 || is_kept(near, neighbour.text))
        return true;
    size_t at = near->count;
    while (at > 0 && is_better(&neighbour, &near->best[at - 1]))
        at--;
    if (at == CLOSEST_MAX)
        return true;
    if (near->count < CLOSEST_MAX)
        near->count++;
    for (size_t i = near->count - 1; i > at; i--)
        near->best[i] = near->best[i - 1];
    near->best[at] = neighbour;
    return true;
}

/* Where the walk must go on when no term that begins with the first `bytes` bytes of `term` can be near: behind all of
 * them. */
static void leap_behind(struct search_near *near, struct span term, size_t bytes)
{
    buffer_clear(&near->seek);
    buffer_add(&near->seek, (struct span){term.at, bytes});
    if (!near->seek.failed)
        near->seek.at[bytes - 1]++; /* no byte of UTF-8 is 0xFF */
}

static size_t bytes_of(struct span term, size_t characters)
{
    size_t at = 0;
    for (; at < term.len; at++)
        if (((unsigned char)term.at[at] & 0xC0) != 0x80 && characters-- == 0)
            break;
    return at;
}

/* Compares one term; `*leaps` when the walk can pass over what follows it. False when memory is short. */
static bool compare(struct search_near *near, struct span term, int64_t papers, bool *leaps)
{
    int32_t characters[DISTANCE_WORD_MAX];
    const size_t length = distance_characters(term, characters);
    *leaps = term.len > 0 && term.at[0] == STEM_MARK;
    if (*leaps)
        leap_behind(near, term, 1);
    if (*leaps || length == SIZE_MAX)
        return !near->seek.failed;
    size_t common = 0;
    while (common < near->last_length && common < length && characters[common] == near->last[common])
        common++;
    for (size_t i = common; i < length; i++) {
        distance_push(&near->distance, i, characters[i]);
        near->last[i] = characters[i];
        near->last_length = i + 1;
        if (!distance_can_reach(&near->distance, near->most)) {
            leap_behind(near, term, bytes_of(term, i + 1));
            *leaps = true;
            return !near->seek.failed;
        }
    }
    near->last_length = length;
    near->distance.other_length = length;
    return keep(near, term, papers);
}

/* ---- the inverted index of library.db -------------------------------------------------------------------- */

static pinakes_status walk_index(struct search_near *near, sqlite3_stmt *terms, pinakes_error *error)
{
    int code = SQLITE_ROW;
    bool has_memory = true, leaps = true;
    while (code == SQLITE_ROW && has_memory) {
        if (leaps) {
            (void)sqlite3_reset(terms);
            (void)sqlite3_bind_text64(terms, 1, near->seek.at, near->seek.len, SQLITE_STATIC, SQLITE_UTF8);
        }
        code = sqlite3_step(terms);
        if (code != SQLITE_ROW)
            break;
        has_memory = compare(near, store_text(terms, 0), sqlite3_column_int64(terms, 1), &leaps);
    }
    (void)sqlite3_reset(terms);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_DONE ? PINAKES_OK : store_error(near->store, code, "looking for similar words", error);
}

/* `*out` stays NULL on a connection that may not even make a temporary table: then there is nothing to suggest. */
static pinakes_status open_vocabulary(struct store *store, const char *sql, sqlite3_stmt **out, pinakes_error *error)
{
    const int code = sqlite3_exec(store_db(store), vocabulary_sql, NULL, NULL, NULL);
    *out = NULL;
    if (code == SQLITE_READONLY)
        return PINAKES_OK;
    if (code != SQLITE_OK)
        return store_error(store, code, "looking for similar words", error);
    *out = store_statement(store, sql, error);
    return *out == NULL ? error->status : PINAKES_OK;
}

static pinakes_status search_index(struct search_near *near, pinakes_error *error)
{
    sqlite3_stmt *terms;
    const pinakes_status status = open_vocabulary(near->store, terms_sql, &terms, error);
    return status == PINAKES_OK && terms != NULL ? walk_index(near, terms, error) : status;
}

/* ---- the ranked index, and the papers that are not in it ------------------------------------------------- */

static pinakes_status walk_segment(struct search_near *near, const struct segment *segment, pinakes_error *error)
{
    static const char behind_marks[] = {SEGMENT_OUTSIDE_MARK + 1, '\0'};
    struct segment_walk *walk = arena_alloc(near->arena, sizeof *walk);
    if (walk == NULL)
        return error_no_memory(error);
    bool found = true, leaps = true;
    buffer_add_text(&near->seek, behind_marks);
    for (;;) {
        const struct span from = buffer_text(&near->seek);
        const pinakes_status status =
            leaps ? segment_walk_seek(segment, from, walk, &found, error) : segment_walk_next(walk, &found, error);
        if (status != PINAKES_OK || !found)
            return status;
        if (!compare(near, walk->token, walk->documents, &leaps))
            return error_no_memory(error);
    }
}

static bool compare_text(struct search_near *near, struct analyzer *analyzer, struct span text)
{
    struct token token;
    bool has_memory = true, leaps;
    analyzer_start(analyzer, text);
    while (has_memory && analyzer_next(analyzer, &token))
        has_memory = token.kind == TOKEN_BREAK || compare(near, token.text, 0, &leaps);
    return has_memory && !analyzer_failed(analyzer);
}

static bool compare_paper(void *context, sqlite3_stmt *row)
{
    struct search_near *near = context;
    bool has_memory = true;
    for (int field = 0; field < FIELD_COUNT && has_memory; field++)
        has_memory = compare_text(near, store_analyzer(near->store), store_text(row, field));
    return has_memory;
}

static pinakes_status read_papers(struct search_near *near, struct paper_range range, pinakes_error *error)
{
    static const char sql[] =
        "SELECT title, author, venue, tag, abstract, note, qa FROM papers WHERE id BETWEEN ?1 AND ?2";
    sqlite3_stmt *rows = store_statement(near->store, sql, error);
    if (rows == NULL)
        return error->status;
    (void)sqlite3_bind_int64(rows, 1, range.first);
    (void)sqlite3_bind_int64(rows, 2, range.last);
    return store_each(near->store, rows, "looking for similar words", compare_paper, near, error);
}

/* What the segment says of a term's papers holds while the library is as it was sealed. */
static pinakes_status search_sealed(struct search_near *near, const struct sealed_moment *sealed, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    if (sealed->tail.count > 0 || sealed->stale_count > 0) {
        status = open_vocabulary(near->store, papers_sql, &near->papers, error);
        if (status != PINAKES_OK || near->papers == NULL)
            return status;
    }
    status = walk_segment(near, sealed->segment, error);
    for (size_t i = 0; i < sealed->tail.count && status == PINAKES_OK; i++)
        status = read_papers(near, sealed->tail.at[i], error);
    return status;
}

static void start_over(struct search_near *near)
{
    near->count = near->last_length = 0;
    near->papers = NULL;
    buffer_clear(&near->seek);
    buffer_add_text(&near->seek, "");
}

/* The nearest are first, so that those before a word are as near as it is. */
static void give(const struct search_near *near, struct closest_words *out)
{
    int64_t most = 0;
    for (size_t i = 0; i < near->count; i++) {
        const struct neighbour *neighbour = &near->best[i];
        most = neighbour->papers > most ? neighbour->papers : most;
        if (most / CLOSEST_RARER >= neighbour->papers)
            continue;
        out->words[out->count] = neighbour->text;
        out->papers[out->count++] = (uint64_t)neighbour->papers;
    }
}

pinakes_status closest_words(struct engine *engine, struct span word, struct arena *arena, struct closest_words *out,
                             pinakes_error *error)
{
    *out = (struct closest_words){0};
    const struct sealed_moment *sealed = NULL;
    struct search_near *near = arena_alloc(arena, sizeof *near);
    if (near == NULL)
        return error_no_memory(error);
    near->store = engine_store(engine);
    near->arena = arena;
    if (!distance_start(&near->distance, word) || near->distance.length < SHORT_WORD)
        return PINAKES_OK;
    near->most = near->distance.length < LONG_WORD ? 1 : 2;
    buffer_add_text(&near->seek, "");
    pinakes_status status = engine_sealed(engine, &sealed, error);
    if (status == PINAKES_OK && sealed != NULL)
        status = search_sealed(near, sealed, error);
    if (status == PINAKES_DAMAGED && sealed != NULL) {
        engine_give_up_sealed(engine, error);
        start_over(near);
        sealed = NULL;
        status = PINAKES_OK;
    }
    if (status == PINAKES_OK && sealed == NULL)
        status = search_index(near, error);
    buffer_free(&near->seek);
    if (status == PINAKES_OK)
        give(near, out);
    return status;
}
