#include "query/word_papers.h"

#include "base/error.h"
#include "indexer/analyzer.h"
#include "query/loose_words.h"
#include "query/numbers.h"
#include "query/sealed.h"

/* The fields a paper tells of itself in. */
static const unsigned telling_fields =
    1u << FIELD_TITLE | 1u << FIELD_TAG | 1u << FIELD_ABSTRACT | 1u << FIELD_NOTE | 1u << FIELD_QA;

struct word_papers {
    const struct sealed_moment *sealed; /* NULL: every paper was read */
    uint32_t token_count;               /* of the segment */
    const uint32_t *places;             /* of its documents; NO_PLACE for those that are stale */
    struct loose_words loose;
    size_t *loose_only; /* words the segment does not have, by their places in `loose` */
    size_t loose_only_count;
};

bool word_is_telling(struct span key)
{
    bool has_letter = false;
    for (size_t i = 0; i < key.len && !has_letter; i++)
        has_letter = !is_ascii_digit(key.at[i]) && strchr(".,+#-_/", key.at[i]) == NULL;
    return has_letter && key.len > 1 && key.len <= WORD_KEY_BYTES_MAX && !is_stop_word(key);
}

/* ---- the words of the segment ---------------------------------------------------------------------------- */

static struct span behind_mark(struct span token)
{
    return (struct span){token.at + 1, token.len - 1};
}

/* Whether the segment has a list for `mark` and `key`. */
static pinakes_status has_marked(const struct segment *segment, char mark, struct span key, bool *out,
                                 pinakes_error *error)
{
    char marked[WORD_KEY_BYTES_MAX + 1] = {mark};
    struct segment_list unused;
    memcpy(marked + 1, key.at, key.len);
    return segment_list_find(segment, (struct span){marked, key.len + 1}, &unused, out, error);
}

/* The key that the list of `token` tells of; empty when another list tells it. A word that stands somewhere without its
 * stem has a list of these places behind SEGMENT_OUTSIDE_MARK, unless its stem stands nowhere at all. */
static pinakes_status key_of(const struct segment *segment, struct span token, const struct segment_list *list,
                             struct span *out, pinakes_error *error)
{
    *out = (struct span){"", 0};
    if (token.len == 0)
        return PINAKES_OK;
    const bool is_marked = token.at[0] == STEM_MARK || token.at[0] == SEGMENT_OUTSIDE_MARK;
    const struct span key = is_marked ? behind_mark(token) : token;
    if (!word_is_telling(key))
        return PINAKES_OK;
    bool is_elsewhere = !is_marked && list->is_within_stem;
    pinakes_status status = PINAKES_OK;
    if (!is_marked && !list->is_within_stem && !list->is_own_stem)
        status = has_marked(segment, SEGMENT_OUTSIDE_MARK, key, &is_elsewhere, error);
    if (status == PINAKES_OK && !is_elsewhere)
        *out = key;
    return status;
}

/* Sorts places, all of them different; many of them by way of bits. */
static void sort_places(uint32_t *places, size_t count, uint64_t *bits)
{
    enum { FEW = 64, WORD_BITS = 64 };
    size_t sorted = 0;
    if (count < FEW) {
        numbers_sort(places, &count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        bits[places[i] / WORD_BITS] |= UINT64_C(1) << places[i] % WORD_BITS;
    for (uint32_t word = 0; sorted < count; word++)
        for (; bits[word] != 0; bits[word] &= bits[word] - 1)
            places[sorted++] = word * WORD_BITS + (uint32_t)__builtin_ctzll(bits[word]);
}

/* Writes the places of a list's papers, ascending, the stale ones left out, and gives their number. */
static pinakes_status read_places(const struct word_papers *words, const struct segment_list *list, uint64_t *bits,
                                  uint32_t *places, size_t *count, pinakes_error *error)
{
    uint32_t documents[SEGMENT_BLOCK];
    uint8_t fields[SEGMENT_BLOCK];
    *count = 0;
    for (uint32_t block = 0; block < list->block_count; block++) {
        const uint32_t held = segment_block(list, block, documents, NULL);
        if (held == 0 || segment_block_fields(list, block, fields) != held)
            return segment_damaged(list->segment, error);
        for (uint32_t i = 0; i < held; i++) {
            const uint32_t place = words->places[documents[i]];
            places[*count] = place;
            *count += place != NO_PLACE && (fields[i] & telling_fields) != 0;
        }
    }
    sort_places(places, *count, bits);
    return PINAKES_OK;
}

/* Adds the papers the segment does not hold; they are none of those it does. */
static size_t add_loose(const struct word_papers *words, struct span key, uint32_t *places, size_t count)
{
    const struct loose_word *word = loose_words_find(&words->loose, key);
    if (word == NULL)
        return count;
    size_t i = count, j = word->count;
    for (size_t at = count + word->count; j > 0; at--) /* from the greatest down, so that nothing is overwritten */
        places[at - 1] = i > 0 && places[i - 1] > word->places[j - 1] ? places[--i] : word->places[--j];
    return count + word->count;
}

/* The list that tells of `key` beside the one of its stem mark: of a word that is written like the stem of others, but
 * stands there without a stem of its own. DIMENSION, in capitals, is the word dimension; "dimensional" has it for a
 * stem. */
static pinakes_status find_beside_stem(const struct segment *segment, struct span key, struct segment_list *out,
                                       bool *found, pinakes_error *error)
{
    struct span told = {"", 0};
    char marked[WORD_KEY_BYTES_MAX + 1] = {SEGMENT_OUTSIDE_MARK};
    memcpy(marked + 1, key.at, key.len);
    pinakes_status status = segment_list_find(segment, key, out, found, error);
    if (status != PINAKES_OK || !*found)
        return status;
    if (out->is_within_stem) {
        *found = false;
        return PINAKES_OK;
    }
    status = key_of(segment, key, out, &told, error);
    return status != PINAKES_OK || told.len > 0
               ? status
               : segment_list_find(segment, (struct span){marked, key.len + 1}, out, found, error);
}

/* Makes one ascending row of `count` places and those in `others`; both may hold the same ones. */
static size_t unite(uint32_t *places, size_t count, uint32_t *others, size_t other_count)
{
    size_t united = 0, kept = 0;
    for (size_t i = 0, j = 0; j < other_count; j++) { /* first the others that are new */
        while (i < count && places[i] < others[j])
            i++;
        if (i == count || places[i] != others[j])
            others[kept++] = others[j];
    }
    united = count + kept;
    for (size_t at = united; kept > 0; at--) /* from the greatest down, so that nothing is overwritten */
        places[at - 1] = count > 0 && places[count - 1] > others[kept - 1] ? places[--count] : others[--kept];
    return united;
}

/* Fills the room with the papers of the key that `list`, of a stem, tells of. */
static pinakes_status read_stem(const struct word_papers *words, const struct segment_list *list, struct span key,
                                struct word_room *room, size_t *count, pinakes_error *error)
{
    struct segment_list beside;
    bool found = false;
    size_t beside_count = 0;
    pinakes_status status = find_beside_stem(words->sealed->segment, key, &beside, &found, error);
    if (status == PINAKES_OK)
        status = read_places(words, list, room->bits, room->places, count, error);
    if (status == PINAKES_OK && found)
        status = read_places(words, &beside, room->bits, room->others, &beside_count, error);
    if (status == PINAKES_OK)
        *count = unite(room->places, *count, room->others, beside_count);
    return status;
}

static pinakes_status sealed_word_at(const struct word_papers *words, uint32_t token, struct word_room *room,
                                     struct word_entry *out, pinakes_error *error)
{
    const struct segment *segment = words->sealed->segment;
    struct segment_list list;
    pinakes_status status = segment_list_at(segment, token, &list, error);
    if (status != PINAKES_OK || list.is_overlap)
        return status;
    const struct span text = {room->token, segment_token(segment, token, room->token)};
    const bool is_stem = text.len > 0 && text.at[0] == STEM_MARK;
    if (list.documents < 2 && words->loose.keys.count == 0 && !is_stem)
        return PINAKES_OK;
    struct span key;
    size_t count;
    bool stem_tells = false;
    status = key_of(segment, text, &list, &key, error);
    if (status == PINAKES_OK && key.len > 0 && !is_stem)
        status = has_marked(segment, STEM_MARK, key, &stem_tells, error);
    if (status != PINAKES_OK || key.len == 0 || stem_tells)
        return status;
    status = is_stem ? read_stem(words, &list, key, room, &count, error)
                     : read_places(words, &list, room->bits, room->places, &count, error);
    if (status == PINAKES_OK)
        *out = (struct word_entry){key, room->places, add_loose(words, key, room->places, count)};
    return status;
}

/* ---- both together --------------------------------------------------------------------------------------- */

bool word_papers_give_up(const struct word_papers *words, struct engine *engine, const pinakes_error *why)
{
    const bool was_sealed = words != NULL && words->sealed != NULL;
    if (was_sealed)
        engine_give_up_sealed(engine, why);
    return was_sealed;
}

size_t word_papers_count(const struct word_papers *words)
{
    return words->token_count + words->loose_only_count;
}

pinakes_status word_papers_at(const struct word_papers *words, size_t index, struct word_room *room,
                              struct word_entry *out, pinakes_error *error)
{
    *out = (struct word_entry){.count = 0};
    if (index < words->token_count)
        return sealed_word_at(words, (uint32_t)index, room, out, error);
    const size_t place = words->loose_only[index - words->token_count];
    const struct loose_word *word = &words->loose.at[place];
    *out = (struct word_entry){words->loose.keys.at[place], word->places, word->count};
    return PINAKES_OK;
}

/* Finds the place of each document, and which papers the segment holds as they are. */
static bool map_documents(struct word_papers *words, const struct roster *roster, struct arena *arena, bool *is_held)
{
    const struct sealed_moment *sealed = words->sealed;
    uint32_t *places = arena_array(arena, sealed->documents.count, sizeof *places);
    if (places == NULL)
        return false;
    for (uint32_t i = 0; i < sealed->documents.count; i++) {
        const bool is_valid = sealed->valid == NULL || (sealed->valid[i / 64] >> i % 64 & 1) != 0;
        places[i] = is_valid ? roster_place(roster, sealed->documents.papers[i]) : NO_PLACE;
        if (places[i] != NO_PLACE)
            is_held[places[i]] = true;
    }
    words->places = places;
    return true;
}

/* Whether some list of the segment tells of `key`. */
static pinakes_status has_key(const struct segment *segment, struct span key, bool *out, pinakes_error *error)
{
    struct segment_list list;
    struct span told = {"", 0};
    bool has_word = false;
    pinakes_status status = has_marked(segment, STEM_MARK, key, out, error);
    if (status == PINAKES_OK && !*out)
        status = has_marked(segment, SEGMENT_OUTSIDE_MARK, key, out, error);
    if (status == PINAKES_OK && !*out)
        status = segment_list_find(segment, key, &list, &has_word, error);
    if (status == PINAKES_OK && has_word)
        status = key_of(segment, key, &list, &told, error);
    *out = *out || told.len > 0;
    return status;
}

static pinakes_status gather_loose_only(struct word_papers *words, struct arena *arena, pinakes_error *error)
{
    words->loose_only = arena_array(arena, words->loose.keys.count, sizeof *words->loose_only);
    if (words->loose_only == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < words->loose.keys.count && status == PINAKES_OK; i++) {
        bool is_sealed = false;
        if (words->sealed != NULL)
            status = has_key(words->sealed->segment, words->loose.keys.at[i], &is_sealed, error);
        if (!is_sealed)
            words->loose_only[words->loose_only_count++] = i;
    }
    return status;
}

pinakes_status word_papers_open(struct engine *engine, const struct roster *roster, struct arena *arena,
                                struct word_papers **out, pinakes_error *error)
{
    struct word_papers *words = arena_alloc(arena, sizeof *words);
    bool *is_held = arena_array(arena, roster->count, sizeof *is_held);
    if (words == NULL || is_held == NULL)
        return error_no_memory(error);
    *out = words;
    pinakes_status status = engine_sealed(engine, &words->sealed, error);
    if (status == PINAKES_OK && words->sealed != NULL) {
        uint32_t first;
        status = segment_prefix(words->sealed->segment, (struct span){"", 0}, &first, &words->token_count, error);
        if (status == PINAKES_OK && !map_documents(words, roster, arena, is_held))
            return error_no_memory(error);
    }
    if (status == PINAKES_OK)
        status = loose_words_read(engine_store(engine), roster, is_held, arena, &words->loose, error);
    return status == PINAKES_OK ? gather_loose_only(words, arena, error) : status;
}
