/* Text that lives in someone else's buffer. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *at;
    size_t len; /* bytes */
};

/* For printf's "%.*s": SPAN_ARGS(s). */
#define SPAN_ARGS(s) (int)(s).len, (s).at

static inline struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

static inline bool span_starts(struct span a, const char *prefix)
{
    const size_t len = strlen(prefix);
    return a.len >= len && memcmp(a.at, prefix, len) == 0;
}

/* Equal but for the case of ASCII letters. */
bool span_is_nocase(struct span a, const char *text);

/* `a` without the ASCII white space around it. */
struct span span_trim(struct span a);

#endif
