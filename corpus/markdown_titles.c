#include "corpus/markdown_titles.h"

#include <string.h>
#include <utf8proc.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter_or_digit(utf8proc_int32_t code_point)
{
    const utf8proc_category_t category = utf8proc_category(code_point);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Without what is neither letter nor digit in front, but for an opening bracket or quote. */
static struct span without_ornament(struct span text)
{
    while (text.len > 0) {
        utf8proc_int32_t code_point;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &code_point);
        if (bytes <= 0 || is_letter_or_digit(code_point) || strchr("[(\"'`", text.at[0]) != NULL)
            return text;
        text = (struct span){text.at + bytes, text.len - (size_t)bytes};
    }
    return text;
}

/* "1. ", "2.3 ", "12) ", "[3] " in front of a heading. */
static struct span without_number(struct span text)
{
    size_t i = text.len > 0 && text.at[0] == '[' ? 1 : 0;
    const size_t first = i;
    while (i < text.len && (is_digit(text.at[i]) || (i > first && text.at[i] == '.')))
        i++;
    const bool dotted = i > first && text.at[i - 1] == '.';
    if (i == first || i - first > 6 || i >= text.len)
        return text;
    const bool closed = strchr("):]", text.at[i]) != NULL;
    if (closed)
        i++;
    if (!(dotted || closed) || i >= text.len || !is_space(text.at[i]))
        return text;
    return span_trim((struct span){text.at + i, text.len - i});
}

static struct span bare(struct span heading)
{
    struct span text = without_ornament(without_number(without_ornament(span_trim(heading))));
    while (text.len > 0 && strchr(":.!*_ \t", text.at[text.len - 1]) != NULL)
        text.len--;
    if (text.len > 3 && memcmp(text.at + text.len - 3, "\xEF\xBC\x9A", 3) == 0) /* ： */
        text.len -= 3;
    return text;
}

bool is_section(struct span heading, enum field *field)
{
    static const struct {
        const char *name;
        enum field field;
    } sections[] = {
        {"abstract", FIELD_ABSTRACT},
        {"tl;dr", FIELD_ABSTRACT},
        {"tldr", FIELD_ABSTRACT},
        {"摘要", FIELD_ABSTRACT},
        {"q&a", FIELD_QA},
        {"qa", FIELD_QA},
        {"my q&a", FIELD_QA},
        {"my qa", FIELD_QA},
        {"questions", FIELD_QA},
        {"open questions", FIELD_QA},
        {"my questions", FIELD_QA},
        {"faq", FIELD_QA},
        {"discussion", FIELD_QA},
        {"discussion questions", FIELD_QA},
        {"问题", FIELD_QA},
        {"问答", FIELD_QA},
        {"疑问", FIELD_QA},
        {"questions & answers", FIELD_QA},
        {"questions and answers", FIELD_QA},
        {"summary", FIELD_NOTE},
        {"one-sentence summary", FIELD_NOTE},
        {"introduction", FIELD_NOTE},
        {"intro", FIELD_NOTE},
        {"notes", FIELD_NOTE},
        {"my notes", FIELD_NOTE},
        {"note", FIELD_NOTE},
        {"strengths", FIELD_NOTE},
        {"weaknesses", FIELD_NOTE},
        {"strength", FIELD_NOTE},
        {"weakness", FIELD_NOTE},
        {"pros", FIELD_NOTE},
        {"cons", FIELD_NOTE},
        {"pros and cons", FIELD_NOTE},
        {"evaluation", FIELD_NOTE},
        {"experiments", FIELD_NOTE},
        {"experiment", FIELD_NOTE},
        {"results", FIELD_NOTE},
        {"references", FIELD_NOTE},
        {"reference", FIELD_NOTE},
        {"bibliography", FIELD_NOTE},
        {"motivation", FIELD_NOTE},
        {"problem", FIELD_NOTE},
        {"problem statement", FIELD_NOTE},
        {"the problem", FIELD_NOTE},
        {"background", FIELD_NOTE},
        {"related work", FIELD_NOTE},
        {"design", FIELD_NOTE},
        {"system design", FIELD_NOTE},
        {"overview", FIELD_NOTE},
        {"architecture", FIELD_NOTE},
        {"approach", FIELD_NOTE},
        {"method", FIELD_NOTE},
        {"methods", FIELD_NOTE},
        {"methodology", FIELD_NOTE},
        {"model", FIELD_NOTE},
        {"implementation", FIELD_NOTE},
        {"contribution", FIELD_NOTE},
        {"contributions", FIELD_NOTE},
        {"main contributions", FIELD_NOTE},
        {"key idea", FIELD_NOTE},
        {"key ideas", FIELD_NOTE},
        {"main idea", FIELD_NOTE},
        {"main ideas", FIELD_NOTE},
        {"key insight", FIELD_NOTE},
        {"key insights", FIELD_NOTE},
        {"insights", FIELD_NOTE},
        {"observations", FIELD_NOTE},
        {"takeaways", FIELD_NOTE},
        {"key takeaways", FIELD_NOTE},
        {"thoughts", FIELD_NOTE},
        {"my thoughts", FIELD_NOTE},
        {"comments", FIELD_NOTE},
        {"conclusion", FIELD_NOTE},
        {"conclusions", FIELD_NOTE},
        {"limitations", FIELD_NOTE},
        {"limitation", FIELD_NOTE},
        {"future work", FIELD_NOTE},
        {"challenges", FIELD_NOTE},
        {"goals", FIELD_NOTE},
        {"goal", FIELD_NOTE},
        {"solution", FIELD_NOTE},
        {"findings", FIELD_NOTE},
        {"details", FIELD_NOTE},
        {"metadata", FIELD_NOTE},
        {"info", FIELD_NOTE},
        {"links", FIELD_NOTE},
        {"resources", FIELD_NOTE},
        {"appendix", FIELD_NOTE},
        {"acknowledgements", FIELD_NOTE},
        {"analysis", FIELD_NOTE},
        {"critique", FIELD_NOTE},
        {"review", FIELD_NOTE},
        {"why", FIELD_NOTE},
        {"what", FIELD_NOTE},
        {"how", FIELD_NOTE},
        {"authors", FIELD_NOTE},
        {"总结", FIELD_NOTE},
        {"动机", FIELD_NOTE},
        {"背景", FIELD_NOTE},
        {"方法", FIELD_NOTE},
        {"设计", FIELD_NOTE},
        {"实现", FIELD_NOTE},
        {"实验", FIELD_NOTE},
        {"评估", FIELD_NOTE},
        {"结论", FIELD_NOTE},
        {"介绍", FIELD_NOTE},
        {"引言", FIELD_NOTE},
        {"笔记", FIELD_NOTE},
        {"贡献", FIELD_NOTE},
        {"思考", FIELD_NOTE},
        {"相关工作", FIELD_NOTE},
    };
    const struct span name = bare(heading);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (span_is_nocase(name, sections[i].name)) {
            *field = sections[i].field;
            return true;
        }
    return false;
}

/* Small words that titles leave in small letters. */
static bool is_small_word(struct span word)
{
    static const char *const words[] = {"a",    "an",      "and",   "as",   "at",  "by",   "for", "from", "in",
                                        "into", "is",      "of",    "on",   "or",  "over", "the", "to",   "via",
                                        "with", "without", "using", "your", "you", "be",   "not"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (span_is_nocase(word, words[i]))
            return true;
    return false;
}

struct shape {
    size_t words, capitals, content; /* content words, and those of them that begin with a capital */
    size_t other_script;             /* code points beyond Latin and Greek letters */
};

static struct shape shape_of(struct span text)
{
    struct shape shape = {0, 0, 0, 0};
    for (size_t i = 0; i < text.len;) {
        while (i < text.len && is_space(text.at[i]))
            i++;
        size_t end = i;
        bool has_capital = false;
        while (end < text.len && !is_space(text.at[end])) {
            has_capital |= text.at[end] >= 'A' && text.at[end] <= 'Z';
            shape.other_script += (unsigned char)text.at[end] >= 0xE3 && (unsigned char)text.at[end] <= 0xED;
            end++;
        }
        const struct span word = {text.at + i, end - i};
        if (word.len > 0) {
            shape.words++;
            const bool small = is_small_word(word);
            shape.content += !small;
            shape.capitals += !small && has_capital;
        }
        i = end;
    }
    return shape;
}

bool looks_like_title(struct span words)
{
    enum { FEWEST = 3, MOST = 32 };
    const struct span text = bare(words);
    const struct shape shape = shape_of(text);
    enum field field;
    if (text.len == 0 || text.len > 300 || shape.words > MOST || shape.other_script * 2 > text.len / 3 ||
        is_section(text, &field))
        return false;
    const char *colon = memchr(text.at, ':', text.len);
    const bool named = colon != NULL && colon > text.at && text.len - (size_t)(colon - text.at) > 12;
    if (shape.words < FEWEST)
        return false;
    return shape.capitals * 2 > shape.content || (named && shape.capitals * 3 >= shape.content);
}

bool is_page_name(struct span name)
{
    static const char *const pages[] = {"readme",
                                        "index",
                                        "_index",
                                        "license",
                                        "contributing",
                                        "changelog",
                                        "template",
                                        "toc",
                                        "summary",
                                        "todo",
                                        "home",
                                        "_sidebar",
                                        "404",
                                        "code_of_conduct",
                                        "about",
                                        "contents",
                                        "_navbar",
                                        "security",
                                        "outline",
                                        "glossary",
                                        "tags",
                                        "archive",
                                        "paper-template",
                                        "paper_template",
                                        "reading-list",
                                        "reading list",
                                        "papers",
                                        "preface",
                                        "introduction"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        if (span_is_nocase(name, pages[i]))
            return true;
    if (memmem(name.at, name.len, "emplate", 7) != NULL)
        return true;
    bool has_letter = false;
    for (size_t i = 0; i < name.len; i++)
        has_letter |= !is_digit(name.at[i]) && strchr("-_. ", name.at[i]) == NULL;
    return !has_letter; /* a date */
}

bool is_placeholder(struct span title)
{
    static const char *const forms[] = {"title",      "paper title", "title of the paper", "untitled", "template",
                                        "paper name", "your title",  "note title",         "paper"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (span_is_nocase(title, forms[i]))
            return true;
    return title.len == 0 || memmem(title.at, title.len, "{{", 2) != NULL ||
           memmem(title.at, title.len, "<%", 2) != NULL || (title.at[0] == '<' && title.at[title.len - 1] == '>');
}

static struct span fold_space(struct arena *arena, struct span text)
{
    char *folded = arena_alloc(arena, text.len + 1);
    if (folded == NULL)
        return (struct span){0};
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (!is_space(text.at[i]))
            folded[len++] = text.at[i];
        else if (len > 0 && folded[len - 1] != ' ')
            folded[len++] = ' ';
    while (len > 0 && folded[len - 1] == ' ')
        len--;
    return (struct span){folded, len};
}

/* "[Oasis: ...]" and "“Title”" without what surrounds all of it. */
static struct span without_surround(struct span text)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"\"", "\""}, {"“", "”"}, {"《", "》"}, {"'", "'"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const size_t open = strlen(pairs[i][0]), close = strlen(pairs[i][1]);
        if (text.len > open + close && span_starts(text, pairs[i][0]) &&
            memcmp(text.at + text.len - close, pairs[i][1], close) == 0)
            return span_trim((struct span){text.at + open, text.len - open - close});
    }
    return text;
}

bool clean_title(struct arena *arena, struct span words, struct clean_title *out)
{
    const struct span folded = fold_space(arena, words);
    if (folded.at == NULL)
        return false;
    struct span title = without_ornament(without_number(without_ornament(folded)));
    *out = (struct clean_title){.text = title};
    (void)venue_strip(&title, &out->from);
    title = without_surround(title);
    while (title.len > 0 && strchr(" ,;:|*_", title.at[title.len - 1]) != NULL)
        title.len--;
    if (title.len > 1 && title.at[title.len - 1] == '.')
        title.len--;
    out->text = title;
    return true;
}

bool title_from_name(struct arena *arena, struct span name, struct clean_title *out)
{
    char *copy = arena_string(arena, name);
    if (copy == NULL)
        return false;
    bool has_space = false;
    for (size_t i = 0; i < name.len; i++)
        has_space |= copy[i] == ' ';
    for (size_t i = 0; !has_space && i < name.len; i++)
        if (copy[i] == '_' || (copy[i] == '-' && memchr(copy, '_', name.len) == NULL))
            copy[i] = ' ';
    *out = (struct clean_title){0};
    struct span rest = span_trim((struct span){copy, name.len});
    /* "2023 osdi foo bar": the first words may be a year, a venue, or both. */
    for (size_t words = 2; words >= 1; words--) {
        size_t end = 0;
        for (size_t seen = 0; end < rest.len; end++)
            if (rest.at[end] == ' ' && ++seen == words)
                break;
        struct venue_year found;
        if (end < rest.len && venue_parse((struct span){rest.at, end}, &found) && (words == 2 || found.year != 0)) {
            out->from = found;
            rest = span_trim((struct span){rest.at + end, rest.len - end});
            break;
        }
    }
    struct clean_title cleaned;
    if (!clean_title(arena, rest, &cleaned))
        return false;
    out->text = cleaned.text;
    if (cleaned.from.venue.len > 0)
        out->from.venue = cleaned.from.venue;
    if (cleaned.from.year != 0)
        out->from.year = cleaned.from.year;
    return true;
}
