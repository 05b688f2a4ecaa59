#include "corpus/capitals.h"

#include "corpus/names.h"
#include "corpus/words.h"

#include <utf8proc.h>

enum { MOST_BYTES = 3 }; /* of a small letter, or what stands for a byte that is none, for each byte of the capital */

static bool is_cased(int32_t point)
{
    return is_letter(point) && (is_capital(point) || utf8proc_toupper(point) != point);
}

bool has_small_letters(struct span text)
{
    for (size_t i = 0, bytes = 1; i < text.len; i += bytes) {
        const int32_t point = code_point_at(span_from(text, i), &bytes);
        if (is_cased(point) && !is_capital(point))
            return true;
    }
    return false;
}

/* The letters of the longest run of them in `text`. */
static size_t longest_run(struct span text)
{
    size_t longest = 0;
    for (size_t i = 0, bytes = 1, run = 0; i < text.len; i += bytes) {
        run = is_cased(code_point_at(span_from(text, i), &bytes)) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* ---- venues -------------------------------------------------------------------------------------------------- */

/* Names that are written so. */
static bool is_acronym(struct span word)
{
    static const char acronyms[] =
        "AAAI ACM ACS AIAA AIP ASME BJOG BMC BMJ CIRP EMBO EURASIP FEBS IBM ICT IEE IEEE IEICE IET "
        "IFAC IFIP II III IISE IMA INFORMS IV JAMA JMIR MIS MIT NPJ PLOS PNAS QJM RAIRO RSC SAE "
        "SIAM SIGMETRICS SIGMOD SIGPLAN SPE SPIE UK USA USENIX VLDB VLSI";
    return span_is_one_of(word, acronyms);
}

/* Writes `word` in small letters but for its first; how many bytes. */
static size_t write_word(struct span word, bool begins, char *out)
{
    size_t len = 0;
    const bool stays = is_acronym(word);
    const bool is_small = !begins && (word_classes(word) & WORD_FUNCTION) != 0;
    for (size_t i = 0, bytes = 1; i < word.len; i += bytes) {
        const int32_t point = code_point_at(span_from(word, i), &bytes);
        const bool keeps = stays || (i == 0 && !is_small);
        len += (size_t)utf8proc_encode_char(keeps ? point : utf8proc_tolower(point), (utf8proc_uint8_t *)out + len);
    }
    return len;
}

/* The length of the word at the front of `text`; 0 where none begins. Bytes beyond ASCII count as letters. */
static size_t word_bytes(struct span text)
{
    size_t end = 0;
    while (end < text.len &&
           ((unsigned char)text.at[end] >= 0x80 || is_ascii_letter(text.at[end]) || text.at[end] == '\''))
        end++;
    return end;
}

bool capitals_may_be_words(struct span text)
{
    enum { LONGER_THAN_ACRONYMS = 7 };
    bool has_word = false;
    if (has_small_letters(text))
        return false;
    for (struct span rest = text, word; !has_word && span_word(&rest, &word);)
        has_word = !is_acronym(word) && longest_run(word) >= LONGER_THAN_ACRONYMS;
    return has_word;
}

struct span capitals_of_venue(struct arena *arena, struct span value)
{
    char *text = arena_alloc(arena, MOST_BYTES * value.len + 1);
    size_t len = 0;
    for (size_t i = 0, bytes; text != NULL && i < value.len; i += bytes) {
        bytes = word_bytes(span_from(value, i));
        if (bytes > 0)
            len += write_word((struct span){value.at + i, bytes}, i == 0, text + len);
        else
            text[len++] = value.at[i++];
    }
    return (struct span){text, len};
}

/* ---- people -------------------------------------------------------------------------------------------------- */

static bool is_suffix(struct span word)
{
    return span_is(word, "II") || span_is(word, "III") || span_is(word, "IV");
}

/* Writes a word with capitals at its start, behind a mark in it ("O'Brien", "Jean-Luc") and behind "Mc", unless it
 * `is_small`. */
static size_t write_person_word(struct span word, bool is_small, char *out)
{
    enum { LONG_ENOUGH = 5 };
    const bool is_mac = word.len >= LONG_ENOUGH && span_starts(word, "MC");
    size_t len = 0;
    bool begins = true;
    for (size_t i = 0, bytes = 1; i < word.len; i += bytes) {
        const int32_t point = code_point_at(span_from(word, i), &bytes);
        const bool stays = !is_small && (begins || (is_mac && i == 2));
        len += (size_t)utf8proc_encode_char(stays ? point : utf8proc_tolower(point), (utf8proc_uint8_t *)out + len);
        begins = !is_cased(point);
    }
    return len;
}

struct span capitals_of_person(struct arena *arena, struct span text, bool is_given)
{
    enum { LONGEST_INITIALS = 3 };
    if (has_small_letters(text) || longest_run(text) < (is_given ? LONGEST_INITIALS + 1 : 2))
        return text;
    char *out = arena_alloc(arena, MOST_BYTES * text.len + 1);
    size_t len = 0;
    for (struct span rest = text, word; out != NULL && span_word(&rest, &word);) {
        const bool is_last = span_trim(rest).len == 0;
        if (len > 0)
            out[len++] = ' ';
        if (is_suffix(word) || (is_given && longest_run(word) <= LONGEST_INITIALS && !name_is_particle(word))) {
            memcpy(out + len, word.at, word.len);
            len += word.len;
        } else {
            len += write_person_word(word, !is_last && name_is_particle(word), out + len);
        }
    }
    return (struct span){out, len};
}
