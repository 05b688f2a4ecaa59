#include "query/explain.h"

#include "base/buffer.h"
#include "indexer/bm25.h"
#include "indexer/schema.h"

#include <inttypes.h>

struct explanation {
    const struct query_plan *plan;
    const struct document *document;
    uint32_t length;
    struct buffer text;
};

static double explain_term(struct explanation *in, const struct node *term, struct buffer *out)
{
    const struct term_weight weight = engine_weight(in->plan, term);
    const struct collection collection = engine_collection(in->plan);
    const uint32_t frequency = document_frequency(in->document, term);
    const double score = bm25_score(weight.idf * term->boost, frequency, in->length, collection.average_length);
    if (out == NULL)
        return score;
    buffer_format(out, "%.*s  %.3f = ", SPAN_ARGS(term->word), score);
    if (term->boost != 1)
        buffer_format(out, "boost %.3f x ", term->boost);
    buffer_format(out,
                  "idf %.3f (in %" PRIu64 " of %" PRIu64 " papers) x %.3f (%" PRIu32
                  " times, one in the title counting %d; %" PRIu32 " words, average %.0f)\n",
                  weight.idf, weight.papers, collection.papers, weight.idf > 0 ? score / (weight.idf * term->boost) : 0,
                  frequency, TITLE_WEIGHT, in->length, collection.average_length);
    return score;
}

static double explain_node(struct explanation *in, const struct node *node, struct buffer *out);

/* Only the best of several spellings weighs. */
static double explain_best(struct explanation *in, const struct node *node, struct buffer *out)
{
    const struct node *best = NULL;
    double best_score = -1;
    for (size_t i = 0; i < node->child_count; i++) {
        if (!document_matches(in->document, node->children[i]))
            continue;
        const double score = explain_node(in, node->children[i], NULL);
        if (score > best_score) {
            best_score = score;
            best = node->children[i];
        }
    }
    return best == NULL ? 0 : explain_node(in, best, out);
}

/* Writes to `out` unless it is NULL, and returns what the node weighs in a document it matches. */
static double explain_node(struct explanation *in, const struct node *node, struct buffer *out)
{
    if (node_is_word(node))
        return explain_term(in, node, out);
    if (node->kind == NODE_MAX)
        return explain_best(in, node, out);
    double sum = 0;
    for (size_t i = 0; i < node->child_count && node->kind != NODE_NOT; i++)
        if (node->kind != NODE_OR || document_matches(in->document, node->children[i]))
            sum += explain_node(in, node->children[i], out);
    return sum;
}

const char *explain_score(const struct query_plan *plan, const struct node *root, const struct document *document,
                          uint32_t length, struct arena *arena)
{
    struct explanation in = {plan, document, length, {0}};
    const double score = explain_node(&in, root, &in.text);
    buffer_format(&in.text, "score  %.3f", score);
    const char *text = buffer_keep(&in.text, arena);
    buffer_free(&in.text);
    return text;
}
