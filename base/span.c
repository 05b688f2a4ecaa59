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
