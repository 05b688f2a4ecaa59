/* "Example et al. / Quiet Pages for Readers / SOSP 2031", "Quiet Pages for Readers - Ada Example - May 2031": who wrote
 * a paper, its title, and when it appeared, with one mark between them. */
#include "corpus/names.h"
#include "corpus/title_reference.h"
#include "corpus/words.h"

enum { PARTS = 3 };

/* Cuts `text` at every `mark`. False when that does not make three parts. */
static bool cut_in_three(struct span text, const char *mark, struct span parts[PARTS])
{
    for (size_t i = 0; i < PARTS; i++) {
        const size_t at = span_find(text, mark);
        if ((at == SIZE_MAX) != (i + 1 == PARTS))
            return false;
        parts[i] = span_trim(span_until(text, at == SIZE_MAX ? text.len : at));
        text = at == SIZE_MAX ? (struct span){text.at, 0} : span_from(text, at + strlen(mark));
    }
    return true;
}

/* When it appeared, and perhaps where: "SOSP 2031", "May 2031", "2031". */
static bool read_when(struct span text, struct stamp *stamp)
{
    if (stamp_read(text, STAMP_LINE, stamp))
        return stamp->year != 0;
    *stamp = (struct stamp){.text = text, .year = year_behind_month(text)};
    return stamp->year != 0;
}

/* Whether all of it is people; a word of the field among them makes it something else. */
static bool are_people(struct span text)
{
    struct names names;
    return names_read(text, &names) && names.full + names.and_others > 0 && names.field_words == 0;
}

bool title_read_parted(struct title *title)
{
    static const char *const marks[] = {" / ", " - ", " | ", " \u2013 ", " \u2014 "};
    enum { FEWEST_WORDS = 3 };
    struct span parts[PARTS];
    struct stamp stamp;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!cut_in_three(title->text, marks[i], parts) || !read_when(parts[2], &stamp))
            continue;
        const size_t who = are_people(parts[0]) ? 0 : 1;
        if (!has_words(parts[1 - who], FEWEST_WORDS) || !are_people(parts[who]))
            continue;
        title->authors = parts[who];
        title->text = parts[1 - who];
        title->stamp = stamp;
        title->evidence |= evidence_bit(FOR_REFERENCE);
        return true;
    }
    return false;
}
