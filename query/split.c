#include "query/split.h"

#include <stdint.h>

enum { LOOK_UPS_MAX = 2000, IDF_LOOK_UPS = 8 /* what asking for a weight counts as */ };

static bool has(const struct known_words *known, struct span token)
{
    return known->vocabulary->has(known->vocabulary->context, token);
}

bool split_is_known(struct known_words *known, struct span word)
{
    char token[SPLIT_BYTES_MAX + 2] = {STEM_MARK};
    if (known->vocabulary == NULL || known->look_ups >= LOOK_UPS_MAX || word.len > SPLIT_BYTES_MAX)
        return false;
    known->look_ups++;
    if (has(known, word))
        return true;
    const struct span stem = analyzer_stem(known->analyzer, word);
    if (stem.len >= sizeof token)
        return false;
    memcpy(token + 1, stem.at, stem.len);
    return has(known, (struct span){token, stem.len + 1});
}

double split_idf(struct known_words *known, const struct node *word)
{
    if (known->vocabulary == NULL || known->vocabulary->idf == NULL || known->look_ups >= LOOK_UPS_MAX)
        return 0;
    known->look_ups += IDF_LOOK_UPS;
    return known->vocabulary->idf(known->vocabulary->context, word);
}

struct search {
    struct known_words *known;
    struct span word;
    uint8_t parts[SPLIT_BYTES_MAX + 1][SPLIT_BYTES_MAX + 1]; /* [from][to]: 0 not looked up yet, 1 no, 2 a known word */
    struct split split;                                      /* as far as it is chosen */
    struct split *found;
    size_t found_count;
};

static bool may_be_part(struct span word, size_t from, size_t to)
{
    const struct span part = {word.at + from, to - from};
    const bool cuts_number = to < word.len && is_ascii_digit(word.at[to - 1]) && is_ascii_digit(word.at[to]);
    return !cuts_number && (part.len >= 2 || span_is_digits(part)) && !is_stop_word(part);
}

static bool is_part(struct search *search, size_t from, size_t to)
{
    uint8_t *part = &search->parts[from][to];
    if (*part == 0) {
        const struct span text = {search->word.at + from, to - from};
        *part = may_be_part(search->word, from, to) && split_is_known(search->known, text) ? 2 : 1;
    }
    return *part == 2;
}

/* Finds the splits that go on with what is chosen, of which `done` parts are complete. */
static void find_splits(struct search *search, size_t done)
{
    struct split *split = &search->split;
    const size_t from = split->cuts[done];
    const bool is_last = done + 1 == split->part_count;
    for (size_t to = is_last ? search->word.len : from + 1; to < search->word.len + (is_last ? 1 : 0); to++) {
        if (search->found_count == SPLITS_MAX || !is_part(search, from, to))
            continue;
        split->cuts[done + 1] = to;
        if (is_last)
            search->found[search->found_count++] = *split;
        else
            find_splits(search, done + 1);
    }
}

size_t split_word(struct known_words *known, struct span word, struct split splits[SPLITS_MAX])
{
    struct search search = {.known = known, .word = word, .found = splits};
    for (size_t parts = 2; parts <= SPLIT_PARTS_MAX && search.found_count == 0; parts++) {
        search.split.part_count = parts;
        find_splits(&search, 0);
    }
    return search.found_count;
}
