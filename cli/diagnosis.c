#include "cli/diagnosis.h"

#include "cli/memory.h"
#include "cli/message.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS_NAMED = 3,
    WORDS_LISTED = 12,
};

void diagnosis_words(struct printer *printer, const pinakes_results *results, size_t limit)
{
    static const struct column columns[] = {
        {.name = "word", .label = "word"},
        {.name = "papers", .label = "papers", .is_number = true},
        {.name = "without", .label = "found without it", .is_number = true},
        {.name = "closest", .label = "did you mean"},
    };
    static const struct table table = {"words", columns, sizeof columns / sizeof columns[0]};
    printer_table_open(printer, &table);
    for (size_t i = 0; i < results->word_count && i < limit; i++) {
        const pinakes_word_report *word = &results->words[i];
        const struct value cells[] = {
            value_text(word->word),
            value_count(word->papers),
            value_count(word->without),
            value_texts(word->closest, word->closest_count),
        };
        printer_row(printer, cells);
    }
    printer_table_close(printer);
}

/* Whether leaving out one word does not help, and --any would. */
static bool helps_any(const pinakes_results *results)
{
    bool helps = false;
    for (size_t i = 0; i < results->word_count; i++) {
        helps = helps || results->words[i].papers > 0;
        if (results->words[i].without > 0) {
            return false;
        }
    }
    return helps;
}

/* "no paper has 'a', 'b' or 2 more of the words", when there are words no paper has. */
static bool tell_missing(const pinakes_results *results)
{
    const char *hint = helps_any(results) ? "; --any finds papers with others" : "";
    const char *names[WORDS_NAMED];
    size_t missing = 0;
    for (size_t i = 0; i < results->word_count; i++) {
        if (results->words[i].papers > 0) {
            continue;
        }
        if (missing < WORDS_NAMED) {
            names[missing] = results->words[i].word;
        }
        missing++;
    }
    if (missing == 0) {
        return false;
    }
    char *list = memory_join(names, missing < WORDS_NAMED ? missing : WORDS_NAMED, "', '");
    if (missing > WORDS_NAMED) {
        remark("no paper has '%s' and %zu more of these words%s", list, missing - WORDS_NAMED, hint);
    } else {
        remark("no paper has '%s'%s", list, hint);
    }
    free(list);
    return true;
}

static void tell_words(const pinakes_results *results)
{
    const struct terminal terminal = terminal_of(stderr, COLOR_NEVER);
    struct printer *printer = printer_open(FORMAT_TEXT, stderr, &terminal);
    diagnosis_words(printer, results, WORDS_LISTED);
    printer_close(printer);
    if (results->word_count > WORDS_LISTED) {
        remark("and %zu more words; --json reports on all", results->word_count - WORDS_LISTED);
    }
}

static void tell_one_word(const pinakes_word_report *word)
{
    if (word->closest_count == 0) {
        remark("no paper has '%s'", word->word);
        return;
    }
    char *closest = memory_join(word->closest, word->closest_count, ", ");
    remark("no paper has '%s'; did you mean %s?", word->word, closest);
    free(closest);
}

void diagnosis_tell(const pinakes_results *results, const char *filters, uint64_t unfiltered)
{
    if (results->out_of == 0) {
        return;
    }
    if (filters && unfiltered > 0) {
        remark("nothing found; without %s %" PRIu64 " paper%s found", filters, unfiltered,
               unfiltered == 1 ? " is" : "s are");
        return;
    }
    if (results->word_count == 0) {
        if (filters) {
            remark("no paper passes %s", filters);
        } else {
            remark("there is no word to search for in this query");
        }
        return;
    }
    if (results->word_count == 1 && results->words[0].papers == 0) {
        tell_one_word(&results->words[0]);
        return;
    }
    if (!tell_missing(results)) {
        remark("every word is in some paper, but no paper has them together as asked; --any finds papers with some");
    }
    tell_words(results);
}
