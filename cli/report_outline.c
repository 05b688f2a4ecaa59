/* A keyword report as text, JSON or Markdown: what it says, in order, to whichever printer. */
#include "cli/memory.h"
#include "cli/report.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the head -------------------------------------------------------------------------------------------- */

static void print_head(struct printer *printer, const pinakes_report *report)
{
    char *keywords = memory_format("%zu in %s, %" PRIu64 " of them with a paper", report->keyword_count, report->name,
                                   report->keywords_found);
    char *covered = report_papers_text(report, report->covered);
    char *searched = memory_format("%" PRIu64 " searched, %" PRIu64 " of them without text; the keywords find %s",
                                   report->out_of, report->without_text, covered);
    char *since = report_since_text(report);
    char *fresh = since ? memory_format("%" PRIu64 " papers %s", report->fresh, since) : NULL;
    char *stamp = memory_format("generation %" PRIu64 ", pinakes %s", report->generation, report->version);
    const struct fact facts[] = {
        {NULL, "keywords", value_text(keywords)},
        {NULL, "papers", value_text(searched)},
        {NULL, fresh ? "new" : NULL, value_text(fresh)},
        {NULL, "library", value_text(stamp)},
        {"name", NULL, value_text(report->name)},
        {"version", NULL, value_text(report->version)},
        {"generation", NULL, value_count(report->generation)},
        {"since", NULL, report->is_since ? value_count(report->since) : value_none()},
        {"since_day", NULL, value_text(report->since_day)},
        {"out_of", NULL, value_count(report->out_of)},
        {"without_text", NULL, value_count(report->without_text)},
        {"reported", NULL, value_count(report->fresh)},
        {"covered", NULL, value_count(report->covered)},
        {"keyword_count", NULL, value_count(report->keyword_count)},
        {"keywords_found", NULL, value_count(report->keywords_found)},
    };
    printer_heading(printer, 1, "Keyword report");
    printer_record(printer, facts, sizeof facts / sizeof facts[0]);
    free(stamp);
    free(fresh);
    free(since);
    free(searched);
    free(covered);
    free(keywords);
}

/* ---- all keywords together ------------------------------------------------------------------------------- */

static void print_overlaps(struct printer *printer, const pinakes_report *report)
{
    static const struct column columns[] = {
        {.name = "first", .label = "keyword"},
        {.name = "second", .label = "and"},
        {.name = "shared", .label = "papers of both", .is_number = true},
        {.name = "jaccard", .label = "Jaccard", .is_number = true},
    };
    static const struct table table = {"overlaps", columns, sizeof columns / sizeof columns[0]};
    if (report->overlap_count > 0) {
        printer_heading(printer, 2, "Keywords that share papers");
    }
    printer_table_open(printer, &table);
    for (size_t i = 0; i < report->overlap_count; i++) {
        const pinakes_overlap *overlap = &report->overlaps[i];
        const struct value cells[] = {
            value_text(report->keywords[overlap->first].label),
            value_text(report->keywords[overlap->second].label),
            value_count(overlap->shared),
            value_real(round(overlap->jaccard * 1000) / 1000),
        };
        printer_row(printer, cells);
    }
    printer_table_close(printer);
    printer_fact(printer, "overlap_total", NULL, value_count(report->overlap_total));
}

static void print_missing(struct printer *printer, const pinakes_report *report)
{
    static const struct column columns[] = {
        {.name = "line", .label = "line", .is_number = true},
        {.name = "keyword", .label = "keyword"},
        {.name = "why", .label = "why"},
    };
    static const struct table table = {"without_papers", columns, sizeof columns / sizeof columns[0]};
    if (report->keywords_found < report->keyword_count) {
        printer_heading(printer, 2, report->is_since ? "Keywords without a new paper" : "Keywords without a paper");
    }
    printer_table_open(printer, &table);
    for (size_t i = 0; i < report->keyword_count; i++) {
        const pinakes_keyword *keyword = &report->keywords[i];
        char *why = report_why(report, keyword);
        if (why) {
            const struct value cells[] = {value_count(keyword->line), value_text(keyword->label), value_text(why)};
            printer_row(printer, cells);
        }
        free(why);
    }
    printer_table_close(printer);
}

/* ---- one keyword ----------------------------------------------------------------------------------------- */

static char *companions_text(const pinakes_keyword *keyword)
{
    const char **words = memory_array(keyword->companion_count, sizeof *words);
    for (size_t i = 0; i < keyword->companion_count; i++) {
        words[i] = keyword->companions[i].word;
    }
    char *text = keyword->companion_count > 0 ? memory_join(words, keyword->companion_count, ", ") : NULL;
    free(words);
    return text;
}

static void print_facts(struct printer *printer, const pinakes_report *report, size_t number)
{
    const pinakes_keyword *keyword = &report->keywords[number];
    const bool is_named = strcmp(keyword->label, keyword->query) != 0;
    char *years = report_row_text(&report->years, number, true);
    char *topics = report_row_text(&report->topics, number, false);
    char *companions = companions_text(keyword);
    const struct fact facts[] = {
        {"section", NULL, value_text(keyword->section)},
        {"label", NULL, value_text(keyword->label)},
        {"query", is_named ? "query" : NULL, value_text(keyword->query)},
        {"reading", NULL, value_text(keyword->reading)},
        {"relaxed", NULL, value_flag(keyword->relaxed)},
        {NULL, keyword->relaxed ? "note" : NULL, value_text("no paper has all of these words; these have some")},
        {"line", NULL, value_count(keyword->line)},
        {"found", NULL, value_count(keyword->found)},
        {"found_all", NULL, value_count(keyword->found_all)},
        {NULL, years ? "years" : NULL, value_text(years)},
        {NULL, topics ? "topics" : NULL, value_text(topics)},
        {NULL, companions ? "travels with" : NULL, value_text(companions)},
    };
    printer_record(printer, facts, sizeof facts / sizeof facts[0]);
    free(companions);
    free(topics);
    free(years);
}

/* The row of a matrix, for programs. */
static void print_counts(struct printer *printer, const char *name, const pinakes_matrix *matrix, size_t row)
{
    static const struct column columns[] = {{.name = "value"}, {.name = "papers", .is_number = true}};
    const struct table table = {name, columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < matrix->column_count; i++) {
        const uint64_t count = matrix->counts[row * matrix->column_count + i];
        const struct value cells[] = {value_text(matrix->columns[i]), value_count(count)};
        if (count > 0) {
            printer_row(printer, cells);
        }
    }
    printer_table_close(printer);
}

static void print_companions(struct printer *printer, const pinakes_keyword *keyword)
{
    static const struct column columns[] = {
        {.name = "word"}, {.name = "papers"}, {.name = "out_of"}, {.name = "score"}};
    static const struct table table = {"companions", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < keyword->companion_count; i++) {
        const pinakes_companion *companion = &keyword->companions[i];
        const struct value cells[] = {value_text(companion->word), value_count(companion->papers),
                                      value_count(companion->out_of), value_real(round(companion->score * 100) / 100)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
}

static void print_words(struct printer *printer, const pinakes_keyword *keyword)
{
    static const struct column columns[] = {
        {.name = "word"}, {.name = "papers"}, {.name = "without"}, {.name = "closest"}};
    static const struct table table = {"words", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < keyword->word_count; i++) {
        const pinakes_word_report *word = &keyword->words[i];
        const struct value cells[] = {value_text(word->word), value_count(word->papers), value_count(word->without),
                                      value_texts(word->closest, word->closest_count)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
}

static void print_papers(struct printer *printer, const pinakes_keyword *keyword)
{
    static const struct paper_list list = {.name = "papers", .view = VIEW_HIT};
    printer_papers_open(printer, &list);
    for (size_t i = 0; i < keyword->hit_count; i++) {
        const struct entry entry = entry_of_hit(&keyword->hits[i], i + 1);
        printer_paper(printer, &entry);
    }
    printer_papers_close(printer);
}

static void print_keyword(struct printer *printer, const pinakes_report *report, size_t number)
{
    const pinakes_keyword *keyword = &report->keywords[number];
    char *papers = report_papers_text(report, keyword->found);
    char *shown =
        keyword->hit_count < keyword->found ? memory_format(", %zu shown", keyword->hit_count) : memory_copy("", 0);
    char *title = memory_format("%s: %s%s", keyword->label, papers, shown);
    printer_item_open(printer, title);
    print_facts(printer, report, number);
    print_counts(printer, "years", &report->years, number);
    print_counts(printer, "topics", &report->topics, number);
    print_companions(printer, keyword);
    print_words(printer, keyword);
    print_papers(printer, keyword);
    printer_item_close(printer);
    free(title);
    free(shown);
    free(papers);
}

/* People have read already which keywords have no paper. */
static void print_keywords(struct printer *printer, enum format format, const pinakes_report *report)
{
    const char *section = "";
    printer_items_open(printer, "keywords");
    for (size_t i = 0; i < report->keyword_count; i++) {
        const pinakes_keyword *keyword = &report->keywords[i];
        if (keyword->found == 0 && format != FORMAT_JSON) {
            continue;
        }
        if (strcmp(section, keyword->section) != 0) {
            section = keyword->section;
            printer_heading(printer, 2, *section ? section : "Other keywords");
        }
        print_keyword(printer, report, i);
    }
    printer_items_close(printer);
}

void report_print_matrix(struct printer *printer, enum format format, const pinakes_report *report)
{
    const struct matrix_view view = report_matrix_view(report);
    matrix_print(printer, format, &view);
}

void report_print(struct printer *printer, enum format format, const pinakes_report *report)
{
    print_head(printer, report);
    printer_heading(printer, 2, "Keywords by year");
    report_print_matrix(printer, format, report);
    print_overlaps(printer, report);
    print_missing(printer, report);
    print_keywords(printer, format, report);
}
