#include "corpus/title_reference.h"

#include "corpus/names.h"
#include "corpus/title_cut.h"
#include "corpus/words.h"

/* "Journal of Pages, 12(3), 45-67", "Pages, vol. 12": a name in front of a volume is that of a journal, though nobody
 * listed it. */
static void take_serial(struct title *title, struct span text)
{
    enum { LONGEST_BYTES = 120 };
    const size_t comma = span_find(text, ", ");
    size_t bytes;
    if (title->stamp.venue.len > 0 || comma == SIZE_MAX || comma == 0 || comma > LONGEST_BYTES ||
        !is_capital(code_point_at(text, &bytes)))
        return;
    const struct span behind = span_from(text, comma + 2);
    if (behind.len == 0 || !(is_ascii_digit(behind.at[0]) || span_starts(behind, "vol")))
        return;
    for (size_t i = 0; i < comma; i++)
        if (is_ascii_digit(text.at[i]) || (text.at[i] != '\0' && strchr("\"()[]", text.at[i]) != NULL))
            return;
    title->stamp.venue = title->stamp.text = span_until(text, comma);
    title->stamp.guessed = true;
}

static struct span without_marks_in_front(struct span text)
{
    while (text.len > 0 && (is_blank(text.at[0]) || text.at[0] == ',' || text.at[0] == '.'))
        text = span_from(text, 1);
    return text;
}

/* "A. Author and B. Author. 2021.": the authors alone; `*stamp` takes the year. */
static struct span without_year_behind(struct span text, struct stamp *stamp)
{
    enum { YEAR_DIGITS = 4 };
    const struct span whole = span_ends(text, ".") ? span_until(text, text.len - 1) : text;
    const size_t at = whole.len > YEAR_DIGITS ? whole.len - YEAR_DIGITS : 0;
    if (at == 0 || !is_blank(whole.at[at - 1]) || !stamp_read(span_from(whole, at), STAMP_LINE, stamp) ||
        stamp->year == 0)
        return text;
    const struct span authors = title_trim_tail(span_until(whole, at));
    const bool initial = authors.len < 3 || is_blank(authors.at[authors.len - 3]); /* "Example, A. 2021" */
    return span_ends(authors, ".") && !initial ? span_until(authors, authors.len - 1) : authors;
}

static const char *const quotes[][2] = {{"\u201c", "\u201d"}, {"\"", "\""}, {"\u2018", "\u2019"}};

/* The bytes of the mark that opens a quote at the start of `text`; 0 when none does. */
static size_t opening_quote(struct span text)
{
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (span_starts(text, quotes[i][0]))
            return strlen(quotes[i][0]);
    return 0;
}

/* Where a quote ends; a single one only where a mark stands beside it, for else it may be an apostrophe. */
static size_t closing_quote(struct span inside, const char *mark)
{
    const bool single = strcmp(mark, "\u2019") == 0;
    const size_t bytes = strlen(mark);
    for (size_t from = 0, at; (at = span_find(span_from(inside, from), mark)) != SIZE_MAX; from += at + bytes) {
        const size_t end = from + at, behind = end + bytes;
        const bool ends = behind == inside.len || strchr(".,;", inside.at[behind]) != NULL ||
                          (end > 0 && strchr(".,?!", inside.at[end - 1]) != NULL);
        if (!single || ends)
            return end;
    }
    return SIZE_MAX;
}

/* "Ada Example and Bo Doe.", but "Example, A." and "Example et al." keep theirs. */
static struct span without_full_stop(struct span authors)
{
    const struct span bare = span_ends(authors, ".") ? span_until(authors, authors.len - 1) : authors;
    const char *space = bare.len == 0 ? NULL : memrchr(bare.at, ' ', bare.len);
    const struct span last = space == NULL ? bare : span_from(bare, (size_t)(space + 1 - bare.at));
    return last.len > 1 && is_ascii_capital(last.at[0]) && !is_ascii_capital(last.at[1]) && last.at[1] != '.' ? bare
                                                                                                              : authors;
}

/* Whether two single words before a title in quotes are one name, "Example, Ada", and not "Example and Sample". */
static bool is_one_turned(struct span authors, const struct names *names)
{
    return names->single == 2 && names->full == 0 && !names->and_others && span_find(authors, " and ") == SIZE_MAX &&
           span_find(authors, " & ") == SIZE_MAX;
}

/* A. Author and B. Author, "Title," in Proc. SOSP, 2021. */
static bool read_quoted_reference(struct title *title)
{
    const struct span text = title->text;
    size_t open = SIZE_MAX, close = SIZE_MAX, mark = 0;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0] && open == SIZE_MAX; i++) {
        open = span_find(text, quotes[i][0]);
        mark = strlen(quotes[i][0]);
        if (open != SIZE_MAX)
            close = closing_quote(span_from(text, open + mark), quotes[i][1]);
    }
    if (open == SIZE_MAX || open == 0)
        return false;
    const struct span inside = span_from(text, open + mark);
    struct names names;
    struct stamp stamp, front = {0};
    const struct span authors = without_year_behind(title_trim_tail(span_until(text, open)), &front);
    if (close == SIZE_MAX || !has_words(span_until(inside, close), 2) || !names_read(authors, &names) ||
        (names.full + names.and_others == 0 && names.single != 2)) /* "Example, Ada." is two */
        return false;
    title->authors = without_full_stop(authors);
    title->is_one_author = is_one_turned(authors, &names);
    title->text = title_trim_tail(span_until(inside, close));
    if (stamp_search(span_from(inside, close + mark), &stamp))
        stamp_add(&title->stamp, &stamp);
    if (front.year != 0)
        title->stamp.year = front.year;
    take_serial(title, without_marks_in_front(span_from(inside, close + mark)));
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

/* The word that ends `text`. */
static struct span last_word(struct span text)
{
    const char *space = memrchr(text.at, ' ', text.len);
    return space == NULL ? text : span_from(text, (size_t)(space + 1 - text.at));
}

/* Whether the stop behind initials ends names of which the family's come first: "Example, A., & Sample, B. C. Title".
 */
static bool ends_families(struct span text, size_t stop)
{
    const struct span behind = span_trim(span_from(text, stop + 1));
    const size_t next = span_find(behind, " ");
    struct span names = span_until(text, stop), word;
    if (next == SIZE_MAX || behind.at[next - 1] == '.' || !is_before_capital(text, stop))
        return false;
    do {
        word = last_word(names);
        names = span_trim(span_until(names, names.len - word.len));
    } while (is_initial(word) && names.len > 0);
    const struct span joint = last_word(names);
    return span_ends(word, ",") && (span_is(joint, "&") || span_is(joint, "and"));
}

/* "Ada Yu. Quiet Pages", "B. Li. Quiet Pages": a family of two letters behind a given name, and no "Ed." or "St.". */
static bool ends_in_short_family(struct span text, struct span word, size_t stop)
{
    static const char *const abbreviations[] = {"Ch", "Co", "Dr", "Ed", "Eq", "Ft", "Jr", "Mr",
                                                "Ms", "Mt", "No", "Sr", "St", "Th", "Vs"};
    const struct span front = span_trim(span_until(text, (size_t)(word.at - text.at))), given = last_word(front);
    return word.len == 2 && is_ascii_capital(word.at[0]) && is_ascii_small(word.at[1]) && given.len > 1 &&
           is_ascii_capital(given.at[0]) && !span_ends(given, ",") && is_before_capital(text, stop) &&
           !span_is_among(word, abbreviations, sizeof abbreviations / sizeof abbreviations[0]);
}

static bool ends_sentence(struct span text, size_t stop)
{
    size_t start = stop;
    while (start > 0 && !is_blank(text.at[start - 1]))
        start--;
    const struct span word = {text.at + start, stop - start};
    if (span_is(word, "al"))
        return is_before_capital(text, stop);
    if (is_initial(word))
        return ends_families(text, stop) || ends_in_short_family(text, word, stop);
    return !span_is(word, "vs") && !span_is(word, "Proc") && !span_is(word, "Jr") && !span_is(word, "et") &&
           !span_is(word, "e.g") && !span_is(word, "i.e");
}

static size_t cut_pieces(struct span text, struct span pieces[MOST_PIECES])
{
    size_t count = 0, start = 0;
    for (size_t i = 0; i < text.len && count < MOST_PIECES; i++) {
        const bool stop =
            text.at[i] == '.' && (i + 1 == text.len || is_blank(text.at[i + 1])) && ends_sentence(text, i);
        if (!stop && i + 1 < text.len)
            continue;
        const size_t end = stop && !ends_families(text, i) ? i : i + 1; /* "J." keeps its stop */
        const struct span piece = span_trim((struct span){text.at + start, end - start});
        if (piece.len > 0)
            pieces[count++] = piece;
        start = i + 1;
    }
    return count;
}

/* The authors behind a quoted title: up to the bracket with the year, else to the full stop in front of where it
 * appeared, else, behind "by", all. */
static bool read_behind_quote(struct span behind, struct span *authors, struct stamp *stamp)
{
    const bool by = span_starts(behind, " by ");
    if (behind.len == 0 || (!by && strchr(",.", behind.at[0]) == NULL))
        return false;
    const struct span all = span_trim(span_from(behind, by ? strlen(" by ") : 1));
    const size_t open = span_find(all, "(");
    struct span pieces[MOST_PIECES];
    *stamp = (struct stamp){.year = 0};
    if (open != SIZE_MAX && stamp_search(span_from(all, open), stamp) && stamp->year != 0) {
        *authors = title_trim_tail(span_until(all, open));
        return true;
    }
    const bool parted = cut_pieces(all, pieces) > 1;
    *authors = parted ? pieces[0] : all;
    *stamp = (struct stamp){.year = 0};
    if (parted)
        (void)stamp_search(span_from(all, (size_t)(pieces[1].at - all.at)), stamp);
    return by || stamp->year != 0;
}

/* "Title", A. Author and B. Author. (2021), "Title" by A. Author, "Title", A. Author. Where it appeared, 2021. */
static bool read_quoted_front(struct title *title)
{
    const bool curly = span_starts(title->text, "\u201c");
    const size_t mark = curly ? 3 : span_starts(title->text, "\"") ? 1 : 0;
    const struct span inside = span_from(title->text, mark);
    const size_t close = mark == 0 ? SIZE_MAX : span_find(inside, curly ? "\u201d" : "\"");
    struct stamp stamp;
    struct names names;
    struct span authors;
    if (close == SIZE_MAX || !has_words(span_until(inside, close), 2) ||
        !read_behind_quote(span_from(inside, close + mark), &authors, &stamp) || !names_read(authors, &names) ||
        (stamp.year == 0 && names.full + names.and_others == 0))
        return false;
    title->authors = authors;
    title->text = title_trim_tail(span_trim(span_until(inside, close)));
    stamp_add(&title->stamp, &stamp);
    title->evidence |= evidence_bit(FOR_REFERENCE);
    return true;
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
    if (stamp_search((struct span){tail, (size_t)(end - tail)}, &stamp))
        stamp_add(&title->stamp, &stamp);
    else if (at != 2 && title->stamp.year == 0) /* none in front either */
        return false;
    if (at == 2 && stamp_read(pieces[1], STAMP_LINE, &stamp))
        stamp_add(&title->stamp, &stamp);
    title->authors = pieces[authors_first ? 0 : 1];
    title->text = pieces[at];
    title->evidence |= evidence_bit(FOR_REFERENCE);
    return true;
}

/* Title. Example, Sample and Third (2031) */
static bool read_names_behind_stop(struct title *title)
{
    struct span pieces[MOST_PIECES];
    struct names names;
    struct stamp stamp;
    if (cut_pieces(title->text, pieces) != 2 || !has_words(pieces[0], 3) || !span_ends(pieces[1], ")"))
        return false;
    const size_t open = span_find(pieces[1], " (");
    const struct span people = span_until(pieces[1], open == SIZE_MAX ? 0 : open);
    if (people.len == 0 ||
        !stamp_read(span_until(span_from(pieces[1], open + 2), pieces[1].len - open - 3), STAMP_LINE, &stamp) ||
        stamp.year == 0 || !names_read(people, &names) || names.field_words > 0)
        return false;
    title->authors = people;
    title->text = pieces[0];
    title->evidence |= evidence_bit(FOR_REFERENCE);
    title_add_stamp(title, &stamp);
    return true;
}

/* Where the sentence ends in `text` behind which a venue or a year stands, "Title? OSDI 1999: 173-186"; SIZE_MAX when
 * none does. Sets the stamp. */
static size_t stop_before_stamp(struct span text, struct stamp *stamp)
{
    for (size_t i = 1; i + 2 < text.len; i++) {
        const bool stop = text.at[i] == '?' || text.at[i] == '!' || (text.at[i] == '.' && ends_sentence(text, i));
        if (stop && is_blank(text.at[i + 1]) && has_words(span_until(text, i), 2))
            return stamp_search(span_from(text, i + 1), stamp) ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Ada Example, Bo Sample: Title. OSDI 1999: 173-186. A single name only where no space stands behind the colon, as in
 * what is copied from DBLP. */
static bool read_colon_reference(struct title *title)
{
    const struct span text = title->text;
    const size_t colon = span_find(text, ":");
    struct names names;
    struct stamp stamp;
    if (colon == SIZE_MAX || colon + 1 >= text.len || !names_read(span_until(text, colon), &names) ||
        names.full < (is_blank(text.at[colon + 1]) ? 2 : 1) || names.single > 0 || names.field_words > 0)
        return false;
    const struct span rest = span_trim(span_from(text, colon + 1));
    const size_t stop = stop_before_stamp(rest, &stamp);
    if (stop == SIZE_MAX)
        return false;
    title->authors = span_until(text, colon);
    title->text = span_until(rest, stop + (rest.at[stop] != '.'));
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
    take_serial(title, pieces[1]);
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

/* Example, Ada B & Sample, Bo, 2021. "Title," Journal of Pages: what stands in quotes behind the year is the title. */
static bool cut_behind_quote(struct title *title)
{
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        const struct span inside = span_from(title->text, strlen(quotes[i][0]));
        const size_t close = span_starts(title->text, quotes[i][0]) ? closing_quote(inside, quotes[i][1]) : SIZE_MAX;
        struct stamp stamp;
        if (close == SIZE_MAX || !has_words(span_until(inside, close), 2))
            continue;
        const struct span behind = without_marks_in_front(span_from(inside, close + strlen(quotes[i][1])));
        if (stamp_search(behind, &stamp))
            stamp_add(&title->stamp, &stamp);
        take_serial(title, behind);
        title->text = title_trim_tail(span_until(inside, close));
        return true;
    }
    return false;
}

/* "2021", "SOSP 2021", "2021, July", "2021, July 4": when, as brackets behind authors say it. */
static bool read_bracketed_year(struct span inside, struct stamp *stamp)
{
    const size_t comma = span_find(inside, ",");
    const struct span behind = comma == SIZE_MAX ? (struct span){"", 0} : span_from(inside, comma + 1);
    struct span rest = behind, word;
    const bool month = span_word(&rest, &word) && is_month(word);
    return stamp_read(month ? span_until(inside, comma) : inside, STAMP_LINE, stamp) && stamp->year != 0;
}

/* "in review", "in press": what stands for the year of a paper that has not appeared. */
static bool is_without_year(struct span inside)
{
    static const char *const names[] = {"in review", "under review", "in press",       "in prep",
                                        "submitted", "forthcoming",  "in preparation", "to appear"};
    return span_is_among_nocase(span_trim(inside), names, sizeof names / sizeof names[0]);
}

/* Whether a line behind "Example (2031)" may be a title: three words, or two in capitals. */
static bool may_be_title(struct span rest)
{
    struct word first, second;
    struct span words = rest;
    return has_words(rest, 3) ||
           (word_next(&words, &first) && word_next(&words, &second) && first.letters == CASE_UPPER &&
            second.letters == CASE_UPPER && span_trim(words).len == 0);
}

/* Dean & Barroso (2013) The Tail at Scale. CACM */
static bool read_dated_reference(struct title *title)
{
    enum { FARTHEST = 800 };
    const struct span text = title->text;
    const size_t open = span_find(span_until(text, text.len < FARTHEST ? text.len : FARTHEST), " (");
    struct stamp stamp = {0};
    struct names names;
    size_t bytes;
    if (open == SIZE_MAX || open == 0)
        return false;
    const struct span inside = span_from(text, open + 2);
    const size_t close = span_find(inside, ")");
    if (close == SIZE_MAX ||
        !(is_without_year(span_until(inside, close)) || read_bracketed_year(span_until(inside, close), &stamp)) ||
        !names_read(span_until(text, open), &names))
        return false;
    struct span rest = span_trim(span_from(inside, close + 1));
    while (rest.len > 0 && strchr(".:,", rest.at[0]) != NULL)
        rest = span_trim(span_from(rest, 1));
    const struct span words = span_from(rest, opening_quote(rest));
    if (!may_be_title(rest) || words.len == 0 || !is_capital(code_point_at(words, &bytes)))
        return false;
    title->authors = span_until(text, open);
    title->text = rest;
    title->evidence |= evidence_bit(FOR_REFERENCE);
    stamp_add(&title->stamp, &stamp);
    if (cut_behind_quote(title))
        title->is_one_author = is_one_turned(title->authors, &names);
    else if (!title_cut_stamp(title))
        cut_behind_sentence(title);
    return true;
}

/* Example, Sample 2031: Title. Of one name a space in front of the colon tells it from that of a system. */
static bool read_named_year(struct title *title)
{
    enum { YEAR_DIGITS = 4, FEWEST_WORDS = 4 };
    const struct span text = title->text;
    const size_t colon = span_find(text, ":");
    if (colon == SIZE_MAX)
        return false;
    const struct span front = span_trim(span_until(text, colon)), rest = span_trim(span_from(text, colon + 1));
    const size_t at = front.len > YEAR_DIGITS ? front.len - YEAR_DIGITS : 0;
    struct names names;
    if (at == 0 || !is_blank(front.at[at - 1]) || year_find(span_from(front, at)) == 0 ||
        !has_words(rest, FEWEST_WORDS) || !names_read(span_until(front, at), &names) || names.field_words > 0 ||
        names.full + names.and_others + names.single < (front.len < colon ? 1 : 2))
        return false;
    title->authors = title_trim_tail(span_until(front, at));
    title->text = rest;
    title->stamp = (struct stamp){.text = span_from(front, at), .year = year_find(span_from(front, at))};
    title->evidence |= evidence_bit(FOR_REFERENCE);
    return true;
}

/* Whether the year that closes the authors stands here, ", 2021. " or ", 2021, July. "; `*bytes` reaches to the
 * title. */
static bool read_closing_year(struct span text, struct stamp *stamp, size_t *bytes)
{
    enum { YEAR_DIGITS = 4, BEHIND = 2 + YEAR_DIGITS };
    if (!span_starts(text, ", ") || text.len < BEHIND + 2 ||
        !stamp_read(span_until(span_from(text, 2), YEAR_DIGITS), STAMP_LINE, stamp) || stamp->year == 0)
        return false;
    const size_t stop = span_find(text, ". ");
    *bytes = stop == SIZE_MAX ? 0 : stop + 2;
    return stop == BEHIND || (stop != SIZE_MAX && stop > BEHIND + 2 && text.at[BEHIND] == ',' &&
                              is_month(span_trim((struct span){text.at + BEHIND + 1, stop - BEHIND - 1})));
}

/* Example, A. and Sample, B., 2021. Title. Journal of Pages, 12(3), pp.4-7. */
static bool read_harvard_reference(struct title *title)
{
    enum { FARTHEST = 800 };
    const struct span text = title->text;
    struct stamp stamp;
    struct names names;
    size_t bytes;
    for (size_t i = 1; i < text.len && i < FARTHEST; i++) {
        if (text.at[i] != ',' || !read_closing_year(span_from(text, i), &stamp, &bytes))
            continue;
        const struct span rest = span_trim(span_from(text, i + bytes));
        const struct span authors = span_until(text, i);
        if (!names_read(authors, &names) || !has_words(rest, 2) ||
            (names.full + names.and_others == 0 && !names_are_turned(authors) && names.single != 2))
            return false;
        title->authors = authors;
        title->text = rest;
        title->stamp.year = stamp.year;
        if (cut_behind_quote(title))
            title->is_one_author = is_one_turned(authors, &names);
        else
            cut_behind_sentence(title);
        if (title->stamp.text.len == 0)
            title->stamp.text = stamp.text;
        title->evidence |= evidence_bit(FOR_REFERENCE);
        return true;
    }
    return false;
}

/* Whether each name, and there are several, is a family's with initials behind: "Example A, Sample BC". */
static bool have_initials_behind(struct span authors)
{
    enum { MOST_INITIALS = 3 };
    size_t count = 0;
    for (struct span name; name_next(&authors, &name); count++) {
        const char *space = memrchr(name.at, ' ', name.len);
        const struct span last =
            space == NULL ? (struct span){name.at, 0} : span_from(name, (size_t)(space + 1 - name.at));
        if (last.len == 0 || last.len > MOST_INITIALS)
            return false;
        for (size_t i = 0; i < last.len; i++)
            if (!is_ascii_capital(last.at[i]))
                return false;
    }
    return count > 1;
}

/* "Journal of Pages (2031)", "Journal of Pages. 2031;12(3):4-7": the name in front of the year, whoever lists it. */
static void take_journal(struct title *title, struct span text)
{
    struct span pieces[MOST_PIECES];
    if (cut_pieces(text, pieces) < 2 || (title->stamp.venue.len > 0 && !title->stamp.guessed))
        return;
    const size_t open = span_find(pieces[1], " (");
    const struct span name = open == SIZE_MAX ? pieces[1] : span_until(pieces[1], open);
    for (size_t i = 0; i < name.len; i++)
        if (is_ascii_digit(name.at[i]))
            return;
    title->stamp.venue = title->stamp.text = span_trim(name);
    title->stamp.guessed = true;
}

/* The bytes of "2031. ", a year that stands between authors and title; 0 when none does. */
static size_t year_before_title(struct span text, int *year)
{
    enum { YEAR_DIGITS = 4, BYTES = YEAR_DIGITS + 2 };
    *year = text.len > BYTES && span_starts(span_from(text, YEAR_DIGITS), ". ")
                ? year_find(span_until(text, YEAR_DIGITS))
                : 0;
    return *year != 0 ? BYTES : 0;
}

/* Example A, Sample BC. Title. Journal of Pages (2031). Example A, Sample BC. 2031. Title. Journal of Pages. The full
 * stop behind the last initial ends the authors (Vancouver). */
static bool read_vancouver_reference(struct title *title)
{
    enum { FARTHEST = 800 };
    const struct span text = title->text;
    struct names names;
    for (size_t i = 1; i + 2 < text.len && i < FARTHEST; i++) {
        int year;
        const size_t dated = year_before_title(span_from(text, i + 2), &year);
        if (text.at[i] != '.' || text.at[i + 1] != ' ' || (dated == 0 && !is_before_capital(text, i)))
            continue;
        struct title rest = {.text = span_trim(span_from(text, i + 2 + dated)), .stamp.year = year};
        if (!have_initials_behind(span_until(text, i)) || !names_read(span_until(text, i), &names) ||
            !has_words(rest.text, 2))
            return false;
        const struct span sentences = rest.text;
        cut_behind_sentence(&rest);
        if (rest.stamp.year == 0)
            return false;
        take_journal(&rest, sentences);
        title->authors = span_until(text, i);
        title->text = rest.text;
        title->evidence |= evidence_bit(FOR_REFERENCE);
        stamp_add(&title->stamp, &rest.stamp);
        return true;
    }
    return false;
}

/* Where a paper appeared, as the end of a reference says it, without pages, places and publishers: "in Proc. of SOSP,
 * (Oslo), pp. 1-9, 2021". */
static struct span place_in(struct span text)
{
    static const char *const ends[] = {", pp", " pp.", " (pp", ", vol", ", no.", ", ("};
    struct span place = without_marks_in_front(text);
    if (span_starts_nocase(place, "in ") && place.len > strlen("in "))
        place = span_trim(span_from(place, strlen("in ")));
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t end = span_find(place, ends[i]);
        if (end != SIZE_MAX && end > 0)
            place = span_until(place, end);
    }
    const size_t close = span_find(place, "). "); /* "(SOSP '21). ACM, New York" */
    if (close != SIZE_MAX)
        place = span_until(place, close + 1);
    return place.len == 0 ? text : place;
}

static bool read_any_reference(struct title *title)
{
    return read_marked_reference(title) || read_dated_reference(title) || read_harvard_reference(title) ||
           read_quoted_reference(title) || read_quoted_front(title) || read_stamped_names(title) ||
           read_vancouver_reference(title) || read_named_year(title) || read_piecewise_reference(title) ||
           read_colon_reference(title) || read_comma_reference(title) || title_read_parted(title) ||
           read_names_behind_stop(title);
}

bool title_read_reference(struct title *title)
{
    if (!read_any_reference(title))
        return false;
    title->stamp.text = place_in(title->stamp.text);
    return true;
}
