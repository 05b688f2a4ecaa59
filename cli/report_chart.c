#include "cli/report_chart.h"

#include <inttypes.h>
#include <stdlib.h>

/* In the units of the drawing, which is scaled to the room there is. */
enum { WIDTH = 352, HEIGHT = 92, TOP = 16, BASE = 74, LABEL_Y = 88, WIDEST_BAR = 28 };

static uint64_t largest(const pinakes_matrix *matrix, size_t row)
{
    uint64_t most = 0;
    for (size_t i = 0; i < matrix->column_count; i++) {
        const uint64_t count = matrix->counts[row * matrix->column_count + i];
        most = count > most ? count : most;
    }
    return most;
}

/* How years become places. */
struct scale {
    long first, last;
    double step; /* from one year to the next */
    double bar;
};

static struct scale scale_of(const pinakes_matrix *years)
{
    struct scale scale = {.first = strtol(years->columns[0], NULL, 10),
                          .last = strtol(years->columns[years->column_count - 1], NULL, 10)};
    scale.step = (double)WIDTH / (double)(scale.last - scale.first + 1);
    scale.bar = scale.step * 0.8 < WIDEST_BAR ? scale.step * 0.8 : WIDEST_BAR;
    return scale;
}

static double middle_of(const struct scale *scale, long year)
{
    return ((double)(year - scale->first) + 0.5) * scale->step;
}

static void put_bar(FILE *out, const struct scale *scale, const char *year, uint64_t count, uint64_t most)
{
    const double middle = middle_of(scale, strtol(year, NULL, 10));
    const double height = (double)(BASE - TOP) * (double)count / (double)most;
    fprintf(out,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"1.5\"><title>%s: %" PRIu64
            " paper%s</title></rect>",
            middle - scale->bar / 2, BASE - height, scale->bar, height, year, count, count == 1 ? "" : "s");
    if (count == most || scale->step >= WIDEST_BAR) {
        fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%" PRIu64 "</text>", middle, BASE - height - 4,
                count);
    }
}

/* The first and the last year, and those between that have room. */
static void put_years(FILE *out, const struct scale *scale)
{
    enum { YEAR_WIDTH = 44 };
    const long every = (long)(YEAR_WIDTH / scale->step) + 1;
    for (long year = scale->first; year <= scale->last; year++) {
        const bool is_end = year == scale->first || year == scale->last;
        const bool has_room = (year - scale->first) % every == 0 && scale->last - year >= every;
        if (!is_end && !has_room) {
            continue;
        }
        const bool is_wide = scale->step >= YEAR_WIDTH || !is_end;
        const char *anchor = is_wide ? "middle" : year == scale->first ? "start" : "end";
        const double x = is_wide ? middle_of(scale, year) : year == scale->first ? 0 : WIDTH;
        fprintf(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%ld</text>", x, LABEL_Y, anchor, year);
    }
}

void chart_years(FILE *out, const pinakes_matrix *years, size_t row)
{
    const uint64_t most = largest(years, row);
    if (most == 0) {
        return;
    }
    const struct scale scale = scale_of(years);
    fprintf(out, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Papers by year\">", WIDTH,
            HEIGHT);
    fprintf(out, "<line x1=\"0\" y1=\"%d.5\" x2=\"%d\" y2=\"%d.5\"/>", BASE, WIDTH, BASE);
    for (size_t i = 0; i < years->column_count; i++) {
        const uint64_t count = years->counts[row * years->column_count + i];
        if (count > 0) {
            put_bar(out, &scale, years->columns[i], count, most);
        }
    }
    put_years(out, &scale);
    fputs("</svg>\n", out);
}
