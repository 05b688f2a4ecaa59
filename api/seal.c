#include "indexer/seal.h"
#include "api/library.h"
#include "base/clock.h"

#include <stdlib.h>
#include <sys/stat.h>

struct seal_run {
    bool (*progress)(void *context, const pinakes_progress *progress);
    void *context;
    int64_t started_us;
    uint64_t papers;
};

static bool tell(void *context, const struct seal_progress *at)
{
    struct seal_run *run = context;
    const pinakes_progress progress = {
        .papers = at->papers_done, .papers_total = at->papers_total, .took_us = clock_now_us() - run->started_us};
    run->papers = at->papers_total;
    return run->progress == NULL || run->progress(run->context, &progress);
}

static uint64_t segment_bytes(const struct store *store)
{
    struct stat file;
    char *path = seal_path(store);
    const uint64_t bytes = path != NULL && stat(path, &file) == 0 ? (uint64_t)file.st_size : 0;
    free(path);
    return bytes;
}

pinakes_status pinakes_seal(pinakes_library *library, pinakes_seal_when when,
                            bool (*progress)(void *context, const pinakes_progress *progress), void *context,
                            pinakes_seal_summary *summary, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct seal_run run = {.progress = progress, .context = context, .started_us = clock_now_us()};
    bool is_worth_it = true;
    pinakes_status status = PINAKES_OK;
    if (when == PINAKES_SEAL_WHEN_IT_PAYS)
        status = seal_is_worth_it(library->store, &is_worth_it, told);
    if (status == PINAKES_OK && is_worth_it)
        status = seal_library(library->store, tell, &run, told);
    if (status == PINAKES_OK && summary != NULL)
        *summary = (pinakes_seal_summary){.sealed = is_worth_it,
                                          .papers = run.papers,
                                          .bytes = segment_bytes(library->store),
                                          .took_us = clock_now_us() - run.started_us};
    return status;
}

pinakes_status pinakes_get_stats(pinakes_library *library, pinakes_stats *out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct seal_state state = {0};
    pinakes_status status = store_get_stats(library->store, out, told);
    if (status == PINAKES_OK)
        status = seal_state(library->store, &state, told);
    if (status != PINAKES_OK || !state.is_sealed)
        return status;
    out->segment_bytes = segment_bytes(library->store);
    return seal_pending(library->store, &state, &out->papers_unsealed, told);
}

pinakes_status pinakes_verify(pinakes_library *library, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    const pinakes_status status = store_verify(library->store, told);
    return status == PINAKES_OK ? seal_verify(library->store, told) : status;
}
