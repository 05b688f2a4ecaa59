#include "cli/topics_suggest.h"

#include <inttypes.h>
#include <stdlib.h>

/* For people and pipes: the very text of a topics file. */
static int print_text(const struct program *program, const pinakes_topic_suggestions *suggestions)
{
    struct output output;
    output_open(&output, program->color, !program->no_pager);
    for (size_t i = 0; i < suggestions->topic_count; i++) {
        fprintf(output.file, "%s%s", i > 0 ? "\n" : "", suggestions->topics[i].text);
    }
    if (!output_close(&output)) {
        return EXIT_TROUBLE;
    }
    return suggestions->topic_count > 0 ? EXIT_FOUND : EXIT_NONE;
}

static void print_topic(struct printer *printer, const pinakes_topic_suggestion *topic)
{
    static const struct column columns[] = {{.name = "key", .label = "key"}, {.name = "title", .label = "paper"}};
    static const struct table table = {"papers", columns, sizeof columns / sizeof columns[0]};
    printer_item_open(printer, topic->name);
    printer_fact(printer, "name", NULL, value_text(topic->name));
    printer_fact(printer, "text", NULL, value_text(topic->text));
    printer_table_open(printer, &table);
    for (size_t i = 0; i < topic->paper_count; i++) {
        const struct value cells[] = {value_text(topic->papers[i].key), value_text(topic->papers[i].title)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
    printer_item_close(printer);
}

/* One row a topic and paper, for programs that want tables. */
static void print_table(struct printer *printer, const pinakes_topic_suggestions *suggestions)
{
    static const struct column columns[] = {
        {.name = "topic", .label = "topic"}, {.name = "key", .label = "key"}, {.name = "title", .label = "paper"}};
    static const struct table table = {"topics", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < suggestions->topic_count; i++) {
        const pinakes_topic_suggestion *topic = &suggestions->topics[i];
        for (size_t j = 0; j < topic->paper_count; j++) {
            const struct value cells[] = {value_text(topic->name), value_text(topic->papers[j].key),
                                          value_text(topic->papers[j].title)};
            printer_row(printer, cells);
        }
    }
    printer_table_close(printer);
}

static int print_report(const struct program *program, const pinakes_topic_suggestions *suggestions)
{
    struct report report;
    report_open(&report, program);
    if (program->format == FORMAT_CSV || program->format == FORMAT_TSV) {
        print_table(report.printer, suggestions);
    } else {
        printer_fact(report.printer, "without", NULL, value_count(suggestions->without));
        printer_items_open(report.printer, "topics");
        for (size_t i = 0; i < suggestions->topic_count; i++) {
            print_topic(report.printer, &suggestions->topics[i]);
        }
        printer_items_close(report.printer);
    }
    return report_close(&report, suggestions->topic_count > 0 ? EXIT_FOUND : EXIT_NONE);
}

int topics_suggest_run(const struct program *program, size_t limit)
{
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    pinakes_topic_suggestions *suggestions;
    pinakes_error error;
    int code;
    if (pinakes_suggest_topics(library, limit, &suggestions, &error) == PINAKES_OK) {
        const bool is_text = program->format == FORMAT_TEXT;
        code = is_text ? print_text(program, suggestions) : print_report(program, suggestions);
        if (is_text && !program->quiet && code != EXIT_TROUBLE) {
            remark("%zu topic%s for %" PRIu64 " papers in no topic; put what you like into a file and run: pinakes "
                   "index --topics FILE PATH",
                   suggestions->topic_count, suggestions->topic_count == 1 ? "" : "s", suggestions->without);
        }
        pinakes_topic_suggestions_free(suggestions);
    } else {
        code = complain("%s", error.message);
    }
    pinakes_close(library);
    return code;
}
