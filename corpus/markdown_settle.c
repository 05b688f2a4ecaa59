/* What a page as a whole tells of its blocks: how some read that do not tell alone, and which lists and items stand for
 * themselves. */
#include "corpus/markdown_census.h"

#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

/* Headings that would not pass for titles alone do where each has a record below, "Year: 2019", and there are
 * several. */
static void raise_recorded(struct page *page)
{
    bool is_raised[LEVELS] = {false};
    size_t recorded[LEVELS] = {0};
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            const struct block *block = &page->blocks.at[i];
            struct view *view = &page->views[i];
            const bool is_open = view->kind == VIEW_MAYBE || (view->kind == VIEW_OTHER && view->title.is_possible);
            if (block->kind != BLOCK_HEADING || !(is_open || view->kind == VIEW_TITLE) ||
                is_page_name(view->title.text) || !page_has_record(page, i))
                continue;
            recorded[block->level] += pass == 0;
            is_raised[block->level] = recorded[block->level] >= 2;
            if (pass == 1 && is_raised[block->level])
                view->kind = VIEW_TITLE;
        }
}

/* Items are titles, however worded, where each of several has its record below. */
static void raise_recorded_items(struct page *page)
{
    enum { FEWEST = 2, FEWEST_WORDS = 3 };
    size_t count = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        view->has_record =
            block_is_outermost(&page->blocks.at[i]) && !view->is_outside &&
            (view->has_record || (has_words(view->title.text, FEWEST_WORDS) && page_item_has_record(page, i)));
        count += view->has_record;
    }
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        view->has_record &= count >= FEWEST;
        view->kind = view->has_record ? VIEW_TITLE : view->kind;
    }
}

/* The bytes of the families in front of a title, "Example and Sample: Title"; 0 when there are none. `*several` is
 * whether they are more than one. */
static size_t family_bytes(struct span title, bool *several)
{
    enum { FEWEST_WORDS = 3 };
    const size_t colon = span_find(title, ": ");
    struct names names;
    if (colon == SIZE_MAX || !names_read(span_until(title, colon), &names) || names.full > 0 ||
        names.single + names.and_others == 0 || names.field_words > 0 ||
        !has_words(span_from(title, colon + 2), FEWEST_WORDS))
        return 0;
    *several = names.single + names.and_others > 1;
    return colon;
}

/* "Example and Sample: Title" is a title behind its authors where all headings of a level have some, and most several:
 * else "Sense and Sound: A Study" is one. */
static void cut_families(struct page *page)
{
    enum { FEWEST = 2 };
    size_t headings[LEVELS] = {0}, families[LEVELS] = {0}, joined[LEVELS] = {0};
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            const unsigned level = page->blocks.at[i].level;
            struct view *view = &page->views[i];
            const bool is_open = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE || view->kind == VIEW_OTHER;
            if (page->blocks.at[i].kind != BLOCK_HEADING || !is_open)
                continue;
            bool several = false;
            const size_t bytes = family_bytes(view->title.text, &several);
            headings[level] += pass == 0;
            families[level] += pass == 0 && bytes > 0;
            joined[level] += pass == 0 && several;
            if (pass == 0 || headings[level] < FEWEST || families[level] < headings[level] ||
                joined[level] * 2 < headings[level])
                continue;
            view->title.authors = span_until(view->title.text, bytes);
            view->title.text = span_from(view->title.text, bytes + 2);
            view->title.is_likely = view->title.is_possible = true;
            view->kind = VIEW_TITLE;
        }
}

/* Lines that links to papers end are titles where there are several. */
static void raise_pointed(struct page *page)
{
    enum { FEWEST = 3 };
    size_t count = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        count += page->views[i].is_pointed_line && page->views[i].title.is_likely;
    for (size_t i = 0; i < page->blocks.count && count >= FEWEST; i++)
        if (page->views[i].is_pointed_line)
            page->views[i].kind = VIEW_TITLE;
}

/* Whether an item may be a title with its year, and nothing else: "Quiet pages for readers, 2031". */
static bool is_dated_item(const struct page *page, size_t i)
{
    const struct clean_title *title = &page->views[i].title;
    return title->stamp.year != 0 && title->is_possible && has_words(title->text, 2) &&
           (page->blocks.at[i].url.len == 0 || page->blocks.at[i].paper.len > 0);
}

/* On a page that says it is of papers, items are titles where nearly all end with their years. */
static void raise_dated(struct page *page)
{
    enum { FEWEST = 5, OF_FOUR = 3 };
    size_t items = 0, dated = 0;
    if (page->first == page->blocks.count || !is_about_reading(page->blocks.at[page->first].words))
        return;
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            if (!block_is_outermost(&page->blocks.at[i]) || page->views[i].is_outside)
                continue;
            items += pass == 0;
            dated += pass == 0 && is_dated_item(page, i);
            if (pass == 0 || dated < FEWEST || dated * 4 < items * OF_FOUR || !is_dated_item(page, i))
                continue;
            page->views[i].kind = VIEW_TITLE;
            page->views[i].is_dated_alike = true;
        }
}

/* "MapReduce (2004)" above no titles is a paper's and no shelf's. */
static void settle_named(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        if (view->kind != VIEW_VENUE || !view->is_named || page_has_titles_below(page, i))
            continue;
        view->kind = view->title.is_likely ? VIEW_TITLE : view->title.is_possible ? VIEW_MAYBE : VIEW_OTHER;
        view->stamp = (struct stamp){.year = 0};
    }
}

/* How deep an item is nested; an item that is a heading, "- ### 2031", is one of the outermost, of which only the items
 * within it tell. 0 for any other block. */
static unsigned item_level(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    if (block->kind == BLOCK_ITEM)
        return block->is_more ? 0 : block->level;
    return block->kind == BLOCK_HEADING && i + 1 < page->blocks.count && block[1].kind == BLOCK_ITEM &&
                   block[1].level == OUTERMOST + 1 && !block[1].is_more
               ? OUTERMOST
               : 0;
}

/* Whether an item is but a heading of the list within: "Trees" above papers, or a sentence or a link to something else,
 * as a workshop, above nothing but papers. */
static bool sorts_list(const struct page *page, size_t i)
{
    enum { MOST_WORDS = 5, FEWEST_PAPERS = 2 };
    const struct block *block = &page->blocks.at[i];
    const unsigned level = item_level(page, i);
    size_t items = 0, papers = 0;
    if (level == 0 || level >= MOST_ITEM_LEVELS || block->paper.len > 0)
        return false;
    for (size_t j = i + 1; j < page->blocks.count; j++) {
        const struct block *within = &page->blocks.at[j];
        const enum view_kind kind = page->views[j].kind;
        if (within->kind != BLOCK_ITEM || (within->level <= level && !within->is_more))
            break;
        if (within->level != level + 1 || within->is_more || page->views[j].is_outside)
            continue;
        items++;
        papers += (kind == VIEW_TITLE || kind == VIEW_MAYBE) && page_item_is_of_paper(page, j);
    }
    if (block->url.len > 0)
        return papers == items && papers >= FEWEST_PAPERS;
    if (has_words(block->words, MOST_WORDS + 1))
        return papers == items && papers >= FEWEST_PAPERS && !page->views[i].title.is_likely;
    return papers * 2 > items || (papers * 2 == items && papers > 0 && page->views[i].kind == VIEW_VENUE);
}

/* Takes lists out of the items that are but their headings, the innermost first. */
static void lift_sorted(struct page *page)
{
    for (size_t i = page->blocks.count; i-- > 0;) {
        if (!sorts_list(page, i))
            continue;
        const unsigned level = item_level(page, i);
        if (page->blocks.at[i].kind == BLOCK_ITEM) {
            page->views[i].is_outside = true;
            page->views[i].kind = VIEW_TEXT;
        }
        for (size_t j = i + 1; j < page->blocks.count && page->blocks.at[j].kind == BLOCK_ITEM &&
                               (page->blocks.at[j].level > level || page->blocks.at[j].is_more);
             j++)
            if (page->blocks.at[j].level > level)
                page->blocks.at[j].level--;
    }
}

/* What is nested is text, and so is what an item says below its first block. */
static void leave_nested(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_ITEM && !block_is_outermost(&page->blocks.at[i]))
            page->views[i].kind = VIEW_TEXT;
}

/* "Publications", "Selected publications". */
static bool announces_publications(struct span words)
{
    enum { MOST_WORDS = 4 };
    struct word word;
    size_t count = 0;
    bool announced = false;
    for (; word_next(&words, &word); count++)
        announced |= span_is_nocase(word.text, "publications") || span_is_nocase(word.text, "publication");
    return announced && count <= MOST_WORDS;
}

/* Whether an item is surely a paper, wherever it stands: by a link to it, its authors, or a venue that is listed. */
static bool is_surely_paper(const struct page *page, size_t i)
{
    const struct clean_title *title = &page->views[i].title;
    return page_item_is_paper(page, i) && span_find(title->text, " et al") == SIZE_MAX &&
           (page->blocks.at[i].paper.len > 0 || title->authors.len > 0 ||
            (title->stamp.venue.len > 0 && !title->stamp.guessed));
}

/* On a page with a list of somebody's publications, items elsewhere that name no paper are of a life: schools, talks,
 * skills. */
static void leave_life(struct page *page)
{
    enum { FEWEST_PAPERS = 2 };
    size_t papers = 0;
    for (unsigned pass = 0, level = 0; pass < 2; pass++, level = 0)
        for (size_t i = 0; i < page->blocks.count; i++) {
            const struct block *block = &page->blocks.at[i];
            if (block->kind == BLOCK_HEADING && announces_publications(block->words))
                level = block->level;
            else if (block->kind == BLOCK_HEADING && block->level <= level)
                level = 0;
            else if (pass == 0)
                papers += level > 0 && page_item_is_paper(page, i);
            else if (papers >= FEWEST_PAPERS && level == 0 && block_is_outermost(&page->blocks.at[i]) &&
                     !is_surely_paper(page, i)) {
                page->views[i].is_outside = true;
                page->views[i].kind = VIEW_TEXT;
            }
        }
}

void page_leave_items(struct page *page)
{
    if (page->sink->told.depth == 0)
        lift_sorted(page);
    leave_nested(page);
    leave_life(page);
}

void page_settle_views(struct page *page)
{
    settle_named(page);
    page_lower_numbered(page);
    cut_families(page);
    raise_recorded(page);
    page_lower_between_numbered(page);
    raise_recorded_items(page);
    raise_pointed(page);
    raise_dated(page);
    page_raise_announced(page);
    page_raise_shelved(page);
}
