/* `pinakes show`: everything the library knows about a paper. */
#include "cli/program.h"

static int show_one(pinakes_library *library, struct printer *printer, const char *key)
{
    pinakes_paper *paper;
    pinakes_error error;
    const pinakes_status status = pinakes_show(library, key, &paper, &error);
    if (status != PINAKES_OK) {
        complain("%s", error.message);
        return status == PINAKES_NOT_FOUND ? EXIT_NONE : EXIT_TROUBLE;
    }
    const struct entry entry = entry_of_paper(paper);
    printer_paper(printer, &entry);
    pinakes_paper_free(paper);
    return EXIT_FOUND;
}

static int run_show(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    if (options->word_count == 0) {
        return complain("show which paper? Name its key, which 'pinakes search' prints: pinakes show KEY...");
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    const struct paper_list list = {.name = "papers", .view = VIEW_WHOLE};
    struct report report;
    report_open(&report, program);
    int worst = EXIT_FOUND;
    printer_papers_open(report.printer, &list);
    for (size_t i = 0; i < options->word_count; i++) {
        const int status = show_one(library, report.printer, options->words[i]);
        worst = status > worst ? status : worst;
    }
    printer_papers_close(report.printer);
    pinakes_close(library);
    return report_close(&report, worst);
}

const struct command command_show = {
    .name = "show",
    .arguments = "KEY...",
    .summary = "everything about one paper",
    .about = "Prints the papers with these keys, DOIs or identifiers of arXiv or PubMed: where\n"
             "they come from, their topics and why, and every line of text. Exit status 1\n"
             "means that no paper has that key.\n",
    .examples = "  pinakes show KEY\n"
                "  pinakes show --json KEY | jq '.papers[0].passages'\n",
    .makes_bibliographies = true,
    .run = run_show,
};
