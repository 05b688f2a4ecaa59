/* What a person is told on standard error about what a query found: of search, related and export. */
#ifndef CLI_VERDICT_H
#define CLI_VERDICT_H

#include "cli/program.h"
#include "cli/request.h"
#include "pinakes.h"

#include <stdbool.h>

/* Not with --quiet; JSON tells it itself. */
bool verdict_is_told(const struct program *program);

/* How the query was widened: to papers with some of the words, to acronyms and aliases. */
void verdict_tell_reading(const struct program *program, const pinakes_results *results);

/* Why nothing was found. */
void verdict_tell_nothing(const struct program *program, pinakes_library *library, const struct request *request,
                          const pinakes_results *results);

/* Says so when the library holds no papers at all; false when it does. */
bool verdict_tell_empty(const struct program *program, const pinakes_results *results);

/* Which topics of --topic there are not, and from which venues of --venue no paper is. */
void verdict_tell_filters(pinakes_library *library, const struct request *request);

#endif
