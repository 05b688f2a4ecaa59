#include "api/answer.h"

#include "base/clock.h"
#include "base/error.h"

#include <stdlib.h>

struct owned_results {
    pinakes_results results; /* first, so that one pointer is both */
    struct arena arena;
};

pinakes_status answer_make(pinakes_library *library, answer_run *run, const void *question, pinakes_results **out,
                           pinakes_error *error)
{
    const int64_t start_us = clock_now_us();
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct owned_results *owned = calloc(1, sizeof *owned);
    if (owned == NULL)
        return error_no_memory(error);
    pinakes_status status = library->engine == NULL ? engine_open(library->store, &library->engine, told) : PINAKES_OK;
    if (status == PINAKES_OK)
        status = run(library->engine, question, &owned->arena, &owned->results, told);
    if (status != PINAKES_OK) {
        pinakes_results_free(&owned->results);
        return status;
    }
    const char *notice = engine_complaint(library->engine);
    owned->results.notice = notice == NULL ? NULL : arena_string(&owned->arena, span_of(notice));
    owned->results.took_us = clock_now_us() - start_us;
    *out = &owned->results;
    return PINAKES_OK;
}

void pinakes_results_free(pinakes_results *results)
{
    struct owned_results *owned = (struct owned_results *)results;
    if (owned == NULL)
        return;
    arena_free(&owned->arena);
    free(owned);
}
