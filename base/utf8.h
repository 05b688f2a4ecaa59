/* The code points of UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

/* What stands for a byte that is no UTF-8. */
enum { CODE_POINT_REPLACEMENT = 0xFFFD };

/* code_point_at() of what does not begin with ASCII. */
int32_t code_point_beyond_ascii(struct span text, size_t *bytes);

/* The code point at the start of `text` (not empty), its length in bytes in `*bytes`; CODE_POINT_REPLACEMENT, of length
 * 1, for what is no UTF-8. */
static inline int32_t code_point_at(struct span text, size_t *bytes)
{
    *bytes = 1;
    return (unsigned char)text.at[0] < 0x80 ? text.at[0] : code_point_beyond_ascii(text, bytes);
}

/* How many code points there are: as many columns as a line takes, if no letter is wide. */
size_t code_points_in(struct span text);

#endif
