/* Completion for fish, 3.0 or later. */
#include "cli/completion.h"

#include <string.h>

static const char beginning[] =
    "# fish completion for pinakes, made by: pinakes completions fish\n"
    "function __pinakes_ask # keys or topics of the library\n"
    "    set -l words (commandline -opc)\n"
    "    set -l library\n"
    "    for i in (seq 2 (count $words))\n"
    "        if contains -- $words[$i] -L --library\n"
    "            set library -L $words[(math $i + 1)]\n"
    "        end\n"
    "    end\n"
    "    pinakes $library completions --list $argv[1] $argv[2] 2>/dev/null\n"
    "end\n"
    "function __pinakes_query\n"
    "    set -l word (commandline -ct)\n"
    "    if string match -q 'topic:*' -- $word\n"
    "        __pinakes_ask topics (string replace 'topic:' '' -- $word) | string replace -r '^' 'topic:'\n"
    "    else\n";

/* Each with an empty description: fish would show that of the option beside every one. */
static void put_choices(FILE *out, const char *choices)
{
    fputs(" -a '", out);
    while (*choices) {
        const size_t bytes = strcspn(choices, " ");
        fprintf(out, "%.*s\\t%s", (int)bytes, choices, choices[bytes] ? " " : "");
        choices += bytes + strspn(choices + bytes, " ");
    }
    fputc('\'', out);
}

static void put_action(FILE *out, const struct completion *completion)
{
    switch (completion->kind) {
    case COMPLETE_NOTHING:
        break;
    case COMPLETE_FILES:
        fputs(" -F", out);
        break;
    case COMPLETE_KEYS:
        fputs(" -a '(__pinakes_ask keys (commandline -ct))'", out);
        break;
    case COMPLETE_TOPICS:
        fputs(" -a '(__pinakes_ask topics (commandline -ct))'", out);
        break;
    case COMPLETE_QUERY:
        fputs(" -a '(__pinakes_query)'", out);
        break;
    case COMPLETE_CHOICES:
        put_choices(out, completion->choices);
        break;
    }
}

/* `condition` is fish's, behind -n. */
static void put_options(FILE *out, const struct command *command, const struct option_table *table,
                        const char *condition)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct option_spec *spec = &table->specs[i];
        struct completion completion = completion_of_option(command, spec);
        fprintf(out, "complete -c pinakes%s%s%s", condition ? " -n '" : "", condition ? condition : "",
                condition ? "'" : "");
        if (spec->letter) {
            fprintf(out, " -s %c", spec->letter);
        }
        const char *needs = completion.kind == COMPLETE_FILES ? " -r" : " -x"; /* -x: and nothing but what is offered */
        fprintf(out, " -l %s%s", spec->name, spec->value ? needs : "");
        put_action(out, &completion);
        fputs(" -d '", out);
        completion_put_help(out, spec->help, "\\");
        fputs("'\n", out);
        completion_free(&completion);
    }
}

static void put_command(FILE *out, const struct command *command)
{
    char condition[128];
    struct completion completion = completion_of_words(command);
    (void)snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s", command->name);
    fprintf(out, "complete -c pinakes -n __fish_use_subcommand -a %s -d '", command->name);
    completion_put_help(out, command->summary, "\\");
    fputs("'\n", out);
    if (completion.kind != COMPLETE_NOTHING) {
        fprintf(out, "complete -c pinakes -n '%s'", condition);
        put_action(out, &completion);
        fputc('\n', out);
    }
    put_options(out, command, &command->options, condition);
    completion_free(&completion);
}

void completion_put_fish(FILE *out)
{
    fputs(beginning, out);
    fprintf(out, "        string split ' ' '%s'\n    end\nend\ncomplete -c pinakes -f\n", completion_fields);
    for (size_t i = 0; commands[i]; i++) {
        put_command(out, commands[i]);
    }
    put_options(out, NULL, &global_options, NULL);
}
