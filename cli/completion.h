/* What a shell can offer where an option's value, or a command's argument, is to be typed. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/program.h"

#include <stdio.h>

enum completion_kind {
    COMPLETE_NOTHING,
    COMPLETE_FILES,
    COMPLETE_KEYS,   /* of the library */
    COMPLETE_TOPICS, /* of the library */
    COMPLETE_QUERY,  /* the fields of the query language */
    COMPLETE_CHOICES,
};

struct completion {
    enum completion_kind kind;
    char *choices; /* of COMPLETE_CHOICES, separated by spaces; owned */
};

/* Of an option of `command`, NULL for one of the program. */
struct completion completion_of_option(const struct command *command, const struct option_spec *spec);

/* Of the words behind the command's name. */
struct completion completion_of_words(const struct command *command);
void completion_free(struct completion *completion);

/* The fields of the query language, each with its colon, separated by spaces. */
extern const char completion_fields[];

/* The names of all commands, separated by spaces. The caller frees them. */
char *completion_commands(void);

/* An option's help up to the end of its first line, with a backslash before each of the bytes in `escaped`, and ' as a
 * shell reads it within '...'. */
void completion_put_help(FILE *out, const char *help, const char *escaped);

/* The scripts, complete. */
void completion_put_bash(FILE *out);
void completion_put_zsh(FILE *out);
void completion_put_fish(FILE *out);

#endif
