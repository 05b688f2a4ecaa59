/* What every command is given, and what it is made of. */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include "cli/message.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/printer.h"
#include "cli/terminal.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>

struct command;

/* The choices that hold for every command. */
struct program {
    const struct command *command;
    const char *library; /* -L; NULL: the default */
    enum color_choice color;
    bool no_pager;
    bool quiet;
    enum format format;
    bool chose_format; /* the user named it */
    int exit_status;   /* when program_option() said OPTION_STOP */
};

struct command {
    const char *name;
    const char *arguments; /* behind the name, as "[OPTION]... PATH..." */
    const char *summary;   /* one line, in the list of commands */
    const char *about;     /* paragraphs of the command's help */
    const char *examples;  /* indented lines */
    struct option_table options;
    bool minus_words;          /* struct options */
    bool makes_documents;      /* HTML and LaTeX */
    bool makes_bibliographies; /* BibTeX, RIS, CSL-JSON, JSON Lines */
    int (*run)(struct program *program, struct options *options);
};

extern const struct command command_index;
extern const struct command command_status;
extern const struct command command_watch;
extern const struct command command_search;
extern const struct command command_related;
extern const struct command command_report;
extern const struct command command_show;
extern const struct command command_open;
extern const struct command command_export;
extern const struct command command_duplicates;
extern const struct command command_topics;
extern const struct command command_stats;
extern const struct command command_verify;
extern const struct command command_seal;
extern const struct command command_eval;
extern const struct command command_tokens;
extern const struct command command_completions;
extern const struct command command_help;

/* All of them, NULL at the end, in the order of the help. */
extern const struct command *const commands[];

/* The options every command takes. */
extern const struct option_table global_options;

/* What --format and --color take, NULL at the end. */
extern const char *const format_names[];
extern const char *const color_names[];

/* The command of that name; NULL, with one line that names the closest, when there is none. */
const struct command *command_named(const char *name);

/* The next option that is the command's own: those of the program are followed on the way. */
int program_option(struct program *program, struct options *options);

/* Gives `take` all of them, which returns false after a line about what is wrong. False when the command is to end: by
 * program->exit_status. */
bool program_read_options(struct program *program, struct options *options,
                          bool (*take)(void *context, int id, const char *value), void *context);

/* Opens the library the user means, or says what is wrong and returns NULL. Release it with pinakes_close(). */
pinakes_library *program_library(const struct program *program, pinakes_mode mode);

/* Whether there is one; false after saying that a command without paths has nothing to make one of. */
bool program_has_library(const struct program *program);

/* Where that library is; false after saying why that cannot be told. */
bool program_library_path(const struct program *program, char *path, size_t bytes);

/* "pinakes" or "pinakes -L PATH", as the user must type it to mean the same library. The caller frees it. */
char *program_invocation(const struct program *program);

/* A result on its way to standard output. */
struct report {
    struct output output;
    struct printer *printer;
};

/* `report` must stay where it is until it is closed. */
void report_open(struct report *report, const struct program *program);

/* Ends the report. Returns `status`, or EXIT_TROUBLE when standard output could not be written. */
int report_close(struct report *report, int status);

/* Prints the help of `command`, or of the program for NULL. Returns the exit status. */
int help_print(const struct program *program, const struct command *command);

#endif
