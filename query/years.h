/* Years and ranges of years, as written behind "year:". */
#ifndef QUERY_YEARS_H
#define QUERY_YEARS_H

#include "base/span.h"

#include <stdbool.h>

/* Reads 2021, 2021..2025, 2021.., ..2020, 2016-2020, [2019 TO 2021], {2019 TO *}, >=2020, >2020, <=2020, <2020. A side
 * left open becomes 0; ranges written backwards are turned round. False for anything else. */
bool years_read(struct span text, int *from, int *to);

/* Whether a plain word is likely meant as a year: 1900 to 2099. */
bool years_is_plain(struct span text, int *year);

#endif
