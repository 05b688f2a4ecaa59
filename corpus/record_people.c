/* The people of a record (record.h): names as sources write them, turned and in lists, into names as people say them.
 */
#include "corpus/capitals.h"
#include "corpus/names.h"
#include "corpus/person.h"
#include "corpus/record_list.h"
#include "corpus/words.h"

enum { MOST_AUTHORS = 10000, SEEN_AUTHORS = 200 };

/* DBLP tells people of one name apart by numbers: "Wei Wang 0001". */
static struct span without_number(struct span name)
{
    enum { DIGITS = 4 };
    size_t digits = 0;
    while (digits < name.len && is_ascii_digit(name.at[name.len - digits - 1]))
        digits++;
    return digits == DIGITS && name.len > DIGITS ? span_trim(span_until(name, name.len - DIGITS)) : name;
}

static void add_author(struct record *record, struct span name)
{
    if (name.len > 0 && record->authors.count < MOST_AUTHORS)
        record_list_add(record, &record->authors, name);
}

void record_drop_repeated_authors(struct record *record)
{
    const size_t half = record->authors.count / 2;
    if (record->authors.count % 2 != 0)
        return;
    for (size_t i = 0; i < half; i++)
        if (!span_equal(record->authors.at[i], record->authors.at[half + i]))
            return;
    record->authors.count = half;
}

void record_drop_repeated_author(struct record *record)
{
    struct record_list earlier = record->authors;
    if (earlier.count == 0)
        return;
    earlier.count--;
    if (record_list_has(&earlier, earlier.at[earlier.count], SEEN_AUTHORS))
        record->authors.count--;
}

void record_author(struct record *record, struct span name)
{
    add_author(record, without_number(name_without_others(record_line(record, name))));
}

static bool has_space(struct span text)
{
    return text.len > 0 && memchr(text.at, ' ', text.len) != NULL;
}

/* Whether the family name of such parts has to be marked: it is not plainly the last word. "Cher heng" might be a given
 * name and a particle. */
static bool needs_mark(struct span given, struct span family)
{
    bool has_small = false;
    for (size_t i = 1; i < given.len; i++)
        has_small |= given.at[i - 1] == ' ' && is_ascii_small(given.at[i]);
    return has_space(family) || (has_small && family.len > 0);
}

/* "Chengjin." is no abbreviation, as "J." and "Wm." are. */
static struct span without_stop(struct span given)
{
    enum { LONGEST_ABBREVIATION = 4 };
    size_t letters = 0;
    while (letters + 1 < given.len && (unsigned char)given.at[given.len - letters - 2] > ' ' &&
           given.at[given.len - letters - 2] != '.' && given.at[given.len - letters - 2] != '-')
        letters++;
    return span_ends(given, ".") && letters > LONGEST_ABBREVIATION ? span_until(given, given.len - 1) : given;
}

/* "SMITH, JOHN": what is all in capitals beside a given name is a person's. */
static struct span in_small_letters(struct record *record, struct span part, bool is_given)
{
    const struct span small = part.len == 0 ? part : capitals_of_person(record->arena, part, is_given);
    record->failed |= part.len > 0 && small.at == NULL;
    return small.at == NULL ? part : small;
}

void record_person(struct record *record, struct span given, struct span family, struct span suffix)
{
    given = without_stop(name_without_others(record_line(record, given)));
    family = name_without_others(record_line(record, family));
    suffix = name_without_others(record_line(record, suffix));
    if (given.len > 0 && (family.len > 2 || !has_small_letters(given))) /* not "AP, Prathosh": initials, turned */
        family = in_small_letters(record, family, false);
    if (family.len > 0)
        given = in_small_letters(record, given, true);
    const bool is_eastern = count_east_asian(family) > 0 && count_east_asian(given) > 0;
    const char *name;
    if (is_eastern)
        name = arena_format(record->arena, "%.*s%.*s", SPAN_ARGS(family), SPAN_ARGS(given));
    else
        name = arena_format(record->arena, "%.*s%s%.*s%s%.*s", SPAN_ARGS(given), given.len > 0 ? " " : "",
                            SPAN_ARGS(family), suffix.len > 0 ? " " : "", SPAN_ARGS(suffix));
    const bool is_marked = !is_eastern && needs_mark(given, family);
    if (name != NULL && is_marked)
        name = arena_format(record->arena, "%s%c%zu", name, PERSON_MARK, given.len + (given.len > 0 ? 1 : 0));
    record->failed |= name == NULL;
    if (name != NULL)
        add_author(record, is_marked ? span_of(name) : without_number(span_trim(span_of(name))));
}

/* "Google, Inc.", "University of Pages, Berlin", "Ada Example, PhD", "Ada Example, M.D.": behind one word such letters
 * are initials, "Example, M.D." */
static bool is_said_with_comma(struct span name, size_t comma)
{
    static const char *const endings[] = {"Inc.",  "Inc",  "Ltd.", "Ltd",   "LLC", "GmbH",
                                          "Corp.", "Corp", "Co.",  "Ph.D.", "PhD", "MSc"};
    static const char *const letters[] = {"S.A.", "B.V.", "M.D.", "MD", "Jr.", "Jr", "Sr.", "Sr"};
    static const char *const within[] = {" of ", " for ", " and "};
    const struct span front = span_until(name, comma), behind = span_trim(span_from(name, comma + 1));
    if (span_is_among(behind, endings, sizeof endings / sizeof endings[0]))
        return true;
    if (has_space(front) && span_is_among(behind, letters, sizeof letters / sizeof letters[0]))
        return true;
    for (size_t i = 0; i < sizeof within / sizeof within[0]; i++)
        if (span_find(front, within[i]) != SIZE_MAX)
            return true;
    return false;
}

/* EndNote's way to write an organisation with a comma: the first one is doubled, "Pages,, Inks and Paper", so that the
 * name is not turned. SIZE_MAX where it is not. */
static size_t doubled_comma(struct span name)
{
    const size_t at = span_find(name, ",, ");
    const bool is_first = at != SIZE_MAX && memchr(name.at, ',', name.len) == name.at + at;
    return is_first && !name_is_suffix(span_trim(span_from(name, at + 2))) ? at : SIZE_MAX;
}

static void add_whole_name(struct record *record, struct span name, size_t comma)
{
    const struct span front = span_until(name, comma), behind = span_from(name, comma + 1);
    const char *whole = arena_format(record->arena, "%.*s%.*s", SPAN_ARGS(front), SPAN_ARGS(behind));
    record->failed |= whole == NULL;
    if (whole != NULL)
        record_author(record, span_of(whole));
}

void record_turned_author(struct record *record, struct span name)
{
    name = record_line(record, name);
    const size_t doubled = doubled_comma(name);
    const char *comma = name.len == 0 ? NULL : memchr(name.at, ',', name.len);
    if (doubled != SIZE_MAX) {
        add_whole_name(record, name, doubled);
        return;
    }
    if (comma == NULL || is_said_with_comma(name, (size_t)(comma - name.at))) {
        record_author(record, name);
        return;
    }
    const struct span last = span_trim(span_until(name, (size_t)(comma - name.at)));
    struct span first = span_trim(span_from(name, (size_t)(comma + 1 - name.at))), suffix = {"", 0};
    const char *second = first.len == 0 ? NULL : memchr(first.at, ',', first.len);
    if (second != NULL) {
        suffix = span_trim(span_from(first, (size_t)(second + 1 - first.at)));
        first = span_trim(span_until(first, (size_t)(second - first.at)));
    }
    record_person(record, first, last, suffix);
}

/* "Bo G. Sample": given names alone have no initial between two words. */
static bool is_full_name(struct span text)
{
    struct span word;
    bool had_word = false, had_initial = false, is_full = false;
    while (span_word(&text, &word)) {
        const bool is_initial = word.len == 2 && word.at[1] == '.';
        is_full |= had_initial && !is_initial;
        had_initial |= had_word && is_initial;
        had_word |= !is_initial;
    }
    return is_full;
}

void record_listed_author(struct record *record, struct span name)
{
    const char *comma = name.len == 0 ? NULL : memchr(name.at, ',', name.len);
    if (comma != NULL && is_full_name(span_from(name, (size_t)(comma + 1 - name.at))))
        record_author(record, name);
    else
        record_turned_author(record, name);
}

/* "Example, Ada" is one person, "Ada Example, Ben Muster" are two: they have a given name each. */
static bool is_turned_name(struct span text)
{
    struct span rest = text, first, second;
    if (!span_cut(&rest, ',', &first) || rest.at == NULL || memchr(rest.at, ',', rest.len) != NULL)
        return false;
    first = span_trim(first);
    second = span_trim(rest);
    return first.len > 0 && second.len > 0 &&
           (memchr(first.at, ' ', first.len) == NULL || memchr(second.at, ' ', second.len) == NULL);
}

/* Takes the name before the next " and " off the front, as BibTeX divides them. */
static struct span next_conjoined(struct span *rest)
{
    static const char mark[] = " and ";
    const size_t end = span_find(*rest, mark);
    const struct span name = span_trim(span_until(*rest, end == SIZE_MAX ? rest->len : end));
    *rest = span_from(*rest, end == SIZE_MAX ? rest->len : end + sizeof mark - 1);
    return name;
}

/* "Example, Ada and Sample, Bo" */
static bool is_turned_list(struct span text)
{
    bool all = text.len > 0;
    while (text.len > 0 && all)
        all = is_turned_name(next_conjoined(&text));
    return all;
}

void record_author_list(struct record *record, struct span text)
{
    struct span name;
    text = record_line(record, text);
    if (text.len > 0 && memchr(text.at, ';', text.len) != NULL)
        while (text.len > 0)
            record_turned_author(record, record_next_item(&text, ";"));
    else if (is_turned_list(text))
        while (text.len > 0)
            record_turned_author(record, next_conjoined(&text));
    else
        while (name_next(&text, &name))
            record_turned_author(record, name);
}
