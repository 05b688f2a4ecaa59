#include "corpus/title_page_front.h"

#include "corpus/markdown_titles.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

bool names_reading(struct span name)
{
    return is_about_reading(name) && !span_starts_nocase(name, "a ") && !span_starts_nocase(name, "an ");
}

/* "TUNA paper review": what a page is called after a paper's short name. */
static bool ends_in_reading(struct span name)
{
    static const char *const endings[] = {" paper review",
                                          " academic review",
                                          " paper notes",
                                          " paper summary",
                                          " paper reading",
                                          "\ub17c\ubb38 \ub9ac\ubdf0",
                                          "\ub17c\ubb38\ub9ac\ubdf0",
                                          "\u8bba\u6587\u6458\u8981",
                                          "\u8bba\u6587\u7b14\u8bb0",
                                          "\u8bba\u6587\u9605\u8bfb",
                                          "\u8bba\u6587\u89e3\u8bfb",
                                          "\u8ad6\u6587\u30e1\u30e2"};
    return span_ends_nocase_with_one(name, endings, sizeof endings / sizeof endings[0]) > 0 ||
           (span_starts_nocase(name, "notes on ") &&
            span_ends(name, " et al.")); /* "Notes on Example et al. - Title" */
}

struct span without_page_in_front(struct span text)
{
    enum { FEWEST_WORDS = 4 };
    static const char *const closers[] = {": ", " - ", "] ", ") ",     "\uff1a",   "\u3011",   " | ",         " -- ",
                                          "|",  "]",   ":",  "\uff5c", " \u2014 ", " \u2013 ", "\u2014\u2014"};
    for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++) {
        const size_t end = span_find(text, closers[i]);
        if (end == SIZE_MAX || end == 0 || end > LONGEST_PAGE_NAME_BYTES)
            continue;
        const struct span rest = without_number_in_front(span_from(text, end + strlen(closers[i])));
        const bool wide = span_starts(text, "\u3010");
        const size_t bracket = wide ? 3 : text.at[0] == '[' || text.at[0] == '(' ? 1 : 0;
        const struct span name = without_number_in_front(span_from(span_until(text, end), end > bracket ? bracket : 0));
        if (rest.len > 0 && ((is_page_name(name) && is_about_reading(name)) ||
                             (ends_in_reading(name) && has_words(rest, FEWEST_WORDS))))
            return rest;
    }
    return text;
}

struct span without_wide_page_in_front(struct span text)
{
    enum { FEWEST_WORDS = 2 };
    size_t wide = 0;
    while (wide < text.len && (unsigned char)text.at[wide] >= 0x80)
        wide++;
    const struct span name = span_until(text, wide);
    struct span rest = span_trim(span_from(text, wide));
    while (rest.len > 0 && strchr("-_|:", rest.at[0]) != NULL)
        rest = span_trim(span_from(rest, 1));
    const bool latin = rest.len > 0 && is_ascii_letter(rest.at[0]) && has_words(rest, FEWEST_WORDS);
    return latin && count_east_asian(name) > 0 && is_page_name(name) ? rest : text;
}

bool is_called_reading(struct span title)
{
    static const char *const papers[] = {"paper", "Paper", "\u8bba\u6587", "\u8ad6\u6587", "\ub17c\ubb38"};
    title = span_trim(title);
    const struct span rest = without_wide_page_in_front(without_page_in_front(title));
    const struct span name = span_until(title, title.len - rest.len);
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++)
        if (span_find(name, papers[i]) != SIZE_MAX)
            return true;
    return false;
}

struct span without_summary_in_front(struct span text, struct stamp *stamp)
{
    static const char *const quotes[][2] = {
        {" \"", "\""}, {" '", "'"}, {" \u201c", "\u201d"}, {" \u2018", "\u2019"}, {" \u300a", "\u300b"}};
    enum { FEWEST_WORDS = 2 };
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        const size_t at = span_find(text, quotes[i][0]), mark = strlen(quotes[i][1]);
        if (at == SIZE_MAX || at > LONGEST_PAGE_NAME_BYTES || !names_reading(span_until(text, at)))
            continue;
        const char *open = span_ends(text, ")") ? memrchr(text.at, '(', text.len) : NULL;
        const struct span whole = open == NULL ? text : span_trim(span_until(text, (size_t)(open - text.at)));
        const size_t from = at + strlen(quotes[i][0]);
        if (whole.len < from + mark || !span_ends(whole, quotes[i][1]))
            continue;
        const struct span inside = span_trim(span_until(span_from(whole, from), whole.len - from - mark));
        if (!has_words(inside, FEWEST_WORDS) || span_find(inside, quotes[i][0]) != SIZE_MAX)
            continue;
        struct stamp found;
        if (stamp_search(span_until(text, at), &found) && found.venue.len > 0 && found.year != 0)
            *stamp = found;
        return inside;
    }
    return text;
}

struct span without_wide_words_in_front(struct span text)
{
    enum { FEWEST_WORDS = 3, MOST_BYTES = 24 };
    static const char open[] = "\u300a", close[] = "\u300b";
    const size_t at = span_find(text, open);
    if (at == 0 || at == SIZE_MAX || at > MOST_BYTES || !span_ends(text, close) ||
        count_east_asian(span_until(text, at)) * 3 < at)
        return text;
    const struct span inside = span_trim(span_from(span_until(text, text.len - strlen(close)), at + strlen(open)));
    const bool latin = inside.len > 0 && is_ascii_letter(inside.at[0]) && has_words(inside, FEWEST_WORDS);
    return latin && span_find(inside, open) == SIZE_MAX ? inside : text;
}
