/* `pinakes report`: what the library has on each of many keywords. */
#include "cli/report.h"

#include "cli/input.h"
#include "cli/memory.h"
#include "cli/output_file.h"
#include "cli/program.h"
#include "cli/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    OPTION_LIMIT = 1,
    OPTION_SINCE,
    OPTION_WORDS,
    OPTION_OVERLAPS,
    OPTION_MATRIX,
    OPTION_OUTPUT,
    OPTION_THREADS,
    OPTION_TOPICS,
};

static const struct option_spec specs[] = {
    {OPTION_LIMIT, 'n', "limit", "N", "papers of each keyword, or 'all'; 10 unless told"},
    {OPTION_SINCE, 0, "since", "WHEN", "only what is new since a generation or a day"},
    {OPTION_WORDS, 0, "words", "N", "words that travel with each keyword; 8 unless told"},
    {OPTION_OVERLAPS, 0, "overlaps", "N", "pairs of keywords that share papers; 50 unless told"},
    {OPTION_MATRIX, 0, "matrix", NULL, "only the matrix of keywords by year"},
    {OPTION_OUTPUT, 'o', "output", "FILE", "write there; .md, .html, .json, ... choose the format"},
    {OPTION_THREADS, 0, "threads", "N", "threads; one for each processor unless told"},
    {OPTION_TOPICS, 0, "topics", NULL, "no file but the library's topics, with all their papers"},
};

struct report_request {
    pinakes_report_options options;
    bool matrix_only, on_topics;
    const char *output; /* NULL: standard output */
};

/* ---- the command line ------------------------------------------------------------------------------------ */

/* "0" is none at all, which a 0 in the options is not. */
static bool count_or_none(const char *option, const char *value, size_t *out)
{
    size_t count;
    if (!option_count(option, value, 0, &count)) {
        return false;
    }
    *out = count == 0 ? PINAKES_NONE : count;
    return true;
}

static bool count_or_all(const char *option, const char *value, size_t *out)
{
    if (strcmp(value, "all") == 0) {
        *out = SIZE_MAX;
        return true;
    }
    return count_or_none(option, value, out);
}

static bool take_option(void *context, int id, const char *value)
{
    struct report_request *request = context;
    pinakes_report_options *options = &request->options;
    size_t count;
    switch (id) {
    case OPTION_LIMIT:
        return count_or_all("--limit", value, &options->paper_limit);
    case OPTION_SINCE:
        options->since = value;
        return true;
    case OPTION_WORDS:
        return count_or_none("--words", value, &options->companion_limit);
    case OPTION_OVERLAPS:
        return count_or_all("--overlaps", value, &options->overlap_limit);
    case OPTION_MATRIX:
        request->matrix_only = true;
        return true;
    case OPTION_OUTPUT:
        request->output = value;
        return true;
    case OPTION_TOPICS:
        request->on_topics = true;
        return true;
    default:
        if (!option_count("--threads", value, 1, &count)) {
            return false;
        }
        options->threads = count < 1024 ? (unsigned)count : 1024;
        return true;
    }
}

/* The format that the name of the file asks for, when --format does not; a name without an ending asks for none. False
 * after saying so when its ending is that of no format. */
static bool format_of_name(const char *path, enum format *out)
{
    static const struct {
        const char *ending;
        enum format format;
    } endings[] = {
        {".md", FORMAT_MARKDOWN}, {".html", FORMAT_HTML}, {".htm", FORMAT_HTML},  {".csv", FORMAT_CSV},
        {".tsv", FORMAT_TSV},     {".json", FORMAT_JSON}, {".tex", FORMAT_LATEX}, {".txt", FORMAT_TEXT},
    };
    const char *slash = strrchr(path, '/');
    const char *ending = strrchr(slash ? slash : path, '.');
    for (size_t i = 0; ending && i < sizeof endings / sizeof endings[0]; i++) {
        if (strcasecmp(ending, endings[i].ending) == 0) {
            *out = endings[i].format;
            return true;
        }
    }
    if (ending) {
        complain("%s: no format is known by %s; name the file .txt, .md, .html, .csv, .tsv, .json or .tex, or say "
                 "--format",
                 path, ending);
    }
    return ending == NULL;
}

static bool read_request(struct report_request *request, struct program *program, struct options *options)
{
    *request = (struct report_request){.matrix_only = false};
    if (!program_read_options(program, options, take_option, request)) {
        return false;
    }
    if (request->on_topics && request->options.paper_limit == 0) {
        request->options.paper_limit = SIZE_MAX;
    }
    if (request->output && strcmp(request->output, "-") == 0) {
        request->output = NULL;
    }
    if (request->output && !program->chose_format && !format_of_name(request->output, &program->format)) {
        program->exit_status = EXIT_TROUBLE;
        return false;
    }
    if (request->matrix_only && (program->format == FORMAT_HTML || program->format == FORMAT_LATEX)) {
        program->exit_status = complain("--matrix is made as text, json, csv, tsv or md; a report holds it anyway");
        return false;
    }
    if (options->word_count != (request->on_topics ? 0 : 1)) {
        program->exit_status = complain("report takes one file of keywords, - for standard input, or --topics: "
                                        "pinakes report keywords.txt");
        return false;
    }
    return true;
}

/* ---- keywords -------------------------------------------------------------------------------------------- */

/* The library's topics as a file of keywords; NULL after saying why not. */
static char *topics_as_keywords(pinakes_library *library)
{
    pinakes_topics *topics;
    pinakes_error error;
    if (pinakes_list_topics(library, &topics, &error) != PINAKES_OK) {
        complain("%s", error.message);
        return NULL;
    }
    char *text = memory_format("[Topics]\n");
    for (size_t i = 0; i < topics->topic_count; i++) {
        const char *name = topics->topics[i].name;
        char *longer = memory_format("%s%s: topic:%s\n", text, name, name);
        free(text);
        text = longer;
    }
    pinakes_topics_free(topics);
    return text;
}

/* What to report on, for free(), and in `name` what messages call it; NULL after saying why there is nothing. */
static char *keywords(const struct report_request *request, pinakes_library *library, const char **name, size_t *bytes)
{
    char *text = NULL;
    if (request->on_topics) {
        text = topics_as_keywords(library);
        *bytes = text ? strlen(text) : 0;
        return text;
    }
    text = input_read(*name, bytes);
    *name = input_name(*name);
    return text;
}

/* ---- writing --------------------------------------------------------------------------------------------- */

static void write_report(const struct program *program, const struct report_request *request,
                         const pinakes_report *report, FILE *out, const struct terminal *terminal)
{
    if (program->format == FORMAT_HTML) {
        report_write_html(out, report);
        return;
    }
    if (program->format == FORMAT_LATEX) {
        report_write_latex(out, report);
        return;
    }
    struct printer *printer = printer_open(program->format, out, terminal);
    if (request->matrix_only) {
        report_print_matrix(printer, program->format, report);
    } else if (program->format == FORMAT_CSV || program->format == FORMAT_TSV) {
        report_print_rows(printer, report);
    } else {
        report_print(printer, program->format, report);
    }
    printer_close(printer);
}

static bool write_file(const struct program *program, const struct report_request *request,
                       const pinakes_report *report)
{
    struct output_file output;
    if (!output_file_open(&output, request->output)) {
        return false;
    }
    write_report(program, request, report, output.file, &terminal_none);
    return output_file_keep(&output);
}

static bool write_out(const struct program *program, const struct report_request *request, const pinakes_report *report)
{
    struct output output;
    output_open(&output, program->color, program->format == FORMAT_TEXT && !program->no_pager);
    write_report(program, request, report, output.file, &output.terminal);
    return output_close(&output);
}

static void tell(const struct program *program, const struct report_request *request, const pinakes_report *report,
                 int64_t took_us)
{
    if (program->quiet || (program->format != FORMAT_TEXT && !request->output)) {
        return;
    }
    char *since = report_since_text(report);
    remark("%zu keyword%s, %" PRIu64 " with a paper · %" PRIu64 " paper%s searched%s%s · %.1f ms",
           report->keyword_count, report->keyword_count == 1 ? "" : "s", report->keywords_found, report->out_of,
           report->out_of == 1 ? "" : "s", since ? " · " : "", since ? since : "", (double)took_us / 1e3);
    free(since);
}

static int answer(const struct program *program, struct report_request *request, pinakes_library *library,
                  const char *path)
{
    size_t bytes;
    char *text = keywords(request, library, &path, &bytes);
    if (!text) {
        return EXIT_TROUBLE;
    }
    struct progress_watch watch = progress_watch(program->quiet, "keywords");
    request->options.progress = progress_watch_show;
    request->options.context = &watch;
    pinakes_report *report;
    pinakes_error error;
    int code = EXIT_TROUBLE;
    const pinakes_status status = pinakes_make_report(library, path, text, bytes, &request->options, &report, &error);
    progress_clear(&watch.bar);
    free(text);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    const bool written = request->output ? write_file(program, request, report) : write_out(program, request, report);
    if (written) {
        tell(program, request, report, progress_watch_took_us(&watch));
        code = report->keywords_found > 0 ? EXIT_FOUND : EXIT_NONE;
    }
    pinakes_report_free(report);
    return code;
}

static int run_report(struct program *program, struct options *options)
{
    struct report_request request;
    if (!read_request(&request, program, options)) {
        return program->exit_status;
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    const int code = answer(program, &request, library, request.on_topics ? "topics" : options->words[0]);
    pinakes_close(library);
    return code;
}

const struct command command_report = {
    .name = "report",
    .arguments = "KEYWORDS-FILE | --topics",
    .summary = "what there is on each of many keywords",
    .about = "Reads keywords or queries, one a line, and tells of each how many papers it\n"
             "finds, by year and topic, the best ones with the sentence that proves it, and\n"
             "the words that travel with it; and of all together the keywords by year, which\n"
             "share papers, and which have none and why. The same library and keywords give\n"
             "the same bytes.\n"
             "\n"
             "  # a comment\n"
             "  [Memory]                    a section; ## Memory is the same\n"
             "  far memory\n"
             "  Cold pages: \"cold page\" OR swap*\n"
             "  title:cxl                   a field of the query language names nothing\n",
    .examples = "  pinakes report keywords.txt\n"
                "  pinakes report keywords.txt -o report.html\n"
                "  pinakes report --topics -o topics.html\n"
                "  pinakes report keywords.txt --since 2025-03-01 --format md || echo nothing new\n"
                "  pinakes report keywords.txt --format latex > related-table.tex\n"
                "  printf 'CXL\\nfar memory\\n' | pinakes report --matrix --format csv -\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .makes_documents = true,
    .run = run_report,
};
