#include "query/sealed_cursors.h"

#include "query/numbers.h"
#include "query/place_cursor.h"

/* ---- phrases and NEAR: the documents that hold all of them, then their places ----------------------------- */

struct group_cursor {
    struct place_cursor base;
    const struct node *node;
    struct place_cursor **parts;
    size_t part_count;
    bool (*holds)(struct group_cursor *cursor);
};

static int64_t seek_part(struct place_cursor *part, int64_t from)
{
    return part->base.methods->seek(&part->base, from);
}

/* The first document from `from` on that all parts stand in. */
static int64_t meet(struct group_cursor *cursor, int64_t from)
{
    size_t agreed = 0;
    for (size_t i = 0; agreed < cursor->part_count && from != NO_PAPER; i = (i + 1) % cursor->part_count) {
        const int64_t document = seek_part(cursor->parts[i], from);
        agreed = document == from ? agreed + 1 : 1;
        from = document;
    }
    return from;
}

static int64_t seek_group(struct posting_cursor *base, int64_t from)
{
    struct group_cursor *cursor = (struct group_cursor *)base;
    const struct cursor_group *group = cursor->base.group;
    for (;; from++) {
        from = meet(cursor, from);
        if (from == NO_PAPER || cursor->holds(cursor))
            return from;
        if (group->is_damaged || group->is_short)
            return NO_PAPER;
    }
}

/* A phrase begins where its first word stands, if each further one stands as many places on. */
static bool holds_phrase(struct group_cursor *cursor)
{
    struct places *starts = &cursor->base.starts;
    starts->count = 0;
    for (uint32_t i = 0; i < cursor->part_count; i++) {
        struct place_cursor *part = cursor->parts[i];
        const struct places *places = &part->starts;
        if (!part->begins(part) || (i == 0 && !places_make_room(cursor->base.group, starts, places->count)))
            return false;
        if (i == 0) {
            if (places->count > 0)
                memcpy(starts->at, places->at, places->count * sizeof *places->at);
            starts->count = places->count;
            continue;
        }
        starts->count = numbers_followed(starts->at, starts->count, places->at, places->count, i);
    }
    return starts->count > 0;
}

static bool begins_phrase(struct place_cursor *cursor)
{
    (void)cursor; /* seek_group() has filled it */
    return true;
}

/* Whether a place lies in [from, last]. */
static bool has_between(const struct places *places, uint32_t from, uint32_t last)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (places->at[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->count && places->at[low] <= last;
}

/* Whether each part begins close enough before `last`, where one of them begins: as match.c says, which names the
 * source. */
static bool is_window(const struct group_cursor *cursor, uint32_t last)
{
    const uint32_t field_start = last >> SEGMENT_PLACE_BITS << SEGMENT_PLACE_BITS;
    for (size_t i = 0; i < cursor->part_count; i++) {
        const uint64_t words = (uint64_t)cursor->node->distance + cursor->parts[i]->words;
        const uint32_t from = last - field_start > words ? last - (uint32_t)words : field_start;
        if (!has_between(&cursor->parts[i]->starts, from, last))
            return false;
    }
    return true;
}

static bool holds_near(struct group_cursor *cursor)
{
    for (size_t i = 0; i < cursor->part_count; i++)
        if (!cursor->parts[i]->begins(cursor->parts[i]))
            return false;
    for (size_t i = 0; i < cursor->part_count; i++) {
        const struct places *places = &cursor->parts[i]->starts;
        for (size_t j = 0; j < places->count; j++)
            if (is_window(cursor, places->at[j]))
                return true;
    }
    return false;
}

static struct place_cursor *group_cursor(struct cursor_group *group, const struct node *node);

static struct place_cursor *any_cursor(struct cursor_group *group, const struct node *node)
{
    const bool is_word = node_is_word(node);
    return is_word ? place_cursor_of_word(group, node) : group_cursor(group, node);
}

/* Recursion ends: a NEAR holds phrases, a phrase words. */
static struct place_cursor *group_cursor(struct cursor_group *group, const struct node *node)
{
    static const struct posting_cursor_methods methods = {seek_group, NULL, NULL};
    struct group_cursor *cursor = arena_alloc(group->arena, sizeof *cursor);
    if (cursor == NULL)
        return NULL;
    *cursor = (struct group_cursor){.node = node, .part_count = node->child_count};
    cursor->holds = node->kind == NODE_NEAR ? holds_near : holds_phrase;
    cursor->base = (struct place_cursor){.base = {&methods},
                                         .group = group,
                                         .fields = node->fields,
                                         .words = (uint32_t)node->child_count,
                                         .begins = begins_phrase};
    cursor->parts = arena_array(group->arena, node->child_count, sizeof(struct place_cursor *));
    for (size_t i = 0; i < node->child_count && cursor->parts != NULL; i++)
        if ((cursor->parts[i] = any_cursor(group, node->children[i])) == NULL)
            return NULL;
    return cursor->parts == NULL ? NULL : &cursor->base;
}

struct posting_cursor *sealed_cursor(struct cursor_group *group, const struct node *leaf)
{
    const bool is_prefix = leaf->kind == NODE_PREFIX && leaf->fields == 0;
    struct place_cursor *cursor = is_prefix ? place_cursor_of_prefix(group, leaf) : any_cursor(group, leaf);
    return cursor == NULL ? NULL : &cursor->base;
}

/* ---- years ----------------------------------------------------------------------------------------------- */

struct years_cursor {
    struct posting_cursor base;
    const struct segment_documents *documents;
    int from, to; /* inclusive */
};

static int64_t seek_years(struct posting_cursor *base, int64_t from)
{
    const struct years_cursor *cursor = (const struct years_cursor *)base;
    const int16_t *years = cursor->documents->years;
    for (; from < cursor->documents->count; from++)
        if (years[from] != 0 && years[from] >= cursor->from && years[from] <= cursor->to)
            return from;
    return NO_PAPER;
}

struct posting_cursor *sealed_years_cursor(struct cursor_group *group, const struct node *years)
{
    static const struct posting_cursor_methods methods = {seek_years, NULL, NULL};
    struct years_cursor *cursor = arena_alloc(group->arena, sizeof *cursor);
    if (cursor == NULL)
        return NULL;
    *cursor = (struct years_cursor){.base = {&methods},
                                    .documents = &group->moment->documents,
                                    .from = years->year_from != 0 ? years->year_from : INT32_MIN,
                                    .to = years->year_to != 0 ? years->year_to : INT32_MAX};
    return &cursor->base;
}
