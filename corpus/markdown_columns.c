/* What the columns of a table hold, by their names and by what stands in them. */
#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/markdown_census.h"
#include "corpus/words.h"

bool is_named_for_papers(struct span words)
{
    static const char *const names[] = {"paper",        "papers",       "reading",     "readings",
                                        "\u8bba\u6587", "\u8ad6\u6587", "\ub17c\ubb38"};
    return span_is_among_nocase(span_trim(words), names, sizeof names / sizeof names[0]);
}

bool is_of_presenter(struct span words)
{
    static const char *const names[] = {
        "presenter",          "presenters",         "presented by",       "speaker",
        "speakers",           "presenter(s)",       "discussion lead",    "discussion leads",
        "discussion leader",  "discussant",         "\u4e3b\u8bb2\u4eba", "\u62a5\u544a\u4eba",
        "\u6c47\u62a5\u4eba", "\u5206\u4eab\u4eba", "\u8bb2\u8005",       "\u767a\u8868\u8005",
        "\u62c5\u5f53\u8005", "\ubc1c\ud45c\uc790"};
    return span_is_among_nocase(without_ornament(span_trim(words)), names, sizeof names / sizeof names[0]);
}

bool table_is_of_talks(const struct block *header, size_t title)
{
    static const char *const names[] = {"speaker", "speakers", "speaker(s)", "invited speaker", "guest speaker"};
    if (title >= header->cell_count || names_papers(header->cells[title].words) ||
        is_named_for_papers(header->cells[title].words))
        return false;
    for (size_t i = 0; i < header->cell_count; i++)
        if (span_is_among_nocase(without_ornament(span_trim(header->cells[i].words)), names,
                                 sizeof names / sizeof names[0]))
            return true;
    return false;
}

size_t stamped_column(const struct page *page, size_t at)
{
    enum { FEWEST = 3 };
    const size_t columns = page->blocks.at[at].cell_count;
    for (size_t column = 0; column < columns; column++) {
        size_t rows = 0, stamped = 0;
        for (size_t i = at + 1; i < page->blocks.count && page->blocks.at[i].kind == BLOCK_ROW; i++) {
            const struct block *row = &page->blocks.at[i];
            struct stamp stamp;
            rows += row->cell_count > column;
            stamped += row->cell_count > column &&
                       stamp_read(span_trim(row->cells[column].words), STAMP_LINE, &stamp) && stamp.year != 0 &&
                       stamp.venue.len > 0 && !stamp.guessed;
        }
        if (stamped >= FEWEST && stamped * 2 > rows)
            return column;
    }
    return columns;
}

/* A column of names beside one of venues: "| Name | Conference |". */
static size_t name_column(const struct page *page, size_t at)
{
    const struct block *header = &page->blocks.at[at];
    size_t name = header->cell_count;
    bool venues = stamped_column(page, at) < header->cell_count;
    for (size_t i = header->cell_count; i-- > 0;) {
        venues |= conventions_label(page->sink->conventions, header->cells[i].words) == LABEL_VENUE;
        if (span_is_nocase(span_trim(header->cells[i].words), "name"))
            name = i;
    }
    return venues ? name : header->cell_count;
}

bool page_begins_unnamed(const struct page *page, size_t i)
{
    const struct block *row = &page->blocks.at[i];
    return row->kind == BLOCK_ROW && !row->is_header && (i == 0 || row[-1].kind != BLOCK_ROW);
}

/* Whether a row stands in a table that says when people meet. */
static bool page_is_schedule_of(const struct page *page, const struct block *row)
{
    const struct block *header = row;
    while (header > page->blocks.at && header->kind == BLOCK_ROW && !header->is_header)
        header--;
    return header->kind == BLOCK_ROW && page_is_schedule(page, (size_t)(header - page->blocks.at));
}

bool page_cell_is_of_paper(const struct page *page, const struct block *row, const struct cell *cell)
{
    enum { FEWEST_WORDS = 3, SEVERAL = 2 };
    struct cell parts[SEVERAL];
    const struct line line = {.text = span_trim(cell->words)};
    struct title title;
    if (cell_part_named(cell, parts, SEVERAL) > 0 && page_is_schedule_of(page, row))
        return true;
    if (!has_words(line.text, FEWEST_WORDS))
        return false;
    const bool opens_with_link = cell->text.at > row->text.at && cell->text.at[-1] == '[';
    if (cell_part(cell, page->front.body, parts, SEVERAL) > 0)
        return true;
    const bool is_name = opens_with_link || evidence_score(title_evidence(&line)) >= TITLE_SCORE;
    if ((is_paper_address(cell->url) && !is_link_name(line.text) && is_name) || cell_set_off(cell).len > 0 ||
        cell_leads_to_reading(cell))
        return true;
    title_read(&line, &title);
    return (title.evidence & evidence_bit(FOR_REFERENCE)) != 0 && title.authors.len > 0;
}

bool row_leads_to_paper(const struct block *row)
{
    struct span link;
    for (size_t i = 0; row->paper.len == 0 && i < row->cell_count; i++)
        if (link_read(row->cells[i].text, &link) == LINK_WEB && is_paper_address(link))
            return true;
    return row->paper.len > 0;
}

/* Whether a cell reads as a title, in a row that leads to a paper from another cell: "| Quiet Pages | [PDF](...) |",
 * however its column is called. */
bool row_titles_link(const struct block *row, size_t column)
{
    enum { FEWEST_WORDS = 4 };
    const struct line line = {.text = span_trim(row->cells[column].words)};
    return row->cells[column].url.len == 0 && has_words(line.text, FEWEST_WORDS) && row_leads_to_paper(row) &&
           evidence_score(title_evidence(&line)) >= TITLE_SCORE;
}

bool page_is_schedule(const struct page *page, size_t header)
{
    static const char *const names[] = {
        "date",  "dates",   "day",     "week",         "week #",       "lecture",      "lecture #",    "lec",
        "class", "session", "meeting", "\u65e5\u671f", "\u5468\u6b21", "\u65e5\u4ed8", "\ub0a0\uc9dc", "\uc8fc\ucc28"};
    const struct block *row = &page->blocks.at[header];
    for (size_t i = 0; i < row->cell_count; i++)
        if (span_is_among_nocase(without_ornament(span_trim(row->cells[i].words)), names,
                                 sizeof names / sizeof names[0]))
            return true;
    return false;
}

/* The column most of whose cells tell of papers, however it is called; the number of columns when none does. Where
 * people meet, not every meeting is on one. */
static size_t column_of_papers(const struct page *page, size_t header)
{
    enum { FEWEST = 2 };
    const size_t columns = page->blocks.at[header].cell_count;
    const bool schedule = page_is_schedule(page, header);
    for (size_t column = 0; column < columns; column++) {
        size_t rows = 0, papers = 0;
        for (size_t i = header + 1; i < page->blocks.count && page->blocks.at[i].kind == BLOCK_ROW; i++) {
            const struct block *row = &page->blocks.at[i];
            rows += row->cell_count > 0;
            papers += column < row->cell_count &&
                      (page_cell_is_of_paper(page, row, &row->cells[column]) || row_titles_link(row, column));
        }
        if (papers >= FEWEST && (schedule || papers * 2 > rows))
            return column;
    }
    return columns;
}

/* "\ubc1c\ud45c\ub17c\ubb38\uba85": a name that ends in "title of the paper", in a script that joins its words. */
static bool ends_in_title(struct span words)
{
    static const char *const endings[] = {"\ub17c\ubb38\uba85",       "\ub17c\ubb38 \uc81c\ubaa9",
                                          "\ub17c\ubb38\uc81c\ubaa9", "\u8bba\u6587\u6807\u9898",
                                          "\u8bba\u6587\u9898\u76ee", "\u8bba\u6587\u540d",
                                          "\u8ad6\u6587\u540d",       "\u8ad6\u6587\u30bf\u30a4\u30c8\u30eb"};
    return span_ends_with_one(words, endings, sizeof endings / sizeof endings[0]) > 0;
}

enum label column_label(const struct page *page, const struct cell *name)
{
    const struct span words = without_ornament(span_trim(name->words));
    const enum label label = conventions_label(page->sink->conventions, words);
    const size_t year = words.len > strlen(" year") ? words.len - strlen("year") : words.len;
    const bool dated = year < words.len && span_is_nocase(span_from(words, year), "year") &&
                       strchr(". /", words.at[year - 1]) != NULL; /* "Mon.Year" */
    if (label != LABEL_NONE)
        return label;
    return dated ? LABEL_YEAR : ends_in_title(words) ? LABEL_TITLE : LABEL_NONE;
}

size_t title_column(const struct page *page, size_t at, bool *is_unnamed)
{
    const struct block *header = &page->blocks.at[at];
    *is_unnamed = false;
    for (size_t i = 0; i < header->cell_count; i++)
        if (column_label(page, &header->cells[i]) == LABEL_TITLE || is_named_for_papers(header->cells[i].words))
            return i;
    const size_t named = name_column(page, at), papers = column_of_papers(page, at);
    *is_unnamed = named == header->cell_count;
    return *is_unnamed || papers < header->cell_count ? papers : named; /* "| Name | Venue | Paper, open access |" */
}
