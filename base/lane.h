/* Two threads that pass things on, one way: a ring of places whose contents are the caller's. Each place belongs to one
 * side at a time, so that what is in it needs no lock. */
#ifndef BASE_LANE_H
#define BASE_LANE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { LANE_PLACES = 64 };
#define LANE_NONE ((size_t)-1)

struct lane {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    size_t put, taken;               /* of all things passed on */
    size_t bytes[LANE_PLACES], held; /* of what is under way */
    bool is_ended, is_stopped;
};

void lane_init(struct lane *lane);
void lane_destroy(struct lane *lane);

/* Whether this process may run on two cores at once. */
bool lane_pays(void);

/* For the side that gives: a place to fill, when there is one and not too much is under way; LANE_NONE when the other
 * side has stopped. Then lane_put() with about how many bytes are in it, or nothing. lane_end() when nothing more will
 * come. */
size_t lane_room(struct lane *lane);
void lane_put(struct lane *lane, size_t bytes);
void lane_end(struct lane *lane);

/* For the side that takes: the place that was filled first; LANE_NONE when all was taken and nothing more will come.
 * Then lane_free() when it may be filled again. lane_stop() when nothing more is wanted. */
size_t lane_next(struct lane *lane);
void lane_free(struct lane *lane);
void lane_stop(struct lane *lane);

#endif
