#include "query/seed_terms.h"

#include "base/name_set.h"
#include "indexer/schema.h"
#include "query/expand.h"

#include <stdlib.h>

/* All words of one stem. */
struct seed_term {
    struct span surface; /* as first written */
    unsigned frequency;  /* in the seed being read */
    double weight;       /* over the seeds read */
    size_t order;        /* of first appearance: ends ties */
};

struct seed_terms {
    struct arena *arena;
    struct analyzer *analyzer;
    struct name_set keys; /* the stem of each term, or the word where it has none */
    struct seed_term *terms;
    size_t capacity;
    size_t seed_count;
    double k3;
};

enum { WORD_BYTES_MAX = 64 };

struct seed_terms *seed_terms_create(struct arena *arena, struct analyzer *analyzer, double k3)
{
    struct seed_terms *terms = arena_alloc(arena, sizeof *terms);
    if (terms != NULL)
        *terms = (struct seed_terms){.arena = arena, .analyzer = analyzer, .k3 = k3};
    return terms;
}

static bool count_term(struct seed_terms *terms, struct span key, struct span surface, unsigned times)
{
    struct seed_term *grown =
        arena_grow(terms->arena, terms->terms, terms->keys.count, &terms->capacity, sizeof *terms->terms);
    bool is_new;
    const size_t place = grown == NULL ? SIZE_MAX : name_set_place(&terms->keys, terms->arena, key, &is_new);
    if (place == SIZE_MAX)
        return false;
    terms->terms = grown;
    if (is_new) {
        const char *kept_key = arena_string(terms->arena, key), *kept_surface = arena_string(terms->arena, surface);
        if (kept_key == NULL || kept_surface == NULL)
            return false;
        terms->keys.at[place].at = kept_key;
        grown[place] = (struct seed_term){.surface = {kept_surface, surface.len}, .order = place};
    }
    grown[place].frequency += times;
    return true;
}

/* ---- reading --------------------------------------------------------------------------------------------- */

static bool is_telling(const struct token *token)
{
    return !span_is_digits(token->text) && !token->stop_word && token->text.len > 1 &&
           token->text.len <= WORD_BYTES_MAX;
}

/* The word of one position, until the next begins. */
struct pending {
    char key[WORD_BYTES_MAX + 1];
    size_t key_bytes; /* 0: no word worth counting */
    size_t start, bytes;
};

static void take_token(struct pending *pending, const struct token *token)
{
    const bool begins = token->kind == TOKEN_WORD || token->kind == TOKEN_BIGRAM;
    if (begins) {
        pending->key_bytes = is_telling(token) ? token->text.len : 0;
        pending->start = token->start;
        pending->bytes = token->bytes;
    }
    const bool is_stem_of_word = token->kind == TOKEN_STEM && token->start == pending->start &&
                                 token->bytes == pending->bytes && token->text.len <= WORD_BYTES_MAX;
    if (pending->key_bytes > 0 && (begins || is_stem_of_word)) {
        memcpy(pending->key, token->text.at, token->text.len);
        pending->key_bytes = token->text.len;
    }
}

static bool count_pending(struct seed_terms *terms, struct pending *pending, struct span text, unsigned times)
{
    if (pending->key_bytes == 0)
        return true;
    /* A word that is its own stem counts with those that are stemmed to it. */
    const bool is_stem = pending->key[0] == STEM_MARK;
    const struct span key = {pending->key + is_stem, pending->key_bytes - is_stem};
    pending->key_bytes = 0;
    return count_term(terms, key, (struct span){text.at + pending->start, pending->bytes}, times);
}

bool seed_terms_count(struct seed_terms *terms, struct span text, unsigned times)
{
    struct token token;
    struct pending pending = {.key_bytes = 0};
    bool has_memory = true;
    uint32_t position = UINT32_MAX;
    analyzer_start(terms->analyzer, text);
    while (has_memory && analyzer_next(terms->analyzer, &token)) {
        if (token.position != position)
            has_memory = count_pending(terms, &pending, text, times);
        position = token.position;
        take_token(&pending, &token);
    }
    return has_memory && count_pending(terms, &pending, text, times) && !analyzer_failed(terms->analyzer);
}

void seed_terms_end_seed(struct seed_terms *terms)
{
    terms->seed_count++;
    for (size_t i = 0; i < terms->keys.count; i++) {
        struct seed_term *term = &terms->terms[i];
        term->weight += (terms->k3 + 1) * term->frequency / (terms->k3 + term->frequency);
        term->frequency = 0;
    }
}

bool seed_terms_add_paper(struct seed_terms *terms, const struct loaded_paper *paper)
{
    static const enum field fields[] = {FIELD_TAG, FIELD_ABSTRACT, FIELD_NOTE, FIELD_QA};
    bool counted = seed_terms_count(terms, paper->texts[FIELD_TITLE], TITLE_WEIGHT);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && counted; i++)
        counted = seed_terms_count(terms, paper->texts[fields[i]], 1);
    seed_terms_end_seed(terms);
    return counted;
}

/* ---- as a query ------------------------------------------------------------------------------------------ */

static int heaviest_first(const void *a, const void *b)
{
    const struct seed_term *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

struct node **seed_terms_nodes(struct seed_terms *terms, size_t limit, size_t *count)
{
    static const struct reading literally = {.is_literal = true};
    struct expander expander = {.arena = terms->arena, .known = {.analyzer = terms->analyzer}};
    struct node **nodes =
        arena_array(terms->arena, limit < terms->keys.count ? limit : terms->keys.count, sizeof(struct node *));
    struct seed_term *sorted = arena_array(terms->arena, terms->keys.count, sizeof *sorted);
    if (nodes == NULL || sorted == NULL)
        return NULL;
    if (terms->keys.count > 0)
        memcpy(sorted, terms->terms, terms->keys.count * sizeof *sorted);
    qsort(sorted, terms->keys.count, sizeof *sorted, heaviest_first);
    size_t used = 0;
    for (size_t i = 0; i < terms->keys.count && used < limit; i++) {
        const struct units units = expand_words(&expander, sorted[i].surface, false, &literally);
        if (expander.failed)
            return NULL;
        if (units.count != 1 || units.at[0].node->kind != NODE_TERM)
            continue;
        units.at[0].node->boost = sorted[i].weight / (double)terms->seed_count;
        nodes[used++] = units.at[0].node;
    }
    *count = used;
    return nodes;
}
