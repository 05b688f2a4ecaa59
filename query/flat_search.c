#include "query/flat_search.h"

#include "base/error.h"
#include "base/sizes.h"
#include "indexer/bm25.h"
#include "query/document_set.h"
#include "query/prefix_search.h"

/* The list of `late` is not looked for: it is to be set. */
static bool fill_terms(const struct segment_plan *plan, const struct flat_query *flat, const struct node *late,
                       struct ranked_term *terms, struct ranked_query *query)
{
    static const struct segment_list none = {.documents = 0};
    query->term_count = 0;
    for (size_t i = 0; i < flat->word_count; i++) {
        const struct node *word = flat->words[i];
        const struct segment_list *list = word == late ? &none : sealed_part_list(plan->part, word);
        if (list != NULL)
            terms[query->term_count++] = (struct ranked_term){
                *list, bm25_idf(plan->moment->collection.papers, segment_plan_papers(plan, word)) * word->boost};
        else if (flat->needs_all)
            return false;
    }
    query->terms = terms;
    query->at_least = flat->needs_all ? query->term_count : 1;
    query->is_phrase = flat->is_phrase;
    query->fields = flat->fields;
    return query->term_count > 0;
}

/* Scores hits by the tree itself. */
struct tree_sums {
    struct ranked_sums base;
    const struct segment_plan *plan;
};

static pinakes_status score_by_tree(const struct ranked_sums *base, struct ranked_hit *hits, size_t count,
                                    pinakes_error *error)
{
    const struct segment_plan *plan = ((const struct tree_sums *)base)->plan;
    struct evaluation *evaluation = segment_plan_evaluate(plan, plan->root);
    if (evaluation == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++)
        if (evaluation_next(evaluation, hits[i].document) == hits[i].document)
            hits[i].score = evaluation_score(evaluation, hits[i].document,
                                             segment_length(&plan->moment->documents.lengths, hits[i].document));
    return sealed_part_check(plan->part, error);
}

/* Adds a document to what is kept, where there is room for it. */
static pinakes_status add_candidate(const struct segment_plan *plan, uint32_t document, double score,
                                    struct collected *out, pinakes_error *error)
{
    struct candidate *candidate = &out->kept.papers[out->kept.count++];
    if (!sealed_candidate(plan->moment, document, candidate))
        return segment_damaged(plan->moment->segment, error);
    candidate->score = score;
    return PINAKES_OK;
}

static bool is_among(const uint64_t *bits, uint32_t document)
{
    return bits == NULL || document_set_has(bits, document);
}

/* Adds the exceptions that may be found and are: each is evaluated by the whole tree. */
static pinakes_status add_exceptions(const struct segment_plan *plan, const struct flat_query *flat,
                                     const uint64_t *allowed, struct collected *out, pinakes_error *error)
{
    struct evaluation *evaluation = segment_plan_evaluate(plan, plan->root);
    if (evaluation == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < flat->exception_count && status == PINAKES_OK; i++) {
        const uint32_t document = flat->exceptions[i];
        if (!is_among(allowed, document) || evaluation_next(evaluation, document) != document)
            continue;
        const double score =
            evaluation_score(evaluation, document, segment_length(&plan->moment->documents.lengths, document));
        status = add_candidate(plan, document, score, out, error);
        out->found++;
    }
    return status == PINAKES_OK ? sealed_part_check(plan->part, error) : status;
}

/* Adds to `additions` what the best of the spellings gives each document more than the usual one. */
static bool add_respelling(const struct segment_plan *plan, const struct respelling *respelling,
                           struct ranked_addition *additions, size_t count)
{
    const struct segment_lengths *lengths = &plan->moment->documents.lengths;
    struct evaluation *all = segment_plan_evaluate(plan, respelling->all),
                      *usual = segment_plan_evaluate(plan, respelling->usual);
    if (all == NULL || usual == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = additions[i].document;
        if (evaluation_next(all, document) != document)
            continue;
        double more = evaluation_score(all, document, segment_length(lengths, document));
        if (evaluation_next(usual, document) == document)
            more -= evaluation_score(usual, document, segment_length(lengths, document));
        additions[i].score += more > 0 ? (float)more : 0;
    }
    return true;
}

/* The respelled documents that may be found, with what comes on top of their words. */
static bool fill_additions(const struct segment_plan *plan, const struct flat_query *flat, const uint64_t *allowed,
                           struct ranked_query *query)
{
    struct ranked_addition *additions = arena_array(plan->arena, flat->respelled_count, sizeof *additions);
    if (additions == NULL)
        return false;
    for (size_t i = 0; i < flat->respelled_count; i++)
        if (is_among(allowed, flat->respelled[i]))
            additions[query->addition_count++] = (struct ranked_addition){flat->respelled[i], 0};
    query->additions = additions;
    for (size_t i = 0; i < flat->respelling_count; i++)
        if (!add_respelling(plan, &flat->respellings[i], additions, query->addition_count))
            return false;
    return true;
}

static void clear_bits(uint64_t *bits, const uint32_t *documents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bits[documents[i] / 64] &= ~(UINT64_C(1) << documents[i] % 64);
}

/* The documents that may be found and that the words alone score. */
static const uint64_t *without_exceptions(const struct segment_plan *plan, const struct flat_query *flat,
                                          const uint64_t *allowed)
{
    const size_t words = document_set_words(plan->moment->documents.count);
    uint64_t *bits = arena_array(plan->arena, words, sizeof *bits);
    if (bits == NULL)
        return NULL;
    if (allowed == NULL)
        memset(bits, 0xff, words * sizeof *bits);
    else
        memcpy(bits, allowed, words * sizeof *bits);
    clear_bits(bits, flat->exceptions, flat->exception_count);
    clear_bits(bits, flat->respelled, flat->respelled_count);
    return bits;
}

/* The prefix whose list is better made of few documents, if there is one and no other like it: it weighs little, stands
 * in most of what the other words find, and one of these is far scarcer. */
static const struct node *find_late_prefix(const struct segment_plan *plan, const struct flat_query *flat,
                                           const struct ranked_query *query)
{
    enum { PART = 2, SCARCER = 2 };
    const struct node *late = NULL;
    uint64_t scarcest = UINT64_MAX;
    if (!flat->needs_all || flat->is_phrase || query->counts || query->best == 0 || flat->word_count < 2)
        return NULL;
    for (size_t i = 0; i < flat->word_count; i++) {
        const struct sealed_word *word = sealed_part_word(plan->part, flat->words[i]);
        const uint64_t documents = sealed_part_most(plan->part, flat->words[i]);
        if (late != NULL && word->is_several && !word->is_listed)
            return NULL;
        if (word->is_several && !word->is_listed && documents >= plan->moment->documents.count / PART)
            late = flat->words[i];
        else
            scarcest = documents < scarcest ? documents : scarcest;
    }
    return late != NULL && sealed_part_most(plan->part, late) / SCARCER > scarcest ? late : NULL;
}

static size_t place_of(const struct flat_query *flat, const struct node *word)
{
    size_t place = 0;
    while (flat->words[place] != word)
        place++;
    return place;
}

/* Ranks the words with the list of one prefix still to be made. */
static pinakes_status rank_late(const struct segment_plan *plan, const struct flat_query *flat, const struct node *late,
                                struct ranked_term *terms, struct ranked_query *query, struct ranked_answer *out,
                                bool *is_answered, pinakes_error *error)
{
    const struct sealed_word *word = sealed_part_word(plan->part, late);
    const struct late_prefix prefix = {place_of(flat, late), word->first, word->behind};
    *out = (struct ranked_answer){.hit_count = 0};
    *is_answered = !fill_terms(plan, flat, late, terms, query); /* a word is missing */
    if (*is_answered)
        return PINAKES_OK;
    return prefix_search(plan->moment, query, terms, &prefix, plan->arena, out, is_answered, error);
}

static pinakes_status rank_whole(const struct segment_plan *plan, const struct flat_query *flat,
                                 struct ranked_term *terms, struct ranked_query *query, struct ranked_answer *out,
                                 pinakes_error *error)
{
    *out = (struct ranked_answer){.hit_count = 0};
    sealed_part_enter(plan->part, plan->root);
    const bool has_terms = fill_terms(plan, flat, NULL, terms, query);
    const pinakes_status status = sealed_part_check(plan->part, error);
    return status == PINAKES_OK && has_terms ? ranked_search(plan->moment->searcher, query, out, error) : status;
}

static pinakes_status rank(const struct segment_plan *plan, const struct flat_query *flat, struct ranked_query *query,
                           struct collected *out, pinakes_error *error)
{
    struct ranked_term *terms = arena_array(plan->arena, flat->word_count, sizeof *terms);
    const struct node *late = find_late_prefix(plan, flat, query);
    struct ranked_answer ranked;
    bool is_answered = false;
    if (terms == NULL)
        return error_no_memory(error);
    pinakes_status status = PINAKES_OK;
    if (late != NULL)
        status = rank_late(plan, flat, late, terms, query, &ranked, &is_answered, error);
    if (status == PINAKES_OK && !is_answered)
        status = rank_whole(plan, flat, terms, query, &ranked, error);
    if (status != PINAKES_OK)
        return status;
    out->found = ranked.found;
    for (size_t i = 0; i < ranked.hit_count; i++)
        sealed_candidate_fetch(plan->moment, ranked.hits[i].document);
    for (size_t i = 0; i < ranked.hit_count && status == PINAKES_OK; i++)
        status = add_candidate(plan, ranked.hits[i].document, ranked.hits[i].score, out, error);
    return status;
}

pinakes_status flat_search(const struct segment_plan *plan, const struct flat_query *flat, size_t best, bool counts,
                           struct collected *out, pinakes_error *error)
{
    const struct segment_documents *documents = &plan->moment->documents;
    const size_t most = size_smaller(best, documents->count) + flat->exception_count;
    const struct tree_sums sums = {{score_by_tree}, plan};
    struct ranked_query query = {
        .average_length = plan->moment->collection.average_length,
        .sealed_average = documents->count == 0 ? 0 : (double)documents->length_total / documents->count,
        .best = best,
        .counts = counts,
        .sums = flat->is_plain ? NULL : &sums.base,
    };
    const uint64_t *allowed;
    *out = (struct collected){.kept = {arena_array(plan->arena, most, sizeof *out->kept.papers), 0}};
    if (out->kept.papers == NULL)
        return error_no_memory(error);
    pinakes_status status = sealed_part_allow(plan->part, flat->restrictions, flat->restriction_count, &allowed, error);
    query.allowed = allowed;
    if (status == PINAKES_OK && flat->respelled_count > 0 && !fill_additions(plan, flat, allowed, &query))
        return error_no_memory(error);
    if (status == PINAKES_OK && flat->exception_count + flat->respelled_count > 0 &&
        (query.allowed = without_exceptions(plan, flat, allowed)) == NULL)
        return error_no_memory(error);
    if (status == PINAKES_OK)
        status = rank(plan, flat, &query, out, error);
    if (status == PINAKES_OK && flat->exception_count > 0)
        status = add_exceptions(plan, flat, allowed, out, error);
    return status;
}
