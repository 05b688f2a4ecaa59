/* Where the papers of a page begin and end. */
#include "corpus/markdown_census.h"

#include "corpus/words.h"

bool page_item_is_paper(const struct page *page, size_t i)
{
    const enum view_kind kind = page->views[i].kind;
    return block_is_outermost(&page->blocks.at[i]) && (kind == VIEW_TITLE || kind == VIEW_MAYBE) &&
           page_item_is_of_paper(page, i);
}

/* A paragraph between lists of papers that is nothing but a link to one more, or that a heading announces. */
static bool is_linked_paragraph(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3 };
    const struct block *block = &page->blocks.at[i];
    const struct view *view = &page->views[i];
    if (block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && view->is_announced && block->label_is_link)
        return true;
    return page->is_mixed && block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && block->label_is_link &&
           block->label_is_all && block->paper.len > 0 && has_words(view->title.text, FEWEST_WORDS);
}

/* One that is set in bold, with nothing but where it appeared and links to it behind. */
static bool is_bold_paragraph(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const struct view *view = &page->views[i];
    return block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && block->label.len > 0 &&
           !block->label_is_link && block->paper.len > 0 && view->title.stamp.year != 0;
}

/* Whether an item leads to a paper by all its words, or by a link that ends it: "Agents that read pages. [pdf](...)".
 */
static bool leads_to_paper(const struct block *block, const struct view *view)
{
    enum { LONGEST_BYTES = 200 };
    return block->paper.len > 0 && ((block->label_is_link && block->label_is_all) ||
                                    (view->has_pointer && view->title.text.len <= LONGEST_BYTES));
}

/* How many of the next items of the same list, one or two before or behind, are papers; `*ends` when the list ends
 * there. */
static size_t papers_beside(const struct page *page, size_t i, bool forward, bool *ends)
{
    enum { MOST = 2 };
    size_t papers = 0, seen = 0;
    *ends = true;
    for (size_t j = i; seen < MOST && (forward ? ++j < page->blocks.count : j-- > 0);) {
        const struct block *block = &page->blocks.at[j];
        if (block->kind != BLOCK_ITEM || (block->level < OUTERMOST && !block->is_more))
            break;
        if (!block_is_outermost(&page->blocks.at[j]))
            continue;
        *ends = false;
        seen++;
        if (!page_item_is_paper(page, j) && !leads_to_paper(block, &page->views[j]))
            break;
        papers++;
    }
    return papers;
}

/* Whether an item may be a paper where it stands among papers: it leads nowhere but reads as a title or has its year,
 * "Quiet Pages (2031)", or is all a link to a paper or ends in one, whatever it says. */
static bool may_be_paper(const struct block *block, const struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    const bool titled = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
    const bool reads = titled || (view->title.is_possible && view->title.stamp.year != 0);
    return has_words(view->title.text, FEWEST_WORDS) && (block->url.len == 0 ? reads : leads_to_paper(block, view));
}

static bool is_among_papers(const struct page *page, size_t i)
{
    enum { FEWEST_PAPERS = 2 };
    bool first, last;
    if (!block_is_outermost(&page->blocks.at[i]) || page->views[i].is_outside ||
        !may_be_paper(&page->blocks.at[i], &page->views[i]))
        return false;
    const size_t before = papers_beside(page, i, false, &first), behind = papers_beside(page, i, true, &last);
    return (before > 0 || first) && (behind > 0 || last) && before + behind >= FEWEST_PAPERS;
}

/* "### Quiet Caches for Pages (2031)" among lines that are papers. */
static bool is_dated_heading(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 4 };
    const struct view *view = &page->views[i];
    return page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level > 1 && view->kind == VIEW_TITLE &&
           view->title.stamp.year != 0 && has_words(view->title.text, FEWEST_WORDS);
}

bool page_begins_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const enum view_kind kind = page->views[i].kind;
    const bool is_plan = !page->is_told && page_is_plan(page, i);
    if (page->layout == LAYOUT_LABELS)
        return block_is_title_label(block);
    if (page->layout == LAYOUT_KEYED)
        return block->kind == BLOCK_HEADING && block->level <= page->level && page_has_key(page, i);
    if (page->layout == LAYOUT_ITEMS)
        return is_linked_paragraph(page, i) || is_bold_paragraph(page, i) || (!is_plan && is_among_papers(page, i)) ||
               (block->kind == BLOCK_ITEM && (kind == VIEW_TITLE || kind == VIEW_MAYBE) && !is_plan &&
                (!page->is_mixed || page_item_is_of_paper(page, i)));
    if (page->layout == LAYOUT_BOLD)
        return is_dated_heading(page, i) || (block->kind == BLOCK_PARAGRAPH && kind == VIEW_TITLE &&
                                             !(page->is_mixed && block->label_is_link && block->paper.len == 0));
    return page->layout == LAYOUT_HEADINGS && block->kind == BLOCK_HEADING && block->level == page->level &&
           (kind == VIEW_TITLE || kind == VIEW_MAYBE);
}

bool page_lists_paper(const struct page *page, size_t i)
{
    return page->has_lists && page->views[i].is_listed && page->blocks.at[i].kind == BLOCK_ITEM;
}

bool page_stamps_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    return page->layout == LAYOUT_HEADINGS && block->kind == BLOCK_HEADING && block->level > page->level &&
           page->views[i].kind == VIEW_VENUE;
}

bool page_ends_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const enum view_kind kind = page->views[i].kind;
    if (page_begins_paper(page, i))
        return true;
    if (page->layout == LAYOUT_KEYED)
        return block->kind == BLOCK_HEADING && block->level <= page->level;
    if (page->layout == LAYOUT_ITEMS)
        return block->kind == BLOCK_HEADING || (page->has_tables && block->kind == BLOCK_ROW) ||
               (block->kind == BLOCK_ITEM && block->level <= OUTERMOST && !block->is_more);
    if (block->kind != BLOCK_HEADING || page->layout == LAYOUT_BOLD)
        return block->kind == BLOCK_HEADING && kind != VIEW_PART;
    if (page->layout == LAYOUT_LABELS)
        return kind == VIEW_VENUE || kind == VIEW_PAGE;
    return (kind == VIEW_VENUE && !page_stamps_paper(page, i)) || block->level < page->level;
}
