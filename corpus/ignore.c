#include "corpus/ignore.h"

#include <fnmatch.h>

struct ignore_rule {
    char **parts; /* the pattern, cut at its slashes; "**" stands for any folders */
    size_t part_count;
    bool takes_back;   /* it began with "!" */
    bool only_folders; /* it ended in a slash */
    bool is_anchored;  /* a slash elsewhere: it holds from the folder of the file on, not at any depth */
};

/* ---- reading ------------------------------------------------------------------------------------------------ */

/* Spaces at the end do not count unless a backslash stands before them. */
static struct span without_trailing_spaces(struct span line)
{
    while (line.len > 0 && line.at[line.len - 1] == ' ' && !(line.len > 1 && line.at[line.len - 2] == '\\'))
        line.len--;
    return line;
}

static bool take_front(struct span *pattern, char byte)
{
    if (pattern->len == 0 || pattern->at[0] != byte)
        return false;
    *pattern = (struct span){pattern->at + 1, pattern->len - 1};
    return true;
}

static bool take_back(struct span *pattern, char byte)
{
    if (pattern->len == 0 || pattern->at[pattern->len - 1] != byte)
        return false;
    pattern->len--;
    return true;
}

static bool cut_parts(struct arena *arena, struct span pattern, struct ignore_rule *rule)
{
    size_t capacity = 0;
    struct span part;
    while (span_cut(&pattern, '/', &part)) {
        char **grown = arena_grow(arena, rule->parts, rule->part_count, &capacity, sizeof *grown);
        if (grown == NULL)
            return false;
        rule->parts = grown;
        grown[rule->part_count] = arena_string(arena, part);
        if (grown[rule->part_count++] == NULL)
            return false;
    }
    return true;
}

/* False when memory is short. A rule without parts matches nothing. */
static bool read_rule(struct arena *arena, struct span line, struct ignore_rule *rule)
{
    (void)take_back(&line, '\r');
    line = without_trailing_spaces(line);
    *rule = (struct ignore_rule){.parts = NULL};
    if (line.len == 0 || line.at[0] == '#')
        return true;
    rule->takes_back = take_front(&line, '!');
    rule->only_folders = take_back(&line, '/');
    const bool leads = take_front(&line, '/');
    rule->is_anchored = leads || (line.len > 0 && memchr(line.at, '/', line.len) != NULL);
    return line.len == 0 || cut_parts(arena, line, rule);
}

bool ignore_read(struct arena *arena, struct span text, const char *folder, const struct ignore_list *above,
                 struct ignore_list *out)
{
    struct ignore_rule *rules = NULL;
    size_t count = 0, capacity = 0;
    struct span line;
    if (span_starts(text, "\xef\xbb\xbf"))
        text = (struct span){text.at + 3, text.len - 3};
    while (span_cut(&text, '\n', &line)) {
        struct ignore_rule *grown = arena_grow(arena, rules, count, &capacity, sizeof *grown);
        if (grown == NULL)
            return false;
        rules = grown;
        if (!read_rule(arena, line, &rules[count]))
            return false;
        count += rules[count].part_count > 0 ? 1 : 0;
    }
    *out = (struct ignore_list){.above = above,
                                .folder_len = strcmp(folder, "/") == 0 ? 0 : strlen(folder),
                                .rules = rules,
                                .rule_count = count};
    return true;
}

/* ---- matching ----------------------------------------------------------------------------------------------- */

/* One name against one part. The period is no letter apart, as in gitignore(5). */
static bool name_matches(const char *part, struct span name)
{
    char copy[256]; /* NAME_MAX of Linux, and its NUL */
    if (name.len >= sizeof copy)
        return false;
    memcpy(copy, name.at, name.len);
    copy[name.len] = '\0';
    return fnmatch(part, copy, 0) == 0;
}

/* The names of a path against the parts of a pattern. Where a name does not fit, the last "**" takes one more: an
 * earlier one never has to, so the cost is at most the product of the two lengths. */
static bool parts_match(char *const *parts, size_t count, struct span names)
{
    struct span name, starred = {NULL, 0}; /* what the last "**" has not taken */
    size_t at = 0, star = count;
    for (;;) {
        if (at < count && strcmp(parts[at], "**") == 0) {
            if (at + 1 == count)
                return names.at != NULL; /* everything inside: at least one name */
            star = at++;
            starred = names;
            continue;
        }
        if (at == count ? names.at == NULL : span_cut(&names, '/', &name) && name_matches(parts[at], name)) {
            if (at++ == count)
                return true;
            continue;
        }
        if (star == count || !span_cut(&starred, '/', &name))
            return false;
        names = starred;
        at = star + 1;
    }
}

static bool rule_matches(const struct ignore_rule *rule, const char *below, bool is_folder)
{
    const char *slash = strrchr(below, '/');
    if (rule->only_folders && !is_folder)
        return false;
    if (rule->is_anchored)
        return parts_match(rule->parts, rule->part_count, span_of(below));
    return name_matches(rule->parts[0], span_of(slash == NULL ? below : slash + 1));
}

bool ignore_has(const struct ignore_list *list, const char *path, bool is_folder)
{
    for (; list != NULL; list = list->above)
        for (size_t i = list->rule_count; i-- > 0;)
            if (rule_matches(&list->rules[i], path + list->folder_len + 1, is_folder))
                return !list->rules[i].takes_back;
    return false;
}
