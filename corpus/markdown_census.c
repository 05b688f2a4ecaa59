/* What stands on a page of Markdown: what is said of each block, and how many blocks there are of which kind. */
#include "corpus/markdown_census.h"

#include "corpus/day.h"
#include "corpus/heading_names.h"
#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/words.h"

enum { MOST_RECORD_BLOCKS = 8 };

/* ---- one block ----------------------------------------------------------------------------------------------- */

/* "Installation", "Usage notes", "Quick install", but not "Key ingredients", where a word before it is one of parts,
 * nor "Plans with Prerequisites", where it is but what the rest has. */
static bool is_foreign_heading(struct span words)
{
    struct word word;
    size_t count = 0, foreign = 0;
    bool part = false;
    while (word_next(&words, &word)) {
        count += word.text.len > 0;
        foreign += (word.classes & WORD_OTHER) != 0 && !part;
        part |= count > 1 && (span_is_nocase(word.text, "with") || span_is_nocase(word.text, "without"));
        part |= (word.classes & (WORD_PART | WORD_BESIDE)) != 0 && !is_ascii_digit(word.text.at[0]);
    }
    return foreign > 0 && count <= 3;
}

/* "Installation", "Getting started": a page about a program, whatever papers it names. */
static bool is_software_heading(struct span words)
{
    static const char *const names[] = {"install", "installation", "usage",   "requirements", "setup",
                                        "getting", "dependencies", "running", "quickstart",   "prerequisites"};
    struct word word;
    if (!is_foreign_heading(words))
        return false;
    while (word_next(&words, &word))
        if (span_is_among_nocase(word.text, names, sizeof names / sizeof names[0]))
            return true;
    return false;
}

bool block_is_title_label(const struct block *block)
{
    struct span rest = block->text, text, name, value;
    if (block->kind == BLOCK_HEADING || block->kind == BLOCK_ROW || !line_cut(&rest, &text))
        return false;
    const struct span first = span_trim((struct span){block->words.at, text.len});
    if (is_open_title_label(first) && line_cut(&rest, &text))
        value = (struct span){block->words.at + (text.at - block->text.at), text.len};
    else if (title_label_bytes(first) == 0 || !label_split(first, &name, &value))
        return false;
    return span_trim(value).len > 0 && !is_placeholder(span_trim(value)) && !is_page_name(span_trim(value));
}

bool page_is_noted(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3, FEWEST_LETTERS = 6 };
    const struct block *block = &page->blocks.at[i];
    if (block->kind == BLOCK_ITEM) {
        const struct span label = page->views[i].label;
        const size_t behind = label.len == 0 ? block->words.len : (size_t)(label.at + label.len - block->words.at);
        const struct block *next = i + 1 < page->blocks.count ? block + 1 : NULL;
        return has_words(span_from(block->words, behind), FEWEST_WORDS) ||
               (next != NULL && next->kind == BLOCK_ITEM && next->level > block->level);
    }
    size_t noted = 0;
    for (size_t j = 0; j < block->cell_count; j++)
        noted +=
            has_words(block->cells[j].words, FEWEST_WORDS) || count_east_asian(block->cells[j].words) >= FEWEST_LETTERS;
    return noted > 1; /* one is the title */
}

bool page_is_plan(const struct page *page, size_t i)
{
    return page->blocks.at[i].is_task && !page_is_noted(page, i) &&
           day_in_front_bytes(span_trim(page->blocks.at[i].words)) == 0; /* when it was read */
}

/* "Ch. 3: Finding Similar Pages". */
static bool is_chapter(struct span words)
{
    struct word word, number;
    return word_next(&words, &word) && word_next(&words, &number) &&
           (span_is_nocase(word.text, "ch") || span_is_nocase(word.text, "chapter")) && number.text.len > 0 &&
           is_ascii_digit(number.text.at[0]);
}

/* Sets the venue on the line of a title: taken off it, or behind the link or bold part that is the title. */
static bool find_venue(const struct block *block, const struct view *view, struct stamp *stamp)
{
    *stamp = view->title.stamp;
    if (stamp->venue.len > 0 || view->label.len == 0)
        return stamp->venue.len > 0;
    struct span rest = span_from(block->words, (size_t)(view->label.at + view->label.len - block->words.at));
    struct span text = rest;
    skip_marks(&text, &rest);
    return rest.len > 0 && (venue_bytes(rest, stamp) > 0 || byline_bytes(rest, stamp) > 0) && stamp->venue.len > 0;
}

bool block_is_of_paper(const struct block *block, const struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    struct stamp stamp;
    const bool leads_away = block->url.len > 0 && !span_ends(block->url, ".md"); /* to a blog, perhaps */
    const bool beside = block->label_is_link && span_ends(block->url, ".pdf");   /* in a file that lies here */
    return view->title.is_reference || view->title.authors.len > 0 || block->paper.len > 0 || beside ||
           view->is_dated_alike || view->is_announced ||
           (find_venue(block, view, &stamp) && (stamp.year != 0 || has_words(view->title.text, FEWEST_WORDS))) ||
           (stamp.year != 0 && !leads_away && view->title.is_of_field && has_words(view->title.text, FEWEST_WORDS + 1));
}

/* "[Code](...)": an item that is but a link to what belongs to the paper above. */
static bool is_pointer(const struct block *block)
{
    return block->kind == BLOCK_ITEM && block->label_is_link && block->label_is_all && is_link_name(block->words);
}

/* Whether one of the items right below an item is nothing but a link to a paper that is called after what it leads to,
 * "[ACM](https://dl.acm.org/...)", and by no title. One that is not nested says by its name that it is such. */
static bool is_above_pointer(const struct page *page, size_t item)
{
    enum { FEWEST_WORDS = 4 };
    for (size_t i = item + 1; i < page->blocks.count && i <= item + MOST_RECORD_BLOCKS; i++) {
        const struct block *below = &page->blocks.at[i];
        if (below->kind != BLOCK_ITEM || (below->level <= page->blocks.at[item].level && !is_pointer(below)))
            return false;
        if (below->is_links && below->paper.len > 0 && !has_words(below->words, FEWEST_WORDS))
            return true;
    }
    return false;
}

/* "- Title" above a nested "Link: https://...": where the paper is, or what somebody made of it. */
static bool is_above_address(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3 };
    const struct block *block = &page->blocks.at[i], *next = block + 1;
    struct span name, value, link;
    size_t from = 0;
    if (block->kind == BLOCK_ITEM && page->views[i].title.is_likely &&
        has_words(page->views[i].title.text, FEWEST_WORDS) && is_above_pointer(page, i))
        return true;
    return i + 1 < page->blocks.count && block->kind == BLOCK_ITEM && next->kind == BLOCK_ITEM &&
           next->level > block->level && page->views[i].title.is_likely &&
           has_words(page->views[i].title.text, FEWEST_WORDS) && label_split(span_trim(next->text), &name, &value) &&
           conventions_label(page->sink->conventions, name) == LABEL_LINK && link_next(value, &from, &link);
}

bool page_item_is_of_paper(const struct page *page, size_t i)
{
    return block_is_of_paper(&page->blocks.at[i], &page->views[i]) || page->views[i].has_record ||
           is_above_address(page, i);
}

bool page_item_has_record(const struct page *page, size_t item)
{
    enum { FEWEST_LINES = 2 };
    struct arena arena = {0};
    struct meta meta = {.conventions = page->sink->conventions};
    size_t taken = 0;
    for (size_t i = item + 1; i < page->blocks.count && i <= item + MOST_RECORD_BLOCKS; i++) {
        const struct block *below = &page->blocks.at[i];
        struct span rest = below->text, text;
        if (below->kind != BLOCK_ITEM || below->level <= page->blocks.at[item].level)
            break;
        taken +=
            line_cut(&rest, &text) && meta_take_line(&arena, &meta, text, (struct span){below->words.at, text.len}, 0);
    }
    const bool found = taken >= FEWEST_LINES && (meta.authors.count > 0 || meta.venue.len > 0 || meta.year != 0);
    arena_free(&arena);
    return found;
}

bool block_is_of_talk(const struct block *row)
{
    for (size_t i = 0; i < row->cell_count && row->paper.len == 0; i++)
        if (row->cells[i].url.len > 0)
            return is_talk_address(row->cells[i].url);
    return false;
}

bool block_is_linked(const struct block *block, const struct view *view)
{
    return view->has_pointer || (block->label_is_link && link_leads_out(block->url));
}

/* "Keywords:" with nothing behind: a line of a form. */
static bool is_open_label(struct span words)
{
    struct span name, value;
    return label_split(span_trim(words), &name, &value) && span_trim(value).len == 0;
}

/* Whether a block is one line, and that a title: "Quiet Pages for Readers" below a heading "Paper". */
static bool is_line_of_title(const struct block *block)
{
    enum { FEWEST_WORDS = 4 };
    const struct line line = {.text = span_trim(block->words)};
    return block->kind == BLOCK_PARAGRAPH && memchr(block->text.at, '\n', block->text.len) == NULL &&
           has_words(line.text, FEWEST_WORDS) && evidence_score(title_evidence(&line)) >= TITLE_SCORE;
}

/* The label that a heading is, or begins with where it lists several: "Authors, affiliations". */
static enum label label_of_first(const struct conventions *conventions, struct span words)
{
    static const char *const joints[] = {",", "/", "\u3001", "\u30fb"};
    const enum label label = conventions_label(conventions, words);
    size_t end = words.len;
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        const size_t at = span_find(words, joints[i]);
        end = at < end ? at : end;
    }
    if (label != LABEL_NONE || end == words.len)
        return label;
    const enum label first = conventions_label(conventions, span_trim(span_until(words, end)));
    return first == LABEL_AUTHORS || first == LABEL_VENUE || first == LABEL_YEAR ? first : LABEL_NONE;
}

enum label page_heading_label(const struct page *page, size_t heading)
{
    const struct span words = span_trim(page->views[heading].title.text);
    const enum label label = label_of_first(page->sink->conventions, words);
    const bool below = heading + 1 < page->blocks.count && is_line_of_title(&page->blocks.at[heading] + 1);
    return label == LABEL_LINK && below && is_named_for_papers(words) ? LABEL_TITLE : label;
}

/* "## Paper title" with the title in the block below. */
static bool is_title_heading(const struct page *page, size_t i)
{
    const struct block *next = &page->blocks.at[i] + 1;
    return page_heading_label(page, i) == LABEL_TITLE && i + 1 < page->blocks.count && next->kind != BLOCK_HEADING &&
           next->kind != BLOCK_ROW && !is_open_label(next->words);
}

bool page_is_post(const struct page *page)
{
    static const char *const records[] = {"year",       "venue",   "doi",     "arxiv",    "citekey",
                                          "conference", "journal", "authors", "itemtype", "booktitle"};
    static const char *const dates[] = {"date", "pubdate", "pubdatetime", "publishdate"};
    enum { WHOLE_DATE = 8 };
    if (front_matter_get(&page->front, "layout") != NULL)
        return true;
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        if (front_matter_get(&page->front, records[i]) != NULL)
            return false;
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        const struct front_value *date = front_matter_get(&page->front, dates[i]);
        if (date != NULL)
            return date->text.len >= WHOLE_DATE;
    }
    return false;
}

/* "[Paper](papers/x.pdf) [Notes](x.md)": links to files that lie beside the page. */
static bool is_line_of_links(const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && span_ends(block->url, ".pdf") && is_link_name(block->words);
}

bool page_has_record(const struct page *page, size_t heading)
{
    enum { FEWEST_WORDS = 3 }; /* above a badge, or the address of a paper alone */
    struct arena arena = {0};
    struct clean_title full;
    const bool is_full = page_titled_below(page, &arena, heading, &full);
    arena_reset(&arena);
    const struct view *view = &page->views[heading];
    const struct block *block = &page->blocks.at[heading];
    const bool shown = has_words(view->title.text, FEWEST_WORDS) && (block->badge.len > 0 || block->paper.len > 0);
    if (view->title.stamp.venue.len > 0 || view->title.authors.len > 0 || block_is_linked(block, view) || is_full ||
        shown) {
        arena_free(&arena);
        return true;
    }
    struct meta meta = {.conventions = page->sink->conventions};
    bool found = false;
    for (size_t i = heading + 1; i < page->blocks.count && i <= heading + MOST_RECORD_BLOCKS && !found; i++) {
        const struct block *below = &page->blocks.at[i];
        if (below->kind == BLOCK_HEADING)
            break;
        const bool titled = page->views[i].kind == VIEW_TITLE;
        const bool repeated = titled && is_same_title(page->views[i].title.text, view->title.text); /* in a reference */
        if (titled && !repeated && !block_is_title_label(below))
            break; /* of another paper */
        if (is_line_of_links(below) || (repeated && page->views[i].title.is_reference)) {
            arena_free(&arena);
            return true;
        }
        struct span rest = below->text, text;
        for (size_t lines = 0; lines < MOST_RECORD_BLOCKS && !found && line_cut(&rest, &text); lines++) {
            const struct span line = {below->words.at + (text.at - below->text.at), text.len};
            found =
                span_trim(line).len > 0 &&
                (meta_take_line(&arena, &meta, text, line, 0) ||
                 (i == heading + 1 &&
                  (meta_take_names(&arena, &meta, text, line, 0) || meta_take_byline(&arena, &meta, text, line, 0) ||
                   meta_take_reference(&arena, &meta, view->title.text, !view->title.is_likely, line, 0))));
        }
    }
    found = found &&
            (meta.venue.len > 0 || meta.authors.count > 0 || meta.year != 0 || meta.url.len > 0 || meta.title.len > 0);
    arena_free(&arena);
    return found;
}

bool page_has_key(const struct page *page, size_t heading)
{
    if (page->blocks.at[heading].kind != BLOCK_HEADING || heading + 1 == page->blocks.count)
        return false;
    const struct block *below = &page->blocks.at[heading + 1];
    struct span rest = below->text, text;
    if (below->kind == BLOCK_HEADING || below->kind == BLOCK_ROW || !line_cut(&rest, &text))
        return false;
    struct arena arena = {0};
    struct meta meta = {.conventions = page->sink->conventions};
    const bool found = meta_take_line(&arena, &meta, text, (struct span){below->words.at, text.len}, 0) &&
                       meta.id.len > 0 && page->views[heading].title.text.len > 0;
    arena_free(&arena);
    return found;
}

bool page_is_noted_below(const struct page *page, size_t heading)
{
    enum { FEWEST_WORDS = 6 };
    for (size_t i = heading + 1; i < page->blocks.count; i++) {
        const struct block *below = &page->blocks.at[i];
        if (below->kind == BLOCK_HEADING && below->level <= page->blocks.at[heading].level)
            return false;
        if (below->kind != BLOCK_HEADING && has_words(below->words, FEWEST_WORDS))
            return true;
    }
    return false;
}

bool page_has_titles_below(const struct page *page, size_t heading)
{
    const struct block *block = &page->blocks.at[heading];
    for (size_t i = heading + 1; i < page->blocks.count; i++) {
        const struct block *below = &page->blocks.at[i];
        if (below->kind == BLOCK_HEADING && below->level <= block->level)
            return false;
        if (page->views[i].kind == VIEW_TITLE || (page->views[i].kind == VIEW_MAYBE && below->kind == BLOCK_HEADING))
            return true;
    }
    return false;
}

/* ---- all blocks ---------------------------------------------------------------------------------------------- */

/* "2022.09", "2022-9": when papers were read, not when they appeared. */
static bool is_year_and_month(struct span words)
{
    enum { YEAR_DIGITS = 4 };
    if (words.len < YEAR_DIGITS + 2 || words.len > YEAR_DIGITS + 3 || year_find(span_until(words, YEAR_DIGITS)) == 0 ||
        strchr(".-/", words.at[YEAR_DIGITS]) == NULL)
        return false;
    for (size_t i = YEAR_DIGITS + 1; i < words.len; i++)
        if (!is_ascii_digit(words.at[i]))
            return false;
    return true;
}

static void count_heading(struct census *census, const struct block *block, const struct view *view)
{
    size_t *const counts[] = {
        [VIEW_TITLE] = census->titles, [VIEW_MAYBE] = census->maybes, [VIEW_OTHER] = census->others,
        [VIEW_PART] = census->parts,   [VIEW_VENUE] = census->venues, [VIEW_PAGE] = census->pages};
    if (view->kind < sizeof counts / sizeof counts[0] && counts[view->kind] != NULL)
        counts[view->kind][block->level]++;
    census->linked[block->level] += block_is_linked(block, view) && !is_talk_address(block->url) &&
                                    (view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE);
    census->dated[block->level] +=
        view->title.stamp.year != 0 && (view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE);
    census->all_parts += view->kind == VIEW_PART;
    census->all_venues += view->kind == VIEW_VENUE;
    census->chapters += is_chapter(block->words);
    census->months += is_month(span_trim(block->words));
    census->dated_months += is_year_and_month(span_trim(block->words));
    census->is_software |= is_software_heading(block->words);
    census->is_foreign |= is_foreign_heading(block->words) || census->chapters > 1;
}

/* Commands that set up a program. */
static bool has_commands(struct span text)
{
    static const char *const commands[] = {"pip install ", "npm install", "cargo build", "make install", "docker run "};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (span_find(text, commands[i]) != SIZE_MAX)
            return true;
    return false;
}

static void count_item(struct census *census, const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const struct view *view = &page->views[i];
    const bool plan = page_is_plan(page, i), title = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
    if (view->is_outside)
        return;
    census->items++;
    census->link_items += block->label_is_link;
    census->title_items += view->kind == VIEW_TITLE && !plan && !census->in_references;
    census->maybe_items += view->kind == VIEW_MAYBE && !plan && !census->in_references;
    census->paper_items += title && !plan && !census->in_references && page_item_is_of_paper(page, i);
    const bool within = block->label_is_link && !link_leads_out(block->url);
    const bool talk = block->label_is_link && block->paper.len == 0 && is_talk_address(block->url);
    enum field field;
    census->aside_items += plan || within || talk || is_pointer(block);
    census->beside_items += within && block->url.len > 0 && !span_starts(block->url, "#") &&
                            !part_read(block->label, &field); /* "[Design](01_design.md)" of this paper's */
}

/* The first column below a header that has this label; the number of its cells when there is none. */
static size_t labelled_column(const struct page *page, const struct block *header, enum label label)
{
    size_t i = 0;
    while (i < header->cell_count && column_label(page, &header->cells[i]) != label)
        i++;
    return i;
}

bool line_is_stamped(const struct line *line)
{
    struct title title;
    title_read(line, &title);
    return title.stamp.venue.len > 0 && title.stamp.year != 0 && title.text.len > 0;
}

/* What tells whether a row of a table is of a paper: columns, and what the table is. */
struct telling {
    size_t title, venue, year;
    bool is_of_papers;   /* it has a column of titles, and that or a heading above says whose */
    bool is_of_meetings; /* it says who presents them, or when */
    bool is_of_records;  /* it has columns of titles and of who wrote them or where they appeared */
    bool is_of_talks;    /* it says who speaks, and its titles are those of talks */
    bool is_schedule;    /* it says when people meet, and no column is called after papers */
};

/* Whether the heading above a table, or that of the page, names papers, and is none's title. */
static bool is_below_papers(const struct page *page, size_t table)
{
    size_t i = table;
    while (i > 0 && page->blocks.at[i].kind != BLOCK_HEADING)
        i--;
    const size_t headings[] = {i, page->first};
    for (size_t j = 0; j < 2; j++) {
        const size_t at = headings[j];
        if (at < table && page->blocks.at[at].kind == BLOCK_HEADING && page->views[at].kind != VIEW_TITLE &&
            names_papers(page->blocks.at[at].words))
            return true;
    }
    return false;
}

/* Whether a row leads to a paper, or has a title with a venue or a year in its column or beside it. A listed venue and
 * its year tell of one however it is worded. */
static bool is_row_of_paper(const struct page *page, const struct block *row, const struct telling *columns)
{
    enum { FEWEST_WORDS = 4, FEWEST_STAMPED = 3 };
    const struct line line = {.text = span_trim(row->cells[columns->title].words)};
    const struct stamp stamp = columns->venue < row->cell_count && row->cells[columns->venue].words.len > 0
                                   ? stamp_of_label(row->cells[columns->venue].words)
                                   : (struct stamp){.year = 0};
    const bool placed = stamp.venue.len > 0;
    const bool stamped = placed && !stamp.guessed && stamp.year != 0 && has_words(line.text, FEWEST_STAMPED);
    const bool dated = columns->year < row->cell_count && year_find(row->cells[columns->year].words) != 0;
    return row_leads_to_paper(row) || line_is_stamped(&line) || stamped ||
           page_cell_is_of_paper(page, row, &row->cells[columns->title]) ||
           ((placed || dated || columns->is_of_papers) && has_words(line.text, FEWEST_WORDS) &&
            evidence_score(title_evidence(&line)) >= TITLE_SCORE);
}

/* What the header of a table tells. */
static struct telling telling_of(const struct page *page, size_t at, bool *is_unnamed)
{
    const struct block *header = &page->blocks.at[at];
    struct telling columns = {.title = title_column(page, at, is_unnamed),
                              .venue = labelled_column(page, header, LABEL_VENUE),
                              .year = labelled_column(page, header, LABEL_YEAR)};
    const bool titled =
        columns.title < header->cell_count && column_label(page, &header->cells[columns.title]) == LABEL_TITLE;
    if (columns.venue == header->cell_count)
        columns.venue = stamped_column(page, at);
    columns.is_of_papers = titled && (is_below_papers(page, at) || names_papers(header->cells[columns.title].words));
    columns.is_schedule = *is_unnamed && page_is_schedule(page, at);
    columns.is_of_records = titled && (labelled_column(page, header, LABEL_AUTHORS) < header->cell_count ||
                                       columns.venue < header->cell_count);
    columns.is_of_talks = table_is_of_talks(header, columns.title);
    columns.is_of_meetings = !*is_unnamed && columns.title < header->cell_count && page_is_schedule(page, at) &&
                             names_papers(header->cells[columns.title].words);
    for (size_t i = 0; i < header->cell_count && !*is_unnamed; i++)
        columns.is_of_meetings |= is_of_presenter(header->cells[i].words);
    return columns;
}

/* Whether a block "Title: ..." or one of the next leads to a paper, up to the next title or heading. */
static bool is_label_of_paper(const struct page *page, size_t label)
{
    enum { FARTHEST = 4 };
    for (size_t i = label; i < page->blocks.count && i <= label + FARTHEST; i++) {
        const struct block *block = &page->blocks.at[i];
        if (i > label && (block->kind == BLOCK_HEADING || block_is_title_label(block)))
            return false;
        if (block->paper.len > 0)
            return true;
    }
    return false;
}

/* "Paper 2: Quiet Caches for Pages". */
static bool is_counted_label(const struct block *block)
{
    struct span name, value;
    const struct span words = span_trim(block->words);
    return label_split(words, &name, &value) && name.len > 0 && is_ascii_digit(name.at[name.len - 1]);
}

struct census census_take(const struct page *page)
{
    struct census census = {.is_software = has_commands(page->source->text),
                            .is_manual = span_find(page->source->text, "```") != SIZE_MAX};
    struct telling columns = {.title = SIZE_MAX, .venue = SIZE_MAX, .year = SIZE_MAX};
    bool is_unnamed = false;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct view *view = &page->views[i];
        if (block->kind == BLOCK_HEADING) {
            count_heading(&census, block, view);
            census.is_manual &= block->paper.len == 0;
            census.in_references = is_reference_heading(view->title.text);
            census.title_headings += is_title_heading(page, i);
        }
        if (page_begins_unnamed(page, i)) {
            is_unnamed = true;
            columns = (struct telling){.title = 0, .venue = SIZE_MAX, .year = SIZE_MAX};
        }
        if (block->kind == BLOCK_ROW && block->is_header) {
            columns = telling_of(page, i, &is_unnamed);
        } else if (block->kind == BLOCK_ROW && columns.title < block->cell_count &&
                   has_letters(block->cells[columns.title].words) &&
                   !(columns.is_of_talks && !row_leads_to_paper(block))) {
            census.rows++;
            census.unnamed_rows += is_unnamed;
            census.aside_rows += block_is_of_talk(block);
            const bool paper = is_row_of_paper(page, block, &columns);
            census.paper_rows += paper;
            census.meeting_rows += paper && columns.is_of_meetings;
            census.recorded_rows += paper && columns.is_of_records;
            census.announced_rows += paper && columns.is_of_papers && row_leads_to_paper(block);
            census.aside_rows += !paper && columns.is_schedule && !block_is_of_talk(block);
        }
        if (block_is_outermost(block))
            count_item(&census, page, i);
        const bool bold =
            block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && block->label.len > 0 && !census.in_references;
        census.bold += bold;
        census.bold_papers += bold && block->paper.len > 0;
        census.references += block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE &&
                             (view->title.is_reference || view->is_pointed_line) && !census.in_references;
        census.announced += block->kind == BLOCK_PARAGRAPH && view->is_announced;
        const bool labelled = block_is_title_label(block);
        census.labels += labelled;
        census.paper_labels += labelled && is_label_of_paper(page, i);
        census.counted_labels += labelled && is_counted_label(block);
    }
    return census;
}

size_t page_count_strong(const struct page *page)
{
    size_t strong = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind != BLOCK_HEADING || block->level != page->level || page->views[i].kind != VIEW_TITLE)
            continue;
        bool parts = false;
        for (size_t j = i + 1; j < page->blocks.count && !parts; j++) {
            const struct block *below = &page->blocks.at[j];
            if (below->kind == BLOCK_HEADING && below->level <= block->level)
                break;
            parts = below->kind == BLOCK_HEADING && page->views[j].kind == VIEW_PART;
        }
        strong += parts || page_has_record(page, i);
    }
    return strong;
}

bool page_repeats_headings(const struct page *page)
{
    enum { FEWEST = 6, MOST_COMPARED = 64 };
    struct span seen[MOST_COMPARED];
    size_t count = 0, repeated = 0;
    for (size_t i = 0; i < page->blocks.count && count < MOST_COMPARED; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind != BLOCK_HEADING || block->level != page->level)
            continue;
        bool again = false;
        for (size_t j = 0; j < count && !again; j++)
            again = is_same_title(seen[j], block->words);
        repeated += again;
        seen[count++] = block->words;
    }
    return count >= FEWEST && repeated * 2 >= count;
}

size_t page_count_of_field(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        count += page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level == page->level &&
                 page->views[i].kind == VIEW_TITLE && page->views[i].title.is_of_field;
    return count;
}

bool page_notes_most(const struct page *page, enum block_kind kind)
{
    size_t all = 0, noted = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind != kind || block->is_header || (kind == BLOCK_ITEM && page->views[i].kind == VIEW_TEXT))
            continue;
        all++;
        noted += page_is_noted(page, i);
    }
    return noted * 2 >= all;
}
