#include "corpus/markdown_views.h"

#include "corpus/day.h"
#include "corpus/heading_names.h"
#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/markdown_block_title.h"
#include "corpus/markdown_census.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/words.h"

enum { LONGEST_ITEM_BYTES = 4096, LONGEST_REFERENCE_BYTES = 600 };

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

/* "CVPR 2031 Open Papers": the papers of a venue. */
static bool is_papers_of_venue(struct span words, const struct stamp *stamp)
{
    static const char *const endings[] = {" papers", " Papers", "_Papers", "-Papers"};
    return stamp->venue.len > 0 && stamp->year != 0 &&
           span_ends_with_one(words, endings, sizeof endings / sizeof endings[0]) > 0;
}

/* "HTAP Databases notes": what a page is, in small letters behind what it is on. */
static bool is_named_notes(struct span words)
{
    enum { MOST_WORDS = 4 };
    static const char notes[] = " notes";
    const struct span front = span_until(words, words.len > strlen(notes) ? words.len - strlen(notes) : 0);
    const char *space = front.len == 0 ? NULL : memrchr(front.at, ' ', front.len);
    const char *last = space == NULL ? front.at : space + 1;
    return front.len > 0 && span_ends(words, notes) && is_ascii_capital(*last) && !has_words(front, MOST_WORDS) &&
           span_find(words, ":") == SIZE_MAX;
}

/* "Caching (5 papers)", "缓存（5 篇）": how many papers stand below. */
static bool is_counted(struct span words)
{
    static const char *const endings[] = {" papers)", "\u7bc7\uff09", "\u7bc7)", "\u672c\uff09", "\u7de8)", "\ud3b8)"};
    return span_ends_with_one(words, endings, sizeof endings / sizeof endings[0]) > 0;
}

/* "ERR_NO_PAGE": the name of something in a program. */
static bool is_constant(struct span words)
{
    for (size_t i = 0; i < words.len; i++)
        if (words.at[i] != '_' && !is_ascii_digit(words.at[i]) && !(words.at[i] >= 'A' && words.at[i] <= 'Z'))
            return false;
    return words.len > 0 && memchr(words.at, '_', words.len) != NULL;
}

static void read_heading(const struct block *block, struct view *view)
{
    const struct span words = without_number_in_front(block->words);
    const struct clean_title *title = &view->title;
    if (!names_shelf(words, &view->stamp))
        view->stamp = (struct stamp){0};
    view->is_of_papers = words_tell_of_papers(words) || is_papers_of_venue(words, &view->stamp);
    if (part_read(words, &view->field))
        view->kind = VIEW_PART;
    else if (asks_about_paper(words))
        view->kind = VIEW_OTHER;
    else if (is_venue_spelled_out(words, &view->stamp))
        view->kind = VIEW_VENUE;
    else if (stamp_read(words, STAMP_LINE, &view->stamp)) {
        view->kind = VIEW_VENUE;
        view->is_named = is_name_before_stamp(words);
    } else if (title->text.len == 0 || is_page_beside_stamp(words) || is_page_with_subject(words) ||
               view->is_of_papers || is_named_notes(words) || is_page_name(words) || is_page_name(title->text) ||
               is_placeholder(title->text))
        view->kind = VIEW_PAGE;
    else if (is_constant(words) || is_counted(words))
        view->kind = VIEW_OTHER;
    else if (title->is_likely)
        view->kind = VIEW_TITLE;
    else
        view->kind = title->is_possible ? VIEW_MAYBE : VIEW_OTHER;
}

/* "[2031] Title", "(2031) Title", perhaps behind the day on which it was read: a date with a month is rather that of
 * news. */
static bool is_behind_year(struct span words)
{
    enum { YEAR_BYTES = 6 };
    words = span_trim(words);
    words = span_from(words, day_in_front_bytes(words));
    return words.len > YEAR_BYTES && (span_starts(words, "[") || span_starts(words, "(")) &&
           strchr("])", words.at[YEAR_BYTES - 1]) != NULL && year_find(span_until(words, YEAR_BYTES)) != 0;
}

/* "CS 614 - Advanced Pages", "XU 15-712: Pages": a link by the number of a course leads to that course. */
static bool names_course(struct span words)
{
    enum { FEWEST_DIGITS = 2, MOST_DIGITS = 4, MOST_LETTERS = 5, FARTHEST_WORD = 4 };
    struct word word, last = {0};
    for (size_t i = 0; i < FARTHEST_WORD && word_next(&words, &word); last = word, i++) {
        size_t letters = 0, digits = 0, dashes = 0;
        while (letters < word.text.len && is_ascii_capital(word.text.at[letters]))
            letters++;
        for (size_t j = letters; j < word.text.len; j++) {
            digits += is_ascii_digit(word.text.at[j]);
            dashes += strchr("-.", word.text.at[j]) != NULL;
        }
        const bool number = digits > FEWEST_DIGITS && digits + dashes + letters == word.text.len &&
                            year_find(span_from(word.text, letters)) == 0;
        bool capitals = last.text.len > 0 && last.text.len <= MOST_LETTERS;
        for (size_t j = 0; capitals && j < last.text.len; j++)
            capitals = is_ascii_capital(last.text.at[j]);
        if (number && digits <= MOST_DIGITS + dashes && letters <= MOST_LETTERS && (letters > 1 || capitals))
            return true;
    }
    return false;
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

/* "Ada Example and Bo Sample. Title. https://...": the address is no word of the line, but tells that a paper is
 * meant. */
static void cut_authors(const struct block *block, struct view *view)
{
    struct span authors, title;
    if (block->paper.len == 0 || view->label.len > 0 || view->title.is_reference ||
        !title_cut_authors(view->title.text, &authors, &title))
        return;
    view->title.authors = authors;
    view->title.text = title;
    view->title.is_reference = view->title.is_likely = view->title.is_possible = true;
}

/* "Example et al.", "Contributed by Ada Example": people, and no title. */
static bool is_people(struct span text)
{
    struct names names;
    return span_starts_nocase(text, "contributed by ") || (names_read(text, &names) && names.and_others);
}

/* An item is a title when it opens with a link or in bold, or has its venue on the line. */
static void read_item(const struct block *block, struct view *view)
{
    cut_authors(block, view);
    const bool alone = block->paper.len > 0 && span_trim(block->words).len == view->title.text.len;
    const bool labelled = view->label.len > 0 || is_behind_year(block->words) || block->label_is_all ||
                          view->has_pointer || alone || view->title.is_reference;
    const bool first = view->label.len == 0 || view->label.at == block->label.at;
    const bool local = block->label_is_link && block->url.len > 0 && !link_leads_out(block->url) && first &&
                       !view->title.is_reference && !span_ends(block->url, ".pdf");
    const bool talk = block->label_is_link && block->paper.len == 0 && is_talk_address(block->url);
    const bool course = block->label_is_link && block->paper.len == 0 && names_course(block->label);
    enum field field;
    if (local || talk || course || is_link_name(view->title.text) || is_people(view->title.text) ||
        is_paper_by_nickname(view->title.text) || part_read(view->title.text, &field) || is_page_name(view->title.text))
        return;
    const bool possible =
        view->title.is_likely || (view->title.is_reference && (block->label.len > 0 || view->title.authors.len > 0)) ||
        (view->title.is_possible &&
         (block->paper.len > 0 || is_behind_year(block->words) || block_has_byline(block, view->label)));
    if ((labelled && possible) || (view->title.is_likely && view->title.stamp.venue.len > 0))
        view->kind = VIEW_TITLE;
    else if (view->title.is_likely)
        view->kind = VIEW_MAYBE;
}

/* "(Example et al., 09-2031)": nothing but what stands in one pair of brackets. */
static bool is_all_in_brackets(struct span text)
{
    text = span_trim(text);
    return span_starts(text, "(") && span_find(text, ")") == text.len - 1;
}

/* A paragraph is a title when nothing but a venue stands behind its bold beginning, or a remark on lines of its own
 * below a link to a paper. */
static void read_bold(const struct block *block, struct view *view)
{
    const struct span label = view->label.len > 0 ? view->label : block->label;
    const size_t end = (size_t)(label.at + label.len - block->words.at);
    const struct span words = block->pointed > end ? span_until(block->words, block->pointed) : block->words;
    struct stamp stamp;
    read_item(block, view);
    if (view->kind == VIEW_TITLE && view->title.is_reference && block->paper.len > 0)
        return;
    if (view->kind == VIEW_TITLE && view->title.is_of_field &&
        (block->label_is_all ||
         (is_paper_address(block->url) && (block->is_links || block_has_own_line(block) ||
                                           (block->label_is_link && is_all_in_brackets(span_from(words, end))))) ||
         stamp_read(span_trim_marks(span_from(words, end), "()"), STAMP_GROUP, &stamp)))
        return;
    view->kind = VIEW_TEXT;
}

/* Whether a paragraph has what all references have: a capital in front, a full stop within, and a year, the address of
 * the paper, or quotes around its title. */
static bool may_be_reference(const struct block *block)
{
    size_t bytes;
    const struct span words = block->words;
    return words.len > 0 && words.len <= LONGEST_REFERENCE_BYTES && is_capital(code_point_at(words, &bytes)) &&
           span_find(words, ". ") != SIZE_MAX &&
           (year_find(words) != 0 || block->paper.len > 0 || span_find(words, "\"") != SIZE_MAX ||
            span_find(words, "\u201c") != SIZE_MAX);
}

/* A paragraph that is a reference from its first word to its last: "A. Example. Title. Venue 2031." */
static void read_reference(const struct block *block, struct view *view)
{
    const struct stamp *stamp = &view->title.stamp;
    const bool placed = stamp->year != 0 || (stamp->venue.len > 0 && block->paper.len > 0);
    if (view->title.is_reference && view->title.authors.len > 0 && placed && !block->label_is_link)
        view->kind = VIEW_TITLE;
}

/* Whether a paragraph is one line above or before what only leads to a paper: "Title -- [[pdf]](https://...)". */
static bool is_pointed_line(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->pointed > 0 && block->remark == 0 && block->paper.len > 0 &&
           block->label.len == 0 && memchr(block->text.at, '\n', block->pointed) == NULL;
}

/* Whether a paragraph opens with a linked title, with nothing behind it, or who wrote it, or where it appeared:
 * "[Quiet Pages for Readers](https://arxiv.org/...), Ada Example, Bo Sample. SOSP 2031". */
static bool is_linked_line(const struct block *block, const struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    struct stamp stamp;
    if (!block->label_is_link || !is_paper_address(block->url) || !view->title.is_likely ||
        !has_words(block->label, FEWEST_WORDS))
        return false;
    struct span behind = span_from(block->words, (size_t)(block->label.at + block->label.len - block->words.at)),
                source = behind;
    skip_marks(&source, &behind);
    return behind.len == 0 || venue_bytes(behind, &stamp) > 0 || people_bytes(behind) > 0;
}

bool view_read(struct arena *arena, const struct block *block, struct view *view)
{
    *view = (struct view){0};
    const bool short_enough = block->words.len <= LONGEST_ITEM_BYTES;
    const bool item = block->kind == BLOCK_ITEM && block->level <= MOST_ITEM_LEVELS && short_enough;
    const bool bold = block->kind == BLOCK_PARAGRAPH && block->label.len > 0 && short_enough;
    const bool reference = block->kind == BLOCK_PARAGRAPH && !bold && may_be_reference(block);
    const bool pointed = short_enough && is_pointed_line(block);
    const bool fronted = short_enough && block->kind == BLOCK_PARAGRAPH && !bold && block_leads_behind_words(block);
    const bool quoted = short_enough && block->kind == BLOCK_PARAGRAPH && !bold && block_names_people_of_quote(block);
    if (block->kind != BLOCK_HEADING && !item && !bold && !reference && !pointed && !fronted && !quoted)
        return true;
    if (!block_title_read(arena, block, view))
        return false;
    view->is_pointed_line =
        (pointed || quoted || (fronted && view->has_front)) && (view->title.is_likely || view->title.is_possible);
    view->is_pointed_line |= bold && is_linked_line(block, view);
    if (item)
        read_item(block, view);
    else if (bold)
        read_bold(block, view);
    else if (reference)
        read_reference(block, view);
    else if (block->kind == BLOCK_HEADING)
        read_heading(block, view);
    return true;
}
