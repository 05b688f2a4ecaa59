/* What stands below headings that announce papers: "Papers to read", "Paper list". */
#include "corpus/markdown_census.h"

#include "corpus/page_name.h"
#include "corpus/words.h"

bool names_papers(struct span words)
{
    static const char *const joined[] = {"\u8bba\u6587", "\u8ad6\u6587", "\u6587\u732e", "\ub17c\ubb38"};
    struct word word;
    for (size_t i = 0; i < sizeof joined / sizeof joined[0]; i++)
        if (span_find(words, joined[i]) != SIZE_MAX)
            return true;
    while (word_next(&words, &word))
        if (span_is_nocase(word.text, "paper") || span_is_nocase(word.text, "papers") ||
            span_is_nocase(word.text, "literature"))
            return true;
    return false;
}

/* Whether two words, one of them "papers", can only tell of several: "Papers I", "All Papers". */
static bool are_told_papers(struct span first, struct span second)
{
    static const char *const fronts[] = {"all", "some", "more", "these", "selected", "recent", "good", "great"};
    static const char *const tails[] = {"i", "we", "you", "worth", "i've", "we've"};
    return (span_is_nocase(second, "papers") &&
            span_is_among_nocase(first, fronts, sizeof fronts / sizeof fronts[0])) ||
           (span_is_nocase(first, "papers") && span_is_among_nocase(second, tails, sizeof tails / sizeof tails[0]));
}

bool words_tell_of_papers(struct span words)
{
    enum { MOST_WORDS = 3 };
    struct word word, last = {0};
    size_t count = 0;
    for (; word_next(&words, &word); last = word, count++)
        if ((count == 0 && span_is_nocase(word.text, "papers")) || are_told_papers(last.text, word.text))
            return true;
    return count <= MOST_WORDS && span_is_nocase(last.text, "papers") && last.chunk.len == last.text.len;
}

bool words_announce_papers(struct span words)
{
    static const char *const joined[] = {"\u8bba\u6587\u5217\u8868", "\u8bba\u6587\u6e05\u5355",
                                         "\u8ad6\u6587\u30ea\u30b9\u30c8"};
    bool papers = false, paper = false, list = false, call = false;
    for (size_t i = 0; i < sizeof joined / sizeof joined[0]; i++)
        papers |= span_find(words, joined[i]) != SIZE_MAX;
    for (struct word word; word_next(&words, &word);) {
        papers |= span_is_nocase(word.text, "papers");
        paper |= span_is_nocase(word.text, "paper");
        list |= span_is_nocase(word.text, "list") || span_is_nocase(word.text, "lists") ||
                span_is_nocase(word.text, "suggestions");
        call |= span_is_nocase(word.text, "call");
    }
    return (papers || (paper && list)) && !call;
}

bool page_announces_papers(const struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && page->views[i].kind != VIEW_TITLE &&
            words_announce_papers(page->blocks.at[i].words))
            return true;
    return false;
}

/* What stands in a list below a heading: items, those that read as titles, and those that show themselves that they are
 * of papers. */
struct listed {
    size_t items, titles, shown;
};

/* Counts the list below a heading; gives where it ends. */
static size_t count_titles_below(const struct page *page, size_t heading, struct listed *listed)
{
    enum { FEWEST_WORDS = 3 };
    size_t i = heading + 1;
    *listed = (struct listed){0};
    for (; i < page->blocks.count && page->blocks.at[i].kind != BLOCK_HEADING; i++) {
        const struct clean_title *title = &page->views[i].title;
        const bool counted = block_is_outermost(&page->blocks.at[i]) && !page->views[i].is_outside;
        listed->items += counted;
        listed->titles += counted && title->is_likely && has_words(title->text, FEWEST_WORDS);
        listed->shown += counted && page_item_is_of_paper(page, i);
    }
    return i;
}

/* Raises the items between a heading and `end` where nearly all read as titles; where most tell themselves what they
 * are, others are left alone. */
static void raise_items(struct page *page, size_t heading, size_t end, const struct listed *listed)
{
    enum { FEWEST = 3, OF_FOUR = 3, FEWEST_WORDS = 4 };
    if (listed->titles < FEWEST || listed->titles * 4 < listed->items * OF_FOUR || listed->shown * 2 >= listed->items)
        return;
    for (size_t i = heading + 1; i < end; i++) {
        struct view *view = &page->views[i];
        const bool possible = view->title.is_possible && has_words(view->title.text, FEWEST_WORDS);
        if (!block_is_outermost(&page->blocks.at[i]) || view->is_outside || !(view->title.is_likely || possible))
            continue;
        view->kind = VIEW_TITLE;
        view->is_announced = true;
    }
}

/* Raises the paragraphs there that are a reference, with its people, or a line that leads to a paper. */
static void raise_lines(struct page *page, size_t heading, size_t end)
{
    for (size_t i = heading + 1; i < end; i++) {
        struct view *view = &page->views[i];
        const struct block *block = &page->blocks.at[i];
        const bool reference = view->title.is_reference && view->title.authors.len > 0 && !block->label_is_link;
        const bool pointed = view->is_pointed_line && block->paper.len > 0;
        if (block->kind != BLOCK_PARAGRAPH || !(reference || pointed))
            continue;
        view->kind = VIEW_TITLE;
        view->is_announced = true;
    }
}

void page_raise_announced(struct page *page)
{
    for (size_t i = 0, end; i < page->blocks.count; i = end) {
        struct listed listed;
        end = count_titles_below(page, i, &listed);
        if (page->blocks.at[i].kind != BLOCK_HEADING || page->views[i].kind == VIEW_TITLE ||
            !words_announce_papers(page->blocks.at[i].words))
            continue;
        raise_items(page, i, end, &listed);
        raise_lines(page, i, end);
    }
}

/* Whether an item is a few words and nothing else, as titles are, however they are written. */
static bool is_bare_title(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 200 };
    const struct clean_title *title = &page->views[i].title;
    return title->is_possible && has_words(title->text, FEWEST_WORDS) && title->text.len <= LONGEST_BYTES &&
           (page->blocks.at[i].url.len == 0 || page->blocks.at[i].paper.len > 0);
}

/* Makes titles of the bare ones below venues and years, or only counts them. */
static size_t visit_shelved(struct page *page, bool raises)
{
    bool shelved = false;
    size_t bare = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        if (page->blocks.at[i].kind == BLOCK_HEADING)
            shelved = view->kind == VIEW_VENUE && view->stamp.venue.len > 0 && view->stamp.year != 0;
        if (!shelved || !block_is_outermost(&page->blocks.at[i]) || view->is_outside || !is_bare_title(page, i))
            continue;
        bare++;
        view->kind = raises ? VIEW_TITLE : view->kind;
        view->is_announced |= raises;
    }
    return bare;
}

void page_raise_shelved(struct page *page)
{
    enum { FEWEST = 3, OF_FOUR = 3 };
    size_t items = 0;
    if (page->first == page->blocks.count || !is_about_reading(page->blocks.at[page->first].words))
        return;
    for (size_t i = 0; i < page->blocks.count; i++)
        items += block_is_outermost(&page->blocks.at[i]) && !page->views[i].is_outside;
    const size_t bare = visit_shelved(page, false);
    if (bare >= FEWEST && bare * 4 >= items * OF_FOUR)
        (void)visit_shelved(page, true);
}
