#include "corpus/markdown_rules.h"

#include "corpus/notes_line.h"

#include <string.h>

enum { FEWEST_DASHES = 3 };

static size_t dashes_at(struct span line, size_t at)
{
    size_t count = 0;
    while (at + count < line.len && line.at[at + count] == '-')
        count++;
    return count;
}

/* The dashes that a rule lacks; 0 when none, or the line is no rule. */
static size_t lacking(struct span line)
{
    size_t lack = 0;
    bool bar = false;
    for (size_t i = 0, dashes; i<line.len; i += dashes> 0 ? dashes : 1) {
        dashes = dashes_at(line, i);
        if (dashes == 0 && (line.at[i] == '\0' || strchr("|: \t", line.at[i]) == NULL))
            return 0;
        bar |= line.at[i] == '|';
        lack += dashes > 0 && dashes < FEWEST_DASHES ? FEWEST_DASHES - dashes : 0;
    }
    return bar ? lack : 0;
}

/* Copies a rule to `to` with the dashes it lacks; gives where the copy ends. */
static char *widen(char *to, struct span line)
{
    for (size_t i = 0, dashes; i<line.len; i += dashes> 0 ? dashes : 1) {
        dashes = dashes_at(line, i);
        const size_t least = dashes > 0 ? FEWEST_DASHES : 1, copies = dashes > least ? dashes : least;
        memset(to, line.at[i], copies);
        to += copies;
    }
    return to;
}

static void count_short_rules(struct span text, size_t *rules, size_t *lack)
{
    for (struct span line; line_cut(&text, &line);) {
        *rules += lacking(line) > 0;
        *lack += lacking(line);
    }
}

bool rules_keep(struct arena *arena, struct span text, struct wide_rules *out)
{
    *out = (struct wide_rules){.text = {arena_string(arena, text), text.len}};
    return out->text.at != NULL;
}

bool rules_widen(struct arena *arena, struct span text, struct wide_rules *out)
{
    size_t rules = 0, lack = 0, added = 0;
    *out = (struct wide_rules){0};
    count_short_rules(text, &rules, &lack);
    if (rules == 0)
        return rules_keep(arena, text, out);
    char *copy = arena_alloc(arena, text.len + lack + 1), *to = copy;
    struct rule_change *changes = arena_array(arena, rules, sizeof *changes);
    if (copy == NULL || changes == NULL)
        return false;
    const char *copied = text.at, *end = text.at + text.len;
    for (struct span rest = text, line; line_cut(&rest, &line);) {
        if (lacking(line) == 0)
            continue;
        memcpy(to, copied, (size_t)(line.at - copied));
        char *const start = to + (line.at - copied);
        to = widen(start, line);
        copied = line.at + line.len;
        added += lacking(line);
        changes[out->count++] = (struct rule_change){(size_t)(start - copy), (size_t)(to - copy), added};
    }
    memcpy(to, copied, (size_t)(end - copied));
    out->text = (struct span){copy, text.len + lack};
    out->changes = changes;
    return true;
}

bool rules_narrow(const struct wide_rules *wide, struct span text, struct span *part)
{
    if (part->at == NULL)
        return true;
    const size_t start = (size_t)(part->at - wide->text.at);
    size_t low = 0, high = wide->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (wide->changes[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    const size_t added = low == 0 ? 0 : wide->changes[low - 1].added;
    if (low < wide->count && wide->changes[low].start < start + part->len)
        return false;
    part->at = text.at + (start - added);
    return true;
}
