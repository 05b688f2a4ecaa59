#include "indexer/words.h"

#include <utf8proc.h>

static bool is_digit_at(struct span text, size_t at)
{
    return at < text.len && character_ascii_class[(uint8_t)text.at[at]] == CHARACTER_DIGIT;
}

/* ---- between words --------------------------------------------------------------------------------------- */

size_t words_skip(struct span text, size_t at, struct gap *gap)
{
    *gap = (struct gap){0, 0};
    size_t line_end = SIZE_MAX; /* the last newline with nothing but blanks behind it */
    while (at < text.len) {
        const struct character character = character_at(text, at);
        if (character.class <= CHARACTER_CJK) {
            break;
        }
        if (character.class == CHARACTER_NEWLINE) {
            if (line_end != SIZE_MAX && gap->end == 0) {
                gap->start = line_end;
            }
            if (line_end != SIZE_MAX) {
                gap->end = at + 1;
            }
            line_end = at;
        } else if (character.class != CHARACTER_BLANK && character.class != CHARACTER_IGNORED) {
            line_end = SIZE_MAX;
        }
        at += character.bytes;
    }
    return at;
}

/* ---- one word -------------------------------------------------------------------------------------------- */

static void begin_word(struct span text, size_t at, struct word *word)
{
    *word = (struct word){.article = at, .start = at, .end = at, .is_ascii = true};
    word->starts_upper = character_at(text, at).class == CHARACTER_UPPER;
}

static size_t scan_ascii(struct span text, size_t at, struct word *word)
{
    const size_t from = at;
    size_t upper = 0, digit = 0;
    for (; at < text.len; at++) {
        const uint8_t class = character_ascii_class[(uint8_t)text.at[at]];
        if (class >= CHARACTER_WORD_CLASSES) {
            break;
        }
        upper += class == CHARACTER_UPPER;
        digit += class == CHARACTER_DIGIT;
    }
    if (at > from) {
        word->counts[CHARACTER_LOWER] += at - from - upper - digit;
        word->counts[CHARACTER_UPPER] += upper;
        word->counts[CHARACTER_DIGIT] += digit;
        word->end = at;
    }
    return at;
}

/* What French, Italian and Catalan shorten before a vowel: articles, pronouns and que. */
static bool is_elided(struct span letters)
{
    static const char *const elided[] = {"l",    "d",   "j",     "m",      "t",      "s",      "n",
                                         "c",    "qu",  "jusqu", "lorsqu", "puisqu", "quoiqu", "dell",
                                         "nell", "all", "un",    "dall",   "sull"};
    return span_is_among_nocase(letters, elided, sizeof elided / sizeof *elided);
}

/* "l'accès", "L'IA", "d’un" are words with an article before them; "D'Souza" is a name, "don't" a word. */
static bool has_article(struct span text, size_t apostrophe, size_t at, const struct word *word)
{
    const struct character first = character_at(text, at);
    const bool is_name =
        first.class == CHARACTER_UPPER && character_at(text, at + first.bytes).class != CHARACTER_UPPER;
    return !is_name && is_elided((struct span){text.at + word->start, apostrophe - word->start});
}

/* Bytes of an apostrophe inside a word ("don't"), 0 where one ends it. A possessive 's is passed over, and so is an
 * elided article: the word begins behind it. */
static size_t scan_apostrophe(struct span text, size_t at, size_t bytes, struct word *word)
{
    const struct character letter = character_at(text, at + bytes);
    if (word->end != at || (letter.class != CHARACTER_LOWER && letter.class != CHARACTER_UPPER)) {
        return 0;
    }
    if (letter.code == 's' || letter.code == 'S') {
        const enum character_class behind = character_at(text, at + bytes + 1).class;
        if (!character_in_word(behind) && behind != CHARACTER_MARK && behind != CHARACTER_IGNORED) {
            word->next = at + bytes + 1;
            return 0;
        }
    }
    if (has_article(text, at, at + bytes, word)) {
        const size_t article = word->article;
        begin_word(text, at + bytes, word);
        word->article = article;
    }
    return bytes;
}

/* "3.40.1": a point between digits. "10,000": a comma before exactly three digits and behind one to three. */
static bool is_inside_number(struct span text, size_t at, const struct word *word)
{
    if (at == word->start || !is_digit_at(text, at - 1) || !is_digit_at(text, at + 1)) {
        return false;
    }
    if (text.at[at] == '.') {
        return true;
    }
    size_t before = 0;
    while (before < 4 && before < at - word->start && is_digit_at(text, at - 1 - before)) {
        before++;
    }
    return text.at[at] == ',' && before < 4 && is_digit_at(text, at + 2) && is_digit_at(text, at + 3) &&
           !is_digit_at(text, at + 4);
}

/* "2×" is how people write 2x; "2×3" is two numbers. */
static bool is_times(struct span text, size_t at, const struct character *character)
{
    return character->code == 0xd7 && character->bytes > 1 && is_digit_at(text, at - 1) &&
           !character_in_word(character_at(text, at + character->bytes).class);
}

/* What continues a word and is no plain ASCII letter or digit: its bytes, or 0 at the end of the word. */
static size_t scan_inside(struct span text, size_t at, struct word *word)
{
    const struct character character = character_at(text, at);
    size_t bytes = character.bytes;
    if (character.class == CHARACTER_APOSTROPHE) {
        bytes = scan_apostrophe(text, at, bytes, word);
    } else if (character_in_word(character.class)) {
        word->counts[character.class]++;
        word->end = at + bytes;
    } else if (character.class == CHARACTER_MARK) {
        word->end = at + bytes;
    } else if (is_times(text, at, &character)) {
        word->counts[CHARACTER_LOWER]++;
        word->end = at + bytes;
    } else if (character.class != CHARACTER_IGNORED) {
        bytes = is_inside_number(text, at, word) ? 1 : 0;
    }
    word->is_ascii = word->is_ascii && bytes <= 1;
    return bytes;
}

/* "C++", "g++", "C#" are words of their own; "x++y" and "PR#12" are not. */
static void scan_sign(struct span text, struct word *word)
{
    const size_t at = word->end;
    const size_t letters = word_letters(word);
    const bool may_have_sign = word->is_ascii && letters > 0 && letters <= 3 && word->counts[CHARACTER_DIGIT] == 0;
    if (!may_have_sign || at >= text.len) {
        return;
    }
    const bool is_plus = text.at[at] == '+' && at + 1 < text.len && text.at[at + 1] == '+';
    if (!is_plus && text.at[at] != '#') {
        return;
    }
    const size_t end = at + (is_plus ? 2 : 1);
    const enum character_class behind = character_at(text, end).class;
    const bool is_numbered = behind == CHARACTER_DIGIT && !is_plus && letters > 1;
    if (behind == CHARACTER_LOWER || behind == CHARACTER_UPPER || is_numbered) {
        return;
    }
    word->end = end;
    word->next = end;
    word->has_sign = true;
}

void words_scan(struct span text, size_t at, struct word *word)
{
    size_t step = 0;
    begin_word(text, at, word);
    do {
        at = scan_ascii(text, at + step, word);
        step = scan_inside(text, at, word);
    } while (step > 0);
    if (word->next == 0) {
        word->next = word->end;
        scan_sign(text, word);
    }
}

/* ---- compounds ------------------------------------------------------------------------------------------- */

static bool is_short(const struct word *word)
{
    return word_letters(word) <= 2 && word->counts[CHARACTER_DIGIT] == 0 && !word->has_sign;
}

/* "memory.The": a sentence that ends without a space behind it. */
static bool is_sentence_end(struct span text, const struct word *word, const struct word *next)
{
    return word_letters(word) >= 3 && character_ascii_class[(uint8_t)text.at[word->end - 1]] == CHARACTER_LOWER &&
           next->starts_upper && next->counts[CHARACTER_UPPER] == 1;
}

enum word_link words_link(struct span text, const struct word *word, struct word *next)
{
    const struct character link = character_at(text, word->next);
    if (word->has_sign && link.class == CHARACTER_DIGIT) { /* "C++17" */
        words_scan(text, word->next, next);
        return LINK_LOOSE;
    }
    const bool is_tight = link.code == '/' || link.code == '&';
    const size_t at = word->next + link.bytes;
    if (link.class != CHARACTER_LINK || (is_tight && !is_short(word)) ||
        !character_in_word(character_at(text, at).class)) {
        return LINK_NONE;
    }
    words_scan(text, at, next);
    if ((is_tight && !is_short(next)) || (link.code == '.' && is_sentence_end(text, word, next))) {
        return LINK_NONE;
    }
    return is_tight ? LINK_TIGHT : LINK_LOOSE;
}

/* ---- capitals -------------------------------------------------------------------------------------------- */

bool word_is_name(const struct word *word)
{
    const size_t upper = word->counts[CHARACTER_UPPER];
    return upper >= 2 || (upper == 1 && !word->starts_upper);
}

bool word_is_plural_acronym(struct span raw)
{
    if (raw.len < 3 || raw.at[raw.len - 1] != 's') {
        return false;
    }
    if (is_digit_at(raw, raw.len - 2)) {
        return !is_digit_at(raw, 0);
    }
    return character_ascii_class[(uint8_t)raw.at[raw.len - 2]] == CHARACTER_UPPER &&
           character_ascii_class[(uint8_t)raw.at[raw.len - 3]] == CHARACTER_UPPER;
}

enum { CAMEL_BYTES_MAX = 255 };

/* The letters of a word, by class, and where each begins. */
struct letters {
    uint8_t class[CAMEL_BYTES_MAX];
    size_t start[CAMEL_BYTES_MAX + 1];
    size_t count;
};

static void read_letters(struct span raw, struct letters *letters)
{
    letters->count = 0;
    for (size_t at = 0; at < raw.len;) {
        const struct character character = character_at(raw, at);
        if (character_in_word(character.class)) {
            letters->class[letters->count] = (uint8_t)character.class;
            letters->start[letters->count++] = at;
        }
        at += character.bytes;
    }
    letters->start[letters->count] = raw.len;
}

static bool is_class(const struct letters *letters, size_t at, enum character_class class)
{
    return at < letters->count && letters->class[at] == class;
}

/* A new part begins at a capital behind a small letter, and at the last capital of a run before small letters
 * ("HTMLParser") unless only one follows: "PCIe", "NICs". */
static bool begins_part(const struct letters *letters, size_t at)
{
    if (!is_class(letters, at, CHARACTER_UPPER)) {
        return false;
    }
    return is_class(letters, at - 1, CHARACTER_LOWER) ||
           (is_class(letters, at - 1, CHARACTER_UPPER) && is_class(letters, at + 1, CHARACTER_LOWER) &&
            is_class(letters, at + 2, CHARACTER_LOWER));
}

/* Three letters, or two capitals; not a piece like the "OSt" of "ghOSt". */
static bool is_worth_finding(struct span raw, const struct letters *letters, size_t from, size_t to)
{
    size_t upper = 0, lower = 0;
    for (size_t i = from; i < to; i++) {
        upper += letters->class[i] == CHARACTER_UPPER;
        lower += letters->class[i] == CHARACTER_LOWER;
    }
    if (upper >= 2 && lower == 1) {
        const size_t start = letters->start[from];
        return word_is_plural_acronym((struct span){raw.at + start, letters->start[to] - start});
    }
    return upper + lower >= 3 || (upper >= 2 && lower == 0);
}

size_t camel_parts(struct span raw, struct span parts[CAMEL_PARTS_MAX])
{
    struct letters letters;
    if (raw.len > CAMEL_BYTES_MAX) {
        return 0;
    }
    read_letters(raw, &letters);
    size_t count = 0, from = 0;
    for (size_t at = 1; at <= letters.count && count < CAMEL_PARTS_MAX; at++) {
        if (at < letters.count && !begins_part(&letters, at)) {
            continue;
        }
        const bool is_whole = from == 0 && at == letters.count;
        if (!is_whole && is_worth_finding(raw, &letters, from, at)) {
            const size_t start = letters.start[from];
            parts[count++] = (struct span){raw.at + start, letters.start[at] - start};
        }
        from = at;
    }
    return count;
}

/* ---- CJK ------------------------------------------------------------------------------------------------- */

size_t cjk_character(struct span text, size_t at)
{
    struct character character = character_at(text, at);
    if (character.class != CHARACTER_CJK) {
        return 0;
    }
    size_t end = at;
    utf8proc_int32_t state = 0;
    struct character next;
    do {
        end += character.bytes;
        next = character_at(text, end);
        if ((next.class != CHARACTER_MARK && next.class != CHARACTER_IGNORED && next.class != CHARACTER_CJK) ||
            utf8proc_grapheme_break_stateful(character.code, next.code, &state)) {
            break;
        }
        character = next;
    } while (true);
    return end - at;
}
