#include "base/span.h"

#include <strings.h>

bool span_is_nocase(struct span a, const char *text)
{
    return strlen(text) == a.len && (a.len == 0 || strncasecmp(a.at, text, a.len) == 0);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span a)
{
    while (a.len > 0 && is_space(a.at[0])) {
        a.at++;
        a.len--;
    }
    while (a.len > 0 && is_space(a.at[a.len - 1]))
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
    while (start < rest->len && is_space(rest->at[start]))
        start++;
    size_t end = start;
    while (end < rest->len && !is_space(rest->at[end]))
        end++;
    *word = (struct span){rest->at + start, end - start};
    *rest = (struct span){rest->at + end, rest->len - end};
    return end > start;
}
