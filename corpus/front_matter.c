#include "corpus/front_matter.h"

#include "base/error.h"

#include <yaml.h>

struct front_reader {
    struct arena *arena;
    struct front_matter *matter;
    struct span yaml;
    uint32_t first_line;
    size_t capacity;
    size_t characters, offset; /* the same place of the YAML, in both units */
    bool failed;
};

static size_t line_end(struct span text, size_t start)
{
    const char *end = start >= text.len ? NULL : memchr(text.at + start, '\n', text.len - start);
    return end == NULL ? text.len : (size_t)(end - text.at);
}

static bool is_fence(struct span line)
{
    const struct span mark = span_trim(line);
    return mark.len == 3 && (memcmp(mark.at, "---", 3) == 0 || memcmp(mark.at, "...", 3) == 0);
}

/* The YAML between the fences; false when the text does not begin with it. */
static bool find_fences(struct span text, struct span *yaml, struct span *body, uint32_t *body_line)
{
    size_t start = line_end(text, 0);
    if (!is_fence((struct span){text.at, start}) || text.at[0] != '-')
        return false;
    const size_t first = start + 1;
    for (uint32_t line = 2; start + 1 < text.len; line++) {
        const size_t next = start + 1;
        start = line_end(text, next);
        if (is_fence((struct span){text.at + next, start - next})) {
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
        reader->offset++;
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

static void add_value(struct front_reader *reader, struct span key, const yaml_event_t *event)
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
    const size_t end = offset_of(reader, event->end_mark.index);
    const struct span text = span_trim(span_of(copy));
    const struct span raw = {reader->yaml.at + start, end > start ? end - start : 0};
    const struct span source = verbatim(raw, text);
    uint32_t line = reader->first_line + (uint32_t)event->start_mark.line;
    for (const char *c = raw.at; c < source.at; c++)
        line += *c == '\n';
    if (text.len > 0 && source.len > 0)
        values[matter->count++] = (struct front_value){key, text, source, line};
}

static struct span lower_key(struct front_reader *reader, const yaml_event_t *event)
{
    char *copy =
        arena_string(reader->arena, (struct span){(const char *)event->data.scalar.value, event->data.scalar.length});
    reader->failed |= copy == NULL;
    if (copy == NULL)
        return (struct span){0};
    for (char *c = copy; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return span_of(copy);
}

/* Walks the events: keys and scalars of the outer mapping, and all scalars below a key as its values. */
static void read_events(struct front_reader *reader, yaml_parser_t *parser)
{
    struct span key = {0};
    bool at_key = true;
    unsigned depth = 0;
    for (bool done = false; !done && !reader->failed;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            reader->matter->error_line = reader->first_line + (uint32_t)parser->problem_mark.line;
            reader->matter->mistake = parser->problem != NULL ? parser->problem : "not YAML";
            return;
        }
        switch (event.type) {
        case YAML_MAPPING_START_EVENT:
        case YAML_SEQUENCE_START_EVENT:
            depth++;
            break;
        case YAML_MAPPING_END_EVENT:
        case YAML_SEQUENCE_END_EVENT:
            depth--;
            at_key = at_key || depth == 1;
            break;
        case YAML_SCALAR_EVENT:
            if (depth == 1 && at_key) {
                key = lower_key(reader, &event);
                at_key = false;
            } else if (depth >= 1) {
                add_value(reader, key, &event);
                at_key = depth == 1;
            }
            break;
        case YAML_ALIAS_EVENT:
            at_key = depth == 1 ? !at_key : at_key;
            break;
        case YAML_STREAM_END_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            done = true;
            break;
        default:
            break;
        }
        yaml_event_delete(&event);
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
}

pinakes_status front_matter_read(struct arena *arena, struct span text, struct front_matter *out, pinakes_error *error)
{
    *out = (struct front_matter){.body = text, .body_line = 1};
    struct front_reader reader = {.arena = arena, .matter = out, .first_line = 2};
    if (text.len == 0 || !find_fences(text, &reader.yaml, &out->body, &out->body_line))
        return PINAKES_OK;
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
