#include "indexer/numbered.h"

#include "indexer/character.h"
#include "indexer/words.h"

#include <stdbool.h>

/* A run of letters, or of the digits and points of a number. */
struct run {
    size_t end;
    size_t letters, capitals;
    size_t whole; /* of a number: where its fraction begins, or its end */
};

/* Reads the run of letters from `at` on, with what stands between letters inside a word. */
static struct run read_letters(struct span raw, size_t at)
{
    struct run run = {.end = at};
    for (; run.end < raw.len;) {
        const struct character character = character_at(raw, run.end);
        if (character.class == CHARACTER_DIGIT) {
            break;
        }
        run.letters += character.class == CHARACTER_LOWER || character.class == CHARACTER_UPPER;
        run.capitals += character.class == CHARACTER_UPPER;
        run.end += character.bytes;
    }
    run.whole = run.end;
    return run;
}

static struct run read_number(struct span raw, size_t at)
{
    struct run run = {.end = at, .whole = raw.len};
    for (; run.end < raw.len && (is_ascii_digit(raw.at[run.end]) || raw.at[run.end] == '.'); run.end++) {
        if (raw.at[run.end] == '.' && run.end < run.whole) {
            run.whole = run.end;
        }
    }
    run.whole = run.whole < run.end ? run.whole : run.end;
    return run;
}

/* Whether the word ends at `at`, but for the s of a plural. */
static bool ends_word(struct span raw, size_t at)
{
    return at == raw.len || (at + 1 == raw.len && word_is_plural_acronym(raw));
}

/* The bytes of a name without the v of a version, which is small behind a capital or a capital behind a small letter:
 * "IPv" and "MobileNetV", but "Conv". */
static size_t without_version(struct span raw, size_t bytes)
{
    if (bytes < 2) {
        return bytes;
    }
    const enum character_class before = (enum character_class)character_ascii_class[(uint8_t)raw.at[bytes - 2]];
    const bool is_version = (raw.at[bytes - 1] == 'v' && before == CHARACTER_UPPER) ||
                            (raw.at[bytes - 1] == 'V' && before == CHARACTER_LOWER);
    return is_version ? bytes - 1 : bytes;
}

size_t word_families(struct span raw, struct span families[FAMILIES_MAX])
{
    enum { LETTERS_MIN = 3, CAPITALS_MIN = 2 };
    const struct run name = read_letters(raw, 0);
    const struct run number = read_number(raw, name.end);
    const bool ends_in_number = number.end > name.end && ends_word(raw, number.end);
    const struct span fraction = {raw.at + number.whole, number.end - number.whole};
    size_t count = 0;
    if (ends_in_number && fraction.len > 0 && (name.letters > 0 || span_is(fraction, ".0"))) {
        families[count++] = (struct span){raw.at, number.whole};
    }
    if (name.end < raw.len && name.letters >= LETTERS_MIN && (ends_in_number || name.capitals >= CAPITALS_MIN)) {
        families[count++] = (struct span){raw.at, without_version(raw, name.end)};
    }
    return count;
}

size_t word_number_joint(struct span raw)
{
    enum { LETTERS_MIN = 2 };
    const bool is_number_first = raw.len > 0 && is_ascii_digit(raw.at[0]);
    const struct run first = is_number_first ? read_number(raw, 0) : read_letters(raw, 0);
    const struct run second = is_number_first ? read_letters(raw, first.end) : read_number(raw, first.end);
    const bool is_whole = second.end == raw.len && second.end > first.end;
    if (!is_whole || first.letters + second.letters < LETTERS_MIN) {
        return 0;
    }
    return is_number_first ? first.end : without_version(raw, first.end);
}
