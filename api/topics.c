#include "api/library.h"
#include "api/owned.h"
#include "base/error.h"

static const char topics_sql[] =
    "SELECT t.name, t.title, (SELECT count(*) FROM paper_topics a WHERE a.topic = t.name) FROM topics t"
    " ORDER BY t.ordinal";
static const char counts_sql[] = "SELECT count(*), (SELECT count(DISTINCT paper) FROM paper_topics) FROM papers";

struct listing {
    struct arena *arena;
    pinakes_topic *topics;
    size_t count, capacity;
};

static bool take_topic(void *context, sqlite3_stmt *row)
{
    struct listing *in = context;
    in->topics = arena_grow(in->arena, in->topics, in->count, &in->capacity, sizeof *in->topics);
    if (in->topics == NULL)
        return false;
    pinakes_topic *topic = &in->topics[in->count++];
    *topic = (pinakes_topic){.name = arena_string(in->arena, store_text(row, 0)),
                             .title = arena_string(in->arena, store_text(row, 1)),
                             .papers = (uint64_t)sqlite3_column_int64(row, 2)};
    return topic->name != NULL && topic->title != NULL;
}

static pinakes_status read_topics(struct store *store, pinakes_topics *list, pinakes_error *error)
{
    struct listing in = {.arena = owned_arena(list)};
    sqlite3_stmt *rows = store_statement(store, topics_sql, error);
    if (rows == NULL)
        return error->status;
    const pinakes_status status = store_each(store, rows, "reading the topics", take_topic, &in, error);
    list->topics = in.topics;
    list->topic_count = in.count;
    return status;
}

static pinakes_status read_counts(struct store *store, pinakes_topics *list, pinakes_error *error)
{
    sqlite3_stmt *row = store_statement(store, counts_sql, error);
    if (row == NULL)
        return error->status;
    const int code = sqlite3_step(row);
    if (code == SQLITE_ROW) {
        list->out_of = (uint64_t)sqlite3_column_int64(row, 0);
        list->without = list->out_of - (uint64_t)sqlite3_column_int64(row, 1);
    }
    (void)sqlite3_reset(row);
    return code == SQLITE_ROW ? PINAKES_OK : store_error(store, code, "reading the topics", error);
}

pinakes_status pinakes_list_topics(pinakes_library *library, pinakes_topics **out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_topics *list = owned_create(sizeof *list);
    if (list == NULL)
        return error_no_memory(error);
    pinakes_status status = read_topics(library->store, list, told);
    if (status == PINAKES_OK)
        status = read_counts(library->store, list, told);
    if (status == PINAKES_OK)
        *out = list;
    else
        owned_free(list);
    return status;
}

void pinakes_topics_free(pinakes_topics *topics)
{
    owned_free(topics);
}
