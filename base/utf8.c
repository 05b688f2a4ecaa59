#include "base/utf8.h"

#include <utf8proc.h>

int32_t code_point_beyond_ascii(struct span text, size_t *bytes)
{
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t wide = text.len < 4 ? (utf8proc_ssize_t)text.len : 4;
    const utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text.at, wide, &point);
    *bytes = len > 0 ? (size_t)len : 1;
    return len > 0 ? point : CODE_POINT_REPLACEMENT;
}

size_t code_points_in(struct span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}
