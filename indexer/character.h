/* What one character of a text is to the analyzer. */
#ifndef INDEXER_CHARACTER_H
#define INDEXER_CHARACTER_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* The classes words are made of come first, so that they can be counted in an array. */
enum character_class {
    CHARACTER_LOWER, /* a letter that is no capital */
    CHARACTER_UPPER,
    CHARACTER_DIGIT, /* any number sign */
    CHARACTER_WORD_CLASSES,

    CHARACTER_CJK = CHARACTER_WORD_CLASSES, /* Han, kana, Hangul: written without spaces */
    CHARACTER_MARK,                         /* belongs to the letter before it */
    CHARACTER_IGNORED,                      /* soft hyphen, zero-width characters */
    CHARACTER_APOSTROPHE,
    CHARACTER_LINK, /* joins the parts of a compound: - _ . / & + */
    CHARACTER_BLANK,
    CHARACTER_NEWLINE,
    CHARACTER_OTHER, /* separates words; also every invalid byte */
    CHARACTER_WIDE,  /* only in character_ascii_class: the first byte of a longer sequence */
};

/* The class of every byte that is a character of its own. */
extern const uint8_t character_ascii_class[256];

struct character {
    int32_t code;
    uint32_t bytes; /* 0 at the end of the text */
    enum character_class class;
};

/* character_at() where the byte at `at` is CHARACTER_WIDE. */
struct character character_wide_at(struct span text, size_t at);

/* The character at byte `at`. A byte that begins no valid UTF-8 sequence is a separator of its own. */
static inline struct character character_at(struct span text, size_t at)
{
    if (at >= text.len) {
        return (struct character){0, 0, CHARACTER_OTHER};
    }
    const uint8_t byte = (uint8_t)text.at[at];
    const enum character_class class = (enum character_class)character_ascii_class[byte];
    return class == CHARACTER_WIDE ? character_wide_at(text, at) : (struct character){byte, 1, class};
}

static inline bool character_in_word(enum character_class class)
{
    return class < CHARACTER_WORD_CLASSES;
}

/* Latin, Greek or Cyrillic: alphabets whose readers expect to find a letter without its accents. */
bool character_has_accents(int32_t code);

/* Letters, marks and numbers by Unicode category. */
bool character_is_text(int32_t code);

#endif
