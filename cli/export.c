/* `pinakes export`: papers, whole, for other programs. */
#include "cli/bibliography.h"
#include "cli/request.h"
#include "cli/verdict.h"

static int print_export(const struct program *program, pinakes_library *library, const pinakes_results *results)
{
    const struct paper_list list = {.name = "papers", .view = VIEW_WHOLE};
    struct report report;
    bool holds = true;
    report_open(&report, program);
    printer_papers_open(report.printer, &list);
    for (size_t i = 0; i < results->hit_count && holds; i++) {
        holds = bibliography_paper(report.printer, library, results->hits[i].key);
    }
    printer_papers_close(report.printer);
    return report_close(&report, !holds ? EXIT_TROUBLE : results->hit_count > 0 ? EXIT_FOUND : EXIT_NONE);
}

static int answer(const struct program *program, struct request *request)
{
    pinakes_library *library = program_library(program, PINAKES_READ);
    pinakes_results *results;
    pinakes_error error;
    int code = EXIT_TROUBLE;
    if (!library) {
        return code;
    }
    request->search.limit = request->search.limit == 0 ? SIZE_MAX : request->search.limit;
    request->search.evidence_limit = 1;
    if (pinakes_search(library, request->query, &request->search, &results, &error) == PINAKES_OK) {
        complain_notice(results->notice);
        verdict_tell_reading(program, results);
        code = print_export(program, library, results);
        if (results->found == 0) {
            verdict_tell_nothing(program, library, request, results);
        }
        pinakes_results_free(results);
    } else {
        complain("%s", error.message);
    }
    pinakes_close(library);
    return code;
}

static int run_export(struct program *program, struct options *options)
{
    struct request request;
    if (!program->chose_format) {
        program->format = FORMAT_BIBTEX; /* unless an option says otherwise */
    }
    if (!request_read(&request, program, options)) {
        return program->exit_status;
    }
    const int code = answer(program, &request);
    request_free(&request);
    return code;
}

const struct command command_export = {
    .name = "export",
    .arguments = "[QUERY...]",
    .summary = "whole papers for other programs, as BibTeX and more",
    .about = "Writes the papers that the query finds, all of them without a query, with their\n"
             "abstracts and notes: as BibTeX, or what --format says: ris, csl-json, jsonl,\n"
             "csv, md, json or tsv. 'pinakes index' reads all of these but the last back:\n"
             "papers are what they were, and keys stay what they are.\n",
    .examples = "  pinakes export > library.bib\n"
                "  pinakes export --format csl-json topic:serverless > serverless.json\n"
                "  pinakes export --format jsonl --year 2024.. | gzip > new.jsonl.gz\n",
    .options = {request_specs + REQUEST_EXPORT_FIRST, REQUEST_EXPORT_SPECS},
    .minus_words = true,
    .makes_bibliographies = true,
    .run = run_export,
};
