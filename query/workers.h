/* The same work on many things at once. */
#ifndef QUERY_WORKERS_H
#define QUERY_WORKERS_H

#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>

/* Does task `task` (0, 1, 2, ...) as worker `worker`, which no other thread is meanwhile. */
typedef pinakes_status worker_task(void *context, unsigned worker, size_t task, pinakes_error *error);

struct workers {
    unsigned count; /* at least 1: the calling thread is one of them, number 0 */
    /* Called now and then by the calling thread with the number of tasks done; false stops. May be NULL. */
    bool (*progress)(void *context, size_t done);
    void *progress_context;
};

/* Does all tasks, in no order, and returns when all are done, or with the failure of one of them, or with
 * PINAKES_CANCELLED. Where the system refuses threads, fewer do the work. */
pinakes_status workers_run(const struct workers *workers, size_t task_count, worker_task *task, void *context,
                           pinakes_error *error);

#endif
