/* Refer, as refer(1) began it and EndNote imports it (.enw), so as libraries of publishers write it: "%T Title", from
 * one %0 to the next or up to an empty line. */
#include "corpus/reader.h"
#include "corpus/tagged.h"
#include "corpus/words.h"

static bool split(struct span line, struct span *tag, struct span *value)
{
    if (line.len < 2 || line.at[0] != '%' || line.at[1] <= ' ' || line.at[1] > '~')
        return false;
    if (line.len > 2 && !is_blank(line.at[2]))
        return false;
    *tag = (struct span){line.at + 1, 1};
    *value = span_trim(span_from(line, 2));
    return true;
}

/* A percent sign begins comments elsewhere: two lines in a row that a record might begin with are none. */
static bool opens(const struct tagged_value *first, struct span rest)
{
    static const char heads[] = "A B D E F J K L R T X";
    struct span tag, value;
    if (span_is(first->tag, "0"))
        return first->text.len > 0;
    return span_is_one_of(first->tag, heads) && first->text.len > 0 && split(tagged_next_line(&rest), &tag, &value) &&
           span_is_one_of(tag, heads) && value.len > 0;
}

/* A label is a key where it has a digit: some archives put the kind of talk there. */
static void take_label(struct record *record, struct span value)
{
    bool has_digit = false;
    for (size_t i = 0; i < value.len; i++)
        has_digit |= is_ascii_digit(value.at[i]);
    if (has_digit && record->id.len == 0)
        record->id = record_line(record, value);
}

static const struct tagged_row rows[] = {
    {.field = TAGGED_KIND, .tags = "0"},     {.field = TAGGED_ID, .tags = "F", .take = take_label},
    {.field = TAGGED_TITLE, .tags = "T"},    {.field = TAGGED_AUTHOR, .tags = "A"},
    {.field = TAGGED_VENUE, .tags = "J"},    {.field = TAGGED_VENUE, .tags = "B"},
    {.field = TAGGED_VENUE, .tags = "S"},    {.field = TAGGED_PUBLISHER, .tags = "I"},
    {.field = TAGGED_YEAR, .tags = "D 8"},   {.field = TAGGED_DOI, .tags = "R"},
    {.field = TAGGED_URL, .tags = "U"},      {.field = TAGGED_KEYWORD, .tags = "K", .a_line_each = true},
    {.field = TAGGED_ABSTRACT, .tags = "X"}, {.field = TAGGED_NOTE, .tags = "Z O <"},
};

static const struct tagged_format format = {.rule = "the title of a Refer record",
                                            .name = ".enw",
                                            .split = split,
                                            .opens = opens,
                                            .begin = "0",
                                            .begins_at_gaps = true,
                                            .rows = rows,
                                            .row_count = sizeof rows / sizeof rows[0]};

TAGGED_READER(refer);
