#include "query/topics.h"

#include "base/buffer.h"
#include "base/error.h"
#include "query/match.h"
#include "query/topics_score.h"
#include "query/topics_screen.h"

struct assigner {
    struct store *store;
    const struct topic_set *set;
    struct topics_screen *screen;
    struct analysis analysis; /* of one paper, */
    struct arena arena;       /* and what else is made of it */
    struct buffer cause;
    bool *changed;
    pinakes_error *error;
};

static pinakes_status step_failed(const struct assigner *assigner, int code, const char *doing)
{
    return store_error(assigner->store, code, doing, assigner->error);
}

/* Runs a statement that gives no rows. */
static pinakes_status run(const struct assigner *assigner, sqlite3_stmt *statement, const char *doing)
{
    const int code = sqlite3_step(statement);
    (void)sqlite3_reset(statement);
    return code == SQLITE_DONE ? PINAKES_OK : step_failed(assigner, code, doing);
}

/* ---- one paper ----------------------------------------------------------------------------------------------- */

/* What is stored for the paper and the topic already says just this. */
static bool is_stored(const struct assigner *assigner, sqlite3_stmt *select, int64_t paper, const struct topic *topic,
                      bool belongs, double score)
{
    (void)sqlite3_bind_int64(select, 1, paper);
    (void)sqlite3_bind_text(select, 2, topic->name.at, (int)topic->name.len, SQLITE_STATIC);
    const bool there = sqlite3_step(select) == SQLITE_ROW;
    bool same = there == belongs;
    if (there && belongs)
        same = sqlite3_column_double(select, 0) == score &&
               span_equal(store_text(select, 1), buffer_text(&assigner->cause));
    (void)sqlite3_reset(select);
    return same;
}

static pinakes_status store_assignment(const struct assigner *assigner, int64_t paper, const struct topic *topic,
                                       bool belongs, double score)
{
    sqlite3_stmt *statement =
        belongs ? store_statement(assigner->store, "INSERT OR REPLACE INTO paper_topics VALUES(?1, ?2, ?3, ?4)",
                                  assigner->error)
                : store_statement(assigner->store, "DELETE FROM paper_topics WHERE paper = ?1 AND topic = ?2",
                                  assigner->error);
    if (statement == NULL)
        return PINAKES_IO;
    (void)sqlite3_bind_int64(statement, 1, paper);
    (void)sqlite3_bind_text(statement, 2, topic->name.at, (int)topic->name.len, SQLITE_STATIC);
    if (belongs) {
        (void)sqlite3_bind_double(statement, 3, score);
        (void)sqlite3_bind_text(statement, 4, assigner->cause.at, (int)assigner->cause.len, SQLITE_STATIC);
    }
    return run(assigner, statement, "storing a paper's topics");
}

static pinakes_status assign_topic(struct assigner *assigner, int64_t paper, const struct document *document,
                                   const struct topic *topic)
{
    const double score = topic_score(&assigner->arena, topic, document, &assigner->cause);
    if (assigner->cause.failed)
        return error_no_memory(assigner->error);
    const bool belongs = score >= topic->threshold;
    sqlite3_stmt *select = store_statement(
        assigner->store, "SELECT score, cause FROM paper_topics WHERE paper = ?1 AND topic = ?2", assigner->error);
    if (select == NULL)
        return PINAKES_IO;
    if (is_stored(assigner, select, paper, topic, belongs, score))
        return PINAKES_OK;
    *assigner->changed = true;
    return store_assignment(assigner, paper, topic, belongs, score);
}

/* Whether the words of the paper may make it belong to a topic. */
static bool passes(struct topics_screen *screen, const struct analysis *analysis)
{
    struct token token;
    topics_screen_begin(screen);
    for (enum field field = 0; field < FIELD_COUNT; field++)
        for (size_t at = analysis_begin(analysis, field); analysis_next(analysis, field, &at, &token);)
            if (token.kind != TOKEN_BREAK)
                topics_screen_token(screen, field, token.text);
    return topics_screen_passes(screen);
}

static pinakes_status has_topics(const struct assigner *assigner, int64_t paper, bool *out)
{
    sqlite3_stmt *select =
        store_statement(assigner->store, "SELECT 1 FROM paper_topics WHERE paper = ?1 LIMIT 1", assigner->error);
    if (select == NULL)
        return PINAKES_IO;
    (void)sqlite3_bind_int64(select, 1, paper);
    const int code = sqlite3_step(select);
    *out = code == SQLITE_ROW;
    (void)sqlite3_reset(select);
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK : step_failed(assigner, code, "reading topics");
}

/* The paper in the current row of `papers`: id, year and the text columns. */
static pinakes_status assign_paper(struct assigner *assigner, sqlite3_stmt *papers)
{
    struct span texts[FIELD_COUNT];
    store_texts(papers, 2, texts);
    if (!analysis_make(&assigner->analysis, store_analyzer(assigner->store), texts))
        return error_no_memory(assigner->error);
    if (!passes(assigner->screen, &assigner->analysis)) {
        bool has = false;
        const pinakes_status status = has_topics(assigner, sqlite3_column_int64(papers, 0), &has);
        if (status != PINAKES_OK || !has)
            return status;
    }
    arena_reset(&assigner->arena);
    const struct document *document = document_create(&assigner->arena, store_analyzer(assigner->store), texts,
                                                      sqlite3_column_int(papers, 1), NULL, 0);
    if (document == NULL)
        return error_no_memory(assigner->error);
    for (size_t i = 0; i < assigner->set->topic_count; i++) {
        const pinakes_status status =
            assign_topic(assigner, sqlite3_column_int64(papers, 0), document, &assigner->set->topics[i]);
        if (status != PINAKES_OK)
            return status;
    }
    return PINAKES_OK;
}

static pinakes_status assign_rows(struct assigner *assigner, sqlite3_stmt *papers)
{
    pinakes_status status = PINAKES_OK;
    int code = SQLITE_ROW;
    while (status == PINAKES_OK && (code = sqlite3_step(papers)) == SQLITE_ROW)
        status = assign_paper(assigner, papers);
    (void)sqlite3_reset(papers);
    return status == PINAKES_OK && code != SQLITE_DONE ? step_failed(assigner, code, "reading papers") : status;
}

static pinakes_status assign_all(struct assigner *assigner)
{
    sqlite3_stmt *papers = store_statement(
        assigner->store, "SELECT id, year, title, author, venue, tag, abstract, note, qa FROM papers", assigner->error);
    return papers == NULL ? PINAKES_IO : assign_rows(assigner, papers);
}

static pinakes_status assign_some(struct assigner *assigner, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_stmt *papers = store_statement(
            assigner->store, "SELECT id, year, title, author, venue, tag, abstract, note, qa FROM papers WHERE id = ?1",
            assigner->error);
        if (papers == NULL)
            return PINAKES_IO;
        (void)sqlite3_bind_int64(papers, 1, ids[i]);
        const pinakes_status status = assign_rows(assigner, papers);
        if (status != PINAKES_OK)
            return status;
    }
    return PINAKES_OK;
}

/* ---- the topics themselves ----------------------------------------------------------------------------------- */

pinakes_status topics_stored_text(struct store *store, struct arena *arena, struct span *out, pinakes_error *error)
{
    *out = (struct span){0};
    sqlite3_stmt *select = store_statement(store, "SELECT value FROM meta WHERE name = 'topics_text'", error);
    if (select == NULL)
        return PINAKES_IO;
    const int code = sqlite3_step(select);
    pinakes_status status = PINAKES_OK;
    if (code == SQLITE_ROW && sqlite3_column_type(select, 0) != SQLITE_NULL) {
        const struct span text = store_text(select, 0);
        out->at = arena_string(arena, text);
        out->len = text.len;
        if (out->at == NULL)
            status = error_no_memory(error);
    } else if (code != SQLITE_ROW && code != SQLITE_DONE) {
        status = store_error(store, code, "reading the topics", error);
    }
    (void)sqlite3_reset(select);
    return status;
}

static pinakes_status insert_topic(const struct assigner *assigner, size_t ordinal)
{
    const struct topic *topic = &assigner->set->topics[ordinal];
    sqlite3_stmt *insert = store_statement(
        assigner->store, "INSERT INTO topics(name, ordinal, title) VALUES(?1, ?2, ?3)", assigner->error);
    if (insert == NULL)
        return PINAKES_IO;
    (void)sqlite3_bind_text(insert, 1, topic->name.at, (int)topic->name.len, SQLITE_STATIC);
    (void)sqlite3_bind_int64(insert, 2, (int64_t)ordinal);
    (void)sqlite3_bind_text(insert, 3, topic->title.at, (int)topic->title.len, SQLITE_STATIC);
    return run(assigner, insert, "storing the topics");
}

/* Puts the new topics and their text in the place of the old; assignments to topics that are gone go with them. */
static pinakes_status replace_topics(const struct assigner *assigner, struct span text)
{
    sqlite3_stmt *clear = store_statement(assigner->store, "DELETE FROM topics", assigner->error);
    if (clear == NULL)
        return PINAKES_IO;
    pinakes_status status = run(assigner, clear, "storing the topics");
    for (size_t i = 0; status == PINAKES_OK && i < assigner->set->topic_count; i++)
        status = insert_topic(assigner, i);
    if (status != PINAKES_OK)
        return status;
    sqlite3_stmt *orphans = store_statement(
        assigner->store, "DELETE FROM paper_topics WHERE topic NOT IN (SELECT name FROM topics)", assigner->error);
    if (orphans == NULL || (status = run(assigner, orphans, "storing the topics")) != PINAKES_OK)
        return orphans == NULL ? PINAKES_IO : status;
    sqlite3_stmt *keep = store_statement(
        assigner->store, "INSERT OR REPLACE INTO meta(name, value) VALUES('topics_text', ?1)", assigner->error);
    if (keep == NULL)
        return PINAKES_IO;
    (void)sqlite3_bind_text(keep, 1, text.at, (int)text.len, SQLITE_STATIC);
    return run(assigner, keep, "storing the topics");
}

/* ---- a run --------------------------------------------------------------------------------------------------- */

static pinakes_status parse(struct topics_run *run, pinakes_error *error)
{
    const pinakes_status status =
        topics_parse(&run->arena, store_analyzer(run->store), run->text != NULL ? run->file : "topics.ini", run->wanted,
                     &run->set, error);
    if (status != PINAKES_OK)
        return status;
    run->screen = topics_screen_create(&run->arena, &run->set);
    return run->screen == NULL ? error_no_memory(error) : PINAKES_OK;
}

static pinakes_status read_texts(struct topics_run *run, pinakes_error *error)
{
    const pinakes_status status = topics_stored_text(run->store, &run->arena, &run->stored, error);
    run->wanted = run->text != NULL ? *run->text : run->stored.at != NULL ? run->stored : span_of(topics_builtin);
    return status;
}

static pinakes_status make_ready(struct topics_run *run, pinakes_error *error)
{
    if (run->is_ready)
        return PINAKES_OK;
    pinakes_status status = read_texts(run, error);
    if (status == PINAKES_OK)
        status = parse(run, error);
    run->is_ready = status == PINAKES_OK;
    return status;
}

void topics_run_free(struct topics_run *run)
{
    arena_free(&run->arena);
}

/* What cannot be read now is told when topics are assigned. */
bool topics_may_take(struct topics_run *run, const struct analysis *analysis)
{
    pinakes_error unwanted;
    return make_ready(run, &unwanted) != PINAKES_OK || passes(run->screen, analysis);
}

/* Assigns by the parsed set: to all papers of a library whose topics are others now, else to those named. */
static pinakes_status assign(struct assigner *assigner, const struct topics_run *run, bool is_new, const int64_t *ids,
                             size_t count)
{
    if (!is_new)
        return assign_some(assigner, ids, count);
    *assigner->changed = true;
    const pinakes_status status = replace_topics(assigner, run->wanted);
    if (status != PINAKES_OK)
        return status;
    return run->stored.at == NULL ? assign_some(assigner, ids, count) : assign_all(assigner);
}

pinakes_status topics_assign(struct topics_run *run, const int64_t *ids, size_t count, bool *changed,
                             pinakes_error *error)
{
    pinakes_status status = run->is_ready ? PINAKES_OK : read_texts(run, error);
    if (status != PINAKES_OK)
        return status;
    const bool is_new = run->stored.at == NULL || !span_equal(run->stored, run->wanted);
    if (!is_new && count == 0)
        return PINAKES_OK;
    status = make_ready(run, error);
    struct assigner assigner = {
        .store = run->store, .set = &run->set, .screen = run->screen, .changed = changed, .error = error};
    if (status == PINAKES_OK)
        status = assign(&assigner, run, is_new, ids, count);
    analysis_free(&assigner.analysis);
    arena_free(&assigner.arena);
    buffer_free(&assigner.cause);
    return status;
}
