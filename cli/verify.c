/* `pinakes verify`: checks a library against itself. */
#include "cli/program.h"

#include <limits.h>

static void print_verdict(struct printer *printer, const char *path, const pinakes_stats *stats, const char *problem)
{
    const struct fact facts[] = {
        {"library", "library", value_text(path)},
        {"ok", "sound", value_flag(problem == NULL)},
        {"problem", problem ? "problem" : NULL, value_text(problem)},
        {"papers", problem ? NULL : "papers", problem ? value_none() : value_count(stats->papers)},
        {"generation", problem ? NULL : "generation", problem ? value_none() : value_count(stats->generation)},
    };
    printer_record(printer, facts, sizeof facts / sizeof facts[0]);
}

static int verify(const struct program *program, pinakes_library *library, const char *path)
{
    pinakes_stats stats = {0};
    pinakes_error error;
    pinakes_status status = pinakes_verify(library, &error);
    if (status == PINAKES_OK) {
        status = pinakes_get_stats(library, &stats, &error);
    }
    const bool sound = status == PINAKES_OK;
    const int code = sound ? EXIT_FOUND : complain("%s", error.message);
    if (!sound && program->format == FORMAT_TEXT) {
        return code; /* the one line said it all */
    }
    struct report report;
    report_open(&report, program);
    print_verdict(report.printer, path, &stats, sound ? NULL : error.message);
    return report_close(&report, code);
}

static int run_verify(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    if (options->word_count > 0) {
        return complain("verify takes no arguments; -L names another library");
    }
    char path[PATH_MAX];
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library || !program_library_path(program, path, sizeof path)) {
        pinakes_close(library);
        return EXIT_TROUBLE;
    }
    const int code = verify(program, library, path);
    pinakes_close(library);
    return code;
}

const struct command command_verify = {
    .name = "verify",
    .arguments = "",
    .summary = "check that the library is sound",
    .about = "Checks the file, and the index in it against the text of the papers. When the\n"
             "library is damaged, one line names the first thing that does not hold, and the\n"
             "exit status is 2: index again into a new one, the notes hold everything.\n",
    .examples = "  pinakes verify\n"
                "  pinakes -L old.db verify || echo damaged\n",
    .run = run_verify,
};
