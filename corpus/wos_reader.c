/* The tagged text of the Web of Science, also in EndNote's name (.ciw): "TI Title", longer values indented below, from
 * PT to ER between FN and EF. */
#include "corpus/capitals.h"
#include "corpus/reader.h"
#include "corpus/tagged.h"
#include "corpus/words.h"

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

/* Names of proceedings have acronyms of their own, and stay. */
static struct span mend_venue(struct record *record, struct span value)
{
    const bool stays = record->kind == KIND_UNKNOWN || record->kind == KIND_PROCEEDINGS || has_small_letters(value);
    return stays ? value : record_small_venue(record, value);
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
    {.field = TAGGED_PMID, .tags = "PM"},
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
