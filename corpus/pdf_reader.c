/* Papers themselves, as PDF: the title in the largest letters of the first page, and all text as the paper's own. The
 * line of a passage is its page. */
#include "corpus/identifiers.h"
#include "corpus/markdown_page.h"
#include "corpus/names.h"
#include "corpus/pdf_blocks.h"
#include "corpus/reader.h"
#include "corpus/record.h"
#include "corpus/words.h"

#include "base/error.h"

static const char rule_letters[] = "the largest letters on the first page";
static const char rule_name[] = "the file's name";

static int claims(const struct source_text *source)
{
    return span_starts(source->text, "%PDF-") ? 100 : 0;
}

/* ---- the title ----------------------------------------------------------------------------------------------- */

/* Letters enough to be a title, in the upper part of the first page. */
static bool may_be_title(const struct pdf_block *block)
{
    enum { FEWEST_BYTES = 8, LONGEST_BYTES = 320 };
    return block->page == 1 && block->place < 0.6 && !block->is_turned && block->text.len >= FEWEST_BYTES &&
           block->text.len <= LONGEST_BYTES && memchr(block->text.at, ' ', block->text.len) != NULL;
}

static bool is_as_large(const struct pdf_block *block, double height)
{
    return block->height > height * 0.93 && block->height < height * 1.07;
}

/* The first of the blocks that make the title, `*end` behind the last; the number of blocks when there is none. */
static size_t find_title(const struct pdf_text *text, size_t *end)
{
    enum { MOST_BLOCKS = 4 };
    size_t best = text->count;
    for (size_t i = 0; i < text->count && text->blocks[i].page == 1; i++)
        if (may_be_title(&text->blocks[i]) &&
            (best == text->count || text->blocks[i].height > text->blocks[best].height * 1.01))
            best = i;
    for (*end = best; *end < text->count && *end < best + MOST_BLOCKS && text->blocks[*end].page == 1 &&
                      is_as_large(&text->blocks[*end], text->blocks[best].height);
         (*end)++)
        ;
    return best;
}

/* Whether the letters of the title are those of most of the page, as from a typewriter. */
static bool is_of_one_size(const struct pdf_text *text, double height)
{
    size_t all = 0, same = 0;
    for (size_t i = 0; i < text->count && text->blocks[i].page == 1; i++) {
        all += text->blocks[i].text.len;
        same += is_as_large(&text->blocks[i], height) ? text->blocks[i].text.len : 0;
    }
    return same * 4 > all * 3;
}

static struct span first_line(struct span text)
{
    const char *end = memchr(text.at, '\n', text.len);
    return end == NULL ? text : span_until(text, (size_t)(end - text.at));
}

/* Sets the title; `*end` is behind the last block that holds nothing else. */
static void read_title(struct record *record, const struct pdf_text *text, size_t first, size_t *end)
{
    const char *title = "";
    const bool one_size = first < text->count && is_of_one_size(text, text->blocks[first].height);
    if (one_size)
        *end = first + 1;
    for (size_t i = first; i < *end && title != NULL; i++) {
        const struct span part = one_size ? first_line(text->blocks[i].text) : text->blocks[i].text;
        title = arena_format(record->arena, "%s%s%.*s", title, i > first ? " " : "", SPAN_ARGS(part));
    }
    record->failed |= title == NULL;
    if (title == NULL)
        return;
    record_title(record, span_of(title));
    record_text(record, FIELD_TITLE, 1, record->title, true);
    if (one_size)
        *end = first; /* the block holds more than the title */
}

/* ---- what else the first pages tell ---------------------------------------------------------------------------- */

static struct span next_line(struct span *rest)
{
    struct span line = {"", 0};
    (void)span_cut(rest, '\n', &line);
    return span_trim(line);
}

static bool is_affiliation(struct span name)
{
    static const char *const words[] = {"Universit", "Institut", "College", "Inc",       "Labs", "Research",
                                        "School",    "Academy",  "Google",  "Microsoft", "Meta", "Department"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (span_find(name, words[i]) != SIZE_MAX)
            return true;
    return false;
}

static void add_authors(struct record *record, struct span line)
{
    struct span name;
    while (name_next(&line, &name))
        if (!is_affiliation(name))
            record_author(record, name);
}

/* Lines of names below the title, before the text begins. */
static void read_authors(struct record *record, const struct pdf_text *text, size_t from)
{
    enum { MOST_BLOCKS = 4 };
    for (size_t i = from; i < text->count && i < from + MOST_BLOCKS && text->blocks[i].page == 1; i++)
        for (struct span rest = text->blocks[i].text; rest.len > 0;) {
            const struct span line = next_line(&rest);
            struct names names;
            if (span_starts_nocase(line, "abstract"))
                return;
            if (names_read(line, &names) && names_are_likely(&names))
                add_authors(record, line);
        }
}

static void read_authors_passage(struct record *record)
{
    if (record->authors.count > 0)
        record_list_text(record, FIELD_AUTHOR, 1, &record->authors);
}

static void take_year(struct record *record, struct span text)
{
    if (record->year == 0)
        record->year = year_find(text);
}

/* "Proceedings of the 29th Symposium ...", "OSDI '22, July 2022", "arXiv:2101.00001v1 [cs.OS] 3 Jan 2021". */
static void read_source_line(struct record *record, struct span line, uint32_t page)
{
    enum { LONGEST_VENUE_BYTES = 300 };
    const size_t proceedings = span_find(line, "Proceedings of");
    struct stamp stamp;
    size_t bytes;
    if (record->arxiv.len == 0 && span_find(line, "arXiv:") != SIZE_MAX) {
        const struct span arxiv = arxiv_in(line);
        record->arxiv = arxiv;
        if (arxiv.len > 0) /* the number in it is no year: 2001.00001 is of 2020 */
            take_year(record, span_from(line, (size_t)(arxiv.at + arxiv.len - line.at)));
    }
    if (record->doi.len == 0)
        record->doi = doi_in(line);
    if (proceedings != SIZE_MAX && line.len - proceedings <= LONGEST_VENUE_BYTES) {
        const struct span venue = span_from(line, proceedings);
        const size_t stop = span_find(venue, ". "); /* "... Implementation. July 11-13, 2022" */
        record_venue(record, page, stop == SIZE_MAX ? venue : span_until(venue, stop), true);
        take_year(record, venue);
    } else if (record->venue.len == 0 && stamp_leads(line, &stamp, &bytes)) {
        record_venue(record, page, stamp.venue, true);
        record->year = stamp.year;
    }
}

static void read_source(struct record *record, const struct pdf_text *text)
{
    enum { PAGES = 2 };
    for (size_t i = 0; i < text->count && text->blocks[i].page <= PAGES; i++) {
        const struct pdf_block *block = &text->blocks[i];
        if (span_find(block->text, "Proceedings of") != SIZE_MAX)
            read_source_line(record, record_line(record, block->text), block->page);
        for (struct span rest = block->text; rest.len > 0;)
            read_source_line(record, next_line(&rest), block->page);
    }
}

/* What the names of the file and its folders say. */
static void read_name(struct record *record, const char *name)
{
    const struct source_text source = {name == NULL ? "" : name, {"", 0}};
    struct page page = {.source = &source};
    record->failed |= !page_read_name(&page);
    const struct stamp *const stamps[] = {&page.name.stamp, &page.folder};
    if (record->title.len == 0 && page.name.is_likely) {
        record_title(record, record_line(record, page.name.text));
        record->rule = rule_name;
    }
    for (size_t i = 0; i < sizeof stamps / sizeof stamps[0]; i++) {
        const char *venue = arena_string(record->arena, stamps[i]->venue);
        record->failed |= venue == NULL;
        if (record->venue.len == 0 && venue != NULL)
            record->venue = span_of(venue);
        if (record->year == 0)
            record->year = stamps[i]->year;
    }
    const char *title = arena_string(record->arena, record->title); /* it may stand in the page's arena */
    record->failed |= title == NULL;
    record->title = span_of(title == NULL ? "" : title);
    arena_free(&page.arena);
}

/* ---- the reader ---------------------------------------------------------------------------------------------- */

static void fill_record(struct record *record, const struct pdf_text *text, const char *name)
{
    size_t title_end;
    const size_t title = find_title(text, &title_end);
    read_title(record, text, title, &title_end);
    read_authors(record, text, title_end);
    read_authors_passage(record);
    read_source(record, text);
    read_name(record, name);
    for (size_t i = 0; i < text->count; i++)
        if (i < title || i >= title_end)
            record_text(record, FIELD_ABSTRACT, text->blocks[i].page, text->blocks[i].text, true);
}

static pinakes_status give_paper(struct arena *arena, const struct pdf_text *text, const struct paper_sink *sink,
                                 pinakes_error *error)
{
    struct record record = {.arena = arena, .line = 1, .rule = rule_letters};
    fill_record(&record, text, sink->source);
    const struct paper *paper = record_finish(&record);
    if (record.failed)
        return error_no_memory(error);
    if (paper != NULL)
        return sink->paper(sink->context, paper, error);
    if (sink->notice != NULL && text->complaint == NULL)
        sink->notice(sink->context, 0, "there is no text in the PDF that could be a title: is it a scan?");
    return PINAKES_OK;
}

static pinakes_status read_stream(struct stream *stream, const struct paper_sink *sink, pinakes_error *error)
{
    struct arena arena = {0};
    struct pdf_text text;
    pinakes_status status = pdf_blocks(&arena, stream, &text, error);
    if (status == PINAKES_OK && text.complaint != NULL && sink->notice != NULL)
        sink->notice(sink->context, 0, text.complaint);
    if (status == PINAKES_OK)
        status = give_paper(&arena, &text, sink, error);
    arena_free(&arena);
    return status;
}

const struct reader reader_pdf = {.name = "pdf", .claims = claims, .read_stream = read_stream};
