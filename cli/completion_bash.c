/* Completion for bash, 4.0 or later. */
#include "cli/completion.h"

#include <stdlib.h>

/* The functions the rest calls: they see the variables of _pinakes. */
static const char helpers[] =
    "# bash completion for pinakes, made by: pinakes completions bash\n"
    "_pinakes_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
    "}\n"
    "_pinakes_files() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "}\n"
    "_pinakes_ask() { # keys or topics of the library\n"
    "    mapfile -t COMPREPLY < <(\"$program\" \"${library[@]}\" completions --list \"$1\" \"$cur\" 2>/dev/null)\n"
    "}\n"
    "_pinakes_keys() { # the colon ends a word, but no key: what stands before it is there already\n"
    "    local at=$COMP_CWORD front\n"
    "    while ((at > 1)) && [[ ${COMP_WORDS[at]} == : || ${COMP_WORDS[at - 1]} == : ]]; do\n"
    "        ((at--))\n"
    "        cur=${COMP_WORDS[at]}$cur\n"
    "    done\n"
    "    front=${cur%\"${cur##*:}\"}\n"
    "    _pinakes_ask keys\n"
    "    COMPREPLY=(\"${COMPREPLY[@]#\"$front\"}\")\n"
    "}\n"
    "_pinakes_query() { # the colon ends a word\n"
    "    if [[ $cur == : && $prev == topic ]]; then\n"
    "        cur=\n"
    "        _pinakes_ask topics\n"
    "    elif [[ $prev == : && ${COMP_WORDS[COMP_CWORD - 2]} == topic ]]; then\n"
    "        _pinakes_ask topics\n"
    "    elif [[ $prev != : && $cur != : ]]; then\n"
    "        compopt -o nospace 2>/dev/null\n";

static const char beginning[] =
    "    fi\n"
    "}\n"
    "_pinakes() {\n"
    "    local program=$1 cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command= i\n"
    "    local -a library=()\n"
    "    COMPREPLY=()\n"
    "    if [[ $cur == = ]]; then\n"
    "        cur=\n"
    "    elif [[ $prev == = ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "        -L | --library)\n"
    "            [[ ${COMP_WORDS[i + 1]} != = ]] || ((i++))\n"
    "            library=(-L \"${COMP_WORDS[i + 1]/#\\~/$HOME}\")\n"
    "            ((i++))\n"
    "            ;;\n"
    "        --format | --color) ((i++)) ;;\n"
    "        -* | =) ;;\n"
    "        *) [[ -n $command ]] || command=${COMP_WORDS[i]} ;;\n"
    "        esac\n"
    "    done\n"
    "    case $command,$prev in\n";

static void put_action(FILE *out, const struct completion *completion)
{
    switch (completion->kind) {
    case COMPLETE_NOTHING:
        fputs(":", out);
        break;
    case COMPLETE_FILES:
        fputs("_pinakes_files", out);
        break;
    case COMPLETE_KEYS:
        fputs("_pinakes_keys", out);
        break;
    case COMPLETE_TOPICS:
        fputs("_pinakes_ask topics", out);
        break;
    case COMPLETE_QUERY:
        fputs("_pinakes_query", out);
        break;
    case COMPLETE_CHOICES:
        fprintf(out, "_pinakes_words '%s'", completion->choices);
        break;
    }
}

/* The values of options: those of the command are looked at first, as the program does. */
static void put_values(FILE *out, const struct command *command, const struct option_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct option_spec *spec = &table->specs[i];
        if (!spec->value) {
            continue;
        }
        const char *name = command ? command->name : "*";
        struct completion completion = completion_of_option(command, spec);
        fprintf(out, "    %s,--%s", name, spec->name);
        if (spec->letter) {
            fprintf(out, " | %s,-%c", name, spec->letter);
        }
        fputs(") ", out);
        put_action(out, &completion);
        fputs("; return ;;\n", out);
        completion_free(&completion);
    }
}

static void put_names(FILE *out, const struct option_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        fprintf(out, " --%s", table->specs[i].name);
    }
}

static void put_command(FILE *out, const struct command *command)
{
    struct completion completion = completion_of_words(command);
    fprintf(out, "    %s,-*) _pinakes_words '", command->name);
    put_names(out, &command->options);
    put_names(out, &global_options);
    fprintf(out, "' ;;\n    %s,*) ", command->name);
    put_action(out, &completion);
    fputs(" ;;\n", out);
    completion_free(&completion);
}

void completion_put_bash(FILE *out)
{
    char *names = completion_commands();
    fputs(helpers, out);
    fprintf(out, "        _pinakes_words '%s'\n", completion_fields);
    fputs(beginning, out);
    for (size_t i = 0; commands[i]; i++) {
        put_values(out, commands[i], &commands[i]->options);
    }
    put_values(out, NULL, &global_options);
    fputs("    esac\n    case $command,$cur in\n    ,-*) _pinakes_words '", out);
    put_names(out, &global_options);
    fprintf(out, "' ;;\n    ,*) _pinakes_words '%s' ;;\n", names);
    for (size_t i = 0; commands[i]; i++) {
        put_command(out, commands[i]);
    }
    fputs("    esac\n}\ncomplete -F _pinakes pinakes\n", out);
    free(names);
}
