/* `pinakes completions`: what a shell needs to complete a command line, made of the tables the options are read by. */
#include "cli/completion.h"

#include <string.h>

enum { OPTION_LIST = 1 };

static const struct option_spec specs[] = {
    {OPTION_LIST, 0, "list", "WHAT", "print the keys or topics of the library that begin so"},
};

enum { KEYS_MOST = 1000 };

static void put_key(void *context, const char *key)
{
    (void)context;
    puts(key);
}

static pinakes_status put_topics(pinakes_library *library, const char *beginning, pinakes_error *error)
{
    pinakes_topics *topics;
    const pinakes_status status = pinakes_list_topics(library, &topics, error);
    if (status != PINAKES_OK) {
        return status;
    }
    for (size_t i = 0; i < topics->topic_count; i++) {
        if (strncmp(topics->topics[i].name, beginning, strlen(beginning)) == 0) {
            puts(topics->topics[i].name);
        }
    }
    pinakes_topics_free(topics);
    return PINAKES_OK;
}

static int put_list(const struct program *program, const char *what, const char *beginning)
{
    static const char *const choices[] = {"keys", "topics"};
    size_t choice;
    if (!option_choice("--list", what, choices, 2, &choice)) {
        return EXIT_TROUBLE;
    }
    pinakes_library *library = program_library(program, PINAKES_READ);
    pinakes_error error;
    if (!library) {
        return EXIT_TROUBLE;
    }
    const pinakes_status status = choice == 0 ? pinakes_list_keys(library, beginning, KEYS_MOST, put_key, NULL, &error)
                                              : put_topics(library, beginning, &error);
    pinakes_close(library);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    return output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
}

static int put_script(const char *shell)
{
    static const char *const shells[] = {"bash", "zsh", "fish"};
    static void (*const scripts[])(FILE * out) = {completion_put_bash, completion_put_zsh, completion_put_fish};
    size_t choice;
    if (!option_choice("completions", shell, shells, sizeof shells / sizeof shells[0], &choice)) {
        return EXIT_TROUBLE;
    }
    scripts[choice](stdout);
    return output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
}

static int run_completions(struct program *program, struct options *options)
{
    const char *list = NULL;
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        if (id != OPTION_LIST) {
            return program->exit_status;
        }
        list = options->value;
    }
    if (list && options->word_count <= 1) {
        return put_list(program, list, options->word_count == 1 ? options->words[0] : "");
    }
    if (options->word_count != 1) {
        return complain("completions for which shell? pinakes completions bash, zsh or fish");
    }
    return put_script(options->words[0]);
}

const struct command command_completions = {
    .name = "completions",
    .arguments = "SHELL",
    .summary = "a script by which bash, zsh or fish completes commands",
    .about = "Prints the script: commands, options and their values, fields of the query\n"
             "language, and the keys and topics of the library. Where Pinakes is installed,\n"
             "the shells find it by themselves.\n",
    .examples = "  source <(pinakes completions bash)         or zsh, behind compinit\n"
                "  pinakes completions zsh > ~/.zfunc/_pinakes\n"
                "  pinakes completions fish > ~/.config/fish/completions/pinakes.fish\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_completions,
};
