#include "corpus/title_cut.h"

#include "corpus/venue_name.h"
#include "corpus/words.h"

struct span title_trim_tail(struct span text)
{
    text = span_trim(text);
    while (text.len > 0 && strchr(",;|-@/", text.at[text.len - 1]) != NULL && text.at[text.len - 1] != '\0')
        text = span_trim(span_until(text, text.len - 1));
    while (span_ends(text, "\u2013") || span_ends(text, "\u2014"))
        text = span_trim(span_until(text, text.len - 3));
    return text;
}

void title_add_stamp(struct title *title, const struct stamp *stamp)
{
    stamp_add(&title->stamp, stamp);
    title->evidence |= evidence_bit(stamp->venue.len > 0 ? FOR_STAMP : FOR_YEAR);
}

/* Whether a stamp can be parted from a title here. */
static bool is_joint(struct span text, size_t at)
{
    static const char *const joints[] = {", ",   " - ", " -- ", " \u2013 ", " \u2014 ", " | ",  " @ ", ". ",
                                         " in ", " / ", "; ",   "\t",       ",",        " at ", " In "};
    const unsigned char next = at + 1 < text.len ? (unsigned char)text.at[at + 1] : 0;
    if (strchr(" ,.;\t", text.at[at]) == NULL || (text.at[at] == ' ' && next < 0x80 && strchr("-|@/iaI", next) == NULL))
        return false;
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (span_starts(span_from(text, at), joints[i]))
            return true;
    return false;
}

/* "Title, Journal of Pages" in front of a year: where it appeared, by a name that nobody listed. */
static void cut_serial_name(struct title *title)
{
    enum { FEWEST_WORDS = 3 };
    const char *comma = title->text.len == 0 ? NULL : memrchr(title->text.at, ',', title->text.len);
    const size_t at = comma == NULL ? 0 : (size_t)(comma - title->text.at);
    if (!has_words(span_until(title->text, at), FEWEST_WORDS) || !is_serial_name(span_from(title->text, at + 1)))
        return;
    title->stamp.venue = span_trim(span_from(title->text, at + 1));
    title->stamp.guessed = true;
    title->text = title_trim_tail(span_until(title->text, at));
}

/* "Title - Example Technical Report" in front of a dash and a year: where it appeared, whatever that is called. */
static void cut_dashed_name(struct title *title)
{
    enum { FEWEST_WORDS = 3, MOST_NAME_WORDS = 4 };
    static const char dash[] = " - ";
    size_t at = SIZE_MAX;
    for (size_t next = span_find(title->text, dash); next != SIZE_MAX;) {
        at = next;
        const size_t more = span_find(span_from(title->text, at + 1), dash);
        next = more == SIZE_MAX ? SIZE_MAX : at + 1 + more;
    }
    const struct span name = at == SIZE_MAX ? (struct span){"", 0} : span_from(title->text, at + strlen(dash));
    if (name.len == 0 || !is_ascii_capital(name.at[0]) || has_words(name, MOST_NAME_WORDS + 1) ||
        !has_words(span_until(title->text, at), FEWEST_WORDS))
        return;
    title->stamp.venue = name;
    title->stamp.guessed = true;
    title->text = title_trim_tail(span_until(title->text, at));
}

bool title_cut_stamp(struct title *title)
{
    enum { FEWEST_WORDS = 2 };
    const struct span text = title->text;
    struct stamp stamp, found;
    size_t cut = 0, tails = 0;
    bool ended = false; /* by "In SOSP 2031", a sentence of its own */
    for (size_t i = text.len; i-- > 1 && tails < TITLE_MOST_TAILS && !(ended && text.at[i] != '.');) {
        if (!is_joint(text, i))
            continue;
        tails++;
        const bool worded = span_starts(span_from(text, i), " in ") || span_starts(span_from(text, i), " at ");
        if (worded && !has_words(span_until(text, i), FEWEST_WORDS)) /* "Overheard at SOSP" */
            continue;
        if (stamp_read(span_from(text, i), STAMP_LINE, &stamp) && !(worded && stamp.venue.len == 0)) {
            found = stamp;
            cut = i;
            ended |= span_starts(span_from(text, i), " In ");
        }
    }
    if (cut == 0 || !has_words(span_until(text, cut), 1))
        return false;
    title_add_stamp(title, &found);
    title->text = title_trim_tail(span_until(text, cut));
    if (title->stamp.venue.len == 0)
        cut_serial_name(title);
    if (title->stamp.venue.len == 0 && span_starts(span_from(text, cut), " -"))
        cut_dashed_name(title);
    return true;
}
