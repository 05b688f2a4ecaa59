#include "corpus/markdown_meta.h"

#include "corpus/venue.h"

#include <string.h>

bool span_list_add(struct arena *arena, struct span_list *list, struct span text)
{
    struct span *at = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *at);
    if (at == NULL)
        return false;
    list->at = at;
    at[list->count++] = text;
    return true;
}

static bool add_one(struct arena *arena, struct passage_list *list, struct passage passage)
{
    struct passage *at = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *at);
    if (at == NULL)
        return false;
    list->at = at;
    at[list->count++] = passage;
    return true;
}

/* The end of the first run of lines that are not empty. */
static size_t paragraph_end(struct span text)
{
    for (const char *at = text.at; (at = memchr(at, '\n', text.len - (size_t)(at - text.at))) != NULL; at++) {
        const char *next = at + 1;
        while (next < text.at + text.len && (*next == ' ' || *next == '\t' || *next == '\r'))
            next++;
        if (next < text.at + text.len && *next == '\n')
            return (size_t)(at - text.at);
    }
    return text.len;
}

bool passage_add(struct arena *arena, struct passage_list *list, enum field field, uint32_t line, struct span text,
                 struct span words)
{
    for (size_t start = 0; start < text.len;) {
        const size_t end = start + paragraph_end((struct span){text.at + start, text.len - start});
        const struct span piece = span_trim((struct span){text.at + start, end - start});
        for (const char *c = text.at + start; c < piece.at; c++)
            line += *c == '\n';
        const struct passage passage = {field, line, piece, {words.at + (piece.at - text.at), piece.len}};
        if (piece.len > 0 && !add_one(arena, list, passage))
            return false;
        for (const char *c = piece.at; c < text.at + end; c++)
            line += *c == '\n';
        start = end;
    }
    return true;
}

enum meta_key {
    KEY_TITLE,
    KEY_AUTHOR,
    KEY_VENUE,
    KEY_YEAR,
    KEY_TAG,
    KEY_URL,
    KEY_DOI,
    KEY_ARXIV,
    KEY_ABSTRACT,
    KEY_NONE
};

static enum meta_key key_of(struct span key)
{
    static const struct {
        const char *name;
        enum meta_key key;
    } names[] = {
        {"title", KEY_TITLE},
        {"paper", KEY_TITLE},
        {"paper title", KEY_TITLE},
        {"author", KEY_AUTHOR},
        {"authors", KEY_AUTHOR},
        {"by", KEY_AUTHOR},
        {"venue", KEY_VENUE},
        {"conference", KEY_VENUE},
        {"conf", KEY_VENUE},
        {"journal", KEY_VENUE},
        {"booktitle", KEY_VENUE},
        {"publication", KEY_VENUE},
        {"published in", KEY_VENUE},
        {"published", KEY_VENUE},
        {"proceedings", KEY_VENUE},
        {"year", KEY_YEAR},
        {"publication year", KEY_YEAR},
        {"tags", KEY_TAG},
        {"tag", KEY_TAG},
        {"keywords", KEY_TAG},
        {"topics", KEY_TAG},
        {"url", KEY_URL},
        {"link", KEY_URL},
        {"pdf", KEY_URL},
        {"paper link", KEY_URL},
        {"paper url", KEY_URL},
        {"doi", KEY_DOI},
        {"arxiv", KEY_ARXIV},
        {"abstract", KEY_ABSTRACT},
        {"tldr", KEY_ABSTRACT},
        {"tl;dr", KEY_ABSTRACT},
        {"作者", KEY_AUTHOR},
        {"会议", KEY_VENUE},
        {"年份", KEY_YEAR},
        {"标签", KEY_TAG},
        {"论文", KEY_TITLE},
        {"链接", KEY_URL},
        {"标题", KEY_TITLE},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (span_is_nocase(key, names[i].name))
            return names[i].key;
    return KEY_NONE;
}

/* Where the next name of a list begins: behind a comma, a semicolon or " and ". */
static size_t name_end(struct span text, size_t *skip)
{
    for (size_t i = 0; i < text.len; i++) {
        const struct span rest = {text.at + i, text.len - i};
        *skip = text.at[i] == ',' || text.at[i] == ';' || text.at[i] == '\n'             ? 1
                : span_starts(rest, " and ")                                             ? 5
                : span_starts(rest, " & ")                                               ? 3
                : span_starts(rest, "\xEF\xBC\x8C") || span_starts(rest, "\xE3\x80\x81") ? 3 /* ， 、 */
                                                                                         : 0;
        if (*skip > 0)
            return i;
    }
    return text.len;
}

/* "A and B", "A; B", "A, B, C"; a name "Last, First" keeps its comma only where others are joined by "and" or ";". */
static bool add_names(struct arena *arena, struct span_list *list, struct span text)
{
    while (text.len > 0) {
        size_t skip = 0;
        const size_t end = name_end(text, &skip);
        struct span name = span_trim((struct span){text.at, end});
        if (span_starts(name, "and "))
            name = span_trim((struct span){name.at + 4, name.len - 4});
        while (name.len > 0 && (name.at[0] == '#' || name.at[0] == '"' || name.at[0] == '[' || name.at[0] == '\''))
            name = (struct span){name.at + 1, name.len - 1};
        while (name.len > 0 && (name.at[name.len - 1] == ']' || name.at[name.len - 1] == '"' ||
                                name.at[name.len - 1] == '.' || name.at[name.len - 1] == '\''))
            name.len--;
        if (name.len > 0 && !span_is_nocase(name, "et al") && !span_list_add(arena, list, name))
            return false;
        const size_t step = end + skip < text.len ? end + skip : text.len;
        text = (struct span){text.at + step, text.len - step};
    }
    return true;
}

static struct span without_quotes(struct span text)
{
    text = span_trim(text);
    while (text.len >= 2 && strchr("\"'*_`[]", text.at[0]) != NULL && strchr("\"'*_`[]", text.at[text.len - 1]) != NULL)
        text = span_trim((struct span){text.at + 1, text.len - 2});
    return text;
}

static void take_venue(struct meta *meta, struct span value)
{
    struct venue_year found;
    struct span text = without_quotes(value);
    if (venue_parse(text, &found)) {
        if (found.venue.len > 0)
            meta->venue = found.venue;
        if (found.year != 0)
            meta->year = found.year;
        return;
    }
    if (year_find(text) != 0 && meta->year == 0)
        meta->year = year_find(text);
    meta->venue = text;
}

static struct span link_of(struct arena *arena, const char *base, struct span value, bool *failed)
{
    if (memmem(value.at, value.len, "://", 3) != NULL)
        return value;
    const char *link = arena_format(arena, "%s%.*s", base, SPAN_ARGS(value));
    *failed |= link == NULL;
    return link == NULL ? (struct span){0} : span_of(link);
}

bool meta_take(struct arena *arena, struct meta *meta, struct span key, struct span value, struct span source,
               uint32_t line, bool *failed)
{
    value = span_trim(value);
    const enum meta_key kind = key_of(key);
    if (kind == KEY_NONE || value.len == 0)
        return false;
    bool ok = true;
    switch (kind) {
    case KEY_TITLE:
        meta->title = without_quotes(value);
        ok = passage_add(arena, &meta->passages, FIELD_TITLE, line, source, source);
        break;
    case KEY_AUTHOR:
        ok = add_names(arena, &meta->authors, value) &&
             passage_add(arena, &meta->passages, FIELD_AUTHOR, line, source, source);
        break;
    case KEY_VENUE:
        take_venue(meta, value);
        ok = passage_add(arena, &meta->passages, FIELD_VENUE, line, source, source);
        break;
    case KEY_YEAR:
        meta->year = year_find(value) != 0 ? year_find(value) : meta->year;
        break;
    case KEY_TAG:
        ok = add_names(arena, &meta->tags, value) &&
             passage_add(arena, &meta->passages, FIELD_TAG, line, source, source);
        break;
    case KEY_URL:
        meta->url = value;
        break;
    case KEY_DOI:
        meta->url = link_of(arena, "https://doi.org/", value, failed);
        break;
    case KEY_ARXIV:
        meta->url = link_of(arena, "https://arxiv.org/abs/", value, failed);
        break;
    case KEY_ABSTRACT:
        ok = passage_add(arena, &meta->passages, FIELD_ABSTRACT, line, source, source);
        break;
    case KEY_NONE:
        break;
    }
    *failed |= !ok;
    return true;
}

bool meta_take_venue(struct arena *arena, struct meta *meta, struct span line_text, uint32_t line, bool *failed)
{
    struct venue_year found;
    const struct span text = span_trim(line_text);
    if (!venue_parse(text, &found))
        return false;
    if (found.venue.len > 0)
        meta->venue = found.venue;
    if (found.year != 0)
        meta->year = found.year;
    if (found.venue.len > 0)
        *failed |= !passage_add(arena, &meta->passages, FIELD_VENUE, line, text, text);
    return true;
}
