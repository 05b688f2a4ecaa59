#include "corpus/markdown_paper.h"

#include "base/error.h"
#include "corpus/address.h"
#include "corpus/heading_names.h"
#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/markdown_census.h"
#include "corpus/markdown_citation.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/page_name.h"
#include "corpus/title_page_front.h"
#include "corpus/title_spelled.h"
#include "corpus/words.h"

enum { MOST_RECORD_BLOCKS = 12, MOST_AUTHORS = 1000 };

/* ---- the record ---------------------------------------------------------------------------------------------- */

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
    bool all = true, is_below_label = false; /* "Title:" on a line of its own */
    meta->failed |= shown.at == NULL;
    for (size_t more; shown.at != NULL && line_cut(&rest, &text); number += 1 + (uint32_t)more) {
        more = record_line_join(meta, &rest, &text, shown.at + (text.at - block->text.at));
        const struct span words = {shown.at + (text.at - block->text.at), text.len};
        const struct value title = {words, text, number, false};
        const bool is_above_title = is_open_title_label(words) && rest.len > 0;
        if (is_below_label)
            all &= meta_take(&page->arena, meta, LABEL_TITLE, &title);
        else if (!is_above_title)
            all &= meta_take_line(&page->arena, meta, text, words, number);
        is_below_label = is_above_title;
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
    const struct value value = {cell->words, cell->text, cell_line(block, cell), false};
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

/* Whether the paper has no title but a file's name of one word, as citation keys are: "doe2031tiled.md". */
static bool is_named_by_key(const struct page *page, const struct page_draft *draft)
{
    const struct span name = span_of(page->source->name);
    const char *slash = memrchr(name.at, '/', name.len);
    const struct span file = slash == NULL ? name : span_from(name, (size_t)(slash + 1 - name.at));
    return draft->title_text.len == 0 && page->meta.title.len == 0 && memchr(file.at, ' ', file.len) == NULL &&
           is_same_title(draft->title.text, page->name.text);
}

/* "> [!cite]", "> [!bibliography]": a callout that holds a reference to the paper, as templates for reference managers
 * have it. */
static bool is_citation_callout(const struct block *block)
{
    static const char *const names[] = {"[!cit", "[!bib", "[!ref"};
    return span_starts_nocase_with_one(block->text, names, sizeof names / sizeof names[0]) > 0;
}

/* Takes what the record leaves out from the reference in a callout; `left` is what stands below its first line. */
static void take_reference_in_callout(struct page *page, struct meta *meta, const struct page_draft *draft,
                                      const struct block *left)
{
    const bool is_short = meta->title.len == 0 && (is_name_only(draft) || is_named_by_key(page, draft));
    const struct span title = meta->title.len > 0 ? meta->title : draft->title.text;
    const size_t people = meta->authors.count;
    (void)meta_take_reference(&page->arena, meta, title, is_short, left->words, left->line);
    meta->authors.count = people > 0 ? people : meta->authors.count;
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
    if (taken && leads && meta->url.len == 0 && link_leads_out(block->url))
        meta->url = block->url;
    return taken ? block->text.len - rest.len : 0;
}

/* The address of the paper alone below "## Paper", which may be the heading's. */
static void take_headed_address(struct meta *meta, enum label label, const struct block *block)
{
    if (label == LABEL_LINK && meta->url.len == 0 && is_paper_address(block->url) &&
        (block->kind == BLOCK_HEADING || span_starts(span_trim(block->words), "http")))
        meta->url = block->url;
}

/* The value of a heading that is a label: "## Authors" and a line below. */
static bool take_headed(struct page *page, struct meta *meta, enum label label, const struct block *block)
{
    const struct value value = {block->words, block->text, block->line, false};
    const bool record = label == LABEL_AUTHORS || label == LABEL_VENUE || label == LABEL_YEAR || label == LABEL_TAGS ||
                        label == LABEL_TITLE;
    take_headed_address(meta, label, block);
    return record && block->kind != BLOCK_ROW && meta_take(&page->arena, meta, label, &value);
}

/* The block from its second line on, when the first was taken. */
static struct block block_from(const struct block *block, size_t bytes)
{
    struct block left = *block;
    left.text = span_from(block->text, bytes);
    left.words = span_from(block->words, bytes);
    left.line += bytes > 0 && bytes <= block->text.len && block->text.at[bytes - 1] == '\n';
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
    if (span_starts_nocase_with_one(line, abstracts, sizeof abstracts / sizeof abstracts[0]) > 0)
        *field = FIELD_ABSTRACT;
    if (span_find(line, "](") != SIZE_MAX) /* "[!NOTE] Download: [https://...](https://...)" */
        return span_find(line, "]") + 1;
    return block->text.len - rest.len;
}

/* "## Citation" and a reference to the paper itself, wherever in its notes, fills what nothing else says. */
static void take_own_reference(struct page *page, struct meta *meta, const struct page_draft *draft,
                               const struct block *block)
{
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 1200 };
    const bool complete = meta->year != 0 && meta->venue.len > 0 && meta->authors.count > 0;
    const struct span said = meta->title.len > 0 ? meta->title : draft->title.text;
    const struct span title = without_wide_words_in_front(without_page_in_front(said));
    if (complete || block->kind == BLOCK_ROW || block->words.len > LONGEST_BYTES || block->words.len <= title.len ||
        !has_words(title, FEWEST_WORDS))
        return;
    if (meta_take_reference(&page->arena, meta, title, false, block->words, block->line) && meta->url.len == 0 &&
        draft->url.len == 0 && is_paper_address(block->url))
        meta->url = block->url;
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

/* "[[Paper in arXiv](https://...)] [[Code](https://...)]": nothing but links, of which the first says that it leads to
 * the paper. */
static bool is_row_of_links(const struct block *block, struct span words)
{
    return block->is_links && is_paper_address(block->url) &&
           (span_starts_nocase(words, "paper") || span_starts_nocase(words, "pdf"));
}

/* Whether the first link of a note may lead to the paper: by an address as it is, "here", "paper" or the title, while
 * the words of a link within a sentence name something else, "a variant of [QX](https://...)". */
static bool may_lead_to_paper(const struct block *block, struct span title)
{
    const struct span words = first_link_words(block);
    return block->label_is_link || words.len == 0 || span_starts(words, "http") || is_link_name(words) ||
           is_same_title(words, title) || is_row_of_links(block, words) || span_is_nocase(words, "here") ||
           span_is_nocase(words, "this paper") || span_is_nocase(words, "the paper");
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

/* "[QX paper](https://...)" in a note on QX. */
static bool is_called_paper(struct span words, struct span title)
{
    static const char paper[] = " paper";
    words = span_trim(words);
    return title.len > 0 && words.len == title.len + strlen(paper) &&
           span_is_nocase(span_from(words, title.len), paper) && is_same_title(span_until(words, title.len), title);
}

/* "[Paper PDF](https://...)" alone, or such a label, wherever in its notes, leads to the paper that no other link led
 * to; slides do not. */
static void take_link_to_paper(struct meta *meta, const struct page_draft *draft, const struct block *block)
{
    static const char *const names[] = {"paper", "pdf", "arxiv", "\u8bba\u6587", "\u539f\u6587"};
    bool named = span_starts_nocase_with_one(block->label, names, sizeof names / sizeof names[0]) > 0;
    named &= block->label_is_link && block->label_is_all && is_link_name(block->label);
    named |= block->label_is_link && is_called_paper(block->label, draft->title.text);
    if (!(named || is_labelled_link(block)) || !is_paper_address(block->url) || draft->url.len > 0 ||
        (meta->url.len > 0 && !meta->url_is_beside))
        return;
    meta->url = block->url;
    meta->url_is_beside = false;
}

/* Takes where and when from behind a title that only a line further below tells to be one: "On 'Quiet Caches' (OSDI
 * 2031)" above "Title: Quiet Caches". */
static void take_from_above_title(const struct page *page, struct meta *meta, const struct page_draft *draft)
{
    for (size_t i = draft->first; i < draft->end && i < draft->first + MOST_RECORD_BLOCKS && meta->title.len > 0; i++)
        (void)meta_take_behind_title(meta, span_trim(meta->title), page->blocks.at[i].words);
}

/* The label of a line, "- **Authors**: Ada Example", or of a row of two cells. */
static enum label line_label(const struct page *page, const struct block *block, struct span line)
{
    struct span name, value;
    if (block->kind == BLOCK_HEADING || (block->kind == BLOCK_ROW && block->cell_count != 2))
        return LABEL_NONE;
    if (block->kind == BLOCK_ROW)
        return column_label(page, &block->cells[0]);
    return label_split(without_ornament(span_trim(line)), &name, &value)
               ? conventions_label(page->sink->conventions, name)
               : LABEL_NONE;
}

/* The labels of the line that a block begins with and of the next line, in it or in the next block. */
static void read_labels(const struct page *page, size_t i, enum label labels[2])
{
    const struct block *block = &page->blocks.at[i];
    struct span rest = block->text, line = {"", 0};
    const bool row = block->kind == BLOCK_ROW;
    (void)line_cut(&rest, &line);
    labels[0] = line_label(page, block, (struct span){block->words.at, line.len});
    labels[1] = LABEL_NONE;
    if (!row && line_cut(&rest, &line))
        labels[1] = line_label(page, block, (struct span){block->words.at + (line.at - block->text.at), line.len});
    else if (i + 1 < page->blocks.count)
        labels[1] = line_label(page, &block[1], block[1].words);
}

/* Whether the record of the paper stands from here on, wherever in its notes: below a heading that says so, or from
 * "Title: ..." beside "Authors: ...", or "Authors: ..." beside "Year: ...". */
static bool opens_record(const struct page *page, struct meta *meta, size_t i, size_t first)
{
    enum label labels[2];
    if (page->blocks.at[i].kind == BLOCK_HEADING)
        return is_record_heading(page->views[i].title.text);
    meta->title_is_beside = false;
    if (meta->authors.count > 0 || i >= first + MOST_RECORD_BLOCKS)
        return false;
    read_labels(page, i, labels);
    const bool placed = labels[1] == LABEL_VENUE || labels[1] == LABEL_YEAR;
    meta->title_is_beside = labels[0] == LABEL_TITLE && (labels[1] == LABEL_AUTHORS || placed);
    return meta->title_is_beside || (labels[0] == LABEL_AUTHORS && placed && meta->year == 0);
}

static void add_notes(struct page *page, struct meta *meta, const struct page_draft *draft)
{
    enum field field = FIELD_NOTE;
    enum label label = LABEL_NONE;
    bool in_record = true, noted = false, fielded = false;
    const struct block *cited = NULL; /* the callout with a reference to the paper */
    size_t from = draft->first;       /* of the record */
    for (size_t i = draft->first; i < draft->end; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct view *view = &page->views[i];
        const bool opens = opens_record(page, meta, i, from);
        from = opens ? i : from;
        in_record |= opens;
        if (block->kind == BLOCK_HEADING) {
            in_record &= opens || !noted; /* "## Links" may come first */
            field = view->kind == VIEW_PART ? view->field : FIELD_NOTE;
            label = page_heading_label(page, i);
            take_headed_address(meta, label, block);
            if (view->kind == VIEW_PART || view->kind == VIEW_PAGE || label != LABEL_NONE)
                continue;
        } else if (take_headed(page, meta, label, block)) {
            continue;
        }
        if (block->kind == BLOCK_ROW && take_record_row(page, meta, block))
            continue;
        in_record &= i < from + MOST_RECORD_BLOCKS;
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
        if (opening > 0 && in_record && cited == NULL && is_citation_callout(block))
            cited = block;
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
    take_from_above_title(page, meta, draft);
    if (cited != NULL) {
        const struct block left = block_from(cited, callout_bytes(cited, &field));
        take_reference_in_callout(page, meta, draft, &left);
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

void draft_take_named(struct page *page, struct meta *meta, struct page_draft *draft)
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

/* What its address says of a paper, unless its notes name another venue or year. */
static void fill_from_address(struct meta *meta, struct span url)
{
    struct stamp stamp;
    if (stamp_of_address(url, &stamp) && (meta->year == 0 || meta->year == stamp.year) &&
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

/* Whether a folder that is named after a year alone holds what was read in it: the paper, by its address, had been in
 * arXiv for years. */
static bool is_of_readings(const struct stamp *folder, struct span url)
{
    enum { LONGEST_TO_PRINT = 1 }; /* years */
    const int submitted = arxiv_year(arxiv_in(url));
    return folder->venue.len == 0 && submitted != 0 && folder->year > submitted + LONGEST_TO_PRINT;
}

/* What the record or the notes give as the paper's address, or the title's own; not code or a project named below a
 * title with the paper's. */
static struct span own_url(const struct meta *meta, const struct page_draft *draft)
{
    const bool weaker = is_paper_address(draft->url) && !is_paper_address(meta->url);
    return meta->url.len > 0 && !weaker ? meta->url : draft->url;
}

static void fill_record(struct page *page, struct meta *meta, const struct page_draft *draft, const struct shelf *shelf)
{
    struct span authors = draft->title.authors;
    if (meta->authors.count == 0) {
        meta_take_turned(&page->arena, meta, &authors, draft->title.is_one_author);
        for (struct span name; meta->authors.count < MOST_AUTHORS && name_next(&authors, &name);)
            meta_add_author(&page->arena, meta, name);
    }
    meta_fill_venue(meta, &draft->title.stamp);
    if (!page->is_log || shelf->stamp.venue.len > 0)
        meta_fill_venue(meta, &shelf->stamp);
    meta_fill_venue(meta, &page->name.stamp);
    const struct span url = own_url(meta, draft);
    if ((meta->year == 0 || meta->venue.len == 0) && !meta->url_is_beside)
        fill_from_address(meta, url);
    if (!is_of_readings(&page->folder, url))
        meta_fill_venue(meta, &page->folder);
    take_year_of_month(meta, url);
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

/* The entry for BibTeX that is pasted among the notes of a page's one paper, or in the section of one of several. */
static void take_pasted_entry(struct page *page, struct meta *meta, const struct page_draft *draft)
{
    const struct span body = page->front.body, title = draft->title.text;
    if (page->layout == LAYOUT_ONE) {
        (void)meta_take_citation(&page->arena, meta, title, is_name_only(draft), body, page->front.body_line);
        return;
    }
    const struct block *heading = draft->first == 0 ? NULL : &page->blocks.at[draft->first - 1];
    if (heading == NULL || heading->kind != BLOCK_HEADING)
        return;
    const char *end = draft->end < page->blocks.count ? page->blocks.at[draft->end].text.at : body.at + body.len;
    const struct span section = {heading->text.at, (size_t)(end - heading->text.at)};
    meta_fill_venue(meta, &draft->title.stamp); /* goes before a preprint's entry */
    (void)meta_take_citation(&page->arena, meta, title, false, section, heading->line);
}

/* The title with the marks that its entry for BibTeX has and the page leaves out. */
static void take_marks(struct page *page, struct meta *meta, struct page_draft *draft)
{
    if (!title_lacks_marks(draft->title.text, meta->spelled))
        return;
    const char *title = title_with_marks(&page->arena, draft->title.text, meta->spelled);
    meta->failed |= title == NULL;
    if (title != NULL)
        draft->title.text = (struct span){title, meta->spelled.len};
}

pinakes_status page_give_paper(struct page *page, struct page_draft *draft, const struct shelf *shelf, struct meta meta,
                               pinakes_error *error)
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
    take_pasted_entry(page, &meta, draft);
    draft_take_named(page, &meta, draft);
    take_marks(page, &meta, draft);
    fill_record(page, &meta, draft, shelf);
    const bool again = is_listed_again(page, &meta, draft->title.text);
    if (meta.failed)
        return error_no_memory(error);
    const struct paper paper = {
        .id = meta.id,
        .title = draft->title.text,
        .venue = meta.venue,
        .url = own_url(&meta, draft),
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

const char *shelf_heading_rule(struct page *page, const struct shelf *shelf, const struct block *block)
{
    static const char *const levels[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
    const char *rule = arena_format(&page->arena, "a %s-level heading%s", levels[block->level - 1],
                                    shelf->stamp.venue.len > 0 || shelf->stamp.year != 0 ? " below a venue" : "");
    return rule == NULL ? "a heading" : rule;
}

void draft_take_title(struct page_draft *draft, const struct block *block, const struct view *view)
{
    const size_t bytes = block->pointed > 0 ? block->pointed : block->text.len;
    struct stamp badge;
    draft->title = view->title;
    draft->line = block->line;
    if (stamp_read(block->badge, STAMP_LINE, &badge))
        stamp_add(&draft->title.stamp, &badge);
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

/* "Fall 2031", "Spring Semester 2031": when people met, and no paper's year. */
static bool is_semester(struct span words)
{
    static const char *const seasons[] = {"fall",     "autumn", "spring",   "summer",         "winter",
                                          "semester", "term",   "quarter",  "wintersemester", "sommersemester",
                                          "ws",       "ss",     "trimester"};
    struct word word;
    bool found = false;
    while (word_next(&words, &word)) {
        const bool season = span_is_among_nocase(word.text, seasons, sizeof seasons / sizeof seasons[0]);
        if (!season && !is_ascii_digit(word.text.at[0]))
            return false;
        found |= season;
    }
    return found;
}

/* What a heading tells of the papers below: its venue and year, or the year behind names, "Example & Sample (2031)". */
static struct stamp stamp_of_shelf(const struct view *view)
{
    struct names names;
    const bool told = view->stamp.venue.len > 0 || view->stamp.year != 0;
    const bool dated = !told && view->title.stamp.year != 0 && names_read(view->title.text, &names) &&
                       names.full + names.single > 0 && names.field_words == 0;
    return dated ? (struct stamp){.text = view->title.stamp.text, .year = view->title.stamp.year} : view->stamp;
}

/* "Pages seminar 2031", "Reading group on caches, 2031": when people met as well. */
static bool is_of_meetings(struct span words)
{
    static const char *const names[] = {
        "seminar", "seminars", "course", "class", "group", "club", "\uc138\ubbf8\ub098", "\u8ad6\u6587\u8f2a\u8b1b"};
    for (struct word word; word_next(&words, &word);)
        if (span_is_among_nocase(word.text, names, sizeof names / sizeof names[0]))
            return true;
    return false;
}

void shelf_take(struct page *page, struct shelf *shelf, size_t at)
{
    const struct block *block = &page->blocks.at[at];
    const struct view *view = &page->views[at];
    const struct stamp told = stamp_of_shelf(view);
    if (block->kind != BLOCK_HEADING || page_begins_paper(page, at) || page_stamps_paper(page, at))
        return;
    const bool below = shelf->level > 0 && block->level > shelf->level;
    if ((told.venue.len == 0 && told.year == 0) || is_semester(block->words) || is_of_meetings(block->words)) {
        if (!below && view->kind != VIEW_PART)
            *shelf = (struct shelf){0};
        return;
    }
    const struct stamp above = shelf->stamp;
    *shelf = (struct shelf){told, block->text, block->line, below ? shelf->level : block->level};
    if (told.venue.len == 0 && block->level > 1)
        shelf->stamp.venue = above.venue;
    if (below)
        stamp_add(&shelf->stamp, &above);
}
