/* Text that lives in someone else's buffer. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include "base/ascii.h"

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

/* The order of their bytes: less than, equal to or greater than 0. */
static inline int span_compare(struct span a, struct span b)
{
    const size_t len = a.len < b.len ? a.len : b.len;
    const int order = len == 0 ? 0 : memcmp(a.at, b.at, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* The number of bytes with which both begin. */
static inline size_t span_shared(struct span a, struct span b)
{
    const size_t most = a.len < b.len ? a.len : b.len;
    size_t shared = 0;
    while (shared < most && a.at[shared] == b.at[shared])
        shared++;
    return shared;
}

static inline bool span_starts(struct span a, const char *prefix)
{
    const size_t len = strlen(prefix);
    return a.len >= len && memcmp(a.at, prefix, len) == 0;
}

static inline bool span_ends(struct span a, const char *suffix)
{
    const size_t len = strlen(suffix);
    return a.len >= len && memcmp(a.at + a.len - len, suffix, len) == 0;
}

/* `a` without the byte order mark of UTF-8, where it begins with one. */
static inline struct span span_without_bom(struct span a)
{
    static const char mark[] = "\xEF\xBB\xBF";
    return span_starts(a, mark) ? (struct span){a.at + sizeof mark - 1, a.len - (sizeof mark - 1)} : a;
}

/* Equal but for the case of ASCII letters. */
bool span_is_nocase(struct span a, const char *text);

/* `a` without the ASCII white space around it. */
struct span span_trim(struct span a);

/* Takes the part of `*rest` before `separator` off its front, or all of it; false when nothing was left. An empty span
 * is one empty part, a span without memory (at == NULL) none. */
bool span_cut(struct span *rest, char separator, struct span *part);

/* Takes the next word off the front of `*rest`: what ASCII white space ends. False when there is none. */
bool span_word(struct span *rest, struct span *word);

/* Whether it is one of `words`, which have a space between them. */
bool span_is_one_of(struct span a, const char *words);

/* Whether it is one of `count` names; with nocase whatever the case of ASCII letters. */
bool span_is_among(struct span a, const char *const *names, size_t count);
bool span_is_among_nocase(struct span a, const char *const *names, size_t count);

/* The bytes of the first of `count` texts, none empty, that it starts or ends with; 0 when it does with none. */
size_t span_starts_with_one(struct span a, const char *const *texts, size_t count);
size_t span_ends_with_one(struct span a, const char *const *texts, size_t count);

/* Takes white space and what stands in `marks` off the end, and white space off the front. */
struct span span_trim_marks(struct span a, const char *marks);

/* Takes what stands in `marks` off the end, and nothing else. */
struct span span_without_end(struct span a, const char *marks);

/* One ASCII digit or more, and nothing else. */
bool span_is_digits(struct span a);

#endif
