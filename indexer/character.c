#include "indexer/character.h"

#include <utf8proc.h>

enum {
    LO = CHARACTER_LOWER,
    UP = CHARACTER_UPPER,
    DI = CHARACTER_DIGIT,
    AP = CHARACTER_APOSTROPHE,
    LI = CHARACTER_LINK,
    BL = CHARACTER_BLANK,
    NL = CHARACTER_NEWLINE,
    OT = CHARACTER_OTHER,
    WI = CHARACTER_WIDE,
};

/* clang-format off */
const uint8_t character_ascii_class[256] = {
    OT, OT, OT, OT, OT, OT, OT, OT, OT, BL, NL, BL, BL, BL, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT, OT,
    /*  !   "   #   $   %   &   '   (   )   *   +   ,   -   .   /   0   1   2   3   4   5   6   7   8   9   :   ;   <   =   >   ? */
    BL, OT, OT, OT, OT, OT, LI, AP, OT, OT, OT, LI, OT, LI, LI, LI, DI, DI, DI, DI, DI, DI, DI, DI, DI, DI, OT, OT, OT, OT, OT, OT,
    OT, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, OT, OT, OT, OT, LI,
    OT, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, OT, OT, OT, OT, OT,
    WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI,
    WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI,
    WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI,
    WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI, WI,
};
/* clang-format on */

struct range {
    int32_t first, last;
};

static bool in_ranges(int32_t code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count && ranges[i].first <= code; i++) {
        if (code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static bool is_cjk(int32_t code)
{
    static const struct range ranges[] = {
        {0x1100, 0x11ff},   /* Hangul Jamo */
        {0x3005, 0x3007},   /* ideographic iteration mark to zero */
        {0x3021, 0x3029},   /* Hangzhou numerals */
        {0x3031, 0x303c},   /* kana repeat marks */
        {0x3041, 0x30ff},   /* Hiragana, Katakana */
        {0x3105, 0x31ff},   /* Bopomofo, Hangul compatibility Jamo, Katakana extensions */
        {0x3400, 0x4dbf},   /* Han extension A */
        {0x4e00, 0x9fff},   /* Han */
        {0xa960, 0xa97f},   /* Hangul Jamo extended A */
        {0xac00, 0xd7ff},   /* Hangul syllables */
        {0xf900, 0xfaff},   /* Han compatibility */
        {0x1aff0, 0x1b16f}, /* Kana extensions */
        {0x20000, 0x3ffff}, /* Han extensions B and later */
    };
    return in_ranges(code, ranges, sizeof ranges / sizeof *ranges);
}

bool character_has_accents(int32_t code)
{
    static const struct range ranges[] = {
        {'0', '9'},       {'a', 'z'},       {0xaa, 0xaa},     {0xb5, 0xb5},
        {0xba, 0xba},     {0xc0, 0x2af}, /* Latin */
        {0x370, 0x3ff},                  /* Greek */
        {0x400, 0x52f},                  /* Cyrillic */
        {0x1c80, 0x1c8f}, {0x1d00, 0x1dbf}, {0x1e00, 0x1fff}, {0x2c60, 0x2c7f},
        {0xa640, 0xa69f}, {0xa720, 0xa7ff}, {0xab30, 0xab6f},
    };
    return in_ranges(code, ranges, sizeof ranges / sizeof *ranges);
}

static bool is_apostrophe(int32_t code)
{
    return code == '\'' || code == 0x2019 || code == 0x02bc || code == 0xff07;
}

bool character_is_text(int32_t code)
{
    return utf8proc_category(code) >= UTF8PROC_CATEGORY_LU && utf8proc_category(code) <= UTF8PROC_CATEGORY_NO &&
           !is_apostrophe(code);
}

static bool is_mark(int32_t code)
{
    const utf8proc_category_t category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* What a letter or number is that folding turns into others: "ﬁ" a letter, half-width kana and circled ideographs CJK,
 * the half-width voicing mark a mark. Vulgar fractions, parenthesised numbers and a few Arabic ligatures hold
 * punctuation or stand for several words: they separate. */
static enum character_class compatible_class(int32_t code, enum character_class class)
{
    enum { PLAIN_MAX = 18 }; /* the longest decomposition in Unicode */
    utf8proc_int32_t plain[PLAIN_MAX] = {0};
    int last_boundclass = 0;
    const utf8proc_ssize_t count =
        utf8proc_decompose_char(code, plain, PLAIN_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last_boundclass);
    for (utf8proc_ssize_t i = 0; i < count && i < PLAIN_MAX; i++) {
        if (!character_is_text(plain[i])) {
            return CHARACTER_OTHER;
        }
    }
    return count == 1 && is_mark(plain[0]) ? CHARACTER_MARK : is_cjk(plain[0]) ? CHARACTER_CJK : class;
}

static enum character_class text_class(int32_t code, const utf8proc_property_t *property)
{
    const bool is_number = property->category >= UTF8PROC_CATEGORY_ND;
    const bool is_upper = property->category == UTF8PROC_CATEGORY_LU || property->category == UTF8PROC_CATEGORY_LT;
    const enum character_class class = is_number ? CHARACTER_DIGIT : is_upper ? CHARACTER_UPPER : CHARACTER_LOWER;
    /* A superscript number is an exponent or points at a footnote: "cache²" is still "cache". */
    if (is_number && property->decomp_type == UTF8PROC_DECOMP_TYPE_SUPER) {
        return CHARACTER_OTHER;
    }
    if (property->decomp_type != 0) {
        return compatible_class(code, class);
    }
    return is_cjk(code) ? CHARACTER_CJK : class;
}

static enum character_class wide_class(int32_t code)
{
    const utf8proc_property_t *property = utf8proc_get_property(code);
    if (property->ignorable) {
        return CHARACTER_IGNORED;
    }
    if (is_apostrophe(code)) {
        return CHARACTER_APOSTROPHE;
    }
    if (code == 0x345) { /* the small iota below a Greek letter, a letter of its own when case is folded */
        return CHARACTER_LOWER;
    }
    if (code == 0x2010 || code == 0x2011) { /* hyphen, non-breaking hyphen */
        return CHARACTER_LINK;
    }
    if (is_mark(code)) {
        return CHARACTER_MARK;
    }
    if (character_is_text(code)) {
        return text_class(code, property);
    }
    return property->category == UTF8PROC_CATEGORY_ZS ? CHARACTER_BLANK : CHARACTER_OTHER;
}

struct character character_wide_at(struct span text, size_t at)
{
    const size_t left = text.len - at;
    utf8proc_int32_t code = -1;
    const utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, left < 4 ? (utf8proc_ssize_t)left : 4, &code);
    if (bytes <= 0) {
        return (struct character){(uint8_t)text.at[at], 1, CHARACTER_OTHER};
    }
    return (struct character){code, (uint32_t)bytes, wide_class(code)};
}
