/* Titles that stand right below a heading that is but their name. */
#include "corpus/markdown_page.h"

#include "corpus/names.h"
#include "corpus/words.h"

/* Whether a block is all in italics, "*Quiet Pages for Readers*", and but one line. */
static bool is_in_italics(const struct page *page, const struct block *block)
{
    const struct span text = block->text, body = page->front.body;
    const char *end = text.at + text.len;
    return text.len > 0 && text.at > body.at && end < body.at + body.len && strchr("*_", text.at[-1]) != NULL &&
           *end == text.at[-1] && (text.at - 1 == body.at || text.at[-2] == '\n') &&
           memchr(text.at, *end, text.len) == NULL && memchr(text.at, '\n', text.len) == NULL;
}

/* "[Prioritized Page Replay]" below "PPR": a line all in brackets, or in bold, that only a title would be. */
static bool is_enclosed_title(const struct page *page, const struct block *block, struct arena *arena,
                              struct clean_title *title)
{
    enum { FEWEST_WORDS = 3 };
    const struct span text = block->text;
    const bool bracketed = text.len > 2 && text.at[0] == '[' && text.at[text.len - 1] == ']' && block->url.len == 0;
    const bool bold = block->label.len > 0 && block->label_is_all && !block->label_is_link;
    return (bracketed || bold || is_in_italics(page, block)) && title_clean(arena, block->words, false, title) &&
           title->is_possible && has_words(title->text, FEWEST_WORDS);
}

/* "### 《Quiet Caches for Pages》" below "# QCP": a heading that is set in the marks of a title. */
static bool is_marked_title(const struct block *block, struct arena *arena, struct clean_title *title)
{
    const struct span text = span_trim(block->words);
    return block->kind == BLOCK_HEADING && span_starts(text, "\u300a") && span_ends(text, "\u300b") &&
           title_clean(arena, text, false, title) && title->is_possible;
}

bool page_titled_below(const struct page *page, struct arena *arena, size_t heading, struct clean_title *title)
{
    const struct clean_title *name = &page->views[heading].title;
    const struct block *below = &page->blocks.at[heading] + 1;
    if (heading + 1 < page->blocks.count && !name->is_likely && is_marked_title(below, arena, title))
        return true;
    if (heading + 1 >= page->blocks.count || below->kind != BLOCK_PARAGRAPH || name->is_likely || name->text.len < 2 ||
        memchr(below->text.at, '\n', below->text.len) != NULL)
        return false;
    if (!has_words(name->text, 3) && is_enclosed_title(page, below, arena, title))
        return true;
    if (below->words.len <= name->text.len || !is_same_title(span_until(below->words, name->text.len), name->text))
        return false;
    const struct span rest = span_trim(span_from(below->words, name->text.len));
    return rest.len > 0 && strchr(":-", rest.at[0]) != NULL && title_clean(arena, below->words, false, title) &&
           title->is_likely;
}

/* "OPSD - On-Policy Reading": a name in capitals, alone or with what it stands for. */
static bool opens_with_acronym(struct span words)
{
    size_t capitals = 0, at = 0;
    for (; at < words.len && !is_blank(words.at[at]) && words.at[at] != ':'; at++)
        capitals += is_ascii_capital(words.at[at]);
    const struct span rest = span_from(words, at);
    return capitals >= 2 && (rest.len == 0 || span_starts(rest, ": ") || span_starts(rest, " - ") ||
                             span_starts(rest, " (") || span_starts(rest, " \u2013 ") || span_starts(rest, " \u2014 "));
}

/* Whether a block is one line, all in bold or in italics. */
static bool is_set_apart(const struct page *page, const struct block *block)
{
    return is_in_italics(page, block) || (block->label.len > 0 && block->label_is_all && !block->label_is_link &&
                                          memchr(block->text.at, '\n', block->text.len) == NULL);
}

bool page_spelled_below(const struct page *page, struct arena *arena, size_t heading, struct clean_title *title)
{
    enum { FEWEST_WORDS = 4 };
    const struct block *below = &page->blocks.at[heading] + 1;
    struct names names;
    return heading + 1 < page->blocks.count && below->kind == BLOCK_PARAGRAPH && is_set_apart(page, below) &&
           opens_with_acronym(without_number_in_front(page->blocks.at[heading].words)) &&
           !(names_read(below->words, &names) && names_are_likely(&names)) &&
           title_clean(arena, below->words, false, title) && title->is_possible && has_words(title->text, FEWEST_WORDS);
}
