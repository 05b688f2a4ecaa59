#include "corpus/title_cut.h"
#include "corpus/title_reference.h"

#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/venue_name.h"
#include "corpus/words.h"

/* ---- what encloses a title ------------------------------------------------------------------------------- */

/* Takes off marks that enclose the whole text; false when they do not. */
static bool unwrap(struct span *text, const char *open, const char *close)
{
    const size_t before = strlen(open), behind = strlen(close);
    if (text->len <= before + behind || !span_starts(*text, open) || !span_ends(*text, close))
        return false;
    const struct span inner = {text->at + before, text->len - before - behind};
    if (strcmp(open, close) != 0 && span_find(inner, open) != SIZE_MAX) /* "[a] and [b]" */
        return false;
    *text = span_trim(inner);
    return text->len > 0;
}

static const struct enclosure {
    const char *open, *close;
    enum evidence evidence;
} enclosures[] = {
    {"[", "]", FOR_BRACKETS},         {"\u3010", "\u3011", FOR_BRACKETS}, {"\"", "\"", FOR_QUOTES},
    {"\u201c", "\u201d", FOR_QUOTES}, {"\u201e", "\u201c", FOR_QUOTES},   {"\u300a", "\u300b", FOR_QUOTES},
    {"'", "'", FOR_QUOTES},           {"``", "''", FOR_QUOTES},           {"***", "***", FOR_DECORATION},
    {"**", "**", FOR_DECORATION},     {"__", "__", FOR_DECORATION},       {"*", "*", FOR_DECORATION},
    {"_", "_", FOR_DECORATION},       {"=", "=", FOR_DECORATION},         {"--", "--", FOR_DECORATION},
    {"~", "~", FOR_DECORATION},       {"+", "+", FOR_DECORATION},         {"<", ">", FOR_DECORATION},
    {"`", "`", FOR_DECORATION},
};

static void unwrap_all(struct title *title)
{
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < sizeof enclosures / sizeof enclosures[0]; i++)
            if (unwrap(&title->text, enclosures[i].open, enclosures[i].close)) {
                title->evidence |= evidence_bit(enclosures[i].evidence);
                again = true;
            }
    }
}

/* [Title](address), alone or with something behind it. */
static void read_markdown_link(struct title *title)
{
    const size_t middle = span_find(title->text, "](");
    size_t from = middle == SIZE_MAX ? title->text.len : middle;
    if (!span_starts(title->text, "[") || middle == SIZE_MAX || !link_next(title->text, &from, &title->link))
        return;
    title->text = span_trim((struct span){title->text.at + 1, middle - 1});
    title->evidence |= evidence_bit(FOR_LINK);
}

/* ---- venue and year in front ----------------------------------------------------------------------------- */

/* "[SOSP'21] Title", "(2020) Title". */
static bool cut_leading_group(struct title *title)
{
    const bool square = span_starts(title->text, "[");
    const size_t end = square || span_starts(title->text, "(") ? span_find(title->text, square ? "]" : ")") : SIZE_MAX;
    struct stamp stamp;
    if (end == SIZE_MAX || !stamp_read((struct span){title->text.at + 1, end - 1}, STAMP_GROUP, &stamp))
        return false;
    struct span rest = span_trim(span_from(title->text, end + 1));
    while (rest.len > 0 && strchr(":-|", rest.at[0]) != NULL)
        rest = span_trim(span_from(rest, 1));
    if (!has_words(rest, 1))
        return false;
    title->text = rest;
    title_add_stamp(title, &stamp);
    return true;
}

/* The bytes of what parts a stamp from the title behind it. */
static size_t parting(struct span text)
{
    static const char *const marks[] = {": ",  " - ", " -- ",   " \u2013 ", " \u2014 ", " / ",
                                        " | ", "\t",  "\uff1a", ". ",       ", "};
    if ((unsigned char)text.at[0] < 0x80 && strchr(": .,\t", text.at[0]) == NULL)
        return 0;
    return span_starts_with_one(text, marks, sizeof marks / sizeof marks[0]);
}

/* "1986 A. Example": nothing but a space between. */
static bool cut_leading_year(struct title *title)
{
    enum { YEAR_DIGITS = 4 };
    const int year = title->text.len > YEAR_DIGITS && is_blank(title->text.at[YEAR_DIGITS])
                         ? year_find(span_until(title->text, YEAR_DIGITS))
                         : 0;
    if (year == 0)
        return false;
    const struct stamp stamp = {.text = span_until(title->text, YEAR_DIGITS), .year = year};
    title->text = span_trim(span_from(title->text, YEAR_DIGITS));
    title_add_stamp(title, &stamp);
    return true;
}

/* "SOSP'21: Title", "OSDI / Title", "2020 - Title", "OSDI 2020 Title". */
static bool cut_leading_stamp(struct title *title)
{
    enum { FARTHEST = 48 };
    const struct span text = title->text;
    struct stamp stamp;
    size_t bytes;
    for (size_t i = 2; i < text.len && i < FARTHEST; i++) {
        const size_t mark = parting(span_from(text, i));
        if (mark == 0)
            continue;
        const struct span rest = span_trim(span_from(text, i + mark));
        const bool named = text.at[i] == ':'; /* "RAID: ..." is a system's name */
        if (!stamp_read(span_until(text, i), STAMP_LINE, &stamp) || (named && stamp.doubtful) || !has_words(rest, 1))
            break;
        if (named && stamp.guessed && cut_leading_year(title)) /* "2031 QX: ..." as well */
            return true;
        title->text = rest;
        title_add_stamp(title, &stamp);
        return true;
    }
    if (!stamp_leads(text, &stamp, &bytes) || !has_words(span_from(text, bytes), 3))
        return false;
    const struct span rest = span_trim(span_from(text, bytes));
    if (!is_capital(code_point_at(rest, &bytes)))
        return false;
    title->text = rest;
    title_add_stamp(title, &stamp);
    return true;
}

/* ---- venue, year, authors and link behind ---------------------------------------------------------------- */

/* "Title (Ada Example, Bo Sample, 2031)", "Title (2031, Example and Sample)". Families alone, which a journal might be
 * called after, are told by what joins them. */
static bool read_names_and_year(struct span inner, bool is_joined, struct title *title)
{
    enum { YEAR_DIGITS = 4 };
    const bool in_front = inner.len > YEAR_DIGITS && inner.at[YEAR_DIGITS] == ',';
    const char *comma = in_front ? inner.at + YEAR_DIGITS : memrchr(inner.at, ',', inner.len);
    struct names names;
    struct stamp stamp;
    if (comma == NULL)
        return false;
    const size_t at = (size_t)(comma - inner.at);
    const struct span front = span_until(inner, at), behind = span_trim(span_from(inner, at + 1));
    const struct span people = in_front ? behind : front;
    if (!stamp_read(in_front ? front : behind, STAMP_LINE, &stamp) || stamp.year == 0 || !names_read(people, &names) ||
        names.field_words > 0)
        return false;
    const bool joined = span_find(people, " & ") != SIZE_MAX || span_find(people, " and ") != SIZE_MAX;
    const bool families = names.and_others || (joined && names.single > 1);
    if (is_joined ? !families : names.full == 0 && !families)
        return false;
    title->authors = people;
    title_add_stamp(title, &stamp);
    return true;
}

/* "Title (Example et al.)", "Title (Example & Sample)". */
static bool read_names_within(struct span inner, struct title *title)
{
    struct names names;
    const bool joined = span_find(inner, " & ") != SIZE_MAX || span_find(inner, " and ") != SIZE_MAX;
    if (!names_read(inner, &names) || names.field_words > 0 || !(names.and_others || (joined && names.single == 2)))
        return false;
    title->authors = inner;
    return true;
}

/* "[also in 2.1]": where else a list has the paper. */
static bool is_pointer_within(struct span inner)
{
    return span_starts_nocase(inner, "also in ") || span_starts_nocase(inner, "see also ") ||
           span_starts_nocase(inner, "also see ");
}

/* "(draft)", "(In submission)", "(Best Paper)": how far a paper is, or how it was received. */
static bool is_status_within(struct span inner)
{
    static const char *const names[] = {"draft",      "in submission",     "under submission",
                                        "submitted",  "under review",      "to appear",
                                        "best paper", "best paper award",  "oral",
                                        "spotlight",  "honorable mention", "best paper honorable mention"};
    return span_is_among_nocase(span_trim_marks(inner, "*_"), names, sizeof names / sizeof names[0]);
}

/* "Title: https://arxiv.org/abs/2101.00001 (printed)": what stands in brackets behind an address is a remark. */
static bool ends_with_link(struct span text)
{
    struct span link = {text.at, 0};
    for (size_t from = 0; link_next(text, &from, &link);)
        ;
    return link.len > 0 && link.at + link.len == text.at + text.len;
}

/* "Title (IEEE Transactions on Pages)", "Title (Distributed and Parallel Pages 2031)": a journal by a name that nobody
 * listed, or any name in front of a year. */
static bool read_serial_name(struct span inner, struct stamp *stamp)
{
    enum { YEAR_DIGITS = 4, FEWEST_NAME_BYTES = 8 };
    const size_t at = inner.len > YEAR_DIGITS + FEWEST_NAME_BYTES ? inner.len - YEAR_DIGITS : 0;
    const int year = at > 0 && is_blank(inner.at[at - 1]) ? year_find(span_from(inner, at)) : 0;
    const struct span name = year == 0 ? inner : title_trim_tail(span_until(inner, at));
    struct span rest = name;
    *stamp = (struct stamp){.text = inner, .venue = name, .year = year, .guessed = true};
    if (is_serial_name(name))
        return true;
    for (struct word word; year != 0 && word_next(&rest, &word);) {
        const bool name_word = word.letters == CASE_UPPER && !is_month(word.text);
        if (!name_word && !(word.classes & WORD_FUNCTION))
            return false;
    }
    return year != 0;
}

static bool cut_trailing_group(struct title *title)
{
    const struct span text = title->text;
    if (text.len < 3 || (text.at[text.len - 1] != ')' && text.at[text.len - 1] != ']'))
        return false;
    const char *open = memrchr(text.at, text.at[text.len - 1] == ')' ? '(' : '[', text.len);
    if (open == NULL || open == text.at)
        return false;
    const struct span inner = {open + 1, (size_t)(text.at + text.len - 1 - (open + 1))};
    struct stamp stamp;
    struct span link;
    if (read_names_and_year(inner, true, title))
        title->evidence |= evidence_bit(FOR_REFERENCE);
    else if (stamp_read(inner, STAMP_GROUP, &stamp) || read_serial_name(inner, &stamp))
        title_add_stamp(title, &stamp);
    else if (read_names_and_year(inner, false, title) || read_names_within(inner, title))
        title->evidence |= evidence_bit(FOR_REFERENCE);
    else if (link_read(inner, &link) == LINK_WEB)
        title->link = link;
    else if (!is_pointer_within(inner) && !is_status_within(inner) &&
             (span_trim(inner).len == 0 || !is_link_name(inner)) && /* "[pdf]", "(link)": no part of the title */
             !ends_with_link(span_trim(span_until(text, (size_t)(open - text.at)))))
        return false;
    title->text = title_trim_tail(span_until(text, (size_t)(open - text.at)));
    return true;
}

static bool cut_trailing_link(struct title *title)
{
    const struct span text = title->text;
    size_t from = 0;
    struct span link;
    if (!link_next(text, &from, &link) || link.at == text.at || from + 1 < text.len)
        return false;
    title->link = link;
    title->text = title_trim_tail(span_until(text, (size_t)(link.at - text.at)));
    while (span_ends(title->text, "(") || span_ends(title->text, "<") || span_ends(title->text, ":"))
        title->text = title_trim_tail(span_until(title->text, title->text.len - 1));
    title->evidence |= evidence_bit(FOR_LINK);
    return true;
}

/* "Title, June" in front of a year. */
static struct span without_month_behind(struct span text)
{
    const char *comma = memrchr(text.at, ',', text.len);
    const size_t at = comma == NULL ? text.len : (size_t)(comma - text.at);
    return at < text.len && is_month(span_trim(span_from(text, at + 1))) ? title_trim_tail(span_until(text, at)) : text;
}

/* "ACM" in front of "SOSP 2031", and not the last word of "Quiet Pages on Shared GPUs SOSP 2031". */
static bool belongs_to_venue(struct span front)
{
    struct word word;
    struct stamp stamp;
    struct span rest = front;
    return (word_next(&rest, &word) && (word.classes & WORD_FILLER) != 0) ||
           (stamp_read(front, STAMP_LINE, &stamp) && !stamp.guessed);
}

/* "Title SOSP'21", "title osdi 2020", "title 2017": nothing but a space between. */
static bool cut_bare_stamp(struct title *title)
{
    const struct span text = title->text;
    struct stamp stamp, found = {0};
    size_t cut = 0, words = 0;
    for (size_t i = text.len; i-- > 1 && words < 3;) {
        if (!is_blank(text.at[i]) || is_blank(text.at[i - 1]))
            continue;
        words++;
        if (cut > 0 && found.venue.len > 0 && !found.guessed &&
            !belongs_to_venue(span_trim(span_from(span_until(text, cut), i))))
            break;
        if (stamp_read(span_from(text, i), STAMP_LINE, &stamp) && stamp.year != 0) {
            found = stamp;
            cut = i;
        }
    }
    if (cut == 0 || !has_words(span_until(text, cut), 3))
        return false;
    struct span before = span_until(text, cut);
    struct word last = {0}, word;
    while (word_next(&before, &word))
        last = word;
    if (last.classes & WORD_FUNCTION)
        return false;
    title_add_stamp(title, &found);
    title->text = without_month_behind(title_trim_tail(span_until(text, cut)));
    return true;
}

/* "Title | NSDI 20 | a word on it": the venue stands between bars. */
static void cut_barred_stamp(struct title *title)
{
    const struct span text = title->text;
    const size_t bar = span_find(text, " | ");
    if (bar == SIZE_MAX || bar == 0)
        return;
    const struct span behind = span_from(text, bar + 3);
    const size_t next = span_find(behind, " | ");
    struct stamp stamp;
    if (next == SIZE_MAX || !stamp_read(span_until(behind, next), STAMP_LINE, &stamp))
        return;
    title->text = span_trim(span_until(text, bar));
    title_add_stamp(title, &stamp);
}

/* "Ranking Pages by Their Noise", "Ranking Pages by Combining Views" name nobody. */
static bool begins_with_no_name(struct span text)
{
    static const char *const pronouns[] = {"their ", "its ", "his ", "her ", "our ", "your ", "my "};
    if (span_starts_nocase_with_one(text, pronouns, sizeof pronouns / sizeof pronouns[0]) > 0)
        return true;
    struct word word;
    struct span rest = text;
    return word_next(&rest, &word) && word.text.len > strlen("Young") && span_ends(word.text, "ing");
}

/* "Title by Ada Example and Bo Sample": only where a venue or several names make it certain, or a comma and a year:
 * "Title, by Example and Sample, 2031". */
static void cut_byline(struct title *title)
{
    const struct span text = title->text;
    struct names names;
    for (size_t i = text.len; i-- > 1;) {
        if (text.at[i] != ' ' || !span_starts(span_from(text, i), " by "))
            continue;
        const struct span authors = span_trim(span_from(text, i + 4));
        if (begins_with_no_name(authors) || !names_read(authors, &names))
            return;
        const bool set_off = span_ends(span_until(text, i), ",") && title->stamp.year != 0 && names.field_words == 0;
        if (names.full + names.and_others == 0 && !set_off)
            return;
        /* "Labels Corrupted by Severe Noise", "Reading Pages by Deep Cyclic Caching" */
        const bool means = span_ends(span_until(text, i), "ed") || names.field_words > 0;
        if (!names_are_likely(&names) && !set_off && (title->stamp.text.len == 0 || means))
            return;
        title->authors = authors;
        title->text = title_trim_tail(span_until(text, i));
        return;
    }
}

/* Whether all of it is one person, by two words or more: "Ada Mary Example". */
static bool is_one_person(const struct names *names)
{
    return names->full == 1 && names->single == 0 && names->words > 1;
}

/* "Title ~ Ada Example", "Title - Ada Example, Bo Sample": behind a dash it takes several names, or a year behind
 * one. */
static void cut_names_behind_mark(struct title *title)
{
    static const char *const marks[] = {" ~ ", " \u2014 ", " \u2013 ", " - "};
    const struct span text = title->text;
    struct names names;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && title->authors.len == 0; i++) {
        const size_t at = span_find(text, marks[i]);
        if (at == SIZE_MAX || !has_words(span_until(text, at), 3))
            continue;
        const struct span behind = span_trim(span_from(text, at + strlen(marks[i])));
        const bool is_long = i == 1 || i == 2; /* a hyphen parts subtitles too */
        if (!names_read(behind, &names) || names.field_words > 0 ||
            !(i == 0 ? names.full + names.and_others > 0 || names.single > 1
                     : names_are_likely(&names) ||
                           (is_long && is_one_person(&names) && title->stamp.year != 0 && title->stamp.venue.len == 0)))
            continue;
        title->authors = behind;
        title->text = title_trim_tail(span_until(text, at));
        title->evidence |= evidence_bit(FOR_REFERENCE);
    }
}

/* "Title, Ada Example et al.": the longest tail behind a comma that is names and says so. */
static void cut_names_behind(struct title *title)
{
    const struct span text = title->text;
    struct names names;
    if (span_find(text, " et al") == SIZE_MAX || title->authors.len > 0)
        return;
    for (size_t i = 1; i + 2 < text.len; i++) {
        const struct span behind = span_from(text, i);
        if (!span_starts(behind, ", ") || !has_words(span_until(text, i), 3) ||
            !names_read(span_from(behind, 2), &names) || !names.and_others)
            continue;
        title->authors = span_trim(span_from(behind, 2));
        title->text = title_trim_tail(span_until(text, i));
        return;
    }
}

/* "Example et al.: Title", "Ada Example, Bo Sample: Title": of systems one word is named so, not several people. */
static void cut_names_in_front(struct title *title)
{
    enum { FEWEST_WORDS = 3 };
    const size_t colon = span_find(title->text, ": ");
    struct names names;
    if (colon == SIZE_MAX || title->authors.len > 0 || !has_words(span_from(title->text, colon + 2), FEWEST_WORDS) ||
        !names_read(span_until(title->text, colon), &names) || names.field_words > 0 ||
        !(names.and_others || (names.full >= 2 && names.single == 0)))
        return;
    title->authors = span_until(title->text, colon);
    title->text = span_trim(span_from(title->text, colon + 2));
    title->evidence |= evidence_bit(FOR_REFERENCE);
}

/* Where a year, with a venue or not, ends how a paper is cited, "Doe et al. (2031)", "Doe, OSDI 2031"; 0 when none
 * does. One word in front of brackets may as well name a prize. */
static size_t year_in_citation(struct span cited, struct stamp *stamp)
{
    struct names names;
    for (size_t i = cited.len; i-- > 1;)
        if (strchr(" ,(", cited.at[i]) != NULL && stamp_read(span_from(cited, i), STAMP_LINE, stamp) &&
            stamp->year != 0 && names_read(title_trim_tail(span_until(cited, i)), &names) && names.field_words == 0)
            return names.and_others || names.words > 1 || !span_ends(cited, ")") ? i : 0;
    return 0;
}

/* "Doe and Roe, 2031 — Title", "Doe et al. (2031) - Title", "Doe - 2031 - Title", "Doe et al., OSDI 2031: Title". */
static bool cut_citation_in_front(struct title *title)
{
    enum { FARTHEST = 120, FEWEST_WORDS = 3 };
    static const char *const marks[] = {": ", " - ", " -- ", " \u2013 ", " \u2014 "};
    const struct span text = title->text;
    for (size_t i = 1; i < text.len && i < FARTHEST; i++) {
        size_t bytes = 0;
        for (size_t j = 0; j < sizeof marks / sizeof marks[0] && bytes == 0; j++)
            bytes = span_starts(span_from(text, i), marks[j]) ? strlen(marks[j]) : 0;
        const struct span rest = bytes == 0 ? (struct span){"", 0} : span_trim(span_from(text, i + bytes));
        struct stamp stamp;
        const size_t at = has_words(rest, FEWEST_WORDS) ? year_in_citation(span_until(text, i), &stamp) : 0;
        if (at == 0)
            continue;
        title->authors = title_trim_tail(span_until(text, at));
        title->text = rest;
        title->evidence |= evidence_bit(FOR_REFERENCE);
        title_add_stamp(title, &stamp);
        return true;
    }
    return false;
}

/* "Title \u00b7 Example University \u00b7 SOSP 2031": what stands behind a dot in the middle of a line is beside the
 * title. */
static void cut_dotted(struct title *title)
{
    enum { FEWEST_WORDS = 3 };
    static const char dot[] = " \u00b7 ";
    const size_t at = span_find(title->text, dot);
    struct span behind = at == SIZE_MAX ? (struct span){"", 0} : span_from(title->text, at + strlen(dot));
    if (behind.len == 0 || !has_words(span_until(title->text, at), FEWEST_WORDS))
        return;
    title->text = title_trim_tail(span_until(title->text, at));
    while (behind.len > 0) {
        const size_t next = span_find(behind, dot);
        const struct span part = next == SIZE_MAX ? behind : span_until(behind, next);
        struct stamp stamp;
        struct names names;
        if (stamp_read(part, STAMP_GROUP, &stamp))
            title_add_stamp(title, &stamp);
        else if (title->authors.len == 0 && names_read(part, &names) && names_are_likely(&names))
            title->authors = span_trim(part);
        behind = span_from(behind, next == SIZE_MAX ? behind.len : next + strlen(dot));
    }
}

/* ---- the whole line -------------------------------------------------------------------------------------- */

static void read_surroundings(struct title *title)
{
    (void)(cut_leading_group(title) || cut_leading_stamp(title) || cut_citation_in_front(title));
    cut_dotted(title);
    for (size_t i = 0; i < TITLE_MOST_TAILS; i++)
        if (!cut_trailing_link(title) && !cut_trailing_group(title) && !title_cut_stamp(title))
            break;
    if (title->stamp.text.len == 0)
        (void)cut_bare_stamp(title);
    cut_names_in_front(title);
    cut_byline(title);
    cut_names_behind(title);
    cut_names_behind_mark(title);
}

/* "(SOSP 2031) Ada Example and Bo Sample. Title. In Proceedings": a stamp in brackets, or a year, in front of a
 * reference. */
static bool read_stamped_reference(struct title *title)
{
    struct title behind = *title;
    if (!(cut_leading_group(&behind) || cut_leading_year(&behind)) || !title_read_reference(&behind))
        return false;
    *title = behind;
    return true;
}

void title_read(const struct line *line, struct title *title)
{
    *title = (struct title){.text = line->text};
    if (line->mark == MARK_HEADING)
        title->evidence |= evidence_bit(FOR_HEADING);
    if (line->mark == MARK_SUBHEADING)
        title->evidence |= evidence_bit(FOR_DECORATION);
    const size_t label = title_label_bytes(title->text);
    if (label > 0) {
        title->text = span_from(title->text, label);
        title->evidence |= evidence_bit(FOR_LABEL);
    }
    read_markdown_link(title);
    unwrap_all(title);
    cut_barred_stamp(title);
    if (!title_read_reference(title) && !read_stamped_reference(title))
        read_surroundings(title);
    unwrap_all(title);
    const bool surrounded = (title->evidence & ~evidence_bit(FOR_HEADING)) != 0;
    if (surrounded && span_ends(title->text, ".") && !span_ends(title->text, ".."))
        title->text.len--;
    if (title->text.len == 0)
        title->text = line->text;
}
