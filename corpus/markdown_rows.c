#include "corpus/markdown_rows.h"

#include "corpus/day.h"
#include "corpus/link.h"
#include "corpus/markdown_census.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

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

/* A letter in a column that is called as venues are: how sure something is, or a grade. */
static bool is_mark(enum label label, struct span words)
{
    words = span_trim(words);
    return label == LABEL_VENUE && words.len == 1 && is_ascii_letter(words.at[0]);
}

/* A row's cells: the title's, those of the record, and notes. */
static void take_cells(struct page *page, struct meta *meta, const enum label *labels, size_t title,
                       const struct block *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell *cell = &row->cells[i];
        const uint32_t line = cell_line(row, cell);
        const struct value value = {cell->words, cell->text, line, false};
        if (i == title || cell->text.len == 0)
            continue;
        if (labels[i] == LABEL_LINK && cell->url.len > 0)
            meta->url = cell->url;
        else if (is_other_date(labels, row, i) || is_mark(labels[i], cell->words) || is_day_alone(cell->words) ||
                 (!meta_take(&page->arena, meta, labels[i], &value) &&
                  !meta_take_line(&page->arena, meta, cell->text, cell->words, line)))
            passage_add(&page->arena, meta, FIELD_NOTE, line, cell->text, cell->words);
    }
}

/* Whether a cell of a row that leads to no paper is a title all the same: not "No meeting", nor the name of a page
 * here, "[Raft](raft.md)". */
static bool is_title_of_row(const struct cell *cell, const struct clean_title *title, bool is_placed)
{
    enum { FEWEST_WORDS = 4, FEWEST_PLACED = 2 };
    const bool local = cell->url.len > 0 && !link_leads_out(cell->url);
    struct cell named;
    return title->is_likely || cell_leads_to_reading(cell) || cell_part_named(cell, &named, 1) > 0 ||
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

/* "Main", "Required Optional": what links to papers are called that a course sets, and no title. */
static bool is_name_of_links(struct span words)
{
    static const char *const names[] = {"main",    "supplementary", "supplemental", "required", "optional",
                                        "reading", "readings",      "and",          "or"};
    struct word word;
    while (word_next(&words, &word))
        if (word.text.len > 0 && !is_link_name(word.text) &&
            !span_is_among_nocase(word.text, names, sizeof names / sizeof names[0]))
            return false;
    return true;
}

static pinakes_status give_cell(struct page *page, const struct shelf *shelf, const enum label *labels, size_t title,
                                bool is_unnamed, size_t at, const struct cell *cell, pinakes_error *error)
{
    const struct block *row = &page->blocks.at[at];
    struct page_draft draft = {.line = cell_line(row, cell),
                               .rule = "a row of a table, in the column of titles",
                               .url = cell->url,
                               .title_text = cell->text,
                               .title_words = cell->words,
                               .first = at + 1,
                               .end = at + 1};
    struct meta meta = {.conventions = page->sink->conventions};
    struct stamp badge;
    meta.failed |=
        !cell_title(&page->arena, cell, &draft.title) ||
        (draft.title.text.len == 0 && !title_clean(&page->arena, cell->words, cell->url.len > 0, &draft.title));
    if (stamp_read(row->badge, STAMP_LINE, &badge))
        stamp_add(&draft.title.stamp, &badge);
    const bool open = !page->is_told;
    if (open && (is_name_of_links(cell->words) || (names_chapter(cell->words) && !draft.title.is_reference)))
        return PINAKES_OK;
    const bool page_here = span_ends(cell->url, ".md") && !link_leads_out(cell->url);
    if (open && (page->is_mixed || page_here) && !row_leads_to_paper(row) &&
        !is_title_of_row(cell, &draft.title, is_placed(labels, row)))
        return PINAKES_OK;
    if (open && is_unnamed && row->paper.len == 0 && draft.title.stamp.venue.len == 0 && !draft.title.is_reference)
        return PINAKES_OK;
    take_cells(page, &meta, labels, title, row);
    return page_give_paper(page, &draft, shelf, meta, error);
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
    const size_t linked = cell_part(&row->cells[title], page->front.body, parts, MOST_IN_A_CELL);
    const size_t count = linked > 0 ? linked : cell_part_named(&row->cells[title], parts, MOST_IN_A_CELL);
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < count && status == PINAKES_OK; i++)
        status = give_cell(page, shelf, labels, title, is_unnamed, at, &parts[i], error);
    const struct cell whole = cell_without_pointers(&row->cells[title]);
    return count > 0 ? status : give_cell(page, shelf, labels, title, is_unnamed, at, &whole, error);
}

static void take_header(const struct page *page, size_t at, struct columns *columns)
{
    const struct block *header = &page->blocks.at[at];
    columns->title = title_column(page, at, &columns->is_unnamed);
    if (page->is_told && columns->title >= header->cell_count)
        columns->title = 0;
    columns->is_schedule = columns->is_unnamed && !page->is_told && page_is_schedule(page, at);
    columns->is_of_talks = !page->is_told && table_is_of_talks(header, columns->title);
    columns->presenter = 0;
    while (columns->presenter < header->cell_count && !is_of_presenter(header->cells[columns->presenter].words))
        columns->presenter++;
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        columns->labels[i] = i < header->cell_count ? column_label(page, &header->cells[i]) : LABEL_NONE;
}

/* Whether a meeting is on no paper: "Guest lecture" in a column of papers. */
static bool is_without_paper(const struct page *page, const struct columns *columns, const struct block *row)
{
    const struct cell *cell = &row->cells[columns->title];
    const struct line line = {.text = span_trim(cell->words)};
    return columns->is_schedule && !page_cell_is_of_paper(page, row, cell) && !line_is_stamped(&line) &&
           !row_titles_link(row, columns->title);
}

/* Whether a row is of a talk that leads to no paper. */
static bool is_talk(const struct columns *columns, const struct block *row)
{
    return columns->is_of_talks && !row_leads_to_paper(row);
}

/* Whether nobody speaks: "(no meeting)", "(cancelled)", and what stands beside it is no paper. */
static bool is_without_meeting(const struct columns *columns, const struct block *row)
{
    const struct span who =
        columns->presenter < row->cell_count ? span_trim(row->cells[columns->presenter].words) : (struct span){0};
    return row->paper.len == 0 && span_starts(who, "(") && span_ends(who, ")");
}

pinakes_status columns_take_row(struct page *page, const struct shelf *shelf, struct columns *columns, size_t at,
                                pinakes_error *error)
{
    const struct block *row = &page->blocks.at[at];
    if (page_begins_unnamed(page, at))
        *columns = (struct columns){.title = 0, .presenter = SIZE_MAX, .is_unnamed = true};
    if (row->is_header)
        take_header(page, at, columns);
    else if (columns->title < row->cell_count && !is_talk(columns, row) && !is_without_meeting(columns, row) &&
             !is_without_paper(page, columns, row))
        return give_row(page, shelf, columns->labels, columns->title, columns->is_unnamed, at, error);
    return PINAKES_OK;
}

pinakes_status page_give_rows(struct page *page, pinakes_error *error)
{
    struct columns columns = {.title = SIZE_MAX, .presenter = SIZE_MAX};
    struct shelf shelf = {0};
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < page->blocks.count && status == PINAKES_OK; i++) {
        shelf_take(page, &shelf, i);
        if (page->blocks.at[i].kind == BLOCK_ROW)
            status = columns_take_row(page, &shelf, &columns, i, error);
    }
    return status;
}
