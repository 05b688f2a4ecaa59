/* Random questions about random libraries, answered by FTS5 and by the segment with each instruction set, with papers
 * added, changed, removed, joined and separated and the library sealed in between: all must give the same papers,
 * order, scores, counts and facets, to the last bit.   differential QUERIES [SEED [LIBRARY]] With LIBRARY a copy of
 * that library is asked and changed, with words of its own papers. */
#include "tests/campaigns/trial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note_reading(struct trial *trial, const struct node *root, const struct node *filter)
{
    struct buffer text = {0};
    node_print(root, &text);
    if (filter != NULL) {
        buffer_add_text(&text, "   FILTER ");
        node_print(filter, &text);
    }
    (void)snprintf(trial->query, sizeof trial->query, "%.*s", (int)text.len, text.at);
    buffer_free(&text);
}

/* ---- comparing ------------------------------------------------------------------------------------------- */

static void same_page(struct trial *trial, const struct answer *a, const struct answer *b, bool is_counted)
{
    if (is_counted && a->found != b->found)
        stop(trial, "different numbers of papers found");
    if (a->page.count != b->page.count)
        stop(trial, "pages of different lengths");
    for (size_t i = 0; i < a->page.count; i++) {
        const struct candidate *x = &a->page.papers[i], *y = &b->page.papers[i];
        if (x->paper == y->paper && x->score == y->score && x->length == y->length && x->year == y->year)
            continue;
        (void)fprintf(stderr, "hit %zu: paper %" PRId64 " with %.17g, and %" PRId64 " with %.17g\n", i, x->paper,
                      x->score, y->paper, y->score);
        stop(trial, "different hits");
    }
}

static void same_facets(struct trial *trial, const struct answer *a, const struct answer *b)
{
    for (size_t i = 0; i < 3 && a->facets != NULL; i++) {
        const pinakes_facet *x = &a->facets[i], *y = &b->facets[i];
        if (strcmp(x->name, y->name) != 0 || x->value_count != y->value_count)
            stop(trial, "different facets");
        for (size_t j = 0; j < x->value_count; j++)
            if (strcmp(x->values[j].value, y->values[j].value) != 0 || x->values[j].count != y->values[j].count)
                stop(trial, "different counts in a facet");
    }
}

static void same_weights(struct trial *trial, const struct query_plan *a, const struct query_plan *b,
                         const struct node *node)
{
    if (node->kind == NODE_TERM || node->kind == NODE_PREFIX) {
        const struct term_weight x = engine_weight(a, node), y = engine_weight(b, node);
        if (x.papers != y.papers || x.idf != y.idf)
            stop(trial, "a word weighs differently");
    }
    for (size_t i = 0; i < node->child_count; i++)
        same_weights(trial, a, b, node->children[i]);
}

struct asked {
    const struct node *root, *filter;
    const struct node *part;      /* of the root, to be counted on its own */
    struct question questions[2]; /* of one plan, one after the other */
};

struct outcome {
    struct query_plan *plan;
    struct answer answers[2];
    uint64_t counted, of_part, of_part_filtered;
};

static int by_paper(const void *a, const void *b)
{
    const int64_t x = ((const struct candidate *)a)->paper, y = ((const struct candidate *)b)->paper;
    return (x > y) - (x < y);
}

static void run(struct trial *trial, struct query_plan *plan, const struct question *question, struct answer *out)
{
    must(trial, engine_run(plan, question, out, &trial->error));
    if (question->unsorted && out->page.count > 0)
        qsort(out->page.papers, out->page.count, sizeof *out->page.papers, by_paper);
}

static void ask(struct trial *trial, struct contestant *contestant, const struct asked *asked, struct outcome *out)
{
    enter(contestant);
    must(trial,
         engine_prepare(contestant->engine, asked->root, asked->filter, &trial->arena, &out->plan, &trial->error));
    for (size_t i = 0; i < 2; i++)
        run(trial, out->plan, &asked->questions[i], &out->answers[i]);
    must(trial, engine_count(out->plan, asked->root, asked->filter, &out->counted, &trial->error));
    must(trial, engine_count(out->plan, asked->part, NULL, &out->of_part, &trial->error));
    must(trial, engine_count(out->plan, asked->part, asked->filter, &out->of_part_filtered, &trial->error));
    const char *complaint = engine_complaint(contestant->engine);
    if (complaint != NULL && !trial->is_harmed)
        stop(trial, complaint);
}

static void same_outcome(struct trial *trial, const struct asked *asked, const struct outcome *a,
                         const struct outcome *b)
{
    for (size_t i = 0; i < 2; i++) {
        same_page(trial, &a->answers[i], &b->answers[i], !asked->questions[i].is_uncounted);
        same_facets(trial, &a->answers[i], &b->answers[i]);
    }
    same_weights(trial, a->plan, b->plan, asked->root);
    if (a->counted != b->counted || a->of_part != b->of_part || a->of_part_filtered != b->of_part_filtered)
        stop(trial, "different counts");
}

static struct question random_question(struct trial *trial)
{
    static const size_t limits[] = {0, 1, 3, 10, 10, 10, 10, 100, 1000, 8191, 8192, 8193, SIZE_MAX};
    static const size_t offsets[] = {1, 10, 39, 100, 1000, 5000};
    static const pinakes_sort sorts[] = {PINAKES_BY_SCORE,       PINAKES_BY_SCORE,       PINAKES_BY_SCORE,
                                         PINAKES_BY_YEAR_NEWEST, PINAKES_BY_YEAR_OLDEST, PINAKES_BY_TITLE};
    struct question question = {.sort = sorts[draw(COUNT(sorts))],
                                .offset = draw(3) == 0 ? offsets[draw(COUNT(offsets))] : 0,
                                .limit = limits[draw(COUNT(limits))],
                                .facets = draw(3) == 0,
                                .is_uncounted = draw(2) == 0,
                                .kept = &trial->arena};
    question.unsorted = question.limit == SIZE_MAX && question.offset == 0 && draw(2) == 0;
    return question;
}

static void compare_once(struct trial *trial)
{
    struct outcome outcomes[ENGINES_MAX];
    struct asked asked = {.root = random_query(trial), .filter = draw(4) == 0 ? random_filter(trial) : NULL};
    const struct node *root = asked.root;
    const bool has_parts = root->child_count > 0 && root->kind != NODE_PHRASE && root->kind != NODE_NEAR;
    asked.part = has_parts ? root->children[draw((uint32_t)root->child_count)] : root;
    for (size_t i = 0; i < 2; i++)
        asked.questions[i] = random_question(trial);
    note_reading(trial, root, asked.filter);
    execute(trial, "BEGIN");
    for (size_t i = 0; i < trial->contestant_count; i++) {
        ask(trial, &trial->contestants[i], &asked, &outcomes[i]);
        if (i > 0)
            same_outcome(trial, &asked, &outcomes[0], &outcomes[i]);
    }
    execute(trial, "COMMIT");
    trial->asked++;
    arena_reset(&trial->arena);
}

int main(int argc, char **argv)
{
    static struct trial trial;
    const uint64_t queries = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000;
    const char *library = argc > 3 ? argv[3] : NULL;
    draw_from(argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    trial.papers = malloc(PAPERS_MAX * sizeof *trial.papers);
    if (queries == 0 || trial.papers == NULL)
        return 2;
    while (trial.asked < queries) {
        trial_start(&trial, library);
        for (int i = 0; i < 200 && trial.asked < queries; i++) {
            if (draw(8) == 0)
                trial_happen(&trial);
            compare_once(&trial);
        }
        trial_end(&trial);
    }
    arena_free(&trial.words_arena);
    arena_free(&trial.arena);
    free(trial.papers);
    (void)printf("%" PRIu64 " questions, the same answers; %" PRIu64 " seals in between\n", trial.asked, trial.sealed);
    return 0;
}
