/* Charts of a keyword report, as SVG inside a page: their colours are the page's. */
#ifndef CLI_REPORT_CHART_H
#define CLI_REPORT_CHART_H

#include "pinakes.h"

#include <stdio.h>

/* Bars of a row of a matrix by year, from the first year of the matrix to the last, a year without a column included.
 * Nothing when the row has no year. */
void chart_years(FILE *out, const pinakes_matrix *years, size_t row);

#endif
