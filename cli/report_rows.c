/* A keyword report as one table: CSV and TSV. */
#include "cli/memory.h"
#include "cli/report.h"

#include <stdlib.h>

enum { ROW_CELLS = 17 };

static const struct column columns[ROW_CELLS] = {
    {.name = "section"},  {.name = "keyword"}, {.name = "query"},  {.name = "line"},    {.name = "found"},
    {.name = "rank"},     {.name = "key"},     {.name = "title"},  {.name = "authors"}, {.name = "year"},
    {.name = "venue"},    {.name = "url"},     {.name = "topics"}, {.name = "score"},   {.name = "source"},
    {.name = "evidence"}, {.name = "why"},
};

static void print_paper(struct printer *printer, const pinakes_keyword *keyword, size_t place)
{
    const pinakes_hit *hit = &keyword->hits[place];
    const char **topics = memory_array(hit->topic_count, sizeof *topics);
    for (size_t i = 0; i < hit->topic_count; i++) {
        topics[i] = hit->topics[i].topic;
    }
    const pinakes_evidence *proof = hit->evidence_count > 0 ? &hit->evidence[0] : NULL;
    char *source = proof ? memory_format("%s:%u", proof->file, proof->line) : NULL;
    const struct value cells[ROW_CELLS] = {
        value_text(keyword->section),
        value_text(keyword->label),
        value_text(keyword->query),
        value_count(keyword->line),
        value_count(keyword->found),
        value_count(place + 1),
        value_text(hit->key),
        value_text(hit->title),
        value_texts(hit->authors, hit->author_count),
        value_year(hit->year),
        value_text(hit->venue),
        value_text(hit->url),
        value_texts(topics, hit->topic_count),
        value_real(hit->score),
        value_text(source),
        proof ? value_bytes(proof->text, proof->bytes) : value_none(),
        value_none(),
    };
    printer_row(printer, cells);
    free(source);
    free(topics);
}

static void print_without(struct printer *printer, const pinakes_report *report, const pinakes_keyword *keyword)
{
    char *why = report_why(report, keyword);
    struct value cells[ROW_CELLS] = {
        value_text(keyword->section), value_text(keyword->label),  value_text(keyword->query),
        value_count(keyword->line),   value_count(keyword->found),
    };
    cells[ROW_CELLS - 1] = value_text(why);
    printer_row(printer, cells);
    free(why);
}

void report_print_rows(struct printer *printer, const pinakes_report *report)
{
    static const struct table table = {"papers", columns, ROW_CELLS};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < report->keyword_count; i++) {
        const pinakes_keyword *keyword = &report->keywords[i];
        for (size_t j = 0; j < keyword->hit_count; j++) {
            print_paper(printer, keyword, j);
        }
        if (keyword->found == 0) {
            print_without(printer, report, keyword);
        }
    }
    printer_table_close(printer);
}
