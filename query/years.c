#include "query/years.h"

enum { YEAR_DIGITS = 4, YEAR_FIRST = 1000, YEAR_LAST = 9999 };

static bool skip(struct span *text, const char *prefix)
{
    if (!span_starts(*text, prefix))
        return false;
    text->at += strlen(prefix);
    text->len -= strlen(prefix);
    return true;
}

static void skip_spaces(struct span *text)
{
    while (skip(text, " ")) {
    }
}

/* Takes a year of four digits off the front. */
static bool read_year(struct span *text, int *year)
{
    int value = 0;
    size_t digits = 0;
    for (; digits < text->len && is_ascii_digit(text->at[digits]) && digits <= YEAR_DIGITS; digits++)
        value = value * 10 + (text->at[digits] - '0');
    if (digits != YEAR_DIGITS || value < YEAR_FIRST)
        return false;
    text->at += digits;
    text->len -= digits;
    *year = value;
    return true;
}

/* ">2020" and its kin. */
static bool read_comparison(struct span text, int *from, int *to)
{
    const bool is_after = skip(&text, ">");
    int year;
    if (!is_after && !skip(&text, "<"))
        return false;
    const int beside = skip(&text, "=") ? 0 : 1;
    if (!read_year(&text, &year) || text.len > 0)
        return false;
    year += is_after ? beside : -beside;
    *from = is_after ? year : 0;
    *to = is_after ? 0 : year;
    return year >= YEAR_FIRST && year <= YEAR_LAST;
}

/* One side of "[2019 TO *]". */
static bool read_bound(struct span *text, int *year)
{
    *year = 0;
    skip_spaces(text);
    const bool found = skip(text, "*") || read_year(text, year);
    skip_spaces(text);
    return found;
}

/* Braces leave their year out. */
static bool read_brackets(struct span text, int *from, int *to)
{
    const bool without_first = skip(&text, "{");
    if (!without_first && !skip(&text, "["))
        return false;
    if (!read_bound(&text, from) || !skip(&text, "TO") || !read_bound(&text, to))
        return false;
    const bool without_last = skip(&text, "}");
    if ((!without_last && !skip(&text, "]")) || text.len > 0)
        return false;
    *from += without_first && *from != 0 ? 1 : 0;
    *to -= without_last && *to != 0 ? 1 : 0;
    const bool is_empty = *from != 0 && *to != 0 && *from > *to && (without_first || without_last);
    return (*from != 0 || *to != 0) && *from <= YEAR_LAST && (*to == 0 || *to >= YEAR_FIRST) && !is_empty;
}

static bool skip_dash(struct span *text)
{
    return skip(text, "..") || skip(text, "-") || skip(text, "\xe2\x80\x93");
}

static bool read_range(struct span text, int *from, int *to)
{
    *from = 0;
    *to = 0;
    const bool has_first = read_year(&text, from);
    if (has_first && text.len == 0) {
        *to = *from;
        return true;
    }
    if (!(has_first ? skip_dash(&text) : skip(&text, "..")))
        return false;
    const bool has_last = read_year(&text, to);
    return text.len == 0 && (has_first || has_last);
}

bool years_read(struct span text, int *from, int *to)
{
    int first, last;
    if (!read_comparison(text, &first, &last) && !read_brackets(text, &first, &last) &&
        !read_range(text, &first, &last))
        return false;
    const bool is_backwards = first != 0 && last != 0 && first > last;
    *from = is_backwards ? last : first;
    *to = is_backwards ? first : last;
    return true;
}

bool years_is_plain(struct span text, int *year)
{
    return read_year(&text, year) && text.len == 0 && *year >= 1900 && *year <= 2099;
}
