/* Telling the caller how far a run is, and asking whether to go on. */
#ifndef INDEXER_SYNC_WATCH_H
#define INDEXER_SYNC_WATCH_H

#include "pinakes.h"

#include <stdbool.h>
#include <stdint.h>

struct sync_watch {
    const pinakes_index_options *options;
    pinakes_progress progress;
    int64_t started_us, told_us;
};

/* Begins to count and to measure; `options` must outlive it. */
void watch_start(struct sync_watch *watch, const pinakes_index_options *options);

/* Microseconds since the start. */
int64_t watch_took_us(const struct sync_watch *watch);

/* Tells the caller, if it is time to; PINAKES_CANCELLED when the caller wants to stop. */
pinakes_status watch_tick(struct sync_watch *watch, pinakes_error *error);

/* The same, whatever the time. */
pinakes_status watch_tell(struct sync_watch *watch, pinakes_error *error);

/* Hands a notice to the caller. */
void watch_notice(const struct sync_watch *watch, const char *file, uint32_t line, const char *message);

/* The same of a record that is passed over. */
void watch_fault(const struct sync_watch *watch, const char *file, uint32_t line, const char *message);

#endif
