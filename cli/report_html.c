/* A keyword report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
#include "cli/html.h"
#include "cli/memory.h"
#include "cli/report.h"
#include "cli/report_chart.h"
#include "cli/report_style.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- the head -------------------------------------------------------------------------------------------- */

static void put_figure(FILE *out, const char *name, uint64_t count, const char *rest)
{
    fprintf(out, "<div><dt>%s</dt><dd>%" PRIu64, name, count);
    if (rest) {
        fputs(" <small>", out);
        html_line(out, rest);
        fputs("</small>", out);
    }
    fputs("</dd></div>\n", out);
}

static void put_figures(FILE *out, const pinakes_report *report)
{
    char *of_keywords = memory_format("of %zu", report->keyword_count);
    char *of_papers = memory_format("of %" PRIu64, report->fresh);
    fputs("<dl class=\"figures\">\n", out);
    put_figure(out, report->is_since ? "keywords with a new paper" : "keywords with a paper", report->keywords_found,
               of_keywords);
    put_figure(out, report->is_since ? "new papers found" : "papers found", report->covered, of_papers);
    put_figure(out, "papers searched", report->out_of, NULL);
    put_figure(out, "searched without text", report->without_text, NULL);
    fputs("</dl>\n", out);
    free(of_papers);
    free(of_keywords);
}

static void put_head(FILE *out, const pinakes_report *report)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Keyword report: ",
          out);
    html_line(out, report->name);
    fprintf(out, "</title>\n<meta name=\"generator\" content=\"pinakes %s\">\n<style>\n%s</style>\n</head>\n<body>\n",
            report->version, report_css);
    fputs("<header>\n<h1>Keyword report</h1>\n<p class=\"stamp soft\">", out);
    html_line(out, report->name);
    char *since = report_since_text(report);
    if (since) {
        fputs(" · ", out);
        html_line(out, since);
    }
    fprintf(out, " · library generation %" PRIu64 " · pinakes %s</p>\n", report->generation, report->version);
    free(since);
    put_figures(out, report);
    fputs("</header>\n", out);
}

/* ---- keywords by year ------------------------------------------------------------------------------------ */

static uint64_t largest_cell(const pinakes_matrix *matrix)
{
    uint64_t most = 1;
    for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++) {
        most = matrix->counts[i] > most ? matrix->counts[i] : most;
    }
    return most;
}

/* The first paper of a keyword in a year that is shown; SIZE_MAX when none is. */
static size_t first_of_year(const pinakes_keyword *keyword, const char *year)
{
    const long wanted = strtol(year, NULL, 10);
    for (size_t i = 0; i < keyword->hit_count; i++) {
        if (keyword->hits[i].year == wanted) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* A cell opens its papers: the first that is shown, or else the keyword. */
static void put_cell(FILE *out, const pinakes_report *report, size_t row, const char *year, uint64_t count,
                     uint64_t most)
{
    if (count == 0) {
        fputs("<td><span class=\"none\">·</span></td>", out);
        return;
    }
    const size_t place = year ? first_of_year(&report->keywords[row], year) : SIZE_MAX;
    fprintf(out, "<td><a style=\"--share:%.2f\" href=\"#k%zu", (double)count / (double)most, row + 1);
    if (place != SIZE_MAX) {
        fprintf(out, "-%zu", place + 1);
    }
    fprintf(out, "\">%" PRIu64 "</a></td>", count);
}

static void put_matrix_row(FILE *out, const pinakes_report *report, const struct matrix_window *window, size_t row,
                           uint64_t most)
{
    const pinakes_matrix *years = &report->years;
    const bool has_papers = years->totals[row] > 0;
    fprintf(out, has_papers ? "<tr><th scope=\"row\"><a href=\"#k%zu\">" : "<tr><th scope=\"row\"><span>", row + 1);
    html_line(out, years->rows[row]);
    fputs(has_papers ? "</a></th>" : "</span></th>", out);
    if (window->sums_up) {
        put_cell(out, report, row, NULL, matrix_before(years, window, row), most);
    }
    for (size_t i = 0; i < window->count; i++) {
        const size_t column = window->first + i;
        put_cell(out, report, row, years->columns[column], years->counts[row * years->column_count + column], most);
    }
    fprintf(out, "<td class=\"total\"><span>%" PRIu64 "</span></td></tr>\n", years->totals[row]);
}

static void put_matrix(FILE *out, const pinakes_report *report)
{
    const struct matrix_view view = report_matrix_view(report);
    const struct matrix_window window = matrix_window(&view);
    const pinakes_matrix *years = &report->years;
    fputs("<section>\n<h2>Keywords by year</h2>\n<div class=\"scroll\"><table class=\"heat\">\n<thead><tr><th "
          "scope=\"col\">keyword</th>",
          out);
    if (window.sums_up) {
        fprintf(out, "<th scope=\"col\">to %s</th>", years->columns[window.first - 1]);
    }
    for (size_t i = 0; i < window.count; i++) {
        fprintf(out, "<th scope=\"col\">%s</th>", years->columns[window.first + i]);
    }
    fputs("<th scope=\"col\">papers</th></tr></thead>\n<tbody>\n", out);
    const uint64_t most = largest_cell(years);
    for (size_t row = 0; row < years->row_count; row++) {
        const char *section = report->keywords[row].section;
        if (report_begins_section(report, row) && *section) {
            fprintf(out, "<tr><th scope=\"rowgroup\" colspan=\"%zu\">", window.count + window.sums_up + 2);
            html_line(out, section);
            fputs("</th></tr>\n", out);
        }
        put_matrix_row(out, report, &window, row, most);
    }
    fputs("</tbody></table></div>\n</section>\n", out);
}

/* ---- overlaps, and keywords without a paper -------------------------------------------------------------- */

static void put_keyword_link(FILE *out, const pinakes_report *report, size_t keyword)
{
    fprintf(out, "<td><a href=\"#k%zu\">", keyword + 1);
    html_line(out, report->keywords[keyword].label);
    fputs("</a></td>", out);
}

static void put_overlaps(FILE *out, const pinakes_report *report)
{
    if (report->overlap_count == 0) {
        return;
    }
    fputs(
        "<section>\n<h2>Keywords that share papers</h2>\n<div class=\"scroll\"><table class=\"plain\">\n<thead><tr>"
        "<th scope=\"col\">keyword</th><th scope=\"col\">and</th><th scope=\"col\" class=\"number\">papers of both</th>"
        "<th scope=\"col\" class=\"number\">share of either</th></tr></thead>\n<tbody>\n",
        out);
    for (size_t i = 0; i < report->overlap_count; i++) {
        const pinakes_overlap *overlap = &report->overlaps[i];
        fputs("<tr>", out);
        put_keyword_link(out, report, overlap->first);
        put_keyword_link(out, report, overlap->second);
        fprintf(out, "<td class=\"number\">%" PRIu64 "</td><td class=\"number\">%.0f %%</td></tr>\n", overlap->shared,
                overlap->jaccard * 100);
    }
    fputs("</tbody></table></div>\n", out);
    if (report->overlap_total > report->overlap_count) {
        fprintf(out, "<p class=\"soft\">The closest %zu of %" PRIu64 " pairs.</p>\n", report->overlap_count,
                report->overlap_total);
    }
    fputs("</section>\n", out);
}

static void put_missing(FILE *out, const pinakes_report *report)
{
    if (report->keywords_found == report->keyword_count) {
        return;
    }
    fprintf(out, "<section>\n<h2>Keywords without a %spaper</h2>\n<div class=\"scroll\"><table class=\"plain\">\n",
            report->is_since ? "new " : "");
    fputs("<thead><tr><th scope=\"col\" class=\"number\">line</th><th scope=\"col\">keyword</th><th "
          "scope=\"col\">why</th></tr></thead>\n<tbody>\n",
          out);
    for (size_t i = 0; i < report->keyword_count; i++) {
        const pinakes_keyword *keyword = &report->keywords[i];
        char *why = report_why(report, keyword);
        if (why) {
            fprintf(out, "<tr><td class=\"number\">%" PRIu32 "</td><td>", keyword->line);
            html_line(out, keyword->label);
            fputs("</td><td>", out);
            html_line(out, why);
            fputs("</td></tr>\n", out);
        }
        free(why);
    }
    fputs("</tbody></table></div>\n</section>\n", out);
}

/* ---- papers ---------------------------------------------------------------------------------------------- */

static void put_title(FILE *out, const pinakes_hit *hit)
{
    fputs("<p class=\"title\">", out);
    if (html_is_link(hit->url)) {
        fputs("<a href=\"", out);
        html_line(out, hit->url);
        fputs("\">", out);
    }
    html_line(out, hit->title);
    fputs(html_is_link(hit->url) ? "</a></p>\n" : "</p>\n", out);
}

static void put_authors(FILE *out, const pinakes_hit *hit)
{
    enum { AUTHORS_SHOWN = 3 };
    const size_t shown = hit->author_count <= AUTHORS_SHOWN ? hit->author_count : 1;
    for (size_t i = 0; i < shown; i++) {
        fputs(i == 0 ? "" : ", ", out);
        html_line(out, hit->authors[i]);
    }
    if (shown > 0) {
        fputs(shown < hit->author_count ? " et al. · " : " · ", out);
    }
}

static void put_meta(FILE *out, const pinakes_hit *hit)
{
    fputs("<p class=\"meta\">", out);
    html_line(out, hit->venue);
    if (hit->year > 0) {
        fprintf(out, "%s%d", *hit->venue ? " " : "", hit->year);
    }
    if (*hit->venue || hit->year > 0) {
        fputs(" · ", out);
    }
    put_authors(out, hit);
    fputs("<code>", out);
    html_line(out, hit->key);
    fputs("</code></p>\n", out);
}

static void put_marked(FILE *out, const pinakes_evidence *evidence)
{
    size_t at = 0;
    for (size_t i = 0; i < evidence->mark_count; i++) {
        const pinakes_mark *mark = &evidence->marks[i];
        html_text(out, evidence->text + at, mark->start - at);
        fputs("<mark>", out);
        html_text(out, evidence->text + mark->start, mark->bytes);
        fputs("</mark>", out);
        at = mark->start + mark->bytes;
    }
    html_text(out, evidence->text + at, evidence->bytes - at);
}

static void put_proofs(FILE *out, const pinakes_hit *hit)
{
    for (size_t i = 0; i < hit->evidence_count; i++) {
        const pinakes_evidence *evidence = &hit->evidence[i];
        fputs("<blockquote class=\"proof\">", out);
        put_marked(out, evidence);
        fputs("<cite><code>", out);
        html_line(out, evidence->file);
        fprintf(out, ":%" PRIu32 "</code></cite></blockquote>\n", evidence->line);
    }
}

/* ---- one keyword ----------------------------------------------------------------------------------------- */

static void put_chip(FILE *out, const char *text, uint64_t count)
{
    fputs("<span class=\"chip\">", out);
    html_line(out, text);
    fprintf(out, " <small>%" PRIu64 "</small></span>", count);
}

static void put_topics(FILE *out, const pinakes_matrix *topics, size_t row)
{
    bool begun = false;
    for (size_t i = 0; i < topics->column_count; i++) {
        const uint64_t count = topics->counts[row * topics->column_count + i];
        if (count > 0) {
            fputs(begun ? "" : "<dt>topics</dt><dd>", out);
            begun = true;
            put_chip(out, topics->columns[i], count);
        }
    }
    fputs(begun ? "</dd>\n" : "", out);
}

static void put_companions(FILE *out, const pinakes_keyword *keyword)
{
    if (keyword->companion_count == 0) {
        return;
    }
    fputs("<dt>travels with</dt><dd>", out);
    for (size_t i = 0; i < keyword->companion_count; i++) {
        put_chip(out, keyword->companions[i].word, keyword->companions[i].papers);
    }
    fputs("</dd>\n", out);
}

static void put_query(FILE *out, const pinakes_keyword *keyword)
{
    if (strcmp(keyword->label, keyword->query) != 0) {
        fputs("<dt>query</dt><dd><code>", out);
        html_line(out, keyword->query);
        fputs("</code></dd>\n", out);
    }
    if (keyword->relaxed) {
        fputs("<dt>note</dt><dd>no paper has all of these words; these have some</dd>\n", out);
    }
}

static void put_papers(FILE *out, const pinakes_keyword *keyword, size_t number)
{
    fputs("<ol class=\"papers\">\n", out);
    for (size_t i = 0; i < keyword->hit_count; i++) {
        fprintf(out, "<li class=\"paper\" id=\"k%zu-%zu\">\n", number + 1, i + 1);
        put_title(out, &keyword->hits[i]);
        put_meta(out, &keyword->hits[i]);
        put_proofs(out, &keyword->hits[i]);
        fputs("</li>\n", out);
    }
    fputs("</ol>\n", out);
    if (keyword->hit_count < keyword->found) {
        fprintf(out, "<p class=\"more soft\">and %" PRIu64 " more</p>\n", keyword->found - keyword->hit_count);
    }
}

static void put_keyword(FILE *out, const pinakes_report *report, size_t number)
{
    const pinakes_keyword *keyword = &report->keywords[number];
    char *papers = report_papers_text(report, keyword->found);
    fprintf(out, "<article class=\"keyword\" id=\"k%zu\">\n<header><h3>", number + 1);
    html_line(out, keyword->label);
    fprintf(out, "</h3><span class=\"soft\">%s</span></header>\n<div class=\"glance\"><div>\n", papers);
    chart_years(out, &report->years, number);
    fputs("</div><dl>\n", out);
    put_query(out, keyword);
    put_topics(out, &report->topics, number);
    put_companions(out, keyword);
    fputs("</dl></div>\n", out);
    put_papers(out, keyword, number);
    fputs("</article>\n", out);
    free(papers);
}

static void put_keywords(FILE *out, const pinakes_report *report)
{
    const char *section = NULL;
    for (size_t i = 0; i < report->keyword_count; i++) {
        const pinakes_keyword *keyword = &report->keywords[i];
        if (keyword->found == 0) {
            continue;
        }
        if (!section || strcmp(section, keyword->section) != 0) {
            fputs(section ? "</section>\n<section>\n<h2>" : "<section>\n<h2>", out);
            section = keyword->section;
            html_line(out, *section ? section : "Papers");
            fputs("</h2>\n", out);
        }
        put_keyword(out, report, i);
    }
    fputs(section ? "</section>\n" : "", out);
}

void report_write_html(FILE *out, const pinakes_report *report)
{
    put_head(out, report);
    fputs("<main>\n", out);
    put_matrix(out, report);
    put_overlaps(out, report);
    put_missing(out, report);
    put_keywords(out, report);
    fputs("</main>\n</body>\n</html>\n", out);
}
