#include "corpus/html.h"

#include "corpus/words.h"

#include <ctype.h>
#include <utf8proc.h>

enum { LONGEST_TAG = 512, UTF8_BYTES = 4 };

/* What becomes of a tag. */
enum tag_kind { TAG_NONE, TAG_GOES, TAG_SPACE, TAG_PARAGRAPH };

static enum tag_kind kind_of(struct span name)
{
    static const char *const inside[] = {"i",  "b",    "em",   "strong", "sub",  "sup", "span",      "a",    "u",
                                         "sc", "code", "font", "italic", "bold", "tt",  "monospace", "mark", "small"};
    static const char *const blocks[] = {"p",  "div", "ul",  "ol",  "h1",    "h2",         "h3",   "h4",
                                         "h5", "h6",  "sec", "pre", "title", "blockquote", "table"};
    static const char *const breaks[] = {"br", "li", "tr", "td", "th", "list", "list-item"};
    if (span_starts_nocase(name, "jats:"))
        name = span_from(name, strlen("jats:"));
    if (span_is_among_nocase(name, inside, sizeof inside / sizeof inside[0]))
        return TAG_GOES;
    if (span_is_among_nocase(name, blocks, sizeof blocks / sizeof blocks[0]))
        return TAG_PARAGRAPH;
    return span_is_among_nocase(name, breaks, sizeof breaks / sizeof breaks[0]) ? TAG_SPACE : TAG_NONE;
}

/* What the tag at the start of `text` is, and its length. */
static enum tag_kind read_tag(struct span text, size_t *bytes)
{
    const struct span near = text.len < LONGEST_TAG ? text : span_until(text, LONGEST_TAG);
    const char *end = memchr(near.at, '>', near.len);
    size_t start = 1, name_end;
    if (end == NULL)
        return TAG_NONE;
    *bytes = (size_t)(end - text.at) + 1;
    start += *bytes > 2 && text.at[1] == '/';
    name_end = start;
    while (name_end < *bytes - 1 && !is_blank(text.at[name_end]) && text.at[name_end] != '/')
        name_end++;
    return kind_of((struct span){text.at + start, name_end - start});
}

/* "&#169;", "&#xA9;": writes what it stands for into `into`; false when it is none, or a control. */
static bool read_number(struct span text, size_t *bytes, char into[UTF8_BYTES + 1])
{
    enum { MOST_DIGITS = 7, HIGHEST = 0x10FFFF, FIRST_VISIBLE = 0x20, DELETE = 0x7F, LAST_CONTROL = 0x9F };
    const bool hex = text.len > 2 && (text.at[2] == 'x' || text.at[2] == 'X');
    const size_t first = hex ? 3 : 2;
    uint32_t point = 0;
    size_t at = first;
    if (!span_starts(text, "&#"))
        return false;
    for (; at < text.len && at - first < MOST_DIGITS && isxdigit((unsigned char)text.at[at]); at++) {
        if (!hex && !is_ascii_digit(text.at[at]))
            return false;
        const char c = ascii_lower(text.at[at]);
        point = point * (hex ? 16U : 10U) + (uint32_t)(is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
    }
    const bool control = point < FIRST_VISIBLE || (point >= DELETE && point <= LAST_CONTROL);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (at == first || at >= text.len || text.at[at] != ';' || control || surrogate || point > HIGHEST)
        return false;
    *bytes = at + 1;
    into[utf8proc_encode_char((utf8proc_int32_t)point, (utf8proc_uint8_t *)into)] = '\0';
    return true;
}

/* The character a reference at the start of `text` stands for, and the length of the reference; NULL when it is
 * none. `into` holds it where that says its number. */
static const char *read_reference(struct span text, size_t *bytes, char into[UTF8_BYTES + 1])
{
    static const char *const references[][2] = {{"&amp;", "&"},   {"&lt;", "<"},    {"&gt;", ">"},
                                                {"&quot;", "\""}, {"&apos;", "'"},  {"&nbsp;", " "},
                                                {"&ndash;", "–"}, {"&mdash;", "—"}, {"&rsquo;", "’"}};
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
        if (span_starts(text, references[i][0])) {
            *bytes = strlen(references[i][0]);
            return references[i][1];
        }
    return read_number(text, bytes, into) ? into : NULL;
}

/* What stands for the tag or reference at the start of `text`; NULL when it is neither. Never longer than itself. */
static const char *replacement(struct span text, size_t *bytes, char into[UTF8_BYTES + 1])
{
    static const char *const tags[] = {NULL, "", " ", "\n\n"};
    return text.at[0] == '<' ? tags[read_tag(text, bytes)] : read_reference(text, bytes, into);
}

struct span html_text(struct arena *arena, struct span source)
{
    if (source.len == 0 || (memchr(source.at, '<', source.len) == NULL && memchr(source.at, '&', source.len) == NULL))
        return source;
    char *text = arena_string(arena, source);
    if (text == NULL)
        return (struct span){NULL, 0};
    size_t len = 0, bytes = 1;
    bool has_changed = false;
    for (size_t i = 0; i < source.len; i += bytes) {
        const bool is_mark = source.at[i] == '<' || source.at[i] == '&';
        char into[UTF8_BYTES + 1];
        const char *stands = is_mark ? replacement(span_from(source, i), &bytes, into) : NULL;
        if (stands == NULL) {
            bytes = 1;
            text[len++] = source.at[i];
            continue;
        }
        memcpy(text + len, stands, strlen(stands));
        len += strlen(stands);
        has_changed = true;
    }
    return has_changed ? (struct span){text, len} : source;
}
