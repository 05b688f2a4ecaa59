/* Lists of papers among other lists of a page: what stands below one heading is one or is not. */
#include "corpus/markdown_census.h"

#include "corpus/heading_names.h"
#include "corpus/words.h"

/* Whether a block is an item that may be a paper. */
static bool is_counted(const struct page *page, size_t i)
{
    return block_is_outermost(&page->blocks.at[i]) && !page_is_plan(page, i);
}

/* Whether an item is surely a paper: a title that leads to one, or a reference. */
static bool is_sure(const struct page *page, size_t i)
{
    const struct view *view = &page->views[i];
    const bool titled = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
    return titled && (page->blocks.at[i].paper.len > 0 || view->title.is_reference || view->is_announced) &&
           page_item_is_of_paper(page, i);
}

/* Where a list ends, at the next block that is no item; counts its items. */
static size_t count_section(const struct page *page, size_t from, size_t *items, size_t *papers)
{
    size_t i = from;
    *items = *papers = 0;
    for (; i < page->blocks.count && page->blocks.at[i].kind == BLOCK_ITEM; i++)
        if (is_counted(page, i)) {
            (*items)++;
            *papers += is_sure(page, i);
        }
    return i;
}

size_t page_mark_sections(struct page *page)
{
    size_t count = 0;
    bool in_references = false;
    for (size_t i = 0, end; i < page->blocks.count; i = end) {
        size_t items, papers;
        if (page->blocks.at[i].kind == BLOCK_HEADING)
            in_references = is_reference_heading(page->views[i].title.text);
        end = count_section(page, i, &items, &papers);
        if (end == i)
            end++;
        if (papers * 2 <= items || in_references)
            continue;
        for (size_t j = i; j < end; j++)
            page->views[j].is_listed = is_counted(page, j) && (is_sure(page, j) || page->views[j].kind == VIEW_TITLE);
        count += papers;
    }
    return count;
}

void page_leave_other_lists(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_ITEM && !page->views[i].is_listed) {
            page->views[i].is_outside = true;
            page->views[i].kind = VIEW_TEXT;
        }
}
