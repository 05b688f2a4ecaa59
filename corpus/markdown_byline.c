/* Who wrote a paper and where it appeared, as a line or a sentence of a page has it that labels neither. */
#include "corpus/markdown_meta.h"

#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/title.h"
#include "corpus/venue_name.h"
#include "corpus/words.h"

/* Takes names and the venue behind them, parts of the `words` that `text` says. */
static bool take_who_and_where(struct arena *arena, struct meta *meta, struct span text, struct span words,
                               struct span people, struct span venue, uint32_t line)
{
    const struct value who = {people, {text.at + (people.at - words.at), people.len}, line, false};
    const struct value where = {venue, {text.at + (venue.at - words.at), venue.len}, line, false};
    return meta_take(arena, meta, LABEL_AUTHORS, &who) && meta_take(arena, meta, LABEL_VENUE, &where);
}

/* Where names end and a venue begins: "Kung and Robinson. TODS 1981", "Ada Example, Bo Sample (SOSP '99)". A year alone
 * takes names in full, "et al.", or three families. */
static size_t stamp_behind_names(struct span text)
{
    enum { LONGEST_STAMP_BYTES = 60, FEWEST_FAMILIES = 3 };
    struct stamp stamp;
    struct names names;
    for (size_t i = text.len; i-- > 1 && text.len - i < LONGEST_STAMP_BYTES;)
        if (strchr(".,(;", text.at[i]) != NULL && stamp_read(span_from(text, i), STAMP_LINE, &stamp) &&
            names_read(span_until(text, i), &names) &&
            (stamp.venue.len > 0 || names.full > 0 || names.and_others || names.single >= FEWEST_FAMILIES))
            return i;
    return 0;
}

/* The same the other way round: "NSDI '19. Ada Example, Bo Sample." */
static size_t names_behind_stamp(struct span text)
{
    enum { LONGEST_STAMP_BYTES = 40 };
    struct stamp stamp;
    struct names names;
    for (size_t i = 1; i + 1 < text.len && i < LONGEST_STAMP_BYTES; i++)
        if (strchr(".,:;-", text.at[i]) != NULL && stamp_read(span_until(text, i), STAMP_LINE, &stamp) &&
            stamp.venue.len > 0 && names_read(span_from(text, i + 1), &names) && names.full + names.and_others > 0)
            return i + 1;
    return 0;
}

/* "Ada Example and Bo Sample - Communications of the ACM, February 2013": names, a dash, and a venue by its long
 * name. */
static bool take_dashed_byline(struct arena *arena, struct meta *meta, struct span text, struct span words,
                               uint32_t line)
{
    static const char *const dashes[] = {"\u2014", "\u2013", " - ", " -- "};
    size_t at = SIZE_MAX, dash = 0;
    struct names names;
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0] && at == SIZE_MAX; i++) {
        at = span_find(words, dashes[i]);
        dash = strlen(dashes[i]);
    }
    if (at == SIZE_MAX || !names_read(span_until(words, at), &names) || !names_are_likely(&names))
        return false;
    const struct span venue = span_trim(span_from(words, at + dash)), people = span_trim(span_until(words, at));
    if (venue_short_name(venue).len == 0)
        return false;
    return take_who_and_where(arena, meta, text, words, people, venue, line);
}

/* "ACL 2020, Example Institute": a venue with its year, and what stands behind the comma. */
static struct span without_affiliation(struct span venue)
{
    const size_t comma = span_find(venue, ",");
    struct stamp stamp;
    const bool is_stamp = comma != SIZE_MAX && stamp_read(span_until(venue, comma), STAMP_LINE, &stamp) &&
                          stamp.venue.len > 0 && stamp.year != 0;
    return is_stamp ? span_until(venue, comma) : venue;
}

/* "Ada Example et al., UCC Companion 2018": behind "et al." a venue that nobody listed is one, if its year is there. */
static bool take_others_byline(struct arena *arena, struct meta *meta, struct span text, struct span words,
                               uint32_t line)
{
    enum { LONGEST_VENUE_BYTES = 60 };
    const size_t at = span_find(words, "et al");
    struct names names;
    if (at == SIZE_MAX || !names_read(span_until(words, at), &names))
        return false;
    struct span venue = span_from(words, at + strlen("et al"));
    if (span_starts(venue, "."))
        venue = span_from(venue, 1);
    if (!span_starts(venue, ",") && !span_starts(venue, " (")) /* "Example et al. show ..." */
        return false;
    while (venue.len > 0 && strchr(", (", venue.at[0]) != NULL)
        venue = span_from(venue, 1);
    while (venue.len > 0 && strchr(". )", venue.at[venue.len - 1]) != NULL)
        venue.len--;
    venue = meta_without_publishing(without_affiliation(venue));
    if (venue.len <= 4 || venue.len > LONGEST_VENUE_BYTES || year_find(span_from(venue, venue.len - 4)) == 0)
        return false;
    const struct span people = span_trim(span_until(words, at));
    return take_who_and_where(arena, meta, text, words, people, venue, line);
}

/* A byline up to a bar, with nothing but links behind it: "Ada Example, CACM 1978 | [PDF](...)". */
static bool take_barred_byline(struct arena *arena, struct meta *meta, struct span text, struct span words,
                               uint32_t line)
{
    for (size_t i = 0; i < words.len; i++) {
        const size_t bytes = meta_divider(span_from(words, i));
        if (bytes == 0)
            continue;
        const struct span text_behind = span_from(text, i + bytes), behind = span_from(words, i + bytes);
        return is_link_name(span_trim(behind)) &&
               meta_take_byline(arena, meta, span_until(text, i), span_until(words, i), line) &&
               meta_take_line(arena, meta, text_behind, behind, line);
    }
    return false;
}

/* The bytes up to the first bar or dot that divides; all when none does. */
static size_t divider_at(struct span words)
{
    size_t at = 0;
    while (at < words.len && meta_divider(span_from(words, at)) == 0)
        at++;
    return at;
}

/* "Ada Example, Bo Sample \u00b7 SOSP 2031 \u00b7 [PDF](...)": names up to a bar or a dot, then where or when. One
 * alone is told by "by" in front. */
static bool take_divided_byline(struct arena *arena, struct meta *meta, struct span text, struct span words, bool is_by,
                                uint32_t line)
{
    const size_t at = divider_at(words);
    struct names names;
    struct stamp stamp;
    if (at == words.len || !names_read(span_until(words, at), &names) || names.field_words > 0 ||
        !(names_are_likely(&names) || (is_by && names.full > 0)))
        return false;
    const size_t start = at + meta_divider(span_from(words, at));
    const struct span behind = span_from(words, start);
    if (!stamp_read(span_until(behind, divider_at(behind)), STAMP_LINE, &stamp))
        return false;
    const struct value who = {span_trim(span_until(words, at)), span_trim(span_until(text, at)), line, false};
    return meta_take_line(arena, meta, span_from(text, start), behind, line) &&
           meta_take(arena, meta, LABEL_AUTHORS, &who);
}

/* "Journal of Pages, Ada Example, Bo Sample, 2031": names between a journal or a meeting by its long name and the
 * year. */
static bool take_enclosed_byline(struct arena *arena, struct meta *meta, struct span text, struct span words,
                                 uint32_t line)
{
    enum { YEAR_DIGITS = 4 };
    const struct span bare = span_trim(words);
    const size_t comma = span_find(bare, ", ");
    const char *last = bare.len == 0 ? NULL : memrchr(bare.at, ',', bare.len);
    const size_t end = last == NULL ? 0 : (size_t)(last - bare.at);
    struct names names;
    if (comma == SIZE_MAX || end <= comma)
        return false;
    const struct span venue = span_until(bare, comma), year = span_trim(span_from(bare, end + 1));
    const struct span people = span_trim(span_from(span_until(bare, end), comma + 1));
    if (year.len != YEAR_DIGITS || year_find(year) == 0 || !names_read(people, &names) || names.full == 0 ||
        names.single + names.field_words > 0 || !(is_serial_name(venue) || venue_short_name(venue).len > 0))
        return false;
    meta->year = meta->year == 0 ? year_find(year) : meta->year;
    return take_who_and_where(arena, meta, text, words, people, venue, line);
}

/* Names, a comma, and where the paper was published: "Ada Example and Bo Sample, published in SOSP 2031". */
static bool take_told_byline(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line)
{
    struct names names;
    struct stamp stamp;
    for (size_t i = 1; i < words.len; i++) {
        const struct span rest = span_trim(span_from(words, i)), venue = meta_without_publishing(rest);
        if (words.at[i - 1] != ',' || venue.len == rest.len || !stamp_read(venue, STAMP_LINE, &stamp) ||
            stamp.venue.len == 0 || !names_read(span_until(words, i - 1), &names) || names.full == 0)
            continue;
        const struct span people = span_trim(span_until(words, i - 1));
        return take_who_and_where(arena, meta, text, words, people, venue, line);
    }
    return false;
}

/* The bytes of "By " in front of names. */
static size_t by_bytes(struct span words)
{
    static const char by[] = "by ";
    const size_t start = (size_t)(span_trim(words).at - words.at);
    return span_starts_nocase(span_trim(words), by) ? start + strlen(by) : 0;
}

/* "Example et al., 2031 (a data set)": what is said behind the year is no part of who wrote it. */
static struct span without_remark(struct span words)
{
    enum { YEAR_DIGITS = 4 };
    const char *open = span_ends(span_trim(words), ")") ? memrchr(words.at, '(', words.len) : NULL;
    const struct span front = span_trim(open == NULL ? words : span_until(words, (size_t)(open - words.at)));
    return open != NULL && front.len > YEAR_DIGITS && year_find(span_from(front, front.len - YEAR_DIGITS)) != 0
               ? span_until(words, (size_t)(open - words.at))
               : words;
}

bool meta_take_byline(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line)
{
    const size_t by = by_bytes(words);
    words = span_from(without_remark(words), by);
    text = span_until(span_from(text, by), words.len);
    const struct span bare = span_trim(words);
    if (meta->authors.count > 0 || bare.len > LONGEST_RECORD_LINE_BYTES)
        return false;
    if (take_barred_byline(arena, meta, text, words, line) || take_others_byline(arena, meta, text, words, line))
        return true;
    if (take_divided_byline(arena, meta, text, words, by > 0, line) ||
        take_enclosed_byline(arena, meta, text, words, line))
        return true;
    if (take_dashed_byline(arena, meta, text, words, line) || take_told_byline(arena, meta, text, words, line))
        return true;
    const size_t end = stamp_behind_names(bare), start = end > 0 ? 0 : names_behind_stamp(bare);
    if (end == 0 && start == 0)
        return false;
    const struct span source = {text.at + (bare.at - words.at), bare.len};
    const struct span people = {source.at + start, (end > 0 ? end : source.len) - start};
    const struct span stamp = end > 0 ? span_from(source, end) : span_until(source, start);
    const struct value names = {{bare.at + start, people.len}, people, line, false};
    (void)meta_take(arena, meta, LABEL_AUTHORS, &names);
    return meta_take_line(arena, meta, stamp, (struct span){bare.at + (end > 0 ? end : 0), stamp.len}, line);
}

bool meta_take_told(struct meta *meta, struct span words)
{
    enum { LONGEST_BYTES = 160 };
    struct stamp stamp;
    words = span_trim(words);
    const size_t close = span_starts(words, "(") ? span_find(words, ")") : SIZE_MAX;
    if (close != SIZE_MAX) /* "(OSDI 2018) Pages are ..." */
        words = span_until(words, close);
    if (meta->venue.len > 0 || meta->year != 0 || words.len > LONGEST_BYTES)
        return false;
    for (size_t i = 0, end; i < words.len; i = end + 1) {
        for (end = i;
             end < words.len && (unsigned char)words.at[end] < 0x80 && strchr(",.;:()\n", words.at[end]) == NULL;)
            end++;
        for (size_t j = i, bytes; j < end; j++)
            if (is_ascii_capital(words.at[j]) && (j == i || is_blank(words.at[j - 1])) &&
                stamp_leads((struct span){words.at + j, end - j}, &stamp, &bytes) && !stamp.guessed &&
                !stamp.doubtful) {
                meta_fill_venue(meta, &stamp);
                return true;
            }
    }
    return false;
}

bool meta_take_behind_title(struct meta *meta, struct span title, struct span words)
{
    static const char *const closers[] = {" ", "\"", "*", "_", "\n", "\u201d", "\u300f", "\u300d", "\u300b"};
    enum { FEWEST_WORDS = 3, LONGEST_STAMP = 60 };
    struct stamp stamp, found = {0};
    const char *at = title.len == 0 || words.len == 0 ? NULL : memmem(words.at, words.len, title.at, title.len);
    if (meta->year != 0 || at == NULL || !has_words(title, FEWEST_WORDS))
        return false;
    struct span behind = span_from(words, (size_t)(at - words.at) + title.len);
    for (size_t bytes = 1; bytes > 0; behind = span_from(behind, bytes))
        bytes = span_starts_with_one(behind, closers, sizeof closers / sizeof closers[0]);
    if (behind.len < 2 || strchr(",.(", behind.at[0]) == NULL)
        return false;
    for (size_t i = 1; i <= behind.len && i < LONGEST_STAMP; i++) {
        const bool ends =
            i == behind.len || strchr(",.;) ", behind.at[i]) != NULL || (unsigned char)behind.at[i] >= 0x80;
        if (ends && stamp_read(span_until(behind, i), STAMP_LINE, &stamp) && stamp.year != 0)
            found = stamp;
    }
    const size_t end = span_find(span_from(behind, 2), ". "); /* "Title. J Pages 2031", by a name that nobody listed */
    const struct span place = span_until(behind, end == SIZE_MAX ? behind.len : end + 2);
    if (found.year == 0 && place.len < LONGEST_STAMP)
        found.year = year_find(place);
    meta_fill_venue(meta, &found);
    return found.year != 0;
}
