#include "indexer/stem.h"

#include "indexer/analyzer.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    CACHE_BITS = 14, /* 1 MB; memory that is never touched costs nothing */
    KEY_WORDS = 4,
    CACHED_BYTES_MAX = 30, /* of a word: with its stem, an entry fills one cache line */
};

struct entry {
    uint64_t key[KEY_WORDS]; /* the word, padded with zeros; a word holds no NUL */
    char stem[CACHED_BYTES_MAX];
    uint8_t stem_bytes;
    bool is_stop_word;
};

struct stemmer {
    struct sb_stemmer *porter2;
    struct entry *cache; /* 1 << CACHE_BITS entries; a newcomer takes the place of whoever was there */
};

struct stemmer *stemmer_create(void)
{
    struct stemmer *stemmer = calloc(1, sizeof *stemmer);
    if (stemmer == NULL) {
        return NULL;
    }
    stemmer->porter2 = sb_stemmer_new("english", "UTF_8");
    stemmer->cache = calloc((size_t)1 << CACHE_BITS, sizeof *stemmer->cache);
    if (stemmer->porter2 == NULL || stemmer->cache == NULL) {
        stemmer_free(stemmer);
        return NULL;
    }
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (stemmer != NULL) {
        sb_stemmer_delete(stemmer->porter2);
        free(stemmer->cache);
        free(stemmer);
    }
}

static bool is_vowel(char letter)
{
    return strchr("aeiouy", letter) != NULL;
}

/* The plural of an acronym written small, which Porter2 leaves alone: "llms" (no vowel before the s), and the
 * processing units "gpus", "tpus", ... (-us). */
static bool is_small_plural_acronym(struct span word)
{
    if (word.len < 3 || word.at[word.len - 1] != 's' || word.at[word.len - 2] == 's') {
        return false;
    }
    if (word.len == 4 && word.at[1] == 'p' && word.at[2] == 'u') {
        return word.at[0] != 'o';
    }
    for (size_t i = 0; i < word.len; i++) {
        if (is_vowel(word.at[i])) {
            return false;
        }
    }
    return true;
}

static bool is_english(struct span word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] < 'a' || word.at[i] > 'z') {
            return false;
        }
    }
    return true;
}

static struct span stem(struct stemmer *stemmer, struct span word)
{
    if (!is_english(word)) {
        return word;
    }
    if (is_small_plural_acronym(word)) {
        return (struct span){word.at, word.len - 1};
    }
    const sb_symbol *stem = sb_stemmer_stem(stemmer->porter2, (const sb_symbol *)word.at, (int)word.len);
    return (struct span){(const char *)stem, stem == NULL ? 0 : (size_t)sb_stemmer_length(stemmer->porter2)};
}

/* Multiplicative hashing (Knuth, TAOCP 3, 6.4) over the words of the key. */
static size_t slot_of(const uint64_t key[KEY_WORDS])
{
    uint64_t hash = 0;
    for (size_t i = 0; i < KEY_WORDS; i++) {
        hash = (hash ^ key[i]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (size_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - CACHE_BITS));
}

struct stemmed stemmer_look_up(struct stemmer *stemmer, struct span word)
{
    if (word.len > CACHED_BYTES_MAX) {
        return (struct stemmed){stem(stemmer, word), false};
    }
    uint64_t key[KEY_WORDS] = {0};
    memcpy(key, word.at, word.len);
    struct entry *entry = &stemmer->cache[slot_of(key)];
    if (memcmp(entry->key, key, sizeof key) != 0) {
        const struct span found = stem(stemmer, word);
        if (found.at == NULL || found.len > CACHED_BYTES_MAX) {
            return (struct stemmed){found, is_stop_word(word)};
        }
        memcpy(entry->key, key, sizeof key);
        memcpy(entry->stem, found.at, found.len);
        entry->stem_bytes = (uint8_t)found.len;
        entry->is_stop_word = is_stop_word(word);
    }
    return (struct stemmed){{entry->stem, entry->stem_bytes}, entry->is_stop_word};
}
