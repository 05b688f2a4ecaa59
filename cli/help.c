/* `pinakes help`: every text comes from the tables the options are read by. */
#include "cli/memory.h"
#include "cli/program.h"

#include <stdlib.h>
#include <string.h>

enum {
    COMMAND_COLUMNS = 18,
    OPTION_COLUMNS = 21,
};

/* Two columns; what is too long for the left one has a line of its own. */
static void put_row(FILE *out, int columns, const char *left, const char *right)
{
    if ((int)strlen(left) > columns) {
        fprintf(out, "  %s\n  %-*s %s\n", left, columns, "", right);
    } else {
        fprintf(out, "  %-*s %s\n", columns, left, right);
    }
}

static void put_option(FILE *out, const struct option_spec *spec)
{
    char letter[] = "-?, ";
    letter[1] = spec->letter;
    char *left = memory_format("%s--%s%s%s", spec->letter ? letter : "    ", spec->name, spec->value ? " " : "",
                               spec->value ? spec->value : "");
    put_row(out, OPTION_COLUMNS, left, spec->help);
    free(left);
}

static void put_options(FILE *out, const char *heading, const struct option_table *table)
{
    if (table->count == 0) {
        return;
    }
    fprintf(out, "\n%s\n", heading);
    for (size_t i = 0; i < table->count; i++) {
        put_option(out, &table->specs[i]);
    }
}

static void put_program_help(FILE *out)
{
    fputs("Full-text and topic search over notes on papers: every answer comes with the\n"
          "sentence that proves it, and the file:line where that stands.\n"
          "\n"
          "usage: pinakes [OPTION]... COMMAND ...\n"
          "\n"
          "commands\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        char *left = memory_format("%s %s", commands[i]->name, commands[i]->arguments);
        put_row(out, COMMAND_COLUMNS, left, commands[i]->summary);
        free(left);
    }
    put_options(out, "options, before or behind the command", &global_options);
    fputs("\n"
          "exit status: 0 something was found, 1 nothing was, 2 something went wrong\n"
          "\n"
          "  pinakes index ~/notes\n"
          "  pinakes search which papers touched CXL\n"
          "  pinakes help search\n",
          out);
}

static void put_command_help(FILE *out, const struct command *command)
{
    const char *space = command->arguments[0] == '\0' ? "" : " ";
    fprintf(out, "usage: pinakes %s [OPTION]...%s%s\n\n%s", command->name, space, command->arguments, command->about);
    put_options(out, "options", &command->options);
    fputs("\nThe options of every command are in 'pinakes help'.\n", out);
    fprintf(out, "\nexamples\n%s", command->examples);
}

int help_print(const struct program *program, const struct command *command)
{
    struct output output;
    output_open(&output, program->color, !program->no_pager);
    if (command) {
        put_command_help(output.file, command);
    } else {
        put_program_help(output.file);
    }
    return output_close(&output) ? EXIT_FOUND : EXIT_TROUBLE;
}

static int run_help(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    if (options->word_count == 0) {
        return help_print(program, NULL);
    }
    const struct command *command = command_named(options->words[0]);
    return command ? help_print(program, command) : EXIT_TROUBLE;
}

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "explain the program, or one command",
    .about = "Prints what a command does, its options, and examples. The manual, pinakes(1),\n"
             "says more.\n",
    .examples = "  pinakes help\n"
                "  pinakes help search\n",
    .run = run_help,
};
