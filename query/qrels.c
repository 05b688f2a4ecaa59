#include "query/qrels.h"

#include "base/error.h"
#include "query/table_line.h"

#include <stdlib.h>

static int compare(const struct judgement *a, struct span query, struct span paper)
{
    const int order = span_compare(a->query, query);
    return order != 0 ? order : span_compare(a->paper, paper);
}

static int by_query_and_paper(const void *left, const void *right)
{
    const struct judgement *a = left, *b = right;
    return compare(a, b->query, b->paper);
}

static pinakes_status refuse_twice(const char *file, const struct qrels *qrels, pinakes_error *error)
{
    for (size_t i = 1; i < qrels->count; i++) {
        const struct judgement *a = &qrels->at[i - 1], *b = &qrels->at[i];
        if (by_query_and_paper(a, b) == 0)
            return error_set(error, PINAKES_BAD_INPUT,
                             "%s:%u: paper '%.*s' is judged for query '%.*s' already in line %u", file,
                             (unsigned)(a->line > b->line ? a->line : b->line), SPAN_ARGS(b->paper),
                             SPAN_ARGS(b->query), (unsigned)(a->line > b->line ? b->line : a->line));
    }
    return PINAKES_OK;
}

static bool read_judgement(struct span line, struct judgement *out)
{
    struct span words[5];
    size_t count = 0;
    while (count < 5 && span_word(&line, &words[count]))
        count++;
    long number;
    if (count != 4 || !number_of(words[3], &number))
        return false;
    out->query = words[0];
    out->paper = words[2];
    out->grade = (int)number;
    return true;
}

pinakes_status qrels_parse(struct arena *arena, const char *file, struct span text, struct qrels *out,
                           pinakes_error *error)
{
    struct qrels qrels = {.count = 0};
    size_t capacity = 0;
    struct table_lines lines = {.rest = text};
    struct span line;
    while (table_line_next(&lines, &line)) {
        struct judgement judgement = {.line = lines.number};
        if (!read_judgement(line, &judgement))
            return error_set(error, PINAKES_BAD_INPUT, "%s:%u: not a judgement; a line is: query 0 paper grade", file,
                             (unsigned)lines.number);
        qrels.at = arena_grow(arena, qrels.at, qrels.count, &capacity, sizeof *qrels.at);
        if (qrels.at == NULL)
            return error_no_memory(error);
        qrels.at[qrels.count++] = judgement;
    }
    if (qrels.count == 0)
        return error_set(error, PINAKES_BAD_INPUT, "%s: there is no judgement in it", file);
    qsort(qrels.at, qrels.count, sizeof *qrels.at, by_query_and_paper);
    const pinakes_status status = refuse_twice(file, &qrels, error);
    if (status == PINAKES_OK)
        *out = qrels;
    return status;
}

/* The first judgement that is not before (query, paper). */
static size_t place_of(const struct qrels *qrels, struct span query, struct span paper)
{
    size_t first = 0, last = qrels->count;
    while (first < last) {
        const size_t middle = first + (last - first) / 2;
        if (compare(&qrels->at[middle], query, paper) < 0)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

struct qrels qrels_of_query(const struct qrels *qrels, struct span query)
{
    const size_t first = place_of(qrels, query, span_of(""));
    size_t end = first;
    while (end < qrels->count && span_equal(qrels->at[end].query, query))
        end++;
    return (struct qrels){qrels->at + first, end - first};
}

int qrels_grade(const struct qrels *of_query, struct span paper)
{
    if (of_query->count == 0)
        return 0;
    const size_t place = place_of(of_query, of_query->at[0].query, paper);
    const bool is_judged = place < of_query->count && span_equal(of_query->at[place].paper, paper);
    return is_judged ? of_query->at[place].grade : 0;
}
