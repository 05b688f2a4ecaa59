#include "corpus/html.h"

#include "corpus/words.h"

enum { LONGEST_TAG = 512 };

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

/* The character a reference at the start of `text` stands for, and the length of the reference; NULL when it is
 * none. */
static const char *read_reference(struct span text, size_t *bytes)
{
    static const char *const references[][2] = {{"&amp;", "&"},   {"&lt;", "<"},    {"&gt;", ">"},   {"&quot;", "\""},
                                                {"&apos;", "'"},  {"&#39;", "'"},   {"&nbsp;", " "}, {"&#8217;", "’"},
                                                {"&ndash;", "–"}, {"&mdash;", "—"}, {"&rsquo;", "’"}};
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
        if (span_starts(text, references[i][0])) {
            *bytes = strlen(references[i][0]);
            return references[i][1];
        }
    return NULL;
}

/* What stands for the tag or reference at the start of `text`; NULL when it is neither. Never longer than itself. */
static const char *replacement(struct span text, size_t *bytes)
{
    static const char *const tags[] = {NULL, "", " ", "\n\n"};
    return text.at[0] == '<' ? tags[read_tag(text, bytes)] : read_reference(text, bytes);
}

struct span html_text(struct arena *arena, struct span source)
{
    if (source.len == 0 || (memchr(source.at, '<', source.len) == NULL && memchr(source.at, '&', source.len) == NULL))
        return source;
    char *text = arena_string(arena, source);
    if (text == NULL)
        return (struct span){NULL, 0};
    size_t len = 0, bytes = 1;
    for (size_t i = 0; i < source.len; i += bytes) {
        const bool is_mark = source.at[i] == '<' || source.at[i] == '&';
        const char *stands = is_mark ? replacement(span_from(source, i), &bytes) : NULL;
        if (stands == NULL) {
            bytes = 1;
            text[len++] = source.at[i];
            continue;
        }
        memcpy(text + len, stands, strlen(stands));
        len += strlen(stands);
    }
    return (struct span){text, len};
}
