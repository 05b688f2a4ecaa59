/* Papers as the engines of the bench read them: JSONL on standard input, one line a paper on standard output,
 *
 *     title words TAB body words TAB year
 *
 * cut by the analyzer of Pinakes, one token a word: its stem, or with --words the word as written; a numbered name goes
 * as the family it is one of, since Pinakes would index both and the others one. Stop words stay. Lines that are not
 * papers are named on standard error and end the run. */
#include "indexer/analyzer.h"
#include "indexer/numbered.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void die(size_t line, const char *what)
{
    fprintf(stderr, "line %zu: %s\n", line, what);
    exit(2);
}

/* "cxl" of "cxl2.0". */
static struct span family_of(struct span word)
{
    struct span families[FAMILIES_MAX];
    for (size_t count; (count = word_families(word, families)) > 0;) {
        word = families[count - 1];
    }
    return word;
}

/* The first token of every position; its stem, unless it is an acronym or a name. */
static void put_words(struct analyzer *analyzer, const char *text, bool stems)
{
    bool is_first = true;
    uint32_t position = 0;
    struct token token;
    analyzer_start(analyzer, (struct span){text, strlen(text)});
    while (analyzer_next(analyzer, &token)) {
        if (token.kind == TOKEN_BREAK || (!is_first && token.position == position)) {
            continue;
        }
        const bool is_stemmed = stems && token.kind == TOKEN_WORD && !token.is_protected;
        const struct span put = family_of(is_stemmed ? analyzer_stem(analyzer, token.text) : token.text);
        printf("%s%.*s", is_first ? "" : " ", SPAN_ARGS(put));
        position = token.position;
        is_first = false;
    }
    if (analyzer_failed(analyzer)) {
        die(0, "out of memory");
    }
}

static void put_paper(struct analyzer *analyzer, const json_t *paper, bool stems)
{
    const char *title = json_string_value(json_object_get(paper, "title"));
    const char *abstract = json_string_value(json_object_get(paper, "abstract"));
    put_words(analyzer, title == NULL ? "" : title, stems);
    putchar('\t');
    put_words(analyzer, abstract == NULL ? "" : abstract, stems);
    printf("\t%lld\n", (long long)json_integer_value(json_object_get(paper, "year")));
}

int main(int argc, char **argv)
{
    const bool stems = !(argc == 2 && strcmp(argv[1], "--words") == 0);
    if (argc > 2 || (argc == 2 && stems)) {
        fprintf(stderr, "usage: split [--words] <papers.jsonl >papers.tokens\n");
        return 2;
    }
    struct analyzer *analyzer;
    if (analyzer_create(&analyzer, NULL) != PINAKES_OK) {
        die(0, "out of memory");
    }
    char *line = NULL;
    size_t room = 0;
    ssize_t bytes;
    for (size_t number = 1; (bytes = getline(&line, &room, stdin)) >= 0; number++) {
        json_error_t error;
        json_t *paper = json_loadb(line, (size_t)bytes, 0, &error);
        if (!json_is_object(paper)) {
            die(number, paper == NULL ? error.text : "not a JSON object");
        }
        put_paper(analyzer, paper, stems);
        json_decref(paper);
    }
    free(line);
    analyzer_free(analyzer);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
