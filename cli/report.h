/* The forms of a keyword report: what the files report_*.c offer. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli/matrix.h"
#include "cli/printer.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stdio.h>

/* Text, JSON and Markdown. */
void report_print(struct printer *printer, enum format format, const pinakes_report *report);

/* One row for each paper of each keyword, and one for each keyword without. */
void report_print_rows(struct printer *printer, const pinakes_report *report);

/* The keyword by year matrix alone. */
void report_print_matrix(struct printer *printer, enum format format, const pinakes_report *report);

void report_write_html(FILE *out, const pinakes_report *report);
void report_write_latex(FILE *out, const pinakes_report *report);

/* ---- phrases that all forms share; the caller frees them ------------------------------------------------- */

/* "12 papers", "1 paper", "no paper"; with `report` of new ones alone "12 new papers". */
char *report_papers_text(const pinakes_report *report, uint64_t count);

/* Why there is nothing: "no paper has 'zebrafish'; did you mean zebra?"; NULL when the keyword has a paper. */
char *report_why(const pinakes_report *report, const pinakes_keyword *keyword);

/* "2024 (3), 2023 (1)": the columns of a row that are not 0. NULL when all are. `newest_first` goes from the last
 * column to the first. */
char *report_row_text(const pinakes_matrix *matrix, size_t row, bool newest_first);

/* "new since generation 12", "new since 2025-03-01 (generation 12)"; NULL when the report is of all papers. */
char *report_since_text(const pinakes_report *report);

/* The matrix of keywords by year. */
struct matrix_view report_matrix_view(const pinakes_report *report);

/* Whether any keyword stands under a heading other than that of the one before it. */
bool report_begins_section(const pinakes_report *report, size_t keyword);

#endif
