/* Completion for zsh: a function file for a folder of $fpath. */
#include "cli/completion.h"

#include <string.h>

static const char beginning[] =
    "#compdef pinakes\n"
    "# zsh completion for pinakes, made by: pinakes completions zsh\n"
    "_pinakes_ask() { # keys or topics of the library\n"
    "    local file=${opt_args[-L]:-${opt_args[--library]}}\n"
    "    local -a library found\n"
    "    [[ -z $file ]] || library=(-L ${~file})\n"
    "    found=(${(f)\"$(_call_program $1 pinakes $library completions --list $1 ${(q)PREFIX} 2>/dev/null)\"})\n"
    "    compadd -a found\n"
    "}\n"
    "_pinakes_query() {\n"
    "    if compset -P 'topic:'; then\n"
    "        _pinakes_ask topics\n"
    "    else\n";

static void put_action(FILE *out, const struct completion *completion)
{
    switch (completion->kind) {
    case COMPLETE_NOTHING:
        fputs(" ", out);
        break;
    case COMPLETE_FILES:
        fputs("_files", out);
        break;
    case COMPLETE_KEYS:
        fputs(" _pinakes_ask keys", out); /* the space keeps _arguments from adding options of its own */
        break;
    case COMPLETE_TOPICS:
        fputs(" _pinakes_ask topics", out);
        break;
    case COMPLETE_QUERY:
        fputs(" _pinakes_query", out);
        break;
    case COMPLETE_CHOICES:
        fprintf(out, "(%s)", completion->choices);
        break;
    }
}

/* One specification as _arguments reads it: '(-n --limit)'{-n+,--limit=}'[help]:N:action'. */
static void put_option(FILE *out, const struct command *command, const struct option_spec *spec)
{
    const char *repeats = strcmp(spec->name, "topic") == 0 || strcmp(spec->name, "venue") == 0 ? "*" : "";
    fputs("            ", out);
    if (spec->letter && spec->value) {
        fprintf(out, "'(-%c --%s)'{-%c+,--%s=}'", spec->letter, spec->name, spec->letter, spec->name);
    } else if (spec->letter) {
        fprintf(out, "'(-%c --%s)'{-%c,--%s}'", spec->letter, spec->name, spec->letter, spec->name);
    } else {
        fprintf(out, "'%s--%s%s", repeats, spec->name, spec->value ? "=" : "");
    }
    fputc('[', out);
    completion_put_help(out, spec->help, "[]\\");
    fputc(']', out);
    if (spec->value) {
        struct completion completion = completion_of_option(command, spec);
        fprintf(out, ":%s:", spec->value);
        put_action(out, &completion);
        completion_free(&completion);
    }
    fputs("' \\\n", out);
}

static bool is_own(const struct command *command, const char *name)
{
    for (size_t i = 0; i < command->options.count; i++) {
        if (strcmp(command->options.specs[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void put_command(FILE *out, const struct command *command)
{
    struct completion completion = completion_of_words(command);
    fprintf(out, "        %s)\n            _arguments -S \\\n", command->name);
    for (size_t i = 0; i < command->options.count; i++) {
        put_option(out, command, &command->options.specs[i]);
    }
    for (size_t i = 0; i < global_options.count; i++) {
        if (!is_own(command, global_options.specs[i].name)) {
            put_option(out, NULL, &global_options.specs[i]);
        }
    }
    fputs("            '*:argument:", out);
    put_action(out, &completion);
    fputs("' ;;\n", out);
    completion_free(&completion);
}

void completion_put_zsh(FILE *out)
{
    fputs(beginning, out);
    fprintf(out,
            "        compadd -S '' -- %s\n    fi\n}\n_pinakes() {\n    local context state state_descr line\n"
            "    typeset -A opt_args\n    _arguments -C -S \\\n",
            completion_fields);
    for (size_t i = 0; i < global_options.count; i++) {
        put_option(out, NULL, &global_options.specs[i]);
    }
    fputs("            '1:command:->command' '*::argument:->argument' && return\n"
          "    case $state in\n    command)\n        local -a commands=(\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(out, "            '%s:", commands[i]->name);
        completion_put_help(out, commands[i]->summary, ":\\");
        fputs("'\n", out);
    }
    fputs("        )\n        _describe command commands ;;\n    argument)\n        case $words[1] in\n", out);
    for (size_t i = 0; commands[i]; i++) {
        put_command(out, commands[i]);
    }
    fputs("        esac ;;\n    esac\n}\n", out);
    /* A function that completion loads by its name runs what it defines; a script that is sourced only says whose it
     * is. */
    fputs("if [[ $funcstack[1] == _pinakes ]]; then\n    _pinakes \"$@\"\nelse\n    compdef _pinakes pinakes\nfi\n",
          out);
}
