/* Pages whose owner says what their papers are, in the pinakes.ini of their folder: nothing is weighed then. */
#include "corpus/markdown_census.h"

/* The outermost level with several headings that are neither parts of papers nor venues; else that of the first. */
static unsigned told_level(const struct page *page)
{
    unsigned counts[LEVELS] = {0};
    for (size_t i = 0; i < page->blocks.count; i++) {
        const enum view_kind kind = page->views[i].kind;
        if (page->blocks.at[i].kind == BLOCK_HEADING && kind != VIEW_PART && kind != VIEW_VENUE)
            counts[page->blocks.at[i].level]++;
    }
    for (unsigned level = 1; level < LEVELS; level++)
        if (counts[level] > 1)
            return level;
    return page->first < page->blocks.count ? page->blocks.at[page->first].level : 1;
}

/* Makes a title of what a block says, whatever it reads like. */
static void raise(struct page *page, size_t i)
{
    struct view *view = &page->views[i];
    if (view->title.text.len == 0)
        page->meta.failed |= !title_as_is(&page->arena, &page->blocks.at[i], &view->title);
    view->kind = view->title.text.len > 0 ? VIEW_TITLE : VIEW_OTHER;
}

/* Venues and years among the headings sort the papers below them; where the level is not told, parts stay parts. */
static void raise_headings(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        const enum view_kind kind = page->views[i].kind;
        if (page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level == page->level && kind != VIEW_VENUE &&
            (kind != VIEW_PART || page->sink->told.depth > 0))
            raise(page, i);
    }
}

/* Items above the level of papers sort those. */
static void raise_items(struct page *page, unsigned depth)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct block *block = &page->blocks.at[i];
        if (block->kind != BLOCK_ITEM)
            continue;
        page->views[i].kind = VIEW_TEXT;
        page->views[i].is_outside = block->level < depth;
        block->level = block->level < depth ? OUTERMOST : block->level - (depth - 1);
        if (!page->views[i].is_outside && block_is_outermost(block))
            raise(page, i);
    }
}

void page_lay_out_as_told(struct page *page)
{
    static const enum layout layouts[] = {[UNIT_NONE] = LAYOUT_NONE,
                                          [UNIT_FILE] = LAYOUT_ONE,
                                          [UNIT_HEADINGS] = LAYOUT_HEADINGS,
                                          [UNIT_ITEMS] = LAYOUT_ITEMS,
                                          [UNIT_ROWS] = LAYOUT_ROWS};
    const struct papers_told told = page->sink->told;
    page->is_told = true;
    page->layout = layouts[told.unit];
    page->level = told.depth > 0 ? told.depth : told_level(page);
    if (told.unit == UNIT_HEADINGS)
        raise_headings(page);
    else if (told.unit == UNIT_ITEMS)
        raise_items(page, told.depth > 0 ? told.depth : OUTERMOST);
}
