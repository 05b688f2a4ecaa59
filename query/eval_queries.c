#include "query/eval_queries.h"

#include "base/error.h"
#include "query/table_line.h"

#include <stdlib.h>

static bool read_query(struct span line, struct eval_query *out)
{
    struct span id, second;
    if (!span_cut(&line, '\t', &id) || line.at == NULL)
        return false;
    out->id = span_trim(id);
    out->text = span_trim(line);
    id = out->id;
    return span_word(&id, &second) && !span_word(&id, &second) && out->text.len > 0;
}

static int by_id(const void *left, const void *right)
{
    const struct eval_query *const *a = left, *const *b = right;
    const int order = span_compare((*a)->id, (*b)->id);
    return order != 0 ? order : ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

static pinakes_status refuse_twice(struct arena *arena, const char *file, const struct eval_queries *queries,
                                   pinakes_error *error)
{
    const struct eval_query **sorted = arena_array(arena, queries->count, sizeof *sorted);
    if (sorted == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < queries->count; i++)
        sorted[i] = &queries->at[i];
    qsort(sorted, queries->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < queries->count; i++)
        if (span_equal(sorted[i - 1]->id, sorted[i]->id))
            return error_set(error, PINAKES_BAD_INPUT, "%s:%u: query '%.*s' is there already, in line %u", file,
                             (unsigned)sorted[i]->line, SPAN_ARGS(sorted[i]->id), (unsigned)sorted[i - 1]->line);
    return PINAKES_OK;
}

pinakes_status eval_queries_parse(struct arena *arena, const char *file, struct span text, struct eval_queries *out,
                                  pinakes_error *error)
{
    struct eval_queries queries = {.count = 0};
    size_t capacity = 0;
    struct table_lines lines = {.rest = text};
    struct span line;
    while (table_line_next(&lines, &line)) {
        struct eval_query query = {.line = lines.number};
        if (line.at[0] == '#')
            continue;
        if (!read_query(line, &query))
            return error_set(error, PINAKES_BAD_INPUT, "%s:%u: not a query; a line is its id, a tab and its text", file,
                             (unsigned)lines.number);
        queries.at = arena_grow(arena, queries.at, queries.count, &capacity, sizeof *queries.at);
        if (queries.at == NULL)
            return error_no_memory(error);
        queries.at[queries.count++] = query;
    }
    if (queries.count == 0)
        return error_set(error, PINAKES_BAD_INPUT, "%s: there is no query in it", file);
    const pinakes_status status = refuse_twice(arena, file, &queries, error);
    if (status == PINAKES_OK)
        *out = queries;
    return status;
}
