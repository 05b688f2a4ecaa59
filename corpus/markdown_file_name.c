/* The title in the name of a file or folder. */
#include "corpus/markdown_titles.h"

#include "corpus/dashed_record.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/words.h"

#include <stdio.h>

/* "1999 PageRank algorithm": a guess in mixed case is rather the name of what the paper is about. */
static bool is_name_of_paper(const struct stamp *stamp)
{
    bool small = false;
    for (size_t i = 0; i < stamp->venue.len; i++)
        small |= stamp->venue.at[i] >= 'a' && stamp->venue.at[i] <= 'z';
    return stamp->guessed && small;
}

/* "OSDI'31 - To": a little word begins the title. */
static bool ends_in_little_word(struct span words)
{
    const char *space = memrchr(words.at, ' ', words.len);
    struct span last = space == NULL ? words : span_from(words, (size_t)(space + 1 - words.at));
    struct word word;
    return word_next(&last, &word) && (word.classes & WORD_FUNCTION) != 0;
}

/* "2031 Fast" in front of "and Quiet Pages": a word that the title goes on from is no venue. */
static bool goes_on(struct span words, struct span behind)
{
    const char *space = memrchr(words.at, ' ', words.len);
    const struct span last = space == NULL ? words : span_from(words, (size_t)(space + 1 - words.at));
    struct word word;
    return last.len > 1 && is_ascii_capital(last.at[0]) && is_ascii_letter(last.at[1]) &&
           !is_ascii_capital(last.at[1]) && word_next(&behind, &word) && word.letters == CASE_LOWER &&
           (word.classes & WORD_FUNCTION) != 0;
}

/* "2023 osdi foo bar": the first words may be a year, a venue, or both. */
static void take_stamp_in_front(struct span *rest, struct stamp *stamp)
{
    enum { MOST_WORDS = 4 }; /* "(USENIX Security Symposium 2024)" */
    for (size_t words = MOST_WORDS; words >= 1; words--) {
        size_t end = 0;
        for (size_t seen = 0; end < rest->len; end++)
            if (rest->at[end] == ' ' && ++seen == words)
                break;
        struct stamp found;
        if (end < rest->len && stamp_read(span_until(*rest, end), STAMP_LINE, &found) &&
            (words > 1 || found.year != 0) && !is_name_of_paper(&found) &&
            !ends_in_little_word(span_until(*rest, end)) && !goes_on(span_until(*rest, end), span_from(*rest, end))) {
            *stamp = found;
            *rest = span_trim(span_from(*rest, end));
            return;
        }
    }
}

struct span without_date(struct span name)
{
    static const struct {
        size_t fewest, most;
    } digits[] = {{4, 4}, {1, 2}, {1, 2}}; /* "2031-02-10-", "2031-2-7-" */
    size_t at = 0;
    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++) {
        const size_t first = at;
        while (at < name.len && at - first < digits[i].most && is_ascii_digit(name.at[at]))
            at++;
        const bool last = i + 1 == sizeof digits / sizeof digits[0];
        if (at - first < digits[i].fewest || at + 1 >= name.len || strchr(last ? "-_ " : "-_.", name.at[at]) == NULL)
            return name;
        at++;
    }
    return span_trim(span_from(name, at));
}

/* "202103041530 Title", "20210304-title": a moment in front of a name is what a box of slips knows the note by. */
static struct span without_slip_number(struct span name)
{
    size_t digits = 0;
    while (digits < name.len && is_ascii_digit(name.at[digits]))
        digits++;
    if ((digits != 8 && digits != 12 && digits != 14) || !(span_starts(name, "19") || span_starts(name, "20")) ||
        digits + 1 >= name.len || strchr("-_ ", name.at[digits]) == NULL)
        return name;
    return span_trim(span_from(name, digits + 1));
}

/* Whether a name without spaces joins words by something else. */
static bool is_joined(struct span name)
{
    for (size_t i = 0; i < name.len; i++)
        if (strchr(" -_", name.at[i]) != NULL)
            return true;
    return false;
}

/* "07-Raft-Refloated", "16_Towards_Calm": the number of a note in front of its name, of three digits at most. */
static struct span without_count_in_front(struct span name)
{
    enum { MOST_DIGITS = 3 };
    size_t digits = 0;
    while (digits < name.len && is_ascii_digit(name.at[digits]))
        digits++;
    struct span behind = span_from(name, digits);
    if (behind.len > 2 && behind.at[0] == '_' && behind.at[1] == ' ') /* "6_ Title" */
        behind = span_from(behind, 1);
    if (digits == 0 || digits > MOST_DIGITS || behind.len < 2 ||
        (strchr("-_", behind.at[0]) == NULL && behind.at - name.at != (ptrdiff_t)digits + 1) ||
        !is_ascii_letter(behind.at[1]) || !is_joined(span_from(behind, 1)))
        return name;
    return span_from(behind, 1);
}

/* "Notes 5080dd3c7bff4d6bbd44632448b1de31": what an export adds to a name so that it is the only one. */
static struct span without_export_id(struct span name)
{
    enum { ID_BYTES = 32 };
    if (name.len <= ID_BYTES + 1 || strchr(" -_", name.at[name.len - ID_BYTES - 1]) == NULL)
        return name;
    for (size_t i = name.len - ID_BYTES; i < name.len; i++)
        if (!is_ascii_digit(name.at[i]) && (name.at[i] < 'a' || name.at[i] > 'f'))
            return name;
    return span_trim(span_until(name, name.len - ID_BYTES - 1));
}

/* Whether a word begins at `i` right behind another one: "QuietPages". */
static bool is_seam(const char *name, size_t i)
{
    return i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z' && name[i] >= 'A' && name[i] <= 'Z';
}

/* Whether a name runs at least four words together, or on both sides of one hyphen five: "PagesMadeCalm-AnEasyGuide".
 */
static bool runs_together(struct span name)
{
    enum { FEWEST_SEAMS = 3 };
    const char *hyphen = memchr(name.at, '-', name.len);
    const size_t middle = hyphen == NULL ? name.len : (size_t)(hyphen - name.at);
    size_t front = 0, behind = 0;
    for (size_t i = 0; i < name.len; i++)
        *(i < middle ? &front : &behind) += is_seam(name.at, i);
    if (!is_joined(name))
        return front >= FEWEST_SEAMS;
    return hyphen != NULL && !is_joined(span_until(name, middle)) && !is_joined(span_from(name, middle + 1)) &&
           front > 0 && behind > 0 && front + behind >= FEWEST_SEAMS;
}

/* "PracticalFaultToleranceForPages" as words, "Practical Fault Tolerance For Pages", when it runs them together; else
 * the name as it is. NULL when memory is short. */
static const char *with_spaces(struct arena *arena, const char *name)
{
    const size_t len = strlen(name);
    size_t to = 0;
    if (!runs_together(span_of(name)))
        return name;
    char *spaced = arena_alloc(arena, 2 * len + 1);
    if (spaced == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (is_seam(name, i) || name[i] == '-')
            spaced[to++] = ' ';
        spaced[to++] = name[i];
        if (name[i] == '-')
            spaced[to++] = ' ';
    }
    spaced[to] = '\0';
    return spaced;
}

/* "[2020 RA-L] Title", "(Oakland 2023) Title", "[1993] Title": whatever stands in brackets with a year in front is a
 * stamp, and what follows a title. */
static bool take_bracketed_stamp(struct span *rest, struct stamp *stamp)
{
    enum { LONGEST_STAMP_BYTES = 40 };
    const bool square = span_starts(*rest, "[");
    const size_t close = square || span_starts(*rest, "(") ? span_find(*rest, square ? "]" : ")") : SIZE_MAX;
    if (close == SIZE_MAX || close > LONGEST_STAMP_BYTES)
        return false;
    const struct span inside = span_from(span_until(*rest, close), 1), behind = span_trim(span_from(*rest, close + 1));
    if (year_find(inside) == 0 || behind.len == 0)
        return false;
    const bool year_first = inside.len > 5 && inside.at[4] == ' ' && year_find(span_until(inside, 4)) != 0;
    *stamp = stamp_of_label(year_first ? span_trim(span_from(inside, 4)) : inside);
    stamp->year = stamp->year == 0 ? year_find(inside) : stamp->year;
    *rest = behind;
    return true;
}

/* "(ABC)Title": whose note it is, in a folder of several people. */
static struct span without_initials(struct span name)
{
    enum { MOST_INITIALS = 4 };
    size_t at = 1;
    if (!span_starts(name, "("))
        return name;
    while (at < name.len && name.at[at] >= 'A' && name.at[at] <= 'Z')
        at++;
    const bool closed = at > 2 && at <= MOST_INITIALS + 1 && at + 2 < name.len && name.at[at] == ')';
    const struct span rest = span_from(name, closed ? at + 1 : 0);
    return closed && rest.at[0] >= 'A' && rest.at[0] <= 'Z' && rest.at[1] >= 'a' && rest.at[1] <= 'z' ? rest : name;
}

/* "Quiet Caches for Pages-2031-ACL", "Quiet Caches for Pages-2031": what hyphens join to the last word may be a year,
 * with or without a venue. False when memory is short. */
static bool take_stamp_behind_hyphen(struct arena *arena, struct span *rest, struct stamp *stamp)
{
    const char *space = memrchr(rest->at, ' ', rest->len);
    const size_t start = space == NULL ? rest->len : (size_t)(space + 1 - rest->at);
    const char *hyphen = memchr(rest->at + start, '-', rest->len - start);
    const size_t at = hyphen == NULL ? rest->len : (size_t)(hyphen - rest->at);
    char *label = arena_string(arena, span_from(*rest, at < rest->len ? at + 1 : at));
    for (char *c = label; c != NULL && *c != '\0'; c++)
        *c = (char)(*c == '-' ? ' ' : *c);
    struct stamp found;
    if (label != NULL && stamp_read(span_of(label), STAMP_LINE, &found) && found.year != 0 && !found.guessed) {
        *stamp = found;
        *rest = span_until(*rest, at);
    }
    return label != NULL;
}

/* "ATSS CVPR2020": the last word may be a venue with its year. */
static void take_stamp_behind(struct span *rest, struct stamp *stamp)
{
    const char *space = memrchr(rest->at, ' ', rest->len);
    const size_t end = space == NULL ? 0 : (size_t)(space - rest->at);
    struct stamp found;
    if (end == 0 || !stamp_read(span_from(*rest, end), STAMP_LINE, &found) || found.venue.len == 0 || found.year == 0)
        return;
    *stamp = found;
    *rest = span_until(*rest, end);
}

/* Takes venue and year off the title that they stand beside. False when memory is short. */
static bool take_stamps(struct arena *arena, struct span *rest, struct stamp *stamp, bool *bracketed)
{
    struct dashed_record record;
    *bracketed = take_bracketed_stamp(rest, stamp);
    if (dashed_record_read(*rest, &record))
        return true; /* which cleaning takes apart */
    if (!*bracketed && stamp->venue.len == 0)
        take_stamp_in_front(rest, stamp);
    if (stamp->venue.len == 0)
        take_stamp_behind(rest, stamp);
    return stamp->year != 0 || take_stamp_behind_hyphen(arena, rest, stamp);
}

/* "Bulletproofs_Short Proofs for ...": a file's name cannot hold a colon everywhere. */
static const char *with_colon(struct arena *arena, struct span name)
{
    const char *line = memchr(name.at, '_', name.len);
    const size_t at = line == NULL ? 0 : (size_t)(line - name.at);
    const bool colon = at > 0 && at + 1 < name.len && memchr(name.at, ' ', name.len) != NULL &&
                       name.at[at + 1] != ' ' && name.at[at - 1] != ' ';
    return colon ? arena_format(arena, "%.*s: %.*s", (int)at, name.at, SPAN_ARGS(span_from(name, at + 1)))
                 : arena_string(arena, name);
}

/* Whether an article follows, "Quiet Caches-a Study of Pages": a hyphen in front of it stands for a colon. */
static bool starts_with_article(struct span rest)
{
    return span_starts_nocase(rest, "a ") || span_starts_nocase(rest, "an ") || span_starts_nocase(rest, "the ");
}

/* Puts the article of "Caches-a Study" behind a colon and a space. NULL when memory is short. */
static const char *with_colon_before_article(struct arena *arena, const char *name)
{
    enum { FEWEST_WORDS = 3 };
    for (const char *hyphen = strchr(name, '-'); hyphen != NULL; hyphen = strchr(hyphen + 1, '-')) {
        const struct span front = {name, (size_t)(hyphen - name)}, rest = span_of(hyphen + 1);
        if (has_words(front, 2) && is_ascii_letter(hyphen[-1]) && starts_with_article(rest) &&
            has_words(rest, FEWEST_WORDS))
            return arena_format(arena, "%.*s: %s", SPAN_ARGS(front), hyphen + 1);
    }
    return name;
}

/* "AWQ- Weights for Everyone", "DCCRN--A Network": the other ways to write a colon, put right in place; but "single-
 * and multi-core" has a hyphen. */
static void put_colons(char *name, size_t len)
{
    static const char *const joined[] = {"- and ", "- or ", "- to ", "- vs "};
    for (size_t i = 1; i + 2 < len; i++) {
        const struct span rest = {name + i, len - i};
        const bool dash = name[i] == '-' && !is_blank(name[i - 1]) && name[i - 1] != '-';
        bool is_colon = dash && (name[i + 1] == ' ' || (name[i + 1] == '-' && !is_blank(name[i + 2])));
        for (size_t j = 0; j < sizeof joined / sizeof joined[0]; j++)
            is_colon &= !span_starts(rest, joined[j]);
        if (!is_colon)
            continue;
        name[i] = ':';
        name[i + 1] = ' ';
        return;
    }
}

/* Where the title begins in a name such as reference managers give to files, "Zhang et al. - 2021 - Title" or
 * "Zhang et al_2021_Title"; 0 when it is none. */
static size_t title_behind_authors(struct span name, struct span *authors, int *year)
{
    static const char *const dividers[] = {" - ", "_"};
    enum { YEAR_DIGITS = 4 };
    struct names names;
    for (size_t i = 0; i < sizeof dividers / sizeof dividers[0]; i++) {
        const size_t bytes = strlen(dividers[i]), at = span_find(name, dividers[i]);
        const size_t behind = at == SIZE_MAX ? name.len : at + bytes + YEAR_DIGITS;
        if (behind + bytes >= name.len || !span_starts(span_from(name, behind), dividers[i]))
            continue;
        *authors = span_until(name, at);
        *year = year_find((struct span){name.at + at + bytes, YEAR_DIGITS});
        if (*year != 0 && names_read(*authors, &names))
            return behind + bytes;
    }
    return 0;
}

/* Where it begins in "Example+ 2031 Title", as people cite who write a plus for all others; 0 when it is none. */
static size_t title_behind_plus(struct span name, struct span *authors, int *year)
{
    enum { YEAR_DIGITS = 4, FEWEST_WORDS = 3 };
    struct names names;
    const size_t plus = span_find(name, "+");
    size_t at = plus == SIZE_MAX ? name.len : plus + 1;
    while (at < name.len && strchr(" (_-", name.at[at]) != NULL)
        at++;
    *authors = span_until(name, plus == SIZE_MAX ? 0 : plus + 1);
    *year = at + YEAR_DIGITS < name.len ? year_find((struct span){name.at + at, YEAR_DIGITS}) : 0;
    if (*year == 0 || strchr(" )_-,", name.at[at + YEAR_DIGITS]) == NULL || !names_read(*authors, &names) ||
        names.field_words > 0)
        return 0;
    for (at += YEAR_DIGITS; at < name.len && strchr(" )_-,:", name.at[at]) != NULL;)
        at++;
    return has_words(span_from(name, at), FEWEST_WORDS) ? at : 0;
}

/* "ACM RecSys.2009.Ada Example": venue, year and first author, parted by full stops, and no title. */
static bool take_dotted_record(struct span name, struct clean_title *out)
{
    enum { YEAR_BYTES = 6, LONGEST_VENUE = 40 };
    struct names names;
    *out = (struct clean_title){0};
    for (size_t i = 1; i + YEAR_BYTES < name.len && i < LONGEST_VENUE; i++) {
        const struct span year = {name.at + i, YEAR_BYTES}, author = span_from(name, i + YEAR_BYTES);
        if (year.at[0] != '.' || year.at[YEAR_BYTES - 1] != '.' ||
            year_of_field((struct span){year.at + 1, YEAR_BYTES - 2}) == 0)
            continue;
        if (!names_read(author, &names) || names.full != 1 || names.single > 0 || names.field_words > 0)
            return false;
        out->stamp = stamp_of_label(span_until(name, i));
        out->stamp.year = year_find((struct span){year.at + 1, YEAR_BYTES - 2});
        out->authors = author;
        return out->stamp.year != 0 && out->stamp.venue.len > 0;
    }
    return false;
}

/* The same with what stands before the title, which is evidence enough that it is one. */
static bool title_of_reference(struct arena *arena, struct span name, struct clean_title *out, bool *is_one)
{
    struct span authors;
    int year = 0;
    size_t at = title_behind_authors(name, &authors, &year);
    at = at > 0 ? at : title_behind_plus(name, &authors, &year);
    *is_one = at > 0;
    if (at == 0)
        return true;
    char *copy = arena_string(arena, span_from(name, at));
    if (copy == NULL)
        return false;
    if (strchr(copy, ' ') == NULL)
        part_words(copy, name.len - at);
    if (!title_clean(arena, span_of(copy), false, out))
        return false;
    out->authors = authors;
    out->stamp.year = year;
    out->is_likely = out->is_of_field = out->is_possible = out->text.len > 0;
    return true;
}

/* Capitals as a title has them: at the start of all words but the little ones, and those that sentences are made of. */
static void capitalise(char *name, size_t len)
{
    struct span rest = {name, len};
    for (struct word word; word_next(&rest, &word);) {
        char *first = name + (word.text.at - name);
        const bool small = (word.classes & (WORD_FUNCTION | WORD_SENTENCE)) != 0;
        if (word.text.len > 0 && *first >= 'a' && *first <= 'z' && !small)
            *first = (char)(*first - 'a' + 'A');
    }
}

/* "borg_large_scale_cluster_management", "Scalable page models with caches": names of files seldom have a title's
 * capitals. One in several words is judged as if it had them; with spaces, which sentences have too, it takes words of
 * the field. */
static bool judge_small(struct arena *arena, bool is_joined, struct clean_title *title)
{
    struct clean_title full;
    char *copy = arena_string(arena, title->text);
    if (copy == NULL)
        return false;
    capitalise(copy, title->text.len);
    if (!title_clean(arena, span_of(copy), false, &full))
        return false;
    title->is_plain = full.is_likely && full.text.len == title->text.len && (is_joined || full.is_of_field) &&
                      !has_page_word(title->text);
    title->is_likely = title->is_plain;
    return true;
}

/* "6_ Quiet_Pages_for_calm readers": underscores join most words of a name, though a space slipped in. */
static bool is_underlined(struct span name)
{
    enum { FEWEST_LINES = 3 };
    size_t lines = 0, spaces = 0;
    for (size_t i = 0; i < name.len; i++) {
        lines += name.at[i] == '_';
        spaces += name.at[i] == ' ';
    }
    return spaces > 0 && lines >= FEWEST_LINES && lines > spaces;
}

bool title_from_name(struct arena *arena, struct span name, struct clean_title *out)
{
    enum { YEAR_DIGITS = 4 };
    bool is_reference;
    struct stamp stamp = {0};
    name = without_joined_stamp(name, false, &stamp);
    name = without_initials(without_count_in_front(without_export_id(without_slip_number(without_date(name)))));
    if (take_dotted_record(name, out))
        return true;
    if (!title_of_reference(arena, name, out, &is_reference))
        return false;
    if (is_reference)
        return true;
    const bool underlined = is_underlined(name);
    const char *colon = underlined ? arena_string(arena, name) : with_colon(arena, name);
    const char *parted = colon == NULL ? NULL : with_colon_before_article(arena, colon);
    const char *spaced = parted == NULL ? NULL : with_spaces(arena, parted);
    char *copy = spaced == NULL ? NULL : arena_string(arena, span_of(spaced));
    if (copy == NULL)
        return false;
    const size_t len = strlen(copy);
    const bool joined = underlined || memchr(copy, ' ', len) == NULL;
    if (joined)
        part_words(copy, len);
    else if (len > YEAR_DIGITS && year_find((struct span){copy, YEAR_DIGITS}) != 0 &&
             strchr("-_", copy[YEAR_DIGITS]) != NULL)
        copy[YEAR_DIGITS] = ' '; /* "2004-Pages for Everyone" */
    if (memchr(copy, ' ', len) != NULL)
        put_colons(copy, len);
    struct span rest = span_trim((struct span){copy, len});
    bool bracketed = false;
    if (!take_stamps(arena, &rest, &stamp, &bracketed) || !title_clean(arena, rest, false, out))
        return false;
    stamp_add(&out->stamp, &stamp);
    const bool several = out->text.len > 0 && memchr(out->text.at, ' ', out->text.len) != NULL;
    if (several && !out->is_likely && !judge_small(arena, joined, out))
        return false;
    out->is_likely &= several || out->stamp.year != 0; /* "overheard-at-nips" */
    out->is_likely |= several && (bracketed || (stamp.year != 0 && out->is_of_field));
    out->is_of_field |= several && bracketed;
    return true;
}
