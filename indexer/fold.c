#include "indexer/fold.h"

#include "indexer/character.h"
#include "indexer/octet.h"

#include <utf8proc.h>

enum {
    /* Bytes of a word that are looked at; what follows could only matter to a word cut anyway. */
    RAW_BYTES_MAX = 768,
    /* The longest decomposition in Unicode turns 3 bytes into 18 code points (U+FDFA). */
    CODES_MAX = RAW_BYTES_MAX * 6,
};

static size_t fold_ascii_bytes(struct span raw, char *out, size_t capacity)
{
    size_t len = 0;
    for (size_t i = 0; i < raw.len && len < capacity; i++) {
        const bool is_upper = raw.at[i] >= 'A' && raw.at[i] <= 'Z';
        if (raw.at[i] != '\'' && raw.at[i] != ',') {
            out[len++] = (char)(raw.at[i] | (is_upper ? 'a' - 'A' : 0));
        }
    }
    return len;
}

/* Eight bytes at a time, until a byte has to go. */
static size_t fold_ascii(struct span raw, char *out, size_t capacity)
{
    size_t len = 0;
    while (len < raw.len && len + 8 <= capacity) {
        const size_t bytes = raw.len - len < 8 ? raw.len - len : 8;
        const uint64_t octet = octet_load(raw.at + len, bytes);
        if ((octet_find(octet, '\'') | octet_find(octet, ',')) != 0) {
            break;
        }
        const uint64_t lower = octet_lower(octet);
        memcpy(out + len, &lower, 8);
        len += bytes;
    }
    const struct span rest = {raw.at + len, raw.len - len};
    return rest.len == 0 ? len : len + fold_ascii_bytes(rest, out + len, capacity - len);
}

/* Letters readers write without their stroke, hook or ligature, which Unicode does not decompose; NULL for others. */
static const char *plain_letters(utf8proc_int32_t code)
{
    switch (code) {
    case 0xd7: /* the sign of "2×" */
        return "x";
    case 0xe6:
        return "ae";
    case 0xf0:
    case 0x111:
        return "d";
    case 0xf8:
        return "o";
    case 0xfe:
        return "th";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x153:
        return "oe";
    case 0x167:
        return "t";
    default:
        return NULL;
    }
}

static bool is_kept(utf8proc_int32_t code)
{
    return code == '.' || code == '+' || code == '#' || code == 0xd7 || character_is_text(code);
}

/* Drops accents, marks that stand on nothing and everything that is no letter, mark or number; returns the code points
 * that are left. */
static size_t strip(utf8proc_int32_t *codes, size_t count)
{
    size_t kept = 0;
    bool base_has_accents = true;
    for (size_t i = 0; i < count; i++) {
        const utf8proc_category_t category = utf8proc_category(codes[i]);
        const bool is_accent = category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
        if ((is_accent && base_has_accents) || !is_kept(codes[i])) {
            continue;
        }
        if (!is_accent) {
            base_has_accents = character_has_accents(codes[i]);
        }
        codes[kept++] = codes[i];
    }
    return kept;
}

static size_t encode(const utf8proc_int32_t *codes, size_t count, char *out, size_t capacity)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t wide[4];
        const char *bytes = plain_letters(codes[i]);
        size_t more = 0;
        if (bytes != NULL) {
            more = strlen(bytes);
        } else {
            more = (size_t)utf8proc_encode_char(codes[i], wide);
            bytes = (const char *)wide;
        }
        if (more > capacity - len) {
            break;
        }
        memcpy(out + len, bytes, more);
        len += more;
    }
    return len;
}

/* The longest start of `raw` within RAW_BYTES_MAX that does not cut a character. */
static size_t bounded(struct span raw)
{
    if (raw.len <= RAW_BYTES_MAX) {
        return raw.len;
    }
    size_t len = RAW_BYTES_MAX;
    while ((raw.at[len] & 0xc0) == 0x80) {
        len--;
    }
    return len;
}

size_t fold_word(struct span raw, bool is_ascii, char *out, size_t capacity)
{
    if (is_ascii) {
        return fold_ascii(raw, out, capacity);
    }
    utf8proc_int32_t codes[CODES_MAX];
    const utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)raw.at, (utf8proc_ssize_t)bounded(raw), codes, CODES_MAX,
                           UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (count <= 0 || count > CODES_MAX) {
        return 0;
    }
    const size_t kept = strip(codes, (size_t)count);
    const utf8proc_ssize_t composed = utf8proc_normalize_utf32(codes, (utf8proc_ssize_t)kept, UTF8PROC_COMPOSE);
    return composed < 0 ? 0 : encode(codes, (size_t)composed, out, capacity);
}
