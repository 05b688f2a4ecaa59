#include "query/topics_suggest.h"

#include "base/buffer.h"
#include "base/error.h"
#include "query/companions.h"
#include "query/topic_features.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    CANDIDATES_MOST = 400, /* whose company is looked at */
    COMPANIONS_MOST = 6,
    USUAL_TOPICS = 5,
    LARGEST_SHARE = 8, /* a word in more than this part of the papers is no subject */
    FEW_PAPERS = 100,  /* of so few, two are enough for a topic */
    MANY_PAPERS = 1000,
    PAIR_WORTH = 3, /* of a word: a pair tells more of what it is about */
};

struct company {
    const struct topic_feature *feature;
    double g2;
};

struct topic_candidate {
    const struct topic_feature *feature;
    double promise; /* before its company is known */
    struct company company[COMPANIONS_MOST];
    size_t company_count;
    double closeness; /* the mean G2 of its company for each paper */
};

struct suggesting {
    struct store *store;
    struct arena *arena;
    struct topic_features features;
    struct topic_candidate *candidates;
    size_t candidate_count;
    uint32_t *met;  /* papers of the candidate at hand that have each feature; all zero between two */
    bool *is_taken; /* each paper */
    pinakes_topic_suggestion *topics;
    size_t topic_count;
};

/* ---- candidates ---------------------------------------------------------------------------------------------- */

/* Names have capitals: CXL, WebAssembly. */
static bool is_name(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_ascii_capital(text.at[i]))
            return true;
    return false;
}

/* "person re", of "person re-identification". */
static bool ends_early(struct span text)
{
    return text.len >= 3 && (text.at[text.len - 2] == ' ' || text.at[text.len - 3] == ' ');
}

/* Words of every field's titles are no subject by themselves. */
static bool is_general(struct analyzer *analyzer, struct span text)
{
    static const char *const stems[] = {"system", "data",   "effici",    "analysi", "approach", "framework", "method",
                                        "model",  "fast",   "scalabl",   "practic", "design",   "perform",   "new",
                                        "novel",  "studi",  "base",      "high",    "low",      "larg",      "time",
                                        "applic", "manag",  "support",   "improv",  "optim",    "dynam",     "general",
                                        "modern", "comput", "program",   "process", "evalu",    "implement", "adapt",
                                        "robust", "simpl",  "algorithm", "problem", "automat"};
    const struct span stem = analyzer_stem(analyzer, text);
    return span_is_among(stem, stems, sizeof stems / sizeof stems[0]);
}

/* A single word is the subject of several titles, and where there are many papers a name. */
static bool is_likely_word(struct analyzer *analyzer, const struct topic_feature *feature, size_t papers)
{
    return !is_general(analyzer, feature->text) && feature->title_count >= 2 &&
           feature->title_count * 2 >= feature->count && (papers < MANY_PAPERS || is_name(feature->text));
}

static bool is_likely(struct analyzer *analyzer, const struct topic_feature *feature, size_t papers)
{
    const size_t least = papers < FEW_PAPERS ? 2 : 3, most = papers / LARGEST_SHARE + 2 * least;
    if (feature->count < least || feature->count > most)
        return false;
    if (!feature->is_pair)
        return is_likely_word(analyzer, feature, papers);
    return feature->title_count > 0 && feature->title_count * 3 >= feature->count && !ends_early(feature->text);
}

/* What so many papers with a word in common tell: more when they are many, less when everything has it. */
static double told_by(size_t count, size_t papers)
{
    return (double)count * log((double)papers / (double)count);
}

static int most_promising_first(const void *a, const void *b)
{
    const struct topic_candidate *x = a, *y = b;
    if (x->promise != y->promise)
        return x->promise > y->promise ? -1 : 1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

static pinakes_status find_candidates(struct suggesting *suggesting, pinakes_error *error)
{
    const struct topic_features *features = &suggesting->features;
    size_t capacity = 0;
    for (size_t i = 0; i < features->count; i++) {
        const struct topic_feature *feature = &features->at[i];
        if (!is_likely(store_analyzer(suggesting->store), feature, features->paper_count))
            continue;
        struct topic_candidate *grown = arena_grow(suggesting->arena, suggesting->candidates,
                                                   suggesting->candidate_count, &capacity, sizeof *grown);
        if (grown == NULL)
            return error_no_memory(error);
        suggesting->candidates = grown;
        grown[suggesting->candidate_count++] = (struct topic_candidate){
            .feature = feature,
            .promise = told_by(feature->count, features->paper_count) * (feature->is_pair ? PAIR_WORTH : 1)};
    }
    if (suggesting->candidate_count > 0)
        qsort(suggesting->candidates, suggesting->candidate_count, sizeof *suggesting->candidates,
              most_promising_first);
    if (suggesting->candidate_count > CANDIDATES_MOST)
        suggesting->candidate_count = CANDIDATES_MOST;
    return PINAKES_OK;
}

/* ---- company ------------------------------------------------------------------------------------------------- */

/* Whether a word is part of the candidate itself. */
static bool is_own(const struct topic_feature *candidate, const struct topic_feature *word)
{
    return candidate == word ||
           (candidate->is_pair && word->text.len <= candidate->text.len &&
            memmem(candidate->text.at, candidate->text.len, word->text.at, word->text.len) != NULL);
}

static void keep_closest(struct topic_candidate *candidate, const struct topic_feature *feature, double g2)
{
    size_t at = candidate->company_count;
    if (at == COMPANIONS_MOST && candidate->company[at - 1].g2 >= g2)
        return;
    at = at == COMPANIONS_MOST ? at - 1 : candidate->company_count++;
    for (; at > 0 && candidate->company[at - 1].g2 < g2; at--)
        candidate->company[at] = candidate->company[at - 1];
    candidate->company[at] = (struct company){feature, g2};
}

/* Weighs a word that `both` papers of the candidate have. */
static void weigh_company(const struct topic_features *features, struct topic_candidate *candidate, uint32_t word,
                          uint32_t both)
{
    const struct topic_feature *own = candidate->feature, *other = &features->at[word];
    if (both < 2 || is_own(own, other))
        return;
    const double g2 = log_likelihood_ratio(both, own->count, other->count, features->paper_count);
    if (g2 >= COMPANION_SCORE_MIN)
        keep_closest(candidate, other, g2);
}

static void find_company(struct suggesting *suggesting, struct topic_candidate *candidate)
{
    const struct topic_features *features = &suggesting->features;
    const struct topic_feature *own = candidate->feature;
    for (size_t i = 0; i < own->count; i++)
        for (size_t at = features->word_start[own->papers[i]]; at < features->word_start[own->papers[i] + 1]; at++)
            suggesting->met[features->words_of[at]]++;
    for (size_t i = 0; i < own->count; i++)
        for (size_t at = features->word_start[own->papers[i]]; at < features->word_start[own->papers[i] + 1]; at++) {
            const uint32_t word = features->words_of[at];
            weigh_company(features, candidate, word, suggesting->met[word]);
            suggesting->met[word] = 0;
        }
    double sum = 0;
    for (size_t i = 0; i < candidate->company_count; i++)
        sum += candidate->company[i].g2;
    candidate->closeness = sum / COMPANIONS_MOST / (double)own->count;
}

/* ---- choosing ------------------------------------------------------------------------------------------------ */

static size_t count_free(const struct suggesting *suggesting, const struct topic_feature *feature)
{
    size_t count = 0;
    for (size_t i = 0; i < feature->count; i++)
        count += suggesting->is_taken[feature->papers[i]] ? 0 : 1;
    return count;
}

/* The candidate that tells most about papers not yet taken, half of its own at least; NULL when none is left. */
static const struct topic_candidate *best_candidate(const struct suggesting *suggesting)
{
    const struct topic_candidate *best = NULL;
    double most = 0;
    for (size_t i = 0; i < suggesting->candidate_count; i++) {
        const struct topic_candidate *candidate = &suggesting->candidates[i];
        const size_t count = count_free(suggesting, candidate->feature);
        if (count * 2 < candidate->feature->count || count < 2)
            continue;
        const double worth = told_by(count, suggesting->features.paper_count) *
                             (candidate->feature->is_pair ? PAIR_WORTH : 1) * candidate->closeness;
        if (worth > most) {
            most = worth;
            best = candidate;
        }
    }
    return best;
}

/* ---- telling ------------------------------------------------------------------------------------------------- */

/* "persistent-memory": a name for the topic, and a query for both words side by side in any form. */
static void add_hyphenated(struct buffer *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        buffer_add_byte(out, (char)(text.at[i] == ' ' ? '-' : text.at[i]));
}

static void add_number(struct buffer *out, size_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%zu", number);
    buffer_add_text(out, digits);
}

static void add_rules(struct buffer *out, const struct topic_candidate *candidate)
{
    const struct topic_feature *feature = candidate->feature;
    buffer_add_text(out, "threshold = 2\n+3  title:");
    add_hyphenated(out, feature->text);
    buffer_add_text(out, feature->is_pair ? "\n+2  " : "\n+1  ");
    add_hyphenated(out, feature->text);
    for (size_t i = 0; i < candidate->company_count; i++) {
        buffer_add_text(out, i == 0 ? "\n+1  " : " OR ");
        buffer_add(out, candidate->company[i].feature->text);
    }
    buffer_add_text(out, "\n");
}

static const char *kept(struct suggesting *suggesting, struct buffer *text)
{
    const char *copy = buffer_keep(text, suggesting->arena);
    buffer_clear(text);
    return copy;
}

static const char *topic_name(struct suggesting *suggesting, struct span text, struct buffer *buffer)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = ascii_lower(text.at[i]);
        const bool is_of_word = is_ascii_small(c) || is_ascii_digit(c) || (unsigned char)c >= 0x80;
        buffer_add_byte(buffer, is_of_word ? c : '-');
    }
    return kept(suggesting, buffer);
}

static pinakes_status add_papers(struct suggesting *suggesting, const struct topic_feature *feature,
                                 pinakes_topic_suggestion *out, pinakes_error *error)
{
    static const char sql[] = "SELECT key, shown_title FROM papers WHERE id = ?";
    pinakes_suggested_paper *papers = arena_array(suggesting->arena, feature->count, sizeof *papers);
    sqlite3_stmt *row = store_statement(suggesting->store, sql, error);
    if (row == NULL)
        return error->status;
    for (size_t i = 0; papers != NULL && i < feature->count; i++) {
        (void)sqlite3_bind_int64(row, 1, suggesting->features.papers[feature->papers[i]]);
        const int code = sqlite3_step(row);
        if (code == SQLITE_ROW)
            papers[i] = (pinakes_suggested_paper){arena_string(suggesting->arena, store_text(row, 0)),
                                                  arena_string(suggesting->arena, store_text(row, 1))};
        (void)sqlite3_reset(row);
        if (code != SQLITE_ROW)
            return store_error(suggesting->store, code == SQLITE_DONE ? SQLITE_CORRUPT : code, "reading papers", error);
        if (papers[i].key == NULL || papers[i].title == NULL)
            return error_no_memory(error);
    }
    out->papers = papers;
    out->paper_count = feature->count;
    return papers == NULL ? error_no_memory(error) : PINAKES_OK;
}

static const char *topic_text(struct suggesting *suggesting, const struct topic_candidate *candidate,
                              const pinakes_topic_suggestion *topic, struct buffer *buffer)
{
    enum { SHOWN_PAPERS = 5 };
    buffer_add_text(buffer, "[");
    buffer_add_text(buffer, topic->name);
    buffer_add_text(buffer, "]\ntitle = ");
    buffer_add(buffer, candidate->feature->text);
    buffer_add_text(buffer, "\n# ");
    add_number(buffer, topic->paper_count);
    buffer_add_text(buffer, " papers, among them:\n");
    for (size_t i = 0; i < topic->paper_count && i < SHOWN_PAPERS; i++) {
        buffer_add_text(buffer, "#   ");
        buffer_add_text(buffer, topic->papers[i].title);
        buffer_add_text(buffer, "\n");
    }
    add_rules(buffer, candidate);
    return kept(suggesting, buffer);
}

static pinakes_status suggest(struct suggesting *suggesting, const struct topic_candidate *candidate,
                              pinakes_error *error)
{
    struct buffer buffer = {0};
    pinakes_topic_suggestion *topic = &suggesting->topics[suggesting->topic_count];
    pinakes_status status = add_papers(suggesting, candidate->feature, topic, error);
    if (status == PINAKES_OK) {
        topic->name = topic_name(suggesting, candidate->feature->text, &buffer);
        topic->text = topic->name == NULL ? NULL : topic_text(suggesting, candidate, topic, &buffer);
        if (topic->text == NULL)
            status = error_no_memory(error);
    }
    buffer_free(&buffer);
    for (size_t i = 0; i < candidate->feature->count; i++)
        suggesting->is_taken[candidate->feature->papers[i]] = true;
    suggesting->topic_count++;
    return status;
}

pinakes_status topics_suggest(struct store *store, size_t limit, struct arena *arena, pinakes_topic_suggestions *out,
                              pinakes_error *error)
{
    struct suggesting suggesting = {.store = store, .arena = arena};
    const size_t most = limit == 0 ? USUAL_TOPICS : limit < CANDIDATES_MOST ? limit : CANDIDATES_MOST;
    pinakes_status status = topic_features_read(store, arena, &suggesting.features, error);
    if (status == PINAKES_OK)
        status = find_candidates(&suggesting, error);
    if (status != PINAKES_OK)
        return status;
    suggesting.met = arena_array(arena, suggesting.features.count + 1, sizeof *suggesting.met);
    suggesting.is_taken = arena_array(arena, suggesting.features.paper_count + 1, sizeof *suggesting.is_taken);
    suggesting.topics = arena_array(arena, most, sizeof *suggesting.topics);
    if (suggesting.met == NULL || suggesting.is_taken == NULL || suggesting.topics == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < suggesting.candidate_count; i++)
        find_company(&suggesting, &suggesting.candidates[i]);
    const struct topic_candidate *best;
    while (status == PINAKES_OK && suggesting.topic_count < most && (best = best_candidate(&suggesting)) != NULL)
        status = suggest(&suggesting, best, error);
    *out = (pinakes_topic_suggestions){
        .topic_count = suggesting.topic_count, .topics = suggesting.topics, .without = suggesting.features.paper_count};
    return status;
}
