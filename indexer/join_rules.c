#include "indexer/join_rules.h"

#include "base/error.h"
#include "base/hash.h"
#include "corpus/notes_line.h"
#include "corpus/words.h"

#include <string.h>

static pinakes_status no_rule(const char *name, uint32_t line, pinakes_error *error)
{
    return error_set(error, PINAKES_BAD_INPUT,
                     "%s:%u: no rule; write KEY = KEY of records that are one paper, KEY != KEY of two", name,
                     (unsigned)line);
}

static bool is_key(struct span key)
{
    for (size_t i = 0; i < key.len; i++)
        if (key.at[i] == ' ' || key.at[i] == '\t' || key.at[i] == '=' || key.at[i] == '!')
            return false;
    return key.len > 0;
}

/* The rule of a line that is neither empty nor a comment. False when it is none. */
static bool read_rule(struct arena *arena, struct span line, struct join_rule *out, bool *has_memory)
{
    const char *sign = memchr(line.at, '=', line.len);
    if (sign == NULL || sign == line.at)
        return false;
    out->is_same = sign[-1] != '!';
    const struct span a = span_trim(span_until(line, (size_t)(sign - line.at) - (out->is_same ? 0 : 1)));
    const struct span b = span_trim(span_from(line, (size_t)(sign - line.at) + 1));
    if (!is_key(a) || !is_key(b) || span_equal(a, b))
        return false;
    out->a = arena_string(arena, a);
    out->b = arena_string(arena, b);
    *has_memory = out->a != NULL && out->b != NULL;
    return true;
}

pinakes_status join_rules_parse(struct arena *arena, const char *name, struct span text, struct join_rules *out,
                                pinakes_error *error)
{
    struct join_rule *items = NULL;
    size_t capacity = 0;
    struct span rest = text, line;
    *out = (struct join_rules){.name = arena_string(arena, span_of(name)), .hash = hash_add(HASH_START, text)};
    if (out->name == NULL)
        return error_no_memory(error);
    for (uint32_t number = 1; line_cut(&rest, &line); number++) {
        const char *comment = memchr(line.at, '#', line.len);
        line = span_trim(comment == NULL ? line : span_until(line, (size_t)(comment - line.at)));
        if (line.len == 0)
            continue;
        struct join_rule rule;
        bool has_memory = true;
        if (memchr(line.at, '\0', line.len) != NULL || !read_rule(arena, line, &rule, &has_memory))
            return no_rule(name, number, error);
        items = arena_grow(arena, items, out->count, &capacity, sizeof *items);
        if (!has_memory || items == NULL)
            return error_no_memory(error);
        rule.line = number;
        items[out->count++] = rule;
        out->items = items;
    }
    return PINAKES_OK;
}

static bool says(const struct join_rules *rules, const char *a, const char *b, bool is_same)
{
    for (size_t i = 0; rules != NULL && i < rules->count; i++) {
        const struct join_rule *rule = &rules->items[i];
        if (rule->is_same == is_same && ((strcmp(rule->a, a) == 0 && strcmp(rule->b, b) == 0) ||
                                         (strcmp(rule->a, b) == 0 && strcmp(rule->b, a) == 0)))
            return true;
    }
    return false;
}

bool join_rules_are_same(const struct join_rules *rules, const char *a, const char *b)
{
    return says(rules, a, b, true);
}

bool join_rules_are_two(const struct join_rules *rules, const char *a, const char *b)
{
    return says(rules, a, b, false);
}
