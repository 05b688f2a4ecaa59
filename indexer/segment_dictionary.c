/* The tokens of a segment: finding one, walking those that begin alike. */
#include "indexer/segment_map.h"
#include "indexer/varint.h"

#include <string.h>

/* Whether everything that group `group` reads is sound; starts reading it. */
static bool group_start(const struct segment *segment, uint32_t group, struct segment_group *out)
{
    const uint64_t all = segment->header->sections[SECTION_TOKEN_TEXT].bytes;
    if (!segment_is_sound(segment, SECTION_TOKEN_GROUPS, (uint64_t)group * sizeof(uint32_t), sizeof(uint32_t)))
        return false;
    uint64_t end = all;
    if (group + 1 < segment->groups) {
        if (!segment_is_sound(segment, SECTION_TOKEN_GROUPS, (uint64_t)(group + 1) * sizeof(uint32_t),
                              sizeof(uint32_t)))
            return false;
        end = segment->token_groups[group + 1];
    }
    const uint64_t start = segment->token_groups[group];
    if (start > end || !segment_is_sound(segment, SECTION_TOKEN_TEXT, start, end - start))
        return false;
    const uint8_t *text = segment_section(segment, SECTION_TOKEN_TEXT);
    out->at = text + start;
    out->end = text + end;
    out->bytes = 0;
    out->is_first = true;
    return true;
}

/* Reads how many bytes the next token shares with the one before, and how many follow, at `reader->at`. Called, not
 * inlined, it made queries of all words 2 % slower. */
static inline __attribute__((always_inline)) bool token_head(struct segment_group *reader, size_t *shared, size_t *rest)
{
    *shared = reader->is_first ? 0 : varint_read(&reader->at, reader->end);
    *rest = varint_read(&reader->at, reader->end);
    return *shared <= reader->bytes && *rest <= sizeof reader->text - *shared &&
           *rest <= (size_t)(reader->end - reader->at);
}

/* Goes on behind a token. */
static void token_behind(struct segment_group *reader, size_t shared, size_t rest)
{
    reader->at += rest;
    reader->bytes = shared + rest;
    reader->is_first = false;
}

static bool group_next(struct segment_group *reader)
{
    size_t shared, rest;
    if (!token_head(reader, &shared, &rest))
        return false;
    memcpy(reader->text + shared, reader->at, rest);
    token_behind(reader, shared, rest);
    return true;
}

static int compare(const struct segment_group *reader, struct span token)
{
    const int order = memcmp(reader->text, token.at, reader->bytes < token.len ? reader->bytes : token.len);
    return order != 0 ? order : (reader->bytes > token.len) - (reader->bytes < token.len);
}

/* Reads past the next token of a group and says how it compares with `token`, which all tokens before it are less than
 * and the last of them shares *alike bytes with: what a token shares with the one before decides for most, and the rest
 * for the others, without spelling them out. */
static bool group_compare(struct segment_group *reader, struct span token, size_t *alike, int *order)
{
    size_t shared, rest;
    if (!token_head(reader, &shared, &rest))
        return false;
    *order = shared > *alike ? -1 : 1;
    if (shared == *alike) {
        const size_t left = token.len - shared, both = rest < left ? rest : left;
        size_t same = 0;
        while (same < both && reader->at[same] == (uint8_t)token.at[shared + same])
            same++;
        *order = same < both ? reader->at[same] - (uint8_t)token.at[shared + same] : (rest > left) - (rest < left);
        *alike = shared + same;
    }
    token_behind(reader, shared, rest);
    return true;
}

/* The number of groups whose key is less than `key`: halves, without branches that would be guessed wrong. Only a few
 * keys are looked at, and where not all are known to be sound, just these are checked. */
static inline __attribute__((always_inline)) bool halve_groups(const struct segment *segment, uint64_t key,
                                                               bool are_known, uint32_t *below)
{
    const uint64_t *keys = segment->token_keys;
    uint32_t at = 0;
    for (uint32_t left = segment->groups; left > 0;) {
        const uint32_t half = left / 2;
        if (!are_known &&
            !segment_is_sound(segment, SECTION_TOKEN_KEYS, (uint64_t)(at + half) * sizeof *keys, sizeof *keys))
            return false;
        const bool is_below = keys[at + half] < key;
        at = is_below ? at + half + 1 : at;
        left = is_below ? left - half - 1 : half;
    }
    *below = at;
    return true;
}

static bool groups_below(const struct segment *segment, uint64_t key, uint32_t *below)
{
    return segment_is_known(segment, SECTION_TOKEN_KEYS, 0, segment->groups * sizeof(uint64_t))
               ? halve_groups(segment, key, true, below)
               : halve_groups(segment, key, false, below);
}

/* Whether the key of a group, if there is one, is `key`; false: damaged. */
static bool has_key(const struct segment *segment, uint32_t group, uint64_t key, bool *has)
{
    const uint64_t bytes = sizeof *segment->token_keys;
    *has = false;
    if (group >= segment->groups)
        return true;
    if (!segment_is_sound(segment, SECTION_TOKEN_KEYS, group * bytes, bytes))
        return false;
    *has = segment->token_keys[group] == key;
    return true;
}

/* The last group whose first token is not greater than `token`; 0 also when none is. Keys tell, but of tokens that
 * begin with the same eight bytes. */
static bool find_group(const struct segment *segment, struct span token, uint32_t *group)
{
    const uint64_t key = segment_token_key(token.at, token.len);
    struct segment_group reader;
    uint32_t below;
    bool several;
    if (!groups_below(segment, key, &below) || !has_key(segment, below, key, &several))
        return false;
    uint32_t low = below == 0 ? 0 : below - 1, high = below;
    if (several && key == UINT64_MAX)
        high = segment->groups;
    else if (several && !groups_below(segment, key + 1, &high))
        return false;
    while (high > low && high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (!group_start(segment, middle, &reader) || !group_next(&reader))
            return false;
        if (compare(&reader, token) <= 0)
            low = middle;
        else
            high = middle;
    }
    *group = low;
    return true;
}

/* The ordinal of the first token that is not less than `token`, and whether it is equal. False: damaged. */
static bool lower_bound(const struct segment *segment, struct span token, uint32_t *ordinal, bool *equal)
{
    uint32_t group = 0;
    struct segment_group reader;
    *equal = false;
    *ordinal = 0;
    if (segment->header->tokens == 0)
        return true;
    if (!find_group(segment, token, &group) || !group_start(segment, group, &reader))
        return false;
    const uint32_t first = group * SEGMENT_TOKENS_A_GROUP, left = segment->header->tokens - first;
    const uint32_t count = left < SEGMENT_TOKENS_A_GROUP ? left : SEGMENT_TOKENS_A_GROUP;
    size_t alike = 0;
    for (uint32_t i = 0; i < count; i++) {
        int order;
        if (!group_compare(&reader, token, &alike, &order))
            return false;
        if (order >= 0) {
            *ordinal = first + i;
            *equal = order == 0;
            return true;
        }
    }
    *ordinal = first + count;
    return true;
}

pinakes_status segment_list_find(const struct segment *segment, struct span token, struct segment_list *out,
                                 bool *found, pinakes_error *error)
{
    uint32_t ordinal;
    if (!lower_bound(segment, token, &ordinal, found))
        return segment_damaged(segment, error);
    return *found ? segment_list_at(segment, ordinal, out, error) : PINAKES_OK;
}

pinakes_status segment_prefix(const struct segment *segment, struct span prefix, uint32_t *first, uint32_t *behind,
                              pinakes_error *error)
{
    char after[SEGMENT_TOKEN_BYTES];
    bool equal;
    if (prefix.len > sizeof after)
        prefix.len = sizeof after;
    if (!lower_bound(segment, prefix, first, &equal))
        return segment_damaged(segment, error);
    size_t bytes = prefix.len;
    if (bytes > 0)
        memcpy(after, prefix.at, bytes);
    while (bytes > 0 && after[bytes - 1] == '\xff')
        bytes--;
    *behind = segment->header->tokens;
    if (bytes == 0)
        return PINAKES_OK;
    after[bytes - 1] = (char)(after[bytes - 1] + 1);
    return lower_bound(segment, (struct span){after, bytes}, behind, &equal) ? PINAKES_OK
                                                                             : segment_damaged(segment, error);
}

size_t segment_token(const struct segment *segment, uint32_t token, char *room)
{
    struct segment_group reader;
    if (token >= segment->header->tokens || !group_start(segment, token / SEGMENT_TOKENS_A_GROUP, &reader))
        return 0;
    for (uint32_t i = 0; i <= token % SEGMENT_TOKENS_A_GROUP; i++)
        if (!group_next(&reader))
            return 0;
    memcpy(room, reader.text, reader.bytes);
    return reader.bytes;
}

/* ---- walking --------------------------------------------------------------------------------------------- */

static pinakes_status walk_token(struct segment_walk *walk, bool *found, bool *is_overlap, pinakes_error *error)
{
    const struct segment *segment = walk->segment;
    const uint32_t token = walk->next;
    *found = token < segment->header->tokens;
    *is_overlap = false;
    if (!*found)
        return PINAKES_OK;
    if (token % SEGMENT_TOKENS_A_GROUP == 0 && !group_start(segment, token / SEGMENT_TOKENS_A_GROUP, &walk->group))
        return segment_damaged(segment, error);
    if (!group_next(&walk->group) ||
        !segment_is_sound(segment, SECTION_TERMS, (uint64_t)token * sizeof *segment->terms, sizeof *segment->terms))
        return segment_damaged(segment, error);
    walk->token = (struct span){walk->group.text, walk->group.bytes};
    walk->documents = segment->terms[token].documents & SEGMENT_DOCUMENTS;
    *is_overlap = (segment->terms[token].documents & SEGMENT_OVERLAP) != 0;
    walk->next++;
    return PINAKES_OK;
}

pinakes_status segment_walk_next(struct segment_walk *walk, bool *found, pinakes_error *error)
{
    bool is_overlap = true;
    pinakes_status status = PINAKES_OK;
    while (status == PINAKES_OK && is_overlap)
        status = walk_token(walk, found, &is_overlap, error);
    return status;
}

pinakes_status segment_walk_seek(const struct segment *segment, struct span from, struct segment_walk *walk,
                                 bool *found, pinakes_error *error)
{
    uint32_t first;
    bool equal;
    walk->segment = segment;
    if (!lower_bound(segment, from, &first, &equal))
        return segment_damaged(segment, error);
    walk->next = first - first % SEGMENT_TOKENS_A_GROUP;
    pinakes_status status = PINAKES_OK;
    *found = true;
    while (status == PINAKES_OK && *found && walk->next <= first)
        status = segment_walk_next(walk, found, error);
    return status;
}
