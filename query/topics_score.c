#include "query/topics_score.h"

/* What of a matching tree this paper bears out: of alternatives those that match, without what it must not hold. NULL
 * when nothing of it is left to show, or memory is short. */
static struct node *borne_out(struct arena *arena, const struct document *document, const struct node *node)
{
    const bool picks = node->kind == NODE_OR || node->kind == NODE_MAX;
    if (node->kind == NODE_NOT || (picks && !document_matches(document, node)))
        return NULL;
    struct node *copy = node_new(arena, node->kind);
    if (copy == NULL || (!picks && node->kind != NODE_AND)) {
        if (copy != NULL)
            *copy = *node;
        return copy;
    }
    struct node **children = arena_array(arena, node->child_count, sizeof(struct node *));
    size_t count = 0;
    for (size_t i = 0; children != NULL && i < node->child_count; i++) {
        const bool shown = !picks || document_matches(document, node->children[i]);
        struct node *child = shown ? borne_out(arena, document, node->children[i]) : NULL;
        if (child != NULL)
            children[count++] = child;
        if (count == 1 && node->kind == NODE_MAX)
            break; /* spellings of one thing: one will do */
    }
    if (count <= 1)
        return count == 0 ? NULL : children[0];
    copy->children = children;
    copy->child_count = count;
    return copy;
}

/* A rule of many alternatives is shown by those the paper holds. */
static void add_cause(struct arena *arena, const struct document *document, struct buffer *cause,
                      const struct topic_rule *rule)
{
    const struct node *shown = borne_out(arena, document, rule->tree);
    if (cause->len > 0)
        buffer_add_text(cause, ", ");
    if (shown != NULL)
        node_print(shown, cause);
    else
        buffer_add(cause, rule->text);
    buffer_format(cause, " %+g", rule->weight);
}

double topic_score(struct arena *arena, const struct topic *topic, const struct document *document,
                   struct buffer *cause)
{
    double score = 0;
    buffer_clear(cause);
    for (size_t i = 0; i < topic->rule_count; i++)
        if (document_matches(document, topic->rules[i].tree)) {
            score += topic->rules[i].weight;
            add_cause(arena, document, cause, &topic->rules[i]);
        }
    return score;
}
