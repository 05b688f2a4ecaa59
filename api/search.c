#include "query/search.h"

#include "api/library.h"
#include "base/error.h"

#include <stdlib.h>
#include <time.h>

/* The public results and the memory all of them lives in. */
struct search_results {
    pinakes_results results; /* first, so that one pointer is both */
    struct arena arena;
};

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

pinakes_status pinakes_search(pinakes_library *library, const char *query, const pinakes_search_options *options,
                              pinakes_results **out, pinakes_error *error)
{
    static const pinakes_search_options usual = {0};
    const int64_t start_us = now_us();
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct search_results *results = calloc(1, sizeof *results);
    if (results == NULL)
        return error_no_memory(error);
    pinakes_status status = library->engine == NULL ? engine_open(library->store, &library->engine, told) : PINAKES_OK;
    if (status == PINAKES_OK)
        status = search_run(library->engine, query, options == NULL ? &usual : options, &results->arena,
                            &results->results, told);
    if (status != PINAKES_OK) {
        pinakes_results_free(&results->results);
        return status;
    }
    results->results.took_us = now_us() - start_us;
    *out = &results->results;
    return PINAKES_OK;
}

void pinakes_results_free(pinakes_results *results)
{
    struct search_results *whole = (struct search_results *)results;
    if (whole == NULL)
        return;
    arena_free(&whole->arena);
    free(whole);
}
