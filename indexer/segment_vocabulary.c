#include "indexer/segment_vocabulary.h"

#include "indexer/segment.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { SLOTS_AT_FIRST = 1 << 14, STEM_BYTES_MAX = 1024 };

static uint32_t *slot_of(const struct vocabulary *vocabulary, struct span text)
{
    size_t slot = (size_t)XXH3_64bits(text.at, text.len) & (vocabulary->slot_count - 1);
    while (vocabulary->slots[slot] != 0 && !span_equal(vocabulary->tokens[vocabulary->slots[slot] - 1].text, text))
        slot = (slot + 1) & (vocabulary->slot_count - 1);
    return &vocabulary->slots[slot];
}

static bool make_room(struct vocabulary *vocabulary)
{
    if (vocabulary->count == vocabulary->capacity) {
        const size_t capacity = vocabulary->capacity == 0 ? SLOTS_AT_FIRST / 2 : vocabulary->capacity * 2;
        struct vocabulary_token *tokens = realloc(vocabulary->tokens, capacity * sizeof *tokens);
        if (tokens == NULL)
            return false;
        vocabulary->tokens = tokens;
        vocabulary->capacity = capacity;
    }
    if ((size_t)vocabulary->count * 2 < vocabulary->slot_count)
        return true;
    const size_t slot_count = vocabulary->slot_count == 0 ? SLOTS_AT_FIRST : vocabulary->slot_count * 2;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = slot_count;
    for (uint32_t i = 0; i < vocabulary->count; i++)
        *slot_of(vocabulary, vocabulary->tokens[i].text) = i + 1;
    return true;
}

static uint32_t find_or_add(struct vocabulary *vocabulary, struct span text, bool *is_new)
{
    *is_new = false;
    if (!make_room(vocabulary))
        return UINT32_MAX;
    uint32_t *slot = slot_of(vocabulary, text);
    if (*slot != 0)
        return *slot - 1;
    const char *copy = arena_string(&vocabulary->texts, text);
    if (copy == NULL)
        return UINT32_MAX;
    vocabulary->tokens[vocabulary->count] = (struct vocabulary_token){
        .text = {copy, text.len}, .stem = NO_STEM, .outside = NO_STEM, .document = UINT32_MAX, .position = UINT32_MAX};
    *slot = ++vocabulary->count;
    *is_new = true;
    return vocabulary->count - 1;
}

/* find_or_add() of a mark and text of at most STEM_BYTES_MAX bytes. */
static uint32_t find_marked(struct vocabulary *vocabulary, char mark, struct span text)
{
    char marked[STEM_BYTES_MAX + 1] = {mark};
    bool is_new;
    memcpy(marked + 1, text.at, text.len);
    return find_or_add(vocabulary, (struct span){marked, text.len + 1}, &is_new);
}

/* Looks up under which stem a new word stands. */
static bool link_stem(struct vocabulary *vocabulary, uint32_t word)
{
    const struct span text = vocabulary->tokens[word].text;
    const struct span stem = analyzer_stem(vocabulary->analyzer, text);
    if (stem.len > STEM_BYTES_MAX)
        return true;
    const bool is_own = span_equal(stem, text);
    const uint32_t ordinal = find_marked(vocabulary, STEM_MARK, stem);
    if (ordinal == UINT32_MAX)
        return false;
    vocabulary->tokens[word].stem = ordinal;
    vocabulary->tokens[word].is_own_stem = is_own;
    return true;
}

uint32_t vocabulary_find(struct vocabulary *vocabulary, struct span text)
{
    bool is_new;
    const uint32_t ordinal = find_or_add(vocabulary, text, &is_new);
    const bool is_word = text.len > 0 && text.at[0] != STEM_MARK;
    if (is_new && is_word && vocabulary->analyzer != NULL && !link_stem(vocabulary, ordinal))
        return UINT32_MAX;
    return ordinal;
}

uint32_t vocabulary_outside(struct vocabulary *vocabulary, uint32_t word)
{
    if (vocabulary->tokens[word].outside != NO_STEM)
        return vocabulary->tokens[word].outside;
    const uint32_t ordinal = find_marked(vocabulary, SEGMENT_OUTSIDE_MARK, vocabulary->tokens[word].text);
    if (ordinal == UINT32_MAX)
        return ordinal;
    vocabulary->tokens[word].outside = ordinal;
    vocabulary->tokens[ordinal].is_outside = true;
    vocabulary->tokens[ordinal].stem = vocabulary->tokens[word].stem;
    return ordinal;
}

uint32_t vocabulary_overlap(struct vocabulary *vocabulary, struct span shared, size_t n)
{
    char text[SEGMENT_TOKEN_BYTES];
    bool is_new;
    if (shared.len + n > sizeof text)
        n = sizeof text - shared.len;
    memcpy(text, shared.at, shared.len);
    memset(text + shared.len, SEGMENT_OVERLAP_MARK, n);
    const uint32_t ordinal = find_or_add(vocabulary, (struct span){text, shared.len + n}, &is_new);
    if (ordinal != UINT32_MAX)
        vocabulary->tokens[ordinal].is_overlap = true;
    return ordinal;
}

void vocabulary_fetch(const struct vocabulary *vocabulary, const struct span *texts, size_t count)
{
    enum { AT_ONCE = 64 };
    const uint32_t *slots[AT_ONCE];
    if (vocabulary->slot_count == 0)
        return;
    for (size_t first = 0; first < count; first += AT_ONCE) {
        const size_t some = count - first < AT_ONCE ? count - first : AT_ONCE;
        for (size_t i = 0; i < some; i++) {
            const struct span text = texts[first + i];
            slots[i] = &vocabulary->slots[(size_t)XXH3_64bits(text.at, text.len) & (vocabulary->slot_count - 1)];
            __builtin_prefetch(slots[i]);
        }
        for (size_t i = 0; i < some; i++)
            if (*slots[i] != 0) {
                __builtin_prefetch(&vocabulary->tokens[*slots[i] - 1].text);
                __builtin_prefetch(&vocabulary->tokens[*slots[i] - 1].postings);
            }
        for (size_t i = 0; i < some; i++)
            if (*slots[i] != 0) {
                const struct vocabulary_token *token = &vocabulary->tokens[*slots[i] - 1];
                __builtin_prefetch(token->text.at);
                if (token->postings.at != NULL)
                    __builtin_prefetch(token->postings.at + token->postings.len, 1);
            }
    }
}

static int by_text(const void *a, const void *b, void *context)
{
    const struct vocabulary_token *tokens = context;
    const struct span x = tokens[*(const uint32_t *)a].text, y = tokens[*(const uint32_t *)b].text;
    const int order = memcmp(x.at, y.at, x.len < y.len ? x.len : y.len);
    return order != 0 ? order : (x.len > y.len) - (x.len < y.len);
}

uint32_t *vocabulary_sorted(const struct vocabulary *vocabulary)
{
    uint32_t *ordinals = malloc((size_t)vocabulary->count * sizeof *ordinals + 1);
    if (ordinals == NULL)
        return NULL;
    for (uint32_t i = 0; i < vocabulary->count; i++)
        ordinals[i] = i;
    qsort_r(ordinals, vocabulary->count, sizeof *ordinals, by_text, vocabulary->tokens);
    return ordinals;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < vocabulary->count; i++)
        buffer_free(&vocabulary->tokens[i].postings);
    free(vocabulary->tokens);
    free(vocabulary->slots);
    arena_free(&vocabulary->texts);
}

bool vocabulary_is_listed(const struct vocabulary *vocabulary, const struct vocabulary_token *token)
{
    if (token->is_outside)
        return vocabulary->tokens[token->stem].is_written_stem;
    return token->positions > 0 && (token->text.at[0] != STEM_MARK || token->is_written_stem);
}
