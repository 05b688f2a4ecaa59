#include "query/report.h"

#include "api/aliases.h"
#include "api/library.h"
#include "base/error.h"
#include "corpus/load.h"

#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 64, KEYWORDS_A_THREAD = 8 };

/* The public report and the memory all of it lives in. */
struct owned_report {
    pinakes_report report; /* first, so that one pointer is both */
    unsigned arena_count;
    struct arena arenas[];
};

/* One way into the library for each thread; the first is the caller's own. */
struct ways {
    unsigned count;
    struct engine *engines[THREADS_MAX];
    struct store *stores[THREADS_MAX]; /* opened here: all but the first */
};

static unsigned count_lines(struct span text, unsigned enough)
{
    unsigned lines = 1;
    for (size_t i = 0; i < text.len && lines < enough; i++)
        lines += text.at[i] == '\n' ? 1 : 0;
    return lines;
}

/* A thread more must have something to do: opening the library once more is not free. */
static unsigned thread_count(const pinakes_report_options *options, struct span text)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = options->threads;
    if (threads == 0)
        threads = processors > 0 && processors < THREADS_MAX ? (unsigned)processors : 1;
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    const unsigned useful = count_lines(text, threads * KEYWORDS_A_THREAD) / KEYWORDS_A_THREAD + 1;
    return threads < useful ? threads : useful;
}

static pinakes_status open_ways(pinakes_library *library, unsigned wanted, struct ways *ways, pinakes_error *error)
{
    pinakes_status status = library->engine == NULL ? engine_open(library->store, &library->engine, error) : PINAKES_OK;
    if (status != PINAKES_OK)
        return status;
    ways->engines[0] = library->engine;
    ways->count = 1;
    while (ways->count < wanted && status == PINAKES_OK) {
        const unsigned at = ways->count;
        status = store_open(store_path(library->store), PINAKES_READ, &ways->stores[at], error);
        if (status == PINAKES_OK)
            status = engine_open(ways->stores[at], &ways->engines[at], error);
        ways->count++;
    }
    return status;
}

static void close_ways(struct ways *ways)
{
    for (unsigned i = 1; i < ways->count; i++) {
        engine_close(ways->engines[i]);
        store_close(ways->stores[i]);
    }
}

static pinakes_status make(pinakes_library *library, const char *name, struct span text,
                           const pinakes_report_options *options, pinakes_report **out, pinakes_error *error)
{
    const unsigned wanted = thread_count(options, text);
    struct ways ways = {0};
    struct owned_report *owned = calloc(1, sizeof *owned + wanted * sizeof owned->arenas[0]);
    if (owned == NULL)
        return error_no_memory(error);
    owned->arena_count = wanted;
    pinakes_status status = open_ways(library, wanted, &ways, error);
    for (unsigned i = 0; i < ways.count && status == PINAKES_OK; i++)
        status = aliases_use(ways.engines[i], NULL, &owned->arenas[i], error);
    if (status == PINAKES_OK)
        status = report_run(ways.engines, ways.count, name, text, options, owned->arenas, &owned->report, error);
    if (ways.count > 0)
        engine_use_aliases(ways.engines[0], NULL);
    close_ways(&ways);
    if (status == PINAKES_OK)
        *out = &owned->report;
    else
        pinakes_report_free(&owned->report);
    return status;
}

pinakes_status pinakes_make_report(pinakes_library *library, const char *name, const char *text, size_t bytes,
                                   const pinakes_report_options *options, pinakes_report **out, pinakes_error *error)
{
    static const pinakes_report_options usual = {0};
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct loaded loaded;
    pinakes_status status = load_bytes((struct span){text, bytes}, &loaded, told);
    if (status != PINAKES_OK)
        return status;
    if (loaded.outcome == LOAD_TEXT)
        status = make(library, name, loaded.text, options == NULL ? &usual : options, out, told);
    else if (bytes == 0)
        status = error_set(told, PINAKES_BAD_INPUT, "%s: it is empty; write one keyword a line", name);
    else
        status = error_set(told, PINAKES_BAD_INPUT, "%s: no keywords can be read from it: %s", name, loaded.message);
    loaded_free(&loaded);
    return status;
}

void pinakes_report_free(pinakes_report *report)
{
    struct owned_report *owned = (struct owned_report *)report;
    if (owned == NULL)
        return;
    for (unsigned i = 0; i < owned->arena_count; i++)
        arena_free(&owned->arenas[i]);
    free(owned);
}
