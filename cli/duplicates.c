/* `pinakes duplicates`: records that are joined into one paper, and papers that perhaps should be. */
#include "cli/memory.h"
#include "cli/program.h"

#include <inttypes.h>
#include <stdlib.h>

enum { OPTION_SURE = 1 };

static const struct option_spec specs[] = {
    {OPTION_SURE, 0, "sure", NULL, "leave out what is only perhaps one paper"},
};

static void print_table_of(struct printer *printer, const pinakes_duplicates *duplicates, bool only_sure)
{
    static const struct column columns[] = {{.name = "group", .label = "group", .is_number = true},
                                            {.name = "reason", .label = "because of"},
                                            {.name = "key", .label = "key"},
                                            {.name = "source", .label = "source"},
                                            {.name = "title", .label = "title"}};
    static const struct table table = {"duplicates", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < duplicates->group_count; i++) {
        const pinakes_duplicate_group *group = &duplicates->groups[i];
        for (size_t j = 0; j < group->paper_count && (group->is_sure || !only_sure); j++) {
            char *source = memory_format("%s:%" PRIu32, group->papers[j].file, group->papers[j].line);
            const struct value cells[] = {value_count(i + 1), value_text(group->reason),
                                          value_text(group->papers[j].key), value_text(source),
                                          value_text(group->papers[j].title)};
            printer_row(printer, cells);
            free(source);
        }
    }
    printer_table_close(printer);
}

static void print_group(struct printer *printer, const pinakes_duplicate_group *group)
{
    static const struct column columns[] = {{.name = "key", .label = "key"},
                                            {.name = "year", .label = "year", .is_number = true},
                                            {.name = "venue", .label = "venue"},
                                            {.name = "source", .label = "source"},
                                            {.name = "title", .label = "title"}};
    static const struct table table = {"papers", columns, sizeof columns / sizeof columns[0]};
    const char *state = group->is_joined ? "One paper" : group->is_sure ? "The same, kept apart" : "Perhaps the same";
    char *title = memory_format("%s: %s", state, group->reason);
    printer_item_open(printer, title);
    printer_fact(printer, "reason", NULL, value_text(group->reason));
    printer_fact(printer, "joined", NULL, value_flag(group->is_joined));
    printer_fact(printer, "sure", NULL, value_flag(group->is_sure));
    printer_table_open(printer, &table);
    for (size_t i = 0; i < group->paper_count; i++) {
        const pinakes_duplicate *paper = &group->papers[i];
        char *source = memory_format("%s:%" PRIu32, paper->file, paper->line);
        const struct value cells[] = {value_text(paper->key), value_year(paper->year), value_text(paper->venue),
                                      value_text(source), value_text(paper->title)};
        printer_row(printer, cells);
        free(source);
    }
    printer_table_close(printer);
    printer_item_close(printer);
    free(title);
}

static size_t count_groups(const pinakes_duplicates *duplicates, bool only_sure)
{
    size_t count = 0;
    for (size_t i = 0; i < duplicates->group_count; i++) {
        count += duplicates->groups[i].is_sure || !only_sure ? 1 : 0;
    }
    return count;
}

static int print_duplicates(const struct program *program, const pinakes_duplicates *duplicates, bool only_sure)
{
    struct report report;
    report_open(&report, program);
    if (program->format == FORMAT_CSV || program->format == FORMAT_TSV) {
        print_table_of(report.printer, duplicates, only_sure);
    } else {
        printer_fact(report.printer, "out_of", NULL, value_count(duplicates->out_of));
        printer_items_open(report.printer, "groups");
        for (size_t i = 0; i < duplicates->group_count; i++) {
            if (duplicates->groups[i].is_sure || !only_sure) {
                print_group(report.printer, &duplicates->groups[i]);
            }
        }
        printer_items_close(report.printer);
    }
    const size_t groups = count_groups(duplicates, only_sure);
    const int code = report_close(&report, groups > 0 ? EXIT_FOUND : EXIT_NONE);
    if (!program->quiet && program->format == FORMAT_TEXT && code != EXIT_TROUBLE) {
        remark("%zu group%s of records that are or may be one paper, among %" PRIu64, groups, groups == 1 ? "" : "s",
               duplicates->out_of);
    }
    return code;
}

static int run_duplicates(struct program *program, struct options *options)
{
    bool only_sure = false;
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        if (id == OPTION_STOP) {
            return program->exit_status;
        }
        only_sure = true;
    }
    if (options->word_count > 0) {
        return complain("duplicates takes no words: it looks through the whole library");
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    pinakes_duplicates *duplicates;
    pinakes_error error;
    int code;
    if (pinakes_find_duplicates(library, &duplicates, &error) == PINAKES_OK) {
        code = print_duplicates(program, duplicates, only_sure);
        pinakes_duplicates_free(duplicates);
    } else {
        code = complain("%s", error.message);
    }
    pinakes_close(library);
    return code;
}

const struct command command_duplicates = {
    .name = "duplicates",
    .arguments = "",
    .summary = "papers that several sources have",
    .about = "Prints what 'pinakes index' joined, records of one paper by DOI, by arXiv\n"
             "identifier, by title, first author and year, or by titles that differ when all\n"
             "authors, the year and the abstracts agree; then papers that are perhaps one: of\n"
             "two titles one begins with the other, or nine of ten words agree.\n"
             "Lines in duplicates.txt beside the library decide otherwise at the next index:\n"
             "\n"
             "  oasis2025 = zhang-oasis25       are one paper\n"
             "  orca2022 != orca-journal24      are two\n"
             "\n"
             "Exit status 1 means that there are none.\n",
    .examples = "  pinakes duplicates\n"
                "  pinakes duplicates --sure --format csv > twice.csv\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_duplicates,
};
