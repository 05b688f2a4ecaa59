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

bool page_is_called_list(const struct page *page)
{
    struct span rest = page->name.text;
    struct word word;
    bool reading = false, list = false;
    while (word_next(&rest, &word)) {
        reading |= span_is_nocase(word.text, "reading");
        list |= span_is_nocase(word.text, "list");
    }
    return words_announce_papers(page->name.text) || (reading && list);
}

bool page_announces_papers(const struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && page->views[i].kind != VIEW_TITLE &&
            words_announce_papers(page->blocks.at[i].words))
            return true;
    return false;
}

/* Whether an item is a few words and nothing else, as titles are, however they are written. */
static bool is_bare_title(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 200 };
    const struct clean_title *title = &page->views[i].title;
    return title->is_possible && has_words(title->text, FEWEST_WORDS) && title->text.len <= LONGEST_BYTES &&
           (page->blocks.at[i].url.len == 0 || page->blocks.at[i].paper.len > 0);
}

/* What stands in a list below a heading: items, those that read as titles, those that may be some and lead nowhere else
 * than to a paper, and those that show themselves that they are of papers. */
struct listed {
    size_t items, titles, bare, shown;
};

/* Counts the list that begins at `from`, below a heading or on top of the page; gives where it ends. */
static size_t count_titles(const struct page *page, size_t from, struct listed *listed)
{
    enum { FEWEST_WORDS = 3 };
    size_t i = from;
    *listed = (struct listed){0};
    for (; i < page->blocks.count && page->blocks.at[i].kind != BLOCK_HEADING; i++) {
        const struct clean_title *title = &page->views[i].title;
        const bool counted = block_is_outermost(&page->blocks.at[i]) && !page->views[i].is_outside;
        listed->items += counted;
        listed->titles += counted && title->is_likely && has_words(title->text, FEWEST_WORDS);
        listed->bare += counted && is_bare_title(page, i);
        listed->shown += counted && page_item_is_of_paper(page, i);
    }
    return i;
}

/* What tells that a list is one of papers. */
enum announcement {
    BY_HEADING,       /* the one above it */
    BY_HEADING_ABOVE, /* one above that, which only sorts */
    BY_NAME,          /* that of the page, on its top */
    BY_NAME_ABOVE,    /* the same, below a heading that sorts */
};

/* Whether a list may lead nowhere else than to papers. */
static bool is_sorted(enum announcement announcement)
{
    return announcement == BY_HEADING_ABOVE || announcement == BY_NAME_ABOVE;
}

/* Whether nearly all items read as titles; on a page that is called a list, half of them where two thirds may be some.
 * Below a heading that only sorts, nearly none may lead elsewhere than to a paper. */
static bool are_titles(const struct listed *listed, enum announcement announcement)
{
    enum { FEWEST = 3, OF_FOUR = 3 };
    const bool bare = listed->bare * 4 >= listed->items * OF_FOUR, half = listed->titles * 2 >= listed->items;
    const bool most = listed->bare * 3 >= listed->items * 2;
    const bool titled = listed->titles * 4 >= listed->items * OF_FOUR;
    const bool named = announcement == BY_NAME || announcement == BY_NAME_ABOVE;
    const bool alike = (titled && (bare || !is_sorted(announcement))) || (named && most && half);
    return alike && listed->titles >= FEWEST && listed->shown * 2 < listed->items; /* else most tell themselves */
}

/* Raises the items from `from` to `end` where they are titles. */
static void raise_items(struct page *page, size_t from, size_t end, const struct listed *listed,
                        enum announcement announcement)
{
    enum { FEWEST_WORDS = 4 };
    if (!are_titles(listed, announcement))
        return;
    for (size_t i = from; i < end; i++) {
        struct view *view = &page->views[i];
        const bool bare = is_bare_title(page, i);
        const bool possible =
            (view->title.is_possible && has_words(view->title.text, FEWEST_WORDS)) || (bare && announcement >= BY_NAME);
        if (!block_is_outermost(&page->blocks.at[i]) || view->is_outside || !(view->title.is_likely || possible) ||
            (is_sorted(announcement) && !bare))
            continue;
        view->kind = VIEW_TITLE;
        view->is_announced = true;
    }
}

/* Raises the paragraphs there that are a reference, with its people, or a line that leads to a paper, or that open with
 * a linked title that says where it appeared, "[Quiet Pages for Readers. SOSP 2031](https://...) a remark". */
static void raise_lines(struct page *page, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        struct view *view = &page->views[i];
        const struct block *block = &page->blocks.at[i];
        const bool reference = view->title.is_reference && view->title.authors.len > 0 && !block->label_is_link;
        const bool pointed = view->is_pointed_line && block->paper.len > 0;
        const bool linked = block->label_is_link && block->paper.len > 0 && view->title.is_likely &&
                            view->title.stamp.venue.len > 0 && view->label.len > 0;
        if (block->kind != BLOCK_PARAGRAPH || !(reference || pointed || linked))
            continue;
        view->kind = VIEW_TITLE;
        view->is_announced = true;
    }
}

/* Whether a heading that announces papers stands above another, whose heading it is too: "# Paper list" above
 * "## Caches". */
static bool is_below_announcing(const struct page *page, size_t heading)
{
    unsigned level = page->blocks.at[heading].level;
    for (size_t i = heading; i-- > 0 && level > 1;) {
        const struct block *above = &page->blocks.at[i];
        if (above->kind != BLOCK_HEADING || above->level >= level)
            continue;
        level = above->level;
        if (page->views[i].kind != VIEW_TITLE && words_announce_papers(above->words))
            return true;
    }
    return false;
}

/* Counts all lists of the page. */
static struct listed count_all(const struct page *page)
{
    struct listed all = {0}, listed;
    for (size_t i = 0; i < page->blocks.count; i++) {
        i = count_titles(page, i, &listed);
        all.items += listed.items;
        all.titles += listed.titles;
        all.bare += listed.bare;
        all.shown += listed.shown;
    }
    return all;
}

void page_raise_announced(struct page *page)
{
    const bool called = page_is_called_list(page);
    const struct listed all = called ? count_all(page) : (struct listed){0};
    struct listed listed;
    size_t end = count_titles(page, 0, &listed);
    if (end > 0 && called) {
        raise_items(page, 0, end, &listed, BY_NAME);
        raise_lines(page, 0, end);
    }
    for (size_t i = end; i < page->blocks.count; i = end) {
        end = count_titles(page, i + 1, &listed);
        const bool announces = words_announce_papers(page->blocks.at[i].words);
        const bool titled = page->views[i].kind == VIEW_TITLE && !(called && !page_has_record(page, i));
        if (titled || !(announces || called || is_below_announcing(page, i)))
            continue;
        if (called && !announces)
            raise_items(page, i + 1, end, &all, BY_NAME_ABOVE);
        else
            raise_items(page, i + 1, end, &listed, announces ? BY_HEADING : BY_HEADING_ABOVE);
        raise_lines(page, i + 1, end);
    }
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
