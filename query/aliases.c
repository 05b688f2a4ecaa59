#include "base/error.h"
#include "indexer/phrase_key.h"
#include "query/thesaurus.h"

struct reading {
    struct arena *arena;
    struct analyzer *analyzer;
    const char *file;
    struct aliases *out;
    size_t capacity;
    unsigned line; /* counted from 1 */
    pinakes_error *error;
};

static pinakes_status refuse(const struct reading *reading, size_t column, const char *what)
{
    return error_set(reading->error, PINAKES_BAD_INPUT, "%s:%u:%zu: %s; nothing was searched", reading->file,
                     reading->line, column, what);
}

static size_t count_names(struct span line)
{
    size_t names = 1;
    for (size_t i = 0; i < line.len; i++)
        names += line.at[i] == '=' ? 1 : 0;
    return names;
}

static bool has_key(const struct alias_group *group, struct span key)
{
    for (size_t i = 0; i < group->count; i++)
        if (span_equal(group->keys[i], key))
            return true;
    return false;
}

/* Adds the name that begins at byte `column` - 1 of its line. */
static pinakes_status add_name(struct reading *reading, struct alias_group *group, struct span name, size_t column)
{
    struct buffer key = {0};
    const size_t words = phrase_key_add(reading->analyzer, name, &key);
    const char *copy = buffer_keep(&key, reading->arena);
    const struct span kept = {copy == NULL ? "" : copy, key.len};
    buffer_free(&key);
    if (copy == NULL || analyzer_failed(reading->analyzer))
        return error_no_memory(reading->error);
    if (words == 0)
        return refuse(reading, column, name.len == 0 ? "there is no name here" : "this name has no word to search for");
    if (words > SYNONYM_WORDS_MAX)
        return refuse(reading, column, "a name has at most 8 words");
    if (has_key(group, kept))
        return refuse(reading, column, "these words name the thing already");
    group->names[group->count] = name;
    group->keys[group->count++] = kept;
    return PINAKES_OK;
}

static pinakes_status read_group(struct reading *reading, struct span line)
{
    const size_t names = count_names(line);
    if (names < 2)
        return refuse(reading, 1,
                      "a line names a thing in two ways or more, with = between: far memory = remote memory");
    if (names > SYNONYMS_MAX + 1)
        return refuse(reading, 1, "a thing has at most 7 names");
    struct alias_group *groups =
        arena_grow(reading->arena, reading->out->groups, reading->out->count, &reading->capacity, sizeof *groups);
    struct alias_group group = {arena_array(reading->arena, names, sizeof *group.names),
                                arena_array(reading->arena, names, sizeof *group.keys), 0};
    if (groups == NULL || group.names == NULL || group.keys == NULL)
        return error_no_memory(reading->error);
    reading->out->groups = groups;
    for (size_t start = 0, end; start <= line.len; start = end + 1) {
        for (end = start; end < line.len && line.at[end] != '=';)
            end++;
        const struct span name = span_trim((struct span){line.at + start, end - start});
        const size_t column = name.len > 0 ? (size_t)(name.at - line.at) + 1 : start + 1;
        const pinakes_status status = add_name(reading, &group, name, column);
        if (status != PINAKES_OK)
            return status;
    }
    groups[reading->out->count++] = group;
    return PINAKES_OK;
}

pinakes_status aliases_parse(struct arena *arena, struct analyzer *analyzer, const char *file, struct span text,
                             struct aliases *out, pinakes_error *error)
{
    struct reading reading = {.arena = arena, .analyzer = analyzer, .file = file, .out = out, .error = error};
    *out = (struct aliases){NULL, 0};
    for (size_t start = 0, end; start < text.len; start = end + 1) {
        for (end = start; end < text.len && text.at[end] != '\n';)
            end++;
        const struct span line = {text.at + start, end - start}, words = span_trim(line);
        reading.line++;
        if (words.len == 0 || words.at[0] == '#')
            continue;
        const pinakes_status status = read_group(&reading, line);
        if (status != PINAKES_OK)
            return status;
    }
    return PINAKES_OK;
}
