#include "corpus/markdown_titles.h"

#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/title.h"
#include "corpus/words.h"

#include <stdio.h>
#include <utf8proc.h>

enum { LONGEST_TITLE_BYTES = 320, LONGEST_ITEM_BYTES = 4096, LONGEST_PAGE_NAME_BYTES = 80 };

/* ---- what stands around a title ------------------------------------------------------------------------------ */

static bool is_letter_or_digit(int32_t point)
{
    const utf8proc_category_t category = utf8proc_category(point);
    return is_letter(point) || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

struct span without_ornament(struct span text)
{
    static const char *const openers[] = {"(",      "[",      "\"",     "'",      "`",     "$",
                                          "\u201c", "\u201d", "\u300a", "\u300c", "\u3010"};
    for (size_t bytes; text.len > 0; text = span_from(text, bytes)) {
        if (is_letter_or_digit(code_point_at(text, &bytes)))
            return text;
        for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
            if (span_starts(text, openers[i]))
                return text;
    }
    return text;
}

/* "1. ", "2.3 ", "12) ", "[3] " in front of a heading; "[2031] " is a year. */
static struct span without_number(struct span text)
{
    size_t i = text.len > 0 && text.at[0] == '[' ? 1 : 0;
    const size_t first = i;
    while (i < text.len && (is_ascii_digit(text.at[i]) || (i > first && text.at[i] == '.')))
        i++;
    const bool dotted = i > first && memchr(text.at + first, '.', i - first) != NULL;
    if (i == first || i - first > 6 || i >= text.len ||
        (first > 0 && year_find((struct span){text.at + first, i - first}) != 0))
        return text;
    const bool closed = strchr("):]", text.at[i]) != NULL || span_starts(span_from(text, i), "\u3001");
    if (closed)
        i += text.at[i] == '\xE3' ? 3 : 1;
    if (!(dotted || closed) || i >= text.len || (!is_blank(text.at[i]) && (unsigned char)text.at[i] < 0x80))
        return text;
    return span_trim(span_from(text, i));
}

static struct span bare(struct span heading)
{
    return span_trim(without_ornament(without_number(without_ornament(span_trim(heading)))));
}

static bool is_reading_word(struct span word)
{
    static const char *const words[] = {"paper", "papers", "reading", "review", "note", "notes", "summary", "read"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (span_is_nocase(word, words[i]))
            return true;
    return word.len > 0 && (unsigned char)word.at[0] >= 0x80;
}

/* Whether a page's name says that it holds notes on papers. */
static bool is_about_reading(struct span name)
{
    struct word word;
    while (word_next(&name, &word))
        if (is_reading_word(word.text))
            return true;
    return false;
}

/* "Paper notes", but not "A Review" or "Problems and Solutions", which end titles behind a colon. */
static bool names_reading(struct span name)
{
    return is_about_reading(name) && !span_starts_nocase(name, "a ") && !span_starts_nocase(name, "an ");
}

/* "Project plan: Index", "Meeting notes - Budget": a page that says in front what it is. */
static bool is_page_with_subject(struct span text)
{
    const size_t colon = span_find(text, ": ");
    struct word word;
    struct span name = span_until(text, colon == SIZE_MAX ? 0 : colon), rest = name;
    size_t words = 0;
    while (word_next(&rest, &word))
        words++;
    return words >= 2 && is_page_name(name) && !is_about_reading(name);
}

/* "Paper notes: Title", "[Paper Review] Title": a page's name in front says nothing of the paper. */
static struct span without_page_in_front(struct span text)
{
    static const char *const closers[] = {": ", " - ", "] ", ") ", "\uff1a", "\u3011", " | ", "]"};
    for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++) {
        const size_t end = span_find(text, closers[i]);
        if (end == SIZE_MAX || end == 0 || end > LONGEST_PAGE_NAME_BYTES)
            continue;
        const struct span rest = bare(span_from(text, end + strlen(closers[i])));
        const bool wide = span_starts(text, "\u3010");
        const size_t bracket = wide ? 3 : text.at[0] == '[' || text.at[0] == '(' ? 1 : 0;
        const struct span name = bare(span_from(span_until(text, end), end > bracket ? bracket : 0));
        if (rest.len > 0 && is_page_name(name) && is_about_reading(name))
            return rest;
    }
    return text;
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

/* "Title - Paper Notes", "Title (Summary)", "Title 阅读笔记". */
static struct span without_page_behind(struct span text)
{
    static const char *const openers[] = {" - ", " (", " [", ": ", " | ", " \u2013 ", " \u2014 ", "\uff1a"};
    static const char *const suffixes[] = {"\u7b14\u8bb0", "\u9605\u8bfb", "\u8bba\u6587", "\u89e3\u8bfb",
                                           "\u7cbe\u8bfb", "\u5b66\u4e60", "\u603b\u7ed3", "\u8bfb\u4e66",
                                           "\u89e3\u6790", "\u8be6\u89e3", "\u56fe\u8868", "\u7ffb\u8bd1",
                                           "\u4e2d\u6587", "\u5bfc\u8bfb", "\u7814\u8bfb"};
    if (guide_bytes(text) > 0)
        return span_trim(span_until(text, text.len - guide_bytes(text)));
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (span_ends(text, suffixes[i]) && text.len > strlen(suffixes[i]) + (is_ascii_letter(text.at[0]) ? 2 : 8))
            return without_page_behind(span_trim(span_until(text, text.len - strlen(suffixes[i]))));
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        const char *at = memmem(text.at, text.len, openers[i], strlen(openers[i]));
        struct span tail = {0};
        for (; at != NULL; at = memmem(tail.at, tail.len, openers[i], strlen(openers[i])))
            tail = span_from(text, (size_t)(at - text.at) + strlen(openers[i]));
        if (tail.len == 0 || tail.len + strlen(openers[i]) >= text.len)
            continue;
        const struct span name =
            tail.at[tail.len - 1] == ')' || tail.at[tail.len - 1] == ']' ? span_until(tail, tail.len - 1) : tail;
        struct stamp stamp;
        if (colon_bytes(span_from(text, (size_t)(tail.at - text.at) - strlen(openers[i]))) > 0 && !names_reading(name))
            continue;
        if (is_page_name(name) && !stamp_read(name, STAMP_LINE, &stamp)) /* "Title (2018)" */
            return span_trim(span_until(text, text.len - tail.len - strlen(openers[i])));
    }
    return text;
}

/* ---- pages and forms ----------------------------------------------------------------------------------------- */

/* Whether a word of a page's name can stand there: "Reading", "List", "of", "2021-03", "W12". */
static bool is_page_word(const struct word *word, bool *names)
{
    enum { FRAME = WORD_FILLER | WORD_PART | WORD_BESIDE | WORD_FUNCTION };
    size_t letters = 0;
    for (size_t i = 0; i < word->text.len; i++)
        letters += is_ascii_letter(word->text.at[i]) || (unsigned char)word->text.at[i] >= 0x80;
    *names |= (word->classes & (WORD_PAGE | WORD_OTHER | WORD_PART | WORD_FILLER)) != 0;
    const bool is_week = letters == 1 && word->text.len > 1 && strchr("wWdDqQ", word->text.at[0]) != NULL;
    *names |= is_week;
    return letters == 0 || is_week || (word->classes & (FRAME | WORD_PAGE | WORD_OTHER)) != 0;
}

static bool is_named_page(struct span words)
{
    enum { MOST_WORDS = 4 };
    struct word word;
    bool names = false, dated = false;
    size_t lettered = 0;
    while (word_next(&words, &word)) {
        lettered += word.letters != CASE_NONE;
        dated |= word.text.len == 4 && (span_starts(word.text, "19") || span_starts(word.text, "20"));
        if (!is_page_word(&word, &names) || lettered > MOST_WORDS)
            return false;
    }
    return names || (lettered == 0 && dated);
}

bool is_page_name(struct span words)
{
    static const char *const pages[] = {"\u8bba\u6587\u7b14\u8bb0",
                                        "\u8bba\u6587\u9605\u8bfb",
                                        "\u9605\u8bfb\u7b14\u8bb0",
                                        "\u8bba\u6587\u9605\u8bfb\u7b14\u8bb0",
                                        "\u76ee\u5f55",
                                        "\u7ec4\u4f1a",
                                        "\u5468\u62a5",
                                        "\u8bba\u6587\u5217\u8868",
                                        "\u8bba\u6587",
                                        "\u7b14\u8bb0",
                                        "\u6587\u732e\u8c03\u7814",
                                        "\u6587\u732e\u7efc\u8ff0",
                                        "\u6587\u732e\u9605\u8bfb",
                                        "\u6587\u732e\u7b14\u8bb0",
                                        "\u8ad6\u6587",
                                        "\u8ad6\u6587\u30e1\u30e2",
                                        "\u8ad6\u6587\u307e\u3068\u3081",
                                        "\ub17c\ubb38",
                                        "\ub17c\ubb38 \uc815\ub9ac",
                                        "\ub17c\ubb38 \ub9ac\ubdf0",
                                        "\ubb38\ud5cc\uc870\uc0ac",
                                        "\u8bba\u6587\u89e3\u8bfb",
                                        "\u8bba\u6587\u7cbe\u8bfb"};
    char copy[LONGEST_PAGE_NAME_BYTES];
    words = span_trim(words);
    if (words.len >= sizeof copy)
        return false;
    if (!has_letters(words)) /* "1", "2023-05" */
        return true;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        if (span_is(words, pages[i]))
            return true;
    for (size_t i = 0; i < words.len; i++)
        copy[i] = (char)(strchr("-_./", words.at[i]) != NULL ? ' ' : words.at[i]);
    return is_named_page((struct span){copy, words.len});
}

bool is_shelf_name(struct span name)
{
    char copy[LONGEST_PAGE_NAME_BYTES];
    struct word word;
    struct span words = {copy, name.len};
    if (name.len >= sizeof copy)
        return false;
    for (size_t i = 0; i < name.len; i++)
        copy[i] = (char)(strchr("-_./", name.at[i]) != NULL ? ' ' : name.at[i]);
    while (word_next(&words, &word))
        if ((word.classes & (WORD_PAGE | WORD_OTHER)) != 0 && !is_reading_word(word.text))
            return true;
    return span_find(name, "emplate") != SIZE_MAX;
}

bool is_placeholder(struct span title)
{
    static const char *const forms[] = {"title",      "paper title", "title of the paper", "untitled", "template",
                                        "paper name", "your title",  "note title",         "paper",    "title here"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (span_is_nocase(title, forms[i]))
            return true;
    return title.len == 0 || span_find(title, "{{") != SIZE_MAX || span_find(title, "<%") != SIZE_MAX ||
           (title.at[0] == '<' && title.at[title.len - 1] == '>') ||
           (span_starts_nocase(title, "[paper") && span_ends(title, "]"));
}

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

/* ---- titles -------------------------------------------------------------------------------------------------- */

/* A copy with every run of white space as one space, `*len` bytes long; NULL when memory is short. */
static char *fold_space(struct arena *arena, struct span text, size_t *len)
{
    char *folded = arena_alloc(arena, text.len + 1);
    *len = 0;
    for (size_t i = 0; folded != NULL && i < text.len; i++)
        if (!is_blank(text.at[i]))
            folded[(*len)++] = text.at[i];
        else if (*len > 0 && folded[*len - 1] != ' ')
            folded[(*len)++] = ' ';
    while (*len > 0 && folded[*len - 1] == ' ')
        --*len;
    return folded;
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

/* "2031_CVPR_Title", "31_ASE_Title": the year and a venue in front, parted by underscores; a listed one where no link shows
 * that a paper is meant, for "10_BERT_Pages" counts notes. */
static struct span without_joined_stamp(struct span name, bool is_link, struct stamp *stamp)
{
    enum { LONGEST_VENUE = 24 };
    size_t digits = 0;
    while (digits < name.len && is_ascii_digit(name.at[digits]))
        digits++;
    if ((digits != 2 && digits != 4) || digits == name.len || name.at[digits] != '_')
        return name;
    const struct span behind = span_from(name, digits + 1);
    const size_t end = span_find(behind, "_");
    char label[LONGEST_VENUE + 8];
    if (end == SIZE_MAX || end == 0 || end > LONGEST_VENUE)
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

/* Puts spaces where a name that has none joins its words by something else: '_', '-' or '.', whichever it uses. */
static void part_words(char *name, size_t len)
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

/* "Quiet.Pages.for.Readers": a title written as a file's name would be, of four words or more. */
static bool is_file_like(struct span title)
{
    enum { FEWEST_JOINTS = 3 };
    size_t dots = 0, lines = 0, dashes = 0;
    for (size_t i = 0; i < title.len; i++) {
        if (is_blank(title.at[i]) || title.at[i] == '/' || title.at[i] == ':')
            return false;
        dots += title.at[i] == '.';
        lines += title.at[i] == '_';
        dashes += title.at[i] == '-';
    }
    return dots >= FEWEST_JOINTS || lines >= FEWEST_JOINTS || dashes >= FEWEST_JOINTS;
}

/* Whether a code point at the end of a title is none of it: a footnote's mark, an emoji or what joins those. */
static bool is_mark_behind(int32_t point)
{
    enum { JOINER = 0x200D, SELECTOR = 0xFE0F, ASTERISK = 0x2217, DAGGER = 0x2020, DOUBLE_DAGGER = 0x2021 };
    return point == JOINER || point == SELECTOR || point == ASTERISK || point == DAGGER || point == DOUBLE_DAGGER ||
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

bool title_clean(struct arena *arena, struct span words, bool is_link, struct clean_title *out)
{
    struct stamp wide = {0};
    *out = (struct clean_title){0};
    size_t len;
    char *copy = fold_space(arena, words, &len);
    if (copy == NULL)
        return false;
    const struct span folded = {copy, len};
    if (is_file_like(folded))
        part_words(copy, len);
    const struct span text =
        without_page_behind(without_page_in_front(bare(without_joined_stamp(folded, is_link, &wide))));
    const struct line line = {.text = without_wide_stamp(text, &wide)};
    struct title title = {0};
    if (line.text.len == 0 || line.text.len > LONGEST_READ_LINE_BYTES)
        return true;
    title_read(&line, &title);
    out->text = title.text;
    out->stamp = title.stamp;
    stamp_add(&out->stamp, &wide);
    out->authors = title.authors;
    out->text = without_marks_behind(out->text);
    if (out->text.len > 1 && span_ends(out->text, ".") && !span_ends(out->text, ".."))
        out->text.len--;
    if (out->text.len <= LONGEST_TITLE_BYTES)
        judge(&line, (is_link ? evidence_bit(FOR_LINK) : 0) | (wide.venue.len > 0 ? evidence_bit(FOR_STAMP) : 0), out);
    return true;
}

/* "2029 - Title", "[OSDI'29] Title", "Title (OSDI 2029)": a stamp that people set beside a title, while "Findings of WMT
 * 2029" and "FOCS: Planning by Fusion" hold what only looks like one. */
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

/* "1999 PageRank algorithm": a guess in mixed case is rather the name of what the paper is about. */
static bool is_name_of_paper(const struct stamp *stamp)
{
    bool small = false;
    for (size_t i = 0; i < stamp->venue.len; i++)
        small |= stamp->venue.at[i] >= 'a' && stamp->venue.at[i] <= 'z';
    return stamp->guessed && small;
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
            (words > 1 || found.year != 0) && !is_name_of_paper(&found)) {
            *stamp = found;
            *rest = span_trim(span_from(*rest, end));
            return;
        }
    }
}

/* A whole date in front of a name says when the note was written. */
static struct span without_date(struct span name)
{
    enum { DATE_BYTES = 10 };
    static const char pattern[] = "dddd-dd-dd";
    if (name.len <= DATE_BYTES + 1 || strchr("-_ ", name.at[DATE_BYTES]) == NULL)
        return name;
    for (size_t i = 0; i < DATE_BYTES; i++)
        if (pattern[i] == 'd' ? !is_ascii_digit(name.at[i]) : strchr("-_.", name.at[i]) == NULL)
            return name;
    return span_trim(span_from(name, DATE_BYTES + 1));
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
    const struct span behind = span_from(name, digits);
    if (digits == 0 || digits > MOST_DIGITS || behind.len < 2 || strchr("-_", behind.at[0]) == NULL ||
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

/* "PracticalFaultToleranceForPages" as words, "Practical Fault Tolerance For Pages", when it runs at least four together;
 * else the name as it is. NULL when memory is short. */
static const char *with_spaces(struct arena *arena, const char *name)
{
    enum { FEWEST_SEAMS = 3 };
    const size_t len = strlen(name);
    size_t seams = 0, to = 0;
    for (size_t i = 1; i < len; i++)
        seams += name[i - 1] >= 'a' && name[i - 1] <= 'z' && name[i] >= 'A' && name[i] <= 'Z';
    if (seams < FEWEST_SEAMS || is_joined(span_of(name)))
        return name;
    char *spaced = arena_alloc(arena, len + seams + 1);
    if (spaced == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z' && name[i] >= 'A' && name[i] <= 'Z')
            spaced[to++] = ' ';
        spaced[to++] = name[i];
    }
    spaced[to] = '\0';
    return spaced;
}

/* "[2020 RA-L] Title", "(Oakland 2023) Title", "[1993] Title": whatever stands in brackets with a year in front is a stamp,
 * and what follows a title. */
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

/* "AWQ- Weights for Everyone", "DCCRN--A Network": the other ways to write a colon, put right in place; but "single- and
 * multi-core" has a hyphen. */
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

/* The same with what stands before the title, which is evidence enough that it is one. */
static bool title_of_reference(struct arena *arena, struct span name, struct clean_title *out, bool *is_one)
{
    struct span authors;
    int year = 0;
    const size_t at = title_behind_authors(name, &authors, &year);
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

bool title_from_name(struct arena *arena, struct span name, struct clean_title *out)
{
    enum { YEAR_DIGITS = 4 };
    bool is_reference;
    struct stamp stamp = {0};
    name = without_joined_stamp(name, false, &stamp);
    name = without_count_in_front(without_export_id(without_date(name)));
    if (!title_of_reference(arena, name, out, &is_reference))
        return false;
    if (is_reference)
        return true;
    const char *colon = with_colon(arena, name);
    const char *spaced = colon == NULL ? NULL : with_spaces(arena, colon);
    char *copy = spaced == NULL ? NULL : arena_string(arena, span_of(spaced));
    if (copy == NULL)
        return false;
    const size_t len = strlen(copy);
    if (memchr(copy, ' ', len) == NULL)
        part_words(copy, len);
    else if (len > YEAR_DIGITS && year_find((struct span){copy, YEAR_DIGITS}) != 0 &&
             strchr("-_", copy[YEAR_DIGITS]) != NULL)
        copy[YEAR_DIGITS] = ' '; /* "2004-Pages for Everyone" */
    if (memchr(copy, ' ', len) != NULL)
        put_colons(copy, len);
    struct span rest = span_trim((struct span){copy, len});
    const bool bracketed = take_bracketed_stamp(&rest, &stamp);
    if (!bracketed && stamp.venue.len == 0)
        take_stamp_in_front(&rest, &stamp);
    if (stamp.venue.len == 0)
        take_stamp_behind(&rest, &stamp);
    if (!title_clean(arena, rest, false, out))
        return false;
    stamp_add(&out->stamp, &stamp);
    const bool several = out->text.len > 0 && memchr(out->text.at, ' ', out->text.len) != NULL;
    out->is_likely &= several || out->stamp.year != 0; /* "overheard-at-nips" */
    out->is_likely |= several && (bracketed || (stamp.year != 0 && out->is_of_field));
    out->is_of_field |= several && bracketed;
    return true;
}

/* ---- blocks -------------------------------------------------------------------------------------------------- */

static bool is_elsewhere(struct span url)
{
    return span_find(url, "://") != SIZE_MAX;
}

/* Whether a link follows the label at once: "**Title** [[pdf]](https://...)". */
static bool label_has_link(const struct block *block)
{
    size_t at = (size_t)(block->label.at + block->label.len - block->words.at);
    while (at < block->text.len && strchr("*_ :", block->text.at[at]) != NULL)
        at++;
    return at < block->text.len && block->text.at[at] == '[' && is_elsewhere(block->url);
}

static bool has_space(struct span text)
{
    return text.len > 0 && memchr(text.at, ' ', text.len) != NULL;
}

/* The venue in brackets in front of a link: "[CVPR 2031] [Title](https://...)". */
static void take_stamp_before(const struct block *block, const struct span label, struct clean_title *title)
{
    const struct span front = span_trim(span_until(block->words, (size_t)(label.at - block->words.at)));
    struct stamp stamp;
    if (front.len < 3 || !stamp_read(span_from(span_until(front, front.len - 1), 1), STAMP_GROUP, &stamp))
        return;
    stamp_add(&title->stamp, &stamp);
    title->is_likely = title->is_of_field = title->text.len > 0;
}

/* The words behind a link that only leads to the notes or the paper, "[Summary](...): "Title", Ada Example (2031)", or
 * behind a number in bold, "**[3]** Example, Ada. "Title." Journal (2031)"; empty when the block opens otherwise. */
static struct span reference_behind(const struct block *block)
{
    const struct span none = {block->words.at, 0};
    if (block->kind == BLOCK_HEADING || block->label.len == 0 || block->label_is_all)
        return none;
    const bool lead = block->label_is_link && (is_link_name(block->label) || is_page_name(block->label));
    if (!lead && (block->label_is_link || has_letters(block->label)))
        return none;
    struct span rest = span_from(block->words, (size_t)(block->label.at + block->label.len - block->words.at));
    while (rest.len > 0 && (is_blank(rest.at[0]) || strchr(":.-|", rest.at[0]) != NULL))
        rest = span_from(rest, 1);
    return rest;
}

/* Takes the title from the link or bold part that opens the block, or from all its words but the links behind. */
static bool read_title(struct arena *arena, const struct block *block, struct view *view)
{
    const bool linked = block->label_is_link && is_elsewhere(block->url);
    struct clean_title label = {0};
    const struct span reference = reference_behind(block);
    if (reference.len > 0 && title_clean(arena, reference, false, &label) && label.is_reference) {
        view->title = label;
        return true;
    }
    const size_t bytes = block->pointed > 0 ? block->pointed : block->text.len;
    const struct span shown = shown_words(arena, span_until(block->text, bytes), span_until(block->words, bytes));
    view->has_pointer = block->pointed > 0 && is_elsewhere(block->url);
    if (shown.at == NULL ||
        !title_clean(arena, shown, (linked && block->label_is_all) || view->has_pointer, &view->title))
        return false;
    if (block->remark > 0 && block->kind != BLOCK_HEADING)
        view->label = span_trim(span_until(block->words, bytes));
    if (block->label.len == 0 || block->label_is_all || !(block->label_is_link || block->kind != BLOCK_HEADING))
        return true;
    const struct span source = {block->text.at + (block->label.at - block->words.at), block->label.len};
    const struct span bold = shown_words(arena, source, block->label);
    if (bold.at == NULL ||
        !title_clean(arena, bold, linked || (!block->label_is_link && (label_has_link(block) || view->has_pointer)),
                     &label))
        return false;
    take_stamp_before(block, block->label, &label);
    const bool is_paper_link = linked && is_paper_address(block->url) && label.is_possible && has_space(label.text);
    if (!(label.is_likely || is_paper_link) ||
        (label.is_likely && label.score < view->title.score && view->title.stamp.venue.len == 0))
        return true;
    view->title = label;
    view->label = block->label;
    return true;
}

/* "NSDI 2022 papers worth reading": a few words beside a venue and its year, and no title among them. */
static bool names_shelf(struct span words, struct stamp *stamp)
{
    enum { MOST_WORDS = 6 };
    struct word word;
    size_t count = 0;
    if (words.len > LONGEST_PAGE_NAME_BYTES || span_find(words, ":") != SIZE_MAX ||
        span_find(words, "\"") != SIZE_MAX || !stamp_search(words, stamp))
        return false;
    while (word_next(&words, &word))
        count++;
    return count <= MOST_WORDS && stamp->venue.len > 0 && stamp->year != 0;
}

/* "MapReduce (2004)", "Bigtable [OSDI 2006]": a name that is no listed venue, with a stamp in brackets behind. */
static bool is_name_before_stamp(struct span words)
{
    const bool round = span_ends(words, ")");
    const char *open = round || span_ends(words, "]") ? memrchr(words.at, round ? '(' : '[', words.len) : NULL;
    struct stamp stamp, name;
    if (open == NULL || open == words.at)
        return false;
    const struct span inside = {open + 1, (size_t)(words.at + words.len - 1 - (open + 1))};
    const struct span front = span_trim(span_until(words, (size_t)(open - words.at)));
    return stamp_read(inside, STAMP_LINE, &stamp) && stamp.year != 0 && !stamp_read(front, STAMP_LINE, &name) &&
           !is_page_name(front);
}

/* "AAAI 2026 TODO": a page's name beside a venue. */
static bool is_page_beside_stamp(struct span words)
{
    struct stamp stamp;
    size_t bytes = 0;
    if (stamp_leads(words, &stamp, &bytes))
        return is_page_name(span_from(words, bytes));
    const char *space = memchr(words.at, ' ', words.len);
    bytes = space == NULL ? 0 : (size_t)(space - words.at);
    return bytes > 0 && stamp_read(span_until(words, bytes), STAMP_LINE, &stamp) && stamp.venue.len > 0 &&
           is_page_name(span_from(words, bytes));
}

/* "OSDI (Operating Systems Design and Implementation)": a listed venue spelled out. */
static bool is_venue_spelled_out(struct span words, struct stamp *stamp)
{
    const size_t open = span_find(words, "(");
    return open != SIZE_MAX && open > 0 && span_ends(words, ")") &&
           stamp_read(span_trim(span_until(words, open)), STAMP_LINE, stamp) && stamp->venue.len > 0 && !stamp->guessed;
}

/* "Papers that I like", "Papers on caches". */
static bool is_of_papers(struct span words)
{
    struct word word;
    return word_next(&words, &word) && span_is_nocase(word.text, "papers");
}

static void read_heading(const struct block *block, struct view *view)
{
    const struct span words = bare(block->words);
    const struct clean_title *title = &view->title;
    view->is_of_papers = is_of_papers(words);
    if (!names_shelf(words, &view->stamp))
        view->stamp = (struct stamp){0};
    if (part_read(words, &view->field))
        view->kind = VIEW_PART;
    else if (is_venue_spelled_out(words, &view->stamp))
        view->kind = VIEW_VENUE;
    else if (stamp_read(words, STAMP_LINE, &view->stamp)) {
        view->kind = VIEW_VENUE;
        view->is_named = is_name_before_stamp(words);
    } else if (title->text.len == 0 || is_page_beside_stamp(words) || is_page_with_subject(words) ||
               view->is_of_papers || is_page_name(words) || is_page_name(title->text) || is_placeholder(title->text))
        view->kind = VIEW_PAGE;
    else if (title->is_likely)
        view->kind = VIEW_TITLE;
    else
        view->kind = title->is_possible ? VIEW_MAYBE : VIEW_OTHER;
}

/* "[2031] Title", "(2031) Title": a date with a month is rather that of news. */
static bool is_behind_year(struct span words)
{
    enum { YEAR_BYTES = 6 };
    words = span_trim(words);
    return words.len > YEAR_BYTES && (span_starts(words, "[") || span_starts(words, "(")) &&
           strchr("])", words.at[YEAR_BYTES - 1]) != NULL && year_find(span_until(words, YEAR_BYTES)) != 0;
}

/* "BERT paper": a paper is meant, but this is not its title. */
static bool is_paper_by_nickname(struct span words)
{
    enum { MOST_WORDS = 3 };
    struct word word, last = {0};
    size_t count = 0;
    for (; word_next(&words, &word); last = word)
        count++;
    return count <= MOST_WORDS && (span_is_nocase(last.text, "paper") || span_is_nocase(last.text, "papers"));
}

/* An item is a title when it opens with a link or in bold, or has its venue on the line. */
static void read_item(const struct block *block, struct view *view)
{
    const bool alone = block->paper.len > 0 && span_trim(block->words).len == view->title.text.len;
    const bool labelled = view->label.len > 0 || is_behind_year(block->words) || block->label_is_all ||
                          view->has_pointer || alone || view->title.is_reference;
    const bool local = block->label_is_link && !is_elsewhere(block->url) && !view->title.is_reference;
    const bool talk = block->label_is_link && block->paper.len == 0 && is_talk_address(block->url);
    enum field field;
    if (local || talk || is_paper_by_nickname(view->title.text) || part_read(view->title.text, &field) ||
        is_page_name(view->title.text))
        return;
    const bool possible = view->title.is_likely || (view->title.is_reference && block->label.len > 0) ||
                          (view->title.is_possible && (block->paper.len > 0 || is_behind_year(block->words)));
    if ((labelled && possible) || (view->title.is_likely && view->title.stamp.venue.len > 0))
        view->kind = VIEW_TITLE;
    else if (view->title.is_likely)
        view->kind = VIEW_MAYBE;
}

/* A paragraph is a title when nothing but a venue stands behind its bold beginning. */
static void read_bold(const struct block *block, struct view *view)
{
    const struct span label = view->label.len > 0 ? view->label : block->label;
    const size_t end = (size_t)(label.at + label.len - block->words.at);
    struct stamp stamp;
    read_item(block, view);
    if (view->kind == VIEW_TITLE && view->title.is_reference && block->paper.len > 0)
        return;
    if (view->kind == VIEW_TITLE && view->title.is_of_field &&
        (block->label_is_all || stamp_read(span_from(block->words, end), STAMP_GROUP, &stamp)))
        return;
    view->kind = VIEW_TEXT;
}

bool view_read(struct arena *arena, const struct block *block, struct view *view)
{
    *view = (struct view){0};
    const bool short_enough = block->words.len <= LONGEST_ITEM_BYTES;
    const bool item = block->kind == BLOCK_ITEM && block->level == 1 && short_enough;
    const bool bold = block->kind == BLOCK_PARAGRAPH && block->label.len > 0 && short_enough;
    if (block->kind != BLOCK_HEADING && !item && !bold)
        return true;
    if (!read_title(arena, block, view))
        return false;
    if (item)
        read_item(block, view);
    else if (bold)
        read_bold(block, view);
    else
        read_heading(block, view);
    return true;
}
