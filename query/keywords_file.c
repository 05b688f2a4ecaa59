#include "query/keywords_file.h"

#include "base/error.h"
#include "query/lexer.h"

struct keywords_reader {
    struct arena *arena;
    const char *file;
    pinakes_error *error;
    uint32_t line;
    const char *section;
    struct keyword_list list;
    size_t capacity;
};

static pinakes_status refuse(const struct keywords_reader *reader, const char *what)
{
    return error_set(reader->error, PINAKES_BAD_INPUT, "%s:%u: %s", reader->file, (unsigned)reader->line, what);
}

static struct span behind(struct span text, size_t bytes)
{
    return span_trim((struct span){text.at + bytes, text.len - bytes});
}

/* ---- headings -------------------------------------------------------------------------------------------- */

static pinakes_status begin_section(struct keywords_reader *reader, struct span name)
{
    if (name.len == 0)
        return refuse(reader, "this heading has no name; write [Name] or ## Name");
    reader->section = arena_string(reader->arena, name);
    return reader->section == NULL ? error_no_memory(reader->error) : PINAKES_OK;
}

static pinakes_status read_brackets(struct keywords_reader *reader, struct span line)
{
    if (line.at[line.len - 1] != ']')
        return refuse(reader, "a heading in brackets ends with the bracket; write [Name], or \\[ if it is a keyword");
    return begin_section(reader, span_trim((struct span){line.at + 1, line.len - 2}));
}

/* One # begins a comment, several a heading. */
static pinakes_status read_number_signs(struct keywords_reader *reader, struct span line)
{
    size_t signs = 0;
    while (signs < line.len && line.at[signs] == '#')
        signs++;
    const bool is_heading = signs > 1 && (signs == line.len || is_blank(line.at[signs]));
    return is_heading ? begin_section(reader, behind(line, signs)) : PINAKES_OK;
}

/* ---- keywords -------------------------------------------------------------------------------------------- */

/* Where the colon behind a name stands; SIZE_MAX when the line has no name. */
static size_t find_name(struct span line)
{
    struct scope field;
    if (strchr("(+-", line.at[0]) != NULL)
        return SIZE_MAX;
    for (size_t at = 0; at < line.len && lexer_quotation_mark(line, at) == 0; at++) {
        const bool ends_name = line.at[at] == ':' && (at + 1 == line.len || is_blank(line.at[at + 1]));
        if (ends_name)
            return lexer_field((struct span){line.at, at}, &field) ? SIZE_MAX : at;
    }
    return SIZE_MAX;
}

static pinakes_status add_keyword(struct keywords_reader *reader, struct span label, struct span query)
{
    struct keyword_list *list = &reader->list;
    struct keyword *grown = arena_grow(reader->arena, list->at, list->count, &reader->capacity, sizeof *list->at);
    if (grown == NULL)
        return error_no_memory(reader->error);
    list->at = grown;
    struct keyword *keyword = &grown[list->count];
    *keyword = (struct keyword){.section = reader->section,
                                .query = arena_string(reader->arena, query),
                                .label = arena_string(reader->arena, label),
                                .line = reader->line};
    if (keyword->query == NULL || keyword->label == NULL)
        return error_no_memory(reader->error);
    list->count++;
    return PINAKES_OK;
}

static pinakes_status read_keyword(struct keywords_reader *reader, struct span line)
{
    const size_t colon = find_name(line);
    if (colon == SIZE_MAX)
        return add_keyword(reader, line, line);
    const struct span label = span_trim((struct span){line.at, colon}), query = behind(line, colon + 1);
    if (label.len == 0)
        return refuse(reader, "there is no name before the colon; write Name: query, or only the query");
    if (query.len == 0)
        return refuse(reader, "there is no query behind this name; write Name: query, or take the colon away");
    return add_keyword(reader, label, query);
}

static bool is_bullet(struct span line)
{
    return line.len > 1 && (line.at[0] == '-' || line.at[0] == '*') && is_blank(line.at[1]);
}

static pinakes_status read_line(struct keywords_reader *reader, struct span line)
{
    if (line.len > KEYWORD_BYTES_MAX)
        return refuse(reader, "this line is longer than 4096 bytes; write one keyword a line");
    if (line.len == 0)
        return PINAKES_OK;
    if (line.at[0] == '#')
        return read_number_signs(reader, line);
    if (line.at[0] == '[')
        return read_brackets(reader, line);
    if (is_bullet(line))
        line = behind(line, 1);
    if (line.len > 1 && line.at[0] == '\\')
        line = behind(line, 1);
    return line.len == 0 ? PINAKES_OK : read_keyword(reader, line);
}

pinakes_status keywords_parse(struct arena *arena, const char *file, struct span text, struct keyword_list *out,
                              pinakes_error *error)
{
    struct keywords_reader reader = {.arena = arena, .file = file, .error = error, .section = ""};
    pinakes_status status = PINAKES_OK;
    while (text.len > 0 && status == PINAKES_OK) {
        const char *end = memchr(text.at, '\n', text.len);
        const size_t bytes = end == NULL ? text.len : (size_t)(end - text.at);
        reader.line++;
        status = read_line(&reader, span_trim((struct span){text.at, bytes}));
        text = end == NULL ? (struct span){text.at + bytes, 0} : (struct span){end + 1, text.len - bytes - 1};
    }
    if (status != PINAKES_OK)
        return status;
    if (reader.list.count == 0)
        return error_set(error, PINAKES_BAD_INPUT, "%s: there is no keyword in it; write one a line", file);
    *out = reader.list;
    return PINAKES_OK;
}
