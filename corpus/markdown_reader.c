#include "base/error.h"
#include "corpus/address.h"
#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/markdown_census.h"
#include "corpus/markdown_citation.h"
#include "corpus/markdown_draft.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

enum { MOST_RECORD_BLOCKS = 12, MOST_AUTHORS = 1000, MOST_COLUMNS = 64 };

/* ---- drafts -------------------------------------------------------------------------------------------------- */

/* What the headings above say of every paper below them. */
struct shelf {
    struct stamp stamp;
    struct span text;
    uint32_t line;
    unsigned level; /* of the heading it comes from */
};

static void add_passage(struct page *page, struct meta *meta, enum field field, const struct block *block)
{
    passage_add(&page->arena, meta, field, block->line, block->text, block->words);
}

/* Whether all lines of the block are fields of the record. */
static bool take_record_block(struct page *page, struct meta *meta, const struct block *block)
{
    const struct span shown = shown_words(&page->arena, block->text, block->words);
    struct span rest = block->text, text;
    uint32_t number = block->line;
    bool all = true;
    meta->failed |= shown.at == NULL;
    for (; shown.at != NULL && line_cut(&rest, &text); number++) {
        const struct span words = {shown.at + (text.at - block->text.at), text.len};
        all &= meta_take_line(&page->arena, meta, text, words, number);
    }
    if (all && meta->url.len == 0)
        meta->url = block->url;
    return all;
}

/* A row of two cells may be a field of the record: "| Venue | SOSP |". */
static bool take_record_row(struct page *page, struct meta *meta, const struct block *block)
{
    if (block->cell_count != 2 || block->cells[1].text.len == 0)
        return false;
    const struct cell *cell = &block->cells[1];
    const struct span name = without_ornament(span_trim(block->cells[0].words)); /* a picture may stand in front */
    const enum label label = conventions_label(meta->conventions, name);
    const struct value value = {cell->words, cell->text, block->line, false};
    if (label == LABEL_LINK && cell->url.len > 0) {
        meta->url = cell->url;
        return true;
    }
    return meta_take(&page->arena, meta, label, &value);
}

/* "# Raft": the heading names what the paper is about, and its title may stand below. */
static bool is_name_only(const struct page_draft *draft)
{
    return draft->title_text.len > 0 && !draft->title.is_likely;
}

/* "Jul 2016" right below a title is when the paper appeared. */
static bool take_month(struct meta *meta, struct span words)
{
    const int year = meta->year == 0 ? year_behind_month(words) : 0;
    meta->year = year != 0 ? year : meta->year;
    return year != 0;
}

/* The first block below the title: its first line may name the authors without a label, or the block be a reference. */
static size_t take_first_block(struct page *page, struct meta *meta, const struct page_draft *draft,
                               const struct block *block)
{
    struct span rest = block->text, text;
    struct span name, value;
    if (block->kind == BLOCK_ROW || !line_cut(&rest, &text) ||
        (label_split(span_trim(span_until(block->words, text.len)), &name, &value) &&
         conventions_label(meta->conventions, name) != LABEL_NONE))
        return 0;
    (void)meta_take_reference(&page->arena, meta, draft->title.text, is_name_only(draft), block->words, block->line);
    const struct span words = span_until(block->words, text.len);
    const bool taken = take_month(meta, words) || meta_take_byline(&page->arena, meta, text, words, block->line) ||
                       meta_take_names(&page->arena, meta, text, words, block->line);
    const bool leads = !block->label_is_link || is_paper_address(block->url); /* and not to somebody's pages */
    if (taken && leads && meta->url.len == 0 && span_find(block->url, "://") != SIZE_MAX)
        meta->url = block->url;
    return taken ? block->text.len - rest.len : 0;
}

/* The value of a heading that is a label: "## Authors" and a line below. */
static bool take_headed(struct page *page, struct meta *meta, enum label label, const struct block *block)
{
    const struct value value = {block->words, block->text, block->line, false};
    const bool record = label == LABEL_AUTHORS || label == LABEL_VENUE || label == LABEL_YEAR || label == LABEL_TAGS ||
                        label == LABEL_TITLE;
    return record && block->kind != BLOCK_ROW && meta_take(&page->arena, meta, label, &value);
}

/* The block from its second line on, when the first was taken. */
static struct block block_from(const struct block *block, size_t bytes)
{
    struct block left = *block;
    left.text = span_from(block->text, bytes);
    left.words = span_from(block->words, bytes);
    left.line += bytes > 0;
    return left;
}

/* The bytes of the line that opens a callout, "[!abstract] TL;DR"; 0 when the block is none. Sets the field that it
 * names. */
static size_t callout_bytes(const struct block *block, enum field *field)
{
    static const char *const abstracts[] = {"[!abstract", "[!summary", "[!tldr"};
    struct span rest = block->text, line;
    if (block->kind == BLOCK_HEADING || !line_cut(&rest, &line) || !span_starts(line, "[!") ||
        span_find(line, "]") == SIZE_MAX)
        return 0;
    for (size_t i = 0; i < sizeof abstracts / sizeof abstracts[0]; i++)
        if (span_starts_nocase(line, abstracts[i]))
            *field = FIELD_ABSTRACT;
    return block->text.len - rest.len;
}

/* "## Citation" and a reference to the paper itself, wherever in its notes, fills what nothing else says. */
static void take_own_reference(struct page *page, struct meta *meta, const struct page_draft *draft,
                               const struct block *block)
{
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 1200 };
    const bool complete = meta->year != 0 && meta->venue.len > 0 && meta->authors.count > 0;
    if (complete || block->kind == BLOCK_ROW || block->words.len > LONGEST_BYTES ||
        block->words.len <= draft->title.text.len || !has_words(draft->title.text, FEWEST_WORDS))
        return;
    (void)meta_take_reference(&page->arena, meta, draft->title.text, false, block->words, block->line);
}

/* The words of the first link of a note; empty where it shows an address as it is. */
static struct span first_link_words(const struct block *block)
{
    const size_t close = span_find(block->text, "](");
    if (close == SIZE_MAX)
        return (struct span){block->words.at, 0};
    const char *open = memrchr(block->text.at, '[', close);
    const size_t start = open == NULL ? 0 : (size_t)(open - block->text.at);
    return span_trim(span_from(span_until(block->words, close), start));
}

/* Whether the first link of a note may lead to the paper: by an address as it is, "here", "paper" or the title, while
 * the words of a link within a sentence name something else, "a variant of [QX](https://...)". */
static bool may_lead_to_paper(const struct block *block, struct span title)
{
    const struct span words = first_link_words(block);
    return block->label_is_link || words.len == 0 || is_link_name(words) || is_same_title(words, title) ||
           span_is_nocase(words, "here") || span_is_nocase(words, "this paper") || span_is_nocase(words, "the paper");
}

/* Whether it does: by the title, from the front of the note as "paper" or by nothing but the address, or from below. */
static bool leads_to_paper(const struct block *block, struct span title)
{
    const struct span words = first_link_words(block);
    const bool below = span_find(block->text, "://") == SIZE_MAX;
    return is_paper_address(block->url) &&
           (is_same_title(words, title) || (block->label_is_link && is_link_name(words)) || below);
}

/* "Paper link: https://...", "Link to paper - [PDF](https://...)". */
static bool is_labelled_link(const struct block *block)
{
    static const char *const joints[] = {":", " -", " \u2013", "\uff1a"};
    const struct span words = span_trim(block->words);
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        const size_t at = span_find(words, joints[i]);
        const struct span name = span_until(words, at == SIZE_MAX ? 0 : at);
        if (span_find(name, "aper") != SIZE_MAX && label_of(name) == LABEL_LINK)
            return true;
    }
    return false;
}

/* "[Paper PDF](https://...)" alone, or such a label, wherever in its notes, leads to the paper that no other link led
 * to; slides do not. */
static void take_link_to_paper(struct meta *meta, const struct page_draft *draft, const struct block *block)
{
    static const char *const names[] = {"paper", "pdf", "arxiv", "\u8bba\u6587", "\u539f\u6587"};
    bool named = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        named |= span_starts_nocase(block->label, names[i]);
    named &= block->label_is_link && block->label_is_all && is_link_name(block->label);
    if (!(named || is_labelled_link(block)) || !is_paper_address(block->url) || draft->url.len > 0 ||
        (meta->url.len > 0 && !meta->url_is_beside))
        return;
    meta->url = block->url;
    meta->url_is_beside = false;
}

static void add_notes(struct page *page, struct meta *meta, const struct page_draft *draft)
{
    enum field field = FIELD_NOTE;
    enum label label = LABEL_NONE;
    bool in_record = true, noted = false, fielded = false;
    for (size_t i = draft->first; i < draft->end; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct view *view = &page->views[i];
        if (block->kind == BLOCK_HEADING) {
            in_record &= !noted; /* "## Paper Info" may come first */
            field = view->kind == VIEW_PART ? view->field : FIELD_NOTE;
            label = page_heading_label(page, i);
            if (view->kind == VIEW_PART || view->kind == VIEW_PAGE || label != LABEL_NONE)
                continue;
        } else if (take_headed(page, meta, label, block)) {
            continue;
        }
        if (block->kind == BLOCK_ROW && take_record_row(page, meta, block))
            continue;
        in_record &= i < draft->first + MOST_RECORD_BLOCKS;
        if (block->is_field && (in_record || !fielded || block[-1].is_field)) {
            (void)take_record_block(page, meta, block);
            fielded = true;
            continue;
        }
        enum field shown = field;
        const size_t opening = callout_bytes(block, &shown);
        const size_t taken =
            opening == 0 && in_record && i == draft->first ? take_first_block(page, meta, draft, block) : opening;
        const struct block left = block_from(block, taken);
        if (left.text.len == 0 || (in_record && block->kind != BLOCK_ROW && take_record_block(page, meta, &left)))
            continue;
        if (!noted && in_record && block->kind == BLOCK_PARAGRAPH)
            (void)meta_take_told(meta, block->words);
        if (in_record)
            (void)meta_take_behind_title(meta, draft->title.text, block->words);
        take_own_reference(page, meta, draft, block);
        take_link_to_paper(meta, draft, block);
        add_passage(page, meta, shown, &left);
        noted |= block->kind != BLOCK_ROW; /* a table in front of the record tells of the page */
        if (meta->url.len == 0 && in_record && draft->url.len == 0 && !span_ends(block->url, ".md") &&
            may_lead_to_paper(block, draft->title.text)) {
            meta->url = block->url;
            meta->url_is_beside = block->url.len > 0 && !leads_to_paper(block, draft->title.text);
        }
    }
}

static void add_tags(struct page *page, struct meta *meta, uint32_t first_line, uint32_t end_line)
{
    for (size_t i = 0; i < page->blocks.tag_count; i++) {
        const struct block_tag *tag = &page->blocks.tags[i];
        if (tag->line < first_line || tag->line >= end_line)
            continue;
        const struct value value = {tag->text, tag->text, tag->line, true};
        (void)meta_take(&page->arena, meta, LABEL_TAGS, &value);
    }
}

/* A title that a line of the record gives: "Title: ...". It stands above one taken from a heading or the file's
 * name. */
static void take_named_title(struct page *page, struct meta *meta, struct page_draft *draft)
{
    struct clean_title title;
    if (meta->title.len == 0)
        return;
    meta->failed |= !title_clean(&page->arena, meta->title, false, &title);
    if (meta->failed || title.text.len == 0 || is_placeholder(title.text) ||
        (draft->title_text.len > 0 && is_same_title(title.text, draft->title.text)))
        return;
    stamp_add(&title.stamp, &draft->title.stamp);
    draft->title = title;
    draft->line = meta->title_line;
    if (page->meta.title.len == 0)
        draft->rule = "a line that names the paper";
}

/* What its address says of a paper, unless its notes name another venue. */
static void fill_from_address(struct meta *meta, struct span url)
{
    struct stamp stamp;
    if (stamp_of_address(url, &stamp) &&
        (meta->venue.len == 0 || stamp.venue.len == 0 || is_same_title(meta->venue, stamp.venue)))
        meta_fill_venue(meta, &stamp);
}

/* "arXiv 2011" of a paper at arxiv.org/abs/2011.01234: a year and a month, and no year. */
static void take_year_of_month(struct meta *meta, struct span url)
{
    const struct span id = arxiv_in(url);
    int digits = 0;
    for (size_t i = 0; i < 4 && i < id.len && is_ascii_digit(id.at[i]); i++)
        digits = digits * 10 + id.at[i] - '0';
    if (meta->year != 0 && digits == meta->year && arxiv_year(id) != 0)
        meta->year = arxiv_year(id);
}

/* Whether the words are one of a title's. */
static bool is_word_of(struct span title, struct span words)
{
    for (struct word word; word_next(&title, &word);)
        if (word.text.len == words.len && is_same_title(word.text, words))
            return true;
    return false;
}

/* "triton-2031.md", "doe2031tiled.md": the year in a file's name that is made as people cite, of a word of the title
 * with it, or of an author, the year and such a word; 0 when the file is not called so. */
static int year_of_short_name(const struct page *page, struct span title)
{
    enum { YEAR_DIGITS = 4, FEWEST_LETTERS = 2 };
    struct span name = span_of(page->source->name);
    const char *slash = memrchr(name.at, '/', name.len), *stop = memrchr(name.at, '.', name.len);
    const size_t start = slash == NULL ? 0 : (size_t)(slash + 1 - name.at);
    name = span_from(span_until(name, stop == NULL ? name.len : (size_t)(stop - name.at)), start);
    size_t letters = 0;
    while (letters < name.len && is_ascii_letter(name.at[letters]))
        letters++;
    const bool parted = letters < name.len && strchr("-_", name.at[letters]) != NULL;
    const struct span first = span_until(name, letters), rest = span_from(name, letters + parted);
    if (letters < FEWEST_LETTERS || rest.len < YEAR_DIGITS || year_find(span_until(rest, YEAR_DIGITS)) == 0)
        return 0;
    const struct span behind = span_from(rest, YEAR_DIGITS);
    const bool cited =
        parted ? behind.len == 0 && is_word_of(title, first) : behind.len > 0 && is_word_of(title, behind);
    return cited ? year_find(span_until(rest, YEAR_DIGITS)) : 0;
}

static void fill_record(struct page *page, struct meta *meta, const struct page_draft *draft, const struct shelf *shelf)
{
    struct span authors = draft->title.authors;
    if (meta->authors.count == 0)
        for (struct span name; meta->authors.count < MOST_AUTHORS && name_next(&authors, &name);)
            meta_add_author(&page->arena, meta, name);
    meta_fill_venue(meta, &draft->title.stamp);
    if (!page->is_log || shelf->stamp.venue.len > 0)
        meta_fill_venue(meta, &shelf->stamp);
    meta_fill_venue(meta, &page->name.stamp);
    if (meta->year == 0 && !meta->url_is_beside)
        fill_from_address(meta, meta->url.len > 0 ? meta->url : draft->url);
    meta_fill_venue(meta, &page->folder);
    take_year_of_month(meta, meta->url.len > 0 ? meta->url : draft->url);
    if (meta->year == 0 && page->layout == LAYOUT_ONE)
        meta->year = year_of_short_name(page, draft->title.text);
}

/* Whether a list has a paper once more, as in another of its sections, and says nothing new of it. Sets `failed` of
 * `meta` where memory is short. */
static bool is_listed_again(struct page *page, struct meta *meta, struct span title)
{
    enum { FEWEST_WORDS = 3 };
    bool noted = false;
    for (size_t i = 0; i < meta->passages.count; i++)
        noted |= meta->passages.at[i].field == FIELD_NOTE;
    if (meta->year == 0 || !has_words(title, FEWEST_WORDS) ||
        (page->layout != LAYOUT_ITEMS && page->layout != LAYOUT_ROWS))
        return false;
    const char *listed =
        arena_format(&page->arena, "%.*s\n%.*s %d", SPAN_ARGS(title), SPAN_ARGS(meta->venue), meta->year);
    meta->failed |= listed == NULL;
    if (listed != NULL && name_set_has(&page->listed, span_of(listed)))
        return !noted;
    meta->failed |= listed != NULL && !name_set_add(&page->listed, &page->arena, span_of(listed));
    return false;
}

static pinakes_status give_paper(struct page *page, struct page_draft *draft, const struct shelf *shelf,
                                 struct meta meta, pinakes_error *error)
{
    const uint32_t first_line = draft->line;
    const uint32_t end_line = draft->end < page->blocks.count ? page->blocks.at[draft->end].line : UINT32_MAX;
    if (draft->title_text.len > 0)
        passage_add(&page->arena, &meta, FIELD_TITLE, draft->line, draft->title_text, draft->title_words);
    if (shelf->stamp.venue.len > 0)
        passage_add(&page->arena, &meta, FIELD_VENUE, shelf->line, shelf->text, shelf->text);
    page_draft_add_rest(page, &meta, draft);
    add_notes(page, &meta, draft);
    add_tags(page, &meta, first_line, end_line);
    if (page->layout == LAYOUT_ONE)
        (void)meta_take_citation(&page->arena, &meta, draft->title.text, is_name_only(draft), page->front.body,
                                 page->front.body_line);
    take_named_title(page, &meta, draft);
    fill_record(page, &meta, draft, shelf);
    const bool again = is_listed_again(page, &meta, draft->title.text);
    if (meta.failed)
        return error_no_memory(error);
    const struct paper paper = {
        .id = meta.id,
        .title = draft->title.text,
        .venue = meta.venue,
        .url = meta.url.len > 0 ? meta.url : draft->url,
        .doi = meta.doi,
        .arxiv = meta.arxiv,
        .pmid = meta.pmid,
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
    return again || is_placeholder(paper.title) ? PINAKES_OK : page->sink->paper(page->sink->context, &paper, error);
}

/* ---- titles -------------------------------------------------------------------------------------------------- */

static const char *heading_rule(struct page *page, const struct shelf *shelf, const struct block *block)
{
    static const char *const levels[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
    const char *rule = arena_format(&page->arena, "a %s-level heading%s", levels[block->level - 1],
                                    shelf->stamp.venue.len > 0 || shelf->stamp.year != 0 ? " below a venue" : "");
    return rule == NULL ? "a heading" : rule;
}

static void take_title(struct page_draft *draft, const struct block *block, const struct view *view)
{
    const size_t bytes = block->pointed > 0 ? block->pointed : block->text.len;
    draft->title = view->title;
    draft->line = block->line;
    draft->title_text = span_until(block->text, bytes);
    draft->title_words = span_until(block->words, bytes);
    draft->url = block->paper.len > 0 ? block->paper : block->url;
    draft->rest_text = draft->rest_words = (struct span){block->text.at, 0};
    if (view->label.len == 0)
        return;
    const size_t start = view->has_name ? 0 : (size_t)(view->label.at - block->words.at);
    const size_t end = (size_t)(view->label.at + view->label.len - block->words.at);
    draft->title_text = span_from(span_until(block->text, end), start);
    draft->title_words = span_from(span_until(block->words, end), start);
    for (size_t i = 0; i < start; i++)
        draft->line += block->text.at[i] == '\n' ? 1 : 0;
    page_draft_set_rest(draft, block, end);
}

/* A heading above papers: one that names a venue or a year holds until the next of its level. */
static void take_shelf(struct page *page, struct shelf *shelf, size_t at)
{
    const struct block *block = &page->blocks.at[at];
    const struct view *view = &page->views[at];
    if (block->kind != BLOCK_HEADING || page_begins_paper(page, at) || page_stamps_paper(page, at))
        return;
    const bool below = shelf->level > 0 && block->level > shelf->level;
    if (view->stamp.venue.len == 0 && view->stamp.year == 0) {
        if (!below && view->kind != VIEW_PART)
            *shelf = (struct shelf){0};
        return;
    }
    const struct stamp above = shelf->stamp;
    *shelf = (struct shelf){view->stamp, block->text, block->line, below ? shelf->level : block->level};
    if (view->stamp.venue.len == 0 && block->level > 1)
        shelf->stamp.venue = above.venue;
    if (below)
        stamp_add(&shelf->stamp, &above);
}

/* Takes venue and year from headings below that of the paper, where it names none itself. */
static void take_stamps_below(const struct page *page, struct page_draft *draft)
{
    for (size_t i = draft->first; i < draft->end; i++)
        if (draft->title.stamp.venue.len == 0 && page_stamps_paper(page, i))
            stamp_add(&draft->title.stamp, &page->views[i].stamp);
}

/* ---- papers -------------------------------------------------------------------------------------------------- */

static const char *rule_of(struct page *page, const struct shelf *shelf, const struct block *block)
{
    switch (block->kind == BLOCK_ITEM ? LAYOUT_ITEMS : page->layout) {
    case LAYOUT_HEADINGS:
        return heading_rule(page, shelf, block);
    case LAYOUT_KEYED:
        return "a heading above a citation key";
    case LAYOUT_LABELS:
        return "a line that names the paper";
    default:
        return page->views[block - page->blocks.at].has_name ? "a list item with a linked title behind a short name"
               : block->label_is_link                        ? "a list item that opens with a linked title"
               : block->label.len > 0                        ? "a list item that opens with a bold title"
                                                             : "a list item in title case below a venue, or with one";
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
    take_title(draft, &page->blocks.at[heading + 1], &view);
    draft->rule = "a line in bold that spells out the heading above it";
    draft->first = heading + 2;
}

/* "Notes on Example et al., Title" above a heading "Title", as tools for citations make it, is about the latter; so is
 * "canopy", the page's short name, above "Canopy: A Study of Pages". */
static bool heading_ends_title(const struct page *page)
{
    enum { SHORT = 3 };
    const struct span title = page->meta.title;
    if (page->first == page->blocks.count || page->views[page->first].kind != VIEW_TITLE)
        return false;
    const bool recorded = page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0;
    if (!recorded && !has_words(title, SHORT) && page->blocks.at[page->first].level == 1)
        return true;
    const struct span heading = page->views[page->first].title.text;
    return heading.len < title.len && is_same_title(span_from(title, title.len - heading.len), heading);
}

/* A first line that is a title with its venue, set as running text: "Quiet Caches: A Study (OSDI 2030)". */
static bool take_plain_title(struct page *page, struct page_draft *draft)
{
    const struct block *block = page->blocks.count == 0 ? NULL : &page->blocks.at[0];
    struct view view = {.kind = VIEW_TITLE, .title = page->opening};
    struct span rest, line;
    if (page_opens_with_title(page)) {
        if (block_opening(block).len < block->words.len)
            view.label = block_opening(block);
        take_title(draft, block, &view);
        draft->rule = block->label_is_link        ? "a first line that links to the paper"
                      : page_opens_as_named(page) ? "a first line, after which the file is called"
                                                  : "a first line above its authors";
        draft->first = 1;
        return true;
    }
    if (block == NULL || block->kind != BLOCK_PARAGRAPH || (rest = block->text, !line_cut(&rest, &line)) ||
        span_trim(rest).len > 0)
        return false;
    if (!view.title.is_likely || view.title.stamp.venue.len == 0 || view.title.stamp.doubtful)
        return false;
    take_title(draft, block, &view);
    draft->rule = "a first line in title case, with its venue";
    draft->first = 1;
    return true;
}

/* Takes the title in full from the line below a heading that is but its name. */
static void take_full_title(struct page *page, struct page_draft *draft)
{
    struct clean_title title;
    if (!page_titled_below(page, &page->arena, page->first, &title))
        return;
    const struct view view = {.kind = VIEW_TITLE, .title = title};
    take_title(draft, &page->blocks.at[page->first + 1], &view);
    draft->rule = "a line that spells out the heading above it";
    draft->first = page->first + 2;
}

/* Takes the title from a link to the paper, below a heading or in a file whose name is none. */
static void take_linked_title(struct page *page, struct page_draft *draft)
{
    struct clean_title title;
    if (draft->title.is_likely && !draft->title.is_plain)
        return;
    const size_t at = page_linked_title(page, &page->arena, draft->first, &title);
    if (at == page->blocks.count)
        return;
    const struct view view = {.kind = VIEW_TITLE, .title = title};
    take_title(draft, &page->blocks.at[at], &view);
    draft->rule = "a line that links to the paper";
    draft->first = at == draft->first ? at + 1 : draft->first;
}

/* A page that holds nothing but an address is about what is there. */
static void take_bare_address(const struct page *page, struct page_draft *draft)
{
    size_t from = 0;
    if (page->blocks.count == 0)
        (void)link_next(page->source->text, &from, &draft->url);
}

/* Takes as the title of the page's paper what its notes call it. */
static void name_in_body(struct page *page, struct meta *meta, struct page_draft *draft, struct span title)
{
    meta->title = title;
    meta->title_line = page->front.body_line;
    for (const char *c = page->front.body.at; c < title.at; c++)
        meta->title_line += *c == '\n';
    draft->rule = "a line that names the paper";
    passage_add(&page->arena, meta, FIELD_TITLE, meta->title_line, title, title);
}

static bool has_ascii_letters(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_ascii_letter(text.at[i]))
            return true;
    return false;
}

/* "论文《Quiet Pages for Readers》": the title, in its own script, of the paper that a page is about whose title is
 * translated. Only where the page names no second one so. */
static void take_original_title(struct page *page, struct meta *meta, struct page_draft *draft)
{
    static const char open[] = "\u8bba\u6587\u300a", close[] = "\u300b";
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 320 };
    const struct span body = page->front.body;
    const size_t at = span_find(body, open);
    if (meta->failed || at == SIZE_MAX || has_ascii_letters(meta->title.len > 0 ? meta->title : draft->title.text))
        return;
    const struct span inside = span_from(body, at + strlen(open));
    const size_t end = span_find(inside, close);
    const struct span title = span_until(inside, end == SIZE_MAX ? 0 : end);
    if (title.len == 0 || title.len > LONGEST_BYTES || !has_words(title, FEWEST_WORDS) ||
        !is_ascii_letter(title.at[0]) || memchr(title.at, '\n', title.len) != NULL ||
        span_find(span_from(inside, end), open) != SIZE_MAX)
        return;
    name_in_body(page, meta, draft, title);
}

/* Whether a mark that sets a title apart ends right in front of `at`; sets the mark that closes it. */
static bool is_set_apart(struct span text, size_t at, const char **close)
{
    static const char *const marks[][2] = {{"[", "]"},           {"\"", "\""}, {"\u201c", "\u201d"},
                                           {"\u300a", "\u300b"}, {"*", "*"},   {"_", "_"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        *close = marks[i][1];
        if (span_ends(span_until(text, at), marks[i][0]))
            return true;
    }
    return false;
}

/* "[QX: Quiet Caches for Pages](https://...)", 'the paper "QX: Quiet Caches for Pages"': the title in full, set apart
 * anywhere in the notes of a page that is headed by the name alone. */
static void take_name_in_full(struct page *page, struct meta *meta, struct page_draft *draft)
{
    enum { SHORT = 3, FEWEST_LETTERS = 2, FEWEST_WORDS = 4, LONGEST_BYTES = 320 };
    const struct span name = draft->title.text, body = page->front.body;
    const char *close;
    struct clean_title title;
    if (name.len < FEWEST_LETTERS || draft->title.is_likely || has_words(name, SHORT + 1))
        return;
    for (const char *found = body.at;
         (found = memmem(found, body.len - (size_t)(found - body.at), name.at, name.len)) != NULL; found += name.len) {
        const size_t start = (size_t)(found - body.at);
        const struct span rest = span_from(body, start);
        const size_t end = is_set_apart(body, start, &close) && colon_bytes(span_from(rest, name.len)) > 0
                               ? span_find(span_until(rest, rest.len < LONGEST_BYTES ? rest.len : LONGEST_BYTES), close)
                               : SIZE_MAX;
        if (end == SIZE_MAX || !has_words(span_until(rest, end), FEWEST_WORDS))
            continue;
        meta->failed |= !title_clean(&page->arena, span_until(rest, end), false, &title);
        if (meta->failed || !title.is_likely)
            continue;
        name_in_body(page, meta, draft, span_until(rest, end));
        return;
    }
}

static pinakes_status give_one(struct page *page, pinakes_error *error)
{
    struct page_draft draft = {.line = 1, .rule = "the file's name", .title = page->name, .end = page->blocks.count};
    const struct shelf no_shelf = {0};
    static const char front_rule[] = "the title in the front matter";
    struct meta meta = page->meta;
    take_bare_address(page, &draft);
    if (page->meta.title.len > 0 && !heading_ends_title(page)) {
        draft.rule = front_rule;
        take_named_title(page, &meta, &draft);
    } else if (page->meta.title.len > 0 || page_heading_is_title(page)) {
        const struct block *heading = &page->blocks.at[page->first];
        take_title(&draft, heading, &page->views[page->first]);
        draft.rule = heading_rule(page, &no_shelf, heading);
        draft.first = page->first + 1;
        meta.title = (struct span){"", 0};
        take_full_title(page, &draft);
    } else {
        (void)take_plain_title(page, &draft);
    }
    if (draft.rule != front_rule)
        take_linked_title(page, &draft);
    take_original_title(page, &meta, &draft);
    take_name_in_full(page, &meta, &draft);
    return give_paper(page, &draft, &no_shelf, meta, error);
}

/* Whether a cell holds a date, but of something else than the paper, whose own column there is: "Read on". */
static bool is_other_date(const enum label *labels, const struct block *row, size_t at)
{
    struct stamp stamp;
    bool dated = false;
    for (size_t i = 0; i < row->cell_count; i++)
        dated |= labels[i] == LABEL_YEAR;
    return dated && labels[at] == LABEL_NONE && stamp_read(row->cells[at].words, STAMP_LINE, &stamp) &&
           stamp.venue.len == 0;
}

/* "9/26/2036", "26/9/2036", "2036-09-26": the day people met over a paper. */
static bool is_day_of_meeting(struct span words)
{
    enum { DAY_BYTES = 10 };
    size_t slashes = 0;
    words = span_trim(words);
    if (words.len == DAY_BYTES && words.at[4] == '-' && words.at[7] == '-' && year_find(span_until(words, 4)) != 0)
        return true;
    for (size_t i = 0; i < words.len; i++) {
        slashes += words.at[i] == '/';
        if (words.at[i] != '/' && !is_ascii_digit(words.at[i]))
            return false;
    }
    return slashes == 2 && memchr(words.at, '/', words.len) <= (const void *)(words.at + 2);
}

/* A row's cells: the title's, those of the record, and notes. */
static void take_cells(struct page *page, struct meta *meta, const enum label *labels, size_t title,
                       const struct block *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell *cell = &row->cells[i];
        const struct value value = {cell->words, cell->text, row->line, false};
        if (i == title || cell->text.len == 0)
            continue;
        if (labels[i] == LABEL_LINK && cell->url.len > 0)
            meta->url = cell->url;
        else if (is_other_date(labels, row, i) || is_day_of_meeting(cell->words) ||
                 (!meta_take(&page->arena, meta, labels[i], &value) &&
                  !meta_take_line(&page->arena, meta, cell->text, cell->words, row->line)))
            passage_add(&page->arena, meta, FIELD_NOTE, row->line, cell->text, cell->words);
    }
}

/* Whether a cell of a row that leads to no paper is a title all the same: not "No meeting", nor the name of a page
 * here, "[Raft](raft.md)". */
static bool is_title_of_row(const struct cell *cell, const struct clean_title *title, bool is_placed)
{
    enum { FEWEST_WORDS = 4, FEWEST_PLACED = 2 };
    const bool local = cell->url.len > 0 && span_find(cell->url, "://") == SIZE_MAX;
    return title->is_likely ||
           (!local && title->is_possible && has_words(title->text, is_placed ? FEWEST_PLACED : FEWEST_WORDS));
}

/* Whether a row says where and when its paper appeared. */
static bool is_placed(const enum label *labels, const struct block *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct stamp stamp =
            labels[i] == LABEL_VENUE ? stamp_of_label(row->cells[i].words) : (struct stamp){.year = 0};
        if (stamp.year != 0 && stamp.venue.len > 0)
            return true;
    }
    return false;
}

static pinakes_status give_cell(struct page *page, const struct shelf *shelf, const enum label *labels, size_t title,
                                bool is_unnamed, size_t at, const struct cell *cell, pinakes_error *error)
{
    const struct block *row = &page->blocks.at[at];
    struct page_draft draft = {.line = row->line,
                               .rule = "a row of a table, in the column of titles",
                               .url = cell->url,
                               .title_text = cell->text,
                               .title_words = cell->words,
                               .first = at + 1,
                               .end = at + 1};
    struct meta meta = {.conventions = page->sink->conventions};
    meta.failed |=
        !cell_title(&page->arena, cell, &draft.title) ||
        (draft.title.text.len == 0 && !title_clean(&page->arena, cell->words, cell->url.len > 0, &draft.title));
    const bool page_here = span_ends(cell->url, ".md") && span_find(cell->url, "://") == SIZE_MAX;
    if ((page->is_mixed || page_here) && row->paper.len == 0 &&
        !is_title_of_row(cell, &draft.title, is_placed(labels, row)))
        return PINAKES_OK;
    if (is_unnamed && row->paper.len == 0 && draft.title.stamp.venue.len == 0 && !draft.title.is_reference)
        return PINAKES_OK;
    take_cells(page, &meta, labels, title, row);
    return give_paper(page, &draft, shelf, meta, error);
}

/* The paper of a row; or several, which one cell names. */
static pinakes_status give_row(struct page *page, const struct shelf *shelf, const enum label *labels, size_t title,
                               bool is_unnamed, size_t at, pinakes_error *error)
{
    enum { MOST_IN_A_CELL = 64 };
    const struct block *row = &page->blocks.at[at];
    struct cell parts[MOST_IN_A_CELL];
    if (row->cells[title].text.len == 0 || (page->is_mixed && block_is_of_talk(row)))
        return PINAKES_OK;
    const size_t count = cell_part(&row->cells[title], page->front.body, parts, MOST_IN_A_CELL);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = give_cell(page, shelf, labels, title, is_unnamed, at, &parts[i], error);
    return count > 0 ? status : give_cell(page, shelf, labels, title, is_unnamed, at, &row->cells[title], error);
}

/* What the columns of the table hold that is read. */
struct columns {
    enum label labels[MOST_COLUMNS];
    size_t title; /* SIZE_MAX before the first table */
    bool is_unnamed;
};

static void take_header(const struct page *page, size_t at, struct columns *columns)
{
    const struct block *header = &page->blocks.at[at];
    columns->title = title_column(page, at, &columns->is_unnamed);
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        columns->labels[i] = i < header->cell_count ? column_label(page, &header->cells[i]) : LABEL_NONE;
}

/* Takes the names of columns off a header, or gives the paper of any other row. */
static pinakes_status take_row(struct page *page, const struct shelf *shelf, struct columns *columns, size_t at,
                               pinakes_error *error)
{
    const struct block *row = &page->blocks.at[at];
    if (page_begins_unnamed(page, at))
        *columns = (struct columns){.title = 0, .is_unnamed = true};
    if (row->is_header)
        take_header(page, at, columns);
    else if (columns->title < row->cell_count)
        return give_row(page, shelf, columns->labels, columns->title, columns->is_unnamed, at, error);
    return PINAKES_OK;
}

static pinakes_status give_rows(struct page *page, pinakes_error *error)
{
    struct columns columns = {.title = SIZE_MAX};
    struct shelf shelf = {0};
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < page->blocks.count && status == PINAKES_OK; i++) {
        take_shelf(page, &shelf, i);
        if (page->blocks.at[i].kind == BLOCK_ROW)
            status = take_row(page, &shelf, &columns, i, error);
    }
    return status;
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
    struct columns columns = {.title = SIZE_MAX};
    struct shelf shelf = {0};
    size_t end = 0; /* of the last paper */
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < page->blocks.count && status == PINAKES_OK; i++) {
        const struct block *block = &page->blocks.at[i];
        take_shelf(page, &shelf, i);
        if (page->has_tables && block->kind == BLOCK_ROW && i >= end)
            status = take_row(page, &shelf, &columns, i, error);
        const bool listed = i >= end && page_lists_paper(page, i);
        if (!listed && !page_begins_paper(page, i))
            continue;
        struct page_draft draft = {.line = block->line, .rule = rule_of(page, &shelf, block), .first = i};
        if (page->layout != LAYOUT_LABELS) {
            take_title(&draft, block, &page->views[i]);
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
        status = give_paper(page, &draft, &shelf, (struct meta){.conventions = page->sink->conventions}, error);
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
    switch (page->layout) {
    case LAYOUT_NONE:
        return PINAKES_OK;
    case LAYOUT_ONE:
        return give_one(page, error);
    case LAYOUT_ROWS:
        return give_rows(page, error);
    default:
        return give_many(page, error);
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
