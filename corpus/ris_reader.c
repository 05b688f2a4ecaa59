/* RIS, as Research Information Systems described it and EndNote, Zotero, Mendeley and publishers write it: a line a
 * value, "TI  - Title", from TY to ER. */
#include "corpus/reader.h"
#include "corpus/tagged.h"

static bool split(struct span line, struct span *tag, struct span *value)
{
    return tagged_split_at_dash(line, 2, tag, value);
}

static bool opens(const struct tagged_value *first, struct span rest)
{
    (void)rest;
    return span_is(first->tag, "TY");
}

static const struct tagged_row rows[] = {
    {.field = TAGGED_KIND, .tags = "TY"},        {.field = TAGGED_ID, .tags = "ID"},
    {.field = TAGGED_TITLE, .tags = "TI T1 CT"}, {.field = TAGGED_AUTHOR, .tags = "AU A1"},
    {.field = TAGGED_VENUE, .tags = "C3"},       {.field = TAGGED_VENUE, .tags = "T2"},
    {.field = TAGGED_VENUE, .tags = "JF"},       {.field = TAGGED_VENUE, .tags = "JO"},
    {.field = TAGGED_VENUE, .tags = "BT"},       {.field = TAGGED_VENUE, .tags = "JA"},
    {.field = TAGGED_VENUE, .tags = "J2"},       {.field = TAGGED_VENUE, .tags = "T3"},
    {.field = TAGGED_PUBLISHER, .tags = "PB"},   {.field = TAGGED_YEAR, .tags = "PY Y1 DA"},
    {.field = TAGGED_DOI, .tags = "DO"},         {.field = TAGGED_URL, .tags = "UR LK"},
    {.field = TAGGED_KEYWORD, .tags = "KW"},     {.field = TAGGED_ABSTRACT, .tags = "AB N2"},
    {.field = TAGGED_NOTE, .tags = "N1 RN"},
};

static const struct tagged_format format = {.rule = "the title of a RIS record",
                                            .name = ".ris",
                                            .split = split,
                                            .opens = opens,
                                            .begin = "TY",
                                            .ends = "ER",
                                            .rows = rows,
                                            .row_count = sizeof rows / sizeof rows[0]};

TAGGED_READER(ris);
