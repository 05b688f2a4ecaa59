#include "indexer/seal_ahead.h"

#include "base/lane.h"
#include "indexer/seal.h"
#include "indexer/segment_writer.h"
#include "indexer/store_internal.h"

#include <stdlib.h>

/* A paper on its way to the thread that gathers. */
struct waiting {
    struct segment_paper paper;
    struct buffer venue;
    struct analysis analysis;
};

struct seal_ahead {
    struct analyzer *analyzer;     /* of the thread that gathers */
    struct segment_writer *writer; /* the same; the caller's again when the thread has ended */
    uint64_t generation;           /* of the library whose papers it holds */
    pthread_t thread;
    bool has_thread;
    bool is_spoilt; /* as the caller knows */
    bool failed;    /* of the thread, like the writer */
    struct lane lane;
    struct waiting queue[LANE_PLACES];
};

/* ---- the thread that gathers ------------------------------------------------------------------------------- */

static void *gather(void *context)
{
    struct seal_ahead *ahead = context;
    pinakes_error unwanted;
    for (size_t place; (place = lane_next(&ahead->lane)) != LANE_NONE;) {
        const struct waiting *next = &ahead->queue[place];
        if (!ahead->failed && seal_add_paper(ahead->writer, &next->paper, &next->analysis, &unwanted) != PINAKES_OK) {
            ahead->failed = true;
            lane_stop(&ahead->lane);
        }
        lane_free(&ahead->lane);
    }
    return NULL;
}

/* ---- beginning and ending ---------------------------------------------------------------------------------- */

struct seal_ahead *seal_ahead_begin(struct store *store)
{
    struct seal_ahead *ahead = calloc(1, sizeof *ahead);
    if (ahead == NULL)
        return NULL;
    lane_init(&ahead->lane);
    pinakes_error unwanted;
    char *path = seal_path(store);
    struct segment_writer_options options = {.analyzer = NULL};
    if (path != NULL && analyzer_create(&ahead->analyzer, &unwanted) == PINAKES_OK) {
        options.analyzer = ahead->analyzer;
        (void)segment_writer_create(path, &options, &ahead->writer, &unwanted);
    }
    free(path);
    ahead->is_spoilt = ahead->writer == NULL;
    ahead->has_thread = !ahead->is_spoilt && lane_pays() && pthread_create(&ahead->thread, NULL, gather, ahead) == 0;
    return ahead;
}

/* Lets the thread do what it has, and end. */
static void end_thread(struct seal_ahead *ahead)
{
    if (!ahead->has_thread)
        return;
    lane_end(&ahead->lane);
    (void)pthread_join(ahead->thread, NULL);
    ahead->has_thread = false;
}

void seal_ahead_free(struct seal_ahead *ahead)
{
    if (ahead == NULL)
        return;
    end_thread(ahead);
    segment_writer_free(ahead->writer);
    analyzer_free(ahead->analyzer);
    for (size_t i = 0; i < LANE_PLACES; i++) {
        buffer_free(&ahead->queue[i].venue);
        analysis_free(&ahead->queue[i].analysis);
    }
    lane_destroy(&ahead->lane);
    free(ahead);
}

/* ---- papers ------------------------------------------------------------------------------------------------ */

void seal_ahead_spoil(struct seal_ahead *ahead)
{
    if (ahead != NULL)
        ahead->is_spoilt = true;
}

static bool copy(struct waiting *to, const struct segment_paper *paper, const struct analysis *analysis)
{
    buffer_clear(&to->venue);
    buffer_add(&to->venue, paper->venue);
    to->paper = *paper;
    to->paper.venue = buffer_text(&to->venue);
    return !to->venue.failed && analysis_copy(&to->analysis, analysis);
}

static bool pass_on(struct seal_ahead *ahead, const struct segment_paper *paper, const struct analysis *analysis)
{
    pinakes_error unwanted;
    if (!ahead->has_thread)
        return seal_add_paper(ahead->writer, paper, analysis, &unwanted) == PINAKES_OK;
    const size_t place = lane_room(&ahead->lane);
    if (place == LANE_NONE || !copy(&ahead->queue[place], paper, analysis))
        return false;
    lane_put(&ahead->lane, analysis_bytes(analysis));
    return true;
}

void seal_ahead_paper(struct seal_ahead *ahead, int64_t id, const struct paper *paper, const struct paper_draft *draft)
{
    if (ahead == NULL || ahead->is_spoilt)
        return;
    const struct segment_paper row = {
        .id = id, .length = (uint32_t)draft->size.length, .year = paper->year, .venue = paper->venue};
    ahead->is_spoilt = !pass_on(ahead, &row, &draft->analysis);
}

/* ---- between the run and the seal -------------------------------------------------------------------------- */

void seal_ahead_keep(struct seal_ahead *ahead, struct store *store)
{
    const bool is_worth_it = seal_pays(store_paper_count(store));
    ahead->generation = store_generation(store);
    seal_ahead_free(store->ahead);
    store->ahead = is_worth_it ? ahead : NULL;
    if (!is_worth_it)
        seal_ahead_free(ahead);
}

struct segment_writer *seal_ahead_take(struct store *store)
{
    struct seal_ahead *ahead = store->ahead;
    struct segment_writer *writer = NULL;
    if (ahead != NULL && ahead->generation == store_generation(store)) {
        end_thread(ahead);
        writer = ahead->is_spoilt || ahead->failed ? NULL : ahead->writer;
        ahead->writer = writer == NULL ? ahead->writer : NULL;
    }
    seal_ahead_free(ahead);
    store->ahead = NULL;
    return writer;
}
