/* A link to the paper, by its title, that stands where the title would. */
#include "corpus/markdown_page.h"

#include "corpus/identifiers.h"
#include "corpus/words.h"

/* "[Quiet Caches for Pages](https://...) by Example et al. (2031), also known as QX": what goes on behind the link says
 * whose the paper is. */
static bool is_told_of(const struct block *block)
{
    static const char by[] = "by ";
    if (block->label.len == 0) /* a link around a picture */
        return false;
    const size_t end = (size_t)(block->label.at + block->label.len - block->words.at);
    struct span behind = span_from(block->words, end);
    while (behind.len > 0 && strchr(" \"'*_,", behind.at[0]) != NULL)
        behind = span_from(behind, 1);
    return span_starts_nocase(behind, by);
}

bool page_is_told_of(const struct page *page)
{
    struct arena arena = {0};
    struct clean_title title;
    const size_t at = page_linked_title(page, &arena, 0, &title);
    const bool told = at < page->blocks.count && is_told_of(&page->blocks.at[at]);
    arena_free(&arena);
    return told;
}

size_t page_linked_title(const struct page *page, struct arena *arena, size_t from, struct clean_title *title)
{
    enum { MOST_BLOCKS = 4, FEWEST_WORDS = 4 }; /* a line of tags may stand above the first */
    for (size_t i = from; i < page->blocks.count && i < from + MOST_BLOCKS; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind == BLOCK_HEADING)
            break;
        const bool opens = block->label_is_all || (i <= 1 && from == 0 && block->label_is_link && is_told_of(block));
        if (block->kind != BLOCK_ROW && block->label_is_link && opens &&
            (is_paper_address(block->url) || span_ends(block->url, ".pdf")) &&
            title_clean(arena, block->label, true, title) && title->is_likely && has_words(title->text, FEWEST_WORDS))
            return i;
    }
    return page->blocks.count;
}
