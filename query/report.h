/* The keyword report: what a library has on each of many keywords, and what they have to do with each other. */
#ifndef QUERY_REPORT_H
#define QUERY_REPORT_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"
#include "query/engine.h"

/* pinakes_make_report() over one library, which every engine has opened for itself. Engine 0 is the calling thread's;
 * one whose library is at another generation than its is not used. `text` is UTF-8, `options` not NULL. There is an
 * arena for each engine, all empty: `*out` lives in them together. */
pinakes_status report_run(struct engine *const *engines, unsigned engine_count, const char *name, struct span text,
                          const pinakes_report_options *options, struct arena *arenas, pinakes_report *out,
                          pinakes_error *error);

/* Different keywords beyond which pairs of them are not looked at. */
enum { OVERLAP_KEYWORDS_MAX = 5000 };

#endif
