/* What all forms of a keyword report say in the same words. */
#include "cli/memory.h"
#include "cli/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

char *report_papers_text(const pinakes_report *report, uint64_t count)
{
    const char *fresh = report->is_since ? "new " : "";
    if (count == 0) {
        return memory_format("no %spaper", fresh);
    }
    return memory_format("%" PRIu64 " %spaper%s", count, fresh, count == 1 ? "" : "s");
}

char *report_since_text(const pinakes_report *report)
{
    if (!report->is_since) {
        return NULL;
    }
    return report->since_day
               ? memory_format("new since %s (after generation %" PRIu64 ")", report->since_day, report->since)
               : memory_format("new since generation %" PRIu64, report->since);
}

/* ---- why there is nothing -------------------------------------------------------------------------------- */

enum { WORDS_NAMED = 3 };

/* "'a' (did you mean b?)", for a word that no paper has. */
static char *missing_word(const pinakes_word_report *word)
{
    if (word->closest_count == 0) {
        return memory_format("'%s'", word->word);
    }
    char *closest = memory_join(word->closest, word->closest_count, ", ");
    char *text = memory_format("'%s' (did you mean %s?)", word->word, closest);
    free(closest);
    return text;
}

static char *missing_words(const pinakes_keyword *keyword)
{
    char *names[WORDS_NAMED] = {NULL};
    size_t named = 0, missing = 0;
    for (size_t i = 0; i < keyword->word_count; i++) {
        if (keyword->words[i].papers == 0 && missing++ < WORDS_NAMED) {
            names[named++] = missing_word(&keyword->words[i]);
        }
    }
    char *list = memory_join((const char *const *)names, named, " or ");
    char *more = missing > named ? memory_format(" or %zu more of these words", missing - named) : memory_copy("", 0);
    char *text = missing > 0 ? memory_format("no paper has %s%s", list, more) : NULL;
    for (size_t i = 0; i < named; i++) {
        free(names[i]);
    }
    free(more);
    free(list);
    return text;
}

/* Every word is somewhere: the one without which the most would be found. */
static char *odd_word(const pinakes_keyword *keyword)
{
    const pinakes_word_report *odd = NULL;
    for (size_t i = 0; i < keyword->word_count; i++) {
        if (!odd || keyword->words[i].without > odd->without) {
            odd = &keyword->words[i];
        }
    }
    if (!odd || odd->without == 0) {
        return memory_format("every word is in some paper, but no paper has them together as asked");
    }
    return memory_format("no paper has all of it; without '%s' %" PRIu64 " would be found", odd->word, odd->without);
}

char *report_why(const pinakes_report *report, const pinakes_keyword *keyword)
{
    if (keyword->found > 0) {
        return NULL;
    }
    if (keyword->found_all > 0) {
        return memory_format("nothing new; %" PRIu64 " paper%s before", keyword->found_all,
                             keyword->found_all == 1 ? "" : "s");
    }
    if (report->out_of == 0) {
        return memory_format("the library is empty");
    }
    char *missing = missing_words(keyword);
    return missing ? missing : odd_word(keyword);
}

/* ---- counts ---------------------------------------------------------------------------------------------- */

char *report_row_text(const pinakes_matrix *matrix, size_t row, bool newest_first)
{
    const size_t count = matrix->column_count;
    char **parts = memory_array(count, sizeof *parts);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t column = newest_first ? count - 1 - i : i;
        const uint64_t papers = matrix->counts[row * count + column];
        if (papers > 0) {
            parts[used++] = memory_format("%s (%" PRIu64 ")", matrix->columns[column], papers);
        }
    }
    char *text = used > 0 ? memory_join((const char *const *)parts, used, ", ") : NULL;
    for (size_t i = 0; i < used; i++) {
        free(parts[i]);
    }
    free(parts);
    return text;
}

struct matrix_view report_matrix_view(const pinakes_report *report)
{
    return (struct matrix_view){
        .matrix = &report->years, .name = "matrix", .row_name = "keyword", .row_label = "keyword", .is_by_year = true};
}

bool report_begins_section(const pinakes_report *report, size_t keyword)
{
    const char *section = report->keywords[keyword].section;
    return keyword == 0 ? *section != '\0' : strcmp(section, report->keywords[keyword - 1].section) != 0;
}
