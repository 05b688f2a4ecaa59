#include "corpus/markdown_tags.h"

#include "corpus/words.h"

enum { LONGEST_TAG_BYTES = 4096 };

/* The bytes of the tag, without its brackets; 0 when it does not end. A bracket in quotes is part of a value. */
static size_t inside_bytes(struct span text)
{
    char quote = '\0';
    for (size_t i = 1; i < text.len && i < LONGEST_TAG_BYTES; i++) {
        const char c = text.at[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i - 1;
    }
    return 0;
}

static enum tag_kind kind_of_name(struct span name)
{
    static const struct {
        const char *name;
        enum tag_kind kind;
    } kinds[] = {{"a", TAG_LINK},     {"img", TAG_PICTURE}, {"b", TAG_BOLD},  {"strong", TAG_BOLD},
                 {"ul", TAG_LIST},    {"ol", TAG_LIST},     {"li", TAG_ITEM}, {"table", TAG_TABLE},
                 {"thead", TAG_HEAD}, {"tr", TAG_ROW},      {"td", TAG_CELL}, {"th", TAG_NAME}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (span_is_nocase(name, kinds[i].name))
            return kinds[i].kind;
    return TAG_OTHER;
}

/* The next attribute of a tag: its name, and its value, in quotes or bare. False when there is none left. */
static bool next_attribute(struct span *rest, struct span *name, struct span *value)
{
    *rest = span_trim(*rest);
    size_t at = 0;
    while (at < rest->len && !is_blank(rest->at[at]) && rest->at[at] != '=')
        at++;
    *name = span_until(*rest, at);
    *value = (struct span){rest->at, 0};
    if (rest->len == 0)
        return false;
    *rest = span_trim(span_from(*rest, at));
    if (!span_starts(*rest, "="))
        return name->len > 0;
    *rest = span_trim(span_from(*rest, 1));
    const bool quoted = rest->len > 0 && strchr("\"'", rest->at[0]) != NULL;
    size_t end = quoted ? 1 : 0;
    while (end < rest->len && (quoted ? rest->at[end] != rest->at[0] : !is_blank(rest->at[end])))
        end++;
    *value = span_trim(span_from(span_until(*rest, end), quoted ? 1 : 0));
    *rest = span_from(*rest, end + (quoted && end < rest->len ? 1 : 0));
    return true;
}

/* The number that a cell says it covers: 1 when it is none. */
static size_t number_of(struct span value)
{
    size_t number = 0;
    for (size_t i = 0; i < value.len && is_ascii_digit(value.at[i]) && number < TAG_MOST_COLUMNS; i++)
        number = number * 10 + (size_t)(value.at[i] - '0');
    return number == 0 ? 1 : number;
}

struct tag tag_read(struct span text)
{
    struct tag tag = {.kind = TAG_OTHER, .rows = 1, .columns = 1};
    const size_t inside = inside_bytes(text);
    struct span rest = span_from(span_until(text, inside + 1), 1), name, value;
    tag.bytes = inside > 0 ? inside + 2 : 0;
    tag.closes = span_starts(rest, "/");
    rest = span_from(rest, tag.closes ? 1 : 0);
    size_t end = 0;
    while (end < rest.len && (is_ascii_letter(rest.at[end]) || is_ascii_digit(rest.at[end])))
        end++;
    tag.kind = kind_of_name(span_until(rest, end));
    rest = span_from(rest, end);
    while (!tag.closes && tag.kind != TAG_OTHER && next_attribute(&rest, &name, &value))
        if (span_is_nocase(name, tag.kind == TAG_LINK ? "href" : "src") &&
            (tag.kind == TAG_LINK || tag.kind == TAG_PICTURE))
            tag.url = value;
        else if (span_is_nocase(name, "rowspan"))
            tag.rows = number_of(value);
        else if (span_is_nocase(name, "colspan"))
            tag.columns = number_of(value);
    if (span_find(tag.url, "{{") != SIZE_MAX) /* to be filled in by a program */
        tag.url.len = 0;
    return tag;
}

const char *tag_address(struct arena *arena, struct span url)
{
    static const char entity[] = "&amp;";
    char *copy = arena_alloc(arena, url.len + 1);
    size_t to = 0;
    if (copy == NULL)
        return NULL;
    for (size_t i = 0; i < url.len; i++) {
        copy[to++] = url.at[i];
        if (span_starts(span_from(url, i), entity))
            i += strlen(entity) - 1;
    }
    copy[to] = '\0';
    return copy;
}

void cover_add(struct table_cover *cover, size_t at, const struct tag *cell)
{
    for (size_t i = at; i < at + cell->columns && i < TAG_MOST_COLUMNS; i++)
        cover->rows[i] = cell->rows - 1;
}

bool cover_take(struct table_cover *cover, size_t at)
{
    if (at >= TAG_MOST_COLUMNS || cover->rows[at] == 0)
        return false;
    cover->rows[at]--;
    return true;
}
