/* `pinakes status`: what `pinakes index` would change. */
#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/progress.h"

struct run {
    const struct program *program;
    struct progress_bar bar;
};

static bool on_progress(void *context, const pinakes_progress *progress)
{
    struct run *run = context;
    progress_draw(&run->bar, progress);
    return !interrupt_seen();
}

static void on_notice(void *context, const char *file, uint32_t line, const char *message)
{
    struct run *run = context;
    if (!run->program->quiet) {
        progress_clear(&run->bar);
        remark_at(file, line, message);
    }
}

static const struct column root_columns[] = {
    {"root", "root", false, false},      {"format", NULL, false, false},      {"missing", NULL, false, false},
    {"files", "files", true, false},     {"papers", "papers", true, false},   {"added", "added", true, false},
    {"changed", "changed", true, false}, {"removed", "removed", true, false},
};
static const struct table root_table = {"roots", root_columns, sizeof root_columns / sizeof root_columns[0]};

static void print_roots(struct printer *printer, const pinakes_comparison *comparison)
{
    printer_table_open(printer, &root_table);
    for (size_t i = 0; i < comparison->root_count; i++) {
        const pinakes_root *root = &comparison->roots[i];
        const struct value cells[] = {
            value_text(root->path),       value_text(*root->format ? root->format : NULL),
            value_flag(root->is_missing), value_count(root->files),
            value_count(root->papers),    value_count(root->added),
            value_count(root->changed),   value_count(root->removed),
        };
        printer_row(printer, cells);
    }
    printer_table_close(printer);
}

static const struct column change_columns[] = {
    {"change", "change", false, false}, {"file", "file", false, false}, {"root", NULL, false, false}};
static const struct table change_table = {"changes", change_columns, 3};

static void print_changes(struct printer *printer, const pinakes_comparison *comparison)
{
    static const char *const names[] = {
        [PINAKES_ADDED] = "added", [PINAKES_CHANGED] = "changed", [PINAKES_REMOVED] = "removed"};
    printer_table_open(printer, &change_table);
    for (size_t i = 0; i < comparison->change_count; i++) {
        const pinakes_file_change *change = &comparison->changes[i];
        const struct value cells[] = {value_text(names[change->change]), value_text(change->path),
                                      value_text(*change->root ? change->root : NULL)};
        printer_row(printer, cells);
    }
    printer_table_close(printer);
}

/* CSV and TSV are the changed files alone. */
static int print_comparison(const struct program *program, const pinakes_comparison *comparison)
{
    struct report report;
    const bool is_whole = program->format != FORMAT_CSV && program->format != FORMAT_TSV;
    report_open(&report, program);
    if (is_whole) {
        print_roots(report.printer, comparison);
    }
    if (!is_whole || comparison->change_count > 0 || program->format == FORMAT_JSON) {
        print_changes(report.printer, comparison);
    }
    return report_close(&report, comparison->change_count > 0 ? EXIT_NONE : EXIT_FOUND);
}

static int compare(struct run *run, pinakes_library *library, const struct options *options)
{
    const pinakes_index_options index = {.progress = on_progress, .notice = on_notice, .context = run};
    pinakes_comparison *comparison;
    pinakes_error error;
    interrupt_watch();
    const pinakes_status status =
        pinakes_compare(library, (const char *const *)options->words, options->word_count, &index, &comparison, &error);
    progress_clear(&run->bar);
    if (interrupt_seen()) {
        interrupt_die();
    }
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    const int code = print_comparison(run->program, comparison);
    pinakes_comparison_free(comparison);
    return code;
}

static int run_status(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    struct run run = {.program = program, .bar = progress_bar(program->quiet)};
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return EXIT_TROUBLE;
    }
    const int code = compare(&run, library, options);
    pinakes_close(library);
    return code;
}

const struct command command_status = {
    .name = "status",
    .arguments = "[PATH...]",
    .summary = "what index would change, file by file",
    .about = "Compares the library with its roots, the files and folders 'pinakes index' was\n"
             "given, and names the files that were added, changed or removed since. Nothing is\n"
             "written. The exit status is 0 when the library is in step, 1 when it is not, and\n"
             "2 when something went wrong.\n",
    .examples = "  pinakes status\n"
                "  pinakes status ~/notes --json | jq .changes\n"
                "  pinakes status --quiet >/dev/null || pinakes index\n",
    .run = run_status,
};
