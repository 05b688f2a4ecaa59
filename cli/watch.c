/* `pinakes watch`: keeps a library in step while its files change. */
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/program.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

enum {
    OPTION_READER = 1,
    OPTION_KEEP_GOING,
    OPTION_STRICT,
    OPTION_PDF,
    OPTION_POLL,
};

static const struct option_spec specs[] = {
    {OPTION_READER, 0, "format", "FORMAT", "what the files are, as of index"},
    {OPTION_KEEP_GOING, 'k', "keep-going", NULL, "pass over what cannot be read, as index does"},
    {OPTION_STRICT, 0, "strict", NULL, "apply nothing while there is any, as index does"},
    {OPTION_PDF, 0, "pdf", NULL, "read PDF as well, as index does"},
    {OPTION_POLL, 0, "poll", NULL, "look every 2 seconds: for disks of other machines"},
};

struct run {
    const struct program *program;
    bool as_json;
    bool is_started; /* the first run brought the library in step */
};

static bool on_go_on(void *context)
{
    (void)context;
    return !interrupt_seen();
}

static void on_notice(void *context, const char *file, uint32_t line, const char *message)
{
    const struct run *run = context;
    if (!run->program->quiet) {
        remark_at(file, line, message);
    }
}

static uint64_t papers(const pinakes_index_summary *summary)
{
    return summary->papers_new + summary->papers_changed + summary->papers_unchanged;
}

static void print_json(const pinakes_index_summary *summary, const struct tm *at)
{
    char stamp[32];
    json_t *json = json_checked(json_object());
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", at);
    json_set(json, "format", json_integer(JSON_FORMAT));
    json_set(json, "at", json_line(stamp));
    json_set(json, "papers", json_integer((json_int_t)papers(summary)));
    json_set(json, "papers_new", json_integer((json_int_t)summary->papers_new));
    json_set(json, "papers_changed", json_integer((json_int_t)summary->papers_changed));
    json_set(json, "papers_removed", json_integer((json_int_t)summary->papers_removed));
    json_set(json, "records_passed_over", json_integer((json_int_t)summary->records_passed_over));
    json_set(json, "generation", json_integer((json_int_t)summary->generation));
    json_set(json, "took_us", json_integer((json_int_t)summary->took_us));
    char *text = json_dumps(json, JSON_COMPACT);
    if (!text) {
        memory_short();
    }
    puts(text);
    free(text);
    json_decref(json);
}

/* A line for each change that is applied, and one for the start. */
static void on_applied(void *context, const pinakes_index_summary *summary)
{
    struct run *run = context;
    const time_t now = time(NULL);
    struct tm at;
    char stamp[16], over[PASSED_OVER_BYTES];
    if (run->as_json) {
        print_json(summary, gmtime_r(&now, &at));
    } else if (!run->program->quiet) {
        strftime(stamp, sizeof stamp, "%H:%M:%S", localtime_r(&now, &at));
        printf("%s  %" PRIu64 " paper%s: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " removed%s (%.2f s)%s\n",
               stamp, papers(summary), papers(summary) == 1 ? "" : "s", summary->papers_new, summary->papers_changed,
               summary->papers_removed, passed_over(over, summary->records_passed_over), (double)summary->took_us / 1e6,
               run->is_started ? "" : "; watching");
    }
    run->is_started = true;
    fflush(stdout);
}

static int watch(struct run *run, pinakes_watch_options *watch_options, const struct options *options)
{
    pinakes_error error;
    pinakes_library *library = program_library(run->program, PINAKES_WRITE);
    if (!library) {
        return EXIT_TROUBLE;
    }
    interrupt_watch();
    const pinakes_status status =
        pinakes_watch(library, (const char *const *)options->words, options->word_count, watch_options, &error);
    pinakes_close(library);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    return output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
}

static int run_watch(struct program *program, struct options *options)
{
    struct run run = {.program = program};
    pinakes_watch_options watch_options = {
        .go_on = on_go_on, .notice = on_notice, .applied = on_applied, .context = &run};
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        switch (id) {
        case OPTION_READER:
            watch_options.format = options->value;
            break;
        case OPTION_KEEP_GOING:
        case OPTION_STRICT:
            watch_options.keep_going = id == OPTION_KEEP_GOING;
            watch_options.strict = id == OPTION_STRICT;
            break;
        case OPTION_PDF:
            watch_options.pdf = true;
            break;
        case OPTION_POLL:
            watch_options.poll = true;
            break;
        default:
            return program->exit_status;
        }
    }
    run.as_json = program->format == FORMAT_JSON;
    if (!run.as_json && program->format != FORMAT_TEXT) {
        return complain("watch prints text or --json, a line for each change");
    }
    if (options->word_count == 0 && watch_options.format) {
        return complain("--format is for files that are named: pinakes watch --format FORMAT PATH...");
    }
    if (options->word_count == 0 && !program_has_library(program)) {
        return EXIT_TROUBLE;
    }
    return watch(&run, &watch_options, options);
}

const struct command command_watch = {
    .name = "watch",
    .arguments = "[PATH...]",
    .summary = "keep the library in step while files change",
    .about = "Indexes the paths, or all the library knows, and then every change of the files\n"
             "below them, within a second of the last write and never half a file: one that\n"
             "is being written waits until it is closed. Each change prints a line, a JSON\n"
             "object with --json. Ctrl-C ends it; the library is whole at every moment.\n",
    .examples = "  pinakes watch\n"
                "  pinakes watch ~/notes\n"
                "  pinakes watch --json | jq .papers_new\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_watch,
};
