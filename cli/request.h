/* What a command line asks the library to search for. */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include "cli/options.h"
#include "cli/program.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>

/* The options of `pinakes search`, `related` and `export`, in an order in which each has a run of its own: of related
 * work alone is the first, of a search alone the last, and an export shows no evidence, scores and counts. */
enum {
    REQUEST_SPECS = 16,
    REQUEST_RELATED_SPECS = 10,
    REQUEST_SEARCH_FIRST = 1,
    REQUEST_SEARCH_SPECS = REQUEST_SPECS - REQUEST_SEARCH_FIRST,
    REQUEST_EXPORT_FIRST = 3,
    REQUEST_EXPORT_SPECS = REQUEST_SPECS - 1 - REQUEST_EXPORT_FIRST,
};
extern const struct option_spec request_specs[REQUEST_SPECS];

/* What --sort takes, NULL at the end. */
extern const char *const request_sort_names[];

/* What the command line asks for. */
struct request {
    pinakes_search_options search;
    const char **topics; /* owned, as venues */
    const char **venues;
    size_t topic_capacity, venue_capacity;
    size_t page;
    bool hide_evidence;
    const char *draft; /* the file --text names; NULL: none */
    char *query;       /* owned */
};

/* Reads the rest of the command line. False, after a line about the mistake, when nothing is to be searched for:
 * `program->exit_status` is the status to end with. Otherwise `*request` is released with request_free(). */
bool request_read(struct request *request, struct program *program, struct options *options);
void request_free(struct request *request);

/* Whether --topic, --venue or --year leave papers out. */
bool request_is_filtered(const struct request *request);

/* Which of them do, as "--venue and --year"; freed by the caller. NULL when none does. */
char *request_filter_names(const struct request *request);

#endif
