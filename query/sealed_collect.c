#include "query/sealed_collect.h"

#include "base/error.h"
#include "query/document_set.h"

#include <stdlib.h>

enum { KEPT_AT_LEAST = 256, YEARS = 1 << 16 };

/* ---- the first of an order ------------------------------------------------------------------------------- */

/* Candidates are gathered until there are twice as many as wanted; then the latter half of their order is dropped. */
struct keeper {
    const struct collection_task *task;
    struct candidates *kept;
    size_t capacity;
    bool has_least; /* the last of those wanted is known: */
    struct candidate least;
};

static void drop_last(struct keeper *keeper)
{
    const struct collection_task *task = keeper->task;
    qsort(keeper->kept->papers, keeper->kept->count, sizeof *keeper->kept->papers, task->order);
    keeper->kept->count = task->most;
    keeper->least = keeper->kept->papers[task->most - 1];
    keeper->has_least = true;
}

static bool keep(struct keeper *keeper, const struct candidate *candidate)
{
    const struct collection_task *task = keeper->task;
    struct candidates *kept = keeper->kept;
    if (keeper->has_least && task->order(candidate, &keeper->least) > 0)
        return true;
    if (task->order != NULL && kept->count >= KEPT_AT_LEAST && kept->count / 2 >= task->most)
        drop_last(keeper);
    struct candidate *papers = arena_grow(task->arena, kept->papers, kept->count, &keeper->capacity, sizeof *papers);
    if (papers == NULL)
        return false;
    papers[kept->count++] = *candidate;
    kept->papers = papers;
    return true;
}

/* ---- facets ---------------------------------------------------------------------------------------------- */

struct tally {
    struct collected *out;
    uint64_t *found; /* document_set.h */
};

static bool start_tally(const struct collection_task *task, struct tally *tally)
{
    const struct segment_documents *documents = &task->moment->documents;
    struct collected *out = tally->out;
    out->years = arena_array(task->arena, YEARS, sizeof *out->years);
    out->venues = arena_array(task->arena, (size_t)documents->venue_count + 1, sizeof *out->venues);
    tally->found = arena_array(task->arena, document_set_words(documents->count), sizeof *tally->found);
    return out->years != NULL && out->venues != NULL && tally->found != NULL;
}

static void count_in(const struct collection_task *task, struct tally *tally, uint32_t document)
{
    const struct segment_documents *documents = &task->moment->documents;
    struct collected *out = tally->out;
    tally->found[document / 64] |= UINT64_C(1) << document % 64;
    out->years[documents->years[document] - INT16_MIN]++;
    if (documents->venues[document] < documents->venue_count)
        out->venues[documents->venues[document]]++;
}

/* Lists the papers found, in the order of their ids. */
static pinakes_status end_tally(const struct collection_task *task, struct tally *tally, pinakes_error *error)
{
    const struct segment_documents *documents = &task->moment->documents;
    struct collected *out = tally->out;
    uint64_t count = 0;
    out->papers = arena_array(task->arena, (size_t)out->found, sizeof *out->papers);
    if (out->papers == NULL)
        return error_no_memory(error);
    for (uint32_t rank = 0; rank < documents->count && count < out->found; rank++) {
        const uint32_t document = segment_document_at(documents, rank);
        if (document != SEGMENT_NO_DOCUMENT && document_set_has(tally->found, document))
            out->papers[count++] = documents->papers[document];
    }
    return count == out->found ? PINAKES_OK : segment_damaged(task->moment->segment, error);
}

pinakes_status collected_add_facets(const struct collected *collected, const struct sealed_moment *moment,
                                    struct store *store, struct facet_tally *tally, pinakes_error *error)
{
    bool has_memory = true;
    for (int i = 0; i < YEARS && has_memory; i++)
        if (collected->years[i] > 0)
            has_memory = facets_add_year(tally, i + INT16_MIN, collected->years[i]);
    for (uint32_t i = 0; i < moment->documents.venue_count && has_memory; i++) {
        if (collected->venues[i] == 0)
            continue;
        const char *venue = arena_string(tally->scratch, segment_venue(moment->segment, i));
        has_memory = venue != NULL && facets_add_text(tally, FACET_VENUE, venue, collected->venues[i]);
    }
    if (!has_memory)
        return error_no_memory(error);
    return facets_add_topics(tally, store, collected->papers, (size_t)collected->found, error);
}

/* ---- all together ---------------------------------------------------------------------------------------- */

static pinakes_status score_and_keep(struct keeper *keeper, uint32_t document, pinakes_error *error)
{
    const struct collection_task *task = keeper->task;
    struct candidate candidate;
    if (!sealed_candidate(task->moment, document, &candidate))
        return segment_damaged(task->moment->segment, error);
    if (keeper->has_least && task->order == order_of(PINAKES_BY_SCORE) &&
        evaluation_bound(task->evaluation, document, candidate.length) < keeper->least.score)
        return PINAKES_OK;
    candidate.score = evaluation_score(task->evaluation, document, candidate.length);
    return keep(keeper, &candidate) ? PINAKES_OK : error_no_memory(error);
}

pinakes_status collect(const struct collection_task *task, struct collected *out, pinakes_error *error)
{
    struct keeper keeper = {.task = task, .kept = &out->kept};
    struct tally tally = {.out = out};
    struct segment_documents documents;
    pinakes_status status = PINAKES_OK;
    *out = (struct collected){.found = 0};
    if (task->facets) /* whole columns are read */
        status = segment_documents(task->moment->segment, &documents, error);
    if (status == PINAKES_OK && task->facets && !start_tally(task, &tally))
        return error_no_memory(error);
    for (int64_t at = 0; status == PINAKES_OK && (at = evaluation_next(task->evaluation, at)) != NO_PAPER; at++) {
        const uint32_t document = (uint32_t)at;
        if (task->allowed != NULL && !document_set_has(task->allowed, document))
            continue;
        if (task->facets)
            count_in(task, &tally, document);
        if (task->most > 0)
            status = score_and_keep(&keeper, document, error);
        out->found++;
    }
    return status == PINAKES_OK && task->facets ? end_tally(task, &tally, error) : status;
}
