/* `pinakes related`: from papers or a draft to the work nearest to them. */
#include "cli/bibliography.h"
#include "cli/input.h"
#include "cli/memory.h"
#include "cli/program.h"
#include "cli/request.h"
#include "cli/verdict.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is found --------------------------------------------------------------------------------------- */

static int print_related(const struct program *program, pinakes_library *library, const struct request *request,
                         const pinakes_results *results)
{
    struct report report;
    report_open(&report, program);
    printer_fact(report.printer, "found", NULL, value_count(results->found));
    printer_fact(report.printer, "out_of", NULL, value_count(results->out_of));
    printer_fact(report.printer, "left_out", NULL, value_count(results->left_out));
    printer_fact(report.printer, "generation", NULL, value_count(results->generation));
    printer_fact(report.printer, "took_us", NULL, value_count((uint64_t)results->took_us));
    const struct paper_list list = {.name = "hits", .view = VIEW_RELATED, .title = "Related work"};
    const bool holds = bibliography_hits(program, report.printer, library, &list, results, request->search.offset,
                                         request->hide_evidence);
    return report_close(&report, !holds ? EXIT_TROUBLE : results->hit_count > 0 ? EXIT_FOUND : EXIT_NONE);
}

static void tell_nothing(const struct program *program, pinakes_library *library, const struct request *request,
                         const pinakes_results *results)
{
    if (verdict_tell_empty(program, results)) {
        return;
    }
    if (results->found > 0) {
        remark("only %" PRIu64 " paper%s", results->found,
               results->found == 1 ? " shares its words" : "s share its words");
    } else if (request_is_filtered(request)) {
        char *filters = request_filter_names(request);
        remark("no paper that passes %s shares a telling word with this", filters);
        free(filters);
        verdict_tell_filters(library, request);
    } else {
        remark("no paper shares a telling word with this");
    }
}

static void tell(const struct program *program, pinakes_library *library, const struct request *request,
                 const pinakes_results *results)
{
    if (results->left_out > 0) {
        remark("left out: %" PRIu64 " paper%s that %s cites already", results->left_out,
               results->left_out == 1 ? "" : "s", input_name(request->draft));
    }
    if (results->hit_count == 0) {
        tell_nothing(program, library, request, results);
        return;
    }
    remark("%zu of %" PRIu64 " that share its words, in %" PRIu64 " papers · %.1f ms", results->hit_count,
           results->found, results->out_of, (double)results->took_us / 1e3);
}

static int answer(const struct program *program, const struct request *request, const pinakes_seeds *seeds)
{
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    pinakes_results *results;
    pinakes_error error;
    int code;
    const pinakes_status status = pinakes_related(library, seeds, &request->search, &results, &error);
    if (status == PINAKES_OK) {
        complain_notice(results->notice);
        code = print_related(program, library, request, results);
        if (!program->quiet && program->format == FORMAT_TEXT && code != EXIT_TROUBLE) {
            tell(program, library, request, results);
        }
        pinakes_results_free(results);
    } else {
        complain("%s", error.message);
        code = status == PINAKES_NOT_FOUND ? EXIT_NONE : EXIT_TROUBLE;
    }
    pinakes_close(library);
    return code;
}

static void on_notice(void *context, const char *file, uint32_t line, const char *message)
{
    const struct program *program = context;
    if (!program->quiet) {
        remark_at(file, line, message);
    }
}

/* The folder that a file lies in; the caller frees it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? memory_copy(path, (size_t)(slash + 1 - path)) : memory_copy("./", 2);
}

static int run_related(struct program *program, struct options *options)
{
    struct request request;
    if (!request_read(&request, program, options)) {
        return program->exit_status;
    }
    pinakes_seeds seeds = {
        .key_count = options->word_count,
        .keys = (const char *const *)options->words,
        .draft_name = request.draft ? input_name(request.draft) : NULL,
        .notice = on_notice,
        .context = program,
    };
    char *draft = NULL, *folder = request.draft ? folder_of(request.draft) : NULL;
    seeds.draft_folder = folder;
    int code = EXIT_TROUBLE;
    if (!request.draft && options->word_count == 0) {
        code = complain("related to what? Name papers by their keys, or a draft: pinakes related --text FILE");
    } else if (!request.draft || (draft = input_read(request.draft, &seeds.draft_bytes)) != NULL) {
        seeds.draft = draft;
        code = answer(program, &request, &seeds);
    }
    free(draft);
    free(folder);
    request_free(&request);
    return code;
}

const struct command command_related = {
    .name = "related",
    .arguments = "KEY...",
    .summary = "related work: the papers nearest to others, or to a draft",
    .about = "Finds the papers most like those with these keys, or like a draft, by the words\n"
             "that tell the most about them: frequent there, rare in the library. Shows the\n"
             "words each shares, and the sentences where they stand. Of a LaTeX draft only the\n"
             "text counts, and that of the parts it includes. What it cites is left out: by\n"
             "key, and by DOI, arXiv identifier or title as the bibliographies it names, which\n"
             "are read beside it, or its own list of references tell. A bibliography in any\n"
             "format 'index' reads is a draft too: all that it lists is left out.\n",
    .examples = "  pinakes related oasis2025\n"
                "  pinakes related 10.1145/3341301.3359637 arXiv:2309.06180\n"
                "  pinakes related -n 20 --year 2023.. KEY KEY KEY\n"
                "  pinakes related --text draft.tex\n"
                "  pinakes related --text refs.bib            what a reading list lacks\n"
                "  pandoc draft.docx -t plain | pinakes related --text -\n",
    .options = {request_specs, REQUEST_RELATED_SPECS},
    .makes_bibliographies = true,
    .run = run_related,
};
