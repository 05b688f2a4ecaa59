#include "corpus/json_mend.h"

#include "corpus/words.h"

#include <string.h>

/* The code unit that \uXXXX at the start of `text` writes, or -1. */
static int escaped_unit(struct span text)
{
    int unit = 0;
    if (text.len < 6 || text.at[0] != '\\' || text.at[1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        const char *digits = "0123456789abcdef", c = text.at[i];
        const char *digit = strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c);
        if (digit == NULL || c == '\0')
            return -1;
        unit = unit * 16 + (int)(digit - digits);
    }
    return unit;
}

static bool is_high(int unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(int unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* Mends the escape at `at`, a backslash in a string; how many bytes it has. */
static size_t mend_escape(struct span text, char *at)
{
    const int unit = escaped_unit(text);
    if (unit < 0)
        return text.len < 2 ? text.len : 2;
    if (is_high(unit) && is_low(escaped_unit(span_from(text, 6))))
        return 12;
    if (is_high(unit) || is_low(unit))
        memcpy(at, "\\uFFFD", 6);
    return 6;
}

/* Mends the number at `at`, outside of strings, if it is none; how many bytes are done with. */
static size_t mend_number(struct span text, char *at)
{
    static const char *const words[] = {"NaN", "-Infinity", "Infinity"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t len = strlen(words[i]);
        if (!span_starts(text, words[i]))
            continue;
        if (len == 3) { /* no room for null; an empty string means as little */
            memcpy(at, "\"\" ", 3);
            return len;
        }
        memset(at, ' ', len);
        memcpy(at, "null", 4);
        return len;
    }
    return 1;
}

static void mend(char *json, size_t len)
{
    bool in_string = false;
    for (size_t i = 0; i < len;) {
        const struct span rest = {json + i, len - i};
        if (json[i] == '"')
            in_string = !in_string;
        i += in_string && json[i] == '\\' ? mend_escape(rest, json + i) : in_string ? 1 : mend_number(rest, json + i);
    }
}

json_t *json_mend_load(struct arena *arena, struct span text, json_error_t *mistake)
{
    json_t *value = json_loadb(text.at, text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, mistake);
    const enum json_error_code code = value == NULL ? json_error_code(mistake) : json_error_unknown;
    if (value != NULL || (code != json_error_invalid_syntax && code != json_error_invalid_utf8))
        return value;
    char *copy = arena_string(arena, text);
    if (copy == NULL)
        return NULL;
    mend(copy, text.len);
    json_error_t again;
    value = json_loadb(copy, text.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &again);
    return value;
}
