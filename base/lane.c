#include "base/lane.h"

#include <sched.h>

/* Of what is under way; a single thing may be larger. */
#define MOST_BYTES ((size_t)16 << 20)

void lane_init(struct lane *lane)
{
    *lane = (struct lane){.put = 0};
    (void)pthread_mutex_init(&lane->lock, NULL);
    (void)pthread_cond_init(&lane->moved, NULL);
}

void lane_destroy(struct lane *lane)
{
    (void)pthread_cond_destroy(&lane->moved);
    (void)pthread_mutex_destroy(&lane->lock);
}

bool lane_pays(void)
{
    cpu_set_t cores;
    return sched_getaffinity(0, sizeof cores, &cores) == 0 && CPU_COUNT(&cores) > 1;
}

static bool is_full(const struct lane *lane)
{
    return lane->put - lane->taken == LANE_PLACES || (lane->put > lane->taken && lane->held > MOST_BYTES);
}

size_t lane_room(struct lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    while (is_full(lane) && !lane->is_stopped)
        (void)pthread_cond_wait(&lane->moved, &lane->lock);
    const size_t place = lane->is_stopped ? LANE_NONE : lane->put % LANE_PLACES;
    (void)pthread_mutex_unlock(&lane->lock);
    return place;
}

/* The other side sleeps only when there was nothing. */
void lane_put(struct lane *lane, size_t bytes)
{
    (void)pthread_mutex_lock(&lane->lock);
    lane->bytes[lane->put % LANE_PLACES] = bytes;
    lane->held += bytes;
    lane->put++;
    if (lane->put - lane->taken == 1)
        (void)pthread_cond_signal(&lane->moved);
    (void)pthread_mutex_unlock(&lane->lock);
}

void lane_end(struct lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    lane->is_ended = true;
    (void)pthread_cond_signal(&lane->moved);
    (void)pthread_mutex_unlock(&lane->lock);
}

size_t lane_next(struct lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    while (lane->put == lane->taken && !lane->is_ended)
        (void)pthread_cond_wait(&lane->moved, &lane->lock);
    const size_t place = lane->put == lane->taken ? LANE_NONE : lane->taken % LANE_PLACES;
    (void)pthread_mutex_unlock(&lane->lock);
    return place;
}

/* The other side, when it sleeps, is woken once half of what was under way is done: threads that wake each other for
 * every thing do little else. */
void lane_free(struct lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    lane->held -= lane->bytes[lane->taken % LANE_PLACES];
    lane->taken++;
    const size_t under_way = lane->put - lane->taken;
    if (under_way == LANE_PLACES / 2 || under_way == 0 || (under_way < LANE_PLACES / 2 && lane->held <= MOST_BYTES))
        (void)pthread_cond_signal(&lane->moved);
    (void)pthread_mutex_unlock(&lane->lock);
}

void lane_stop(struct lane *lane)
{
    (void)pthread_mutex_lock(&lane->lock);
    lane->is_stopped = true;
    (void)pthread_cond_signal(&lane->moved);
    (void)pthread_mutex_unlock(&lane->lock);
}
