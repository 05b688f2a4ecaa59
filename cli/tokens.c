/* `pinakes tokens`: what becomes of every word of a text. */
#include "cli/memory.h"
#include "cli/program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All of standard input; the caller frees it. */
static char *read_standard_input(size_t *bytes)
{
    char *text = NULL;
    size_t capacity = 0;
    *bytes = 0;
    for (ssize_t got = 1; got != 0;) {
        while (capacity - *bytes < BUFSIZ) {
            text = memory_grow(text, capacity, &capacity, 1);
        }
        got = read(STDIN_FILENO, text + *bytes, capacity - *bytes);
        if (got < 0) {
            complain("standard input cannot be read: %s", strerror(errno));
            free(text);
            return NULL;
        }
        *bytes += (size_t)got;
    }
    return text;
}

/* Why a token is there, in words. */
static const char *reason(const pinakes_token *token)
{
    static const struct {
        const char *kind, *reason;
    } reasons[] = {
        {"word", "the word as written, without case and accents"},
        {"stem", "its stem, so that other endings find it"},
        {"part", "a part of the word, told by its capitals"},
        {"family", "what the numbered name is one of"},
        {"joined", "the parts written together"},
        {"variant", "another spelling of the word"},
        {"bigram", "two neighbouring characters, in a script without spaces"},
    };
    if (token->stop_word) {
        return "a stop word: left out of a query when other words remain";
    }
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (strcmp(token->kind, reasons[i].kind) == 0) {
            return reasons[i].reason;
        }
    }
    return token->kind;
}

struct table_of_tokens {
    struct printer *printer;
    const char *text;
    size_t count;
};

static bool on_token(void *context, const pinakes_token *token)
{
    struct table_of_tokens *tokens = context;
    const struct value cells[] = {
        value_count(token->position), value_text(token->text),
        value_text(token->kind),      value_bytes(tokens->text + token->start, token->bytes),
        value_count(token->start),    value_count(token->bytes),
        value_flag(token->stop_word), value_text(reason(token)),
    };
    printer_row(tokens->printer, cells);
    tokens->count++;
    return true;
}

static int print_tokens(const struct program *program, const char *text, size_t bytes)
{
    static const struct column columns[] = {
        {.name = "position", .label = "at", .is_number = true},
        {.name = "token", .label = "token"},
        {.name = "kind", .label = "kind"},
        {.name = "from", .label = "from"},
        {.name = "start"},
        {.name = "bytes"},
        {.name = "stop_word"},
        {.name = "why", .label = "why"},
    };
    static const struct table table = {"tokens", columns, sizeof columns / sizeof columns[0]};
    struct report report;
    report_open(&report, program);
    struct table_of_tokens tokens = {report.printer, text, 0};
    pinakes_error error;
    printer_table_open(report.printer, &table);
    const pinakes_status status = pinakes_tokens(text, bytes, on_token, &tokens, &error);
    printer_table_close(report.printer);
    const int code = report_close(&report, tokens.count > 0 ? EXIT_FOUND : EXIT_NONE);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    if (tokens.count == 0 && !program->quiet) {
        remark("there is no word in that text");
    }
    return code;
}

static int run_tokens(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    if (options->word_count == 0) {
        return complain("tokens of which text? pinakes tokens TEXT..., or - for standard input");
    }
    const bool from_input = options->word_count == 1 && strcmp(options->words[0], "-") == 0;
    size_t bytes = 0;
    char *text = from_input ? read_standard_input(&bytes)
                            : memory_join((const char *const *)options->words, options->word_count, " ");
    if (!text) {
        return EXIT_TROUBLE;
    }
    bytes = from_input ? bytes : strlen(text);
    const int code = print_tokens(program, text, bytes);
    free(text);
    return code;
}

const struct command command_tokens = {
    .name = "tokens",
    .arguments = "TEXT...",
    .summary = "what becomes of every word, and why",
    .about = "Prints the tokens a text gives, in the index and in a query ('-' is standard\n"
             "input). Tokens at one position stand for each other; '~' is in front of stems.\n",
    .examples = "  pinakes tokens KV-cache\n"
                "  pinakes tokens 'µFork runs C++ programs'\n",
    .run = run_tokens,
};
