/* `pinakes search`: ranked papers, each with the sentences that prove it. */
#include "cli/bibliography.h"
#include "cli/diagnosis.h"
#include "cli/memory.h"
#include "cli/program.h"
#include "cli/request.h"
#include "cli/verdict.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is found --------------------------------------------------------------------------------------- */

/* For programs; people are told on standard error. */
static void print_synonyms(struct printer *printer, const pinakes_results *results)
{
    static const struct column columns[] = {{.name = "typed"}, {.name = "name"}};
    static const struct table table = {"synonyms", columns, sizeof columns / sizeof columns[0]};
    if (results->synonym_count == 0) {
        return;
    }
    printer_group_open(printer, "also");
    printer_table_open(printer, &table);
    for (size_t i = 0; i < results->synonym_count; i++) {
        const struct value cells[] = {value_text(results->synonyms[i].typed), value_text(results->synonyms[i].name)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
    printer_group_close(printer);
}

static void print_facts(struct printer *printer, const struct request *request, const pinakes_results *results)
{
    printer_fact(printer, "query", NULL, value_text(results->query));
    printer_fact(printer, "reading", request->search.explain ? "read as" : NULL, value_text(results->reading));
    if (results->relaxed) {
        printer_fact(printer, "relaxed", NULL, value_flag(true));
    }
    print_synonyms(printer, results);
    printer_fact(printer, "found", NULL, value_count(results->found));
    printer_fact(printer, "out_of", NULL, value_count(results->out_of));
    printer_fact(printer, "generation", NULL, value_count(results->generation));
    printer_fact(printer, "took_us", NULL, value_count((uint64_t)results->took_us));
}

static bool print_hits(const struct program *program, struct printer *printer, pinakes_library *library,
                       const struct request *request, const pinakes_results *results)
{
    const bool has_query = *results->query != '\0';
    const struct paper_list list = {
        .name = "hits", .view = VIEW_HIT, .title = has_query ? results->query : "All papers"};
    return bibliography_hits(program, printer, library, &list, results, request->search.offset, request->hide_evidence);
}

static void print_facets(struct printer *printer, const pinakes_results *results)
{
    printer_group_open(printer, "facets");
    for (size_t i = 0; i < results->facet_count; i++) {
        const pinakes_facet *facet = &results->facets[i];
        const struct column columns[] = {
            {.name = "value", .label = facet->name},
            {.name = "count", .label = "papers", .is_number = true, .has_bar = true},
        };
        const struct table table = {facet->name, columns, sizeof columns / sizeof columns[0]};
        printer_table_open(printer, &table);
        for (size_t j = 0; j < facet->value_count; j++) {
            const struct value cells[] = {value_text(facet->values[j].value), value_count(facet->values[j].count)};
            printer_row(printer, cells);
        }
        printer_table_close(printer);
    }
    printer_group_close(printer);
}

static int print_results(const struct program *program, pinakes_library *library, const struct request *request,
                         const pinakes_results *results)
{
    struct report report;
    report_open(&report, program);
    print_facts(report.printer, request, results);
    const bool holds = print_hits(program, report.printer, library, request, results);
    if (request->search.facets) {
        print_facets(report.printer, results);
    }
    if (results->found == 0 && program->format == FORMAT_JSON) {
        diagnosis_words(report.printer, results, SIZE_MAX);
    }
    return report_close(&report, !holds ? EXIT_TROUBLE : results->hit_count > 0 ? EXIT_FOUND : EXIT_NONE);
}

/* ---- what is said about it ------------------------------------------------------------------------------- */

/* The last line: how many of how many, how fast, and how to see the rest. */
static void tell_count(const struct request *request, const pinakes_results *results)
{
    const uint64_t first = request->search.offset + 1;
    const uint64_t last = request->search.offset + results->hit_count;
    const double milliseconds = (double)results->took_us / 1e3;
    if (results->hit_count == results->found) {
        remark("%" PRIu64 " of %" PRIu64 " paper%s · %.1f ms", results->found, results->out_of,
               results->out_of == 1 ? "" : "s", milliseconds);
        return;
    }
    char *shown = last == 1 ? memory_copy("1", 1) : memory_format("%" PRIu64 "-%" PRIu64, first, last);
    remark("%s of %" PRIu64 " found in %" PRIu64 " papers · %.1f ms%s", shown, results->found, results->out_of,
           milliseconds, last < results->found ? " · --all shows all" : "");
    free(shown);
}

static int answer(const struct program *program, pinakes_library *library, const struct request *request)
{
    pinakes_results *results;
    pinakes_error error;
    if (pinakes_search(library, request->query, &request->search, &results, &error) != PINAKES_OK) {
        return complain("%s", error.message);
    }
    const bool tells = verdict_is_told(program);
    complain_notice(results->notice);
    verdict_tell_reading(program, results);
    const int code = print_results(program, library, request, results);
    if (results->found == 0) {
        verdict_tell_nothing(program, library, request, results);
    } else if (tells && results->hit_count == 0) {
        remark("only %" PRIu64 " paper%s found", results->found, results->found == 1 ? " is" : "s are");
    } else if (tells && program->format == FORMAT_TEXT && code != EXIT_TROUBLE) {
        tell_count(request, results);
    }
    pinakes_results_free(results);
    return code;
}

static int run_search(struct program *program, struct options *options)
{
    struct request request;
    if (!request_read(&request, program, options)) {
        return program->exit_status;
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    const int code = library ? answer(program, library, &request) : EXIT_TROUBLE;
    pinakes_close(library);
    request_free(&request);
    return code;
}

const struct command command_search = {
    .name = "search",
    .arguments = "QUERY...",
    .summary = "find papers, with the sentences that prove it",
    .about = "Finds the papers that have all words of the query, the best first. No query\n"
             "lists every paper.\n"
             "\n"
             "  far memory            both words, in any form and spelling: memories; color\n"
             "                        finds colours\n"
             "  '\"user process\"'      these words, next to each other, exactly\n"
             "  memory -RDMA          not RDMA\n"
             "  KV OR cache           either; AND, NOT and ( ) work too\n"
             "  virtual*              words that begin so\n"
             "  title:fork            in the title; or author, venue, year, tag, topic, note,\n"
             "                        qa, abstract\n"
             "  year:2021..2025       from these years\n"
             "  page NEAR/5 fault     within five words\n"
             "  CXL                   also CXL2.0 and CXL3; as KV-cache is kvcache, CXL2.0 is\n"
             "                        CXL 2.0, and 10us 10 µs\n"
             "\n"
             "What is none of this is searched for as it stands. Words behind -- are never\n"
             "taken for options.\n",
    .examples = "  pinakes search which papers touched CXL\n"
                "  pinakes search --topic serverless --year 2021..2025 --facets snapshot\n"
                "  pinakes search --sort year --all --format md '\"far memory\"' > far-memory.md\n"
                "  pinakes search --all --format bibtex topic:serverless > serverless.bib\n"
                "  pinakes search --json eviction | jq -r '.hits[].evidence[].source'\n"
                "  pinakes search --any --explain TCO pooling\n",
    .options = {request_specs + REQUEST_SEARCH_FIRST, REQUEST_SEARCH_SPECS},
    .minus_words = true,
    .makes_bibliographies = true,
    .run = run_search,
};
