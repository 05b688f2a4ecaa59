/* `pinakes stats`: the library in numbers. */
#include "cli/memory.h"
#include "cli/program.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

/* "2021 to 2025"; NULL when no paper has a year. The caller frees it. */
static char *years_text(const pinakes_stats *stats)
{
    if (stats->year_first == 0) {
        return NULL;
    }
    return stats->year_first == stats->year_last ? memory_format("%d", stats->year_first)
                                                 : memory_format("%d to %d", stats->year_first, stats->year_last);
}

static char *size_text(uint64_t bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    double size = (double)bytes;
    size_t unit = 0;
    while (size >= 1000 && unit + 1 < sizeof units / sizeof units[0]) {
        size /= 1000;
        unit++;
    }
    return memory_format(unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
}

/* "1.2 MB, without 3 papers"; NULL when there is none. */
static char *ranked_text(const pinakes_stats *stats)
{
    char *size = stats->segment_bytes == 0 ? NULL : size_text(stats->segment_bytes);
    if (!size || stats->papers_unsealed == 0) {
        return size;
    }
    char *text = memory_format("%s, made before %" PRIu64 " change%s", size, stats->papers_unsealed,
                               stats->papers_unsealed == 1 ? "" : "s");
    free(size);
    return text;
}

static void print_stats(struct printer *printer, const char *path, const pinakes_stats *stats)
{
    char *years = years_text(stats);
    char *size = size_text(stats->bytes);
    char *ranked = ranked_text(stats);
    const struct fact facts[] = {
        {"library", "library", value_text(path)},
        {"papers", "papers", value_count(stats->papers)},
        {"papers_without_text", "without a note", value_count(stats->papers_without_text)},
        {"files", "files", value_count(stats->files)},
        {"passages", "passages", value_count(stats->passages)},
        {"words", "words", value_count(stats->words)},
        {NULL, "years", value_text(years)},
        {"year_first", NULL, value_year(stats->year_first)},
        {"year_last", NULL, value_year(stats->year_last)},
        {NULL, "size", value_text(size)},
        {"bytes", NULL, value_count(stats->bytes)},
        {NULL, ranked ? "ranked index" : NULL, value_text(ranked)},
        {"segment_bytes", NULL, value_count(stats->segment_bytes)},
        {"papers_unsealed", NULL, value_count(stats->papers_unsealed)},
        {"generation", "generation", value_count(stats->generation)},
        {"analyzer_version", "analyzer version", value_count((uint64_t)stats->analyzer_version)},
        {"indexed_at", "changed", value_text(stats->indexed_at)},
    };
    printer_record(printer, facts, sizeof facts / sizeof facts[0]);
    free(years);
    free(size);
    free(ranked);
}

static int run_stats(struct program *program, struct options *options)
{
    if (program_option(program, options) == OPTION_STOP) {
        return program->exit_status;
    }
    if (options->word_count > 0) {
        return complain("stats takes no arguments; -L names another library");
    }
    char path[PATH_MAX];
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library || !program_library_path(program, path, sizeof path)) {
        pinakes_close(library);
        return EXIT_TROUBLE;
    }
    pinakes_stats stats;
    pinakes_error error;
    const pinakes_status status = pinakes_get_stats(library, &stats, &error);
    pinakes_close(library);
    if (status != PINAKES_OK) {
        return complain("%s", error.message);
    }
    struct report report;
    report_open(&report, program);
    print_stats(report.printer, path, &stats);
    return report_close(&report, EXIT_FOUND);
}

const struct command command_stats = {
    .name = "stats",
    .arguments = "",
    .summary = "the library in numbers",
    .about = "Prints how much the library holds, and since when.\n",
    .examples = "  pinakes stats\n"
                "  pinakes stats --json | jq .papers\n",
    .run = run_stats,
};
