/* The words of a line of notes, each with what its spelling and its kind say about the line. */
#ifndef CORPUS_WORDS_H
#define CORPUS_WORDS_H

#include "base/span.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>

/* Lists a word may be in; a word may be in several. */
enum word_class {
    WORD_FUNCTION = 1 << 0, /* of, the, with */
    WORD_SENTENCE = 1 << 1, /* is, we, because, uses */
    WORD_OPENER = 1 << 2,   /* this, compare, note: what notes begin with */
    WORD_PART = 1 << 3,     /* motivation, evaluation, takeaways */
    WORD_BESIDE = 1 << 4,   /* my, key, related: beside such a word */
    WORD_RESEARCH = 1 << 5, /* scheduling, neural, kernel: what titles of papers are made of */
    WORD_OTHER = 1 << 6,    /* agenda, ingredients, license: no paper here */
    WORD_FILLER = 1 << 7,   /* proceedings, workshop, best: beside the name of a venue */
    WORD_PAGE = 1 << 8,     /* readme, template, weekly: names of pages that hold no paper of their own */
};

enum word_case {
    CASE_NONE,  /* no letters, a mixture of digits and lower case, a script without case */
    CASE_LOWER, /* scheduling */
    CASE_UPPER, /* Scheduling, GPU, eBPF, µFork: begins with, or holds, a capital */
};

struct word {
    struct span text;  /* without the punctuation around it */
    struct span chunk; /* with it: everything between two white spaces */
    enum word_case letters;
    unsigned classes; /* of enum word_class */
};

/* Takes the next word off the front of `*rest`; false when there is none. A chunk of punctuation alone is a word
 * whose text is empty. */
bool word_next(struct span *rest, struct word *word);

/* The lists `text` is in, whatever its case. */
unsigned word_classes(struct span text);

/* Whether a line of this many words in scripts of East Asia could still be one: code points of them in `text`. */
size_t count_east_asian(struct span text);

bool is_capital(int32_t code_point);
bool is_letter(int32_t code_point);

/* Whether a letter of any script stands in `text`: "3DV" has one, "2023-05" has none. */
bool has_letters(struct span text);

/* Whether `text` has at least so many words. */
bool has_words(struct span text, size_t wanted);

/* What citation keys are made of: "doe2020quiet", "DBLP:conf/sosp/Doe20". */
bool is_key_byte(char c);

/* "Jul", "july", "Sept". */
bool is_month(struct span word);

/* An empty span may point nowhere, and nothing is added to that. */
static inline struct span span_from(struct span text, size_t start)
{
    return start == 0 ? text : (struct span){text.at + start, text.len - start};
}

static inline struct span span_until(struct span text, size_t end)
{
    return (struct span){text.at, end};
}

/* Whether `text` starts with `prefix`, whatever the case of ASCII letters. */
bool span_starts_nocase(struct span text, const char *prefix);

/* The bytes of the first of some texts that `text` starts or ends with, whatever their case; 0 when it does with none.
 */
size_t span_starts_nocase_with_one(struct span text, const char *const *texts, size_t count);
size_t span_ends_nocase_with_one(struct span text, const char *const *texts, size_t count);

/* Where `needle` stands in `text`; SIZE_MAX when it does not. */
size_t span_find(struct span text, const char *needle);

#endif
