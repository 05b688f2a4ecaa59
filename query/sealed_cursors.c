#include "query/sealed_cursors.h"

#include "indexer/schema.h"
#include "query/list_reader.h"
#include "query/numbers.h"

#include <stdlib.h>

/* Where a word or phrase begins in a document: SEGMENT_POSITION()s, ascending, each once. */
struct places {
    uint32_t *at;
    size_t count, capacity;
};

/* A cursor that knows places: of a word or phrase. */
struct place_cursor {
    struct posting_cursor base;
    struct cursor_group *group;
    field_set fields;
    struct places starts; /* in the document last answered, in `fields`; of a word when they were asked for */
    uint32_t words;       /* one behind the other */
    bool (*begins)(struct place_cursor *cursor); /* fills `starts`; false: the group is damaged or short */
};

static bool make_room(struct cursor_group *group, struct places *places, size_t count)
{
    if (count <= places->capacity)
        return true;
    const size_t capacity = count * 2;
    uint32_t *at = arena_array(group->arena, capacity, sizeof *at);
    if (at == NULL) {
        group->is_short = true;
        return false;
    }
    if (places->count > 0)
        memcpy(at, places->at, places->count * sizeof *at);
    places->at = at;
    places->capacity = capacity;
    return true;
}

/* Adds the positions of one posting behind those that are there. */
static bool add_positions(struct cursor_group *group, const struct segment_list *list,
                          struct segment_positions_cursor *cursor, uint32_t at, struct places *places)
{
    const uint32_t block = at / SEGMENT_BLOCK, index = at % SEGMENT_BLOCK;
    if (!make_room(group, places, 1))
        return false;
    for (;;) {
        const size_t room = places->capacity - places->count;
        const size_t count = segment_positions(list, cursor, block, index, places->at + places->count, room);
        if (count == 0) {
            group->is_damaged = true;
            return false;
        }
        if (count <= room) {
            places->count += count;
            return true;
        }
        if (!make_room(group, places, places->count + count))
            return false;
    }
}

static void keep_fields(struct places *places, field_set fields)
{
    size_t kept = 0;
    if (fields == 0)
        return;
    for (size_t i = 0; i < places->count; i++) {
        places->at[kept] = places->at[i];
        kept += (fields >> (places->at[i] >> SEGMENT_PLACE_BITS) & 1) != 0 ? 1 : 0;
    }
    places->count = kept;
}

/* ---- a word of one list ---------------------------------------------------------------------------------- */

struct list_cursor {
    struct place_cursor base;
    struct list_reader reader;
    uint32_t index; /* of the document last answered, in its block */
    bool has_ended; /* instead of a document NO_PAPER was answered */
    struct segment_positions_cursor positions;
};

static int64_t seek_list(struct posting_cursor *base, int64_t from)
{
    struct list_cursor *cursor = (struct list_cursor *)base;
    struct list_reader *reader = &cursor->reader;
    const field_set fields = cursor->base.fields;
    while (from < SEGMENT_NO_DOCUMENT) {
        if (!list_reader_seek(reader, (uint32_t)from, &cursor->index))
            break;
        const uint32_t document = reader->documents[cursor->index];
        if (fields == 0 || (list_reader_fields(reader)[cursor->index] & fields) != 0)
            return document;
        from = (int64_t)document + 1;
    }
    cursor->has_ended = true;
    return NO_PAPER;
}

static uint32_t frequency_in_list(struct posting_cursor *base)
{
    struct list_cursor *cursor = (struct list_cursor *)base;
    return list_reader_frequencies(&cursor->reader)[cursor->index];
}

static bool begins_in_list(struct place_cursor *base)
{
    struct list_cursor *cursor = (struct list_cursor *)base;
    const uint32_t at = cursor->reader.block * SEGMENT_BLOCK + cursor->index;
    base->starts.count = 0;
    if (!add_positions(base->group, cursor->reader.list, &cursor->positions, at, &base->starts))
        return false;
    keep_fields(&base->starts, base->fields);
    return true;
}

static struct place_cursor *list_cursor(struct cursor_group *group, const struct segment_list *list)
{
    static const struct posting_cursor_methods methods = {seek_list, frequency_in_list, NULL};
    struct list_cursor *cursor = arena_alloc(group->arena, sizeof *cursor);
    if (cursor == NULL)
        return NULL;
    cursor->base.base.methods = &methods;
    cursor->base.begins = begins_in_list;
    list_reader_start(&cursor->reader, list, group->moment->kernels, &group->is_damaged);
    return &cursor->base;
}

/* ---- a prefix of several lists --------------------------------------------------------------------------- */

struct union_cursor {
    struct place_cursor base;
    struct sealed_word word;
    size_t at, behind; /* the postings of the document last answered */
    struct places all; /* where it stands there, in any field */
};

/* The first posting from `at` on whose document is at least `document`: steps that double, then halves. */
static size_t leap(const struct sealed_word *word, size_t at, uint32_t document)
{
    size_t step = 1;
    while (step < word->posting_count - at && word->postings[at + step].document < document) {
        at += step;
        step *= 2;
    }
    size_t low = at, high = step < word->posting_count - at ? at + step : word->posting_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (word->postings[middle].document < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t seek_union(struct posting_cursor *base, int64_t from)
{
    struct union_cursor *cursor = (struct union_cursor *)base;
    const struct sealed_word *word = &cursor->word;
    const field_set fields = cursor->base.fields;
    while (from < SEGMENT_NO_DOCUMENT && cursor->at < word->posting_count) {
        cursor->at = leap(word, cursor->at, (uint32_t)from);
        if (cursor->at == word->posting_count)
            break;
        const uint32_t document = word->postings[cursor->at].document;
        field_set held = 0;
        for (cursor->behind = cursor->at;
             cursor->behind < word->posting_count && word->postings[cursor->behind].document == document;
             cursor->behind++)
            held |= word->postings[cursor->behind].fields;
        if (fields == 0 || (held & fields) != 0)
            return document;
        from = (int64_t)document + 1;
    }
    return NO_PAPER;
}

static uint32_t weigh(const struct places *places)
{
    uint32_t frequency = 0;
    for (size_t i = 0; i < places->count; i++)
        frequency += places->at[i] >> SEGMENT_PLACE_BITS == FIELD_TITLE ? TITLE_WEIGHT : 1;
    return frequency;
}

/* Makes of all places those in the cursor's fields. */
static bool begin_at(struct place_cursor *cursor, const struct places *all)
{
    cursor->starts.count = 0;
    if (!make_room(cursor->group, &cursor->starts, all->count))
        return false;
    memcpy(cursor->starts.at, all->at, all->count * sizeof *all->at);
    cursor->starts.count = all->count;
    keep_fields(&cursor->starts, cursor->fields);
    return true;
}

static bool read_union(struct union_cursor *cursor)
{
    cursor->all.count = 0;
    for (size_t i = cursor->at; i < cursor->behind; i++) {
        const struct shared_posting *posting = &cursor->word.postings[i];
        struct segment_positions_cursor positions = {0};
        if (!add_positions(cursor->base.group, &cursor->word.lists[posting->list], &positions, posting->at,
                           &cursor->all))
            return false;
    }
    if (cursor->behind - cursor->at > 1)
        numbers_sort(cursor->all.at, &cursor->all.count);
    return true;
}

static uint32_t frequency_in_union(struct posting_cursor *base)
{
    struct union_cursor *cursor = (struct union_cursor *)base;
    if (cursor->behind - cursor->at == 1)
        return cursor->word.postings[cursor->at].frequency;
    return read_union(cursor) ? weigh(&cursor->all) : 1;
}

/* Words of one prefix may stand at the same position: "lock-free" is "lock" and "lockfree". */
static uint32_t most_in_union(struct posting_cursor *base)
{
    const struct union_cursor *cursor = (const struct union_cursor *)base;
    uint32_t frequency = 0;
    for (size_t i = cursor->at; i < cursor->behind; i++)
        frequency += cursor->word.postings[i].frequency;
    return frequency;
}

static bool begins_in_union(struct place_cursor *base)
{
    struct union_cursor *cursor = (struct union_cursor *)base;
    return read_union(cursor) && begin_at(base, &cursor->all);
}

static struct place_cursor *union_cursor(struct cursor_group *group, const struct sealed_word *word)
{
    static const struct posting_cursor_methods methods = {seek_union, frequency_in_union, most_in_union};
    struct union_cursor *cursor = arena_alloc(group->arena, sizeof *cursor);
    if (cursor == NULL)
        return NULL;
    cursor->base.base.methods = &methods;
    cursor->base.begins = begins_in_union;
    cursor->word = *word;
    return &cursor->base;
}

/* ---- a term of several lists ------------------------------------------------------------------------------ */

struct term_cursor {
    struct place_cursor base;
    struct list_cursor **parts; /* one a list, of any field */
    size_t part_count;
    int64_t document;  /* last answered */
    size_t holding;    /* the number of parts that stand on it */
    field_set held;    /* the fields of their postings there */
    struct places all; /* where the word stands there */
};

static bool stands_on(const struct list_cursor *part, int64_t document)
{
    return !part->has_ended && (int64_t)part->reader.documents[part->index] == document;
}

static void seek_parts(struct term_cursor *cursor, int64_t from)
{
    cursor->document = NO_PAPER;
    for (size_t i = 0; i < cursor->part_count; i++) {
        const int64_t document = seek_list(&cursor->parts[i]->base.base, from);
        cursor->document = document < cursor->document ? document : cursor->document;
    }
    cursor->holding = cursor->held = 0;
    for (size_t i = 0; i < cursor->part_count; i++) {
        struct list_cursor *part = cursor->parts[i];
        if (!stands_on(part, cursor->document))
            continue;
        cursor->holding++;
        if (cursor->base.fields != 0)
            cursor->held |= list_reader_fields(&part->reader)[part->index];
    }
}

static int64_t seek_term(struct posting_cursor *base, int64_t from)
{
    struct term_cursor *cursor = (struct term_cursor *)base;
    const field_set fields = cursor->base.fields;
    for (seek_parts(cursor, from); cursor->document != NO_PAPER; seek_parts(cursor, cursor->document + 1))
        if (fields == 0 || (cursor->held & fields) != 0)
            break;
    return cursor->document;
}

static bool read_term(struct term_cursor *cursor)
{
    cursor->all.count = 0;
    for (size_t i = 0; i < cursor->part_count; i++) {
        struct list_cursor *part = cursor->parts[i];
        const uint32_t at = part->reader.block * SEGMENT_BLOCK + part->index;
        if (stands_on(part, cursor->document) &&
            !add_positions(cursor->base.group, part->reader.list, &part->positions, at, &cursor->all))
            return false;
    }
    if (cursor->holding > 1)
        numbers_sort(cursor->all.at, &cursor->all.count);
    return true;
}

static uint32_t frequency_of_term(struct posting_cursor *base)
{
    struct term_cursor *cursor = (struct term_cursor *)base;
    for (size_t i = 0; i < cursor->part_count && cursor->holding == 1; i++)
        if (stands_on(cursor->parts[i], cursor->document))
            return frequency_in_list(&cursor->parts[i]->base.base);
    return read_term(cursor) ? weigh(&cursor->all) : 1;
}

static bool begins_term(struct place_cursor *base)
{
    struct term_cursor *cursor = (struct term_cursor *)base;
    return read_term(cursor) && begin_at(base, &cursor->all);
}

static struct place_cursor *term_cursor(struct cursor_group *group, const struct sealed_word *word)
{
    static const struct posting_cursor_methods methods = {seek_term, frequency_of_term, NULL};
    struct term_cursor *cursor = arena_alloc(group->arena, sizeof *cursor);
    if (cursor == NULL)
        return NULL;
    cursor->base.base.methods = &methods;
    cursor->base.begins = begins_term;
    cursor->part_count = word->list_count;
    cursor->parts = arena_array(group->arena, word->list_count, sizeof(struct list_cursor *));
    for (size_t i = 0; i < word->list_count && cursor->parts != NULL; i++) {
        cursor->parts[i] = (struct list_cursor *)list_cursor(group, &word->lists[i]);
        if (cursor->parts[i] == NULL)
            return NULL;
        cursor->parts[i]->base.group = group;
    }
    return cursor->parts == NULL ? NULL : &cursor->base;
}

static struct place_cursor *word_cursor(struct cursor_group *group, const struct node *node)
{
    const struct sealed_word *word = group->word_of(group, node);
    struct place_cursor *cursor = word->list_count == 1     ? list_cursor(group, &word->lists[0])
                                  : node->kind == NODE_TERM ? term_cursor(group, word)
                                                            : union_cursor(group, word);
    if (cursor == NULL)
        return NULL;
    cursor->group = group;
    cursor->fields = node->fields;
    cursor->words = 1;
    return cursor;
}

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
        if (!part->begins(part) || (i == 0 && !make_room(cursor->base.group, starts, places->count)))
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
    return is_word ? word_cursor(group, node) : group_cursor(group, node);
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

/* A prefix whose places nobody asks for. */
static struct place_cursor *prefix_cursor(struct cursor_group *group, const struct node *prefix)
{
    static const struct segment_list none = {.documents = 0};
    const struct segment_list *list = group->list_of(group, prefix);
    struct place_cursor *cursor = list_cursor(group, list == NULL ? &none : list);
    if (cursor != NULL)
        cursor->group = group;
    return cursor;
}

struct posting_cursor *sealed_cursor(struct cursor_group *group, const struct node *leaf)
{
    const bool is_prefix = leaf->kind == NODE_PREFIX && leaf->fields == 0;
    struct place_cursor *cursor = is_prefix ? prefix_cursor(group, leaf) : any_cursor(group, leaf);
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
