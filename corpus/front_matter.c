#include "corpus/front_matter.h"

#include "base/error.h"
#include "corpus/words.h"

#include <yaml.h>

/* A mapping or list that is open. */
struct front_level {
    struct span key; /* whose value comes next */
    bool is_mapping, at_key, in_list;
};

enum { DEEPEST_LEVEL = 16 };

struct front_reader {
    struct arena *arena;
    struct front_matter *matter;
    struct span yaml;
    uint32_t first_line;
    size_t capacity;
    size_t characters, offset; /* the same place of the YAML, in both units, */
    uint32_t line;             /* and its line, counted from 0: YAML has other line breaks than the source */
    bool failed;
};

static size_t line_end(struct span text, size_t start)
{
    const char *end = start >= text.len ? NULL : memchr(text.at + start, '\n', text.len - start);
    return end == NULL ? text.len : (size_t)(end - text.at);
}

/* Whether the line ends what `fence`, its first byte, began: dashes (or dots) around YAML, plus signs around TOML. */
static bool is_fence(struct span line, char fence)
{
    const struct span mark = span_trim(line);
    if (fence == '+')
        return span_is(mark, "+++");
    return span_is(mark, "---") || span_is(mark, "...");
}

/* What stands between the fences; false when the text does not begin with one. */
static bool find_fences(struct span text, struct span *yaml, struct span *body, uint32_t *body_line)
{
    size_t start = line_end(text, 0);
    const char fence = text.at[0];
    if ((fence != '-' && fence != '+') || !is_fence((struct span){text.at, start}, fence))
        return false;
    const size_t first = start + 1;
    for (uint32_t line = 2; start + 1 < text.len; line++) {
        const size_t next = start + 1;
        start = line_end(text, next);
        if (is_fence((struct span){text.at + next, start - next}, fence)) {
            *yaml = (struct span){text.at + first, next - first};
            *body = start < text.len ? (struct span){text.at + start + 1, text.len - start - 1}
                                     : (struct span){text.at + text.len, 0};
            *body_line = line + 1;
            return true;
        }
    }
    return false;
}

/* libyaml counts characters; the source is bytes. Marks only move forward, so the count goes on where it stopped. */
static size_t offset_of(struct front_reader *reader, size_t index)
{
    const struct span yaml = reader->yaml;
    while (reader->characters < index && reader->offset < yaml.len) {
        reader->line += yaml.at[reader->offset++] == '\n';
        while (reader->offset < yaml.len && ((unsigned char)yaml.at[reader->offset] & 0xC0) == 0x80)
            reader->offset++;
        reader->characters++;
    }
    return reader->offset;
}

/* Where a scalar's text stands verbatim within its source, quotes and all; the source when it does not. */
static struct span verbatim(struct span source, struct span text)
{
    const char *at = text.len == 0 ? NULL : memmem(source.at, source.len, text.at, text.len);
    return at == NULL ? span_trim(source) : (struct span){at, text.len};
}

static void add_value(struct front_reader *reader, const struct front_level *level, const yaml_event_t *event)
{
    struct front_matter *matter = reader->matter;
    struct front_value *values =
        arena_grow(reader->arena, matter->values, matter->count, &reader->capacity, sizeof *values);
    char *copy =
        arena_string(reader->arena, (struct span){(const char *)event->data.scalar.value, event->data.scalar.length});
    reader->failed |= values == NULL || copy == NULL;
    if (reader->failed)
        return;
    matter->values = values;
    const size_t start = offset_of(reader, event->start_mark.index);
    uint32_t line = reader->first_line + reader->line;
    const size_t end = offset_of(reader, event->end_mark.index);
    const struct span text = span_trim(span_of(copy));
    const struct span raw = {reader->yaml.at + start, end > start ? end - start : 0};
    const struct span source = verbatim(raw, text);
    for (const char *c = raw.at; c < source.at; c++)
        line += *c == '\n';
    if (text.len > 0 && source.len > 0)
        values[matter->count++] = (struct front_value){level->key, text, source, line, level->in_list};
}

static struct span lower_copy(struct front_reader *reader, struct span text)
{
    char *copy = arena_string(reader->arena, text);
    reader->failed |= copy == NULL;
    if (copy == NULL)
        return (struct span){0};
    for (char *c = copy; *c != '\0'; c++)
        *c = ascii_lower(*c);
    return span_of(copy);
}

static struct span lower_key(struct front_reader *reader, const yaml_event_t *event)
{
    return lower_copy(reader, (struct span){(const char *)event->data.scalar.value, event->data.scalar.length});
}

/* The key of a mapping within another: what a list of people calls "name" is the person. */
static struct span key_below(struct front_reader *reader, const struct front_level *above, struct span key)
{
    if (above->key.len == 0 || span_is(key, "name"))
        return above->key.len == 0 ? key : above->key;
    const char *joined = arena_format(reader->arena, "%.*s.%.*s", SPAN_ARGS(above->key), SPAN_ARGS(key));
    reader->failed |= joined == NULL;
    return joined == NULL ? key : span_of(joined);
}

static void take_scalar(struct front_reader *reader, struct front_level *level, const yaml_event_t *event)
{
    if (level->is_mapping && level->at_key) {
        level->key = key_below(reader, level - 1, lower_key(reader, event));
        level->at_key = false;
        return;
    }
    if (level->key.len > 0)
        add_value(reader, level, event);
    level->at_key = level->is_mapping;
}

/* Walks the events with a stack of what is open; levels[0] stands for the document. */
static void read_events(struct front_reader *reader, yaml_parser_t *parser)
{
    struct front_level levels[DEEPEST_LEVEL + 1] = {0};
    size_t depth = 0;
    for (bool done = false; !done && !reader->failed;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            (void)offset_of(reader, parser->problem_mark.index);
            reader->matter->error_line = reader->first_line + reader->line;
            reader->matter->mistake = parser->problem != NULL ? parser->problem : "not YAML";
            return;
        }
        struct front_level *level = &levels[depth];
        const bool opens = event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT;
        if (opens && depth == DEEPEST_LEVEL) {
            (void)offset_of(reader, event.start_mark.index);
            reader->matter->error_line = reader->first_line + reader->line;
            reader->matter->mistake = "too many lists within lists";
            done = true;
        } else if (opens) {
            const bool mapping = event.type == YAML_MAPPING_START_EVENT;
            level->at_key = level->is_mapping;
            levels[++depth] = (struct front_level){level->key, mapping, mapping, !mapping || level->in_list};
        } else if (event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT) {
            depth--;
        } else if (event.type == YAML_SCALAR_EVENT && depth > 0) {
            take_scalar(reader, level, &event);
        } else if (event.type == YAML_ALIAS_EVENT) {
            level->at_key = level->is_mapping && !level->at_key;
        }
        done |= event.type == YAML_STREAM_END_EVENT || event.type == YAML_DOCUMENT_END_EVENT;
        yaml_event_delete(&event);
    }
}

/* ---- front matter line by line: TOML, and what is no YAML
 * ---------------------------------------------------------------------------- */

/* The bytes of "key" in "key: value", or "key = value": letters, digits, spaces, joiners and the marks of bold up to
 * `sign`; 0 when there is none. */
static size_t key_bytes(struct span line, char sign)
{
    enum { LONGEST_KEY = 40 };
    const char *colon = memchr(line.at, sign, line.len < LONGEST_KEY ? line.len : LONGEST_KEY);
    const size_t len = colon == NULL ? 0 : (size_t)(colon - line.at);
    for (size_t i = 0; i < len; i++)
        if (!is_ascii_letter(line.at[i]) && !is_ascii_digit(line.at[i]) && strchr("_-* ", line.at[i]) == NULL &&
            (unsigned char)line.at[i] < 0x80)
            return 0;
    return len;
}

/* "**Title**: Quiet Caches", "**Title:** Quiet Caches": without the marks of bold. */
static struct span without_stars(struct span text)
{
    text = span_trim(text);
    while (span_starts(text, "*"))
        text = span_trim(span_from(text, 1));
    return span_trim_marks(text, "*");
}

static void keep_line(struct front_reader *reader, struct span key, struct span value, uint32_t line, bool is_element)
{
    struct front_matter *matter = reader->matter;
    while (value.len > 1 && strchr("\"'[", value.at[0]) != NULL)
        value = span_from(value, 1);
    value = span_trim(span_without_end(value, "\"']"));
    if (value.len == 0)
        return;
    struct front_value *values =
        arena_grow(reader->arena, matter->values, matter->count, &reader->capacity, sizeof *values);
    reader->failed |= values == NULL;
    if (reader->failed)
        return;
    matter->values = values;
    values[matter->count++] = (struct front_value){key, value, value, line, is_element};
}

/* The elements of a list on one line: ["a", "b"]. */
static void keep_list(struct front_reader *reader, struct span key, struct span value, uint32_t line)
{
    while (value.len > 0) {
        const char *comma = memchr(value.at, ',', value.len);
        const size_t end = comma == NULL ? value.len : (size_t)(comma - value.at);
        keep_line(reader, key, span_trim(span_until(value, end)), line, true);
        value = span_from(value, comma == NULL ? end : end + 1);
    }
}

/* "[[Ada Example]], [[Bo Sample]]": each link is an element, with the commas in it. */
static void keep_wikilinks(struct front_reader *reader, struct span key, struct span value, uint32_t line)
{
    while (span_starts(value, "[[")) {
        const size_t end = span_find(value, "]]");
        keep_line(reader, key, span_until(value, end == SIZE_MAX ? value.len : end), line, true);
        value = span_from(value, end == SIZE_MAX ? value.len : end + 2);
        while (value.len > 0 && strchr(", ", value.at[0]) != NULL)
            value = span_from(value, 1);
    }
}

static void keep_value(struct front_reader *reader, struct span key, struct span value, uint32_t line)
{
    if (span_starts(value, "[["))
        keep_wikilinks(reader, key, value, line);
    else if (span_starts(value, "["))
        keep_list(reader, key, value, line);
    else
        keep_line(reader, key, value, line, false);
}

/* Reads each line by itself, with `sign` between key and value: as its writer meant it, most often a title with a colon
 * in it that nobody quoted. */
static void read_lines(struct front_reader *reader, char sign)
{
    struct span key = {0}, rest = reader->yaml;
    reader->matter->count = 0;
    for (uint32_t number = reader->first_line; rest.len > 0 && !reader->failed; number++) {
        const size_t end = line_end(rest, 0);
        const struct span line = span_trim(span_until(rest, end));
        const bool indented = rest.len > 0 && (rest.at[0] == ' ' || rest.at[0] == '\t');
        const size_t bytes = indented || span_starts(line, "- ") ? 0 : key_bytes(line, sign);
        if (bytes > 0) {
            const size_t signs = sign == ':' && span_starts(span_from(line, bytes), "::") ? 2 : 1; /* Logseq's */
            key = lower_copy(reader, without_stars(span_until(line, bytes)));
            keep_value(reader, key, without_stars(span_from(line, bytes + signs)), number);
        } else if (span_starts(line, "- ") && key.len > 0) {
            keep_line(reader, key, span_trim(span_from(line, 2)), number, true);
        }
        rest = span_from(rest, end < rest.len ? end + 1 : end);
    }
}

static void read_yaml(struct front_reader *reader)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        reader->failed = true;
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)reader->yaml.at, reader->yaml.len);
    read_events(reader, &parser);
    if (reader->matter->mistake != NULL)
        reader->matter->mistake = arena_string(reader->arena, span_of(reader->matter->mistake));
    yaml_parser_delete(&parser);
    if (reader->matter->error_line != 0 && !reader->failed)
        read_lines(reader, ':');
}

/* "Title: ...", "Date: ...", "Slug: ..." on the first lines, without fences, as Pelican and MultiMarkdown have
 * posts. */
static bool find_header(struct span text, struct span *lines, struct span *body, uint32_t *body_line)
{
    static const char *const blog_keys[] = {"slug:", "category:", "status:"};
    bool dated = false, blogged = false;
    size_t start = 0;
    *body_line = 1;
    for (; start < text.len; ++*body_line) {
        const size_t end = line_end(text, start);
        const struct span line = span_trim((struct span){text.at + start, end - start});
        start = end < text.len ? end + 1 : end;
        if (line.len == 0)
            break;
        if (key_bytes(line, ':') == 0 || (*body_line == 1 && !span_starts_nocase(line, "title:")))
            return false;
        dated |= span_starts_nocase(line, "date:");
        for (size_t i = 0; i < sizeof blog_keys / sizeof blog_keys[0]; i++)
            blogged |= span_starts_nocase(line, blog_keys[i]);
    }
    *lines = span_until(text, start);
    *body = span_from(text, start);
    ++*body_line;
    return dated && blogged;
}

/* "title:: ...", "authors:: [[...]]" on the first lines, as Logseq keeps the properties of a page. */
static bool find_properties(struct span text, struct span *lines, struct span *body, uint32_t *body_line)
{
    bool titled = false;
    size_t start = 0;
    for (*body_line = 1; start < text.len; ++*body_line) {
        const size_t end = line_end(text, start);
        const struct span line = span_trim((struct span){text.at + start, end - start});
        if (key_bytes(line, ':') == 0 || !span_starts(span_from(line, key_bytes(line, ':')), "::"))
            break;
        titled |= span_starts_nocase(line, "title::");
        start = end < text.len ? end + 1 : end;
    }
    *lines = span_until(text, start);
    *body = span_from(text, start);
    return titled;
}

pinakes_status front_matter_read(struct arena *arena, struct span text, struct front_matter *out, pinakes_error *error)
{
    *out = (struct front_matter){.body = text, .body_line = 1};
    struct front_reader reader = {.arena = arena, .matter = out, .first_line = 2};
    struct span body;
    uint32_t body_line;
    if (text.len > 0 && (find_header(text, &reader.yaml, &body, &body_line) ||
                         find_properties(text, &reader.yaml, &body, &body_line))) {
        reader.first_line = 1;
        out->body = body;
        out->body_line = body_line;
        read_lines(&reader, ':');
        return reader.failed ? error_no_memory(error) : PINAKES_OK;
    }
    if (text.len == 0 || !find_fences(text, &reader.yaml, &out->body, &out->body_line))
        return PINAKES_OK;
    if (text.at[0] == '+')
        read_lines(&reader, '=');
    else
        read_yaml(&reader);
    return reader.failed ? error_no_memory(error) : PINAKES_OK;
}

const struct front_value *front_matter_get(const struct front_matter *matter, const char *key)
{
    for (size_t i = 0; i < matter->count; i++)
        if (span_is(matter->values[i].key, key))
            return &matter->values[i];
    return NULL;
}
