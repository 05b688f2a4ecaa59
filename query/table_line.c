#include "query/table_line.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST_INTEGER = 10, LONGEST_REAL = 63 };

bool table_line_next(struct table_lines *lines, struct span *line)
{
    while (span_cut(&lines->rest, '\n', line)) {
        lines->number++;
        if (line->len > 0 && line->at[line->len - 1] == '\r')
            line->len--;
        if (span_trim(*line).len > 0)
            return true;
    }
    return false;
}

bool number_of(struct span text, long *out)
{
    long number = 0;
    const bool is_signed = text.len > 0 && (text.at[0] == '-' || text.at[0] == '+');
    if (text.len == is_signed || text.len - is_signed >= LONGEST_INTEGER)
        return false;
    for (size_t i = is_signed; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]))
            return false;
        number = number * 10 + (text.at[i] - '0');
    }
    *out = is_signed && text.at[0] == '-' ? -number : number;
    return true;
}

bool real_of(struct span text, double *out)
{
    char copy[LONGEST_REAL + 1];
    if (text.len == 0 || text.len > LONGEST_REAL)
        return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    char *end;
    *out = strtod(copy, &end);
    return end == copy + text.len && isfinite(*out);
}
