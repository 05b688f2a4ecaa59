/* What kind of page the blocks make. */
#include "corpus/markdown_census.h"

#include "corpus/identifiers.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

/* ---- the level of titles ------------------------------------------------------------------------------------- */

static size_t headings_above(const struct census *census, unsigned level)
{
    size_t count = 0;
    for (unsigned i = 1; i < level; i++)
        count += census->titles[i] + census->maybes[i] + census->others[i] + census->parts[i] + census->venues[i] +
                 census->pages[i];
    return count;
}

/* The level at which most headings are linked titles, "### [Title](https://...)", below those that only sort them. */
static unsigned linked_level(const struct census *census)
{
    for (unsigned level = 1; level < LEVELS && !census->is_manual; level++)
        if (census->linked[level] >= 2 && census->linked[level] * 2 > census->titles[level] + census->maybes[level])
            return level;
    return 0;
}

/* The level whose headings are papers: one of linked titles, else the first below a venue that has titles, else the
 * first with several. */
static unsigned title_level(const struct census *census)
{
    bool below_venue = false;
    if (linked_level(census) > 0)
        return linked_level(census);
    for (unsigned level = 1; level < LEVELS; level++) {
        const size_t titles = census->titles[level], maybes = census->maybes[level];
        if (below_venue && titles + maybes > 0)
            return level;
        below_venue |= census->venues[level] > 0;
        if (titles >= 2 && titles + maybes > census->others[level])
            return level;
        const size_t unlike = census->others[level] + census->parts[level];
        if (titles >= 1 && census->dated[level] >= 2 && census->dated[level] == titles + maybes && unlike == 0)
            return level;
        const bool below_page = level > 1 && census->pages[level - 1] == 1 && headings_above(census, level) == 1;
        if ((level == 1 || below_page) && titles >= 1 && titles + maybes >= 2 && unlike == 0)
            return level; /* a page's own title would stand alone */
    }
    return 0;
}

/* Whether a heading with a key opens the page, nothing stands in front of it, and all other headings are below it. */
static bool is_keyed_alone(const struct page *page)
{
    if (page->front.count > 0 || page->meta.title.len > 0 || page->blocks.count == 0 || !page_has_key(page, 0))
        return false;
    for (size_t i = 1; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level <= page->blocks.at[0].level)
            return false;
    return true;
}

/* The level of the headings with keys when there are several, or one is the page's; else 0. */
static unsigned keyed_level(const struct page *page)
{
    unsigned level = 0;
    size_t count = is_keyed_alone(page) ? 1 : 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        if (!page_has_key(page, i))
            continue;
        level = level == 0 ? page->blocks.at[i].level : level;
        count++;
    }
    return count > 1 ? level : 0;
}

/* ---- one paper or many --------------------------------------------------------------------------------------- */

/* "page_recovery_in_large_stores/notes.md" headed "Page Recovery in Large Stores". */
static bool is_headed_by_name(const struct page *page)
{
    enum { FEWEST_WORDS = 3 };
    const struct span title = page->views[page->first].title.text;
    return has_words(title, FEWEST_WORDS) &&
           (is_same_title(title, page->home.text) || is_same_title(title, page->name.text));
}

/* Whether the first heading is the one title, and the headings below are its parts however they are called. */
static bool is_one_title(const struct page *page, const struct census *census)
{
    if (page->first == page->blocks.count)
        return false;
    const struct view *view = &page->views[page->first];
    const unsigned level = page->blocks.at[page->first].level;
    const bool title = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
    if (!title || page->level == 0 || level > page->level || census->all_venues > 0)
        return false;
    const size_t strong = page_count_strong(page);
    if (is_headed_by_name(page) && strong < 2)
        return true;
    if (level == page->level) /* "### Title" over "### Part" */
        return strong < 2 && census->parts[level] > 0 && page_has_record(page, page->first);
    if (census->titles[level] + census->maybes[level] + census->others[level] > 1)
        return false;
    if (strong >= 2)
        return false;
    return page_has_record(page, page->first) || census->parts[page->level] > 0 || strong == 0;
}

/* Whether nothing stands below a heading but items that lead to papers: it sorts those. */
static bool sorts_items(const struct page *page, size_t heading)
{
    size_t items = 0;
    for (size_t i = heading + 1; i < page->blocks.count; i++) {
        const struct block *below = &page->blocks.at[i];
        if (below->kind == BLOCK_HEADING)
            break;
        if (below->kind == BLOCK_ITEM && !block_is_outermost(below)) /* a note */
            continue;
        if (below->kind != BLOCK_ITEM || below->paper.len == 0 || !below->label_is_link)
            return false;
        items++;
    }
    return items > 0;
}

/* Whether half of the headings that would be titles sort links to papers. */
static bool has_shelves(const struct page *page)
{
    size_t titles = 0, shelves = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const enum view_kind kind = page->views[i].kind;
        if (page->blocks.at[i].kind != BLOCK_HEADING || page->blocks.at[i].level != page->level ||
            (kind != VIEW_TITLE && kind != VIEW_MAYBE) || page_has_record(page, i))
            continue;
        titles++;
        shelves += sorts_items(page, i);
    }
    return shelves > 0 && shelves * 2 >= titles;
}

/* Whether a heading is a word or two that any text may use: "Data", "Training set". */
static bool is_plain_heading(struct span words)
{
    enum { MOST_WORDS = 2 };
    size_t count = 0;
    for (struct word word; word_next(&words, &word); count++)
        if (word.classes == 0)
            return false;
    return count <= MOST_WORDS;
}

/* Whether most of the headings that would be titles are no more than that: parts of what is said on a venue. */
static bool is_worded_plainly(const struct page *page)
{
    size_t headings = 0, plain = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        if (page->blocks.at[i].kind != BLOCK_HEADING || page->blocks.at[i].level != page->level ||
            page->views[i].kind != VIEW_MAYBE)
            continue;
        headings++;
        plain += is_plain_heading(page->views[i].title.text);
    }
    return plain * 2 > headings;
}

static bool is_list_of_headings(const struct page *page, const struct census *census)
{
    if (page->level == 0 || page_repeats_headings(page) || has_shelves(page))
        return false;
    const size_t titles = census->titles[page->level], strong = page_count_strong(page);
    if (census->all_venues > 0)
        return titles + strong > 0 || !is_worded_plainly(page);
    if (census->is_manual && census->linked[page->level] >= strong)
        return false;
    if (census->is_foreign)
        return strong * 2 >= titles;
    return titles > 0 && (page->level == 1 || strong > 0 || page_count_of_field(page) * 2 >= titles);
}

/* Whether headings are parts of a paper; one or two among many titles sort those: "Datasets", "Evaluation". */
static bool has_parts(const struct census *census)
{
    enum { FEWEST_TITLES = 8, TITLES_A_PART = 4 };
    return census->all_parts > 0 &&
           (census->title_items < FEWEST_TITLES || census->all_parts * TITLES_A_PART > census->title_items);
}

static bool has_mostly_titles(const struct census *census)
{
    const size_t titles = census->title_items + (census->all_venues > 0 ? census->maybe_items : 0);
    return titles * 2 > census->items && (titles >= 3 || (census->all_venues > 0 && titles > 0));
}

static bool is_list_of_items(const struct page *page, const struct census *census)
{
    return !has_parts(census) && !census->is_foreign && (!page->is_page_name || page_notes_most(page, BLOCK_ITEM)) &&
           has_mostly_titles(census);
}

/* A page called after the days or weeks in which the papers that it lists were read, and not one that only leads to
 * others. */
static bool is_list_of_readings(const struct page *page, const struct census *census)
{
    return page->is_page_name && !page->is_shelf_name && !has_parts(census) && !census->is_foreign &&
           has_mostly_titles(census);
}

/* Whether the page may list papers by where they are, with whatever beside: not when it is about one, or about a
 * program. */
static bool may_list_papers(const struct page *page, const struct census *census)
{
    const bool titled = page->first < page->blocks.count && page->views[page->first].kind == VIEW_TITLE &&
                        page_has_record(page, page->first);
    return !titled && !census->is_software && census->chapters < 2 && page_count_strong(page) == 0;
}

/* Whether nothing but items stands below the headings, which then sort those however they are called: "Datasets". */
static bool is_only_lists(const struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind != BLOCK_HEADING && page->blocks.at[i].kind != BLOCK_ITEM)
            return false;
    return true;
}

/* Items most of which lead to papers, as in lists that others may add to: three, or two that are announced and all. On
 * a page called a reading list others may lead elsewhere. */
static bool is_list_of_papers(const struct page *page, const struct census *census)
{
    enum { FEWEST_PAPERS = 3, FEWEST_ANNOUNCED = 2 };
    const bool all = census->paper_items >= FEWEST_ANNOUNCED &&
                     census->paper_items + census->aside_items == census->items && page_announces_papers(page);
    return (census->paper_items >= FEWEST_PAPERS || all) &&
           (census->paper_items * 2 > census->items - census->aside_items || page_is_called_list(page)) &&
           (!has_parts(census) || page->is_shelf_name || is_only_lists(page)) && may_list_papers(page, census);
}

/* Items that are references from their first word on, to papers they lead to, and nothing else but headings: as few as
 * one. */
static bool is_list_of_references(const struct page *page, const struct census *census)
{
    size_t references = 0;
    if (census->paper_items == 0 || census->paper_items < census->items || census->in_references ||
        !may_list_papers(page, census))
        return false;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind != BLOCK_HEADING && block->kind != BLOCK_ITEM)
            return false;
        if (block_is_outermost(block)) {
            if (!page->views[i].title.is_reference || block->paper.len == 0 || !page_is_noted(page, i))
                return false;
            references++;
        }
    }
    return references > 0;
}

/* Paragraphs that are references, or lines that lead to papers: three, or as few as one that is announced where no list
 * is. A heading or two that would be papers sort them where they are many. */
static bool is_list_of_lines(struct page *page, const struct census *census)
{
    enum { FEWEST = 3, LINES_A_HEADING = 4 };
    const unsigned level = page->level;
    const bool announced = census->announced > 0 && census->paper_items == 0;
    if ((census->references < FEWEST && !announced) || census->paper_items >= FEWEST)
        return false;
    if (level > 0 && page_count_strong(page) * LINES_A_HEADING <= census->references)
        page->level = 0;
    const bool is_list = may_list_papers(page, census);
    page->level = is_list ? page->level : level;
    return is_list;
}

/* Tables most of whose rows lead to papers; where people meet over them, or a heading announces them, as few as one. */
static bool has_rows_of_papers(const struct census *census)
{
    const size_t fewest = census->meeting_rows + census->announced_rows > 0 ? 1 : 2;
    return census->paper_rows >= fewest && census->paper_rows * 2 > census->rows - census->aside_rows;
}

/* A page that says who presents the papers, or of most of them who wrote them, may as well say how it is built. */
static bool is_table_of_papers(const struct page *page, const struct census *census)
{
    enum { FEWEST = 3 };
    const bool sure =
        census->meeting_rows > 0 || (census->recorded_rows >= FEWEST && census->recorded_rows * 2 > census->paper_rows);
    return has_rows_of_papers(census) && (sure || may_list_papers(page, census));
}

/* Bold lines with no title above them. */
static bool is_list_of_bold(const struct page *page, const struct census *census)
{
    const bool titled = page->first < page->blocks.count && page->views[page->first].kind == VIEW_TITLE;
    return !titled && !census->is_foreign && census->bold >= (census->all_venues > 0 ? 1U : 2U);
}

/* The level of the only heading that leads to a paper, with notes below and no other title beside it: a collection that
 * has begun, or a page on a talk and one paper. 0 when there is none. What stands beside it begins no paper. */
static unsigned only_linked_level(struct page *page, const struct census *census)
{
    size_t linked = 0, at = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && block_is_linked(&page->blocks.at[i], &page->views[i])) {
            linked++;
            at = i;
        }
    if (linked != 1 || page->views[at].kind != VIEW_TITLE || !is_paper_address(page->blocks.at[at].url) ||
        census->is_foreign || census->titles[page->blocks.at[at].level] > 1 || !page_is_noted_below(page, at))
        return 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && page->views[i].kind == VIEW_MAYBE)
            page->views[i].kind = VIEW_OTHER;
    return page->blocks.at[at].level;
}

/* The level of the only title, with its venue, year or authors, below a heading that says "Papers" alone, or with year
 * and authors in a README: a collection that has begun. 0 when there is none. */
static unsigned only_begun_level(const struct page *page, const struct census *census)
{
    if (page->first == page->blocks.count || census->is_foreign)
        return 0;
    const struct span above = page->blocks.at[page->first].words;
    const bool announced = is_page_name(above) && is_about_reading(above);
    if (!announced && !page->is_shelf_name)
        return 0;
    for (size_t i = page->first + 1; i < page->blocks.count; i++) {
        const struct view *view = &page->views[i];
        const unsigned level = page->blocks.at[i].level;
        if (page->blocks.at[i].kind != BLOCK_HEADING)
            continue;
        const bool below_page = level > 1 && headings_above(census, level) == 1;
        const bool alone = census->titles[level] + census->maybes[level] == 1 && census->others[level] == 0;
        const bool dated = view->title.stamp.year != 0, recorded = page_has_record(page, i);
        const bool cited = dated && view->title.authors.len > 0; /* "Quiet Caches (Example & Sample, 2031)" */
        const bool shown = announced ? (view->kind == VIEW_TITLE && (dated || recorded)) || (dated && recorded) : cited;
        return below_page && alone && shown && page_is_noted_below(page, i) ? level : 0;
    }
    return 0;
}

/* Finds the heading that may be the page's title: the first, or the next when that says "Paper Review" alone. */
static void find_first_heading(struct page *page)
{
    for (page->first = 0; page->first < page->blocks.count; page->first++)
        if (page->blocks.at[page->first].kind == BLOCK_HEADING)
            break;
    if (page->first + 1 >= page->blocks.count)
        return;
    const struct block *block = &page->blocks.at[page->first], *next = block + 1;
    const struct view *view = &page->views[page->first];
    const bool titled = view[1].kind == VIEW_TITLE || view[1].kind == VIEW_MAYBE;
    const struct span words = span_trim(block->words);
    if (span_starts(words, "(") && span_ends(words, ")") && next->kind == BLOCK_HEADING &&
        view[1].kind == VIEW_TITLE) { /* "(unfinished)" */
        page->first++;
        return;
    }
    const bool says_paper = span_starts_nocase(block->words, "paper") || span_starts(block->words, "\u8bba\u6587");
    if ((view->kind == VIEW_PAGE || view->kind == VIEW_PART) && says_paper && !view->is_of_papers &&
        !page->is_page_name && next->kind == BLOCK_HEADING && next->level > block->level && titled &&
        has_words(next->words, 3))
        page->first++;
}

/* Where all titles of a level say whose they are, a word or two that do not are none: "Plans". */
static void drop_unrecorded(struct page *page)
{
    enum { FEWEST = 2, FEWEST_WORDS = 3 };
    size_t titles = 0;
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            struct view *view = &page->views[i];
            if (page->blocks.at[i].kind != BLOCK_HEADING || page->blocks.at[i].level != page->level)
                continue;
            const bool recorded = page_has_record(page, i);
            if (pass == 0 && view->kind == VIEW_TITLE && !recorded)
                return;
            titles += pass == 0 && view->kind == VIEW_TITLE;
            if (pass == 1 && titles >= FEWEST && view->kind == VIEW_MAYBE && !recorded &&
                !has_words(view->title.text, FEWEST_WORDS))
                view->kind = VIEW_OTHER;
        }
}

/* Whether a heading begins with its year in brackets: "[2031 OSDI] Quiet Caches". */
static bool is_dated_in_front(const struct page *page, size_t i)
{
    const struct span words = span_trim(page->blocks.at[i].words);
    return page->views[i].title.stamp.year != 0 && (span_starts(words, "[") || span_starts(words, "("));
}

/* Where titles of a level begin with their years in brackets, headings without one sort them: "GeM, pooled caches". */
static void drop_undated(struct page *page)
{
    enum { FEWEST = 3 };
    size_t dated = 0;
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            struct view *view = &page->views[i];
            if (page->blocks.at[i].kind != BLOCK_HEADING || page->blocks.at[i].level != page->level)
                continue;
            dated += pass == 0 && is_dated_in_front(page, i);
            if (pass == 1 && dated >= FEWEST && view->title.stamp.year == 0 && !view->title.is_likely &&
                page->blocks.at[i].paper.len == 0)
                view->kind = VIEW_OTHER;
        }
}

/* Takes the lists of papers on a page of whatever else, or beside headings or rows that are papers. */
static void take_lists(struct page *page, const struct census *census)
{
    enum { FEWEST = 3, FEWEST_BESIDE = 2 };
    const bool open = page->layout == LAYOUT_NONE || page->layout == LAYOUT_ROWS;
    if (!open && page->layout != LAYOUT_HEADINGS)
        return;
    const size_t papers = page_mark_sections(page);
    page->has_lists = page->layout == LAYOUT_HEADINGS && papers >= FEWEST_BESIDE;
    if (!open || papers < FEWEST || !may_list_papers(page, census))
        return;
    page_leave_other_lists(page);
    page->layout = LAYOUT_ITEMS;
    page->is_mixed = true;
}

void page_choose_layout(struct page *page)
{
    page->layout = LAYOUT_NONE;
    page_leave_items(page);
    find_first_heading(page);
    if (page->sink->told.unit != UNIT_UNTOLD) {
        page_lay_out_as_told(page);
        return;
    }
    if (page_is_on_no_paper(page))
        return;
    page_settle_views(page);
    page_take_alias(page);
    const struct census census = census_take(page);
    const bool has_front_record = page->meta.title.len > 0 && (page->meta.id.len > 0 || page->meta.venue.len > 0 ||
                                                               page->meta.authors.count > 0 || page->meta.year != 0);
    page->level = title_level(&census);
    page->is_log = census.months >= 2 || census.dated_months > 0;
    const unsigned keyed = keyed_level(page);
    const bool several = census.paper_items + census.paper_rows > 1 && words_tell_of_papers(page->meta.title);
    if (has_front_record && !several && !is_placeholder(page->meta.title))
        page->layout = LAYOUT_ONE;
    else if (keyed > 0) {
        page->layout = LAYOUT_KEYED;
        page->level = keyed;
    } else if (census.labels >= 2 && (!page->is_page_name || census.counted_labels == census.labels))
        page->layout = LAYOUT_LABELS;
    else if (census.title_headings == 1 && !page->is_shelf_name)
        page->layout = LAYOUT_ONE;
    else if (is_table_of_papers(page, &census)) {
        page->layout = is_list_of_papers(page, &census) ? LAYOUT_ITEMS : LAYOUT_ROWS;
        page->is_mixed = true;
    } else if (is_list_of_lines(page, &census))
        page->layout = LAYOUT_BOLD;
    else if (is_list_of_papers(page, &census) || is_list_of_references(page, &census)) {
        page->layout = LAYOUT_ITEMS;
        page->is_mixed = !is_list_of_items(page, &census);
    } else if (!is_one_title(page, &census) && is_list_of_headings(page, &census))
        page->layout = LAYOUT_HEADINGS;
    else if (is_list_of_items(page, &census) || is_list_of_readings(page, &census))
        page->layout = LAYOUT_ITEMS;
    else if (is_list_of_bold(page, &census))
        page->layout = LAYOUT_BOLD;
    else if (census.rows - census.unnamed_rows >= 2 && (!page->is_page_name || page_notes_most(page, BLOCK_ROW)) &&
             !census.is_foreign && (page->first == page->blocks.count || page->views[page->first].kind != VIEW_TITLE))
        page->layout = LAYOUT_ROWS;
    else if (page_has_own_title(page, &census) || (census.labels == 1 && !census.is_foreign))
        page->layout = LAYOUT_ONE;
    else if ((page->level = only_linked_level(page, &census)) > 0 ||
             (page->level = only_begun_level(page, &census)) > 0)
        page->layout = LAYOUT_HEADINGS;
    if (page->layout == LAYOUT_HEADINGS) {
        drop_unrecorded(page);
        drop_undated(page);
    }
    if (page->layout == LAYOUT_BOLD)
        page->is_mixed = census.bold_papers * 2 > census.bold;
    take_lists(page, &census);
    if (page->layout == LAYOUT_NONE && census.labels >= 2 && census.paper_labels == census.labels)
        page->layout = LAYOUT_LABELS;
    page->has_tables = has_rows_of_papers(&census) && (page->layout == LAYOUT_HEADINGS || page->layout == LAYOUT_ITEMS);
    page->is_mixed |= page->has_tables;
}
