/* Headings with numbers in front, and what stands on their level without: which of them are titles, and which parts. */
#include "corpus/markdown_census.h"

static bool is_numbered(const struct block *block)
{
    const struct span words = span_trim(block->words);
    return words.len > 0 && is_ascii_digit(words.at[0]) && without_number_in_front(words).len < words.len;
}

void page_lower_numbered(struct page *page)
{
    if (page->first == page->blocks.count || page->blocks.at[page->first].level != 1 || page->first > 0 ||
        page->views[0].kind != VIEW_TITLE)
        return;
    if (is_numbered(&page->blocks.at[page->first]))
        return;
    for (size_t i = page->first + 1; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind == BLOCK_HEADING && block->level == 1 && is_numbered(block))
            page->views[i].kind = VIEW_PART;
    }
}

/* Whether the headings of a level with numbers are papers, each with its record, and others have none: "2. Quiet Caches
 * for Pages". */
static bool has_numbered_papers(const struct page *page, unsigned level)
{
    enum { FEWEST = 2 };
    size_t papers = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct view *view = &page->views[i];
        if (page->blocks.at[i].kind != BLOCK_HEADING || page->blocks.at[i].level != level)
            continue;
        const bool titled = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
        const bool numbered = is_numbered(&page->blocks.at[i]);
        if (numbered != (titled && page_has_record(page, i)))
            return false;
        papers += numbered;
    }
    return papers >= FEWEST;
}

void page_lower_between_numbered(struct page *page)
{
    for (unsigned level = 1; level < LEVELS; level++) {
        if (!has_numbered_papers(page, level))
            continue;
        for (size_t i = 0; i < page->blocks.count; i++)
            if (page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level == level &&
                !is_numbered(&page->blocks.at[i]))
                page->views[i].kind = VIEW_PART;
    }
}
