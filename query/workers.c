#include "query/workers.h"

#include "base/error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* What all workers share. */
struct shift {
    const struct workers *workers;
    worker_task *task;
    void *context;
    size_t task_count;
    atomic_size_t next, done;
    atomic_bool is_over; /* a task failed, or nobody wants the rest */
};

struct worker {
    struct shift *shift;
    unsigned number;
    pthread_t thread;
    pinakes_status status;
    pinakes_error error;
};

static bool goes_on(struct shift *shift)
{
    const struct workers *workers = shift->workers;
    return workers->progress == NULL || workers->progress(workers->progress_context, atomic_load(&shift->done));
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct shift *shift = worker->shift;
    while (worker->status == PINAKES_OK && !atomic_load(&shift->is_over)) {
        const size_t task = atomic_fetch_add(&shift->next, 1);
        if (task >= shift->task_count)
            break;
        worker->status = shift->task(shift->context, worker->number, task, &worker->error);
        atomic_fetch_add(&shift->done, 1);
        if (worker->status == PINAKES_OK && worker->number == 0 && !goes_on(shift))
            worker->status = error_set(&worker->error, PINAKES_CANCELLED, "stopped");
    }
    if (worker->status != PINAKES_OK)
        atomic_store(&shift->is_over, true);
    return NULL;
}

/* Starts all but the first; returns how many there are then. */
static unsigned start_others(struct worker *workers, unsigned count)
{
    for (unsigned i = 1; i < count; i++)
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            return i;
    return count;
}

pinakes_status workers_run(const struct workers *workers, size_t task_count, worker_task *task, void *context,
                           pinakes_error *error)
{
    struct shift shift = {.workers = workers, .task = task, .context = context, .task_count = task_count};
    const unsigned wanted = workers->count < task_count ? workers->count : (unsigned)task_count;
    struct worker *all = calloc(wanted > 0 ? wanted : 1, sizeof *all);
    if (all == NULL)
        return error_no_memory(error);
    for (unsigned i = 0; i < wanted; i++)
        all[i] = (struct worker){.shift = &shift, .number = i};
    all[0].shift = &shift;
    const unsigned started = start_others(all, wanted);
    (void)work(&all[0]);
    pinakes_status status = all[0].status;
    const struct worker *failed = &all[0];
    for (unsigned i = 1; i < started; i++) {
        (void)pthread_join(all[i].thread, NULL);
        if (status == PINAKES_OK && all[i].status != PINAKES_OK) {
            failed = &all[i];
            status = failed->status;
        }
    }
    if (status != PINAKES_OK)
        *error = failed->error;
    free(all);
    return status;
}
