#include "indexer/sync_watch.h"

#include "base/clock.h"
#include "base/error.h"

enum { TELL_EVERY_US = 40000 };

void watch_start(struct sync_watch *watch, const pinakes_index_options *options)
{
    static const pinakes_index_options none = {0};
    *watch = (struct sync_watch){.options = options == NULL ? &none : options, .started_us = clock_now_us()};
}

int64_t watch_took_us(const struct sync_watch *watch)
{
    return clock_now_us() - watch->started_us;
}

pinakes_status watch_tick(struct sync_watch *watch, pinakes_error *error)
{
    if (watch->options->progress == NULL || watch_took_us(watch) - watch->told_us < TELL_EVERY_US)
        return PINAKES_OK;
    return watch_tell(watch, error);
}

pinakes_status watch_tell(struct sync_watch *watch, pinakes_error *error)
{
    if (watch->options->progress == NULL)
        return PINAKES_OK;
    watch->told_us = watch->progress.took_us = watch_took_us(watch);
    if (watch->options->progress(watch->options->context, &watch->progress))
        return PINAKES_OK;
    return error_set(error, PINAKES_CANCELLED, "stopped; the library is as it was");
}

void watch_notice(const struct sync_watch *watch, const char *file, uint32_t line, const char *message)
{
    if (watch->options->notice != NULL)
        watch->options->notice(watch->options->context, file, line, message);
}

void watch_fault(const struct sync_watch *watch, const char *file, uint32_t line, const char *message)
{
    if (watch->options->fault != NULL)
        watch->options->fault(watch->options->context, file, line, message);
    else
        watch_notice(watch, file, line, message);
}
