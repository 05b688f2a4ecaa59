#include "cli/topics_check.h"

#include "cli/memory.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Four decimals are more than any label file can tell apart. */
static struct value value_share(double share)
{
    return value_real(round(share * 1e4) / 1e4);
}

static void print_measures(struct printer *printer, const pinakes_topic_check *check)
{
    static const struct column columns[] = {
        {.name = "name", .label = "topic"},
        {.name = "labelled", .label = "labelled", .is_number = true},
        {.name = "assigned", .label = "assigned", .is_number = true},
        {.name = "right", .label = "right", .is_number = true},
        {.name = "precision", .label = "precision", .is_number = true},
        {.name = "recall", .label = "recall", .is_number = true},
        {.name = "f1", .label = "F1", .is_number = true},
    };
    static const struct table table = {"topics", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < check->measure_count; i++) {
        const pinakes_topic_measure *topic = &check->measures[i];
        const struct value cells[] = {value_text(topic->name),       value_count(topic->labelled),
                                      value_count(topic->assigned),  value_count(topic->right),
                                      value_share(topic->precision), value_share(topic->recall),
                                      value_share(topic->f1)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
}

/* Those that a topic missed, or those wrongly in it. */
static void print_misjudged(struct printer *printer, const pinakes_topic_check *check, bool missed)
{
    const struct column columns[] = {
        {.name = "line", .label = "line", .is_number = true},
        {.name = "topic", .label = "topic"},
        {.name = "score", .label = "score", .is_number = true},
        {.name = "threshold", .label = "of", .is_number = true},
        {.name = "key", .label = NULL},
        {.name = "title", .label = missed ? "missed" : "wrongly taken"},
        {.name = "cause", .label = "because of"},
    };
    const struct table table = {missed ? "missed" : "wrong", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < check->misjudged_count; i++) {
        const pinakes_misjudged *paper = &check->misjudged[i];
        const struct value cells[] = {value_count(paper->line),     value_text(paper->topic), value_real(paper->score),
                                      value_real(paper->threshold), value_text(paper->key),   value_text(paper->title),
                                      value_text(paper->cause)};
        if (paper->is_labelled == missed) {
            printer_row(printer, cells);
        }
    }
    printer_table_close(printer);
}

static int print_check(const struct program *program, const pinakes_topic_check *check)
{
    struct report report;
    report_open(&report, program);
    struct printer *printer = report.printer;
    printer_fact(printer, "papers", NULL, value_count(check->papers));
    printer_fact(printer, "in_library", NULL, value_count(check->in_library));
    printer_fact(printer, "missing", NULL, value_count(check->missing));
    printer_fact(printer, "macro_precision", NULL, value_share(check->precision));
    printer_fact(printer, "macro_recall", NULL, value_share(check->recall));
    printer_fact(printer, "macro_f1", "macro F1", value_share(check->f1));
    print_measures(printer, check);
    printer_group_open(printer, "misjudged");
    print_misjudged(printer, check, true);
    print_misjudged(printer, check, false);
    printer_group_close(printer);
    return report_close(&report, check->papers > 0 ? EXIT_FOUND : EXIT_NONE);
}

static void tell(const pinakes_topic_check *check)
{
    remark("%" PRIu64 " paper%s judged, %" PRIu64 " of them with the text of the library", check->papers,
           check->papers == 1 ? "" : "s", check->in_library);
    if (check->missing > 0) {
        remark("not judged: %" PRIu64 " whose key is not in the library", check->missing);
    }
    if (check->unknown_count > 0) {
        char *names = memory_join(check->unknown, check->unknown_count, ", ");
        remark("not judged, for there is no such topic: %s", names);
        free(names);
    }
}

/* The library there is, or NULL: labels with titles need none. False after saying why it cannot be opened. */
static bool open_library(const struct program *program, pinakes_library **library)
{
    char path[PATH_MAX];
    pinakes_error error;
    *library = NULL;
    if (program->library) {
        *library = program_library(program, PINAKES_READ);
        return *library != NULL;
    }
    if (!program_library_path(program, path, sizeof path)) {
        return false;
    }
    const pinakes_status status = pinakes_open(path, PINAKES_READ, library, &error);
    if (status != PINAKES_OK && status != PINAKES_NO_LIBRARY) {
        complain("%s", error.message);
        return false;
    }
    return true;
}

int topics_check_run(const struct program *program, const char *labels_file, const char *topics_file)
{
    pinakes_library *library;
    pinakes_topic_check *check;
    pinakes_error error;
    if (!open_library(program, &library)) {
        return EXIT_TROUBLE;
    }
    int code;
    if (pinakes_check_topics(library, labels_file, topics_file, &check, &error) != PINAKES_OK) {
        code = complain("%s", error.message);
    } else {
        code = print_check(program, check);
        if (!program->quiet && program->format == FORMAT_TEXT && code != EXIT_TROUBLE) {
            tell(check);
        }
        pinakes_topic_check_free(check);
    }
    pinakes_close(library);
    return code;
}
