#include "query/worth.h"

struct worth worth_of(double (*idf)(void *context, const struct node *word), void *context, const struct node *node)
{
    struct worth worth = {0};
    if (node_is_word(node)) {
        worth.most = worth.sum = idf(context, node);
        return worth;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        const struct worth child = worth_of(idf, context, node->children[i]);
        if (child.sum <= 0 && node->kind != NODE_MAX)
            return (struct worth){0};
        worth.most = child.most > worth.most ? child.most : worth.most;
        worth.sum = node->kind != NODE_MAX ? worth.sum + child.sum : child.sum > worth.sum ? child.sum : worth.sum;
    }
    return worth;
}

void spelling_temper(const struct vocabulary *vocabulary, const struct node *written, struct node *spelling)
{
    if (vocabulary == NULL || vocabulary->idf == NULL)
        return;
    const double most = worth_of(vocabulary->idf, vocabulary->context, written).sum;
    const double has = worth_of(vocabulary->idf, vocabulary->context, spelling).sum;
    if (most > 0 && has > most)
        node_boost(spelling, most / has);
}
