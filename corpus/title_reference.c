#include "corpus/title_reference.h"

#include "corpus/names.h"
#include "corpus/title_cut.h"
#include "corpus/words.h"

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
    const struct span authors = title_trim_tail(span_until(text, open));
    if (close == SIZE_MAX || !has_words(span_until(inside, close), 2) || !names_read(authors, &names) ||
        (names.full + names.and_others == 0 && names.single != 2)) /* "Example, Ada." is two */
        return false;
    struct stamp stamp;
    title->authors = authors;
    title->text = title_trim_tail(span_until(inside, close));
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
    const struct span authors = title_trim_tail(span_trim(span_from(span_until(behind, open), 1)));
    if (!names_read(authors, &names))
        return false;
    title->authors = authors;
    title->text = title_trim_tail(span_trim(span_until(inside, close)));
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
    title_add_stamp(title, &stamp);
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
    title_add_stamp(title, &stamp);
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
    if (!title_cut_stamp(&rest) || !has_words(rest.text, 3))
        return false;
    title->authors = span_until(text, last + strlen(" and ") + comma);
    title->text = rest.text;
    title->evidence |= evidence_bit(FOR_REFERENCE);
    title_add_stamp(title, &rest.stamp);
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
            title_add_stamp(title, &stamp);
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
    if (!title_cut_stamp(title))
        cut_behind_sentence(title);
    return true;
}

bool title_read_reference(struct title *title)
{
    return read_marked_reference(title) || read_dated_reference(title) || read_quoted_reference(title) ||
           read_quoted_front(title) || read_stamped_names(title) || read_piecewise_reference(title) ||
           read_colon_reference(title) || read_comma_reference(title);
}
