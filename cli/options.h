/* One reader of command lines: long and short options from tables, words in between, "--", and the closest name for
 * what is unknown. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct option_spec {
    int id;            /* greater than 0 */
    char letter;       /* 0: none */
    const char *name;  /* without "--"; NULL: only a letter */
    const char *value; /* what the value is called in the help; NULL: the option takes none */
    const char *help;
};

struct option_table {
    const struct option_spec *specs;
    size_t count;
};

enum {
    OPTION_END = 0,
    OPTION_STOP = -1, /* nothing more is to be done: the help was given, or a mistake named on standard error */
};

struct options {
    char **arguments; /* NULL-terminated; the words move to its front */
    size_t at;
    struct option_table own;    /* of the command; looked at first */
    struct option_table global; /* of the program */
    bool stops_at_word;         /* the words up to here end the reading: main() looks for the command */
    bool minus_words;           /* "-word" that is no option is a word: a query's way to exclude */
    bool only_words;            /* "--" was seen */
    const char *value;          /* of the last option */
    char **words;
    size_t word_count;
};

/* Reads `arguments`, which is rearranged. */
struct options options_start(char **arguments, const struct option_table *global);

/* The id of the next option, OPTION_END behind the last argument (or word), or OPTION_STOP. */
int options_next(struct options *options);

/* A whole number of at least `least`; false, with one line on standard error that names `option`, for anything else. */
bool option_count(const char *option, const char *value, size_t least, size_t *out);

/* The place of `value` in `choices`; false, with one line that names the choices, when it is none of them. */
bool option_choice(const char *option, const char *value, const char *const *choices, size_t count, size_t *out);

/* "2021", "2021..2025", "2021-2025", "2021.." or "..2025"; 0 leaves a side open. False, with one line, otherwise. */
bool option_years(const char *option, const char *value, int *from, int *to);

#endif
