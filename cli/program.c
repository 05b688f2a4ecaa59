#include "cli/program.h"

#include "cli/closest.h"
#include "cli/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPTION_LIBRARY = 1000, /* commands count theirs from 1 */
    OPTION_JSON,
    OPTION_FORMAT,
    OPTION_COLOR,
    OPTION_NO_PAGER,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
};

static const struct option_spec global_specs[] = {
    {OPTION_LIBRARY, 'L', "library", "FILE", "the library; else $PINAKES_LIBRARY, else the data folder"},
    {OPTION_JSON, 0, "json", NULL, "JSON instead of text"},
    {OPTION_FORMAT, 0, "format", "FORMAT",
     "text, json, csv, tsv or md; of a report html or latex;\n"
     "                        of papers bibtex, ris, csl-json or jsonl"},
    {OPTION_COLOR, 0, "color", "WHEN", "auto, always or never; auto minds NO_COLOR"},
    {OPTION_NO_PAGER, 0, "no-pager", NULL, "no $PAGER for long output on a terminal"},
    {OPTION_QUIET, 'q', "quiet", NULL, "no remarks, only results and errors"},
    {OPTION_HELP, 'h', "help", NULL, "this help, or that of a command"},
    {OPTION_VERSION, 'V', "version", NULL, "the version"},
};
const struct option_table global_options = {global_specs, sizeof global_specs / sizeof global_specs[0]};

const struct command *const commands[] = {
    &command_index,
    &command_watch,
    &command_status,
    &command_search,
    &command_related,
    &command_report,
    &command_show,
    &command_open,
    &command_export,
    &command_duplicates,
    &command_topics,
    &command_stats,
    &command_verify,
    &command_seal,
    &command_eval,
    &command_tokens,
    &command_completions,
    &command_help,
    NULL,
};
enum { COMMANDS = sizeof commands / sizeof commands[0] - 1 };

const struct command *command_named(const char *name)
{
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++) {
        names[i] = commands[i]->name;
        if (strcmp(name, names[i]) == 0) {
            return commands[i];
        }
    }
    const char *closest = closest_name(name, names, COMMANDS);
    if (closest) {
        complain("there is no command '%s'; did you mean %s?", name, closest);
    } else {
        complain("there is no command '%s'; to search for it, write: pinakes search ...; all commands: pinakes help",
                 name);
    }
    return NULL;
}

static int stop(struct program *program, int status)
{
    program->exit_status = status;
    return OPTION_STOP;
}

const char *const format_names[] = {
    [FORMAT_TEXT] = "text",   [FORMAT_JSON] = "json",         [FORMAT_CSV] = "csv",     [FORMAT_TSV] = "tsv",
    [FORMAT_MARKDOWN] = "md", [FORMAT_HTML] = "html",         [FORMAT_LATEX] = "latex", [FORMAT_BIBTEX] = "bibtex",
    [FORMAT_RIS] = "ris",     [FORMAT_CSL_JSON] = "csl-json", [FORMAT_JSONL] = "jsonl", [FORMATS] = NULL,
};

static int choose_format(struct program *program, const char *value)
{
    size_t choice;
    if (!option_choice("--format", value, format_names, FORMATS, &choice)) {
        return stop(program, EXIT_TROUBLE);
    }
    program->format = (enum format)choice;
    program->chose_format = true;
    return OPTION_END;
}

const char *const color_names[] = {"auto", "always", "never", NULL};

static int choose_color(struct program *program, const char *value)
{
    static const enum color_choice colors[] = {COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER};
    size_t choice;
    if (!option_choice("--color", value, color_names, sizeof colors / sizeof colors[0], &choice)) {
        return stop(program, EXIT_TROUBLE);
    }
    program->color = colors[choice];
    return OPTION_END;
}

static int print_version(struct program *program)
{
    printf("pinakes %s\n", pinakes_version());
    return stop(program, output_flush() ? EXIT_FOUND : EXIT_TROUBLE);
}

/* OPTION_END when the option was the program's and the next may follow. */
static int follow(struct program *program, int id, const char *value)
{
    switch (id) {
    case OPTION_LIBRARY:
        program->library = value;
        return OPTION_END;
    case OPTION_JSON:
        program->format = FORMAT_JSON;
        program->chose_format = true;
        return OPTION_END;
    case OPTION_FORMAT:
        return choose_format(program, value);
    case OPTION_COLOR:
        return choose_color(program, value);
    case OPTION_NO_PAGER:
        program->no_pager = true;
        return OPTION_END;
    case OPTION_QUIET:
        program->quiet = true;
        return OPTION_END;
    case OPTION_HELP:
        return stop(program, help_print(program, program->command));
    case OPTION_VERSION:
        return print_version(program);
    default:
        return id;
    }
}

/* Whether the command can make what --format asks for; a command is known only behind its name. */
static bool makes_format(const struct program *program)
{
    const struct command *command = program->command;
    const char *name = format_names[program->format];
    const bool is_document = program->format == FORMAT_HTML || program->format == FORMAT_LATEX;
    if (command && is_document && !command->makes_documents) {
        complain("--format %s is for a report: pinakes report KEYWORDS-FILE; %s makes text, json, csv, tsv or md", name,
                 command->name);
        return false;
    }
    if (command && format_is_bibliography(program->format) && !command->makes_bibliographies) {
        complain("--format %s is for papers: of search, related, show and export; %s makes text, json, csv, tsv or md",
                 name, command->name);
        return false;
    }
    return true;
}

int program_option(struct program *program, struct options *options)
{
    for (;;) {
        const int id = options_next(options);
        if (id == OPTION_STOP) {
            return stop(program, EXIT_TROUBLE);
        }
        if (id == OPTION_END && !makes_format(program)) {
            return stop(program, EXIT_TROUBLE);
        }
        const int own = id == OPTION_END ? OPTION_END : follow(program, id, options->value);
        if (id == OPTION_END || own != OPTION_END) {
            return own;
        }
    }
}

bool program_read_options(struct program *program, struct options *options,
                          bool (*take)(void *context, int id, const char *value), void *context)
{
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        if (id == OPTION_STOP) {
            return false;
        }
        if (!take(context, id, options->value)) {
            program->exit_status = EXIT_TROUBLE;
            return false;
        }
    }
    return true;
}

bool program_library_path(const struct program *program, char *path, size_t bytes)
{
    if (program->library) {
        const size_t length = strlen(program->library);
        if (length == 0 || length >= bytes) {
            complain("-L needs the path of a file%s", length == 0 ? "" : "; this one is too long");
            return false;
        }
        memcpy(path, program->library, length + 1);
        return true;
    }
    pinakes_error error;
    if (pinakes_default_path(path, bytes, &error) != PINAKES_OK) {
        complain("%s", error.message);
        return false;
    }
    return true;
}

bool program_has_library(const struct program *program)
{
    char path[PATH_MAX];
    if (!program_library_path(program, path, sizeof path)) {
        return false;
    }
    if (access(path, F_OK) == 0) {
        return true;
    }
    const char *name = program->command->name;
    complain("%s what? There is no library yet; name files or folders: pinakes %s PATH...", name, name);
    return false;
}

char *program_invocation(const struct program *program)
{
    if (!program->library) {
        return memory_format("pinakes");
    }
    char *path = shell_quote(program->library);
    char *invocation = memory_format("pinakes -L %s", path);
    free(path);
    return invocation;
}

static void complain_missing(const struct program *program, const char *path)
{
    char *quoted = shell_quote(path);
    char *invocation = program_invocation(program);
    complain("there is no library at %s yet; make one: %s index PATH...", quoted, invocation);
    free(invocation);
    free(quoted);
}

pinakes_library *program_library(const struct program *program, pinakes_mode mode)
{
    char path[PATH_MAX];
    if (!program_library_path(program, path, sizeof path)) {
        return NULL;
    }
    pinakes_library *library = NULL;
    pinakes_error error;
    const pinakes_status status = pinakes_open(path, mode, &library, &error);
    if (status == PINAKES_OK) {
        return library;
    }
    if (status == PINAKES_NO_LIBRARY) {
        complain_missing(program, path);
    } else {
        complain("%s", error.message);
    }
    return NULL;
}

void report_open(struct report *report, const struct program *program)
{
    output_open(&report->output, program->color, program->format == FORMAT_TEXT && !program->no_pager);
    report->printer = printer_open(program->format, report->output.file, &report->output.terminal);
}

int report_close(struct report *report, int status)
{
    printer_close(report->printer);
    return output_close(&report->output) ? status : EXIT_TROUBLE;
}
