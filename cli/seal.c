/* `pinakes seal`: makes the ranked index beside the library anew. */
#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/progress.h"

#include <inttypes.h>

static bool on_progress(void *context, const pinakes_progress *progress)
{
    progress_draw(context, progress);
    if (interrupt_seen()) {
        progress_stopping(context);
    }
    return !interrupt_seen();
}

static void print_summary(const struct program *program, const pinakes_seal_summary *summary)
{
    if (program->format == FORMAT_TEXT) {
        if (!program->quiet) {
            printf("%" PRIu64 " paper%s sealed (%.2f s)\n", summary->papers, summary->papers == 1 ? "" : "s",
                   (double)summary->took_us / 1e6);
        }
        return;
    }
    const struct fact facts[] = {
        {"papers", "papers", value_count(summary->papers)},
        {"bytes", "bytes", value_count(summary->bytes)},
        {"took_us", "microseconds", value_count((uint64_t)summary->took_us)},
    };
    struct printer *printer = printer_open(program->format, stdout, &terminal_none);
    printer_record(printer, facts, sizeof facts / sizeof facts[0]);
    printer_close(printer);
}

static int seal(const struct program *program, pinakes_library *library)
{
    struct progress_bar bar = progress_bar(program->quiet);
    pinakes_seal_summary summary;
    pinakes_error error;
    interrupt_watch();
    const pinakes_status status = pinakes_seal(library, PINAKES_SEAL_NOW, on_progress, &bar, &summary, &error);
    progress_clear(&bar);
    if (status == PINAKES_CANCELLED && interrupt_seen()) {
        remark("interrupted; the library is as it was");
        interrupt_die();
    }
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    print_summary(program, &summary);
    return output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
}

static int run_seal(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    if (options->word_count > 0) {
        return complain("seal takes no arguments; -L names another library");
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    pinakes_close(library);
    library = program_library(program, PINAKES_WRITE);
    if (!library) {
        return EXIT_TROUBLE;
    }
    const int code = seal(program, library);
    pinakes_close(library);
    return code;
}

const struct command command_seal = {
    .name = "seal",
    .arguments = "",
    .summary = "make the ranked index of a large library anew",
    .about = "Writes the ranked index, a file beside the library ('library.db-segment') by\n"
             "which large libraries are searched many times faster, with the same answers.\n"
             "'pinakes index' does so by itself when it pays, so this is seldom needed. The\n"
             "file may be removed at any time.\n",
    .examples = "  pinakes seal\n"
                "  pinakes -L arxiv.db seal\n",
    .run = run_seal,
};
