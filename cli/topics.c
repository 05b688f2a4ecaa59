/* `pinakes topics`: the topics with their counts, the papers of one, or all of them against labels. */
#include "cli/closest.h"
#include "cli/matrix.h"
#include "cli/memory.h"
#include "cli/program.h"
#include "cli/topics_check.h"
#include "cli/topics_suggest.h"

#include <stdlib.h>
#include <string.h>

static void print_topics(struct printer *printer, const pinakes_topics *topics)
{
    static const struct column columns[] = {
        {.name = "name", .label = "topic"},
        {.name = "papers", .label = "papers", .is_number = true, .has_bar = true},
        {.name = "title", .label = "about"},
    };
    static const struct table table = {"topics", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < topics->topic_count; i++) {
        const pinakes_topic *topic = &topics->topics[i];
        const struct value cells[] = {value_text(topic->name), value_count(topic->papers), value_text(topic->title)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
    printer_fact(printer, "without", NULL, value_count(topics->without));
    printer_fact(printer, "out_of", NULL, value_count(topics->out_of));
}

static int list_topics(const struct program *program, const pinakes_topics *topics)
{
    struct report report;
    report_open(&report, program);
    print_topics(report.printer, topics);
    const int code = report_close(&report, EXIT_FOUND);
    if (program->format == FORMAT_TEXT && !program->quiet && code == EXIT_FOUND) {
        remark("%llu of %llu papers in no topic", (unsigned long long)topics->without,
               (unsigned long long)topics->out_of);
    }
    return code;
}

static int unknown_topic(const char *name, const pinakes_topics *topics)
{
    const char **names = memory_array(topics->topic_count, sizeof *names);
    for (size_t i = 0; i < topics->topic_count; i++) {
        names[i] = topics->topics[i].name;
    }
    const char *closest = closest_name(name, names, topics->topic_count);
    char *all = memory_join(names, topics->topic_count, ", ");
    if (closest) {
        complain("there is no topic '%s'; did you mean %s?", name, closest);
    } else {
        complain("there is no topic '%s'; there are: %s", name, all);
    }
    free(all);
    free(names);
    return EXIT_NONE;
}

static double score_in(const struct entry *entry, const char *topic)
{
    const pinakes_assignment *assignment = entry_topic(entry, topic);
    return assignment ? assignment->score : 0;
}

/* A paper and its place: the surest first, else in the order of the search. */
struct ranked {
    struct entry entry;
    double score;
    size_t place;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static void print_ranked(struct printer *printer, const pinakes_results *results, const struct paper_list *list)
{
    struct ranked *ranked = memory_array(results->hit_count, sizeof *ranked);
    for (size_t i = 0; i < results->hit_count; i++) {
        ranked[i].entry = entry_of_hit(&results->hits[i], 0);
        ranked[i].score = score_in(&ranked[i].entry, list->topic);
        ranked[i].place = i;
    }
    qsort(ranked, results->hit_count, sizeof *ranked, compare_ranked);
    printer_papers_open(printer, list);
    for (size_t i = 0; i < results->hit_count; i++) {
        ranked[i].entry.rank = i + 1;
        printer_paper(printer, &ranked[i].entry);
    }
    printer_papers_close(printer);
    free(ranked);
}

static int print_papers(const struct program *program, const pinakes_results *results, const pinakes_topic *topic)
{
    const struct paper_list list = {.name = "hits", .view = VIEW_TOPIC, .topic = topic->name, .title = topic->title};
    struct report report;
    report_open(&report, program);
    printer_fact(report.printer, "topic", NULL, value_text(topic->name));
    printer_fact(report.printer, "title", NULL, value_text(topic->title));
    printer_fact(report.printer, "found", NULL, value_count(results->found));
    printer_fact(report.printer, "out_of", NULL, value_count(results->out_of));
    print_ranked(report.printer, results, &list);
    const int code = report_close(&report, results->found > 0 ? EXIT_FOUND : EXIT_NONE);
    if (program->format == FORMAT_TEXT && !program->quiet && code != EXIT_TROUBLE) {
        remark("%llu of %llu papers in %s", (unsigned long long)results->found, (unsigned long long)results->out_of,
               topic->name);
    }
    return code;
}

static int show_topic(const struct program *program, pinakes_library *library, const pinakes_topics *topics,
                      const char *name)
{
    const pinakes_topic *topic = NULL;
    for (size_t i = 0; i < topics->topic_count && !topic; i++) {
        topic = strcmp(topics->topics[i].name, name) == 0 ? &topics->topics[i] : NULL;
    }
    if (!topic) {
        return unknown_topic(name, topics);
    }
    const pinakes_search_options search = {
        .limit = SIZE_MAX, .evidence_limit = 1, .topic_count = 1, .topics = &topic->name};
    pinakes_results *results;
    pinakes_error error;
    if (pinakes_search(library, "", &search, &results, &error) != PINAKES_OK) {
        return complain("%s", error.message);
    }
    complain_notice(results->notice);
    const int code = print_papers(program, results, topic);
    pinakes_results_free(results);
    return code;
}

/* ---- topics by year or venue ----------------------------------------------------------------------------- */

enum { OPTION_MATRIX = 1, OPTION_TOPICS, OPTION_LIMIT };

static const struct option_spec specs[] = {
    {OPTION_MATRIX, 0, "matrix", "BY", "papers of each topic by 'year' or 'venue'"},
    {OPTION_TOPICS, 0, "topics", "FILE", "check these topics instead of the library's"},
    {OPTION_LIMIT, 'n', "limit", "N", "suggest N topics (5)"},
};

static int show_matrix(const struct program *program, pinakes_library *library, const char *by)
{
    pinakes_matrix *matrix;
    pinakes_error error;
    if (pinakes_topic_matrix(library, by, &matrix, &error) != PINAKES_OK) {
        return complain("%s", error.message);
    }
    const struct matrix_view view = {.matrix = matrix,
                                     .name = "matrix",
                                     .row_name = "topic",
                                     .row_label = "topic",
                                     .is_by_year = strcmp(by, "year") == 0};
    struct report report;
    report_open(&report, program);
    matrix_print(report.printer, program->format, &view);
    const int code = report_close(&report, EXIT_FOUND);
    if (program->format == FORMAT_TEXT && !program->quiet && code == EXIT_FOUND) {
        remark("the papers of a cell: pinakes search 'topic:TOPIC %s:...'%s", by,
               view.is_by_year ? "; of every cell: pinakes report --topics -o topics.html" : "");
    }
    pinakes_matrix_free(matrix);
    return code;
}

/* ---- the command ----------------------------------------------------------------------------------------- */

struct topics_request {
    const char *matrix_by;   /* "year" or "venue", or NULL */
    const char *topics_file; /* to check, or NULL */
    size_t limit;            /* of suggestions; 0: the usual */
};

static bool choose_matrix(struct topics_request *request, const char *value)
{
    static const char *const choices[] = {"year", "venue"};
    size_t choice;
    if (!option_choice("--matrix", value, choices, sizeof choices / sizeof choices[0], &choice)) {
        return false;
    }
    request->matrix_by = choices[choice];
    return true;
}

static bool take_option(void *context, int id, const char *value)
{
    struct topics_request *request = context;
    switch (id) {
    case OPTION_TOPICS:
        request->topics_file = value;
        return true;
    case OPTION_LIMIT:
        return option_count("--limit", value, 1, &request->limit);
    default:
        return choose_matrix(request, value);
    }
}

static int list_or_show(const struct program *program, const char *name, const char *by)
{
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    pinakes_topics *topics;
    pinakes_error error;
    int code;
    if (by) {
        code = show_matrix(program, library, by);
    } else if (pinakes_list_topics(library, &topics, &error) != PINAKES_OK) {
        code = complain("%s", error.message);
    } else {
        code = name ? show_topic(program, library, topics, name) : list_topics(program, topics);
        pinakes_topics_free(topics);
    }
    pinakes_close(library);
    return code;
}

static int run_topics(struct program *program, struct options *options)
{
    struct topics_request request = {0};
    if (!program_read_options(program, options, take_option, &request)) {
        return program->exit_status;
    }
    if (request.matrix_by && options->word_count > 0) {
        return complain("--matrix is of all topics: pinakes topics --matrix %s", request.matrix_by);
    }
    if (options->word_count == 1 && strcmp(options->words[0], "check") == 0) {
        return complain("check by which labels? Name their file: pinakes topics check LABELS");
    }
    if (options->word_count == 2 && strcmp(options->words[0], "check") == 0) {
        return topics_check_run(program, options->words[1], request.topics_file);
    }
    if (options->word_count == 1 && strcmp(options->words[0], "suggest") == 0) {
        return topics_suggest_run(program, request.limit);
    }
    if (options->word_count > 1 || request.topics_file || request.limit > 0) {
        return complain("topics takes one name, a file of labels, or nothing: pinakes topics [NAME | check LABELS | "
                        "suggest]");
    }
    return list_or_show(program, options->word_count == 0 ? NULL : options->words[0], request.matrix_by);
}

const struct command command_topics = {
    .name = "topics",
    .arguments = "[NAME | check LABELS | suggest]",
    .summary = "the topics and their papers",
    .about = "Prints the topics of the library and the number of papers in each; or the papers\n"
             "of one topic, the surest first, each with its score and the rules that gave it.\n"
             "A paper may be in several topics.\n\n"
             "With check, judges the papers of a label file by the topics: precision, recall\n"
             "and F1 of each, and every paper that was missed or wrongly taken, with the rules\n"
             "that caused it. The file is tab-separated and its first line names the columns:\n"
             "topics (apart by commas) and title or key; year, venue and abstract help.\n\n"
             "With suggest, proposes topics for the papers that are in none, as text for a\n"
             "topics file.\n",
    .examples = "  pinakes topics\n"
                "  pinakes topics far-memory\n"
                "  pinakes topics far-memory --format md >> related-work.md\n"
                "  pinakes topics --matrix year\n"
                "  pinakes topics suggest >> my-topics.ini\n"
                "  pinakes topics check labels.tsv --topics my-topics.ini\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_topics,
};
