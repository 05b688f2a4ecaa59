#include "corpus/markdown_titles.h"

#include "corpus/assignment.h"
#include "corpus/dashed_record.h"
#include "corpus/day.h"
#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/title_page_front.h"
#include "corpus/title_reference.h"
#include "corpus/words.h"

#include <stdio.h>
#include <utf8proc.h>

enum { LONGEST_TITLE_BYTES = 320 };

/* ---- what stands around a title ------------------------------------------------------------------------------ */

static bool is_letter_or_digit(int32_t point)
{
    const utf8proc_category_t category = utf8proc_category(point);
    return is_letter(point) || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

struct span without_ornament(struct span text)
{
    static const char *const openers[] = {"(", "[",      "{\\",    "\"",     "'",      "`",
                                          "$", "\u201c", "\u201d", "\u300a", "\u300c", "\u3010"};
    for (size_t bytes; text.len > 0; text = span_from(text, bytes)) {
        if (is_letter_or_digit(code_point_at(text, &bytes)))
            return text;
        for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
            if (span_starts(text, openers[i]))
                return text;
    }
    return text;
}

/* "2031", "203105": a year, or a month of one. */
static bool is_year_or_month(struct span digits)
{
    enum { YEAR_DIGITS = 4, MONTH_DIGITS = 6 };
    return year_find(digits) != 0 || (digits.len == MONTH_DIGITS && year_find(span_until(digits, YEAR_DIGITS)) != 0);
}

/* "1. ", "2.3 ", "12) ", "[3] ", "07.Title" in front of a heading; "[2031] " is a year. */
static struct span without_number(struct span text)
{
    size_t i = text.len > 0 && text.at[0] == '[' ? 1 : 0;
    const size_t first = i;
    while (i < text.len && (is_ascii_digit(text.at[i]) || (i > first && text.at[i] == '.')))
        i++;
    const bool dotted = i > first && memchr(text.at + first, '.', i - first) != NULL;
    if (i == first || i - first > 6 || i >= text.len ||
        (first > 0 && is_year_or_month((struct span){text.at + first, i - first})))
        return text;
    if (dotted && is_ascii_capital(text.at[i]))
        while (text.at[i - 1] != '.') /* "03.3D Pages" */
            i--;
    const bool closed = strchr("):]", text.at[i]) != NULL || span_starts(span_from(text, i), "\u3001");
    if (closed)
        i += text.at[i] == '\xE3' ? 3 : 1;
    if (!(dotted || closed) || i >= text.len)
        return text;
    const bool joined = dotted && text.at[i - 1] == '.' && (is_ascii_capital(text.at[i]) || is_ascii_digit(text.at[i]));
    if (!joined && !is_blank(text.at[i]) && (unsigned char)text.at[i] < 0x80)
        return text;
    return span_trim(span_from(text, i));
}

/* "[2031.01234v2] Title": an identifier of arXiv numbers a paper in a list of new ones. */
static struct span without_identifier(struct span text)
{
    const size_t close = span_starts(text, "[") ? span_find(text, "] ") : SIZE_MAX;
    if (close == SIZE_MAX)
        return text;
    const struct span inside = span_from(span_until(text, close), 1), id = arxiv_in(inside);
    const struct span behind = span_from(inside, id.len == 0 ? 0 : (size_t)(id.at + id.len - inside.at));
    const bool whole = id.len > 0 && (behind.len == 0 || (behind.at[0] == 'v' && span_is_digits(span_from(behind, 1))));
    return whole ? span_from(text, close + 1) : text;
}

struct span without_number_in_front(struct span heading)
{
    const struct span bare = without_identifier(without_ornament(span_trim(heading)));
    return span_trim(without_ornament(without_number(span_trim(bare))));
}

/* "[缓存] Quiet Caches for Pages": what a title in Latin letters is about, in a script that it has no use for. Or the
 * name that it begins with: "[QX] QX: Quiet Caches for Pages". */
static struct span without_topic_in_front(struct span text)
{
    enum { FEWEST_WORDS = 3 };
    const bool wide = span_starts(text, "\u3010");
    const size_t end = wide ? span_find(text, "\u3011") : span_starts(text, "[") ? span_find(text, "]") : SIZE_MAX;
    if (end == SIZE_MAX)
        return text;
    const struct span topic = span_until(text, end), rest = span_trim(span_from(text, end + (wide ? 3 : 1)));
    const struct span inside = span_from(topic, wide ? 3 : 1);
    if (inside.len > 0 && inside.len < rest.len && has_letters(inside) &&
        is_same_title(span_until(rest, inside.len), inside) && span_starts(span_from(rest, inside.len), ":"))
        return rest;
    for (size_t i = 0; i < topic.len; i++)
        if (is_ascii_letter(topic.at[i]) || is_ascii_digit(topic.at[i]))
            return text;
    const bool latin = rest.len > 0 && is_ascii_letter(rest.at[0]) && has_words(rest, FEWEST_WORDS);
    return latin && count_east_asian(topic) > 0 ? rest : text;
}

/* "Quiet Caches for Pages: 缓存": the same behind a colon. */
static struct span without_topic_behind(struct span text)
{
    enum { FEWEST_WORDS = 3 };
    size_t at = text.len;
    while (at > 0 && (at == text.len || colon_bytes(span_from(text, at)) == 0)) {
        at--;
        if (is_ascii_letter(text.at[at]) || is_ascii_digit(text.at[at]))
            return text;
    }
    const struct span front = span_trim(span_until(text, at)), topic = span_from(text, at);
    const bool latin = front.len > 0 && is_ascii_letter(front.at[0]) && has_words(front, FEWEST_WORDS);
    return latin && count_east_asian(topic) > 0 && count_east_asian(front) == 0 ? front : text;
}

/* "Quiet Caches for Pages（安静的页面缓存）", "Quiet Caches (3D 页面缓存)": what it means in another script. */
static struct span without_translation_behind(struct span text)
{
    enum { FEWEST_WORDS = 3, FEWEST_LETTERS = 4 };
    const bool wide = span_ends(text, "\uff09");
    size_t at = text.len;
    if (!wide && !span_ends(text, ")"))
        return text;
    while (at > 0 && text.at[at - 1] != '(' && !span_ends(span_until(text, at), "\uff08"))
        at--;
    if (at == 0)
        return text;
    const struct span front = span_trim(span_until(text, at - (text.at[at - 1] == '(' ? 1 : 3)));
    return has_words(front, FEWEST_WORDS) && count_east_asian(front) == 0 &&
                   count_east_asian(span_from(text, at)) >= FEWEST_LETTERS
               ? front
               : text;
}

/* How many bytes of "TUNA-2 Reading Guide", "Pagelet Paper Notes" only say what the page is; 0 when none do. */
static size_t guide_bytes(struct span text)
{
    static const char *const endings[] = {" reading guide", " reading notes", " reading note",
                                          " paper notes",   " paper reading", " paper summary"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t bytes = strlen(endings[i]);
        if (text.len > bytes && span_is_nocase(span_from(text, text.len - bytes), endings[i]) &&
            !is_page_name(span_until(text, text.len - bytes)))
            return bytes;
    }
    return 0;
}

/* "《Quiet Caches for Pages》 - Example's Blog", "《Quiet Caches for Pages》缓存": brackets of East Asia hold a title
 * in Latin letters, and a site's name or words in another script stand behind. */
static struct span without_site_behind(struct span text)
{
    enum { FEWEST_WORDS = 2 };
    static const char open[] = "\u300a", close[] = "\u300b";
    const size_t end = span_starts(text, open) ? span_find(text, close) : SIZE_MAX;
    if (end == SIZE_MAX)
        return text;
    const struct span inside = span_trim(span_from(span_until(text, end), strlen(open)));
    const struct span behind = span_trim(span_from(text, end + strlen(close)));
    const bool latin = inside.len > 0 && is_ascii_letter(inside.at[0]) && has_words(inside, FEWEST_WORDS);
    const bool parted = behind.len > 0 && strchr("-|_", behind.at[0]) != NULL;
    return latin && (parted || (behind.len > 0 && (unsigned char)behind.at[0] >= 0xE3)) ? inside : text;
}

/* "Title - Paper Notes", "Title (Summary)", "Title 阅读笔记". */
static struct span without_page_behind(struct span text)
{
    static const char *const openers[] = {" - ", " (", " [", ": ", " | ", " \u2013 ", " \u2014 ", "\uff1a", "[", "("};
    static const char *const suffixes[] = {
        "\u7b14\u8bb0", "\u9605\u8bfb", "\u8bba\u6587", "\u89e3\u8bfb",       "\u7cbe\u8bfb", "\u5b66\u4e60",
        "\u603b\u7ed3", "\u8bfb\u4e66", "\u89e3\u6790", "\u8be6\u89e3",       "\u56fe\u8868", "\u7ffb\u8bd1",
        "\u4e2d\u6587", "\u5bfc\u8bfb", "\u7814\u8bfb", "\u8bb2\u89e3",       "\u901a\u4fd7", "\u6d45\u6790",
        "\u901f\u8bfb", "\u68b3\u7406", "\u5fc3\u5f97", "\u7b46\u8a18",       "\u95b1\u8b80", "\u8ad6\u6587",
        "\u30e1\u30e2", "\u8981\u7d04", "\u89e3\u8aac", "\u307e\u3068\u3081", "\ub9ac\ubdf0", "\ub17c\ubb38",
        "\uc815\ub9ac", "\uc694\uc57d", "\ud575\uc2ec"};
    struct title parted = {.text = text};
    if (title_read_parted(&parted)) /* "Ada Example - Title - May 2031" */
        return text;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (span_ends(text, suffixes[i]) && text.len > strlen(suffixes[i]) + (is_ascii_letter(text.at[0]) ? 2 : 8))
            return without_page_behind(span_trim(span_until(text, text.len - strlen(suffixes[i]))));
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        const char *at = memmem(text.at, text.len, openers[i], strlen(openers[i]));
        struct span tail = {0};
        for (; at != NULL; at = memmem(tail.at, tail.len, openers[i], strlen(openers[i])))
            tail = span_from(text, (size_t)(at - text.at) + strlen(openers[i]));
        const char last = openers[i][strlen(openers[i]) - 1];
        const size_t close = last == '(' || last == '[' ? span_find(tail, last == '(' ? ")" : "]") : SIZE_MAX;
        if (tail.len == 0 || tail.len + strlen(openers[i]) >= text.len ||
            (close != SIZE_MAX && close + 1 < tail.len)) /* "Journal of Pages 12 (2031): 1-20" */
            continue;
        const struct span name =
            tail.at[tail.len - 1] == ')' || tail.at[tail.len - 1] == ']' ? span_until(tail, tail.len - 1) : tail;
        struct stamp stamp;
        if (colon_bytes(span_from(text, (size_t)(tail.at - text.at) - strlen(openers[i]))) > 0 && !names_reading(name))
            continue;
        const bool tight = openers[i][0] == last && !has_letters(name); /* "page.isCalm()" */
        const bool listed = memchr(name.at, ',', name.len) != NULL; /* "Reading Pages - Problems, Methods and Data" */
        if (is_page_name(name) && !tight && !listed && !stamp_read(name, STAMP_LINE, &stamp)) /* "Title (2018)" */
            return span_trim(span_until(text, text.len - tail.len - strlen(openers[i])));
    }
    return span_trim(span_until(text, text.len - guide_bytes(text)));
}

/* ---- what stands behind a title ------------------------------------------------------------------------------ */

static bool is_dash(struct span text)
{
    return span_starts(text, "\u2013") || span_starts(text, "\u2014");
}

void skip_marks(struct span *text, struct span *words)
{
    static const char *const wide[] = {"\u2013", "\u2014", "\u300b"};
    for (;;) {
        const bool mark = words->len > 0 && strchr(" \t\r\n,;:.-|)(>", words->at[0]) != NULL;
        const size_t bytes = mark ? 1 : span_starts_with_one(*words, wide, sizeof wide / sizeof wide[0]);
        if (bytes == 0)
            return;
        *words = span_from(*words, bytes);
        *text = span_from(*text, bytes);
    }
}

size_t venue_bytes(struct span words, struct stamp *stamp)
{
    enum { FARTHEST = 60 };
    size_t longest = 0;
    struct stamp found;
    for (size_t i = 2; i <= words.len && i < FARTHEST; i++) {
        const bool opens = i < words.len && words.at[i] == '(' && !has_letters(span_from(words, i)); /* an address */
        const bool ends = i == words.len || strchr(":.;,)|\n", words.at[i]) != NULL || is_dash(span_from(words, i));
        const bool breaks = span_starts(span_from(words, i), "  ") && memchr(words.at, ':', i) == NULL; /* mark-up */
        if ((ends || opens || breaks) && stamp_read(span_until(words, i), STAMP_GROUP, &found) &&
            !(opens && found.guessed) && (!breaks || (found.venue.len > 0 && found.year != 0))) {
            longest = i;
            *stamp = found;
        }
        if (breaks && longest > 0)
            break;
    }
    return longest;
}

struct span venue_of_byline(struct span behind)
{
    while (behind.len > 0 && (is_blank(behind.at[0]) || strchr(",.\\-|", behind.at[0]) != NULL))
        behind = span_from(behind, 1);
    behind = span_trim_marks(behind, ",.\\");
    return span_starts_nocase(behind, "in ") ? span_trim(span_from(behind, strlen("in "))) : behind;
}

size_t people_bytes(struct span words)
{
    const size_t bytes = names_begin(words);
    const struct span people = span_until(words, bytes);
    const char mark = (char)(span_ends(people, ")") ? '(' : span_ends(people, "]") ? '[' : '\0');
    const char *open = mark == '\0' ? NULL : memrchr(people.at, mark, bytes);
    const size_t at = open == NULL ? bytes : (size_t)(open - people.at);
    struct stamp stamp;
    return open != NULL && stamp_read(span_from(people, at), STAMP_LINE, &stamp) ? at : bytes;
}

size_t byline_bytes(struct span words, struct stamp *stamp)
{
    enum { LONGEST_VENUE_BYTES = 240 };
    const size_t bytes = people_bytes(words);
    const struct span venue = venue_of_byline(span_from(words, bytes));
    if (bytes == 0 || venue.len == 0 || venue.len > LONGEST_VENUE_BYTES)
        return 0;
    *stamp = stamp_of_label(venue);
    return stamp->year != 0 && stamp->venue.len > 0 ? bytes : 0;
}

/* ---- titles -------------------------------------------------------------------------------------------------- */

/* The next letter or digit of a title, in small letters; 0 at the end. */
static int32_t next_letter(struct span *text)
{
    while (text->len > 0) {
        size_t bytes;
        const int32_t point = code_point_at(*text, &bytes);
        *text = span_from(*text, bytes);
        if (is_letter_or_digit(point))
            return utf8proc_tolower(point);
    }
    return 0;
}

bool is_same_title(struct span a, struct span b)
{
    for (;;) {
        const int32_t left = next_letter(&a);
        if (left != next_letter(&b))
            return false;
        if (left == 0)
            return true;
    }
}

/* Whether what stands at `i` has no space in front of it. */
static bool closes_up(struct span text, size_t i)
{
    const bool ends = i + 1 >= text.len || is_blank(text.at[i + 1]); /* ":star2:" begins a word */
    return text.at[i] == ')' || text.at[i] == ',' || (text.at[i] == ':' && ends);
}

/* A copy with every run of white space as one space, and none within brackets at their ends or before a comma or a
 * colon, where marks stood: "(`Name`)", "**Ada Example**, Bo Sample", "[QX](qx.md): A Study". It is `*len` bytes long;
 * NULL when memory is short. */
static char *fold_space(struct arena *arena, struct span text, size_t *len)
{
    char *folded = arena_alloc(arena, text.len + 1);
    *len = 0;
    for (size_t i = 0; folded != NULL && i < text.len; i++) {
        const char last = (char)(*len > 0 ? folded[*len - 1] : ' ');
        if (closes_up(text, i) && last == ' ' && *len > 0)
            --*len;
        if (!is_blank(text.at[i]))
            folded[(*len)++] = text.at[i];
        else if (last != ' ' && last != '(')
            folded[(*len)++] = ' ';
    }
    while (*len > 0 && folded[*len - 1] == ' ')
        --*len;
    return folded;
}

/* Whether the bracket that `rest`, behind it, closes holds nothing but narrow letters. */
static bool is_narrow_group(struct span rest)
{
    size_t end = 0;
    while (end < rest.len && (unsigned char)rest.at[end] < 0x80 && rest.at[end] != ')')
        end++;
    return end > 0 && end < rest.len && (rest.at[end] == ')' || span_starts(span_from(rest, end), "\uff09"));
}

/* Whether a bracket is open at the end of `text`, with nothing but narrow letters in it. */
static bool ends_in_narrow_group(struct span text)
{
    size_t at = text.len;
    while (at > 0 && (unsigned char)text.at[at - 1] < 0x80 && strchr("()", text.at[at - 1]) == NULL)
        at--;
    return at > 0 && at < text.len && text.at[at - 1] == '(';
}

/* Makes narrow what an East Asian keyboard made wide between words of other scripts: "Title,2031", "QX: A Study",
 * "Title (2031)". No two spaces follow each other. */
static size_t narrow_marks(char *text, size_t len)
{
    static const struct {
        const char *wide, *narrow;
    } marks[] = {{"\uff0c", ", "}, {"\uff1a", ": "}, {"\uff08", " ("}, {"\uff09", ")"}};
    enum { WIDE_BYTES = 3 };
    size_t to = 0;
    for (size_t i = 0; i < len;) {
        const struct span rest = {text + i, len - i};
        const char *narrow = NULL;
        for (size_t j = 0; j < sizeof marks / sizeof marks[0]; j++)
            if (span_starts(rest, marks[j].wide))
                narrow = marks[j].narrow;
        const bool closes = narrow != NULL && narrow[0] == ')', opens = narrow != NULL && narrow[1] == '(';
        const bool behind = rest.len > WIDE_BYTES && (unsigned char)rest.at[WIDE_BYTES] < 0x80;
        const bool between = to > 0 && (unsigned char)text[to - 1] < 0x80 && (behind || closes);
        if (narrow == NULL || !between || (opens && !is_narrow_group(span_from(rest, WIDE_BYTES))) ||
            (closes && !ends_in_narrow_group((struct span){text, to}))) {
            text[to++] = text[i++];
            continue;
        }
        i += WIDE_BYTES;
        for (; *narrow != '\0'; narrow++)
            if (*narrow != ' ' || (text[to - 1] != ' ' && i < len && (narrow[1] != '\0' || text[i] != ' ')))
                text[to++] = *narrow;
    }
    return to;
}

/* The bytes of what stands for a colon in front of a space where names of files can hold none: "PageNet\u02d0 A Study",
 * "PageNet_ A Study", though "_" does so only as the one of its title. 0 when there is none. */
static size_t colon_like_bytes(struct span rest, bool is_only_line)
{
    static const char *const marks[] = {"\u02d0", "\ua789", "\u2236", "\uff1a"};
    const size_t wide = span_starts_with_one(rest, marks, sizeof marks / sizeof marks[0]);
    const size_t bytes = wide > 0 ? wide : is_only_line && span_starts(rest, "_") ? 1 : 0;
    return bytes > 0 && rest.len > bytes + 1 && rest.at[bytes] == ' ' ? bytes : 0;
}

/* Puts colons there. */
static size_t put_colons_back(char *text, size_t len)
{
    const char *line = memchr(text, '_', len);
    const bool is_only_line = line != NULL && memrchr(text, '_', len) == line;
    size_t to = 0;
    for (size_t i = 0; i < len;) {
        const bool behind_word = to > 0 && !is_blank(text[to - 1]);
        const size_t bytes = behind_word ? colon_like_bytes((struct span){text + i, len - i}, is_only_line) : 0;
        text[to++] = (char)(bytes > 0 ? ':' : text[i]);
        i += bytes > 0 ? bytes : 1;
    }
    return to;
}

static void judge(const struct line *line, uint64_t more, struct clean_title *out)
{
    const uint64_t small = evidence_bit(AGAINST_ONE_WORD) | evidence_bit(AGAINST_SENTENCE_WORDS);
    const uint64_t set = title_evidence(line) | more;
    out->score = evidence_score(set);
    out->is_likely = out->score >= TITLE_SCORE || (set & evidence_bit(FOR_STAMP)) != 0;
    out->is_of_field = (set & (evidence_bit(FOR_RESEARCH_WORDS) | evidence_bit(FOR_NAME_AND_COLON) |
                               evidence_bit(FOR_STAMP) | evidence_bit(FOR_LINK) | evidence_bit(FOR_REFERENCE))) != 0;
    out->is_reference = (set & evidence_bit(FOR_REFERENCE)) != 0;
    out->is_possible = evidence_is_plausible(set & ~small);
}

/* "【OSDI'30】Title": brackets of East Asia around a stamp. */
static struct span without_wide_stamp(struct span text, struct stamp *stamp)
{
    static const char open[] = "\u3010", close[] = "\u3011";
    const size_t end = span_starts(text, open) ? span_find(text, close) : SIZE_MAX;
    if (end == SIZE_MAX)
        return text;
    const struct span inside = span_from(span_until(text, end), strlen(open));
    const struct span behind = span_trim(span_from(text, end + strlen(close)));
    return behind.len > 0 && stamp_read(inside, STAMP_GROUP, stamp) ? behind : text;
}

struct span without_joined_stamp(struct span name, bool is_link, struct stamp *stamp)
{
    enum { LONGEST_VENUE = 24, FEWEST_WORDS = 3 };
    size_t digits = 0;
    while (digits < name.len && is_ascii_digit(name.at[digits]))
        digits++;
    if ((digits != 2 && digits != 4) || digits == name.len || strchr("_-", name.at[digits]) == NULL)
        return name;
    const struct span behind = span_from(name, digits + 1);
    const size_t end = span_find(behind, name.at[digits] == '_' ? "_" : "-");
    char label[LONGEST_VENUE + 8];
    if (end == SIZE_MAX || end == 0 || end > LONGEST_VENUE ||
        (name.at[digits] == '-' && !has_words(span_from(behind, end + 1), FEWEST_WORDS)))
        return name;
    const int len = snprintf(label, sizeof label, "%.*s '%.*s", (int)end, behind.at, 2, name.at + digits - 2);
    struct stamp found;
    if (len < 0 || !stamp_read((struct span){label, (size_t)len}, STAMP_LINE, &found) || found.venue.len == 0 ||
        (found.guessed && !is_link))
        return name;
    if (found.guessed)
        found.venue = span_until(behind, end);
    found.text = span_until(name, digits + 1 + end);
    *stamp = found;
    return span_trim(span_from(behind, end + 1));
}

void part_words(char *name, size_t len)
{
    enum { FEWEST_DOTS = 2 };
    size_t dots = 0;
    for (size_t i = 0; i < len; i++)
        dots += name[i] == '.';
    const char joint = (char)(memchr(name, '_', len) != NULL ? '_' : dots >= FEWEST_DOTS ? '.' : '-');
    for (size_t i = 0; i + 1 < len; i++)
        if (name[i] == joint)
            name[i] = ' ';
}

/* "Quiet.Pages.for.Readers": a title written as a file's name would be, of four words or more, or three in capitals. */
static bool is_file_like(struct span title)
{
    enum { FEWEST_JOINTS = 3 };
    size_t dots = 0, lines = 0, dashes = 0, capitals = 0;
    for (size_t i = 0; i < title.len; i++) {
        if (is_blank(title.at[i]) || title.at[i] == '/' || title.at[i] == ':')
            return false;
        capitals += is_ascii_capital(title.at[i]) && (i == 0 || title.at[i - 1] == '.');
        dots += title.at[i] == '.';
        lines += title.at[i] == '_';
        dashes += title.at[i] == '-';
    }
    return dots >= FEWEST_JOINTS || lines >= FEWEST_JOINTS || dashes >= FEWEST_JOINTS ||
           (dots + 1 == FEWEST_JOINTS && capitals == FEWEST_JOINTS);
}

/* Whether a code point at the end of a title is none of it: a footnote's mark, an emoji or what joins those, a dash
 * before what is left out. */
static bool is_mark_behind(int32_t point)
{
    enum { JOINER = 0x200D, SELECTOR = 0xFE0F, ASTERISK = 0x2217, DAGGER = 0x2020, DOUBLE_DAGGER = 0x2021 };
    enum { SHORT_DASH = 0x2013, LONG_DASH = 0x2014 };
    enum { WIDE_COMMA = 0xFF0C, WIDE_STOP = 0x3002, LIST_COMMA = 0x3001 };
    enum { FIRST_CIRCLED = 0x2460, LAST_CIRCLED = 0x2473, FIRST_FILLED = 0x2776, LAST_FILLED = 0x2793 };
    return point == WIDE_COMMA || point == WIDE_STOP || point == LIST_COMMA || point == JOINER || point == SELECTOR ||
           point == SHORT_DASH || point == LONG_DASH || point == ASTERISK || point == DAGGER ||
           point == DOUBLE_DAGGER || (point >= FIRST_CIRCLED && point <= LAST_CIRCLED) ||
           (point >= FIRST_FILLED && point <= LAST_FILLED) ||
           (point > 0 && point < 0x80 && strchr(" ,;:|*_", point) != NULL) ||
           utf8proc_category(point) == UTF8PROC_CATEGORY_SO;
}

static struct span without_marks_behind(struct span text)
{
    while (text.len > 0) {
        size_t start = text.len - 1, bytes;
        while (start > 0 && ((unsigned char)text.at[start] & 0xC0) == 0x80)
            start--;
        if (!is_mark_behind(code_point_at(span_from(text, start), &bytes)))
            break;
        text.len = start;
    }
    return text;
}

/* "[# Title]": the mark of a heading that was pasted with it; "C# for Everyone" keeps its own. */
static struct span without_hashes(struct span text)
{
    size_t hashes = 0;
    while (hashes < text.len && text.at[hashes] == '#')
        hashes++;
    return hashes > 0 && hashes < text.len && text.at[hashes] == ' ' ? span_trim(span_from(text, hashes)) : text;
}

/* "Title #toread": without the tags behind it, words in small letters. */
static struct span without_tags_behind(struct span text)
{
    enum { FEWEST_LETTERS = 3 };
    for (;;) {
        const char *space = text.len == 0 ? NULL : memrchr(text.at, ' ', text.len);
        const size_t at = space == NULL ? text.len : (size_t)(space - text.at);
        const struct span tag = at + 2 > text.len ? (struct span){"", 0} : span_from(text, at + 2);
        size_t small = 0;
        while (small < tag.len && (is_ascii_small(tag.at[small]) || tag.at[small] == '-'))
            small++;
        if (tag.len < FEWEST_LETTERS || small < tag.len || text.at[at + 1] != '#')
            return text;
        text = span_trim(span_until(text, at));
    }
}

/* The bytes of ":star2:", a picture as hosts of code write it, at the front of `text`; 0 when there is none. */
static size_t shortcode_bytes(struct span text)
{
    enum { FEWEST_LETTERS = 2 };
    size_t at = 1;
    while (at < text.len && ((text.at[at] >= 'a' && text.at[at] <= 'z') || is_ascii_digit(text.at[at]) ||
                             strchr("_+-", text.at[at]) != NULL))
        at++;
    const bool ends = at + 1 >= text.len || text.at[at + 1] == ' ';
    return span_starts(text, ":") && at > FEWEST_LETTERS && at < text.len && text.at[at] == ':' && ends ? at + 1 : 0;
}

/* Leaves out such pictures, where no letter touches them. */
static size_t drop_shortcodes(char *text, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len;) {
        const bool begins = to == 0 || text[to - 1] == ' ';
        const size_t bytes = begins ? shortcode_bytes((struct span){text + i, len - i}) : 0;
        if (bytes == 0)
            text[to++] = text[i++];
        else
            i += bytes + (i + bytes < len); /* and the space behind */
    }
    while (to > 0 && text[to - 1] == ' ')
        to--;
    return to;
}

bool title_clean(struct arena *arena, struct span words, bool is_link, struct clean_title *out)
{
    struct stamp wide = {0};
    *out = (struct clean_title){0};
    size_t len;
    char *copy = fold_space(arena, words, &len);
    if (copy == NULL)
        return false;
    len = drop_shortcodes(copy, put_colons_back(copy, narrow_marks(copy, len)));
    const struct span folded = {copy, len};
    if (is_file_like(folded))
        part_words(copy, len);
    struct dashed_record record;
    const bool is_record = dashed_record_read(folded, &record);
    wide = record.stamp;
    const struct span whole = is_record ? record.title : folded;
    const struct span bare =
        without_summary_in_front(without_meeting_in_front(without_assignment_behind(whole)), &wide);
    const struct span front =
        without_page_in_front(without_number_in_front(without_joined_stamp(bare, is_link, &wide)));
    const struct span text = without_translation_behind(without_topic_behind(without_page_behind(
        without_site_behind(without_topic_in_front(without_wide_page_in_front(without_wide_words_in_front(front)))))));
    const struct line line = {.text = without_wide_stamp(text, &wide)};
    struct title title = {0};
    if (line.text.len == 0 || line.text.len > LONGEST_READ_LINE_BYTES)
        return true;
    title_read(&line, &title);
    out->text = title.text;
    out->stamp = title.stamp;
    stamp_add(&out->stamp, &wide);
    out->authors = is_record ? record.authors : title.authors;
    out->is_one_author = title.is_one_author && !is_record;
    out->text = without_marks_behind(without_tags_behind(without_hashes(out->text)));
    if (out->text.len > 1 && span_ends(out->text, ".") && !span_ends(out->text, ".."))
        out->text.len--;
    if (out->text.len <= LONGEST_TITLE_BYTES)
        judge(&line, (is_link ? evidence_bit(FOR_LINK) : 0) | (wide.venue.len > 0 ? evidence_bit(FOR_STAMP) : 0), out);
    return true;
}

/* "2029 - Title", "[OSDI'29] Title", "Title (OSDI 2029)": a stamp that people set beside a title, while "Findings of
 * WMT 2029" and "FOCS: Planning by Fusion" hold what only looks like one. */
static bool is_stamped(struct span whole, const struct clean_title *title)
{
    enum { YEAR_DIGITS = 4 };
    const bool dated = whole.len > YEAR_DIGITS && year_find(span_until(whole, YEAR_DIGITS)) != 0 &&
                       span_starts(span_from(whole, YEAR_DIGITS), " - ");
    return title->stamp.text.len > 0 && title->text.len > 0 &&
           (dated || span_starts(whole, "[") || span_ends(whole, ")") || span_ends(whole, "]"));
}

bool title_as_is(struct arena *arena, const struct block *block, struct clean_title *title)
{
    const struct span shown = shown_words(arena, block->text, block->words);
    size_t len = 0;
    const char *folded = shown.at == NULL ? NULL : fold_space(arena, shown, &len);
    const struct span whole = {folded, len};
    if (folded == NULL)
        return false;
    if (!is_stamped(whole, title))
        *title = (struct clean_title){.text = whole, .is_likely = true};
    return true;
}
