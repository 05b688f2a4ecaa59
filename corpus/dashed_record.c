#include "corpus/dashed_record.h"

#include "corpus/names.h"
#include "corpus/venue_name.h"
#include "corpus/words.h"

static const char divider[] = " - ";

/* Takes the part up to the next dash off the front of `*rest`; false when no dash follows. */
static bool next_part(struct span *rest, struct span *part)
{
    const size_t at = span_find(*rest, divider);
    if (at == SIZE_MAX)
        return false;
    *part = span_trim(span_until(*rest, at));
    *rest = span_trim(span_from(*rest, at + strlen(divider)));
    return true;
}

static int year_alone(struct span part)
{
    enum { YEAR_DIGITS = 4 };
    return part.len == YEAR_DIGITS ? year_find(part) : 0;
}

/* "PPDP": what is written so beside a year is a venue, whether or not anybody listed it. */
static bool is_acronym(struct span part)
{
    enum { FEWEST = 3, MOST = 8 };
    for (size_t i = 0; i < part.len; i++)
        if (!is_ascii_capital(part.at[i]))
            return false;
    return part.len >= FEWEST && part.len <= MOST;
}

static bool read_venue(struct span part, struct stamp *stamp)
{
    if (stamp_read(part, STAMP_LINE, stamp) && stamp->venue.len > 0)
        return true;
    const bool acronym = is_acronym(part);
    *stamp = (struct stamp){.text = part, .venue = part, .guessed = acronym};
    return acronym || is_serial_name(part) || span_ends(part, " Surveys");
}

/* Takes the authors off that stand between the venue and the title. */
static void take_authors(struct span *title, struct span *authors)
{
    struct span rest = *title, part;
    struct names names;
    if (!next_part(&rest, &part) || !names_read(part, &names) || names.field_words > 0)
        return;
    *authors = part;
    *title = rest;
}

bool dashed_record_read(struct span text, struct dashed_record *record)
{
    enum { FEWEST_WORDS = 2 };
    struct span rest = text, first, second;
    *record = (struct dashed_record){0};
    if (!next_part(&rest, &first) || !next_part(&rest, &second))
        return false;
    const int year = year_alone(first) != 0 ? year_alone(first) : year_alone(second);
    if (year == 0 || !read_venue(year_alone(first) != 0 ? second : first, &record->stamp))
        return false;
    record->stamp.year = year;
    record->title = rest;
    take_authors(&record->title, &record->authors);
    return has_words(record->title, FEWEST_WORDS);
}
