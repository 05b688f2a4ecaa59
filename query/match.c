#include "query/match.h"

#include "base/name_set.h"
#include "indexer/schema.h"

#include <stdlib.h>

/* A position of the paper: its field in the upper half, its number within the field in the lower. Fields never touch,
 * for no text has 2^32 words. */
typedef uint64_t place;

static const place NOWHERE = UINT64_MAX;

struct spot {
    place place;
    size_t start, bytes; /* of the field's text */
};

/* A token of the paper with its spots[first, first + count), in the order of places. */
struct entry {
    size_t first, count;
};

struct document {
    struct name_set texts; /* of the tokens, each with its entry: */
    struct entry *entries;
    struct spot *spots;
    int year;
    const struct span *topics;
    size_t topic_count;
    uint32_t length;
};

/* ---- reading the paper ----------------------------------------------------------------------------------- */

/* A spot as it is met, before spots are gathered by token. */
struct sighting {
    size_t entry;
    struct spot spot;
};

struct reader {
    struct arena *arena;
    struct document *document;
    size_t entry_capacity;
    struct sighting *sightings;
    size_t sighting_count, sighting_capacity;
};

/* The number of the entry for `text`, made when it is new; SIZE_MAX when memory is short. */
static size_t entry_number(struct reader *reader, struct span text)
{
    struct document *document = reader->document;
    struct entry *grown = arena_grow(reader->arena, document->entries, document->texts.count, &reader->entry_capacity,
                                     sizeof *document->entries);
    bool is_new;
    const size_t number = grown == NULL ? SIZE_MAX : name_set_place(&document->texts, reader->arena, text, &is_new);
    if (number == SIZE_MAX)
        return SIZE_MAX;
    document->entries = grown;
    if (is_new) {
        const char *copy = arena_string(reader->arena, text);
        if (copy == NULL)
            return SIZE_MAX;
        document->texts.at[number].at = copy;
    }
    return number;
}

static bool add_sighting(struct reader *reader, enum field field, const struct token *token)
{
    const size_t entry = entry_number(reader, token->text);
    struct sighting *grown = arena_grow(reader->arena, reader->sightings, reader->sighting_count,
                                        &reader->sighting_capacity, sizeof *reader->sightings);
    if (entry == SIZE_MAX || grown == NULL)
        return false;
    reader->sightings = grown;
    reader->sightings[reader->sighting_count++] =
        (struct sighting){entry, {(place)field << 32 | token->position, token->start, token->bytes}};
    reader->document->entries[entry].count++;
    return true;
}

static bool read_field(struct reader *reader, struct analyzer *analyzer, enum field field, struct span text)
{
    struct token token;
    uint32_t words = 0;
    uint32_t counted = UINT32_MAX; /* the position counted last */
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token)) {
        if (token.kind == TOKEN_BREAK)
            continue;
        words += token.position != counted ? 1 : 0;
        counted = token.position;
        if (!add_sighting(reader, field, &token))
            return false;
    }
    reader->document->length += field == FIELD_TITLE ? words * TITLE_WEIGHT : words;
    return !analyzer_failed(analyzer);
}

/* Brings the spots of each token together; they keep their order. */
static bool gather_spots(struct reader *reader)
{
    struct document *document = reader->document;
    document->spots = arena_array(reader->arena, reader->sighting_count, sizeof *document->spots);
    if (document->spots == NULL)
        return false;
    size_t next = 0;
    for (size_t i = 0; i < document->texts.count; i++) {
        document->entries[i].first = next;
        next += document->entries[i].count;
        document->entries[i].count = 0;
    }
    for (size_t i = 0; i < reader->sighting_count; i++) {
        struct entry *entry = &document->entries[reader->sightings[i].entry];
        document->spots[entry->first + entry->count++] = reader->sightings[i].spot;
    }
    return true;
}

static bool copy_topics(struct arena *arena, struct document *document, const struct span *topics, size_t count)
{
    struct span *copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; i < count && copy != NULL; i++) {
        copy[i] = (struct span){arena_string(arena, topics[i]), topics[i].len};
        if (copy[i].at == NULL)
            return false;
    }
    document->topics = copy;
    document->topic_count = count;
    return copy != NULL;
}

struct document *document_create(struct arena *arena, struct analyzer *analyzer, const struct span texts[FIELD_COUNT],
                                 int year, const struct span *topics, size_t topic_count)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    struct reader reader = {.arena = arena, .document = document};
    if (document == NULL || !copy_topics(arena, document, topics, topic_count))
        return NULL;
    document->year = year;
    for (unsigned field = 0; field < FIELD_COUNT; field++)
        if (!read_field(&reader, analyzer, (enum field)field, texts[field]))
            return NULL;
    return gather_spots(&reader) ? document : NULL;
}

uint32_t document_length(const struct document *document)
{
    return document->length;
}

/* ---- the next place -------------------------------------------------------------------------------------- */

static bool is_allowed(field_set fields, place at)
{
    return fields == 0 || (fields & (1u << (at >> 32))) != 0;
}

/* The first spot of `entry` at or behind `from`: an index into the spots, or the end of the entry's. */
static size_t find_spot(const struct document *document, const struct entry *entry, place from)
{
    size_t low = entry->first, high = entry->first + entry->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (document->spots[middle].place < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static place next_of_entry(const struct document *document, const struct entry *entry, field_set fields, place from)
{
    const size_t end = entry->first + entry->count;
    size_t at = find_spot(document, entry, from);
    while (at < end && !is_allowed(fields, document->spots[at].place))
        at = find_spot(document, entry, ((document->spots[at].place >> 32) + 1) << 32);
    return at < end ? document->spots[at].place : NOWHERE;
}

/* Stems are not words as written, so no prefix takes them. */
static bool prefix_takes(struct span prefix, struct span token)
{
    return token.len >= prefix.len && token.at[0] != STEM_MARK && memcmp(token.at, prefix.at, prefix.len) == 0;
}

/* The entries a word takes, one after the other: begin with `*at` = 0; NULL at the end. */
static const struct entry *next_entry(const struct document *document, const struct node *word, size_t *at)
{
    if (word->kind == NODE_PREFIX) {
        while (*at < document->texts.count)
            if (prefix_takes(word->tokens[0], document->texts.at[(*at)++]))
                return &document->entries[*at - 1];
        return NULL;
    }
    while (*at < word->token_count) {
        const size_t number = name_set_find(&document->texts, word->tokens[(*at)++]);
        if (number != SIZE_MAX)
            return &document->entries[number];
    }
    return NULL;
}

static place next_of_word(const struct document *document, const struct node *word, field_set fields, place from)
{
    place first = NOWHERE;
    const struct entry *entry;
    for (size_t at = 0; (entry = next_entry(document, word, &at)) != NULL;) {
        const place next = next_of_entry(document, entry, fields, from);
        first = next < first ? next : first;
    }
    return first;
}

/* Leaps from one word that is missing to the next place where it is not. */
static place next_of_phrase(const struct document *document, const struct node *phrase, field_set fields, place from)
{
    size_t fitting = 0;
    while (fitting < phrase->child_count) {
        const place next = next_of_word(document, phrase->children[fitting], fields, from + fitting);
        if (next == NOWHERE)
            return NOWHERE;
        const bool fits = next == from + fitting;
        from = next - fitting;
        fitting = fits ? fitting + 1 : fitting == 0 ? 1 : 0;
    }
    return from;
}

/* Where a word or phrase begins next, at or behind `from`. */
static place next_start(const struct document *document, const struct node *node, field_set fields, place from)
{
    return node_is_word(node) ? next_of_word(document, node, fields, from)
                              : next_of_phrase(document, node, fields, from);
}

/* ---- NEAR, as FTS5 defines it ---------------------------------------------------------------------------- */

/* The operand of NEAR that begins last begins at `last`. Each other one of n words must begin within the `distance` + n
 * words before it, or with it (fts5ExprNearIsMatch in SQLite's fts5_expr.c). */
static place window_start(const struct node *near, const struct node *operand, place last)
{
    const place field_start = last >> 32 << 32;
    const uint64_t words = near->distance + (node_is_word(operand) ? 1 : (uint64_t)operand->child_count);
    return last - field_start > words ? last - words : field_start;
}

static bool is_window(const struct document *document, const struct node *near, place last)
{
    for (size_t i = 0; i < near->child_count; i++) {
        const struct node *operand = near->children[i];
        if (next_start(document, operand, near->fields, window_start(near, operand, last)) > last)
            return false;
    }
    return true;
}

/* The next place at or behind `from` where the last operand of a match begins. */
static place next_window(const struct document *document, const struct node *near, place from)
{
    for (;;) {
        place last = NOWHERE;
        for (size_t i = 0; i < near->child_count; i++) {
            const place next = next_start(document, near->children[i], near->fields, from);
            last = next < last ? next : last;
        }
        if (last == NOWHERE || is_window(document, near, last))
            return last;
        from = last + 1;
    }
}

/* ---- matching -------------------------------------------------------------------------------------------- */

static bool has_topic(const struct document *document, struct span name)
{
    for (size_t i = 0; i < document->topic_count; i++)
        if (topic_name_equal(document->topics[i], name))
            return true;
    return false;
}

static bool is_year_in(int year, const struct node *node)
{
    return year != 0 && (node->year_from == 0 || year >= node->year_from) &&
           (node->year_to == 0 || year <= node->year_to);
}

static bool matches_any(const struct document *document, const struct node *node)
{
    for (size_t i = 0; i < node->child_count; i++)
        if (document_matches(document, node->children[i]))
            return true;
    return false;
}

static bool matches_all(const struct document *document, const struct node *node)
{
    for (size_t i = 0; i < node->child_count; i++)
        if (!document_matches(document, node->children[i]))
            return false;
    return true;
}

bool document_matches(const struct document *document, const struct node *node)
{
    switch (node->kind) {
    case NODE_EVERYTHING:
        return true;
    case NODE_NOTHING:
        return false;
    case NODE_AND:
        return matches_all(document, node);
    case NODE_OR:
    case NODE_MAX:
        return matches_any(document, node);
    case NODE_NOT:
        return !matches_any(document, node);
    case NODE_TERM:
    case NODE_PREFIX:
    case NODE_PHRASE:
        return next_start(document, node, node->fields, 0) != NOWHERE;
    case NODE_NEAR:
        return next_window(document, node, 0) != NOWHERE;
    case NODE_YEAR:
        return is_year_in(document->year, node);
    case NODE_TOPIC:
        return has_topic(document, node->name);
    }
    return false;
}

uint32_t document_frequency(const struct document *document, const struct node *term)
{
    uint32_t frequency = 0;
    for (place at = next_of_word(document, term, 0, 0); at != NOWHERE; at = next_of_word(document, term, 0, at + 1))
        frequency += at >> 32 == FIELD_TITLE ? TITLE_WEIGHT : 1;
    return frequency;
}

/* ---- occurrences ----------------------------------------------------------------------------------------- */

struct occurrences {
    const struct document *document;
    struct arena *arena;
    struct occurrence *at;
    size_t count, capacity;
    bool failed;
};

/* Adds the word that stands at `at`: of several tokens there the longest, so that "kv*" marks all of "KV-cache". */
static void add_word_at(struct occurrences *occurrences, const struct node *word, place at)
{
    const struct document *document = occurrences->document;
    const struct spot *longest = NULL;
    const struct entry *entry;
    for (size_t i = 0; (entry = next_entry(document, word, &i)) != NULL;) {
        const size_t spot = find_spot(document, entry, at);
        if (spot < entry->first + entry->count && document->spots[spot].place == at &&
            (longest == NULL || document->spots[spot].bytes > longest->bytes))
            longest = &document->spots[spot];
    }
    struct occurrence *grown = arena_grow(occurrences->arena, occurrences->at, occurrences->count,
                                          &occurrences->capacity, sizeof *occurrences->at);
    occurrences->failed |= grown == NULL;
    if (grown == NULL || longest == NULL)
        return;
    occurrences->at = grown;
    occurrences->at[occurrences->count++] =
        (struct occurrence){(enum field)(at >> 32), (uint32_t)at, longest->start, longest->bytes};
}

static void add_start(struct occurrences *occurrences, const struct node *node, place at)
{
    if (node_is_word(node))
        add_word_at(occurrences, node, at);
    for (size_t i = 0; i < node->child_count && !node_is_word(node); i++)
        add_word_at(occurrences, node->children[i], at + i);
}

/* Adds what begins in [from, last] and returns where the next call may begin. */
static place add_starts(struct occurrences *occurrences, const struct node *node, field_set fields, place from,
                        place last)
{
    for (place at; !occurrences->failed; from = at + 1) {
        at = next_start(occurrences->document, node, fields, from);
        if (at == NOWHERE || at > last)
            break;
        add_start(occurrences, node, at);
    }
    return from;
}

static void add_near(struct occurrences *occurrences, const struct node *near)
{
    place *added = arena_array(occurrences->arena, near->child_count, sizeof *added); /* up to here, of each operand */
    place from = 0, last;
    occurrences->failed |= added == NULL;
    while (!occurrences->failed && (last = next_window(occurrences->document, near, from)) != NOWHERE) {
        for (size_t i = 0; i < near->child_count; i++) {
            const place start = window_start(near, near->children[i], last);
            added[i] =
                add_starts(occurrences, near->children[i], near->fields, start > added[i] ? start : added[i], last);
        }
        from = last + 1;
    }
}

static int compare_occurrences(const void *a, const void *b)
{
    const struct occurrence *first = a, *second = b;
    if (first->field != second->field)
        return first->field < second->field ? -1 : 1;
    return (first->position > second->position) - (first->position < second->position);
}

static void sort_occurrences(struct occurrences *occurrences)
{
    if (occurrences->count < 2)
        return;
    qsort(occurrences->at, occurrences->count, sizeof *occurrences->at, compare_occurrences);
    size_t kept = 1;
    for (size_t i = 1; i < occurrences->count; i++)
        if (compare_occurrences(&occurrences->at[i], &occurrences->at[kept - 1]) != 0)
            occurrences->at[kept++] = occurrences->at[i];
    occurrences->count = kept;
}

size_t document_occurrences(const struct document *document, const struct node *leaf, struct arena *arena,
                            struct occurrence **out)
{
    struct occurrences occurrences = {.document = document, .arena = arena};
    if (node_is_word(leaf) || leaf->kind == NODE_PHRASE)
        (void)add_starts(&occurrences, leaf, leaf->fields, 0, NOWHERE - 1);
    else if (leaf->kind == NODE_NEAR)
        add_near(&occurrences, leaf);
    if (occurrences.failed)
        return SIZE_MAX;
    sort_occurrences(&occurrences);
    *out = occurrences.at;
    return occurrences.count;
}
