#include "api/answer.h"

#include "api/owned.h"
#include "base/clock.h"
#include "base/error.h"

pinakes_status answer_make(pinakes_library *library, answer_run *run, const void *question, pinakes_results **out,
                           pinakes_error *error)
{
    const int64_t start_us = clock_now_us();
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_results *results = owned_create(sizeof *results);
    if (results == NULL)
        return error_no_memory(error);
    pinakes_status status = library->engine == NULL ? engine_open(library->store, &library->engine, told) : PINAKES_OK;
    if (status == PINAKES_OK)
        status = run(library->engine, question, owned_arena(results), results, told);
    if (status != PINAKES_OK) {
        owned_free(results);
        return status;
    }
    const char *notice = engine_complaint(library->engine);
    results->notice = notice == NULL ? NULL : arena_string(owned_arena(results), span_of(notice));
    results->took_us = clock_now_us() - start_us;
    *out = results;
    return PINAKES_OK;
}

void pinakes_results_free(pinakes_results *results)
{
    owned_free(results);
}
