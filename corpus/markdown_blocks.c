#include "corpus/markdown_blocks.h"

#include "base/error.h"
#include "corpus/badge.h"
#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/markdown_collector.h"
#include "corpus/markdown_marks.h"
#include "corpus/markdown_rules.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/words.h"

#include <ctype.h>
#include <md4c.h>
#include <string.h>

static const struct open_block nothing = {.first = SIZE_MAX, .label_first = SIZE_MAX, .pointers = SIZE_MAX};

/* Blocks come in the order of the text, but for a few that md4c moves: then lines are counted anew. */
static uint32_t line_at(struct collector *collector, size_t offset, uint32_t first_line)
{
    if (offset < collector->counted_to) {
        collector->counted_to = 0;
        collector->line = first_line;
    }
    const char *at = collector->body.at + collector->counted_to;
    const char *end = collector->body.at + offset;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        collector->line++;
        at++;
    }
    collector->counted_to = offset;
    return collector->line;
}

/* A rule set right below a paragraph makes a heading of it; one of several lines was meant as a paragraph. */
static bool is_paragraph_over_rule(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    return memchr(collector->body.at + open->first, '\n', open->end - open->first) != NULL;
}

/* Four columns in front of the hash make code of a heading, which shows as text here. */
static bool is_indented_hash(const struct collector *collector)
{
    const char *at = collector->body.at + collector->open.first;
    size_t columns = 0;
    while (at > collector->body.at && at[-1] != '\n')
        at--;
    for (; *at == ' ' || *at == '\t'; at++)
        columns += *at == '\t' ? 4 : 1;
    return columns >= 4 && *at == '#' && collector->lists == 0;
}

static enum block_kind kind_of(const struct collector *collector)
{
    if (collector->heading > 0 && !is_paragraph_over_rule(collector) && !is_indented_hash(collector))
        return BLOCK_HEADING;
    if (collector->in_row)
        return BLOCK_ROW;
    if (collector->lists > 0)
        return BLOCK_ITEM;
    return collector->quotes > 0 ? BLOCK_QUOTE : BLOCK_PARAGRAPH;
}

/* URLs are no words, wherever they stand. */
static void blank_urls(char *words, size_t first, size_t end)
{
    const struct span text = {words + first, end - first};
    struct span link;
    for (size_t from = 0; link_next(text, &from, &link);)
        memset(words + first + (size_t)(link.at - text.at), ' ', link.len);
}

/* "{: target="_blank"}", "{:.no_toc}": what kramdown is told of a link or block is no word. */
static void blank_attributes(char *words, size_t first, size_t end)
{
    struct span text = {words + first, end - first};
    for (size_t at; (at = span_find(text, "{:")) != SIZE_MAX;) {
        const char *close = memchr(text.at + at, '}', text.len - at);
        if (close == NULL)
            return;
        const size_t bytes = (size_t)(close + 1 - (text.at + at));
        memset(words + (text.at + at - words), ' ', bytes);
        text = (struct span){text.at + at + bytes, text.len - at - bytes};
    }
}

/* An address that the parser takes for words, as one behind a colon of East Asia. */
static void take_bare_url(struct collector *collector)
{
    struct open_block *open = &collector->open;
    struct span link;
    size_t from = 0;
    if (open->url.len > 0 ||
        !link_next((struct span){collector->words + open->first, open->end - open->first}, &from, &link))
        return;
    const char *copy = arena_string(collector->arena, link);
    collector->failed |= copy == NULL;
    open->url = copy == NULL ? open->url : span_of(copy);
    open->paper = is_paper_address(open->url) ? open->url : open->paper;
}

static bool has_letter_or_digit(struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        if (is_ascii_digit(c) || is_ascii_letter(c) || (c & 0x80) != 0)
            return true;
    }
    return false;
}

static void add_cells(struct collector *collector, struct block *block)
{
    struct cell *cells = arena_array(collector->arena, collector->cell_count, sizeof *cells);
    collector->failed |= cells == NULL;
    for (size_t i = 0; cells != NULL && i < collector->cell_count; i++) {
        const struct open_cell *open = &collector->cells[i];
        cells[i].url = open->url;
        if (open->first < open->end) {
            cells[i].text = (struct span){collector->body.at + open->first, open->end - open->first};
            cells[i].words = (struct span){collector->words + open->first, open->end - open->first};
        }
    }
    block->cells = cells;
    block->cell_count = cells == NULL ? 0 : collector->cell_count;
    block->is_header = collector->in_header;
}

/* The bytes of the block before the links that only lead to what it names, when nothing is said behind them. */
static size_t pointed_bytes(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    if (open->pointers == SIZE_MAX ||
        (!open->pointers_apart && has_letter_or_digit(collector_slice(collector, open->pointers_end, open->end))))
        return 0;
    size_t end = open->pointers;
    for (size_t bytes; end > open->first; end -= bytes) {
        const struct span front = {collector->body.at, end};
        bytes = span_ends(front, "\u2014") || span_ends(front, "\u2013") ? 3 : 1;
        if (bytes == 1 && strchr(" \t[(|,/->`", front.at[end - 1]) == NULL)
            break;
    }
    return end - open->first;
}

/* The bytes of a paragraph before the address of a paper that has the last of its lines to itself; 0 when none has. */
static size_t bytes_above_address(const struct block *block)
{
    const char *newline =
        block->kind != BLOCK_PARAGRAPH || block->text.len == 0 ? NULL : memrchr(block->text.at, '\n', block->text.len);
    struct span link;
    if (newline == NULL)
        return 0;
    const size_t at = (size_t)(newline - block->text.at);
    return link_read(span_trim(span_from(block->text, at)), &link) == LINK_WEB && is_paper_address(link) ? at : 0;
}

/* Where words stand behind links that `pointed` bytes stand before; 0 when none do. */
static size_t remark_bytes(const struct collector *collector, size_t pointed)
{
    const struct open_block *open = &collector->open;
    if (pointed == 0)
        return 0;
    for (size_t at = open->pointers_end; at < open->end; at++)
        if (has_letter_or_digit((struct span){collector->words + at, 1}))
            return at - open->first;
    return 0;
}

/* "Paper link:", with the link on a line of its own below. */
static bool is_label_of_link(const struct block *block)
{
    struct span name, value;
    return block->kind == BLOCK_PARAGRAPH && label_split(span_trim(block->words), &name, &value) &&
           label_of(name) == LABEL_LINK;
}

/* Whether no part of a page is open yet: nothing but its title and few lines below. */
static bool is_at_top(const struct blocks *list)
{
    enum { MOST_BLOCKS = 4 };
    for (size_t i = 1; i < list->count; i++)
        if (list->at[i].kind == BLOCK_HEADING)
            return false;
    return list->count <= MOST_BLOCKS;
}

/* Whether the block that ends here stands within an item, right below its title. */
static bool is_within(const struct collector *collector, const struct block *above)
{
    return above->kind == BLOCK_ITEM && !above->is_more &&
           (collector->lists > above->level || (collector->in_more && collector->lists == above->level));
}

/* An address that stands alone right below a heading, or such a label, leads to what that names; that of a paper also
 * as the first item of a list, within an item, and below people, say, at the top of a page. */
static void add_address(struct collector *collector)
{
    const struct open_block *open = &collector->open;
    struct blocks *list = &collector->list;
    struct block *above = list->count == 0 ? NULL : &list->at[list->count - 1];
    if (above == NULL || above->url.len > 0 || (collector->lists > 0 && !is_paper_address(open->url)) ||
        !(above->kind == BLOCK_HEADING || is_within(collector, above) ||
          (collector->lists == 0 && (is_label_of_link(above) || (above->kind == BLOCK_PARAGRAPH && is_at_top(list) &&
                                                                 is_paper_address(open->url))))))
        return;
    above->url = open->url;
    above->paper = open->paper;
}

/* Pictures that show no word but say where what stands above them appeared, or lead to it: badges below a heading that
 * is not the page's, or within an item. */
static void add_pictures(struct collector *collector)
{
    const struct open_block *open = &collector->open;
    const struct blocks *list = &collector->list;
    struct block *above = list->count < 2 ? NULL : &list->at[list->count - 1];
    if (above == NULL || !(above->kind == BLOCK_HEADING || is_within(collector, above)))
        return;
    if (above->badge.len == 0)
        above->badge = open->badge;
    if (above->url.len == 0 && open->paper.len > 0)
        above->url = above->paper = open->paper;
}

/* The columns in front of the mark of the item whose text begins here, and whether that is a number. */
static size_t item_indent(const struct collector *collector, bool *numbered)
{
    const char *at = collector->body.at + collector->open.first;
    while (at > collector->body.at && at[-1] != '\n')
        at--;
    const char *start = at;
    while (is_blank(*at))
        at++;
    *numbered = is_ascii_digit(*at);
    return (size_t)(at - start);
}

/* How deep an item is nested. "1. Title" above "  - a note" is so as people see it, while CommonMark has two lists
 * there. */
static unsigned item_level(struct collector *collector)
{
    const unsigned level = collector->lists;
    bool numbered;
    const size_t indent = item_indent(collector, &numbered);
    if (!collector->in_more && numbered && (collector->numbered_level == 0 || level <= collector->numbered_level)) {
        collector->numbered_level = level;
        collector->numbered_indent = indent;
        collector->is_sunk = false;
    } else if (!collector->in_more && level <= collector->numbered_level) {
        collector->is_sunk = level == collector->numbered_level && indent > collector->numbered_indent;
        collector->numbered_level = collector->is_sunk ? level : 0;
    }
    return level + (collector->is_sunk && level >= collector->numbered_level ? 1 : 0);
}

static void add_block(struct collector *collector)
{
    struct open_block *const open = &collector->open;
    struct blocks *list = &collector->list;
    struct block *blocks = arena_grow(collector->arena, list->at, list->count, &collector->capacity, sizeof *blocks);
    if (blocks == NULL) {
        collector->failed = true;
        return;
    }
    list->at = blocks;
    take_bare_url(collector);
    blank_urls(collector->words, open->first, open->end);
    blank_attributes(collector->words, open->first, open->end);
    struct block *block = &blocks[list->count];
    const size_t pointed = pointed_bytes(collector);
    *block = (struct block){
        .kind = kind_of(collector),
        .level = collector->heading,
        .line = (uint32_t)open->first, /* an offset until all blocks are there */
        .text = {collector->body.at + open->first, open->end - open->first},
        .words = {collector->words + open->first, open->end - open->first},
        .url = open->url,
        .paper = open->paper,
        .label_is_link = open->label_is_link,
        .badge = open->badge,
        .is_links = !open->has_plain,
        .pointed = pointed,
        .remark = remark_bytes(collector, pointed),
    };
    if (block->kind == BLOCK_ITEM)
        block->level = item_level(collector);
    else
        collector->numbered_level = 0;
    if (pointed == 0)
        block->pointed = bytes_above_address(block);
    block->label = collector_label(collector);
    if (block->kind == BLOCK_ROW)
        add_cells(collector, block);
    block->label_is_all = block->label.len > 0 && span_trim(block->words).len == block->label.len;
    block->is_task = collector->in_task;
    block->is_more = block->kind == BLOCK_ITEM && collector->in_more;
    collector->in_task = false;
    if (!has_letter_or_digit(block->words)) {
        add_address(collector);
        add_pictures(collector);
        return;
    }
    collector->in_more = true;
    list->count++;
}

void collector_flush(struct collector *collector)
{
    if (collector->open.first != SIZE_MAX)
        add_block(collector);
    else if (collector->open.badge.len + collector->open.paper.len > 0)
        add_pictures(collector);
    collector->open = nothing;
    collector->in_label = false;
}

/* Whether a block of Markdown begins or ends within a row of HTML, which goes on: an empty line between two cells. */
static bool is_within_row(const struct collector *collector, MD_BLOCKTYPE type)
{
    return collector->table.in_row &&
           (type == MD_BLOCK_P || type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_LI);
}

static bool is_open_task(const MD_BLOCK_LI_DETAIL *item)
{
    return item->is_task != 0 && item->task_mark == ' ';
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct collector *collector = context;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) { /* a row is one block */
        if (collector->cell_count < MOST_CELLS)
            collector->cells[collector->cell_count++] = (struct open_cell){.first = SIZE_MAX};
        return 0;
    }
    if (!is_within_row(collector, type))
        collector_flush(collector);
    switch (type) {
    case MD_BLOCK_H:
        collector_close_tags(collector);
        collector->heading = ((const MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        collector->lists++;
        break;
    case MD_BLOCK_LI:
        collector->in_task = is_open_task(detail);
        collector->in_more = false;
        break;
    case MD_BLOCK_QUOTE:
        collector->quotes++;
        break;
    case MD_BLOCK_THEAD:
        collector->in_header = true;
        break;
    case MD_BLOCK_TR:
        collector->in_row = true;
        collector->cell_count = 0;
        break;
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
        collector->hidden++;
        break;
    default:
        break;
    }
    return collector->failed;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct collector *collector = context;
    (void)detail;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
        return 0;
    if (!is_within_row(collector, type))
        collector_flush(collector);
    switch (type) {
    case MD_BLOCK_H:
        collector->heading = 0;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        collector->lists--;
        break;
    case MD_BLOCK_QUOTE:
        collector->quotes--;
        break;
    case MD_BLOCK_THEAD:
        collector->in_header = false;
        break;
    case MD_BLOCK_TR:
        collector->in_row = false;
        break;
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
        collector->hidden--;
        break;
    default:
        break;
    }
    return collector->failed;
}

static struct span copy_attribute(struct collector *collector, const MD_ATTRIBUTE *attribute)
{
    const struct span text = {attribute->text, attribute->size};
    const char *copy = text.len == 0 ? "" : arena_string(collector->arena, text);
    collector->failed |= copy == NULL;
    return copy == NULL ? (struct span){0} : (struct span){copy, text.len};
}

void collector_take_url(struct collector *collector, struct span url)
{
    struct open_cell *cell =
        collector->in_row && collector->cell_count > 0 ? &collector->cells[collector->cell_count - 1] : NULL;
    if (collector->open.url.len == 0)
        collector->open.url = url;
    if (collector->open.paper.len == 0 && is_paper_address(url))
        collector->open.paper = url;
    if (cell != NULL && cell->url.len == 0)
        cell->url = url;
}

/* "![Title](https://arxiv.org/abs/2031.00001)" shows no picture: it is a link that was typed as one. */
static bool is_paper_as_picture(MD_SPANTYPE type, const void *detail)
{
    if (type != MD_SPAN_IMG)
        return false;
    const MD_ATTRIBUTE *source = &((const MD_SPAN_IMG_DETAIL *)detail)->src;
    const struct span url = {source->text, source->size};
    return is_paper_address(url);
}

void collector_take_picture(struct collector *collector, struct span source)
{
    if (collector->open.badge.len == 0)
        collector->failed |= !badge_read(collector->arena, source, &collector->open.badge);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct collector *collector = context;
    if (is_paper_as_picture(type, detail)) {
        collector_take_url(collector, copy_attribute(collector, &((const MD_SPAN_IMG_DETAIL *)detail)->src));
        collector_open_label(collector, true);
    } else if (type == MD_SPAN_IMG || (type == MD_SPAN_WIKILINK && collector->after_bang)) {
        if (type == MD_SPAN_IMG)
            collector_take_picture(collector, copy_attribute(collector, &((const MD_SPAN_IMG_DETAIL *)detail)->src));
        collector->hidden++;
    } else if (type == MD_SPAN_A) {
        const struct span url = copy_attribute(collector, &((const MD_SPAN_A_DETAIL *)detail)->href);
        collector_take_url(collector, url);
        collector_open_label(collector, true);
        collector->open.will_link = true;
    } else if (type == MD_SPAN_STRONG) {
        collector_open_label(collector, false);
    } else if (type == MD_SPAN_WIKILINK) { /* "[[pdf]](https://...)" */
        collector->open.will_link = true;
    }
    return collector->failed;
}

/* Whether the link stands in two brackets behind other words: "[[PyTorch](https://...)]", "[[pdf]](https://...)". */
static bool is_bracketed(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    return open->link_first >= open->first + 3 &&
           span_is((struct span){collector->body.at + open->link_first - 2, 2}, "[[");
}

/* Whether a bar parts the link from what it leads to: "Title | [pdf](...), notes". */
static bool is_behind_bar(const struct collector *collector)
{
    size_t at = collector->open.link_first;
    while (at > collector->open.first && strchr(" [", collector->body.at[at - 1]) != NULL)
        at--;
    return at > collector->open.first && collector->body.at[at - 1] == '|' && !collector->in_row;
}

/* A few words set apart as leading to what was named, or one more link behind such a one. */
static bool is_set_apart(const struct collector *collector, struct span name)
{
    enum { LONGEST_NAME = 24 };
    return name.len <= LONGEST_NAME && (is_bracketed(collector) || collector->open.pointers != SIZE_MAX);
}

void collector_close_link(struct collector *collector)
{
    struct open_block *open = &collector->open;
    if (!open->in_link)
        return;
    open->in_link = false;
    blank_urls(collector->words, open->link_first, open->link_end);
    const struct span name = collector_slice(collector, open->link_first, open->link_end);
    if (name.len == 0) /* an address, as behind "[[pdf]]" */
        return;
    if (!is_link_name(name) && !is_set_apart(collector, name)) {
        if (!open->pointers_apart)
            open->pointers = SIZE_MAX;
        return;
    }
    if (open->pointers == SIZE_MAX ||
        (!open->pointers_apart &&
         has_letter_or_digit(collector_slice(collector, open->pointers_end, open->link_first)))) {
        open->pointers = open->link_first;
        open->pointers_apart = is_bracketed(collector) || is_behind_bar(collector);
    }
    open->pointers_end = open->link_end;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct collector *collector = context;
    if (is_paper_as_picture(type, detail)) {
        collector->in_label = false;
    } else if (type == MD_SPAN_IMG || (type == MD_SPAN_WIKILINK && collector->after_bang)) {
        collector->hidden--;
        collector->after_bang = false;
    } else if (type == MD_SPAN_A || type == MD_SPAN_STRONG) {
        collector->in_label = false;
        if (type == MD_SPAN_A)
            collector_close_link(collector);
    } else if (type == MD_SPAN_WIKILINK) {
        collector_close_link(collector);
    }
    return collector->failed;
}

static bool is_tag_byte(char c)
{
    return is_ascii_digit(c) || is_ascii_letter(c) || c == '-' || c == '_' || c == '/' || (c & 0x80) != 0;
}

static void add_tag(struct collector *collector, struct span text)
{
    struct blocks *list = &collector->list;
    struct block_tag *tags =
        arena_grow(collector->arena, list->tags, list->tag_count, &collector->tag_capacity, sizeof *tags);
    collector->failed |= tags == NULL;
    if (tags == NULL)
        return;
    list->tags = tags;
    tags[list->tag_count++] = (struct block_tag){text, (uint32_t)(text.at - collector->body.at)};
}

/* "#tag" as Obsidian has it: behind a space, not a number. */
static void find_tags(struct collector *collector, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char *at = text.at + i;
        if (*at != '#' || (at > collector->body.at && !is_blank(at[-1])))
            continue;
        size_t len = 0;
        bool has_letter = false;
        for (; i + 1 + len < text.len && is_tag_byte(at[1 + len]); len++)
            has_letter |= at[1 + len] > '9' || (at[1 + len] & 0x80) != 0;
        if (len > 0 && has_letter)
            add_tag(collector, (struct span){at + 1, len});
        i += len;
    }
}

static void take_text(struct collector *collector, struct span text)
{
    const size_t start = (size_t)(text.at - collector->body.at);
    struct open_block *open = &collector->open;
    memcpy(collector->words + start, text.at, text.len);
    if (open->first == SIZE_MAX || start < open->first)
        open->first = start;
    if (start + text.len > open->end)
        open->end = start + text.len;
    if (collector->in_row && collector->cell_count > 0) {
        struct open_cell *cell = &collector->cells[collector->cell_count - 1];
        cell->first = start < cell->first ? start : cell->first;
        cell->end = start + text.len > cell->end ? start + text.len : cell->end;
    }
    if (open->will_link) {
        open->link_first = start;
        open->in_link = true;
        open->will_link = false;
    }
    collector->table.has_plain |= !collector->in_tagged_bold && has_letter_or_digit(text);
    open->link_end = open->in_link ? start + text.len : 0;
    open->has_plain |= !open->in_link && has_letter_or_digit(text);
    if (collector->in_label) {
        if (open->label_first == SIZE_MAX)
            open->label_first = start;
        open->label_end = start + text.len;
    }
}

/* Whether a line sets several words in bold in front of a link: "**Quiet Pages for Readers** (2031) [pdf](...)". */
static bool is_bold_with_link(struct span line)
{
    enum { FEWEST_WORDS = 4 };
    line = span_trim(line);
    const size_t close = span_starts(line, "**") ? span_find(span_from(line, 2), "**") : SIZE_MAX;
    return close != SIZE_MAX && has_words(span_until(span_from(line, 2), close), FEWEST_WORDS) &&
           span_find(span_from(line, close), "](http") != SIZE_MAX;
}

/* Whether the line that ends where the block does so far, and the next one, are each set so: a list without marks. */
static bool parts_lines(const struct collector *collector)
{
    const struct open_block *open = &collector->open;
    if (open->first == SIZE_MAX || collector->in_row || collector->heading > 0 || collector->lists > 0 ||
        collector->in_label || open->in_link)
        return false;
    const char *body = collector->body.at;
    const char *start = memrchr(body, '\n', open->end),
               *end = memchr(body + open->end, '\n', collector->body.len - open->end);
    start = start == NULL ? body : start + 1;
    if (end == NULL)
        return false;
    struct span next, rest = span_from(collector->body, (size_t)(end + 1 - body));
    return line_cut(&rest, &next) && is_bold_with_link((struct span){start, (size_t)(end - start)}) &&
           is_bold_with_link(next);
}

static int text_found(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    struct collector *collector = context;
    if ((type == MD_TEXT_SOFTBR || type == MD_TEXT_BR) && parts_lines(collector)) {
        collector_flush(collector);
        return collector->failed;
    }
    const bool inside = text >= collector->body.at && text + size <= collector->body.at + collector->body.len;
    if (collector->hidden > 0 || !inside || size == 0)
        return 0;
    if (type == MD_TEXT_HTML && text[0] == '<')
        collector_take_tag(collector, span_from(collector->body, (size_t)(text - collector->body.at)));
    /* An entity is shown as written; its name is no word. HTML and line breaks are nothing to read. */
    if (type != MD_TEXT_NORMAL && type != MD_TEXT_CODE && type != MD_TEXT_LATEXMATH)
        return 0;
    const struct span piece = {text, size};
    if (type == MD_TEXT_NORMAL && collector->heading == 0)
        find_tags(collector, piece);
    collector->after_bang = text[size - 1] == '!';
    take_text(collector, piece);
    return collector->failed;
}

/* A Markdown block has no empty line inside, but one of quote marks alone is empty to a reader of the passage. */
static void finish_lines(struct collector *collector, uint32_t first_line)
{
    for (size_t i = 0; i < collector->list.count; i++)
        collector->list.at[i].line = line_at(collector, collector->list.at[i].line, first_line);
    collector->counted_to = 0;
    collector->line = first_line;
    for (size_t i = 0; i < collector->list.tag_count; i++)
        collector->list.tags[i].line = line_at(collector, collector->list.tags[i].line, first_line);
}

/* ---- headings without a space -------------------------------------------------------------------------------- */

/* The number signs that open a line; 0 for none or too many. */
static size_t heading_signs(struct span line)
{
    enum { MOST = 6 };
    size_t signs = 0;
    while (signs < line.len && line.at[signs] == '#')
        signs++;
    return signs <= MOST ? signs : 0;
}

/* "##Part", "#A title of several words": not "#tag", nor "#tag #another". */
static bool is_tight_heading(struct span line, size_t signs)
{
    enum { FEWEST_SPACES = 2 };
    const struct span text = span_trim(span_from(line, signs));
    size_t spaces = 0;
    for (size_t i = 0; i < text.len; i++)
        spaces += is_blank(text.at[i]);
    return text.len > 0 && (text.at[0] != '!' || span_starts(text, "![")) && (signs > 1 || spaces >= FEWEST_SPACES);
}

/* Whether a page sets its headings without the space behind the number sign, as was usual before CommonMark. Where one
   is set with it, "#word" is a tag. */
static bool has_tight_headings(struct span body)
{
    bool found = false, in_code = false;
    for (struct span line; line_cut(&body, &line);) {
        if (span_starts(line, "```") || span_starts(line, "~~~"))
            in_code = !in_code;
        const size_t signs = in_code ? 0 : heading_signs(line);
        if (signs == 0 || signs == line.len)
            continue;
        if ((is_blank(line.at[signs]) && signs == 1) || span_find(span_from(line, signs), " #") != SIZE_MAX)
            return false;
        found |= !is_blank(line.at[signs]) && is_tight_heading(line, signs);
    }
    return found;
}

/* Whether the byte at `i` escapes the next one, and so shows as nothing. */
static bool is_escape(struct span text, struct span words, size_t i)
{
    return text.at[i] == '\\' && words.at[i] == ' ' && i + 1 < text.len && words.at[i + 1] != ' ' &&
           ispunct((unsigned char)text.at[i + 1]);
}

struct span shown_words(struct arena *arena, struct span text, struct span words)
{
    size_t to = 0;
    if (text.len == 0 || memchr(text.at, '\\', text.len) == NULL)
        return words;
    char *shown = arena_string(arena, words);
    if (shown == NULL)
        return (struct span){0};
    for (size_t i = 0; i < words.len; i++) {
        if (is_escape(text, words, i))
            continue;
        while (text.at[i] == '\n' && to < i) /* a break of lines may be a blank among the words */
            shown[to++] = ' ';
        shown[to++] = words.at[i];
    }
    memset(shown + to, ' ', words.len - to);
    return (struct span){shown, words.len};
}

static pinakes_status parse(struct arena *arena, struct span body, uint32_t first_line, struct blocks *out,
                            pinakes_error *error)
{
    *out = (struct blocks){0};
    struct collector collector = {.arena = arena, .body = body, .open = nothing, .line = first_line};
    collector.words = arena_alloc(arena, body.len + 1);
    if (collector.words == NULL)
        return error_no_memory(error);
    memset(collector.words, ' ', body.len);
    const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_LATEXMATHSPANS |
                 MD_FLAG_WIKILINKS | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS |
                 (has_tight_headings(body) ? MD_FLAG_PERMISSIVEATXHEADERS : 0U),
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text_found,
    };
    const int failed = md_parse(body.at, (MD_SIZE)body.len, &parser, &collector);
    if (failed != 0 || collector.failed)
        return error_no_memory(error);
    finish_lines(&collector, first_line);
    *out = collector.list;
    return PINAKES_OK;
}

/* Makes texts of the parsed copy texts of `body`; false when one of them holds a rule that was made wider. */
static bool move_texts(const struct wide_rules *wide, struct span body, struct blocks *blocks)
{
    bool moved = true;
    for (size_t i = 0; i < blocks->count; i++) {
        struct block *block = &blocks->at[i];
        moved &= rules_narrow(wide, body, &block->text);
        for (size_t j = 0; j < block->cell_count; j++)
            moved &= rules_narrow(wide, body, &block->cells[j].text);
    }
    for (size_t i = 0; i < blocks->tag_count; i++)
        moved &= rules_narrow(wide, body, &blocks->tags[i].text);
    return moved;
}

pinakes_status markdown_blocks(struct arena *arena, struct span body, uint32_t first_line, struct blocks *out,
                               pinakes_error *error)
{
    struct wide_rules wide;
    char *settled = arena_string(arena, body);
    if (settled == NULL)
        return error_no_memory(error);
    marks_settle(settled, body.len);
    const struct span source = {settled, body.len};
    if (!rules_widen(arena, source, &wide))
        return error_no_memory(error);
    pinakes_status status = parse(arena, wide.text, first_line, out, error);
    if (status != PINAKES_OK || move_texts(&wide, body, out))
        return status;
    if (!rules_keep(arena, source, &wide))
        return error_no_memory(error);
    status = parse(arena, wide.text, first_line, out, error);
    if (status == PINAKES_OK)
        (void)move_texts(&wide, body, out);
    return status;
}
