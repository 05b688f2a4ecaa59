#include "corpus/title.h"

#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/words.h"

enum { MOST_TAILS = 4 };

static struct span trim_tail(struct span text)
{
    text = span_trim(text);
    while (text.len > 0 && strchr(",;|-@/", text.at[text.len - 1]) != NULL && text.at[text.len - 1] != '\0')
        text = span_trim(span_until(text, text.len - 1));
    while (span_ends(text, "\u2013") || span_ends(text, "\u2014"))
        text = span_trim(span_until(text, text.len - 3));
    return text;
}

static void add_stamp(struct title *title, const struct stamp *stamp)
{
    stamp_add(&title->stamp, stamp);
    title->evidence |= evidence_bit(stamp->venue.len > 0 ? FOR_STAMP : FOR_YEAR);
}

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
    add_stamp(title, &stamp);
    return true;
}

/* The bytes of what parts a stamp from the title behind it. */
static size_t parting(struct span text)
{
    static const char *const marks[] = {": ",  " - ", " -- ",   " \u2013 ", " \u2014 ", " / ",
                                        " | ", "\t",  "\uff1a", ". ",       ", "};
    if ((unsigned char)text.at[0] < 0x80 && strchr(": .,\t", text.at[0]) == NULL)
        return 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (span_starts(text, marks[i]))
            return strlen(marks[i]);
    return 0;
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
        title->text = rest;
        add_stamp(title, &stamp);
        return true;
    }
    if (!stamp_leads(text, &stamp, &bytes) || !has_words(span_from(text, bytes), 3))
        return false;
    const struct span rest = span_trim(span_from(text, bytes));
    if (!is_capital(code_point_at(rest, &bytes)))
        return false;
    title->text = rest;
    add_stamp(title, &stamp);
    return true;
}

/* ---- venue, year, authors and link behind ---------------------------------------------------------------- */

/* "Title (Ada Example, Bo Sample, 2031)". */
static bool read_names_and_year(struct span inner, struct title *title)
{
    const char *comma = memrchr(inner.at, ',', inner.len);
    struct names names;
    struct stamp stamp;
    if (comma == NULL)
        return false;
    const size_t at = (size_t)(comma - inner.at);
    if (!stamp_read(span_from(inner, at + 1), STAMP_LINE, &stamp) || stamp.year == 0 ||
        !names_read(span_until(inner, at), &names) || names.full == 0 || names.field_words > 0)
        return false;
    title->authors = span_until(inner, at);
    add_stamp(title, &stamp);
    return true;
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
    if (stamp_read(inner, STAMP_GROUP, &stamp))
        add_stamp(title, &stamp);
    else if (read_names_and_year(inner, title))
        title->evidence |= evidence_bit(FOR_REFERENCE);
    else if (link_read(inner, &link) == LINK_WEB)
        title->link = link;
    else if (span_trim(inner).len == 0 || !is_link_name(inner)) /* "[pdf]", "(link)": no part of the title */
        return false;
    title->text = trim_tail(span_until(text, (size_t)(open - text.at)));
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
    title->text = trim_tail(span_until(text, (size_t)(link.at - text.at)));
    while (span_ends(title->text, "(") || span_ends(title->text, "<") || span_ends(title->text, ":"))
        title->text = trim_tail(span_until(title->text, title->text.len - 1));
    title->evidence |= evidence_bit(FOR_LINK);
    return true;
}

/* Whether a stamp can be parted from a title here. */
static bool is_joint(struct span text, size_t at)
{
    static const char *const joints[] = {", ", " - ",  " -- ", " \u2013 ", " \u2014 ", " | ", " @ ",
                                         ". ", " in ", " / ",  "; ",       "\t",       ",",   " at "};
    const unsigned char next = at + 1 < text.len ? (unsigned char)text.at[at + 1] : 0;
    if (strchr(" ,.;\t", text.at[at]) == NULL || (text.at[at] == ' ' && next < 0x80 && strchr("-|@/ia", next) == NULL))
        return false;
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (span_starts(span_from(text, at), joints[i]))
            return true;
    return false;
}

/* The longest tail behind a joint that is a stamp: "Title, OSDI 2020, best paper". */
static bool cut_trailing_stamp(struct title *title)
{
    enum { FEWEST_WORDS = 2 };
    const struct span text = title->text;
    struct stamp stamp, found;
    size_t cut = 0, tails = 0;
    for (size_t i = text.len; i-- > 1 && tails < MOST_TAILS;) {
        if (!is_joint(text, i))
            continue;
        tails++;
        const bool worded = span_starts(span_from(text, i), " in ") || span_starts(span_from(text, i), " at ");
        if (worded && !has_words(span_until(text, i), FEWEST_WORDS)) /* "Overheard at SOSP" */
            continue;
        if (stamp_read(span_from(text, i), STAMP_LINE, &stamp) && !(worded && stamp.venue.len == 0)) {
            found = stamp;
            cut = i;
        }
    }
    if (cut == 0 || !has_words(span_until(text, cut), 1))
        return false;
    add_stamp(title, &found);
    title->text = trim_tail(span_until(text, cut));
    return true;
}

/* "Title SOSP'21", "title osdi 2020", "title 2017": nothing but a space between. */
static bool cut_bare_stamp(struct title *title)
{
    const struct span text = title->text;
    struct stamp stamp, found;
    size_t cut = 0, words = 0;
    for (size_t i = text.len; i-- > 1 && words < 3;) {
        if (!is_blank(text.at[i]) || is_blank(text.at[i - 1]))
            continue;
        words++;
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
    add_stamp(title, &found);
    title->text = trim_tail(span_until(text, cut));
    return true;
}

/* ---- references ------------------------------------------------------------------------------------------ */

/* A. Author and B. Author, "Title," in Proc. SOSP, 2021. */
static bool read_quoted_reference(struct title *title)
{
    const struct span text = title->text;
    const bool curly = span_find(text, "\u201c") != SIZE_MAX;
    const size_t open = span_find(text, curly ? "\u201c" : "\"");
    const size_t mark = curly ? 3 : 1;
    if (open == SIZE_MAX || open == 0)
        return false;
    const struct span inside = span_from(text, open + mark);
    const size_t close = span_find(inside, curly ? "\u201d" : "\"");
    struct names names;
    const struct span authors = trim_tail(span_until(text, open));
    if (close == SIZE_MAX || !has_words(span_until(inside, close), 2) || !names_read(authors, &names) ||
        (names.full + names.and_others == 0 && names.single != 2)) /* "Example, Ada." is two */
        return false;
    struct stamp stamp;
    title->authors = authors;
    title->text = trim_tail(span_until(inside, close));
    if (stamp_search(span_from(inside, close + mark), &stamp))
        stamp_add(&title->stamp, &stamp);
    title->evidence |= evidence_bit(FOR_REFERENCE);
    return true;
}

/* "Title", A. Author and B. Author. (2021) */
static bool read_quoted_front(struct title *title)
{
    const bool curly = span_starts(title->text, "\u201c");
    const size_t mark = curly ? 3 : span_starts(title->text, "\"") ? 1 : 0;
    const struct span inside = span_from(title->text, mark);
    const size_t close = mark == 0 ? SIZE_MAX : span_find(inside, curly ? "\u201d" : "\"");
    struct stamp stamp;
    struct names names;
    if (close == SIZE_MAX || !has_words(span_until(inside, close), 2))
        return false;
    const struct span behind = span_from(inside, close + mark);
    const size_t open = span_find(behind, "(");
    if (behind.len == 0 || strchr(",.", behind.at[0]) == NULL || open == SIZE_MAX ||
        !stamp_search(span_from(behind, open), &stamp) || stamp.year == 0)
        return false;
    const struct span authors = trim_tail(span_trim(span_from(span_until(behind, open), 1)));
    if (!names_read(authors, &names))
        return false;
    title->authors = authors;
    title->text = trim_tail(span_trim(span_until(inside, close)));
    stamp_add(&title->stamp, &stamp);
    title->evidence |= evidence_bit(FOR_REFERENCE);
    return true;
}

/* The pieces of "Title. Authors. Venue Year.", parted by full stops that are none of an abbreviation. */
enum { MOST_PIECES = 8 };

/* "J", "Ed", "S.-T": the initials of a name, before the stop. */
static bool is_initial(struct span word)
{
    size_t longest = 0;
    for (size_t i = 0, run = 0; i < word.len; i++) {
        run = is_ascii_letter(word.at[i]) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return word.len > 0 && is_ascii_letter(word.at[0]) &&
           (word.len <= 2 || (longest == 1 && memchr(word.at, '.', word.len) != NULL));
}

/* Whether a capital follows: "Example et al. Title", but not "Example et al. (2031)". */
static bool is_before_capital(struct span text, size_t stop)
{
    size_t bytes;
    const struct span behind = span_trim(span_from(text, stop + 1));
    return behind.len > 0 && is_capital(code_point_at(behind, &bytes));
}

static bool ends_sentence(struct span text, size_t stop)
{
    size_t start = stop;
    while (start > 0 && !is_blank(text.at[start - 1]))
        start--;
    const struct span word = {text.at + start, stop - start};
    if (span_is(word, "al"))
        return is_before_capital(text, stop);
    return !is_initial(word) && !span_is(word, "vs") && !span_is(word, "Proc") && !span_is(word, "Jr") &&
           !span_is(word, "et") && !span_is(word, "e.g") && !span_is(word, "i.e");
}

static size_t cut_pieces(struct span text, struct span pieces[MOST_PIECES])
{
    size_t count = 0, start = 0;
    for (size_t i = 0; i < text.len && count < MOST_PIECES; i++) {
        const bool stop =
            text.at[i] == '.' && (i + 1 == text.len || is_blank(text.at[i + 1])) && ends_sentence(text, i);
        if (!stop && i + 1 < text.len)
            continue;
        const struct span piece = span_trim((struct span){text.at + start, (stop ? i : i + 1) - start});
        if (piece.len > 0)
            pieces[count++] = piece;
        start = i + 1;
    }
    return count;
}

bool title_cut_authors(struct span text, struct span *authors, struct span *title)
{
    struct span pieces[MOST_PIECES];
    struct names names;
    if (cut_pieces(text, pieces) != 2 || !names_read(pieces[0], &names) || !names_are_likely(&names) ||
        !has_words(pieces[1], 2))
        return false;
    *authors = pieces[0];
    *title = pieces[1];
    return true;
}

/* Ada Example, Bo Sample, ACL 2031. Title. */
static bool read_stamped_names(struct title *title)
{
    struct span pieces[MOST_PIECES];
    struct names names;
    struct stamp stamp;
    const size_t count = cut_pieces(title->text, pieces);
    const char *comma = count < 2 ? NULL : memrchr(pieces[0].at, ',', pieces[0].len);
    if (comma == NULL || !has_words(pieces[1], 3))
        return false;
    const size_t at = (size_t)(comma - pieces[0].at);
    if (!stamp_read(span_from(pieces[0], at + 1), STAMP_LINE, &stamp) || stamp.venue.len == 0 || stamp.year == 0 ||
        !names_read(span_until(pieces[0], at), &names) || names.field_words > 0)
        return false;
    title->authors = span_until(pieces[0], at);
    title->text = pieces[1];
    title->evidence |= evidence_bit(FOR_REFERENCE);
    add_stamp(title, &stamp);
    return true;
}

static bool read_piecewise_reference(struct title *title)
{
    struct span pieces[MOST_PIECES];
    struct names names;
    struct stamp stamp;
    const size_t count = cut_pieces(title->text, pieces);
    if (count < 3)
        return false;
    const bool article = span_starts(pieces[0], "A ") || span_starts(pieces[0], "An ");
    const bool authors_first = !(article && names_read(pieces[1], &names)) && names_read(pieces[0], &names) &&
                               (names_are_likely(&names) || names.full > 0 || names.single == 2); /* "Example, Ada" */
    if (!authors_first && !(names_read(pieces[1], &names) && names.full + names.and_others > 0))
        return false;
    const size_t behind_authors = authors_first && stamp_read(pieces[1], STAMP_LINE, &stamp) ? 2 : 1;
    const size_t at = authors_first ? behind_authors : 0;
    const size_t rest = authors_first ? at + 1 : 2;
    if (rest > count - (at == 2 ? 0 : 1) || !has_words(pieces[at], 2))
        return false;
    const char *end = title->text.at + title->text.len;
    const char *tail = rest < count ? pieces[rest].at : end;
    if (!stamp_search((struct span){tail, (size_t)(end - tail)}, &stamp) && at != 2)
        return false;
    stamp_add(&title->stamp, &stamp);
    if (at == 2 && stamp_read(pieces[1], STAMP_LINE, &stamp))
        stamp_add(&title->stamp, &stamp);
    title->authors = pieces[authors_first ? 0 : 1];
    title->text = pieces[at];
    title->evidence |= evidence_bit(FOR_REFERENCE);
    return true;
}

/* Ada Example, Bo Sample: Title. OSDI 1999: 173-186 */
static bool read_colon_reference(struct title *title)
{
    const struct span text = title->text;
    const size_t colon = span_find(text, ": ");
    struct names names;
    struct stamp stamp;
    if (colon == SIZE_MAX || !names_read(span_until(text, colon), &names) || names.full < 2 || names.single > 0 ||
        names.field_words > 0)
        return false;
    const struct span rest = span_from(text, colon + 2);
    size_t stop = span_find(rest, ". ");
    if (stop == SIZE_MAX || !has_words(span_until(rest, stop), 2) || !stamp_search(span_from(rest, stop), &stamp))
        return false;
    title->authors = span_until(text, colon);
    title->text = span_trim(span_until(rest, stop));
    title->evidence |= evidence_bit(FOR_REFERENCE);
    add_stamp(title, &stamp);
    return true;
}

/* Ada Example, Bo Sample, and Cy Person, Title, Venue 2031: the last name, behind "and", ends the authors. */
static bool read_comma_reference(struct title *title)
{
    const struct span text = title->text;
    const size_t last = span_find(text, " and ");
    if (last == SIZE_MAX)
        return false;
    const struct span behind = span_from(text, last + strlen(" and "));
    const size_t comma = span_find(behind, ", ");
    struct names names;
    if (comma == SIZE_MAX || !names_read(span_until(text, last + strlen(" and ") + comma), &names) || names.full < 2 ||
        names.single > 0 || names.field_words > 0)
        return false;
    struct title rest = {.text = span_trim(span_from(behind, comma + 2))};
    if (!cut_trailing_stamp(&rest) || !has_words(rest.text, 3))
        return false;
    title->authors = span_until(text, last + strlen(" and ") + comma);
    title->text = rest.text;
    title->evidence |= evidence_bit(FOR_REFERENCE);
    add_stamp(title, &rest.stamp);
    return true;
}

/* "Title. Journal of Pages, 12(3), 45-67": what stands behind a title's full stop is where it appeared. */
static void cut_behind_sentence(struct title *title)
{
    struct span pieces[MOST_PIECES];
    struct stamp stamp;
    if (cut_pieces(title->text, pieces) < 2 || !has_words(pieces[0], 3))
        return;
    const char *end = title->text.at + title->text.len;
    if (stamp_search((struct span){pieces[1].at, (size_t)(end - pieces[1].at)}, &stamp))
        stamp_add(&title->stamp, &stamp);
    title->text = pieces[0];
}

/* The mark of what kind of text a reference is to (GB/T 7714): "[J].", "[C]//". */
static size_t kind_mark(struct span text, size_t *bytes)
{
    static const char *const marks[] = {"[C]", "[J]", "[J/OL]", "[C/OL]", "[EB/OL]", "[D]", "[M]", "[A]", "[R]"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        *bytes = strlen(marks[i]);
        if (span_find(text, marks[i]) != SIZE_MAX)
            return span_find(text, marks[i]);
    }
    return SIZE_MAX;
}

/* Example A, Sample B. Title[C]//Proceedings of OSDI. 2021: 1-14. */
static bool read_marked_reference(struct title *title)
{
    size_t bytes;
    const size_t mark = kind_mark(title->text, &bytes);
    const struct span all = title->text, front = span_until(all, mark == SIZE_MAX ? 0 : mark);
    struct names names;
    struct stamp stamp;
    for (size_t i = 1; i + 1 < front.len; i++) {
        if (front.at[i] != '.' || front.at[i + 1] != ' ' || !names_read(span_until(front, i), &names) ||
            !has_words(span_from(front, i + 1), 2))
            continue;
        title->authors = span_until(front, i);
        title->text = span_trim(span_from(front, i + 1));
        title->evidence |= evidence_bit(FOR_REFERENCE);
        if (stamp_search(span_from(all, mark + bytes), &stamp))
            add_stamp(title, &stamp);
        return true;
    }
    return false;
}

/* Dean & Barroso (2013) The Tail at Scale. CACM */
static bool read_dated_reference(struct title *title)
{
    enum { FARTHEST = 160 };
    const struct span text = title->text;
    const size_t open = span_find(span_until(text, text.len < FARTHEST ? text.len : FARTHEST), " (");
    struct stamp stamp;
    struct names names;
    size_t bytes;
    if (open == SIZE_MAX || open == 0)
        return false;
    const struct span inside = span_from(text, open + 2);
    const size_t close = span_find(inside, ")");
    if (close == SIZE_MAX || !stamp_read(span_until(inside, close), STAMP_LINE, &stamp) || stamp.year == 0 ||
        !names_read(span_until(text, open), &names))
        return false;
    struct span rest = span_trim(span_from(inside, close + 1));
    while (rest.len > 0 && strchr(".:,", rest.at[0]) != NULL)
        rest = span_trim(span_from(rest, 1));
    if (!has_words(rest, 3) || !is_capital(code_point_at(rest, &bytes)))
        return false;
    title->authors = span_until(text, open);
    title->text = rest;
    title->evidence |= evidence_bit(FOR_REFERENCE);
    stamp_add(&title->stamp, &stamp);
    if (!cut_trailing_stamp(title))
        cut_behind_sentence(title);
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
    add_stamp(title, &stamp);
}

/* "Ranking Pages by Their Noise" names nobody. */
static bool begins_with_pronoun(struct span text)
{
    static const char *const pronouns[] = {"their ", "its ", "his ", "her ", "our ", "your ", "my "};
    for (size_t i = 0; i < sizeof pronouns / sizeof pronouns[0]; i++)
        if (span_starts_nocase(text, pronouns[i]))
            return true;
    return false;
}

/* "Title by Ada Example and Bo Sample": only where a venue or several names make it certain. */
static void cut_byline(struct title *title)
{
    const struct span text = title->text;
    struct names names;
    for (size_t i = text.len; i-- > 1;) {
        if (text.at[i] != ' ' || !span_starts(span_from(text, i), " by "))
            continue;
        const struct span authors = span_trim(span_from(text, i + 4));
        if (begins_with_pronoun(authors) || !names_read(authors, &names) || names.full + names.and_others == 0)
            return;
        const bool passive = span_ends(span_until(text, i), "ed"); /* "Labels Corrupted by Severe Noise" */
        if (!names_are_likely(&names) && (title->stamp.text.len == 0 || passive))
            return;
        title->authors = authors;
        title->text = trim_tail(span_until(text, i));
        return;
    }
}

/* "Title ~ Ada Example", "Title - Ada Example, Bo Sample": behind a dash it takes several names. */
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
        if (!names_read(behind, &names) || names.field_words > 0 ||
            !(i == 0 ? names.full + names.and_others > 0 || names.single > 1 : names_are_likely(&names)))
            continue;
        title->authors = behind;
        title->text = trim_tail(span_until(text, at));
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
        title->text = trim_tail(span_until(text, i));
        return;
    }
}

/* ---------------------------------------------------------------------------------------------------------- */

static void read_surroundings(struct title *title)
{
    (void)(cut_leading_group(title) || cut_leading_stamp(title));
    for (size_t i = 0; i < MOST_TAILS; i++)
        if (!cut_trailing_link(title) && !cut_trailing_group(title) && !cut_trailing_stamp(title))
            break;
    if (title->stamp.text.len == 0)
        (void)cut_bare_stamp(title);
    cut_byline(title);
    cut_names_behind(title);
    cut_names_behind_mark(title);
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
    if (!read_marked_reference(title) && !read_dated_reference(title) && !read_quoted_reference(title) &&
        !read_quoted_front(title) && !read_stamped_names(title) && !read_piecewise_reference(title) &&
        !read_colon_reference(title) && !read_comma_reference(title))
        read_surroundings(title);
    unwrap_all(title);
    const bool surrounded = (title->evidence & ~evidence_bit(FOR_HEADING)) != 0;
    if (surrounded && span_ends(title->text, ".") && !span_ends(title->text, ".."))
        title->text.len--;
    if (title->text.len == 0)
        title->text = line->text;
}
