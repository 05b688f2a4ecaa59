#include "cli/options.h"

#include "cli/closest.h"
#include "cli/memory.h"
#include "cli/message.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct options options_start(char **arguments, const struct option_table *global)
{
    return (struct options){.arguments = arguments, .words = arguments, .global = *global};
}

static const struct option_spec *find_name(const struct option_table *table, const char *name, size_t bytes)
{
    for (size_t i = 0; i < table->count; i++) {
        const char *own = table->specs[i].name;
        if (own && strlen(own) == bytes && memcmp(own, name, bytes) == 0) {
            return &table->specs[i];
        }
    }
    return NULL;
}

static const struct option_spec *find_letter(const struct option_table *table, char letter)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->specs[i].letter == letter) {
            return &table->specs[i];
        }
    }
    return NULL;
}

static size_t add_names(const struct option_table *table, const char **names)
{
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (table->specs[i].name) {
            names[count++] = table->specs[i].name;
        }
    }
    return count;
}

/* The known long option nearest to `name`, or NULL. */
static const char *closest_option(const struct options *options, const char *name)
{
    const char **names = memory_array(options->own.count + options->global.count, sizeof *names);
    size_t count = add_names(&options->own, names);
    count += add_names(&options->global, names + count);
    const char *closest = closest_name(name, names, count);
    free(names);
    return closest;
}

static int unknown_long(const struct options *options, const char *name, size_t bytes)
{
    char *typed = memory_copy(name, bytes);
    const char *closest = closest_option(options, typed);
    if (closest) {
        complain("there is no option --%s; did you mean --%s?", typed, closest);
    } else {
        complain("there is no option --%s; 'pinakes help' lists them", typed);
    }
    free(typed);
    return OPTION_STOP;
}

/* Reads "--name", "--name=value" or "--name value". */
static int read_long(struct options *options, const char *argument)
{
    const char *name = argument + 2;
    const size_t bytes = strcspn(name, "=");
    const bool has_value = name[bytes] == '=';
    const struct option_spec *spec = find_name(&options->own, name, bytes);
    spec = spec ? spec : find_name(&options->global, name, bytes);
    if (!spec) {
        return unknown_long(options, name, bytes);
    }
    if (!spec->value && has_value) {
        complain("--%s takes no value", spec->name);
        return OPTION_STOP;
    }
    if (spec->value && !has_value && !options->arguments[options->at]) {
        complain("--%s needs a value: --%s %s", spec->name, spec->name, spec->value);
        return OPTION_STOP;
    }
    if (spec->value) {
        options->value = has_value ? name + bytes + 1 : options->arguments[options->at++];
    }
    return spec->id;
}

/* Reads "-x", "-x value" or "-xvalue"; flags do not cluster. */
static int read_short(struct options *options, const struct option_spec *spec, const char *argument)
{
    if (!spec->value) {
        return spec->id;
    }
    if (argument[2]) {
        options->value = argument + 2;
    } else if (options->arguments[options->at]) {
        options->value = options->arguments[options->at++];
    } else {
        complain("-%c needs a value: -%c %s", spec->letter, spec->letter, spec->value);
        return OPTION_STOP;
    }
    return spec->id;
}

/* The option "-x..." stands for, or NULL. A flag takes nothing behind its letter; a number must look like one; and
 * where "-word" may be a word, only a number may follow without a space, so that "-Linux" is no -L. */
static const struct option_spec *short_option(const struct options *options, const char *argument)
{
    const struct option_spec *spec = find_letter(&options->own, argument[1]);
    spec = spec ? spec : find_letter(&options->global, argument[1]);
    if (!spec || !argument[2]) {
        return spec;
    }
    const bool wants_number = spec->value && strcmp(spec->value, "N") == 0;
    const bool fits = wants_number ? isdigit((unsigned char)argument[2]) != 0 : spec->value && !options->minus_words;
    return fits ? spec : NULL;
}

/* Whether `name` is a long option's, exactly. */
static bool is_long_name(const struct options *options, const char *name)
{
    const size_t bytes = strcspn(name, "=");
    return find_name(&options->own, name, bytes) || find_name(&options->global, name, bytes);
}

static int unknown_short(const struct options *options, const char *argument)
{
    const char *closest = argument[2] ? closest_option(options, argument + 1) : NULL;
    char *quoted = shell_quote(argument);
    if (closest) {
        complain("there is no option %s; did you mean --%s?", quoted, closest);
    } else if (options->minus_words) {
        complain("there is no option %s; to search for it, write: pinakes search -- %s", quoted, quoted);
    } else {
        complain("there is no option %s; 'pinakes help' lists them", quoted);
    }
    free(quoted);
    return OPTION_STOP;
}

/* Whether "-word" can only be a word of a query: no long option with a dash too few, and longer than a letter. */
static bool is_minus_word(const struct options *options, const char *argument)
{
    return options->minus_words && argument[2] && !is_long_name(options, argument + 1);
}

int options_next(struct options *options)
{
    for (;;) {
        char *argument = options->arguments[options->at];
        if (!argument || (options->stops_at_word && options->word_count > 0)) {
            return OPTION_END;
        }
        options->at++;
        const bool is_word = options->only_words || argument[0] != '-' || argument[1] == '\0';
        if (!is_word && strcmp(argument, "--") == 0) {
            options->only_words = true;
            continue;
        }
        if (!is_word && argument[1] == '-') {
            return read_long(options, argument);
        }
        const struct option_spec *spec = is_word ? NULL : short_option(options, argument);
        if (spec) {
            return read_short(options, spec, argument);
        }
        if (!is_word && !is_minus_word(options, argument)) {
            return unknown_short(options, argument);
        }
        options->words[options->word_count++] = argument;
    }
}

bool option_count(const char *option, const char *value, size_t least, size_t *out)
{
    char *end;
    errno = 0;
    const unsigned long long number = strtoull(value, &end, 10);
    if (!isdigit((unsigned char)value[0]) || *end || errno != 0 || number < least || number > SIZE_MAX / 2) {
        complain("%s takes a whole number from %zu on, not '%s'", option, least, value);
        return false;
    }
    *out = (size_t)number;
    return true;
}

bool option_choice(const char *option, const char *value, const char *const *choices, size_t count, size_t *out)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, choices[i]) == 0) {
            *out = i;
            return true;
        }
    }
    const char *closest = closest_name(value, choices, count);
    char *all = memory_join(choices, count, ", ");
    if (closest) {
        complain("%s does not know '%s'; did you mean %s? It takes one of %s", option, value, closest, all);
    } else {
        complain("%s does not know '%s'; it takes one of %s", option, value, all);
    }
    free(all);
    return false;
}

/* Reads a year of one to four digits at `*at` and moves behind it; 0 when there is none. */
static int read_year(const char **at)
{
    int year = 0;
    for (int digits = 0; digits < 4 && isdigit((unsigned char)**at); digits++) {
        year = year * 10 + (*(*at)++ - '0');
    }
    return year;
}

bool option_years(const char *option, const char *value, int *from, int *to)
{
    const char *at = value;
    const int first = read_year(&at);
    const bool has_dots = strncmp(at, "..", 2) == 0;
    const bool has_dash = *at == '-' && first > 0 && at[1];
    at += has_dots ? 2 : has_dash ? 1 : 0;
    const int last = has_dots || has_dash ? read_year(&at) : first;
    if (*at || (first == 0 && last == 0)) {
        complain("%s takes a year or years, as 2024, 2021..2025, 2021.. or ..2025, not '%s'", option, value);
        return false;
    }
    if (first > 0 && last > 0 && first > last) {
        complain("%s %s: the first year comes after the last; write %d..%d", option, value, last, first);
        return false;
    }
    *from = first;
    *to = last;
    return true;
}
