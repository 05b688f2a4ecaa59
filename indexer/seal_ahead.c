#include "indexer/seal_ahead.h"

#include "indexer/seal.h"
#include "indexer/segment_writer.h"
#include "indexer/store_internal.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

enum { QUEUE = 64 };

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
    pthread_mutex_t lock; /* of what follows; an element of the queue belongs to one side at a time */
    pthread_cond_t moved;
    size_t put, taken; /* of all papers */
    bool is_over, is_spoilt;
    struct waiting queue[QUEUE];
};

/* ---- the thread that gathers ------------------------------------------------------------------------------- */

/* The next paper, NULL at the end. */
static struct waiting *next_waiting(struct seal_ahead *ahead, bool *is_spoilt)
{
    (void)pthread_mutex_lock(&ahead->lock);
    while (ahead->put == ahead->taken && !ahead->is_over)
        (void)pthread_cond_wait(&ahead->moved, &ahead->lock);
    struct waiting *next = ahead->put == ahead->taken ? NULL : &ahead->queue[ahead->taken % QUEUE];
    *is_spoilt = ahead->is_spoilt;
    (void)pthread_mutex_unlock(&ahead->lock);
    return next;
}

static void give_back(struct seal_ahead *ahead, bool is_spoilt)
{
    (void)pthread_mutex_lock(&ahead->lock);
    ahead->taken++;
    ahead->is_spoilt |= is_spoilt;
    if (ahead->put - ahead->taken == QUEUE / 2)
        (void)pthread_cond_signal(&ahead->moved);
    (void)pthread_mutex_unlock(&ahead->lock);
}

static void *gather(void *context)
{
    struct seal_ahead *ahead = context;
    pinakes_error unwanted;
    bool is_spoilt = false;
    for (struct waiting *next; (next = next_waiting(ahead, &is_spoilt)) != NULL;) {
        const bool failed =
            !is_spoilt && seal_add_paper(ahead->writer, &next->paper, &next->analysis, &unwanted) != PINAKES_OK;
        give_back(ahead, failed);
    }
    return NULL;
}

/* ---- beginning and ending ---------------------------------------------------------------------------------- */

static bool has_second_core(void)
{
    cpu_set_t cores;
    return sched_getaffinity(0, sizeof cores, &cores) == 0 && CPU_COUNT(&cores) > 1;
}

struct seal_ahead *seal_ahead_begin(struct store *store)
{
    struct seal_ahead *ahead = calloc(1, sizeof *ahead);
    if (ahead == NULL)
        return NULL;
    (void)pthread_mutex_init(&ahead->lock, NULL);
    (void)pthread_cond_init(&ahead->moved, NULL);
    pinakes_error unwanted;
    char *path = seal_path(store);
    struct segment_writer_options options = {.analyzer = NULL};
    if (path != NULL && analyzer_create(&ahead->analyzer, &unwanted) == PINAKES_OK) {
        options.analyzer = ahead->analyzer;
        (void)segment_writer_create(path, &options, &ahead->writer, &unwanted);
    }
    free(path);
    ahead->is_spoilt = ahead->writer == NULL;
    ahead->has_thread =
        !ahead->is_spoilt && has_second_core() && pthread_create(&ahead->thread, NULL, gather, ahead) == 0;
    return ahead;
}

/* Lets the thread do what it has, and end. */
static void end_thread(struct seal_ahead *ahead)
{
    if (!ahead->has_thread)
        return;
    (void)pthread_mutex_lock(&ahead->lock);
    ahead->is_over = true;
    (void)pthread_cond_signal(&ahead->moved);
    (void)pthread_mutex_unlock(&ahead->lock);
    (void)pthread_join(ahead->thread, NULL);
    ahead->has_thread = false;
}

void seal_ahead_free(struct seal_ahead *ahead)
{
    if (ahead == NULL)
        return;
    seal_ahead_spoil(ahead);
    end_thread(ahead);
    segment_writer_free(ahead->writer);
    analyzer_free(ahead->analyzer);
    for (size_t i = 0; i < QUEUE; i++) {
        buffer_free(&ahead->queue[i].venue);
        analysis_free(&ahead->queue[i].analysis);
    }
    (void)pthread_cond_destroy(&ahead->moved);
    (void)pthread_mutex_destroy(&ahead->lock);
    free(ahead);
}

/* ---- papers ------------------------------------------------------------------------------------------------ */

void seal_ahead_spoil(struct seal_ahead *ahead)
{
    if (ahead == NULL)
        return;
    (void)pthread_mutex_lock(&ahead->lock);
    ahead->is_spoilt = true;
    (void)pthread_mutex_unlock(&ahead->lock);
}

/* The element behind the last one that waits, when there is room again; NULL when it would be for nothing. */
static struct waiting *wait_for_room(struct seal_ahead *ahead)
{
    (void)pthread_mutex_lock(&ahead->lock);
    while (ahead->put - ahead->taken == QUEUE)
        (void)pthread_cond_wait(&ahead->moved, &ahead->lock);
    struct waiting *room = ahead->is_spoilt ? NULL : &ahead->queue[ahead->put % QUEUE];
    (void)pthread_mutex_unlock(&ahead->lock);
    return room;
}

static void send(struct seal_ahead *ahead)
{
    (void)pthread_mutex_lock(&ahead->lock);
    ahead->put++;
    if (ahead->put - ahead->taken == 1)
        (void)pthread_cond_signal(&ahead->moved);
    (void)pthread_mutex_unlock(&ahead->lock);
}

static bool copy(struct waiting *to, const struct segment_paper *paper, const struct analysis *analysis)
{
    buffer_clear(&to->venue);
    buffer_add(&to->venue, paper->venue);
    to->paper = *paper;
    to->paper.venue = (struct span){to->venue.at, to->venue.len};
    return !to->venue.failed && analysis_copy(&to->analysis, analysis);
}

void seal_ahead_paper(struct seal_ahead *ahead, int64_t id, const struct paper *paper, const struct paper_draft *draft)
{
    if (ahead == NULL)
        return;
    struct waiting *room = wait_for_room(ahead);
    if (room == NULL)
        return;
    pinakes_error unwanted;
    const struct segment_paper row = {
        .id = id, .length = (uint32_t)draft->size.length, .year = paper->year, .venue = paper->venue};
    const bool is_added = ahead->has_thread
                              ? copy(room, &row, &draft->analysis)
                              : seal_add_paper(ahead->writer, &row, &draft->analysis, &unwanted) == PINAKES_OK;
    if (!is_added)
        seal_ahead_spoil(ahead);
    else if (ahead->has_thread)
        send(ahead);
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
        writer = ahead->is_spoilt ? NULL : ahead->writer;
        ahead->writer = writer == NULL ? ahead->writer : NULL;
    }
    seal_ahead_free(ahead);
    store->ahead = NULL;
    return writer;
}
