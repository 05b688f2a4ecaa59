/* What kind of page the blocks make, and where its papers begin and end. */
#include "corpus/markdown_census.h"

#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
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

/* The level whose headings are papers: one of linked titles, else the first below a venue that has titles, else the first
 * with several. */
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

/* What the record, the parts or the folders of a page say of a paper. */
static bool has_record_or_parts(const struct page *page, const struct census *census)
{
    return page->meta.id.len > 0 || page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0 ||
           census->all_parts >= 2 || page->folder.venue.len > 0 ||
           (page->name.stamp.venue.len > 0 && page->name.stamp.year != 0);
}

/* Words by which a page shows that it is about a paper. */
static bool speaks_of_a_paper(const struct page *page, const struct census *census)
{
    static const char *const signs[] = {
        "arxiv.org",  "doi.org",   "usenix.org", "dl.acm.org", "openreview.net", "arXiv",      "Abstract",
        "Authors",    "authors",   "Author:",    "Venue",      "venue",          "Conference", "the paper",
        "this paper", "The paper", "This paper", "et al",      "\u8bba\u6587"};
    if (has_record_or_parts(page, census))
        return true;
    const struct span text = page->source->text;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (memmem(text.at, text.len, signs[i], strlen(signs[i])) != NULL)
            return true;
    return false;
}

/* The word alone, which makes a paper's of a likely title only. */
static bool mentions_papers(const struct page *page)
{
    const struct span text = page->source->text;
    return memmem(text.at, text.len, "paper", 5) != NULL || memmem(text.at, text.len, "Paper", 5) != NULL;
}

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

static bool is_list_of_headings(const struct page *page, const struct census *census)
{
    if (page->level == 0)
        return false;
    if (census->all_venues > 0)
        return true;
    const size_t titles = census->titles[page->level], strong = page_count_strong(page);
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

static bool is_list_of_items(const struct page *page, const struct census *census)
{
    if (has_parts(census) || census->is_foreign || (page->is_page_name && !page_notes_most(page, BLOCK_ITEM)))
        return false;
    const size_t titles = census->title_items + (census->all_venues > 0 ? census->maybe_items : 0);
    return titles * 2 > census->items && (titles >= 3 || (census->all_venues > 0 && titles > 0));
}

/* Whether the page may list papers by where they are, with whatever beside: not when it is about one, or about a program. */
static bool may_list_papers(const struct page *page, const struct census *census)
{
    const bool titled = page->first < page->blocks.count && page->views[page->first].kind == VIEW_TITLE &&
                        page_has_record(page, page->first);
    return !titled && !census->is_software && census->chapters < 2 && page_count_strong(page) == 0;
}

/* Items most of which lead to papers, as in lists that others may add to. */
static bool is_list_of_papers(const struct page *page, const struct census *census)
{
    enum { FEWEST_PAPERS = 3 };
    return census->paper_items >= FEWEST_PAPERS && census->paper_items * 2 > census->items - census->aside_items &&
           (!has_parts(census) || page->is_shelf_name) && may_list_papers(page, census);
}

/* Tables most of whose rows lead to papers. */
static bool is_table_of_papers(const struct page *page, const struct census *census)
{
    return census->paper_rows >= 2 && census->paper_rows * 2 > census->rows - census->aside_rows &&
           may_list_papers(page, census);
}

/* Bold lines with no title above them. */
static bool is_list_of_bold(const struct page *page, const struct census *census)
{
    const bool titled = page->first < page->blocks.count && page->views[page->first].kind == VIEW_TITLE;
    return !titled && !census->is_foreign && census->bold >= (census->all_venues > 0 ? 1U : 2U);
}

/* A page that leads elsewhere: nothing is said of one paper. */
static bool is_list_of_links(const struct census *census)
{
    return census->link_items >= 3 && census->link_items * 2 > census->items && census->all_parts == 0;
}

/* "learning_from_pages.md" above "## Learning from pages": the same words, as their writer spells them. */
static bool is_named_as_file(const struct page *page)
{
    const struct view *view = &page->views[page->first];
    return (view->kind == VIEW_MAYBE || view->kind == VIEW_OTHER) && page->name.text.len > 0 && !page->is_page_name &&
           is_same_title(view->title.text, page->name.text);
}

/* Whether the heading may be a title where the name in small letters may be one too. */
static bool is_better_than_name(const struct page *page)
{
    enum { FEWEST_WORDS = 3 };
    const struct view *view = &page->views[page->first];
    return page->name.is_plain && view->kind == VIEW_MAYBE && has_words(view->title.text, FEWEST_WORDS);
}

bool page_heading_is_title(const struct page *page)
{
    enum { MOST_BLOCKS_ABOVE = 3 };
    if (page->first == page->blocks.count || page->first > MOST_BLOCKS_ABOVE)
        return false;
    const enum view_kind kind = page->views[page->first].kind;
    if (kind == VIEW_TITLE || is_named_as_file(page))
        return true;
    if ((kind != VIEW_MAYBE && kind != VIEW_OTHER) || (page->name.is_likely && !is_better_than_name(page)))
        return false;
    return page->blocks.at[page->first].level == 1 || page_has_record(page, page->first);
}

bool page_opens_with_title(const struct page *page)
{
    const struct block *block = page->blocks.at;
    struct names names;
    if (page->first < 1 || page->blocks.count < 2 || memchr(block->text.at, '\n', block->text.len) != NULL ||
        (page->first < page->blocks.count && page->views[page->first].kind != VIEW_PART))
        return false;
    const struct block *next = block + 1;
    const struct clean_title *title = &page->opening;
    if (block->label_is_link && block->label_is_all && span_find(block->url, "://") != SIZE_MAX)
        return title->is_likely;
    return next->kind == block->kind && names_read(next->words, &names) && names.full > 0 && names.single == 0 &&
           (title->is_likely || (title->is_possible && names_are_likely(&names)));
}

/* Whether a first-level heading opens the page and sentences follow, but no code: manuals have that. */
static bool is_told(const struct page *page)
{
    enum { FEWEST_WORDS = 6 };
    const struct span text = page->source->text;
    if (page->blocks.at[page->first].level != 1 || span_find(text, "```") != SIZE_MAX ||
        span_find(text, "\n\n    ") != SIZE_MAX)
        return false;
    for (size_t i = page->first + 1; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if ((block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) && has_words(block->words, FEWEST_WORDS))
            return true;
    }
    return false;
}

/* "How to Use a Forum": papers are called so too, but then the page says that it is about one. */
static bool is_guide(const struct view *view)
{
    return span_starts_nocase(view->title.text, "how to ");
}

/* A note that was begun, with nothing in it yet, or with where the paper is. */
static bool is_empty_or_address(struct span text)
{
    struct span link;
    size_t from = 0;
    text = span_trim(text);
    return text.len == 0 || (link_next(text, &from, &link) && link.len == text.len);
}

/* Headings alone are a form that nobody filled in. */
static bool is_form(const struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind != BLOCK_HEADING)
            return false;
    return true;
}

/* Whether a line just below the heading is a link to the paper, by its title. */
static bool is_linked_below(const struct page *page, struct span title)
{
    enum { MOST_BLOCKS_BELOW = 6 };
    for (size_t i = page->first + 1; i < page->blocks.count && i <= page->first + MOST_BLOCKS_BELOW; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->label_is_link && span_ends(block->url, ".pdf") && is_same_title(block->label, title))
            return true;
    }
    return false;
}

/* Whether the heading of a README is the name of its folder, or a link to the paper. */
static bool is_at_home(const struct page *page, const struct view *view)
{
    const struct block *heading = &page->blocks.at[page->first];
    return heading->level == 1 && view->title.text.len > 0 &&
           (is_same_title(view->title.text, page->home.text) ||
            (heading->label_is_link && span_ends(heading->url, ".pdf")));
}

/* Whether a name that is short or in small letters is a title where all others around are: three words, or two of which one
 * is of the field. */
static bool is_name_among_papers(const struct page *page)
{
    struct span rest = page->name.text;
    size_t words = 0, research = 0;
    for (struct word word; word_next(&rest, &word); words++)
        research += (word.classes & WORD_RESEARCH) != 0;
    return page->is_among_papers && page->name.is_possible && !has_page_word(page->name.text) &&
           (words > 2 || (words == 2 && research > 0));
}

/* Whether the name of a file that does not speak of a paper is a title. One in small letters needs more to show it. */
static bool name_is_title(const struct page *page)
{
    const struct clean_title *name = &page->name;
    const bool headed = page->first < page->blocks.count && page->views[page->first].kind != VIEW_PART;
    if (!headed && is_name_among_papers(page))
        return true;
    return name->is_likely && (name->is_of_field || (mentions_papers(page) && !(name->is_plain && headed)));
}

/* A heading or name in a script of East Asia: of a paper in it, or rather of what several papers are about. */
static bool is_east_asian(struct span title)
{
    for (size_t i = 0; i < title.len; i++)
        if (is_ascii_letter(title.at[i]))
            return false;
    return count_east_asian(title) > 0;
}

/* Whether a link to a paper by its title stands below the first heading, or at the top. */
static bool has_linked_title(const struct page *page)
{
    struct arena arena = {0};
    struct clean_title title;
    const size_t from = page->first < page->blocks.count && page_heading_is_title(page) ? page->first + 1 : 0;
    const bool found = page_linked_title(page, &arena, from, &title) < page->blocks.count;
    arena_free(&arena);
    return found;
}

/* A title that the page gives itself: a label, the first heading, or the name of the file. */
static bool has_own_title(const struct page *page, const struct census *census)
{
    bool speaks = speaks_of_a_paper(page, census);
    if (page->meta.title.len > 0) {
        const bool placeholder = is_placeholder(page->meta.title) || is_page_name(page->meta.title);
        struct line line = {.text = page->meta.title};
        const bool dated =
            page->name.stamp.year != 0 && page->name.is_likely && !page->name.is_plain; /* "2001-Pages-A-Survey" */
        const bool held = span_find(page->source->text, ".pdf)") != SIZE_MAX;
        return !placeholder && !page->is_shelf_name &&
               (speaks || dated || held || evidence_score(title_evidence(&line)) >= TITLE_SCORE);
    }
    if (page->first < page->blocks.count && page->views[page->first].is_of_papers)
        return false;
    if (page->blocks.count == 0)
        return page->name.is_likely && !page->is_page_name && is_empty_or_address(page->source->text);
    if (page_opens_with_title(page))
        return true;
    if (page_heading_is_title(page)) {
        const struct view *view = &page->views[page->first];
        const bool record = page_has_record(page, page->first), likely = view->kind == VIEW_TITLE;
        if (is_east_asian(view->title.text))
            speaks = record || has_record_or_parts(page, census) || has_linked_title(page);
        if (page->name.stamp.year != 0 && is_same_title(view->title.text, page->name.text) && !page->is_page_name)
            return true; /* "2018 Title.md" above "# Title" */
        if (page->is_shelf_name && !census->is_foreign &&
            ((speaks && is_at_home(page, view)) || is_linked_below(page, view->title.text)))
            return true;
        if (page->is_shelf_name || census->is_foreign)
            return likely && record;
        if (page->is_page_name)
            return view->kind != VIEW_OTHER && (record || speaks || (likely && view->title.is_of_field));
        if (is_list_of_links(census) && !record)
            return false;
        return speaks || (record && view->kind != VIEW_OTHER) ||
               (likely && (view->title.is_of_field || mentions_papers(page) || (is_told(page) && !is_guide(view)))) ||
               (view->kind == VIEW_MAYBE && (census->all_parts > 0 || view->title.stamp.year != 0) && is_told(page));
    }
    if (page->is_page_name || census->is_foreign || page->name.text.len == 0 || is_form(page))
        return false;
    if (is_east_asian(page->name.text))
        return has_record_or_parts(page, census) || has_linked_title(page);
    return speaks || name_is_title(page);
}

/* The level of the only heading that leads to a paper, with notes below and no other title beside it: a collection that has
 * begun, or a page on a talk and one paper. 0 when there is none. What stands beside it begins no paper. */
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

/* Headings that would not pass for titles alone do where each has a record below, "Year: 2019", and there are several. */
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

/* A page whose front matter or first heading is for programs to fill in, or that lies among such. */
static bool is_blank_form(const struct page *page)
{
    for (size_t i = 0; i < page->front.count; i++)
        if (has_blank(page->front.values[i].source))
            return true;
    return page->is_among_forms || (page->first < page->blocks.count && has_blank(page->blocks.at[page->first].text));
}

/* The items of one level: how many there are, and how many are titles that lead to papers or name their venues. */
static void count_level(const struct page *page, unsigned level, size_t *items, size_t *papers)
{
    *items = *papers = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct view *view = &page->views[i];
        if (block->kind != BLOCK_ITEM || block->level != level || block->is_more)
            continue;
        (*items)++;
        *papers += (view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE) && block_is_of_paper(block, view);
    }
}

/* The items of the outermost list may only sort those within: "Storage" above "The Google File System, SOSP 2003". What is
 * nested elsewhere is text. */
static void choose_item_level(struct page *page)
{
    enum { FEWEST_PAPERS = 3, ITEMS_A_PAPER = 4 };
    size_t items, papers;
    page->item_level = 1;
    for (unsigned level = 1; level < MOST_ITEM_LEVELS && page->item_level == level; level++) {
        count_level(page, level, &items, &papers);
        if (items == 0 || papers * ITEMS_A_PAPER > items)
            break;
        count_level(page, level + 1, &items, &papers);
        if (papers >= FEWEST_PAPERS && papers * 2 > items)
            page->item_level = level + 1;
    }
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_ITEM && page->blocks.at[i].level != page->item_level)
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

/* "type: concept", "tags: [person]": not on a paper, though it may name some. */
static bool is_of_another_kind(const struct page *page)
{
    static const char *const keys[] = {"type", "kind", "class", "tags", "tag", "category", "categories"};
    enum { FIRST_TAG = 3 };
    if (page->meta.id.len > 0 || page->meta.venue.len > 0 || page->meta.authors.count > 0)
        return false;
    for (size_t i = 0; i < page->front.count; i++)
        for (size_t j = 0; j < sizeof keys / sizeof keys[0]; j++)
            if (span_is(page->front.values[i].key, keys[j]) &&
                is_other_kind(page->front.values[i].text, j >= FIRST_TAG))
                return true;
    return false;
}

void page_choose_layout(struct page *page)
{
    page->layout = LAYOUT_NONE;
    choose_item_level(page);
    for (page->first = 0; page->first < page->blocks.count; page->first++)
        if (page->blocks.at[page->first].kind == BLOCK_HEADING)
            break;
    if (page->is_of_repository || is_headed_by_file(page) || is_blank_form(page) || is_of_another_kind(page))
        return;
    settle_named(page);
    raise_recorded(page);
    const struct census census = census_take(page);
    const bool has_front_record = page->meta.title.len > 0 && (page->meta.id.len > 0 || page->meta.venue.len > 0 ||
                                                               page->meta.authors.count > 0 || page->meta.year != 0);
    page->level = title_level(&census);
    page->is_log = census.months >= 2;
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
        page->layout = LAYOUT_ROWS;
        page->is_mixed = true;
    } else if (census.references >= 3 && may_list_papers(page, &census))
        page->layout = LAYOUT_BOLD;
    else if (is_list_of_papers(page, &census)) {
        page->layout = LAYOUT_ITEMS;
        page->is_mixed = !is_list_of_items(page, &census);
    } else if (!is_one_title(page, &census) && is_list_of_headings(page, &census))
        page->layout = LAYOUT_HEADINGS;
    else if (is_list_of_items(page, &census))
        page->layout = LAYOUT_ITEMS;
    else if (is_list_of_bold(page, &census))
        page->layout = LAYOUT_BOLD;
    else if (census.rows >= 2 && (!page->is_page_name || page_notes_most(page, BLOCK_ROW)) && !census.is_foreign &&
             (page->first == page->blocks.count || page->views[page->first].kind != VIEW_TITLE))
        page->layout = LAYOUT_ROWS;
    else if (has_own_title(page, &census) || (census.labels == 1 && !census.is_foreign))
        page->layout = LAYOUT_ONE;
    else if ((page->level = only_linked_level(page, &census)) > 0)
        page->layout = LAYOUT_HEADINGS;
}

/* ---- where papers begin and end ------------------------------------------------------------------------------ */

bool page_begins_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const enum view_kind kind = page->views[i].kind;
    if (page->layout == LAYOUT_LABELS)
        return block_is_title_label(block);
    if (page->layout == LAYOUT_KEYED)
        return block->kind == BLOCK_HEADING && block->level <= page->level && page_has_key(page, i);
    if (page->layout == LAYOUT_ITEMS)
        return block->kind == BLOCK_ITEM && (kind == VIEW_TITLE || kind == VIEW_MAYBE) && !page_is_plan(page, i) &&
               (!page->is_mixed || block_is_of_paper(block, &page->views[i]));
    if (page->layout == LAYOUT_BOLD)
        return block->kind == BLOCK_PARAGRAPH && kind == VIEW_TITLE;
    return page->layout == LAYOUT_HEADINGS && block->kind == BLOCK_HEADING && block->level == page->level &&
           (kind == VIEW_TITLE || kind == VIEW_MAYBE);
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
        return block->kind == BLOCK_HEADING ||
               (block->kind == BLOCK_ITEM && block->level <= page->item_level && !block->is_more);
    if (block->kind != BLOCK_HEADING || page->layout == LAYOUT_BOLD)
        return block->kind == BLOCK_HEADING && kind != VIEW_PART;
    return page->layout == LAYOUT_LABELS ? kind == VIEW_VENUE || kind == VIEW_PAGE
                                         : kind == VIEW_VENUE || block->level < page->level;
}
