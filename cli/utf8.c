#include "cli/utf8.h"

#include "cli/memory.h"

#include <stdbool.h>
#include <string.h>

struct range {
    uint32_t first, last;
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

/* Length of the sequence a lead byte announces, and the smallest code point it may encode. */
static size_t sequence_length(unsigned char lead, uint32_t *smallest)
{
    *smallest = 0;
    if (lead < 0x80) {
        return 1;
    }
    if ((lead & 0xE0) == 0xC0) {
        *smallest = 0x80;
        return 2;
    }
    if ((lead & 0xF0) == 0xE0) {
        *smallest = 0x800;
        return 3;
    }
    if ((lead & 0xF8) == 0xF0) {
        *smallest = 0x10000;
        return 4;
    }
    return 0;
}

size_t utf8_decode(const char *text, size_t bytes, uint32_t *point)
{
    const unsigned char *at = (const unsigned char *)text;
    uint32_t smallest;
    const size_t length = sequence_length(at[0], &smallest);
    *point = UTF8_REPLACEMENT;
    if (length == 0 || length > bytes) {
        return 1;
    }
    if (length == 1) {
        *point = at[0];
        return 1;
    }
    uint32_t value = at[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 1;
        }
        value = (value << 6) | (at[i] & 0x3FU);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest || value > 0x10FFFF || surrogate) {
        return 1;
    }
    *point = value;
    return length;
}

static bool in_ranges(const struct range *ranges, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count && ranges[i].first <= point; i++) {
        if (point <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

size_t utf8_columns(uint32_t point)
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
        uint32_t point;
        at += utf8_decode(text + at, bytes - at, &point);
        width += utf8_columns(point);
    }
    return width;
}

char *utf8_clean(const char *text, size_t bytes, size_t *clean_bytes)
{
    static const char replacement[3] = {'\xEF', '\xBF', '\xBD'};
    char *clean = memory_array(bytes + 1, sizeof replacement);
    size_t length = 0;
    for (size_t at = 0; at < bytes;) {
        uint32_t point;
        const size_t step = utf8_decode(text + at, bytes - at, &point);
        const bool invalid = point == UTF8_REPLACEMENT && step == 1;
        memcpy(clean + length, invalid ? replacement : text + at, invalid ? sizeof replacement : step);
        length += invalid ? sizeof replacement : step;
        at += step;
    }
    clean[length] = '\0';
    *clean_bytes = length;
    return clean;
}
