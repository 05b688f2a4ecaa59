#include "cli/utf8.h"

#include "cli/memory.h"

#include <stdbool.h>
#include <string.h>

struct range {
    int32_t first, last;
};

/* Combining marks and other characters without a width, from Unicode's general categories Mn, Me and Cf: the blocks
 * that occur in running text. */
static const struct range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0900, 0x0902},
    {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x20D0, 0x20FF},
    {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

/* Characters of East Asian width W or F (Unicode Standard Annex 11). */
static const struct range double_width[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F900, 0x1FAFF}, {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
};

static bool in_ranges(const struct range *ranges, size_t count, int32_t point)
{
    for (size_t i = 0; i < count && ranges[i].first <= point; i++) {
        if (point <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

size_t utf8_columns(int32_t point)
{
    if (point < zero_width[0].first) {
        return 1;
    }
    if (in_ranges(zero_width, sizeof zero_width / sizeof zero_width[0], point)) {
        return 0;
    }
    return in_ranges(double_width, sizeof double_width / sizeof double_width[0], point) ? 2 : 1;
}

size_t utf8_width(const char *text, size_t bytes)
{
    size_t width = 0;
    for (size_t at = 0; at < bytes;) {
        size_t step;
        width += utf8_columns(code_point_at((struct span){text + at, bytes - at}, &step));
        at += step;
    }
    return width;
}

char *utf8_clean(const char *text, size_t bytes, size_t *clean_bytes)
{
    static const char replacement[3] = {'\xEF', '\xBF', '\xBD'};
    char *clean = memory_array(bytes + 1, sizeof replacement);
    size_t length = 0;
    for (size_t at = 0; at < bytes;) {
        size_t step;
        const int32_t point = code_point_at((struct span){text + at, bytes - at}, &step);
        const bool invalid = !utf8_is_valid(point, step);
        memcpy(clean + length, invalid ? replacement : text + at, invalid ? sizeof replacement : step);
        length += invalid ? sizeof replacement : step;
        at += step;
    }
    clean[length] = '\0';
    *clean_bytes = length;
    return clean;
}
