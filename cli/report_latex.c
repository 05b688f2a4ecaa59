/* A keyword report as two LaTeX tables to \input into a paper: which work there is on each keyword, by citation key,
 * and how it spreads over the years. They need the packages booktabs and longtable. */
#include "cli/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What LaTeX would take for its own; NULL for a byte that stands for itself. */
static const char *escape_of(char byte)
{
    static const struct {
        char byte;
        const char *escape;
    } escapes[] = {
        {'\\', "\\textbackslash{}"},
        {'^', "\\textasciicircum{}"},
        {'~', "\\textasciitilde{}"},
        {'<', "\\textless{}"},
        {'>', "\\textgreater{}"},
        {'|', "\\textbar{}"},
        {'{', "\\{"},
        {'}', "\\}"},
        {'$', "\\$"},
        {'&', "\\&"},
        {'#', "\\#"},
        {'_', "\\_"},
        {'%', "\\%"},
        {'"', "''"},
        {'[', "{[}"},
        {']', "{]}"},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        if (escapes[i].byte == byte) {
            return escapes[i].escape;
        }
    }
    return NULL;
}

static void put_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        const char *escape = escape_of(*text);
        if (escape) {
            fputs(escape, out);
        } else {
            fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
        }
    }
}

/* A comment ends with its line. */
static void put_comment(FILE *out, const char *text)
{
    for (; *text; text++) {
        fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
    }
}

/* Whether \cite can take the key: no byte that would end it or begin something else. */
static bool is_citable(const char *key)
{
    return key && *key && strcspn(key, ",{}\\%#~\" \t") == strlen(key);
}

/* ---- the head -------------------------------------------------------------------------------------------- */

static void put_head(FILE *out, const pinakes_report *report)
{
    char *since = report_since_text(report);
    fputs("% Keyword report on ", out);
    put_comment(out, report->name);
    fprintf(out, ": %" PRIu64 " papers%s", report->out_of, since ? ", only those " : "");
    put_comment(out, since ? since : "");
    fprintf(out, "; generation %" PRIu64 ", pinakes %s\n", report->generation, report->version);
    fputs("% \\usepackage{booktabs,longtable}\n", out);
    free(since);
}

/* ---- which work there is on each keyword ----------------------------------------------------------------- */

static void put_work(FILE *out, const pinakes_keyword *keyword)
{
    bool begun = false;
    for (size_t i = 0; i < keyword->hit_count; i++) {
        if (is_citable(keyword->hits[i].key)) {
            fprintf(out, "%s%s", begun ? "," : "\\cite{", keyword->hits[i].key);
            begun = true;
        }
    }
    fputs(begun ? "}" : "---", out);
    if (keyword->hit_count < keyword->found) {
        fprintf(out, " and %" PRIu64 " more", keyword->found - keyword->hit_count);
    }
}

static void put_section(FILE *out, const char *section, size_t columns)
{
    fprintf(out, "\\addlinespace\n\\multicolumn{%zu}{@{}l}{\\textit{", columns);
    put_text(out, section);
    fputs("}} \\\\\n", out);
}

/* The proof of each paper stands beside its row, for whoever edits the table. */
static void put_proofs(FILE *out, const pinakes_keyword *keyword)
{
    for (size_t i = 0; i < keyword->hit_count; i++) {
        const pinakes_hit *hit = &keyword->hits[i];
        if (hit->evidence_count == 0) {
            continue;
        }
        fputs("%   ", out);
        put_comment(out, hit->key);
        fputs(": ", out);
        put_comment(out, hit->evidence[0].text);
        fputs(" (", out);
        put_comment(out, hit->evidence[0].file);
        fprintf(out, ":%" PRIu32 ")\n", hit->evidence[0].line);
    }
}

static void put_work_table(FILE *out, const pinakes_report *report)
{
    fputs("\\begin{longtable}{@{}p{0.28\\linewidth}rp{0.55\\linewidth}@{}}\n"
          "\\caption{Work by keyword}\\label{tab:work-by-keyword}\\\\\n"
          "\\toprule\nKeyword & Papers & Work \\\\\n\\midrule\n\\endfirsthead\n"
          "\\toprule\nKeyword & Papers & Work \\\\\n\\midrule\n\\endhead\n"
          "\\bottomrule\n\\endlastfoot\n",
          out);
    for (size_t i = 0; i < report->keyword_count; i++) {
        const pinakes_keyword *keyword = &report->keywords[i];
        if (report_begins_section(report, i) && *keyword->section) {
            put_section(out, keyword->section, 3);
        }
        put_text(out, keyword->label);
        fprintf(out, " & %" PRIu64 " & ", keyword->found);
        put_work(out, keyword);
        fputs(" \\\\\n", out);
        put_proofs(out, keyword);
    }
    fputs("\\end{longtable}\n", out);
}

/* ---- keywords by year ------------------------------------------------------------------------------------ */

static void put_count(FILE *out, uint64_t count)
{
    if (count > 0) {
        fprintf(out, " & %" PRIu64, count);
    } else {
        fputs(" &", out);
    }
}

static void put_year_heads(FILE *out, const pinakes_matrix *years, const struct matrix_window *window)
{
    fputs("\\toprule\nKeyword", out);
    if (window->sums_up) {
        fprintf(out, " & --%s", years->columns[window->first - 1]);
    }
    for (size_t i = 0; i < window->count; i++) {
        fprintf(out, " & %s", years->columns[window->first + i]);
    }
    fputs(" & Papers \\\\\n\\midrule\n", out);
}

static void put_year_row(FILE *out, const pinakes_matrix *years, const struct matrix_window *window, size_t row)
{
    put_text(out, years->rows[row]);
    if (window->sums_up) {
        put_count(out, matrix_before(years, window, row));
    }
    for (size_t i = 0; i < window->count; i++) {
        put_count(out, years->counts[row * years->column_count + window->first + i]);
    }
    fprintf(out, " & %" PRIu64 " \\\\\n", years->totals[row]);
}

static void put_year_table(FILE *out, const pinakes_report *report)
{
    const struct matrix_view view = report_matrix_view(report);
    const struct matrix_window window = matrix_window(&view);
    fputs("\n\\begin{longtable}{@{}p{0.28\\linewidth}", out);
    for (size_t i = 0; i < window.count + window.sums_up + 1; i++) {
        fputc('r', out);
    }
    fputs("@{}}\n\\caption{Keywords by year}\\label{tab:keywords-by-year}\\\\\n", out);
    put_year_heads(out, &report->years, &window);
    fputs("\\endfirsthead\n", out);
    put_year_heads(out, &report->years, &window);
    fputs("\\endhead\n\\bottomrule\n\\endlastfoot\n", out);
    for (size_t row = 0; row < report->years.row_count; row++) {
        put_year_row(out, &report->years, &window, row);
    }
    fputs("\\end{longtable}\n", out);
}

void report_write_latex(FILE *out, const pinakes_report *report)
{
    put_head(out, report);
    put_work_table(out, report);
    put_year_table(out, report);
}
