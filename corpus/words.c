#include "corpus/words.h"

#include <strings.h>
#include <utf8proc.h>

bool is_key_byte(char c)
{
    return is_ascii_letter(c) || is_ascii_digit(c) || (c != '\0' && strchr("_-:.+/", c) != NULL);
}

bool is_capital(int32_t code_point)
{
    if (code_point < 0x80)
        return is_ascii_capital((char)code_point);
    const utf8proc_category_t category = utf8proc_category(code_point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool is_letter(int32_t code_point)
{
    if (code_point < 0x80)
        return is_ascii_letter((char)code_point);
    const utf8proc_category_t category = utf8proc_category(code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool has_letters(struct span text)
{
    for (size_t i = 0, bytes = 1; i < text.len; i += bytes)
        if (is_letter(code_point_at(span_from(text, i), &bytes)))
            return true;
    return false;
}

static bool is_east_asian(int32_t point)
{
    return (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) ||
           (point >= 0xAC00 && point <= 0xD7AF) || (point >= 0x20000 && point <= 0x3FFFF);
}

size_t count_east_asian(struct span text)
{
    size_t count = 0;
    for (size_t i = 0, bytes = 1; i < text.len; i += bytes)
        if (is_east_asian(code_point_at(span_from(text, i), &bytes)))
            count++;
    return count;
}

/* The bytes of punctuation that `text` begins with, or ends with. */
static size_t leading_mark(struct span text)
{
    static const char *const marks[] = {"\u2018", "\u2019", "\u201c", "\u201d", "\u2026", "\u300a", "\u300b",
                                        "\u3002", "\uff0c", "\uff1a", "\uff08", "\uff09", "\uff1f"};
    if (text.len > 0 && strchr("!\"'()*,.:;<=>?[]^`{|}~", text.at[0]) != NULL && text.at[0] != '\0')
        return 1;
    if (text.len < 3 || (unsigned char)text.at[0] < 0xE2)
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (span_starts(text, marks[i]))
            return strlen(marks[i]);
    return 0;
}

static size_t trailing_mark(struct span text)
{
    if (text.len > 0 && leading_mark(span_from(text, text.len - 1)) > 0)
        return 1;
    return text.len > 3 && (unsigned char)text.at[text.len - 1] >= 0x80 ? leading_mark(span_from(text, text.len - 3))
                                                                        : 0;
}

static struct span without_marks(struct span text)
{
    for (size_t mark; (mark = leading_mark(text)) > 0;)
        text = span_from(text, mark);
    for (size_t mark; (mark = trailing_mark(text)) > 0;)
        text = span_until(text, text.len - mark);
    return text;
}

static enum word_case case_of(struct span text)
{
    bool letter = false, digit = false;
    if (text.len > 0 && is_ascii_digit(text.at[0])) /* 62GB is an amount, no name */
        return CASE_NONE;
    for (size_t i = 0, bytes = 1; i < text.len; i += bytes) {
        const int32_t point = code_point_at(span_from(text, i), &bytes);
        if (is_capital(point))
            return CASE_UPPER;
        letter |= is_letter(point) && !is_east_asian(point);
        digit |= (point >= '0' && point <= '9') || point == '_';
    }
    return letter && !digit ? CASE_LOWER : CASE_NONE;
}

/* The length of the white space `text` begins with; a no-break space is one. */
static size_t leading_space(struct span text)
{
    if (text.len > 0 && is_blank(text.at[0]))
        return 1;
    return text.len > 1 && (unsigned char)text.at[0] == 0xC2 && (unsigned char)text.at[1] == 0xA0 ? 2 : 0; /* U+00A0 */
}

bool word_next(struct span *rest, struct word *word)
{
    for (size_t space; (space = leading_space(*rest)) > 0;)
        *rest = span_from(*rest, space);
    if (rest->len == 0)
        return false;
    size_t end = 0;
    while (end < rest->len && leading_space(span_from(*rest, end)) == 0)
        end++;
    word->chunk = span_until(*rest, end);
    word->text = without_marks(word->chunk);
    word->letters = case_of(word->text);
    word->classes = word_classes(word->text);
    *rest = span_from(*rest, end);
    return true;
}

bool span_starts_nocase(struct span text, const char *prefix)
{
    const size_t len = strlen(prefix);
    return text.len >= len && strncasecmp(text.at, prefix, len) == 0;
}

size_t span_starts_nocase_with_one(struct span text, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_starts_nocase(text, texts[i]))
            return strlen(texts[i]);
    return 0;
}

size_t span_ends_nocase_with_one(struct span text, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t bytes = strlen(texts[i]);
        if (text.len >= bytes && span_starts_nocase(span_from(text, text.len - bytes), texts[i]))
            return bytes;
    }
    return 0;
}

size_t span_find(struct span text, const char *needle)
{
    const char *found = text.len == 0 ? NULL : memmem(text.at, text.len, needle, strlen(needle));
    return found == NULL ? SIZE_MAX : (size_t)(found - text.at);
}

bool is_month(struct span word)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        if (span_starts_nocase(word, months[i]) && word.len <= 9)
            return true;
    return false;
}

bool has_words(struct span text, size_t wanted)
{
    struct word word;
    size_t words = 0;
    while (words < wanted && word_next(&text, &word))
        words += word.text.len > 0;
    return words >= wanted;
}
