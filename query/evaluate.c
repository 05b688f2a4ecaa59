#include "query/evaluate.h"

#include "indexer/bm25.h"

struct evaluation {
    const struct node *node;
    struct evaluation *children;
    size_t child_count;
    struct posting_cursor *cursor; /* of a leaf */
    double idf;
    double average_length;
    int64_t last_paper;
    int64_t asked, answer; /* of the last evaluation_next(); no paper in between matches */
};

bool tree_is_anchored(const struct node *node)
{
    bool any = false, all = true;
    for (size_t i = 0; i < node->child_count; i++) {
        const bool anchored = tree_is_anchored(node->children[i]);
        any = any || anchored;
        all = all && anchored;
    }
    switch (node->kind) {
    case NODE_EVERYTHING:
    case NODE_NOT:
        return false;
    case NODE_AND:
        return any;
    case NODE_OR:
    case NODE_MAX:
        return all;
    default:
        return true;
    }
}

/* Inside a phrase or NEAR only words are looked up on their own, for what they weigh. */
static bool fill(struct evaluation *evaluation, struct arena *arena, const struct evaluation_input *input,
                 const struct node *node, bool is_inside)
{
    const bool is_word = node_is_word(node);
    const bool is_group = node->kind == NODE_PHRASE || node->kind == NODE_NEAR;
    const bool is_fact = node->kind == NODE_YEAR || node->kind == NODE_TOPIC;
    *evaluation = (struct evaluation){
        .node = node,
        .average_length = input->collection.average_length,
        .last_paper = input->last_paper,
        .asked = INT64_MAX, /* nothing yet */
        .answer = INT64_MIN,
    };
    if ((is_word || is_fact || (is_group && !is_inside)) &&
        (evaluation->cursor = input->source->open(input->source, node, arena)) == NULL)
        return false;
    if (is_word)
        evaluation->idf = bm25_idf(input->collection.papers, input->source->papers(input->source, node)) * node->boost;
    evaluation->children = arena_array(arena, node->child_count, sizeof *evaluation->children);
    if (evaluation->children == NULL)
        return false;
    for (size_t i = 0; i < node->child_count; i++)
        if (!fill(&evaluation->children[i], arena, input, node->children[i], is_inside || is_group))
            return false;
    evaluation->child_count = node->child_count;
    return true;
}

struct evaluation *evaluation_create(struct arena *arena, const struct evaluation_input *input, const struct node *node)
{
    struct evaluation *evaluation = arena_alloc(arena, sizeof *evaluation);
    return evaluation != NULL && fill(evaluation, arena, input, node, false) ? evaluation : NULL;
}

/* Asks the children in turn until all of them answer the same paper. */
static int64_t next_of_all(struct evaluation *evaluation, int64_t from)
{
    size_t agreed = 0;
    for (size_t i = 0; agreed < evaluation->child_count && from != NO_PAPER; i = (i + 1) % evaluation->child_count) {
        const int64_t paper = evaluation_next(&evaluation->children[i], from);
        agreed = paper == from ? agreed + 1 : 1;
        from = paper;
    }
    return from;
}

static int64_t next_of_any(struct evaluation *evaluation, int64_t from)
{
    int64_t first = NO_PAPER;
    for (size_t i = 0; i < evaluation->child_count; i++) {
        const int64_t paper = evaluation_next(&evaluation->children[i], from);
        if (paper < first)
            first = paper;
    }
    return first;
}

/* Every number the child does not match: whoever asks knows which numbers are papers. */
static int64_t next_outside(struct evaluation *evaluation, int64_t from)
{
    const int64_t last = evaluation->last_paper;
    while (from <= last && evaluation_next(evaluation->children, from) == from)
        from++;
    return from <= last ? from : NO_PAPER;
}

static int64_t find_next(struct evaluation *evaluation, int64_t from)
{
    switch (evaluation->node->kind) {
    case NODE_EVERYTHING:
        return from <= evaluation->last_paper ? from : NO_PAPER;
    case NODE_NOTHING:
        return NO_PAPER;
    case NODE_AND:
        return next_of_all(evaluation, from);
    case NODE_OR:
    case NODE_MAX:
        return next_of_any(evaluation, from);
    case NODE_NOT:
        return next_outside(evaluation, from);
    default:
        return evaluation->cursor->methods->seek(evaluation->cursor, from);
    }
}

/* What lies before the last answer is answered without asking the children, who may have gone as far as that. */
int64_t evaluation_next(struct evaluation *evaluation, int64_t from)
{
    if (from < evaluation->asked || from > evaluation->answer) {
        evaluation->answer = find_next(evaluation, from);
        evaluation->asked = from;
    }
    return evaluation->answer;
}

static double score_of_term(struct evaluation *term, int64_t paper, uint32_t length, bool is_bound)
{
    const struct posting_cursor_methods *methods = term->cursor->methods;
    if (methods->seek(term->cursor, paper) != paper)
        return 0;
    const bool is_most = is_bound && methods->most_frequency != NULL;
    const uint32_t frequency = is_most ? methods->most_frequency(term->cursor) : methods->frequency(term->cursor);
    return bm25_score(term->idf, frequency, length, term->average_length);
}

static double score(struct evaluation *evaluation, int64_t paper, uint32_t length, bool is_bound)
{
    const enum node_kind kind = evaluation->node->kind;
    if (node_is_word(evaluation->node))
        return score_of_term(evaluation, paper, length, is_bound);
    if (kind == NODE_NOT)
        return 0;
    const bool is_choice = kind == NODE_OR || kind == NODE_MAX;
    double sum = 0, best = 0;
    for (size_t i = 0; i < evaluation->child_count; i++) {
        struct evaluation *child = &evaluation->children[i];
        if (is_choice && evaluation_next(child, paper) != paper)
            continue;
        const double of_child = score(child, paper, length, is_bound);
        sum += of_child;
        best = of_child > best ? of_child : best;
    }
    return kind == NODE_MAX ? best : sum;
}

double evaluation_score(struct evaluation *evaluation, int64_t paper, uint32_t length)
{
    return score(evaluation, paper, length, false);
}

double evaluation_bound(struct evaluation *evaluation, int64_t paper, uint32_t length)
{
    const double rounding = 1e-12; /* far more than what a few additions lose */
    return score(evaluation, paper, length, true) * (1 + rounding);
}
