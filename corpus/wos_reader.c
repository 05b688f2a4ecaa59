/* The tagged text of the Web of Science, also in EndNote's name (.ciw): "TI Title", longer values indented below, from PT to ER
 * between FN and EF. */
#include "corpus/reader.h"
#include "corpus/tagged.h"
#include "corpus/words.h"

#include <utf8proc.h>

static bool split(struct span line, struct span *tag, struct span *value)
{
    if (line.len < 2 || !is_ascii_capital(line.at[0]) || !(is_ascii_capital(line.at[1]) || is_ascii_digit(line.at[1])))
        return false;
    if (line.len > 2 && !is_blank(line.at[2]))
        return false;
    *tag = span_until(line, 2);
    *value = span_trim(span_from(line, 2));
    return true;
}

/* Who wrote the file has had several names; records that were cut out of one begin with what is published. */
static bool opens(const struct tagged_value *first, struct span rest)
{
    static const char *const names[] = {"Clarivate", "Thomson", "Web of Science", "ISI Export"};
    (void)rest;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && span_is(first->tag, "FN"); i++)
        if (span_find(first->text, names[i]) != SIZE_MAX)
            return true;
    return span_is(first->tag, "PT") && first->text.len == 1 && strchr("JBSCP", first->text.at[0]) != NULL;
}

/* ---- values -------------------------------------------------------------------------------------------------- */

/* J is a journal; of what is in the other kinds of publications the document's type tells. */
static void take_publication(struct record *record, struct span value)
{
    if (span_is(value, "J"))
        record->kind = KIND_ARTICLE;
}

/* "Article; Proceedings Paper": the last type that says something. */
static void take_type(struct record *record, struct span value)
{
    if (record->kind == KIND_ARTICLE)
        return;
    for (struct span part; span_cut(&value, ';', &part);) {
        const enum kind kind = kind_of_type(span_trim(part));
        record->kind = kind == KIND_UNKNOWN ? record->kind : kind;
    }
}

static void take_author(struct record *record, struct span value)
{
    if (!span_is_nocase(value, "[Anonymous]"))
        record_turned_author(record, value);
}

static void take_group(struct record *record, struct span value)
{
    record_person(record, (struct span){"", 0}, value, (struct span){"", 0});
}

/* ---- venues in capitals --------------------------------------------------------------------------------------- */

static bool has_small_letters(struct span text)
{
    for (size_t i = 0, bytes = 1; i < text.len; i += bytes) {
        const int32_t point = code_point_at(span_from(text, i), &bytes);
        if (is_letter(point) && !is_capital(point) && utf8proc_toupper(point) != point)
            return true;
    }
    return false;
}

/* Names that are written so. */
static bool is_acronym(struct span word)
{
    static const char acronyms[] =
        "AAAI ACM ACS AIAA AIP ASME BJOG BMC BMJ CIRP EMBO EURASIP FEBS IBM ICT IEE IEEE IEICE IET "
        "IFAC IFIP II III IISE IMA INFORMS IV JAMA JMIR MIS MIT NPJ PLOS PNAS QJM RAIRO RSC SAE "
        "SIAM SIGMETRICS SIGMOD SIGPLAN SPE SPIE UK USA USENIX VLDB VLSI";
    return tagged_is_one_of(word, acronyms);
}

/* Writes `word` in small letters but for its first; how many bytes, never more than twice its own. */
static size_t write_word(struct span word, bool begins, char *out)
{
    size_t len = 0;
    const bool stays = is_acronym(word);
    const bool is_small = !begins && (word_classes(word) & WORD_FUNCTION) != 0;
    for (size_t i = 0, bytes = 1; i < word.len; i += bytes) {
        const int32_t point = code_point_at(span_from(word, i), &bytes);
        const bool keeps = stays || (i == 0 && !is_small);
        len += (size_t)utf8proc_encode_char(keeps ? point : utf8proc_tolower(point), (utf8proc_uint8_t *)out + len);
    }
    return len;
}

/* The length of the word at the front of `text`; 0 where none begins. Bytes beyond ASCII count as letters. */
static size_t word_bytes(struct span text)
{
    size_t end = 0;
    while (end < text.len &&
           ((unsigned char)text.at[end] >= 0x80 || is_ascii_letter(text.at[end]) || text.at[end] == '\''))
        end++;
    return end;
}

/* "Journal of the ACM" for "JOURNAL OF THE ACM". Names of proceedings have acronyms of their own, and stay. */
static struct span mend_venue(struct record *record, struct span value)
{
    if (record->kind == KIND_UNKNOWN || record->kind == KIND_PROCEEDINGS || has_small_letters(value))
        return value;
    char *text = arena_alloc(record->arena, 2 * value.len + 1);
    size_t len = 0;
    record->failed |= text == NULL;
    for (size_t i = 0, bytes; text != NULL && i < value.len; i += bytes) {
        bytes = word_bytes(span_from(value, i));
        if (bytes > 0)
            len += write_word((struct span){value.at + i, bytes}, i == 0, text + len);
        else
            text[len++] = value.at[i++];
    }
    return text == NULL ? value : (struct span){text, len};
}

/* ---- the format ---------------------------------------------------------------------------------------------- */

static const struct tagged_row rows[] = {
    {.field = TAGGED_KIND, .tags = "PT", .take = take_publication, .always = true},
    {.field = TAGGED_KIND, .tags = "DT", .take = take_type, .always = true},
    {.field = TAGGED_ID, .tags = "UT"},
    {.field = TAGGED_TITLE, .tags = "TI"},
    {.field = TAGGED_AUTHOR, .tags = "AF", .take = take_author, .a_line_each = true},
    {.field = TAGGED_AUTHOR, .tags = "AU", .take = take_author, .a_line_each = true},
    {.field = TAGGED_AUTHOR, .tags = "BF", .take = take_author, .a_line_each = true},
    {.field = TAGGED_AUTHOR, .tags = "BA", .take = take_author, .a_line_each = true},
    {.field = TAGGED_AUTHOR, .tags = "CA", .take = take_group, .always = true},
    {.field = TAGGED_VENUE, .tags = "SO", .mend = mend_venue},
    {.field = TAGGED_VENUE, .tags = "JI"},
    {.field = TAGGED_VENUE, .tags = "CT"},
    {.field = TAGGED_VENUE, .tags = "SE", .mend = mend_venue},
    {.field = TAGGED_PUBLISHER, .tags = "PU", .mend = mend_venue},
    {.field = TAGGED_YEAR, .tags = "PY"},
    {.field = TAGGED_YEAR, .tags = "EY EA PD"},
    {.field = TAGGED_DOI, .tags = "DI"},
    {.field = TAGGED_DOI, .tags = "D2"},
    {.field = TAGGED_KEYWORD, .tags = "DE ID"},
    {.field = TAGGED_ABSTRACT, .tags = "AB"},
};

static const struct tagged_format format = {.rule = "the title of a record of the Web of Science",
                                            .name = ".ciw",
                                            .split = split,
                                            .opens = opens,
                                            .begin = "PT",
                                            .ends = "ER EF FN VR",
                                            .rows = rows,
                                            .row_count = sizeof rows / sizeof rows[0]};

TAGGED_READER(wos);
