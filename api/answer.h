/* The public results of a question, however it was asked, and the memory they live in. */
#ifndef API_ANSWER_H
#define API_ANSWER_H

#include "api/library.h"
#include "base/arena.h"

/* What finds the answer: fills `*out`, all of it in `arena`, but took_us. */
typedef pinakes_status answer_run(struct engine *engine, const void *question, struct arena *arena,
                                  pinakes_results *out, pinakes_error *error);

/* Opens the engine if need be, runs `run` and times it. `*out` is released with pinakes_results_free(). */
pinakes_status answer_make(pinakes_library *library, answer_run *run, const void *question, pinakes_results **out,
                           pinakes_error *error);

#endif
