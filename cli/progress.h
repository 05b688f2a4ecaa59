/* A progress bar on standard error: only on a terminal, only for what takes longer than a second, and gone in the
 * end. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "pinakes.h"

#include <stdbool.h>
#include <stdint.h>

struct progress_bar {
    bool allowed;
    bool shown;
    int64_t drawn_at_us; /* took_us at the last drawing */
};

/* `quiet` forbids the bar. */
struct progress_bar progress_bar(bool quiet);

/* Draws the state of things, if it is time to. */
void progress_draw(struct progress_bar *bar, const pinakes_progress *progress);

/* Says in its place that what was begun is taken back: to give a file of gigabytes back to the disk takes seconds. */
void progress_stopping(struct progress_bar *bar);

/* Takes the bar off the screen, before another line is written and at the end. */
void progress_clear(struct progress_bar *bar);

/* A bar over a count that starts now; progress_watch_show() is a progress callback whose context is the watch. */
struct progress_watch {
    struct progress_bar bar;
    const char *things;
    int64_t start_us;
};

struct progress_watch progress_watch(bool quiet, const char *things);
bool progress_watch_show(void *context, uint64_t done, uint64_t total);
int64_t progress_watch_took_us(const struct progress_watch *watch);

#endif
