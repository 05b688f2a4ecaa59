#include "query/place_cursor.h"

#include "indexer/schema.h"
#include "query/list_reader.h"
#include "query/numbers.h"

bool places_make_room(struct cursor_group *group, struct places *places, size_t count)
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
    if (!places_make_room(group, places, 1))
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
        if (!places_make_room(group, places, places->count + count))
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
    if (!places_make_room(cursor->group, &cursor->starts, all->count))
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

struct place_cursor *place_cursor_of_word(struct cursor_group *group, const struct node *node)
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

struct place_cursor *place_cursor_of_prefix(struct cursor_group *group, const struct node *prefix)
{
    static const struct segment_list none = {.documents = 0};
    const struct segment_list *list = group->list_of(group, prefix);
    struct place_cursor *cursor = list_cursor(group, list == NULL ? &none : list);
    if (cursor != NULL)
        cursor->group = group;
    return cursor;
}
