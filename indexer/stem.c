#include "indexer/stem.h"

#include "indexer/analyzer.h"
#include "indexer/octet.h"
#include "indexer/spelling.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>

enum {
    CACHE_BITS = 16, /* 4 MB at most: pages that are never touched cost nothing. A fourth of it is a fifth slower */
    CACHE_LINE_BYTES = 64,
    KEY_OCTETS = 4,
    CACHED_BYTES_MAX = 30, /* of a word: with its stem, an entry fills one cache line */
};

struct entry {
    uint64_t key[KEY_OCTETS]; /* the word, padded with zeros; a word holds no NUL */
    char stem[CACHED_BYTES_MAX];
    uint8_t stem_bytes;
    bool is_stop_word;
};

struct stemmer {
    struct sb_stemmer *porter2;
    struct entry *cache; /* 1 << CACHE_BITS entries; a newcomer takes the place of whoever was there */
    void *memory;        /* holds the cache, which begins on a cache line */
};

struct stemmer *stemmer_create(void)
{
    struct stemmer *stemmer = calloc(1, sizeof *stemmer);
    if (stemmer == NULL) {
        return NULL;
    }
    stemmer->porter2 = sb_stemmer_new("english", "UTF_8");
    stemmer->memory = calloc(((size_t)1 << CACHE_BITS) + 1, sizeof *stemmer->cache);
    if (stemmer->porter2 == NULL || stemmer->memory == NULL) {
        stemmer_free(stemmer);
        return NULL;
    }
    const size_t over = (uintptr_t)stemmer->memory % CACHE_LINE_BYTES;
    stemmer->cache = (struct entry *)((char *)stemmer->memory + (over == 0 ? 0 : CACHE_LINE_BYTES - over));
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (stemmer != NULL) {
        sb_stemmer_delete(stemmer->porter2);
        free(stemmer->memory);
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

/* The plural of a name that ends in a number: "h100s", but not "1990s". */
static bool is_numbered_plural(struct span word)
{
    return word.len >= 3 && word.at[word.len - 1] == 's' && is_ascii_digit(word.at[word.len - 2]) &&
           !is_ascii_digit(word.at[0]);
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
    if (is_numbered_plural(word)) {
        return (struct span){word.at, word.len - 1};
    }
    if (!is_english(word)) {
        return word;
    }
    if (is_small_plural_acronym(word)) {
        return (struct span){word.at, word.len - 1};
    }
    char buffer[SPELLING_BYTES_MAX];
    const struct span common = spelling_common(word, buffer);
    const sb_symbol *stem = sb_stemmer_stem(stemmer->porter2, (const sb_symbol *)common.at, (int)common.len);
    return (struct span){(const char *)stem, stem == NULL ? 0 : (size_t)sb_stemmer_length(stemmer->porter2)};
}

/* Writes the word to `key`, padded with zeros, and returns its place in the cache: multiplicative hashing (Knuth, TAOCP
 * 3, 6.4). */
static size_t hash_word(struct span word, uint64_t key[KEY_OCTETS])
{
    uint64_t hash = 0;
    size_t at = 0;
    for (size_t i = 0; i < KEY_OCTETS; i++) {
        key[i] = 0;
        if (at < word.len) {
            key[i] = octet_load(word.at + at, word.len - at);
            hash = (hash ^ key[i]) * UINT64_C(0x9e3779b97f4a7c15);
            hash ^= hash >> 32;
            at += 8;
        }
    }
    return (size_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - CACHE_BITS));
}

static bool has_key(const struct entry *entry, const uint64_t key[KEY_OCTETS])
{
    uint64_t difference = 0;
    for (size_t i = 0; i < KEY_OCTETS; i++) {
        difference |= entry->key[i] ^ key[i];
    }
    return difference == 0;
}

struct stemmed stemmer_look_up(struct stemmer *stemmer, struct span word)
{
    if (word.len > CACHED_BYTES_MAX || word.len == 0) {
        return (struct stemmed){stem(stemmer, word), false};
    }
    uint64_t key[KEY_OCTETS];
    struct entry *entry = &stemmer->cache[hash_word(word, key)];
    if (!has_key(entry, key)) {
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
