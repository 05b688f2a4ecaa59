#include "base/span.h"

#include <strings.h>

bool span_is_nocase(struct span a, const char *text)
{
    return strlen(text) == a.len && (a.len == 0 || strncasecmp(a.at, text, a.len) == 0);
}

struct span span_trim(struct span a)
{
    while (a.len > 0 && is_blank(a.at[0])) {
        a.at++;
        a.len--;
    }
    while (a.len > 0 && is_blank(a.at[a.len - 1]))
        a.len--;
    return a;
}

struct span span_without_end(struct span a, const char *marks)
{
    while (a.len > 0 && strchr(marks, a.at[a.len - 1]) != NULL)
        a.len--;
    return a;
}

struct span span_trim_marks(struct span a, const char *marks)
{
    for (a = span_trim(a); a.len > 0 && strchr(marks, a.at[a.len - 1]) != NULL; a = span_trim(a))
        a.len--;
    return a;
}

bool span_cut(struct span *rest, char separator, struct span *part)
{
    if (rest->at == NULL)
        return false;
    const char *end = rest->len == 0 ? NULL : memchr(rest->at, separator, rest->len);
    *part = *rest;
    if (end == NULL) {
        *rest = (struct span){NULL, 0};
        return true;
    }
    part->len = (size_t)(end - rest->at);
    *rest = (struct span){end + 1, rest->len - part->len - 1};
    return true;
}

bool span_word(struct span *rest, struct span *word)
{
    size_t start = 0;
    while (start < rest->len && is_blank(rest->at[start]))
        start++;
    size_t end = start;
    while (end < rest->len && !is_blank(rest->at[end]))
        end++;
    *word = (struct span){rest->at + start, end - start};
    *rest = (struct span){rest->at + end, rest->len - end};
    return end > start;
}

bool span_is_digits(struct span a)
{
    for (size_t i = 0; i < a.len; i++)
        if (!is_ascii_digit(a.at[i]))
            return false;
    return a.len > 0;
}

bool span_is_among(struct span a, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_is(a, names[i]))
            return true;
    return false;
}

bool span_is_among_nocase(struct span a, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_is_nocase(a, names[i]))
            return true;
    return false;
}

size_t span_starts_with_one(struct span a, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_starts(a, texts[i]))
            return strlen(texts[i]);
    return 0;
}

size_t span_ends_with_one(struct span a, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_ends(a, texts[i]))
            return strlen(texts[i]);
    return 0;
}

bool span_is_one_of(struct span a, const char *words)
{
    for (const char *at = words; *at != '\0';) {
        size_t same = 0;
        while (same < a.len && at[same] != '\0' && at[same] == a.at[same])
            same++;
        if (same == a.len && (at[same] == ' ' || at[same] == '\0'))
            return true;
        while (*at != '\0' && *at++ != ' ')
            ;
    }
    return false;
}
