#include "query/trec_run.h"

#include "base/error.h"
#include "query/table_line.h"

#include <stdlib.h>

static int by_query_and_paper(const void *left, const void *right)
{
    const struct run_entry *a = left, *b = right;
    const int order = span_compare(a->query, b->query);
    return order != 0 ? order : span_compare(a->paper, b->paper);
}

static int by_query_and_rank(const void *left, const void *right)
{
    const struct run_entry *a = left, *b = right;
    const int order = span_compare(a->query, b->query);
    if (order != 0)
        return order;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return span_compare(b->paper, a->paper);
}

static bool read_entry(struct span line, struct run_entry *out)
{
    struct span words[7];
    size_t count = 0;
    while (count < 7 && span_word(&line, &words[count]))
        count++;
    double score;
    if (count != 6 || !real_of(words[4], &score))
        return false;
    out->query = words[0];
    out->paper = words[2];
    out->score = (float)score;
    return true;
}

static pinakes_status read_entries(struct arena *arena, const char *file, struct span text, struct trec_run *run,
                                   pinakes_error *error)
{
    size_t capacity = 0;
    struct table_lines lines = {.rest = text};
    struct span line;
    while (table_line_next(&lines, &line)) {
        struct run_entry entry = {.line = lines.number};
        if (!read_entry(line, &entry))
            return error_set(error, PINAKES_BAD_INPUT,
                             "%s:%u: not an entry of a run; a line is: query Q0 paper rank score tag", file,
                             (unsigned)lines.number);
        run->at = arena_grow(arena, run->at, run->count, &capacity, sizeof *run->at);
        if (run->at == NULL)
            return error_no_memory(error);
        run->at[run->count++] = entry;
    }
    return run->count > 0 ? PINAKES_OK
                          : error_set(error, PINAKES_BAD_INPUT, "%s: there is no entry of a run in it", file);
}

static pinakes_status refuse_twice(const char *file, const struct trec_run *run, pinakes_error *error)
{
    for (size_t i = 1; i < run->count; i++) {
        const struct run_entry *a = &run->at[i - 1], *b = &run->at[i];
        if (by_query_and_paper(a, b) == 0)
            return error_set(error, PINAKES_BAD_INPUT, "%s:%u: paper '%.*s' is there twice for query '%.*s'", file,
                             (unsigned)(a->line > b->line ? a->line : b->line), SPAN_ARGS(b->paper),
                             SPAN_ARGS(b->query));
    }
    return PINAKES_OK;
}

pinakes_status trec_run_parse(struct arena *arena, const char *file, struct span text, struct trec_run *out,
                              pinakes_error *error)
{
    struct trec_run run = {.count = 0};
    pinakes_status status = read_entries(arena, file, text, &run, error);
    if (status != PINAKES_OK)
        return status;
    qsort(run.at, run.count, sizeof *run.at, by_query_and_paper);
    status = refuse_twice(file, &run, error);
    if (status != PINAKES_OK)
        return status;
    qsort(run.at, run.count, sizeof *run.at, by_query_and_rank);
    *out = run;
    return PINAKES_OK;
}

struct trec_run trec_run_of_query(const struct trec_run *run, struct span query)
{
    size_t first = 0, last = run->count;
    while (first < last) {
        const size_t middle = first + (last - first) / 2;
        if (span_compare(run->at[middle].query, query) < 0)
            first = middle + 1;
        else
            last = middle;
    }
    size_t end = first;
    while (end < run->count && span_equal(run->at[end].query, query))
        end++;
    return (struct trec_run){run->at + first, end - first};
}
