/* What kind of page the blocks make, and where its papers begin and end. */
#include "corpus/markdown_census.h"

#include "corpus/identifiers.h"
#include "corpus/names.h"
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

/* Items most of which lead to papers, as in lists that others may add to. */
static bool is_list_of_papers(const struct page *page, const struct census *census)
{
    enum { FEWEST_PAPERS = 3 };
    return census->paper_items >= FEWEST_PAPERS && census->paper_items * 2 > census->items - census->aside_items &&
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

/* Tables most of whose rows lead to papers; where people meet over them, as few as one. */
static bool has_rows_of_papers(const struct census *census)
{
    const size_t fewest = census->meeting_rows > 0 ? 1 : 2;
    return census->paper_rows >= fewest && census->paper_rows * 2 > census->rows - census->aside_rows;
}

/* A page that says who presents the papers may as well say how it is built. */
static bool is_table_of_papers(const struct page *page, const struct census *census)
{
    return has_rows_of_papers(census) && (census->meeting_rows > 0 || may_list_papers(page, census));
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

/* The level of the only title, with its venue, year or authors, below a heading that says "Papers" alone: a collection
 * that has begun. 0 when there is none. */
static unsigned only_begun_level(const struct page *page, const struct census *census)
{
    if (page->first == page->blocks.count || !is_page_name(page->blocks.at[page->first].words) ||
        !is_about_reading(page->blocks.at[page->first].words) || census->is_foreign)
        return 0;
    for (size_t i = page->first + 1; i < page->blocks.count; i++) {
        const struct view *view = &page->views[i];
        const unsigned level = page->blocks.at[i].level;
        if (page->blocks.at[i].kind != BLOCK_HEADING)
            continue;
        const bool below_page = level > 1 && headings_above(census, level) == 1;
        const bool alone = census->titles[level] == 1 && census->maybes[level] + census->others[level] == 0;
        const bool dated = view->title.stamp.year != 0 || page_has_record(page, i);
        return below_page && alone && dated && view->kind == VIEW_TITLE && page_is_noted_below(page, i) ? level : 0;
    }
    return 0;
}

/* Headings that would not pass for titles alone do where each has a record below, "Year: 2019", and there are
 * several. */
static void raise_recorded(struct page *page)
{
    bool is_raised[LEVELS] = {false};
    size_t recorded[LEVELS] = {0};
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            const struct block *block = &page->blocks.at[i];
            struct view *view = &page->views[i];
            const bool is_open = view->kind == VIEW_MAYBE || (view->kind == VIEW_OTHER && view->title.is_possible);
            if (block->kind != BLOCK_HEADING || !(is_open || view->kind == VIEW_TITLE) ||
                is_page_name(view->title.text) || !page_has_record(page, i))
                continue;
            recorded[block->level] += pass == 0;
            is_raised[block->level] = recorded[block->level] >= 2;
            if (pass == 1 && is_raised[block->level])
                view->kind = VIEW_TITLE;
        }
}

/* Items are titles, however worded, where each of several has its record below. */
static void raise_recorded_items(struct page *page)
{
    enum { FEWEST = 2, FEWEST_WORDS = 3 };
    size_t count = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        view->has_record =
            block_is_outermost(&page->blocks.at[i]) && !view->is_outside &&
            (view->has_record || (has_words(view->title.text, FEWEST_WORDS) && page_item_has_record(page, i)));
        count += view->has_record;
    }
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        view->has_record &= count >= FEWEST;
        view->kind = view->has_record ? VIEW_TITLE : view->kind;
    }
}

/* The bytes of the families in front of a title, "Example and Sample: Title"; 0 when there are none. `*several` is
 * whether they are more than one. */
static size_t family_bytes(struct span title, bool *several)
{
    enum { FEWEST_WORDS = 3 };
    const size_t colon = span_find(title, ": ");
    struct names names;
    if (colon == SIZE_MAX || !names_read(span_until(title, colon), &names) || names.full > 0 ||
        names.single + names.and_others == 0 || names.field_words > 0 ||
        !has_words(span_from(title, colon + 2), FEWEST_WORDS))
        return 0;
    *several = names.single + names.and_others > 1;
    return colon;
}

/* "Example and Sample: Title" is a title behind its authors where all headings of a level have some, and most several:
 * else "Sense and Sound: A Study" is one. */
static void cut_families(struct page *page)
{
    enum { FEWEST = 2 };
    size_t headings[LEVELS] = {0}, families[LEVELS] = {0}, joined[LEVELS] = {0};
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            const unsigned level = page->blocks.at[i].level;
            struct view *view = &page->views[i];
            const bool is_open = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE || view->kind == VIEW_OTHER;
            if (page->blocks.at[i].kind != BLOCK_HEADING || !is_open)
                continue;
            bool several = false;
            const size_t bytes = family_bytes(view->title.text, &several);
            headings[level] += pass == 0;
            families[level] += pass == 0 && bytes > 0;
            joined[level] += pass == 0 && several;
            if (pass == 0 || headings[level] < FEWEST || families[level] < headings[level] ||
                joined[level] * 2 < headings[level])
                continue;
            view->title.authors = span_until(view->title.text, bytes);
            view->title.text = span_from(view->title.text, bytes + 2);
            view->title.is_likely = view->title.is_possible = true;
            view->kind = VIEW_TITLE;
        }
}

/* Lines that links to papers end are titles where there are several. */
static void raise_pointed(struct page *page)
{
    enum { FEWEST = 3 };
    size_t count = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        count += page->views[i].is_pointed_line && page->views[i].title.is_likely;
    for (size_t i = 0; i < page->blocks.count && count >= FEWEST; i++)
        if (page->views[i].is_pointed_line)
            page->views[i].kind = VIEW_TITLE;
}

/* Whether an item may be a title with its year, and nothing else: "Quiet pages for readers, 2031". */
static bool is_dated_item(const struct page *page, size_t i)
{
    const struct clean_title *title = &page->views[i].title;
    return title->stamp.year != 0 && title->is_possible && has_words(title->text, 2) &&
           (page->blocks.at[i].url.len == 0 || page->blocks.at[i].paper.len > 0);
}

/* On a page that says it is of papers, items are titles where nearly all end with their years. */
static void raise_dated(struct page *page)
{
    enum { FEWEST = 5, OF_FOUR = 3 };
    size_t items = 0, dated = 0;
    if (page->first == page->blocks.count || !is_about_reading(page->blocks.at[page->first].words))
        return;
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->blocks.count; i++) {
            if (!block_is_outermost(&page->blocks.at[i]) || page->views[i].is_outside)
                continue;
            items += pass == 0;
            dated += pass == 0 && is_dated_item(page, i);
            if (pass == 0 || dated < FEWEST || dated * 4 < items * OF_FOUR || !is_dated_item(page, i))
                continue;
            page->views[i].kind = VIEW_TITLE;
            page->views[i].is_dated_alike = true;
        }
}

/* "MapReduce (2004)" above no titles is a paper's and no shelf's. */
static void settle_named(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        if (view->kind != VIEW_VENUE || !view->is_named || page_has_titles_below(page, i))
            continue;
        view->kind = view->title.is_likely ? VIEW_TITLE : view->title.is_possible ? VIEW_MAYBE : VIEW_OTHER;
        view->stamp = (struct stamp){.year = 0};
    }
}

/* "# 1. Understanding" behind "# QX: Quiet Caches for Pages": parts, on the level of the title. */
static void lower_numbered(struct page *page)
{
    if (page->first == page->blocks.count || page->blocks.at[page->first].level != 1 || page->first > 0 ||
        page->views[0].kind != VIEW_TITLE)
        return;
    const struct span title = span_trim(page->blocks.at[page->first].words);
    if (without_number_in_front(title).len < title.len)
        return;
    for (size_t i = page->first + 1; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct span words = span_trim(block->words);
        if (block->kind == BLOCK_HEADING && block->level == 1 && without_number_in_front(words).len < words.len)
            page->views[i].kind = VIEW_PART;
    }
}

/* "# RULES.md": a page about the repository, headed by its own name. */
static bool is_headed_by_file(const struct page *page)
{
    return page->blocks.count > 0 && page->blocks.at[0].kind == BLOCK_HEADING &&
           span_ends(page->blocks.at[0].words, ".md");
}

/* What programs fill in: "{{title}}", "{% if year %}", "<% tp.file.title %>". */
static bool has_blank(struct span text)
{
    return span_find(text, "{{") != SIZE_MAX || span_find(text, "{%") != SIZE_MAX || span_find(text, "<%") != SIZE_MAX;
}

/* "Paper Summary Template" on top. */
static bool is_headed_as_form(const struct page *page)
{
    const struct view *view = &page->views[page->first];
    return view->kind == VIEW_PAGE &&
           (span_ends(view->title.text, "Template") || span_ends(view->title.text, "template") ||
            span_ends(view->title.text, "\u6a21\u677f"));
}

/* "template.md", "2031-02-10-template.md", "paper note template.md", "format.md". */
static bool is_called_form(const struct page *page)
{
    enum { MOST_WORDS = 3 };
    struct span rest = page->name.text;
    struct word word, last = {0};
    size_t count = 0;
    for (; word_next(&rest, &word); last = word)
        count++;
    return (count <= MOST_WORDS && span_is_nocase(last.text, "template")) ||
           (count == 1 && span_is_nocase(last.text, "format"));
}

/* A page whose front matter or first heading is for programs to fill in, that is called a form or lies among such. */
static bool is_blank_form(const struct page *page)
{
    if (is_called_form(page))
        return true;
    for (size_t i = 0; i < page->front.count; i++)
        if (has_blank(page->front.values[i].source))
            return true;
    return page->is_among_forms || (page->first < page->blocks.count &&
                                    (has_blank(page->blocks.at[page->first].text) || is_headed_as_form(page)));
}

/* How deep an item is nested; an item that is a heading, "- ### 2031", is one of the outermost, of which only the items
 * within it tell. 0 for any other block. */
static unsigned item_level(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    if (block->kind == BLOCK_ITEM)
        return block->is_more ? 0 : block->level;
    return block->kind == BLOCK_HEADING && i + 1 < page->blocks.count && block[1].kind == BLOCK_ITEM &&
                   block[1].level == OUTERMOST + 1 && !block[1].is_more
               ? OUTERMOST
               : 0;
}

/* Whether an item is but a heading of the list within: "Trees" above papers, or a sentence or a link to something else,
 * as a workshop, above nothing but papers. */
static bool sorts_list(const struct page *page, size_t i)
{
    enum { MOST_WORDS = 5, FEWEST_PAPERS = 2 };
    const struct block *block = &page->blocks.at[i];
    const unsigned level = item_level(page, i);
    size_t items = 0, papers = 0;
    if (level == 0 || level >= MOST_ITEM_LEVELS || block->paper.len > 0)
        return false;
    for (size_t j = i + 1; j < page->blocks.count; j++) {
        const struct block *within = &page->blocks.at[j];
        const enum view_kind kind = page->views[j].kind;
        if (within->kind != BLOCK_ITEM || (within->level <= level && !within->is_more))
            break;
        if (within->level != level + 1 || within->is_more || page->views[j].is_outside)
            continue;
        items++;
        papers += (kind == VIEW_TITLE || kind == VIEW_MAYBE) && page_item_is_of_paper(page, j);
    }
    if (block->url.len > 0)
        return papers == items && papers >= FEWEST_PAPERS;
    if (has_words(block->words, MOST_WORDS + 1))
        return papers == items && papers >= FEWEST_PAPERS && !page->views[i].title.is_likely;
    return papers * 2 > items;
}

/* Takes lists out of the items that are but their headings, the innermost first. */
static void lift_sorted(struct page *page)
{
    for (size_t i = page->blocks.count; i-- > 0;) {
        if (!sorts_list(page, i))
            continue;
        const unsigned level = item_level(page, i);
        if (page->blocks.at[i].kind == BLOCK_ITEM) {
            page->views[i].is_outside = true;
            page->views[i].kind = VIEW_TEXT;
        }
        for (size_t j = i + 1; j < page->blocks.count && page->blocks.at[j].kind == BLOCK_ITEM &&
                               (page->blocks.at[j].level > level || page->blocks.at[j].is_more);
             j++)
            if (page->blocks.at[j].level > level)
                page->blocks.at[j].level--;
    }
}

/* What is nested is text, and so is what an item says below its first block. */
static void leave_nested(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_ITEM && !block_is_outermost(&page->blocks.at[i]))
            page->views[i].kind = VIEW_TEXT;
}

/* What a page of a vault says it is, when it is no paper; the first few also as a tag, which else names a topic. */
static bool is_other_kind(struct span text, bool is_tag)
{
    static const char *const kinds[] = {"concept", "concepts", "definition", "glossary", "person",   "people",
                                        "moc",     "meeting",  "daily",      "index",    "term",     "author",
                                        "journal", "project",  "course",     "lecture",  "template", "book"};
    enum { TAGS = 9 };
    for (size_t i = 0; i < (is_tag ? TAGS : sizeof kinds / sizeof kinds[0]); i++)
        if (span_is_nocase(span_trim(text), kinds[i]))
            return true;
    return false;
}

/* "type: concept", "tags: [person]", in a folder "concepts": not on a paper, though it may name some. */
static bool is_of_another_kind(const struct page *page)
{
    static const char *const keys[] = {"type", "kind", "class", "tags", "tag", "category", "categories"};
    enum { FIRST_TAG = 3 };
    const bool recorded = page->first < page->blocks.count && page_has_record(page, page->first);
    if (page->meta.id.len > 0 || page->meta.venue.len > 0)
        return false;
    if (page->is_among_concepts && !recorded && page->meta.authors.count <= 1) /* who wrote the page */
        return true;
    if (page->meta.authors.count > 0)
        return false;
    for (size_t i = 0; i < page->blocks.tag_count && page->blocks.tags[i].line <= page->front.body_line; i++)
        if (is_other_kind(page->blocks.tags[i].text, true)) /* "#concept" on the first line */
            return true;
    for (size_t i = 0; i < page->front.count; i++)
        for (size_t j = 0; j < sizeof keys / sizeof keys[0]; j++)
            if (span_is(page->front.values[i].key, keys[j]) &&
                is_other_kind(page->front.values[i].text, j >= FIRST_TAG))
                return true;
    return false;
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

/* "Publications", "Selected publications". */
static bool announces_publications(struct span words)
{
    enum { MOST_WORDS = 4 };
    struct word word;
    size_t count = 0;
    bool announced = false;
    for (; word_next(&words, &word); count++)
        announced |= span_is_nocase(word.text, "publications") || span_is_nocase(word.text, "publication");
    return announced && count <= MOST_WORDS;
}

static bool is_item_of_paper(const struct page *page, size_t i)
{
    const enum view_kind kind = page->views[i].kind;
    return block_is_outermost(&page->blocks.at[i]) && (kind == VIEW_TITLE || kind == VIEW_MAYBE) &&
           page_item_is_of_paper(page, i);
}

/* Whether an item is surely a paper, wherever it stands: by a link to it, its authors, or a venue that is listed. */
static bool is_surely_paper(const struct page *page, size_t i)
{
    const struct clean_title *title = &page->views[i].title;
    return is_item_of_paper(page, i) && span_find(title->text, " et al") == SIZE_MAX &&
           (page->blocks.at[i].paper.len > 0 || title->authors.len > 0 ||
            (title->stamp.venue.len > 0 && !title->stamp.guessed));
}

/* On a page with a list of somebody's publications, items elsewhere that name no paper are of a life: schools, talks,
 * skills. */
static void leave_life(struct page *page)
{
    enum { FEWEST_PAPERS = 2 };
    size_t papers = 0;
    for (unsigned pass = 0, level = 0; pass < 2; pass++, level = 0)
        for (size_t i = 0; i < page->blocks.count; i++) {
            const struct block *block = &page->blocks.at[i];
            if (block->kind == BLOCK_HEADING && announces_publications(block->words))
                level = block->level;
            else if (block->kind == BLOCK_HEADING && block->level <= level)
                level = 0;
            else if (pass == 0)
                papers += level > 0 && is_item_of_paper(page, i);
            else if (papers >= FEWEST_PAPERS && level == 0 && block_is_outermost(&page->blocks.at[i]) &&
                     !is_surely_paper(page, i)) {
                page->views[i].is_outside = true;
                page->views[i].kind = VIEW_TEXT;
            }
        }
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
    if (page->sink->told.depth == 0)
        lift_sorted(page);
    leave_nested(page);
    leave_life(page);
    find_first_heading(page);
    if (page->sink->told.unit != UNIT_UNTOLD) {
        page_lay_out_as_told(page);
        return;
    }
    if (page->is_of_repository || is_headed_by_file(page) || is_blank_form(page) || is_of_another_kind(page))
        return;
    settle_named(page);
    lower_numbered(page);
    cut_families(page);
    raise_recorded(page);
    raise_recorded_items(page);
    raise_pointed(page);
    raise_dated(page);
    const struct census census = census_take(page);
    const bool has_front_record = page->meta.title.len > 0 && (page->meta.id.len > 0 || page->meta.venue.len > 0 ||
                                                               page->meta.authors.count > 0 || page->meta.year != 0);
    page->level = title_level(&census);
    page->is_log = census.months >= 2 || census.dated_months > 0;
    const unsigned keyed = keyed_level(page);
    if (has_front_record && !is_placeholder(page->meta.title))
        page->layout = LAYOUT_ONE;
    else if (keyed > 0) {
        page->layout = LAYOUT_KEYED;
        page->level = keyed;
    } else if (census.labels >= 2 && !page->is_page_name)
        page->layout = LAYOUT_LABELS;
    else if (census.title_headings == 1 && !page->is_shelf_name)
        page->layout = LAYOUT_ONE;
    else if (is_table_of_papers(page, &census)) {
        page->layout = is_list_of_papers(page, &census) ? LAYOUT_ITEMS : LAYOUT_ROWS;
        page->is_mixed = true;
    } else if (census.references >= 3 && may_list_papers(page, &census))
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
    if (page->layout == LAYOUT_HEADINGS)
        drop_unrecorded(page);
    if (page->layout == LAYOUT_BOLD)
        page->is_mixed = census.bold_papers * 2 > census.bold;
    take_lists(page, &census);
    if (page->layout == LAYOUT_NONE && census.labels >= 2 && census.paper_labels == census.labels)
        page->layout = LAYOUT_LABELS;
    page->has_tables = has_rows_of_papers(&census) && (page->layout == LAYOUT_HEADINGS || page->layout == LAYOUT_ITEMS);
    page->is_mixed |= page->has_tables;
}

/* ---- where papers begin and end ------------------------------------------------------------------------------ */

/* A paragraph between lists of papers that is nothing but a link to one more. */
static bool is_linked_paragraph(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3 };
    const struct block *block = &page->blocks.at[i];
    const struct view *view = &page->views[i];
    return page->is_mixed && block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && block->label_is_link &&
           block->label_is_all && block->paper.len > 0 && has_words(view->title.text, FEWEST_WORDS);
}

/* One that is set in bold, with nothing but where it appeared and links to it behind. */
static bool is_bold_paragraph(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const struct view *view = &page->views[i];
    return block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && block->label.len > 0 &&
           !block->label_is_link && block->paper.len > 0 && view->title.stamp.year != 0;
}

/* How many of the next items of the same list, one or two before or behind, are papers; `*ends` when the list ends
 * there. */
static size_t papers_beside(const struct page *page, size_t i, bool forward, bool *ends)
{
    enum { MOST = 2 };
    size_t papers = 0, seen = 0;
    *ends = true;
    for (size_t j = i; seen < MOST && (forward ? ++j < page->blocks.count : j-- > 0);) {
        const struct block *block = &page->blocks.at[j];
        if (block->kind != BLOCK_ITEM || (block->level < OUTERMOST && !block->is_more))
            break;
        if (!block_is_outermost(&page->blocks.at[j]))
            continue;
        *ends = false;
        seen++;
        if (!is_item_of_paper(page, j))
            break;
        papers++;
    }
    return papers;
}

/* Whether an item may be a paper where it stands among papers: it leads nowhere but reads as a title or has its year,
 * "Quiet Pages (2031)", or is all a link to a paper, whatever it says. */
static bool may_be_paper(const struct block *block, const struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    const bool titled = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
    const bool reads = titled || (view->title.is_possible && view->title.stamp.year != 0);
    const bool leads = block->label_is_link && block->label_is_all && block->paper.len > 0;
    return has_words(view->title.text, FEWEST_WORDS) && (block->url.len == 0 ? reads : leads);
}

static bool is_among_papers(const struct page *page, size_t i)
{
    enum { FEWEST_PAPERS = 2 };
    bool first, last;
    if (!block_is_outermost(&page->blocks.at[i]) || page->views[i].is_outside ||
        !may_be_paper(&page->blocks.at[i], &page->views[i]))
        return false;
    const size_t before = papers_beside(page, i, false, &first), behind = papers_beside(page, i, true, &last);
    return (before > 0 || first) && (behind > 0 || last) && before + behind >= FEWEST_PAPERS;
}

bool page_begins_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const enum view_kind kind = page->views[i].kind;
    const bool is_plan = !page->is_told && page_is_plan(page, i);
    if (page->layout == LAYOUT_LABELS)
        return block_is_title_label(block);
    if (page->layout == LAYOUT_KEYED)
        return block->kind == BLOCK_HEADING && block->level <= page->level && page_has_key(page, i);
    if (page->layout == LAYOUT_ITEMS)
        return is_linked_paragraph(page, i) || is_bold_paragraph(page, i) || (!is_plan && is_among_papers(page, i)) ||
               (block->kind == BLOCK_ITEM && (kind == VIEW_TITLE || kind == VIEW_MAYBE) && !is_plan &&
                (!page->is_mixed || page_item_is_of_paper(page, i)));
    if (page->layout == LAYOUT_BOLD)
        return block->kind == BLOCK_PARAGRAPH && kind == VIEW_TITLE &&
               !(page->is_mixed && block->label_is_link && block->paper.len == 0);
    return page->layout == LAYOUT_HEADINGS && block->kind == BLOCK_HEADING && block->level == page->level &&
           (kind == VIEW_TITLE || kind == VIEW_MAYBE);
}

bool page_lists_paper(const struct page *page, size_t i)
{
    return page->has_lists && page->views[i].is_listed && page->blocks.at[i].kind == BLOCK_ITEM;
}

bool page_stamps_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    return page->layout == LAYOUT_HEADINGS && block->kind == BLOCK_HEADING && block->level > page->level &&
           page->views[i].kind == VIEW_VENUE;
}

bool page_ends_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const enum view_kind kind = page->views[i].kind;
    if (page_begins_paper(page, i))
        return true;
    if (page->layout == LAYOUT_KEYED)
        return block->kind == BLOCK_HEADING && block->level <= page->level;
    if (page->layout == LAYOUT_ITEMS)
        return block->kind == BLOCK_HEADING || (page->has_tables && block->kind == BLOCK_ROW) ||
               (block->kind == BLOCK_ITEM && block->level <= OUTERMOST && !block->is_more);
    if (block->kind != BLOCK_HEADING || page->layout == LAYOUT_BOLD)
        return block->kind == BLOCK_HEADING && kind != VIEW_PART;
    if (page->layout == LAYOUT_LABELS)
        return kind == VIEW_VENUE || kind == VIEW_PAGE;
    return (kind == VIEW_VENUE && !page_stamps_paper(page, i)) || block->level < page->level;
}
