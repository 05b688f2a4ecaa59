#include "corpus/bibtex_entry.h"

#include "base/hash.h"
#include "corpus/words.h"

#include <strings.h>

enum { LONGEST_NAME = 80 }; /* of a field, with the space around it */

struct parser {
    struct arena *arena;
    const struct bibtex_macros *macros;
    struct span text;
    size_t at;
    uint32_t line; /* of the byte at `at` */
    uint32_t mended_line;
    bool may_run_on;
    struct bibtex_mistake *mistake;
};

static bool fail(struct parser *parser, uint32_t line, const char *what)
{
    *parser->mistake = (struct bibtex_mistake){line, what};
    return false;
}

static bool at_end(const struct parser *parser)
{
    return parser->at >= parser->text.len;
}

static char here(const struct parser *parser)
{
    return at_end(parser) ? '\0' : parser->text.at[parser->at];
}

static void step(struct parser *parser)
{
    parser->line += here(parser) == '\n';
    parser->at++;
}

static void skip_blanks(struct parser *parser)
{
    while (!at_end(parser) && is_blank(here(parser)))
        step(parser);
}

static bool take(struct parser *parser, char c)
{
    skip_blanks(parser);
    if (here(parser) != c)
        return false;
    step(parser);
    return true;
}

/* A name runs up to white space or a sign that means something. */
static struct span take_name(struct parser *parser)
{
    skip_blanks(parser);
    const size_t start = parser->at;
    while (!at_end(parser) && !is_blank(here(parser)) && strchr("={}(),\"#", here(parser)) == NULL)
        step(parser);
    return (struct span){parser->text.at + start, parser->at - start};
}

/* ---- values -------------------------------------------------------------------------------------------------- */

/* Whether `text` begins a field: "year = {2020}", behind a comma or at the beginning of a line. `strictly`: one that a
 * formula hardly has, with a longer name and braces or quotes. */
static bool begins_field(struct span text, bool strictly)
{
    const size_t least_letters = strictly ? 3 : 2;
    size_t i = 0;
    struct span line = span_trim(span_until(text, text.len < LONGEST_NAME ? text.len : LONGEST_NAME));
    while (i < line.len && (is_ascii_letter(line.at[i]) || line.at[i] == '-' || line.at[i] == '_'))
        i++;
    const struct span rest = span_trim(span_from(line, i));
    const struct span value = rest.len == 0 ? rest : span_trim(span_from(rest, 1));
    return i >= least_letters && span_starts(rest, "=") && value.len > 0 &&
           (value.at[0] == '{' || value.at[0] == '"' || (!strictly && is_ascii_digit(value.at[0])));
}

/* The value that begins at `start` and has no end: up to the line that begins a field, or all there is. */
static struct span mend_value(struct parser *parser, size_t start, uint32_t line)
{
    parser->at = start;
    parser->line = line;
    if (parser->mended_line == 0)
        parser->mended_line = line;
    for (; !at_end(parser); step(parser)) {
        const char c = here(parser);
        if ((c == '\n' || c == ',') && begins_field(span_from(parser->text, parser->at + 1), false))
            break;
    }
    struct span value = {parser->text.at + start, parser->at - start};
    while (value.len > 0 && (is_blank(value.at[value.len - 1]) || strchr(",}\"", value.at[value.len - 1]) != NULL))
        value.len--;
    return value;
}

/* {...} with braces balanced, or "..." where quotes in braces do not end it. */
static struct span take_delimited(struct parser *parser)
{
    const char open = here(parser);
    step(parser);
    const uint32_t line = parser->line;
    const size_t start = parser->at;
    for (size_t depth = 0; !at_end(parser); step(parser)) {
        const char c = here(parser);
        if (depth == 0 && c == (open == '{' ? '}' : '"')) {
            step(parser);
            return (struct span){parser->text.at + start, parser->at - start - 1};
        }
        if (c == '}' && depth == 0)
            break;
        depth += c == '{';
        depth -= c == '}';
    }
    return mend_value(parser, start, line);
}

static size_t macro_slot(struct span name)
{
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < name.len; i++) {
        const char small = ascii_lower(name.at[i]);
        hash = hash_add(hash, (struct span){&small, 1});
    }
    return hash % BIBTEX_MACRO_SLOTS;
}

/* As it was defined last. */
static struct span macro_value(const struct bibtex_macros *macros, struct span name)
{
    for (uint32_t i = macros->slots[macro_slot(name)]; i > 0; i = macros->at[i - 1].before) {
        const struct bibtex_macro *macro = &macros->at[i - 1];
        if (macro->name.len == name.len && strncasecmp(macro->name.at, name.at, name.len) == 0)
            return macro->value;
    }
    return name;
}

static bool take_piece(struct parser *parser, struct span *piece)
{
    skip_blanks(parser);
    if (here(parser) == '{' || here(parser) == '"') {
        *piece = take_delimited(parser);
        return true;
    }
    const uint32_t line = parser->line;
    const struct span name = take_name(parser);
    if (name.len == 0)
        return fail(parser, line, "a field has no value");
    *piece = is_ascii_digit(name.at[0]) ? name : macro_value(parser->macros, name);
    return true;
}

static bool join(struct parser *parser, struct span *value, struct span piece)
{
    char *joined = arena_alloc(parser->arena, value->len + piece.len + 1);
    if (joined == NULL)
        return fail(parser, 0, NULL);
    memcpy(joined, value->at, value->len);
    memcpy(joined + value->len, piece.at, piece.len);
    *value = (struct span){joined, value->len + piece.len};
    return true;
}

static bool take_value(struct parser *parser, struct bibtex_field *field)
{
    skip_blanks(parser);
    field->line = parser->line;
    if (!take_piece(parser, &field->value))
        return false;
    while (take(parser, '#')) {
        struct span piece;
        if (!take_piece(parser, &piece) || !join(parser, &field->value, piece))
            return false;
    }
    return true;
}

/* ---- entries ------------------------------------------------------------------------------------------------- */

static bool add_field(struct arena *arena, struct bibtex_entry *entry, const struct bibtex_field *field)
{
    struct bibtex_field *fields = arena_grow(arena, entry->fields, entry->count, &entry->capacity, sizeof *fields);
    if (fields == NULL)
        return false;
    entry->fields = fields;
    fields[entry->count++] = *field;
    return true;
}

bool bibtex_entry_inherit(struct arena *arena, struct bibtex_entry *entry, const struct bibtex_entry *from)
{
    for (size_t i = 0; i < from->count; i++)
        if (!add_field(arena, entry, &from->fields[i]))
            return false;
    return true;
}

/* Where in a value a field begins, on a line of its own or behind a comma: a brace before it was not closed. 0 when
 * none does. */
static size_t swallowed_field(struct span value)
{
    for (size_t i = 0; i + 1 < value.len; i++)
        if ((value.at[i] == '\n' || value.at[i] == ',') && begins_field(span_from(value, i + 1), value.at[i] == ','))
            return i;
    return 0;
}

/* At the end of an entry that no bracket ended: when its last value took the fields behind it, they are read after
 * all. */
static bool mend_last(struct parser *parser, struct bibtex_entry *entry)
{
    struct bibtex_field *last = entry->count == 0 ? NULL : &entry->fields[entry->count - 1];
    const char *begin = parser->text.at, *end = begin + parser->text.len;
    if (last == NULL || parser->mended_line > 0 || last->value.at < begin || last->value.at >= end ||
        swallowed_field(last->value) == 0)
        return false;
    last->value = mend_value(parser, (size_t)(last->value.at - begin), last->line);
    return true;
}

/* "% year = {2031}," between fields: biber passes over the rest of such a line. */
static bool take_comment(struct parser *parser)
{
    skip_blanks(parser);
    if (here(parser) != '%')
        return false;
    while (!at_end(parser) && here(parser) != '\n')
        step(parser);
    return true;
}

/* A comma forgotten between two fields does no harm. */
static bool take_fields(struct parser *parser, struct bibtex_entry *entry, char close)
{
    for (;;) {
        while (take(parser, ',') || take_comment(parser))
            ;
        if (take(parser, close) || (at_end(parser) && parser->mended_line > 0))
            return true;
        if (at_end(parser) && mend_last(parser, entry))
            continue;
        entry->runs_on = at_end(parser) && parser->may_run_on && entry->count > 0;
        if (entry->runs_on)
            return true;
        const uint32_t line = parser->line;
        struct bibtex_field field = {.name = take_name(parser)};
        if (field.name.len == 0)
            return fail(parser, line, at_end(parser) ? "the entry does not end" : "the name of a field is missing");
        if (!take(parser, '='))
            return fail(parser, line, "there is no \"=\" behind the name of a field");
        if (!take_value(parser, &field))
            return false;
        if (!add_field(parser->arena, entry, &field))
            return fail(parser, 0, NULL);
    }
}

/* A key runs up to the comma; some have spaces in them, or accents in braces. */
static bool take_key(struct parser *parser, struct bibtex_entry *entry, char close)
{
    skip_blanks(parser);
    const size_t start = parser->at;
    const uint32_t line = parser->line;
    for (size_t depth = 0; !at_end(parser); step(parser)) {
        const char c = here(parser);
        if (depth == 0 && (strchr(",=\"", c) != NULL || c == close))
            break;
        depth += c == '{';
        depth -= c == '}' && depth > 0;
    }
    entry->key = span_trim((struct span){parser->text.at + start, parser->at - start});
    if (here(parser) ==
        '=') { /* the key was forgotten, or the comma behind it: what stands here is the name of a field */
        size_t name = entry->key.len;
        while (name > 0 && !is_blank(entry->key.at[name - 1]))
            name--;
        const struct span key = span_trim(span_until(entry->key, name));
        parser->at = start;
        parser->line = line;
        while (key.len > 0 && parser->text.at + parser->at < entry->key.at + name)
            step(parser);
        entry->key = key.len > 0 ? key : (struct span){"", 0};
        return true;
    }
    if (here(parser) != ',' && here(parser) != close)
        return fail(parser, entry->line, "there is no comma behind the key");
    return true;
}

bool bibtex_entry_read(struct arena *arena, const struct bibtex_macros *macros, struct span text, uint32_t line,
                       bool may_run_on, struct bibtex_entry *out, struct bibtex_mistake *mistake)
{
    struct parser parser = {arena, macros, text, 1, line, 0, may_run_on, mistake};
    *out = (struct bibtex_entry){.line = line, .type = take_name(&parser)};
    skip_blanks(&parser);
    const char close = here(&parser) == '(' ? ')' : '}';
    step(&parser);
    if (!span_is_nocase(out->type, "string") && !take_key(&parser, out, close))
        return false;
    const bool is_read = take_fields(&parser, out, close);
    out->mended_line = parser.mended_line;
    return is_read;
}

/* Where a macro is used its line breaks are none. */
static void join_lines(char *value, size_t len)
{
    for (size_t i = 0; i < len; i++) /* there may be a zero byte within */
        if (value[i] == '\n' || value[i] == '\r')
            value[i] = ' ';
}

bool bibtex_macros_add(struct bibtex_macros *macros, const struct bibtex_entry *entry)
{
    for (size_t i = 0; i < entry->count; i++) {
        struct bibtex_macro *at = arena_grow(&macros->arena, macros->at, macros->count, &macros->capacity, sizeof *at);
        const char *name = arena_string(&macros->arena, entry->fields[i].name);
        char *value = arena_string(&macros->arena, entry->fields[i].value);
        if (at == NULL || name == NULL || value == NULL)
            return false;
        join_lines(value, entry->fields[i].value.len);
        const struct span key = {name, entry->fields[i].name.len};
        uint32_t *slot = &macros->slots[macro_slot(key)];
        macros->at = at;
        at[macros->count++] = (struct bibtex_macro){key, {value, entry->fields[i].value.len}, *slot};
        *slot = (uint32_t)macros->count;
    }
    return true;
}

const struct bibtex_field *bibtex_field(const struct bibtex_entry *entry, const char *name)
{
    for (size_t i = 0; i < entry->count; i++)
        if (span_is_nocase(entry->fields[i].name, name) && span_trim(entry->fields[i].value).len > 0)
            return &entry->fields[i];
    return NULL;
}
