#include "base/error.h"
#include "corpus/front_matter.h"
#include "corpus/markdown_blocks.h"
#include "corpus/markdown_meta.h"
#include "corpus/markdown_titles.h"
#include "corpus/reader.h"

#include <string.h>

/* ---- what kind of page this is ------------------------------------------------------------------------------- */

enum layout {
    LAYOUT_NONE,     /* no paper */
    LAYOUT_ONE,      /* the page is about one paper */
    LAYOUT_HEADINGS, /* every heading of a level that looks like a title is a paper */
    LAYOUT_ITEMS,    /* every list item that opens with a link or a bold title is a paper */
};

struct page {
    const struct source_text *source;
    const struct paper_sink *sink;
    struct arena arena;
    struct front_matter front;
    struct blocks blocks;
    struct meta meta; /* of the front matter */
    enum layout layout;
    unsigned level;          /* of the headings that are titles */
    struct clean_title name; /* of the file */
    bool failed;
};

static struct span base_of(struct span path)
{
    const char *slash = memrchr(path.at, '/', path.len);
    struct span name = slash == NULL ? path : (struct span){slash + 1, path.len - (size_t)(slash + 1 - path.at)};
    const char *dot = memrchr(name.at, '.', name.len);
    if (dot != NULL && dot > name.at && name.len - (size_t)(dot - name.at) <= 10)
        name.len = (size_t)(dot - name.at);
    return name;
}

/* The folder the file lies in, when its name is a venue or a year: the last resort. */
static struct venue_year folder_venue(struct span path)
{
    struct venue_year found = {{0}, 0};
    const char *end = memrchr(path.at, '/', path.len);
    while (end != NULL && found.venue.len == 0) {
        const struct span above = {path.at, (size_t)(end - path.at)};
        const char *slash = memrchr(above.at, '/', above.len);
        const char *start = slash == NULL ? above.at : slash + 1;
        struct venue_year part;
        if (venue_parse((struct span){start, (size_t)(end - start)}, &part)) {
            found.venue = found.venue.len > 0 ? found.venue : part.venue;
            found.year = found.year != 0 ? found.year : part.year;
        }
        end = slash;
    }
    return found;
}

static bool is_venue_heading(const struct block *block)
{
    struct venue_year found;
    return block->kind == BLOCK_HEADING && venue_parse(span_trim(block->words), &found);
}

static bool is_title_heading(const struct block *block)
{
    enum field field;
    return block->kind == BLOCK_HEADING && !is_venue_heading(block) && !is_section(block->words, &field) &&
           (looks_like_title(block->words) || (block->label_is_link && looks_like_title(block->label)));
}

/* An item that opens with a linked or bold title, alone or with its venue behind. */
static bool is_title_item(const struct block *block)
{
    return block->kind == BLOCK_ITEM && block->level == 1 && block->label.len > 0 && looks_like_title(block->label) &&
           block->words.len < 600;
}

struct census {
    size_t titles[7], others[7]; /* headings by level: titles, and others that are no sections or venues */
    size_t venues[7], sections, title_items, first_level;
};

static struct census take_census(const struct blocks *blocks)
{
    struct census census = {0};
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->at[i];
        enum field field;
        census.title_items += is_title_item(block);
        if (block->kind != BLOCK_HEADING)
            continue;
        census.first_level += block->level == 1;
        if (is_venue_heading(block))
            census.venues[block->level]++;
        else if (is_section(block->words, &field))
            census.sections++;
        else if (is_title_heading(block))
            census.titles[block->level]++;
        else
            census.others[block->level]++;
    }
    return census;
}

/* The level whose headings are papers: the first below a venue that has titles, else the first with several. */
static unsigned title_level(const struct census *census)
{
    bool below_venue = false;
    for (unsigned level = 1; level <= 6; level++) {
        const size_t titles = census->titles[level];
        if (below_venue && titles > 0)
            return level;
        below_venue |= census->venues[level] > 0;
        if (titles >= 2 && titles >= census->others[level])
            return level;
    }
    return 0;
}

/* Words by which a page shows that it is about a paper. */
static bool speaks_of_a_paper(const struct page *page, const struct census *census)
{
    static const char *const signs[] = {"arxiv.org",  "doi.org",    "usenix.org", "dl.acm.org", "openreview.net",
                                        "Abstract",   "Authors",    "authors:",   "Author:",    "Venue",
                                        "venue",      "Conference", "the paper",  "this paper", "The paper",
                                        "This paper", "et al",      "论文"};
    if (page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0 || census->sections >= 2)
        return true;
    const struct span text = page->source->text;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (memmem(text.at, text.len, signs[i], strlen(signs[i])) != NULL)
            return true;
    return false;
}

static const struct block *first_heading(const struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level == 1)
            return &page->blocks.at[i];
    return NULL;
}

static bool has_own_title(const struct page *page, const struct census *census, bool is_page)
{
    const struct block *heading = first_heading(page);
    enum field field;
    if (page->meta.title.len > 0)
        return !is_page && !is_placeholder(page->meta.title) &&
               (looks_like_title(page->meta.title) || speaks_of_a_paper(page, census));
    if (is_page || page->blocks.count == 0)
        return false;
    if (heading != NULL && !is_venue_heading(heading) && !is_section(heading->words, &field) &&
        !is_placeholder(span_trim(heading->words)))
        return is_title_heading(heading) || speaks_of_a_paper(page, census);
    return page->name.text.len > 0 && (looks_like_title(page->name.text) || speaks_of_a_paper(page, census));
}

static void choose_layout(struct page *page)
{
    const struct census census = take_census(&page->blocks);
    const bool is_page = is_page_name(base_of(span_of(page->source->name)));
    const bool has_record =
        page->meta.title.len > 0 && (page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0);
    page->level = title_level(&census);
    const size_t at_level = page->level == 0 ? 0 : census.titles[page->level];
    /* One first-level title with headings below is one paper, however its parts are called. */
    const struct block *heading = first_heading(page);
    const bool is_one = has_record || (!is_page && census.first_level == 1 && heading != NULL && page->level > 1 &&
                                       is_title_heading(heading) && census.venues[1] == 0 &&
                                       (census.sections > 0 || speaks_of_a_paper(page, &census)));
    if (!is_one && at_level > 0 && (at_level >= 2 || census.venues[1] + census.venues[2] + census.venues[3] > 0))
        page->layout = LAYOUT_HEADINGS;
    else if (!is_one && census.title_items >= 3 && census.sections == 0)
        page->layout = LAYOUT_ITEMS;
    else if (has_own_title(page, &census, is_page))
        page->layout = LAYOUT_ONE;
    else
        page->layout = LAYOUT_NONE;
}

/* ---- papers -------------------------------------------------------------------------------------------------- */

struct draft {
    struct clean_title title;
    struct span title_text; /* verbatim; empty when the title is the file's name */
    struct span title_words;
    struct span url;
    uint32_t line;
    const char *rule;
    struct venue_year shared; /* of the heading above several papers */
    struct span shared_text;
    uint32_t shared_line;
    size_t first, end; /* the blocks of its notes */
};

/* The value behind "Key:", "Key::" or "**Key**:" in a line of words. */
static bool split_field(struct span line, struct span *key, struct span *value)
{
    const char *colon = memchr(line.at, ':', line.len < 40 ? line.len : 40);
    size_t mark = 1;
    if (colon == NULL) {
        colon = memmem(line.at, line.len < 40 ? line.len : 40, "\xEF\xBC\x9A", 3);
        mark = 3;
    }
    if (colon == NULL || colon == line.at)
        return false;
    if (colon + 1 < line.at + line.len && mark == 1 && colon[1] == ':')
        mark = 2;
    *key = span_trim((struct span){line.at, (size_t)(colon - line.at)});
    *value = span_trim((struct span){colon + mark, line.len - (size_t)(colon + mark - line.at)});
    return value->len > 0;
}

/* Reads a line in front of the notes as a part of the record; false when it is a note. */
static bool take_record_line(struct page *page, struct meta *meta, const struct block *block, size_t start, size_t end,
                             uint32_t line)
{
    const struct span words = {block->words.at + start, end - start};
    struct span key, value;
    if (span_trim(words).len == 0)
        return false;
    if (meta_take_venue(&page->arena, meta, words, line, &page->failed))
        return true;
    if (!split_field(span_trim(words), &key, &value))
        return false;
    const struct span source = {block->text.at + (value.at - block->words.at), value.len};
    return meta_take(&page->arena, meta, key, value, source, line, &page->failed);
}

/* Whether all lines of the block are fields of the record. */
static bool take_record_block(struct page *page, struct meta *meta, const struct block *block)
{
    bool all = true;
    uint32_t line = block->line;
    for (size_t start = 0; start < block->text.len; line++) {
        const char *break_at = memchr(block->text.at + start, '\n', block->text.len - start);
        const size_t end = break_at == NULL ? block->text.len : (size_t)(break_at - block->text.at);
        all &= take_record_line(page, meta, block, start, end, line);
        start = end + 1;
    }
    return all;
}

static void add_notes(struct page *page, struct meta *meta, const struct draft *draft)
{
    enum field field = FIELD_NOTE;
    bool in_record = true;
    for (size_t i = draft->first; i < draft->end; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind == BLOCK_HEADING) {
            in_record = false;
            if (is_section(block->words, &field))
                continue;
            field = FIELD_NOTE;
        }
        in_record = in_record && i < draft->first + 12;
        if (in_record && take_record_block(page, meta, block))
            continue;
        page->failed |= !passage_add(&page->arena, &meta->passages, field, block->line, block->text, block->words);
        if (meta->url.len == 0 && block->kind != BLOCK_HEADING && in_record)
            meta->url = block->url;
    }
}

static void add_tags(struct page *page, struct meta *meta, uint32_t first_line, uint32_t end_line)
{
    for (size_t i = 0; i < page->blocks.tag_count; i++) {
        const struct block_tag *tag = &page->blocks.tags[i];
        if (tag->line < first_line || tag->line >= end_line)
            continue;
        bool known = false;
        for (size_t j = 0; j < meta->tags.count && !known; j++)
            known = span_equal(meta->tags.at[j], tag->text);
        if (!known)
            page->failed |= !span_list_add(&page->arena, &meta->tags, tag->text) ||
                            !passage_add(&page->arena, &meta->passages, FIELD_TAG, tag->line, tag->text, tag->text);
    }
}

static void fill_venue(struct meta *meta, struct venue_year from)
{
    if (meta->venue.len == 0)
        meta->venue = from.venue;
    if (meta->year == 0)
        meta->year = from.year;
}

static pinakes_status give_paper(struct page *page, const struct draft *draft, struct meta meta, pinakes_error *error)
{
    if (draft->title_text.len > 0)
        page->failed |=
            !passage_add(&page->arena, &meta.passages, FIELD_TITLE, draft->line, draft->title_text, draft->title_words);
    if (draft->shared.venue.len > 0)
        page->failed |= !passage_add(&page->arena, &meta.passages, FIELD_VENUE, draft->shared_line, draft->shared_text,
                                     draft->shared_text);
    add_notes(page, &meta, draft);
    const uint32_t end_line = draft->end < page->blocks.count ? page->blocks.at[draft->end].line : UINT32_MAX;
    add_tags(page, &meta, draft->line, end_line);
    fill_venue(&meta, draft->title.from);
    fill_venue(&meta, draft->shared);
    fill_venue(&meta, page->name.from);
    fill_venue(&meta, folder_venue(span_of(page->source->name)));
    if (page->failed)
        return error_no_memory(error);
    const struct paper paper = {
        .title = meta.title.len > 0 ? meta.title : draft->title.text,
        .venue = meta.venue,
        .url = meta.url.len > 0 ? meta.url : draft->url,
        .authors = meta.authors.at,
        .author_count = meta.authors.count,
        .tags = meta.tags.at,
        .tag_count = meta.tags.count,
        .passages = meta.passages.at,
        .passage_count = meta.passages.count,
        .year = meta.year,
        .line = draft->line,
        .rule = draft->rule,
    };
    return is_placeholder(paper.title) ? PINAKES_OK : page->sink->paper(page->sink->context, &paper, error);
}

static const char *heading_rule(struct page *page, const struct draft *draft, const struct block *block)
{
    static const char *const levels[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
    const char *rule = arena_format(&page->arena, "a %s-level heading%s", levels[block->level - 1],
                                    draft->shared.venue.len > 0 || draft->shared.year != 0 ? " below a venue" : "");
    return rule == NULL ? "a heading" : rule;
}

/* The title of a heading or item: its label when a link or bold part opens it, else all its words. */
static void take_title(struct page *page, struct draft *draft, const struct block *block)
{
    const bool by_label =
        block->label.len > 0 && (block->label_is_link || block->kind == BLOCK_ITEM) && looks_like_title(block->label);
    const struct span words = by_label ? block->label : span_trim(block->words);
    page->failed |= !clean_title(&page->arena, words, &draft->title);
    if (by_label && !block->label_is_all) {
        const char *behind = block->label.at + block->label.len;
        struct venue_year found;
        if (venue_parse((struct span){behind, (size_t)(block->words.at + block->words.len - behind)}, &found))
            draft->title.from = found;
    }
    draft->line = block->line;
    draft->title_text = block->text;
    draft->title_words = block->words;
    draft->url = block->url;
}

static bool ends_paper(const struct page *page, const struct block *block)
{
    if (page->layout == LAYOUT_ITEMS)
        return block->kind == BLOCK_HEADING || (block->kind == BLOCK_ITEM && block->level == 1);
    return block->kind == BLOCK_HEADING && (block->level <= page->level || is_venue_heading(block));
}

static bool begins_paper(const struct page *page, const struct block *block)
{
    if (page->layout == LAYOUT_ITEMS)
        return is_title_item(block);
    return block->kind == BLOCK_HEADING && block->level == page->level && is_title_heading(block);
}

static pinakes_status give_many(struct page *page, pinakes_error *error)
{
    struct draft draft = {0};
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (is_venue_heading(block)) {
            struct venue_year found;
            (void)venue_parse(span_trim(block->words), &found);
            if (found.venue.len == 0 && block->level > 1)
                found.venue = draft.shared.venue;
            draft.shared = found;
            draft.shared_text = block->text;
            draft.shared_line = block->line;
        }
        if (!begins_paper(page, block))
            continue;
        take_title(page, &draft, block);
        draft.rule = page->layout == LAYOUT_HEADINGS ? heading_rule(page, &draft, block)
                     : block->label_is_link          ? "a list item that opens with a linked title"
                                                     : "a list item that opens with a bold title";
        draft.first = draft.end = i + 1;
        while (draft.end < page->blocks.count && !ends_paper(page, &page->blocks.at[draft.end]))
            draft.end++;
        const pinakes_status status = give_paper(page, &draft, (struct meta){0}, error);
        if (status != PINAKES_OK)
            return status;
    }
    return PINAKES_OK;
}

static pinakes_status give_one(struct page *page, pinakes_error *error)
{
    struct draft draft = {.line = 1, .rule = "the file's name", .title = page->name, .end = page->blocks.count};
    const struct block *heading = first_heading(page);
    enum field field;
    const bool heading_is_title = heading != NULL && !is_venue_heading(heading) &&
                                  !is_section(heading->words, &field) && !is_placeholder(span_trim(heading->words));
    if (page->meta.title.len > 0) {
        const struct front_value *title = front_matter_get(&page->front, "title");
        draft.line = title == NULL ? 1 : title->line;
        draft.rule = "the title in the front matter";
        page->failed |= !clean_title(&page->arena, page->meta.title, &draft.title);
        page->meta.title = draft.title.text;
    } else if (heading_is_title) {
        take_title(page, &draft, heading);
        draft.rule = "the first-level heading";
        draft.first = (size_t)(heading - page->blocks.at) + 1;
    }
    return give_paper(page, &draft, page->meta, error);
}

/* ---- the reader ---------------------------------------------------------------------------------------------- */

static void take_front_matter(struct page *page)
{
    for (size_t i = 0; i < page->front.count; i++) {
        const struct front_value *value = &page->front.values[i];
        (void)meta_take(&page->arena, &page->meta, value->key, value->text, value->source, value->line, &page->failed);
    }
}

static pinakes_status read_page(struct page *page, pinakes_error *error)
{
    const struct source_text *source = page->source;
    pinakes_status status = front_matter_read(&page->arena, source->text, &page->front, error);
    if (status == PINAKES_OK)
        status = markdown_blocks(&page->arena, page->front.body, page->front.body_line, &page->blocks, error);
    if (status != PINAKES_OK)
        return status;
    if (page->front.mistake != NULL && page->sink->notice != NULL) {
        const char *message =
            arena_format(&page->arena, "the front matter is no YAML from here on: %s", page->front.mistake);
        page->sink->notice(page->sink->context, page->front.error_line,
                           message == NULL ? page->front.mistake : message);
    }
    take_front_matter(page);
    page->failed |= !title_from_name(&page->arena, base_of(span_of(source->name)), &page->name);
    if (page->failed)
        return error_no_memory(error);
    choose_layout(page);
    if (page->layout == LAYOUT_NONE)
        return PINAKES_OK;
    return page->layout == LAYOUT_ONE ? give_one(page, error) : give_many(page, error);
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
    return name.len > len && span_is_nocase((struct span){name.at + name.len - len, len}, ending);
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
    static const char *const others[] = {".bib",  ".json", ".jsonl", ".html", ".htm", ".xml", ".csv",
                                         ".tsv",  ".tex",  ".py",    ".c",    ".h",   ".sh",  ".yml",
                                         ".yaml", ".toml", ".ini",   ".js",   ".rs"};
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

const struct reader reader_markdown = {"markdown", claims_markdown, read_markdown};
