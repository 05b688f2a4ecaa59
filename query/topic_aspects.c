#include "query/topic_aspects.h"

#include "base/error.h"
#include "query/topics.h"

static double rule_weight(const void *context, const struct node *leaf)
{
    (void)leaf;
    return *(const double *)context;
}

/* Whether `node` asks for the topic. */
static bool asks_for(const struct node *node, struct span topic)
{
    if (node->kind == NODE_TOPIC)
        return topic_name_equal(node->name, topic);
    for (size_t i = 0; i < node->child_count && node->kind != NODE_NOT; i++)
        if (asks_for(node->children[i], topic))
            return true;
    return false;
}

static bool asks_for_any(const struct node *node)
{
    bool asks = node->kind == NODE_TOPIC;
    for (size_t i = 0; i < node->child_count && node->kind != NODE_NOT && !asks; i++)
        asks = asks_for_any(node->children[i]);
    return asks;
}

static bool add_rules(const struct topic *topic, struct arena *arena, struct aspects *out)
{
    for (size_t i = 0; i < topic->rule_count; i++)
        if (topic->rules[i].weight > 0 &&
            !aspects_add(out, arena, topic->rules[i].tree, rule_weight, &topic->rules[i].weight))
            return false;
    return true;
}

/* The text of the topics file the stored assignments follow; empty when there is none. */
static pinakes_status read_topics(struct store *store, struct arena *arena, struct span *out, pinakes_error *error)
{
    static const char sql[] = "SELECT value FROM meta WHERE name = 'topics_text'";
    sqlite3_stmt *select = store_statement(store, sql, error);
    if (select == NULL)
        return error->status;
    const int code = sqlite3_step(select);
    const char *text = code == SQLITE_ROW ? (const char *)sqlite3_column_text(select, 0) : NULL;
    const struct span read = {text, text == NULL ? 0 : (size_t)sqlite3_column_bytes(select, 0)};
    *out = (struct span){arena_string(arena, read), read.len};
    (void)sqlite3_reset(select);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return store_error(store, code, "searching", error);
    return out->at == NULL ? error_no_memory(error) : PINAKES_OK;
}

pinakes_status topic_aspects(struct store *store, const struct node *const *roots, size_t root_count,
                             struct arena *arena, struct aspects *out, pinakes_error *error)
{
    bool asks = false;
    for (size_t i = 0; i < root_count && !asks; i++)
        asks = roots[i] != NULL && asks_for_any(roots[i]);
    if (!asks)
        return PINAKES_OK;
    struct span text;
    struct topic_set topics;
    pinakes_status status = read_topics(store, arena, &text, error);
    if (status == PINAKES_OK)
        status = topics_parse(arena, store_analyzer(store), store_path(store), text, &topics, error);
    for (size_t i = 0; status == PINAKES_OK && i < topics.topic_count; i++)
        for (size_t j = 0; j < root_count; j++)
            if (roots[j] != NULL && asks_for(roots[j], topics.topics[i].name)) {
                if (!add_rules(&topics.topics[i], arena, out))
                    return error_no_memory(error);
                break;
            }
    return status;
}
