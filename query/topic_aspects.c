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

static bool asks_any_for(const struct node *const *roots, size_t root_count, struct span topic)
{
    for (size_t i = 0; i < root_count; i++)
        if (roots[i] != NULL && asks_for(roots[i], topic))
            return true;
    return false;
}

pinakes_status asked_topics_load(struct store *store, const struct node *const *roots, size_t root_count,
                                 struct arena *arena, struct asked_topics *out, pinakes_error *error)
{
    struct span text = {NULL, 0};
    struct topic_set set;
    bool asks = false;
    *out = (struct asked_topics){.count = 0};
    for (size_t i = 0; i < root_count && !asks; i++)
        asks = roots[i] != NULL && asks_for_any(roots[i]);
    if (!asks)
        return PINAKES_OK;
    pinakes_status status = topics_stored_text(store, arena, &text, error);
    if (status == PINAKES_OK)
        status = topics_parse(arena, store_analyzer(store), store_path(store), text, &set, error);
    if (status != PINAKES_OK)
        return status;
    out->at = arena_array(arena, set.topic_count, sizeof(struct topic *));
    if (out->at == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < set.topic_count; i++)
        if (asks_any_for(roots, root_count, set.topics[i].name))
            out->at[out->count++] = &set.topics[i];
    return PINAKES_OK;
}

bool asked_topics_aspects(const struct asked_topics *topics, const struct document *document, struct arena *arena,
                          struct aspects *out)
{
    for (size_t i = 0; i < topics->count; i++)
        for (size_t j = 0; j < topics->at[i]->rule_count; j++) {
            const struct topic_rule *rule = &topics->at[i]->rules[j];
            if (rule->weight > 0 && document_matches(document, rule->tree) &&
                !aspects_add(out, arena, rule->tree, rule_weight, &rule->weight))
                return false;
        }
    return true;
}
