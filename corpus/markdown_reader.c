#include "base/error.h"
#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/markdown_block_title.h"
#include "corpus/markdown_one.h"
#include "corpus/markdown_paper.h"
#include "corpus/markdown_rows.h"
#include "corpus/notes_line.h"
#include "corpus/words.h"

/* ---- pages of many papers ------------------------------------------------------------------------------------ */

/* What of an item, or of a line that stands in no list, is the title, as people are told it. */
static const char *item_rule(const struct block *block, const struct view *view)
{
    static const char *const items[] = {
        "a list item with a linked title behind a short name", "a list item that opens with a linked title",
        "a list item that opens with a bold title", "a list item in title case below a venue, or with one"};
    static const char *const lines[] = {"a line with a linked title behind a short name",
                                        "a line that opens with a linked title", "a line that opens with a bold title",
                                        "a line in title case with a venue, or a link to the paper"};
    const size_t rule = view->has_name ? 0 : block->label_is_link ? 1 : block->label.len > 0 ? 2 : 3;
    return block->kind == BLOCK_PARAGRAPH ? lines[rule] : items[rule];
}

static const char *rule_of(struct page *page, const struct shelf *shelf, const struct block *block)
{
    if (page->is_told)
        return block->kind == BLOCK_ITEM ? "a list item, by pinakes.ini" : "a heading, by pinakes.ini";
    if (page->layout == LAYOUT_BOLD && block->kind == BLOCK_HEADING)
        return shelf_heading_rule(page, shelf, block);
    switch (block->kind == BLOCK_ITEM ? LAYOUT_ITEMS : page->layout) {
    case LAYOUT_HEADINGS:
        return shelf_heading_rule(page, shelf, block);
    case LAYOUT_KEYED:
        return "a heading above a citation key";
    case LAYOUT_LABELS:
        return "a line that names the paper";
    default:
        return item_rule(block, &page->views[block - page->blocks.at]);
    }
}

/* Whether all papers of the page are headed by their names, with the title in bold below. */
static bool is_headed_by_names(struct page *page)
{
    enum { FEWEST = 2 };
    size_t count = 0;
    struct clean_title title;
    for (size_t i = 0; page->layout == LAYOUT_HEADINGS && i < page->blocks.count; i++) {
        if (!page_begins_paper(page, i))
            continue;
        if (!page_spelled_below(page, &page->arena, i, &title))
            return false;
        count++;
    }
    return count >= FEWEST;
}

/* Takes the title in bold from below a heading that is a name. */
static void take_spelled_title(struct page *page, struct page_draft *draft, size_t heading)
{
    struct view view = {.kind = VIEW_TITLE};
    if (!page_spelled_below(page, &page->arena, heading, &view.title))
        return;
    draft_take_title(draft, &page->blocks.at[heading + 1], &view);
    draft->rule = "a line in bold or italics that spells out the heading above it";
    draft->first = heading + 2;
}

/* Takes venue and year from headings below that of the paper, where it names none itself. */
static void take_stamps_below(const struct page *page, struct page_draft *draft)
{
    for (size_t i = draft->first; i < draft->end; i++)
        if (draft->title.stamp.venue.len == 0 && page_stamps_paper(page, i))
            stamp_add(&draft->title.stamp, &page->views[i].stamp);
}

/* Whether the notes of an item end before this block. */
static bool ends_item(const struct page *page, size_t at)
{
    const struct block *block = &page->blocks.at[at];
    return block->kind != BLOCK_ITEM || (block->level <= OUTERMOST && !block->is_more);
}

static pinakes_status give_many(struct page *page, pinakes_error *error)
{
    const bool named = is_headed_by_names(page);
    struct columns columns = {.title = SIZE_MAX, .presenter = SIZE_MAX};
    struct shelf shelf = {0};
    size_t end = 0; /* of the last paper */
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < page->blocks.count && status == PINAKES_OK; i++) {
        const struct block *block = &page->blocks.at[i];
        shelf_take(page, &shelf, i);
        if (page->has_tables && block->kind == BLOCK_ROW && i >= end)
            status = columns_take_row(page, &shelf, &columns, i, error);
        const bool listed = i >= end && page_lists_paper(page, i);
        if (!listed && !page_begins_paper(page, i))
            continue;
        struct page_draft draft = {.line = block->line, .rule = rule_of(page, &shelf, block), .first = i};
        if (page->layout != LAYOUT_LABELS) {
            draft_take_title(&draft, block, &page->views[i]);
            draft.first = i + 1;
        }
        if (named)
            take_spelled_title(page, &draft, i);
        if (page->layout == LAYOUT_KEYED && !title_as_is(&page->arena, block, &draft.title))
            return error_no_memory(error);
        draft.end = i + 1;
        while (draft.end < page->blocks.count && !page_ends_paper(page, draft.end) &&
               !(listed && ends_item(page, draft.end)))
            draft.end++;
        take_stamps_below(page, &draft);
        end = draft.end;
        status = page_give_paper(page, &draft, &shelf, (struct meta){.conventions = page->sink->conventions}, error);
    }
    return status;
}

/* ---- the reader ---------------------------------------------------------------------------------------------- */

static pinakes_status read_views(struct page *page, pinakes_error *error)
{
    page->views = arena_array(&page->arena, page->blocks.count + 1, sizeof *page->views);
    bool ok = page->views != NULL && page_read_name(page);
    for (size_t i = 0; i < page->blocks.count && ok; i++)
        ok = view_read(&page->arena, &page->blocks.at[i], &page->views[i]);
    if (ok && page->blocks.count > 0 && page->blocks.at[0].kind != BLOCK_HEADING)
        ok =
            title_clean(&page->arena, block_opening(page->blocks.at), page->blocks.at[0].label_is_link, &page->opening);
    return ok && !page->meta.failed ? PINAKES_OK : error_no_memory(error);
}

static void tell_mistake(const struct page *page, struct arena *arena)
{
    if (page->front.mistake == NULL || page->sink->notice == NULL)
        return;
    const char *message =
        arena_format(arena, "the front matter is no YAML (%s), so it is read line by line; quote what holds a colon",
                     page->front.mistake);
    page->sink->notice(page->sink->context, page->front.error_line, message == NULL ? page->front.mistake : message);
}

pinakes_status page_give(struct page *page, pinakes_error *error)
{
    page->meta.conventions = page->sink->conventions;
    page_take_front(page);
    const pinakes_status status = read_views(page, error);
    if (status != PINAKES_OK)
        return status;
    page_choose_layout(page);
    if (page->meta.failed)
        return error_no_memory(error);
    switch (page->layout) {
    case LAYOUT_NONE:
        return PINAKES_OK;
    case LAYOUT_ONE:
        return page_give_one(page, error);
    case LAYOUT_ROWS:
        return page_give_rows(page, error);
    default:
        return give_many(page, error);
    }
}

/* Takes the addresses that stand above all else, each on a line of its own, off the text: "https://arxiv.org/abs/...",
 * or "#! https://..." for a site that takes the note in. The first of a paper leads to what the page is about. */
static void take_addresses_on_top(struct page *page)
{
    static const char mark[] = "#! ";
    struct span rest = page->front.body, line, link;
    uint32_t number = page->front.body_line;
    for (struct span ahead = rest; line_cut(&ahead, &line); rest = ahead, number++) {
        line = span_trim(span_starts(line, mark) ? span_from(line, strlen(mark)) : line);
        if (line.len > 0 && link_read(line, &link) != LINK_WEB)
            break;
        if (line.len > 0 && page->address.len == 0 && is_paper_address(link))
            page->address = link;
    }
    if (span_trim(rest).len == 0) /* they are all there is */
        return;
    page->front.body = rest;
    page->front.body_line = number;
}

/* A heading that begins the page and alone stands above all others is the page's, whatever its level: "### Title" over
 * "#### Part". */
static void raise_first_heading(struct blocks *blocks)
{
    if (blocks->count == 0 || blocks->at[0].kind != BLOCK_HEADING || blocks->at[0].level == 1)
        return;
    bool heads_others = false; /* one that heads none may be a section of what the file is called after */
    for (size_t i = 1; i < blocks->count; i++) {
        const bool is_heading = blocks->at[i].kind == BLOCK_HEADING;
        if (is_heading && blocks->at[i].level <= blocks->at[0].level)
            return;
        heads_others |= is_heading;
    }
    if (heads_others)
        blocks->at[0].level = 1;
}

static pinakes_status read_page(struct page *page, pinakes_error *error)
{
    const struct source_text *source = page->source;
    pinakes_status status = front_matter_read(&page->arena, source->text, &page->front, error);
    if (status == PINAKES_OK)
        take_addresses_on_top(page);
    if (status == PINAKES_OK)
        status = markdown_blocks(&page->arena, page->front.body, page->front.body_line, &page->blocks, error);
    if (status != PINAKES_OK)
        return status;
    raise_first_heading(&page->blocks);
    tell_mistake(page, &page->arena);
    return page_give(page, error);
}

static pinakes_status read_markdown(const struct source_text *source, const struct paper_sink *sink,
                                    pinakes_error *error)
{
    struct page page = {.source = source, .sink = sink};
    const pinakes_status status = read_page(&page, error);
    arena_free(&page.arena);
    return status;
}

static bool has_ending(struct span name, const char *ending)
{
    const size_t len = strlen(ending);
    return name.len > len && span_is_nocase(span_from(name, name.len - len), ending);
}

/* Headings and links, as a text without a telling name would have them. */
static bool has_markdown_marks(struct span text)
{
    enum { SAMPLE = 65536 };
    size_t headings = 0, links = 0;
    const size_t len = text.len < SAMPLE ? text.len : SAMPLE;
    for (size_t i = 0; i < len; i++) {
        const bool at_start = i == 0 || text.at[i - 1] == '\n';
        const struct span rest = {text.at + i, len - i};
        headings += at_start && (span_starts(rest, "# ") || span_starts(rest, "## ") || span_starts(rest, "### "));
        links += span_starts(rest, "](");
    }
    return headings >= 2 && (links >= 1 || headings >= 4);
}

static int claims_markdown(const struct source_text *source)
{
    static const char *const endings[] = {".md", ".markdown", ".mdx", ".qmd", ".mkd"};
    static const char *const others[] = {".bib", ".json", ".jsonl", ".html", ".htm", ".xml", ".csv",
                                         ".tsv", ".tex",  ".org",   ".py",   ".c",   ".h",   ".sh",
                                         ".yml", ".yaml", ".toml",  ".ini",  ".js",  ".rs"};
    const struct span name = span_of(source->name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (has_ending(name, endings[i]))
            return 90;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (has_ending(name, others[i]))
            return 0;
    if (span_starts(source->text, "---\n") || span_starts(source->text, "---\r\n"))
        return 90;
    return has_markdown_marks(source->text) ? 60 : 0;
}

const struct reader reader_markdown = {.name = "markdown", .claims = claims_markdown, .read = read_markdown};
