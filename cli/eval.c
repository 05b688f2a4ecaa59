/* `pinakes eval`: how good the answers are, measured on a test collection. */
#include "cli/eval_run.h"
#include "cli/output_file.h"
#include "cli/program.h"
#include "cli/progress.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_QUERIES = 1,
    OPTION_QRELS,
    OPTION_RUN,
    OPTION_TAG,
    OPTION_AGAINST,
    OPTION_DEPTH,
    OPTION_DEEP,
    OPTION_EACH,
};

static const struct option_spec specs[] = {
    {OPTION_QUERIES, 0, "topics", "FILE", "the queries: an id, a tab, the text; one a line"},
    {OPTION_QRELS, 0, "qrels", "FILE", "the judgements: query 0 paper grade; one a line"},
    {OPTION_RUN, 0, "run", "FILE", "write the rankings there, as TREC has them"},
    {OPTION_TAG, 0, "tag", "NAME", "the run's name in that file; 'pinakes' unless told"},
    {OPTION_AGAINST, 0, "against", "RUN", "compare with this run, of any engine"},
    {OPTION_DEPTH, 0, "depth", "N", "papers ranked for each query, or 'all'; 1000 unless told"},
    {OPTION_DEEP, 0, "deep", NULL, "ask as search --deep would"},
    {OPTION_EACH, 0, "each", NULL, "show every query, not only the means"},
};

struct eval_request {
    const char *queries, *qrels, *run, *tag;
    pinakes_eval_options options;
    bool each;
};

/* ---- the command line ------------------------------------------------------------------------------------ */

static bool take_option(void *context, int id, const char *value)
{
    struct eval_request *request = context;
    switch (id) {
    case OPTION_QUERIES:
        request->queries = value;
        return true;
    case OPTION_QRELS:
        request->qrels = value;
        return true;
    case OPTION_RUN:
        request->run = value;
        return true;
    case OPTION_TAG:
        request->tag = value;
        if (*value != '\0' && !strpbrk(value, " \t\r\n\v\f")) {
            return true;
        }
        complain("--tag is one word: '%s'", value);
        return false;
    case OPTION_AGAINST:
        request->options.against = value;
        return true;
    case OPTION_DEPTH:
        if (strcmp(value, "all") == 0) {
            request->options.depth = SIZE_MAX;
            return true;
        }
        return option_count("--depth", value, 1, &request->options.depth);
    case OPTION_DEEP:
        return request->options.deep = true;
    default:
        return request->each = true;
    }
}

static bool read_request(struct eval_request *request, struct program *program, struct options *options)
{
    *request = (struct eval_request){.tag = "pinakes"};
    if (!program_read_options(program, options, take_option, request)) {
        return false;
    }
    if (request->queries && request->qrels && options->word_count == 0) {
        return true;
    }
    program->exit_status = complain("eval takes queries and judgements: pinakes eval --topics queries.tsv --qrels "
                                    "qrels.txt");
    return false;
}

/* ---- printing -------------------------------------------------------------------------------------------- */

enum { MEASURES = 5 };

static const char *const measure_names[MEASURES] = {"map", "ndcg10", "p10", "r100", "rr"};
static const char *const measure_labels[MEASURES] = {"MAP", "nDCG@10", "P@10", "R@100", "RR"};

/* Six decimals tell apart what trec_eval's four do not; the rest is noise of the sum. */
static struct value value_measure(double measure)
{
    return value_real(round(measure * 1e6) / 1e6);
}

static void values_of(const pinakes_measures *measures, struct value values[MEASURES])
{
    const double all[MEASURES] = {measures->map, measures->ndcg10, measures->p10, measures->r100, measures->rr};
    for (size_t i = 0; i < MEASURES; i++) {
        values[i] = value_measure(all[i]);
    }
}

/* For people, unless they are shown the comparison instead. */
static void print_means(struct printer *printer, const pinakes_evaluation *evaluation)
{
    struct value values[MEASURES];
    struct fact facts[MEASURES];
    values_of(&evaluation->mean, values);
    for (size_t i = 0; i < MEASURES; i++) {
        facts[i] = (struct fact){measure_names[i], evaluation->has_other ? NULL : measure_labels[i], values[i]};
    }
    printer_group_open(printer, "mean");
    printer_record(printer, facts, MEASURES);
    printer_group_close(printer);
}

static void print_comparison(struct printer *printer, const pinakes_evaluation *evaluation)
{
    static const struct column columns[] = {
        {.name = "measure", .label = "measure"},
        {.name = "here", .label = "here", .is_number = true},
        {.name = "there", .label = "there", .is_number = true},
        {.name = "gain", .label = "gain %", .is_number = true},
        {.name = "p", .label = "p", .is_number = true},
    };
    static const struct table table = {"comparison", columns, sizeof columns / sizeof columns[0]};
    struct value here[MEASURES], there[MEASURES], p[MEASURES];
    values_of(&evaluation->mean, here);
    values_of(&evaluation->other, there);
    values_of(&evaluation->p_value, p);
    printer_group_open(printer, "against");
    printer_table_open(printer, &table);
    for (size_t i = 0; i < MEASURES; i++) {
        const double gain = there[i].real > 0 ? round((here[i].real / there[i].real - 1) * 1e4) / 1e2 : 0;
        const struct value cells[] = {value_text(measure_labels[i]), here[i], there[i],
                                      there[i].real > 0 ? value_real(gain) : value_none(), p[i]};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
    printer_group_close(printer);
}

/* `each`: for people too. */
static void print_queries(struct printer *printer, const pinakes_evaluation *evaluation, bool each)
{
    const struct column columns[] = {
        {.name = "id", .label = each ? "query" : NULL},
        {.name = "relevant", .label = each ? "relevant" : NULL, .is_number = true},
        {.name = "found", .label = each ? "found" : NULL, .is_number = true},
        {.name = "map", .label = each ? "AP" : NULL, .is_number = true},
        {.name = "ndcg10", .label = each ? "nDCG@10" : NULL, .is_number = true},
        {.name = "p10", .label = each ? "P@10" : NULL, .is_number = true},
        {.name = "r100", .label = each ? "R@100" : NULL, .is_number = true},
        {.name = "rr", .label = each ? "RR" : NULL, .is_number = true},
        {.name = "text", .label = NULL},
    };
    const struct table table = {"queries", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < evaluation->query_count; i++) {
        const pinakes_eval_query *query = &evaluation->queries[i];
        struct value values[MEASURES];
        values_of(&query->measures, values);
        const struct value cells[] = {value_text(query->id),
                                      value_count(query->relevant),
                                      value_count(query->relevant_found),
                                      values[0],
                                      values[1],
                                      values[2],
                                      values[3],
                                      values[4],
                                      value_text(query->text)};
        if (query->is_judged) {
            printer_row(printer, cells);
        }
    }
    printer_table_close(printer);
}

static int print_evaluation(const struct program *program, const struct eval_request *request,
                            const pinakes_evaluation *evaluation)
{
    struct report report;
    report_open(&report, program);
    printer_fact(report.printer, "judged", NULL, value_count(evaluation->judged));
    printer_fact(report.printer, "relevant", NULL, value_count(evaluation->relevant));
    printer_fact(report.printer, "missing", NULL, value_count(evaluation->missing));
    printer_fact(report.printer, "without_text", NULL, value_count(evaluation->without_text));
    printer_fact(report.printer, "generation", NULL, value_count(evaluation->generation));
    if (program->format != FORMAT_CSV && program->format != FORMAT_TSV) { /* one table: the queries */
        print_means(report.printer, evaluation);
    }
    if (evaluation->has_other) {
        print_comparison(report.printer, evaluation);
    }
    print_queries(report.printer, evaluation, request->each);
    return report_close(&report, evaluation->judged > 0 ? EXIT_FOUND : EXIT_NONE);
}

/* ---- what is said about it ------------------------------------------------------------------------------- */

static void tell(const pinakes_evaluation *evaluation)
{
    if (evaluation->judged == 0) {
        remark("none of the queries has a relevant paper in the judgements: do the ids agree?");
        return;
    }
    if (evaluation->without_text > 0) {
        remark("not measured: %" PRIu64 " judged queries that have no text", evaluation->without_text);
    }
    if (evaluation->missing > 0) {
        remark("not in the library: %" PRIu64 " of %" PRIu64 " relevant papers; they count as not found",
               evaluation->missing, evaluation->relevant);
    }
    remark("%" PRIu64 " judged of %zu queries · %.1f ms", evaluation->judged, evaluation->query_count,
           (double)evaluation->took_us / 1e3);
}

static bool write_run(const struct eval_request *request, const pinakes_evaluation *evaluation)
{
    struct output_file output;
    if (!request->run) {
        return true;
    }
    if (!output_file_open(&output, request->run)) {
        return false;
    }
    eval_run_write(output.file, evaluation, request->tag);
    return output_file_keep(&output);
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static int evaluate(const struct program *program, struct eval_request *request, pinakes_library *library)
{
    struct progress_watch watch = progress_watch(program->quiet, "queries");
    request->options.progress = progress_watch_show;
    request->options.context = &watch;
    pinakes_evaluation *evaluation;
    pinakes_error error;
    const pinakes_status status =
        pinakes_evaluate(library, request->queries, request->qrels, &request->options, &evaluation, &error);
    progress_clear(&watch.bar);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    int code = write_run(request, evaluation) ? EXIT_FOUND : EXIT_TROUBLE;
    if (code != EXIT_TROUBLE) {
        code = print_evaluation(program, request, evaluation);
    }
    if (!program->quiet && program->format != FORMAT_JSON && code != EXIT_TROUBLE) {
        tell(evaluation);
    }
    pinakes_evaluation_free(evaluation);
    return code;
}

static int run_eval(struct program *program, struct options *options)
{
    struct eval_request request;
    if (!read_request(&request, program, options)) {
        return program->exit_status;
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    const int code = library ? evaluate(program, &request, library) : EXIT_TROUBLE;
    pinakes_close(library);
    return code;
}

const struct command command_eval = {
    .name = "eval",
    .arguments = "--topics FILE --qrels FILE",
    .summary = "how good the answers are, by judgements",
    .about = "Asks the library every query, as search --any would, and measures the answers by\n"
             "judgements of relevance: mean average precision, nDCG@10, P@10, R@100 and the\n"
             "reciprocal rank, as trec_eval defines them. A query that finds nothing counts.\n"
             "\n"
             "With --against it is compared with the run of another engine or another\n"
             "version; p is of a two-sided randomisation test, paired by query.\n",
    .examples = "  pinakes eval --topics queries.tsv --qrels qrels.txt\n"
                "  pinakes eval --topics queries.tsv --qrels qrels.txt --run pinakes.run\n"
                "  pinakes eval --topics queries.tsv --qrels qrels.txt --against lucene.run\n"
                "  pinakes eval --topics queries.tsv --qrels qrels.txt --json | jq .mean.map\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_eval,
};
