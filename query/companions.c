#include "query/companions.h"

#include "base/error.h"
#include "indexer/analyzer.h"
#include "query/word_papers.h"

#include <math.h>
#include <stdlib.h>

enum { WORDS_A_TASK = 4096 };

/* ---- a keyword's own words ------------------------------------------------------------------------------- */

static bool add_own(struct own_words *own, struct arena *arena, struct span token, bool is_beginning)
{
    const bool is_stem = token.len > 0 && token.at[0] == STEM_MARK;
    const struct span key = {token.at + is_stem, token.len - is_stem};
    struct own_word *at = arena_grow(arena, own->at, own->count, &own->capacity, sizeof *at);
    const char *text = arena_string(arena, key);
    if (at == NULL || text == NULL)
        return false;
    at[own->count++] = (struct own_word){{text, key.len}, is_beginning};
    own->at = at;
    return true;
}

bool own_words_add(struct own_words *own, struct arena *arena, const struct node *node)
{
    bool has_memory = true;
    for (size_t i = 0; i < node->token_count && has_memory; i++)
        has_memory = add_own(own, arena, node->tokens[i], node->kind == NODE_PREFIX);
    for (size_t i = 0; i < node->child_count && has_memory; i++)
        has_memory = own_words_add(own, arena, node->children[i]);
    return has_memory;
}

static bool is_own(const struct own_words *own, struct span key)
{
    for (size_t i = 0; i < own->count; i++) {
        const struct own_word *word = &own->at[i];
        const size_t compared = word->is_beginning && key.len > word->key.len ? word->key.len : key.len;
        if (span_equal(word->key, (struct span){key.at, compared}))
            return true;
    }
    return false;
}

/* ---- the statistic --------------------------------------------------------------------------------------- */

static double cell(double observed, double row, double column, double all)
{
    return observed == 0 ? 0 : observed * log(observed * all / (row * column));
}

double log_likelihood_ratio(uint64_t both, uint64_t a, uint64_t b, uint64_t all)
{
    const double n = (double)all, x = (double)a, y = (double)b, xy = (double)both;
    if (xy * n <= x * y)
        return 0;
    return 2 * (cell(xy, x, y, n) + cell(x - xy, x, n - y, n) + cell(y - xy, n - x, y, n) +
                cell(n - x - y + xy, n - x, n - y, n));
}

/* ---- counting -------------------------------------------------------------------------------------------- */

/* Which keywords find each paper: keywords[starts[place]] up to starts[place + 1]. */
struct finders {
    uint32_t *starts;
    uint32_t *keywords;
};

/* What one worker counts with, and the best it has found of each keyword. */
struct tally {
    struct word_room room;
    uint32_t *counts;    /* of each keyword, papers with the word at hand */
    uint32_t *witnesses; /* the first of them */
    uint32_t *touched;   /* keywords whose count is not 0 */
    struct companion_list *best;
};

struct counting {
    const struct companions_question *question;
    struct word_papers *words;
    struct finders finders;
    struct arena *arenas;
    struct tally *tallies;
};

static bool invert(struct counting *in, struct arena *arena)
{
    struct finders *out = &in->finders;
    size_t total = 0;
    for (size_t i = 0; i < in->question->count; i++)
        total += in->question->keywords[i].count;
    out->starts = arena_array(arena, in->question->roster->count + 2, sizeof *out->starts);
    out->keywords = arena_array(arena, total, sizeof *out->keywords);
    if (out->starts == NULL || out->keywords == NULL)
        return false;
    /* Counted two places on, so that after summing up starts[place + 1] is where the next keyword of a place goes, and
     * when all are in, where they end. */
    for (size_t i = 0; i < in->question->count; i++)
        for (size_t j = 0; j < in->question->keywords[i].count; j++)
            out->starts[in->question->keywords[i].at[j] + 2]++;
    for (size_t place = 0; place < in->question->roster->count; place++)
        out->starts[place + 2] += out->starts[place + 1];
    for (size_t i = 0; i < in->question->count; i++)
        for (size_t j = 0; j < in->question->keywords[i].count; j++)
            out->keywords[out->starts[in->question->keywords[i].at[j] + 1]++] = (uint32_t)i;
    return true;
}

static bool is_stronger(const struct companion *a, const struct companion *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    const size_t shorter = a->key.len < b->key.len ? a->key.len : b->key.len;
    const int order = memcmp(a->key.at, b->key.at, shorter);
    return order != 0 ? order < 0 : a->key.len < b->key.len;
}

static bool is_wanted(const struct companion_list *list, size_t limit, const struct companion *companion)
{
    return list->count < limit || is_stronger(companion, &list->at[limit - 1]);
}

/* Keeps `companion` among the best if it is one of them; `list` has room for `limit`. */
static void insert(struct companion_list *list, size_t limit, const struct companion *companion)
{
    if (!is_wanted(list, limit, companion))
        return;
    size_t at = list->count < limit ? list->count++ : limit - 1;
    for (; at > 0 && is_stronger(companion, &list->at[at - 1]); at--)
        list->at[at] = list->at[at - 1];
    list->at[at] = *companion;
}

static bool weigh(const struct counting *in, struct tally *tally, struct arena *arena, const struct word_entry *word,
                  uint32_t keyword)
{
    struct companion_list *best = &tally->best[keyword];
    struct companion companion = {.key = word->key,
                                  .papers = tally->counts[keyword],
                                  .out_of = word->count,
                                  .witness = tally->witnesses[keyword]};
    if (companion.papers < 2)
        return true;
    companion.score = log_likelihood_ratio(companion.papers, in->question->keywords[keyword].count, word->count,
                                           in->question->roster->count);
    if (companion.score <= COMPANION_SCORE_MIN || is_own(&in->question->own[keyword], word->key))
        return true;
    if (best->at == NULL)
        best->at = arena_array(arena, in->question->limit, sizeof *best->at);
    if (best->at == NULL || !is_wanted(best, in->question->limit, &companion))
        return best->at != NULL;
    const char *key = arena_string(arena, word->key);
    companion.key.at = key;
    if (key != NULL)
        insert(best, in->question->limit, &companion);
    return key != NULL;
}

static bool count_word(const struct counting *in, struct tally *tally, struct arena *arena,
                       const struct word_entry *word)
{
    size_t touched = 0;
    for (size_t i = 0; i < word->count; i++) {
        const uint32_t place = word->places[i];
        for (uint32_t at = in->finders.starts[place]; at < in->finders.starts[place + 1]; at++) {
            const uint32_t keyword = in->finders.keywords[at];
            if (tally->counts[keyword]++ == 0) {
                tally->touched[touched++] = keyword;
                tally->witnesses[keyword] = place;
            }
        }
    }
    bool has_memory = true;
    for (size_t i = 0; i < touched; i++) {
        has_memory = has_memory && weigh(in, tally, arena, word, tally->touched[i]);
        tally->counts[tally->touched[i]] = 0;
    }
    return has_memory;
}

static pinakes_status count_words(void *context, unsigned worker, size_t task, pinakes_error *error)
{
    const struct counting *in = context;
    const size_t first = task * WORDS_A_TASK, all = word_papers_count(in->words);
    const size_t behind = all - first < WORDS_A_TASK ? all : first + WORDS_A_TASK;
    for (size_t i = first; i < behind; i++) {
        struct word_entry word;
        const pinakes_status status = word_papers_at(in->words, i, &in->tallies[worker].room, &word, error);
        if (status != PINAKES_OK)
            return status;
        if (word.count >= 2 && !count_word(in, &in->tallies[worker], &in->arenas[worker], &word))
            return error_no_memory(error);
    }
    return PINAKES_OK;
}

static bool make_tallies(struct counting *in, unsigned worker_count, struct arena *arena)
{
    in->tallies = arena_array(arena, worker_count, sizeof *in->tallies);
    for (unsigned i = 0; i < worker_count && in->tallies != NULL; i++) {
        struct tally *tally = &in->tallies[i];
        tally->room.places = arena_array(arena, in->question->roster->count, sizeof *tally->room.places);
        tally->room.others = arena_array(arena, in->question->roster->count, sizeof *tally->room.others);
        tally->room.bits = arena_array(arena, in->question->roster->count / 64 + 2, sizeof *tally->room.bits);
        tally->counts = arena_array(arena, in->question->count, sizeof *tally->counts);
        tally->witnesses = arena_array(arena, in->question->count, sizeof *tally->witnesses);
        tally->touched = arena_array(arena, in->question->count, sizeof *tally->touched);
        tally->best = arena_array(arena, in->question->count, sizeof *tally->best);
        if (tally->room.places == NULL || tally->room.others == NULL || tally->room.bits == NULL ||
            tally->counts == NULL || tally->witnesses == NULL || tally->touched == NULL || tally->best == NULL)
            return false;
    }
    return in->tallies != NULL;
}

/* The best of one keyword over all workers. */
static bool gather(const struct counting *in, unsigned worker_count, size_t keyword, struct companion_list *out)
{
    size_t found = 0;
    for (unsigned i = 0; i < worker_count; i++)
        found += in->tallies[i].best[keyword].count;
    *out = (struct companion_list){0};
    if (found == 0)
        return true;
    out->at = arena_array(&in->arenas[0], in->question->limit, sizeof *out->at);
    for (unsigned i = 0; i < worker_count && out->at != NULL; i++)
        for (size_t j = 0; j < in->tallies[i].best[keyword].count; j++)
            insert(out, in->question->limit, &in->tallies[i].best[keyword].at[j]);
    return out->at != NULL;
}

static pinakes_status count_all(struct counting *in, const struct workers *workers, struct arena *scratch,
                                pinakes_error *error)
{
    if (!make_tallies(in, workers->count, scratch))
        return error_no_memory(error);
    const size_t tasks = (word_papers_count(in->words) + WORDS_A_TASK - 1) / WORDS_A_TASK;
    return workers_run(workers, tasks, count_words, in, error);
}

pinakes_status companions_find(struct engine *engine, const struct companions_question *question,
                               const struct workers *workers, struct arena *scratch, struct arena *arenas,
                               struct companion_list *out, pinakes_error *error)
{
    struct counting in = {.question = question, .arenas = arenas};
    if (!invert(&in, scratch))
        return error_no_memory(error);
    pinakes_status status;
    do { /* a second time when the ranked index proves to be damaged */
        status = word_papers_open(engine, question->roster, scratch, &in.words, error);
        if (status == PINAKES_OK)
            status = count_all(&in, workers, scratch, error);
    } while (status == PINAKES_DAMAGED && word_papers_give_up(in.words, engine, error));
    if (status != PINAKES_OK)
        return status;
    for (size_t i = 0; i < question->count; i++)
        if (!gather(&in, workers->count, i, &out[i]))
            return error_no_memory(error);
    return PINAKES_OK;
}
