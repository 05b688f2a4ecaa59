#include "cli/progress.h"

#include "base/clock.h"
#include "cli/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_AFTER_US = 1000000,
    REDRAW_AFTER_US = 100000,
    BAR_COLUMNS = 20,
    LINE_BYTES = 256,
};

struct progress_bar progress_bar(bool quiet)
{
    const char *term = getenv("TERM");
    const bool obeys = term && strcmp(term, "dumb") != 0;
    return (struct progress_bar){.allowed = !quiet && obeys && terminal_of(stderr, COLOR_NEVER).is_terminal};
}

/* The share done, 0 to 1: by bytes, since files differ in size, by files when nothing is known of bytes. */
static double share_done(const pinakes_progress *progress)
{
    if (progress->papers_total > 0) {
        return (double)progress->papers / (double)progress->papers_total;
    }
    if (progress->bytes_total > 0) {
        const double share = (double)progress->bytes_done / (double)progress->bytes_total;
        return share < 1 ? share : 1;
    }
    return progress->files_total > 0 ? (double)progress->files_done / (double)progress->files_total : 0;
}

static int format_time_left(char *out, size_t bytes, double seconds)
{
    const unsigned whole = (unsigned)(seconds + 0.5);
    if (whole >= 3600) {
        return snprintf(out, bytes, " · %u h %u min left", whole / 3600, whole % 3600 / 60);
    }
    if (whole >= 60) {
        return snprintf(out, bytes, " · %u min %u s left", whole / 60, whole % 60);
    }
    return snprintf(out, bytes, " · %u s left", whole);
}

static int format_bar(char *out, size_t bytes, double share)
{
    const int full = (int)(share * BAR_COLUMNS);
    int length = 0;
    for (int i = 0; i < BAR_COLUMNS; i++) {
        length += snprintf(out + length, bytes - (size_t)length, "%s", i < full ? "█" : "░");
    }
    return length + snprintf(out + length, bytes - (size_t)length, " %3d %% · ", (int)(share * 100));
}

/* Standard input may be of any size: of a run that reads nothing else no share can be told. */
static void format_line(char *out, size_t bytes, const pinakes_progress *progress)
{
    const double seconds = (double)progress->took_us / 1e6;
    if (progress->files_total == 0 && progress->papers_total == 0) {
        snprintf(out, bytes, "looking for files: %" PRIu64, progress->files_done);
        return;
    }
    const bool is_open_ended = progress->papers_total == 0 && progress->bytes_total == 0 && progress->files_total == 1;
    const double share = share_done(progress);
    int length = is_open_ended ? 0 : format_bar(out, bytes, share);
    length += snprintf(out + length, bytes - (size_t)length, "%" PRIu64 " papers%s · %.0f papers/s", progress->papers,
                       progress->papers_total > 0 ? " sealed" : "", (double)progress->papers / seconds);
    if (progress->papers_total == 0 && progress->files_done == progress->files_total) {
        snprintf(out + length, bytes - (size_t)length, " · all read, finishing");
    } else if (share > 0.01) {
        format_time_left(out + length, bytes - (size_t)length, seconds * (1 - share) / share);
    }
}

/* Whether it is time to draw, after `took_us`; what comes last is drawn whenever it comes. */
static bool is_due(const struct progress_bar *bar, int64_t took_us, bool is_last)
{
    return bar->allowed && took_us >= FIRST_AFTER_US && (took_us - bar->drawn_at_us >= REDRAW_AFTER_US || is_last);
}

/* The line must never be wrapped by a narrow terminal: a second line could not be taken back. */
static void draw(struct progress_bar *bar, const char *line, int64_t took_us)
{
    fprintf(stderr, "\r\033[?7l%s\033[K\033[?7h", line);
    fflush(stderr);
    bar->shown = true;
    bar->drawn_at_us = took_us;
}

void progress_draw(struct progress_bar *bar, const pinakes_progress *progress)
{
    const bool is_last = progress->files_total > 0 && progress->files_done == progress->files_total;
    char line[LINE_BYTES];
    if (is_due(bar, progress->took_us, is_last)) {
        format_line(line, sizeof line, progress);
        draw(bar, line, progress->took_us);
    }
}

void progress_stopping(struct progress_bar *bar)
{
    if (bar->shown) {
        draw(bar, "stopping: taking back what was begun", bar->drawn_at_us);
    }
}

/* As progress_draw(), for what is counted in something else: `done` of `total` of `things`. */
static void draw_count(struct progress_bar *bar, uint64_t done, uint64_t total, const char *things, int64_t took_us)
{
    char line[LINE_BYTES];
    if (!is_due(bar, took_us, false) || total == 0) {
        return;
    }
    const double share = (double)done / (double)total, seconds = (double)took_us / 1e6;
    int length = format_bar(line, sizeof line, share);
    length +=
        snprintf(line + length, sizeof line - (size_t)length, "%" PRIu64 " of %" PRIu64 " %s", done, total, things);
    if (share > 0.01) {
        format_time_left(line + length, sizeof line - (size_t)length, seconds * (1 - share) / share);
    }
    draw(bar, line, took_us);
}

void progress_clear(struct progress_bar *bar)
{
    if (bar->shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        bar->shown = false;
    }
}

struct progress_watch progress_watch(bool quiet, const char *things)
{
    return (struct progress_watch){.bar = progress_bar(quiet), .things = things, .start_us = clock_now_us()};
}

bool progress_watch_show(void *context, uint64_t done, uint64_t total)
{
    struct progress_watch *watch = context;
    draw_count(&watch->bar, done, total, watch->things, progress_watch_took_us(watch));
    return true;
}

int64_t progress_watch_took_us(const struct progress_watch *watch)
{
    return clock_now_us() - watch->start_us;
}
