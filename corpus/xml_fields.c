#include "corpus/xml_fields.h"

#include "corpus/latex.h"
#include "corpus/words.h"

#include "base/buffer.h"

#include <expat.h>

/* The record itself, its children, and theirs. */
enum { DEPTH_RECORD = 1, DEPTH_CHILD, DEPTH_GRANDCHILD };

struct reading {
    struct arena *arena;
    struct xml_fields *out;
    XML_Parser parser;
    struct span source;
    size_t counted_to;
    uint32_t line; /* of the place counted to */
    unsigned depth;
    const char *child;
    uint32_t child_line, grandchild_line; /* where their texts begin; 0 before */
    size_t grandchild_start;              /* in `text` */
    struct buffer text;                   /* of the child that is open */
    struct buffer formula;                /* of the formula that is open */
    unsigned formula_depth;               /* 0 when none is */
    bool failed;
};

/* Counted as everywhere here, where expat takes a carriage return alone for a line's end. */
static uint32_t line_now(struct reading *reading)
{
    const XML_Index index = XML_GetCurrentByteIndex(reading->parser);
    const size_t now = index < 0 ? 0 : (size_t)index;
    for (; reading->counted_to < now && reading->counted_to < reading->source.len; reading->counted_to++)
        reading->line += reading->source.at[reading->counted_to] == '\n';
    return reading->line;
}

static void add_field(struct reading *reading, const char *name, const char *parent, struct span text, uint32_t line)
{
    struct xml_fields *out = reading->out;
    struct xml_field *fields = arena_grow(reading->arena, out->at, out->count, &out->capacity, sizeof *fields);
    const struct span trimmed = span_trim(text);
    const char *own_name = arena_string(reading->arena, span_of(name)), *copy = arena_string(reading->arena, trimmed);
    reading->failed |= fields == NULL || own_name == NULL || copy == NULL;
    if (reading->failed)
        return;
    for (const char *c = text.at; c < trimmed.at; c++)
        line += *c == '\n';
    out->at = fields;
    fields[out->count++] = (struct xml_field){own_name, parent, {copy, trimmed.len}, line};
}

static void start_element(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    (void)attributes;
    reading->depth++;
    if (reading->depth == DEPTH_CHILD) {
        reading->child = arena_string(reading->arena, span_of(name));
        reading->failed |= reading->child == NULL;
        reading->child_line = 0;
        buffer_clear(&reading->text);
    } else if (reading->depth == DEPTH_GRANDCHILD) {
        reading->grandchild_line = 0;
        reading->grandchild_start = reading->text.len;
    }
    if (reading->formula_depth == 0 && strcmp(name, "tex-math") == 0) {
        reading->formula_depth = reading->depth;
        buffer_add_byte(&reading->formula, '$');
    }
}

static void end_formula(struct reading *reading)
{
    buffer_add_byte(&reading->formula, '$');
    if (!reading->formula.failed) {
        const struct span plain = latex_text(reading->arena, buffer_text(&reading->formula));
        reading->failed |= plain.at == NULL;
        if (plain.at != NULL)
            buffer_add(&reading->text, plain);
    }
    reading->failed |= reading->formula.failed;
    buffer_clear(&reading->formula);
    reading->formula_depth = 0;
}

static void end_element(void *context, const char *name)
{
    struct reading *reading = context;
    if (reading->depth == reading->formula_depth)
        end_formula(reading);
    const struct span text = buffer_text(&reading->text);
    if (reading->depth == DEPTH_CHILD)
        add_field(reading, name, NULL, text, reading->child_line);
    else if (reading->depth == DEPTH_GRANDCHILD)
        add_field(reading, name, reading->child, span_from(text, reading->grandchild_start), reading->grandchild_line);
    reading->depth--;
}

static void take_text(void *context, const char *text, int len)
{
    struct reading *reading = context;
    if (reading->child_line == 0)
        reading->child_line = line_now(reading);
    if (reading->grandchild_line == 0)
        reading->grandchild_line = line_now(reading);
    if (reading->depth >= DEPTH_CHILD)
        buffer_add(reading->formula_depth > 0 ? &reading->formula : &reading->text,
                   (struct span){text, len < 0 ? 0 : (size_t)len});
}

/* Carriage returns would become line ends of which the source knows nothing. */
static struct span without_returns(struct arena *arena, struct span text)
{
    if (memchr(text.at, '\r', text.len) == NULL)
        return text;
    char *copy = arena_string(arena, text);
    for (size_t i = 0; copy != NULL && i < text.len; i++)
        copy[i] = (char)(copy[i] == '\r' ? ' ' : copy[i]);
    return (struct span){copy, text.len};
}

bool xml_fields_read(struct arena *arena, struct span text, uint32_t line, struct xml_fields *out,
                     struct xml_mistake *mistake)
{
    *out = (struct xml_fields){0};
    *mistake = (struct xml_mistake){line, NULL};
    struct reading reading = {.arena = arena,
                              .out = out,
                              .parser = XML_ParserCreate("UTF-8"),
                              .source = without_returns(arena, text),
                              .line = line};
    if (reading.parser == NULL || reading.source.at == NULL) {
        XML_ParserFree(reading.parser);
        return false;
    }
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, start_element, end_element);
    XML_SetCharacterDataHandler(reading.parser, take_text);
    const bool well_formed = XML_Parse(reading.parser, reading.source.at, (int)text.len, XML_TRUE) == XML_STATUS_OK;
    reading.failed |= reading.text.failed;
    if (!reading.failed && !well_formed && XML_GetErrorCode(reading.parser) != XML_ERROR_NO_MEMORY)
        *mistake = (struct xml_mistake){line_now(&reading), XML_ErrorString(XML_GetErrorCode(reading.parser))};
    XML_ParserFree(reading.parser);
    buffer_free(&reading.text);
    buffer_free(&reading.formula);
    return well_formed && !reading.failed;
}

struct span xml_attribute(struct span text, const char *name)
{
    const char *end = text.len == 0 ? NULL : memchr(text.at, '>', text.len);
    const struct span tag = span_until(text, end == NULL ? text.len : (size_t)(end - text.at));
    const size_t len = strlen(name);
    for (size_t i = 1; i + len + 2 < tag.len; i++) {
        const struct span here = span_from(tag, i);
        const struct span behind = span_trim(span_from(here, len));
        if (!is_blank(tag.at[i - 1]) || !span_starts(here, name) || !span_starts(behind, "="))
            continue;
        const struct span quoted = span_trim(span_from(behind, 1));
        const struct span value = span_from(quoted, quoted.len > 0 ? 1 : 0);
        const char *close = value.len == 0 ? NULL : memchr(value.at, quoted.at[0], value.len);
        if (close != NULL && (quoted.at[0] == '"' || quoted.at[0] == '\''))
            return span_until(value, (size_t)(close - value.at));
    }
    return (struct span){"", 0};
}
