#include "api/library.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/error.h"
#include "indexer/folder_watch.h"
#include "indexer/roots.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum {
    SETTLE_US = 200000,       /* without another change before one is applied */
    LONGEST_WAIT_US = 700000, /* while there always is another one */
    RETRY_US = 500000,        /* after another process was writing, or the disk was full */
    IDLE_MS = 1000,
    POLL_US = 2000000,
    FRESH_NS = 1000000000, /* while polling, a file stamped so lately may still be written */
    WRITER_PATIENCE_MS = 200,
    ARMINGS = 8, /* rounds until no folder is new; the next change goes on from there */
};

struct watching {
    pinakes_library *library;
    const char *const *paths;
    size_t path_count;
    const pinakes_watch_options *options;
    struct folder_watch *folders; /* NULL while polling */
    char *library_path;
    struct buffer told, telling;                          /* notices of the last round and of this one, a line each */
    char trouble[sizeof((pinakes_error *)NULL)->message]; /* the last one told */
};

/* ---- what is told ------------------------------------------------------------------------------------------- */

static bool goes_on(const struct watching *watching)
{
    return watching->options->go_on == NULL || watching->options->go_on(watching->options->context);
}

static void tell(const struct watching *watching, const char *file, uint32_t line, const char *message)
{
    if (watching->options->notice != NULL)
        watching->options->notice(watching->options->context, file, line, message);
}

/* What was told in the round before is not told again. */
static void on_notice(void *context, const char *file, uint32_t line, const char *message)
{
    struct watching *watching = context;
    struct buffer whole = {0};
    buffer_format(&whole, "\n%s:%u:%s\n", file, (unsigned)line, message);
    if (whole.failed || watching->told.len == 0 || strstr(watching->told.at, whole.at) == NULL)
        tell(watching, file, line, message);
    if (!whole.failed)
        buffer_add_text(&watching->telling, whole.at);
    buffer_free(&whole);
}

static void end_round(struct watching *watching)
{
    const struct buffer empty = watching->told;
    watching->told = watching->telling;
    watching->telling = empty;
    buffer_clear(&watching->telling);
}

/* A failure is told once; the next success forgets it. */
static void tell_trouble(struct watching *watching, const pinakes_error *error)
{
    if (strcmp(watching->trouble, error->message) == 0)
        return;
    (void)snprintf(watching->trouble, sizeof watching->trouble, "%s", error->message);
    tell(watching, store_path(watching->library->store), 0, error->message);
}

static bool on_progress(void *context, const pinakes_progress *progress)
{
    (void)progress;
    return goes_on(context);
}

static bool on_leave(void *context, const char *path)
{
    const struct watching *watching = context;
    struct timespec now;
    struct stat file;
    if (watching->folders != NULL)
        return folder_watch_is_written(watching->folders, path);
    if (stat(path, &file) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0)
        return false;
    const int64_t age_ns =
        ((int64_t)now.tv_sec - file.st_mtim.tv_sec) * 1000000000 + now.tv_nsec - file.st_mtim.tv_nsec;
    return age_ns >= 0 && age_ns < FRESH_NS;
}

/* ---- watching folders --------------------------------------------------------------------------------------- */

static pinakes_status list_paths(struct watching *watching, struct arena *arena, struct walk_list *out,
                                 pinakes_error *error)
{
    struct root_list roots = {0};
    if (watching->path_count > 0)
        return walk_paths(arena, watching->paths, watching->path_count, NULL, NULL, NULL, out, error);
    const pinakes_status status = roots_read(watching->library->store, arena, &roots, error);
    if (status != PINAKES_OK)
        return status;
    const char **paths = arena_array(arena, roots.count + 1, sizeof *paths);
    for (size_t i = 0; paths != NULL && i < roots.count; i++)
        paths[i] = roots.items[i].path;
    return paths == NULL ? error_no_memory(error) : walk_paths(arena, paths, roots.count, NULL, NULL, NULL, out, error);
}

static void poll_instead(struct watching *watching, const pinakes_error *why)
{
    folder_watch_close(watching->folders);
    watching->folders = NULL;
    pinakes_error line;
    (void)error_set(&line, PINAKES_IO, "%s; looking at the files every %d seconds instead", why->message,
                    POLL_US / 1000000);
    tell(watching, "watch", 0, line.message);
}

/* Watches every folder there is, before a run looks at what is in them: what changes later is heard of. */
static pinakes_status arm(struct watching *watching, pinakes_error *error)
{
    bool grew = true;
    pinakes_status status = PINAKES_OK;
    for (int i = 0; i < ARMINGS && grew && watching->folders != NULL && status == PINAKES_OK; i++) {
        struct arena arena = {0};
        struct walk_list list;
        pinakes_error why;
        status = list_paths(watching, &arena, &list, error);
        if (status == PINAKES_OK && folder_watch_set(watching->folders, &list, &grew, &why) != PINAKES_OK)
            poll_instead(watching, &why);
        arena_free(&arena);
    }
    return status;
}

/* ---- applying ----------------------------------------------------------------------------------------------- */

static pinakes_status index_once(struct watching *watching, bool refresh, pinakes_index_summary *summary,
                                 pinakes_error *error)
{
    const pinakes_index_options index = {.format = watching->options->format,
                                         .keep_going = watching->options->keep_going,
                                         .strict = watching->options->strict,
                                         .pdf = watching->options->pdf && !refresh,
                                         .refresh = refresh,
                                         .leave = refresh ? on_leave : NULL,
                                         .progress = on_progress,
                                         .notice = on_notice,
                                         .context = watching};
    return pinakes_index(watching->library, watching->paths, watching->path_count, &index, summary, error);
}

static void seal(struct watching *watching)
{
    pinakes_error error;
    const pinakes_status status =
        pinakes_seal(watching->library, PINAKES_SEAL_WHEN_IT_PAYS, on_progress, watching, NULL, &error);
    if (status != PINAKES_OK && status != PINAKES_BUSY && status != PINAKES_CANCELLED)
        tell_trouble(watching, &error);
}

/* False when it has to be tried again. */
static bool apply(struct watching *watching)
{
    pinakes_index_summary summary;
    pinakes_error error;
    const uint64_t generation = store_generation(watching->library->store);
    pinakes_status status = arm(watching, &error);
    if (status == PINAKES_OK)
        status = index_once(watching, true, &summary, &error);
    end_round(watching);
    if (status == PINAKES_CANCELLED)
        return true;
    if (status != PINAKES_OK) {
        tell_trouble(watching, &error);
        return false;
    }
    watching->trouble[0] = '\0';
    if (summary.generation != generation) {
        if (watching->options->applied != NULL)
            watching->options->applied(watching->options->context, &summary);
        seal(watching);
    }
    return true;
}

/* ---- waiting ------------------------------------------------------------------------------------------------ */

/* When something was heard of, and when to act on it; 0: nothing was. */
struct pending {
    int64_t first_us, last_us, retry_us;
};

static int64_t due_us(const struct pending *pending)
{
    const int64_t settled = pending->last_us + SETTLE_US, longest = pending->first_us + LONGEST_WAIT_US;
    const int64_t due = settled < longest ? settled : longest;
    return due > pending->retry_us ? due : pending->retry_us;
}

static int wait_ms(const struct pending *pending)
{
    if (pending->first_us == 0)
        return IDLE_MS;
    const int64_t left_us = due_us(pending) - clock_now_us();
    return left_us <= 0 ? 0 : left_us < IDLE_MS * 1000 ? (int)(left_us / 1000) + 1 : IDLE_MS;
}

/* While polling every round is a change, and the time between them is the wait. */
static bool hear(struct watching *watching, int timeout_ms, int64_t applied_us)
{
    if (watching->folders != NULL)
        return folder_watch_wait(watching->folders, timeout_ms);
    (void)poll(NULL, 0, timeout_ms);
    return clock_now_us() - applied_us >= POLL_US;
}

static void go_on_watching(struct watching *watching)
{
    struct pending pending = {0};
    int64_t applied_us = clock_now_us();
    while (goes_on(watching)) {
        const bool changed = hear(watching, wait_ms(&pending), applied_us);
        const int64_t now_us = clock_now_us();
        if (changed) {
            pending.first_us = pending.first_us == 0 ? now_us : pending.first_us;
            pending.last_us = watching->folders == NULL ? 0 : now_us;
        }
        if (pending.first_us == 0 || now_us < due_us(&pending) || !goes_on(watching))
            continue;
        const bool done = apply(watching);
        applied_us = clock_now_us();
        if (done)
            pending = (struct pending){0};
        else
            pending.retry_us = applied_us + RETRY_US;
    }
}

static pinakes_status start(struct watching *watching, pinakes_error *error)
{
    pinakes_index_summary summary;
    pinakes_error why;
    watching->library_path = realpath(store_path(watching->library->store), NULL);
    if (watching->library_path == NULL)
        return error_set(error, PINAKES_IO, "%s: %s", store_path(watching->library->store), strerror(errno));
    if (!watching->options->poll && folder_watch_open(watching->library_path, &watching->folders, &why) != PINAKES_OK)
        poll_instead(watching, &why);
    pinakes_status status = arm(watching, error);
    if (status == PINAKES_OK)
        status = index_once(watching, watching->path_count == 0, &summary, error);
    end_round(watching);
    if (status == PINAKES_OK && watching->options->applied != NULL)
        watching->options->applied(watching->options->context, &summary);
    if (status == PINAKES_OK)
        seal(watching);
    return status;
}

pinakes_status pinakes_watch(pinakes_library *library, const char *const *paths, size_t path_count,
                             const pinakes_watch_options *options, pinakes_error *error)
{
    static const pinakes_watch_options usual = {0};
    pinakes_error unwanted;
    struct watching watching = {
        .library = library, .paths = paths, .path_count = path_count, .options = options == NULL ? &usual : options};
    pinakes_status status = start(&watching, error == NULL ? &unwanted : error);
    if (status == PINAKES_OK) {
        store_set_patience(library->store, WRITER_PATIENCE_MS);
        go_on_watching(&watching);
        store_set_patience(library->store, STORE_PATIENCE_MS);
    }
    folder_watch_close(watching.folders);
    free(watching.library_path);
    buffer_free(&watching.told);
    buffer_free(&watching.telling);
    return status == PINAKES_CANCELLED ? PINAKES_OK : status;
}
