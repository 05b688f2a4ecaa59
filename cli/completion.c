#include "cli/completion.h"

#include "cli/memory.h"
#include "cli/request.h"

#include <stdlib.h>
#include <string.h>

const char completion_fields[] = "title: author: venue: note: qa: abstract: tag: topic: year:";

enum { COMMANDS_MOST = 64 };

char *completion_commands(void)
{
    const char *names[COMMANDS_MOST];
    size_t count = 0;
    for (; commands[count] && count < COMMANDS_MOST; count++) {
        names[count] = commands[count]->name;
    }
    return memory_join(names, count, " ");
}

static struct completion choices_of(const char *const *names)
{
    size_t count = 0;
    while (names[count]) {
        count++;
    }
    return (struct completion){COMPLETE_CHOICES, memory_join(names, count, " ")};
}

/* "notes, markdown" without its commas. */
static struct completion readers(void)
{
    const char *names = pinakes_readers();
    char *choices = memory_copy(names, strlen(names));
    char *end = choices;
    for (const char *at = choices; *at; at++) {
        if (*at != ',') {
            *end++ = *at;
        }
    }
    *end = '\0';
    return (struct completion){COMPLETE_CHOICES, choices};
}

struct completion completion_of_option(const struct command *command, const struct option_spec *spec)
{
    static const char *const matrices[] = {"year", "venue", NULL};
    if (!spec->value) {
        return (struct completion){COMPLETE_NOTHING, NULL};
    }
    if (strcmp(spec->name, "format") == 0) {
        return command ? readers() : choices_of(format_names);
    }
    if (strcmp(spec->name, "color") == 0) {
        return choices_of(color_names);
    }
    if (strcmp(spec->name, "sort") == 0) {
        return choices_of(request_sort_names);
    }
    if (strcmp(spec->name, "matrix") == 0) {
        return choices_of(matrices);
    }
    const bool is_file = strcmp(spec->value, "FILE") == 0 || strcmp(spec->value, "RUN") == 0;
    return (struct completion){is_file                            ? COMPLETE_FILES
                               : strcmp(spec->name, "topic") == 0 ? COMPLETE_TOPICS
                                                                  : COMPLETE_NOTHING,
                               NULL};
}

struct completion completion_of_words(const struct command *command)
{
    static const struct {
        const char *argument; /* as the help has it */
        enum completion_kind kind;
    } kinds[] = {{"PATH", COMPLETE_FILES},
                 {"-FILE", COMPLETE_FILES},
                 {"KEY", COMPLETE_KEYS},
                 {"NAME", COMPLETE_TOPICS},
                 {"QUERY", COMPLETE_QUERY}};
    static const char *const shells[] = {"bash", "zsh", "fish", NULL};
    if (strstr(command->arguments, "COMMAND")) {
        return (struct completion){COMPLETE_CHOICES, completion_commands()};
    }
    if (strstr(command->arguments, "SHELL")) {
        return choices_of(shells);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strstr(command->arguments, kinds[i].argument)) {
            return (struct completion){kinds[i].kind, NULL};
        }
    }
    return (struct completion){COMPLETE_NOTHING, NULL};
}

void completion_free(struct completion *completion)
{
    free(completion->choices);
    completion->choices = NULL;
}

void completion_put_help(FILE *out, const char *help, const char *escaped)
{
    for (; *help && *help != '\n'; help++) {
        if (*help == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (strchr(escaped, *help)) {
            fputc('\\', out);
        }
        fputc(*help, out);
    }
}
