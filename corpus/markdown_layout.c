#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/markdown_page.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/title.h"
#include "corpus/words.h"

enum { LEVELS = 7, MOST_RECORD_BLOCKS = 8 };

/* ---- names of file and folders ------------------------------------------------------------------------------- */

static struct span base_of(struct span path)
{
    const char *slash = memrchr(path.at, '/', path.len);
    return slash == NULL ? path : span_from(path, (size_t)(slash + 1 - path.at));
}

static struct span without_ending(struct span name)
{
    const char *dot = memrchr(name.at, '.', name.len);
    const bool ending = dot != NULL && dot > name.at && name.len - (size_t)(dot - name.at) <= 10;
    return ending ? span_until(name, (size_t)(dot - name.at)) : name;
}

static struct span folder_of(struct span path)
{
    const char *slash = memrchr(path.at, '/', path.len);
    return slash == NULL ? (struct span){path.at, 0} : span_until(path, (size_t)(slash - path.at));
}

/* The venue and year a folder is named after: "osdi-2020", or with a paper's name behind, "2020-OSDI-Pollux". */
static bool read_folder(struct page *page, struct span folder, struct stamp *stamp)
{
    struct clean_title title;
    const bool is_stamp = stamp_read(folder, STAMP_LINE, stamp);
    const bool could_be_all = is_stamp && stamp->doubtful && stamp->venue.len <= 2; /* "CC", "VR" */
    if (is_stamp && !could_be_all)
        return true;
    *stamp = (struct stamp){.year = 0};
    if (could_be_all)
        return true;
    if (!title_from_name(&page->arena, folder, &title))
        return false;
    if (title.stamp.venue.len > 0 && title.stamp.year != 0)
        *stamp = title.stamp;
    return true;
}

static bool read_folders(struct page *page, struct span path)
{
    for (struct span above = folder_of(path); above.len > 0; above = folder_of(above)) {
        struct stamp part;
        if (!read_folder(page, base_of(above), &part))
            return false;
        stamp_add(&page->folder, &part);
    }
    return true;
}

/* A README or the like may lie in a folder of its paper's own, which then names the paper or at least its venue. */
static bool read_own_folder(struct page *page, struct span folder)
{
    struct clean_title title;
    struct stamp stamp;
    if (!title_from_name(&page->arena, folder, &title))
        return false;
    page->home = title;
    if (title.is_likely)
        page->name = title;
    const bool has_stamp = title.stamp.venue.len > 0 && title.stamp.year != 0;
    if (title.is_likely || (has_stamp && !stamp_read(folder, STAMP_LINE, &stamp)))
        page->is_page_name = page->is_shelf_name = false;
    return true;
}

/* Written in capitals, as hosts of code have them: no note is. */
static bool is_of_repository(struct span name)
{
    static const char *const names[] = {"CHANGELOG", "SECURITY", "GOVERNANCE",  "CODE_OF_CONDUCT", "CONTRIBUTING",
                                        "SUPPORT",   "LICENSE",  "MAINTAINERS", "RELEASES",        "ROADMAP"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t len = strlen(names[i]);
        if (span_starts(name, names[i]) && (name.len == len || !is_ascii_letter(name.at[len])))
            return true;
    }
    return false;
}

/* "s03_preliminaries", "06-conclusion", "05_06_related_work": a numbered part of a paper in a file of its own. */
static bool is_part_file(struct span name)
{
    char words[64];
    enum field field;
    size_t start = name.len > 1 && (name.at[0] == 's' || name.at[0] == 'S') && is_ascii_digit(name.at[1]) ? 1 : 0;
    const size_t first = start;
    while (start < name.len && (is_ascii_digit(name.at[start]) || strchr("-_. ", name.at[start]) != NULL))
        start++;
    const struct span rest = span_from(name, start);
    if (start == first || !is_ascii_digit(name.at[first]) || rest.len == 0 || rest.len >= sizeof words)
        return false;
    for (size_t i = 0; i < rest.len; i++)
        words[i] = rest.at[i] == '_' || rest.at[i] == '-' ? ' ' : rest.at[i];
    return part_read((struct span){words, rest.len}, &field);
}

/* A title that a tool took from the name of the file says no more than the name. */
static void clean_named_title(struct page *page, struct span name)
{
    if (page->meta.title.len > 0 && page->name.text.len > 0 && !page->is_page_name &&
        is_same_title(page->meta.title, name) && !is_same_title(page->name.text, name))
        page->meta.title = page->name.text;
}

bool page_read_name(struct page *page)
{
    const struct span path = span_of(page->source->name);
    const struct span name = without_ending(base_of(path));
    const struct span folder = base_of(folder_of(path));
    page->is_of_repository = is_of_repository(name);
    page->is_page_name = is_page_name(name) || span_find(name, "emplate") != SIZE_MAX ||
                         span_starts_nocase(name, "ref - ") || /* on a term */
                         is_part_file(name);
    page->is_shelf_name = page->is_page_name && is_shelf_name(name);
    if (!read_folders(page, path) || !title_from_name(&page->arena, name, &page->name))
        return false;
    clean_named_title(page, name);
    return !page->is_page_name || folder.len == 0 || is_page_name(folder) || read_own_folder(page, folder);
}

/* ---- what the headings are ----------------------------------------------------------------------------------- */

struct census {
    size_t titles[LEVELS], maybes[LEVELS], others[LEVELS], parts[LEVELS], venues[LEVELS], pages[LEVELS];
    size_t linked[LEVELS];          /* of the titles, and what may be some: to elsewhere */
    size_t paper_items, paper_rows; /* that lead to a paper, or name its venue */
    size_t references;              /* set as paragraphs, which lead to their papers */
    size_t aside_items;             /* of a table of contents, or to be read */
    size_t all_parts, all_venues, items, link_items, title_items, maybe_items, bold, labels, rows;
    size_t chapters, months, title_headings; /* "Paper title" above the title */
    bool is_manual;                          /* code, and no heading that leads to a paper */
    bool in_references;                      /* below a heading "References" */
    bool is_software;                        /* a heading such as "Installation" */
    bool is_foreign;                         /* a heading such as "Installation" or "License", or chapters of a book */
};

/* "Installation", "Usage notes", "Quick install", but not "Key ingredients", where a word before it is one of parts. */
static bool is_foreign_heading(struct span words)
{
    struct word word;
    size_t count = 0, foreign = 0;
    bool part = false;
    while (word_next(&words, &word)) {
        count += word.text.len > 0;
        foreign += (word.classes & WORD_OTHER) != 0 && !part;
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
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (span_is_nocase(word.text, names[i]))
                return true;
    return false;
}

static bool is_title_label(const struct block *block)
{
    struct span rest = block->text, text, name, value;
    if (block->kind == BLOCK_HEADING || block->kind == BLOCK_ROW || !line_cut(&rest, &text))
        return false;
    const struct span first = span_trim((struct span){block->words.at, text.len});
    if (title_label_bytes(first) == 0 || !label_split(first, &name, &value))
        return false;
    return span_trim(value).len > 0 && !is_placeholder(span_trim(value)) && !is_page_name(span_trim(value));
}

static bool has_words(struct span text, size_t wanted)
{
    struct word word;
    size_t words = 0;
    while (words < wanted && word_next(&text, &word))
        words += word.text.len > 0;
    return words >= wanted;
}

/* Whether something is said of the paper that this item or row names. */
static bool is_noted(const struct page *page, size_t i)
{
    enum { FEWEST_WORDS = 3 };
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
        noted += has_words(block->cells[j].words, FEWEST_WORDS);
    return noted > 1; /* one is the title */
}

/* A box to tick without a word on the paper is a plan to read it. */
static bool is_plan(const struct page *page, size_t i)
{
    return page->blocks.at[i].is_task && !is_noted(page, i);
}

/* "Ch. 3: Finding Similar Pages". */
static bool is_chapter(struct span words)
{
    struct word word, number;
    return word_next(&words, &word) && word_next(&words, &number) &&
           (span_is_nocase(word.text, "ch") || span_is_nocase(word.text, "chapter")) && number.text.len > 0 &&
           is_ascii_digit(number.text.at[0]);
}

/* Whether an item leads to a paper, or names the venue of one. */
static bool is_of_paper(const struct block *block, const struct view *view)
{
    enum { FEWEST_WORDS = 3 };
    return view->title.is_reference || block->paper.len > 0 ||
           (view->title.stamp.venue.len > 0 &&
            (view->title.stamp.year != 0 || has_words(view->title.text, FEWEST_WORDS)));
}

/* Whether a heading leads to the paper. */
static bool is_linked(const struct block *block, const struct view *view)
{
    return view->has_pointer || (block->label_is_link && span_find(block->url, "://") != SIZE_MAX);
}

/* "## Paper title" with the title in the block below. */
static bool is_title_heading(const struct page *page, size_t i)
{
    const struct block *next = &page->blocks.at[i] + 1;
    return conventions_label(page->sink->conventions, page->views[i].title.text) == LABEL_TITLE &&
           i + 1 < page->blocks.count && next->kind != BLOCK_HEADING && next->kind != BLOCK_ROW;
}

static void count_heading(struct census *census, const struct block *block, const struct view *view)
{
    size_t *const counts[] = {
        [VIEW_TITLE] = census->titles, [VIEW_MAYBE] = census->maybes, [VIEW_OTHER] = census->others,
        [VIEW_PART] = census->parts,   [VIEW_VENUE] = census->venues, [VIEW_PAGE] = census->pages};
    if (view->kind < sizeof counts / sizeof counts[0] && counts[view->kind] != NULL)
        counts[view->kind][block->level]++;
    census->linked[block->level] += is_linked(block, view) && !is_talk_address(block->url) &&
                                    (view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE);
    census->all_parts += view->kind == VIEW_PART;
    census->all_venues += view->kind == VIEW_VENUE;
    census->chapters += is_chapter(block->words);
    census->months += is_month(span_trim(block->words));
    census->is_software |= is_software_heading(block->words);
    census->is_foreign |= is_foreign_heading(block->words) || census->chapters > 1;
}

/* "References", below which papers are listed that something else builds on. */
static bool is_reference_heading(struct span words)
{
    static const char *const names[] = {"references",
                                        "reference",
                                        "bibliography",
                                        "related work",
                                        "related works",
                                        "acknowledgements",
                                        "acknowledgement",
                                        "acknowledgment",
                                        "acknowledgments",
                                        "\u53c2\u8003",
                                        "\u53c2\u8003\u6587\u732e",
                                        "\u53c2\u8003\u8d44\u6599"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (span_is_nocase(span_trim(words), names[i]))
            return true;
    return false;
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
    const bool plan = is_plan(page, i), title = view->kind == VIEW_TITLE || view->kind == VIEW_MAYBE;
    census->items++;
    census->link_items += block->label_is_link;
    census->title_items += view->kind == VIEW_TITLE && !plan;
    census->maybe_items += view->kind == VIEW_MAYBE && !plan;
    census->paper_items += title && !plan && !census->in_references && is_of_paper(block, view);
    census->aside_items += plan || (block->label_is_link && span_find(block->url, "://") == SIZE_MAX);
}

static struct census take_census(const struct page *page)
{
    struct census census = {.is_software = has_commands(page->source->text),
                            .is_manual = span_find(page->source->text, "```") != SIZE_MAX};
    size_t column = SIZE_MAX;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct view *view = &page->views[i];
        if (block->kind == BLOCK_HEADING) {
            count_heading(&census, block, view);
            census.is_manual &= block->paper.len == 0;
            census.in_references = is_reference_heading(view->title.text);
            census.title_headings += is_title_heading(page, i);
        }
        if (block->kind == BLOCK_ROW && block->is_header)
            column = title_column(block, page->sink->conventions);
        else if (block->kind == BLOCK_ROW && column < block->cell_count && block->cells[column].words.len > 0) {
            census.rows++;
            census.paper_rows += block->paper.len > 0;
        }
        if (block->kind == BLOCK_ITEM && block->level == 1 && !block->is_more)
            count_item(&census, page, i);
        census.bold += block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE;
        census.references += block->kind == BLOCK_PARAGRAPH && view->kind == VIEW_TITLE && view->title.is_reference;
        census.labels += is_title_label(block);
    }
    return census;
}

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

bool page_titled_below(const struct page *page, struct arena *arena, size_t heading, struct clean_title *title)
{
    const struct clean_title *name = &page->views[heading].title;
    const struct block *below = &page->blocks.at[heading] + 1;
    if (heading + 1 >= page->blocks.count || below->kind != BLOCK_PARAGRAPH || name->is_likely || name->text.len < 3 ||
        below->words.len <= name->text.len || memchr(below->text.at, '\n', below->text.len) != NULL ||
        !is_same_title(span_until(below->words, name->text.len), name->text))
        return false;
    const struct span rest = span_trim(span_from(below->words, name->text.len));
    return rest.len > 0 && strchr(":-", rest.at[0]) != NULL && title_clean(arena, below->words, false, title) &&
           title->is_likely;
}

/* Whether the blocks right below a heading say whose paper it is. */
static bool has_record(const struct page *page, size_t heading)
{
    struct arena arena = {0};
    struct clean_title full;
    const bool is_full = page_titled_below(page, &arena, heading, &full);
    arena_reset(&arena);
    const struct view *view = &page->views[heading];
    const struct block *block = &page->blocks.at[heading];
    if (view->title.stamp.venue.len > 0 || view->title.authors.len > 0 || is_linked(block, view) || is_full) {
        arena_free(&arena);
        return true;
    }
    struct meta meta = {.conventions = page->sink->conventions};
    bool found = false;
    for (size_t i = heading + 1; i < page->blocks.count && i <= heading + MOST_RECORD_BLOCKS && !found; i++) {
        const struct block *below = &page->blocks.at[i];
        if (below->kind == BLOCK_HEADING)
            break;
        if (page->views[i].kind == VIEW_TITLE && !is_title_label(below))
            break; /* of another paper */
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

/* Whether the line right below a heading gives a citation key, as "- Citekey: lee2024": no other heading has one. */
static bool has_key(const struct page *page, size_t heading)
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

/* Whether a heading with a key opens the page, nothing stands in front of it, and all other headings are below it. */
static bool is_keyed_alone(const struct page *page)
{
    if (page->front.count > 0 || page->meta.title.len > 0 || page->blocks.count == 0 || !has_key(page, 0))
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
        if (!has_key(page, i))
            continue;
        level = level == 0 ? page->blocks.at[i].level : level;
        count++;
    }
    return count > 1 ? level : 0;
}

/* ---- one paper or many --------------------------------------------------------------------------------------- */

/* Words by which a page shows that it is about a paper. */
static bool speaks_of_a_paper(const struct page *page, const struct census *census)
{
    static const char *const signs[] = {
        "arxiv.org",  "doi.org",   "usenix.org", "dl.acm.org", "openreview.net", "arXiv",      "Abstract",
        "Authors",    "authors",   "Author:",    "Venue",      "venue",          "Conference", "the paper",
        "this paper", "The paper", "This paper", "et al",      "\u8bba\u6587"};
    if (page->meta.id.len > 0 || page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0 ||
        census->all_parts >= 2 || page->folder.venue.len > 0 ||
        (page->name.stamp.venue.len > 0 && page->name.stamp.year != 0))
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

/* Among the headings of the level of titles: how many have a record or parts of their own. */
static size_t count_strong(const struct page *page)
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
        strong += parts || has_record(page, i);
    }
    return strong;
}

/* Among the headings of the level of titles: how many are worded as a paper's. */
static size_t count_of_field(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        count += page->blocks.at[i].kind == BLOCK_HEADING && page->blocks.at[i].level == page->level &&
                 page->views[i].kind == VIEW_TITLE && page->views[i].title.is_of_field;
    return count;
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
    const size_t strong = count_strong(page);
    if (level == page->level) /* "### Title" over "### Part" */
        return strong < 2 && census->parts[level] > 0 && has_record(page, page->first);
    if (census->titles[level] + census->maybes[level] + census->others[level] > 1)
        return false;
    if (strong >= 2)
        return false;
    return has_record(page, page->first) || census->parts[page->level] > 0 || strong == 0;
}

static bool is_list_of_headings(const struct page *page, const struct census *census)
{
    if (page->level == 0)
        return false;
    if (census->all_venues > 0)
        return true;
    const size_t titles = census->titles[page->level], strong = count_strong(page);
    if (census->is_manual && census->linked[page->level] >= strong)
        return false;
    if (census->is_foreign)
        return strong * 2 >= titles;
    return titles > 0 && (page->level == 1 || strong > 0 || count_of_field(page) * 2 >= titles);
}

/* In a page that lists papers, whether the list says something of most of them. */
static bool is_noted_list(const struct page *page, enum block_kind kind)
{
    size_t all = 0, noted = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->kind != kind || block->is_header || (kind == BLOCK_ITEM && page->views[i].kind == VIEW_TEXT))
            continue;
        all++;
        noted += is_noted(page, i);
    }
    return noted * 2 >= all;
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
    if (has_parts(census) || census->is_foreign || (page->is_page_name && !is_noted_list(page, BLOCK_ITEM)))
        return false;
    const size_t titles = census->title_items + (census->all_venues > 0 ? census->maybe_items : 0);
    return titles * 2 > census->items && (titles >= 3 || (census->all_venues > 0 && titles > 0));
}

/* Whether the page may list papers by where they are, with whatever beside: not when it is about one, or about a program. */
static bool may_list_papers(const struct page *page, const struct census *census)
{
    const bool titled = page->first < page->blocks.count && page->views[page->first].kind == VIEW_TITLE &&
                        has_record(page, page->first);
    return !titled && !census->is_software && census->chapters < 2 && count_strong(page) == 0;
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
    return census->paper_rows >= 2 && census->paper_rows * 2 > census->rows && may_list_papers(page, census);
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

bool page_heading_is_title(const struct page *page)
{
    enum { MOST_BLOCKS_ABOVE = 3 };
    if (page->first == page->blocks.count || page->first > MOST_BLOCKS_ABOVE)
        return false;
    const enum view_kind kind = page->views[page->first].kind;
    if (kind == VIEW_TITLE || is_named_as_file(page))
        return true;
    if ((kind != VIEW_MAYBE && kind != VIEW_OTHER) || page->name.is_likely)
        return false;
    return page->blocks.at[page->first].level == 1 || has_record(page, page->first);
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

/* A title that the page gives itself: a label, the first heading, or the name of the file. */
static bool has_own_title(const struct page *page, const struct census *census)
{
    const bool speaks = speaks_of_a_paper(page, census);
    if (page->meta.title.len > 0) {
        const bool placeholder = is_placeholder(page->meta.title) || is_page_name(page->meta.title);
        struct line line = {.text = page->meta.title};
        const bool dated = page->name.stamp.year != 0 && page->name.is_likely; /* "2001-Pages-A-Survey" */
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
        const bool record = has_record(page, page->first), likely = view->kind == VIEW_TITLE;
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
    return speaks || (page->name.is_likely && (page->name.is_of_field || mentions_papers(page)));
}

/* Whether sentences stand below a heading, up to the next of its level. */
static bool is_noted_below(const struct page *page, size_t heading)
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

/* The level of the only heading that leads to a paper, with notes below and no other title beside it: a collection that has
 * begun, or a page on a talk and one paper. 0 when there is none. What stands beside it begins no paper. */
static unsigned only_linked_level(struct page *page, const struct census *census)
{
    size_t linked = 0, at = 0;
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING && is_linked(&page->blocks.at[i], &page->views[i])) {
            linked++;
            at = i;
        }
    if (linked != 1 || page->views[at].kind != VIEW_TITLE || !is_paper_address(page->blocks.at[at].url) ||
        census->is_foreign || census->titles[page->blocks.at[at].level] > 1 || !is_noted_below(page, at))
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
            if (block->kind != BLOCK_HEADING || !is_open || is_page_name(view->title.text) || !has_record(page, i))
                continue;
            recorded[block->level] += pass == 0;
            is_raised[block->level] = recorded[block->level] >= 2;
            if (pass == 1 && is_raised[block->level])
                view->kind = VIEW_TITLE;
        }
}

/* Whether titles stand below a heading, up to the next of its level. */
static bool has_titles_below(const struct page *page, size_t heading)
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

/* "MapReduce (2004)" above no titles is a paper's and no shelf's. */
static void settle_named(struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++) {
        struct view *view = &page->views[i];
        if (view->kind != VIEW_VENUE || !view->is_named || has_titles_below(page, i))
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

void page_choose_layout(struct page *page)
{
    page->layout = LAYOUT_NONE;
    if (page->is_of_repository || is_headed_by_file(page))
        return;
    settle_named(page);
    raise_recorded(page);
    const struct census census = take_census(page);
    const bool has_front_record = page->meta.title.len > 0 && (page->meta.id.len > 0 || page->meta.venue.len > 0 ||
                                                               page->meta.authors.count > 0 || page->meta.year != 0);
    for (page->first = 0; page->first < page->blocks.count; page->first++)
        if (page->blocks.at[page->first].kind == BLOCK_HEADING)
            break;
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
    else if (is_table_of_papers(page, &census))
        page->layout = LAYOUT_ROWS;
    else if (census.references >= 3 && may_list_papers(page, &census))
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
    else if (census.rows >= 2 && (!page->is_page_name || is_noted_list(page, BLOCK_ROW)) && !census.is_foreign &&
             (page->first == page->blocks.count || page->views[page->first].kind != VIEW_TITLE))
        page->layout = LAYOUT_ROWS;
    else if (has_own_title(page, &census) || (census.labels == 1 && !census.is_foreign))
        page->layout = LAYOUT_ONE;
    else if ((page->level = only_linked_level(page, &census)) > 0)
        page->layout = LAYOUT_HEADINGS;
}

/* ---- where papers begin and end ------------------------------------------------------------------------------ */

/* A column of names beside one of venues: "| Name | Conference |". */
static size_t name_column(const struct block *header, const struct conventions *conventions)
{
    size_t name = header->cell_count;
    bool venues = false;
    for (size_t i = header->cell_count; i-- > 0;) {
        venues |= conventions_label(conventions, header->cells[i].words) == LABEL_VENUE;
        if (span_is_nocase(span_trim(header->cells[i].words), "name"))
            name = i;
    }
    return venues ? name : header->cell_count;
}

size_t title_column(const struct block *header, const struct conventions *conventions)
{
    for (size_t i = 0; i < header->cell_count; i++)
        if (conventions_label(conventions, header->cells[i].words) == LABEL_TITLE ||
            span_is_nocase(span_trim(header->cells[i].words), "paper") ||
            span_is_nocase(span_trim(header->cells[i].words), "papers") ||
            span_is(span_trim(header->cells[i].words), "\u8bba\u6587"))
            return i;
    return name_column(header, conventions);
}

bool page_begins_paper(const struct page *page, size_t i)
{
    const struct block *block = &page->blocks.at[i];
    const enum view_kind kind = page->views[i].kind;
    if (page->layout == LAYOUT_LABELS)
        return is_title_label(block);
    if (page->layout == LAYOUT_KEYED)
        return block->kind == BLOCK_HEADING && block->level <= page->level && has_key(page, i);
    if (page->layout == LAYOUT_ITEMS)
        return block->kind == BLOCK_ITEM && (kind == VIEW_TITLE || kind == VIEW_MAYBE) && !is_plan(page, i) &&
               (!page->is_mixed || is_of_paper(block, &page->views[i]));
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
        return block->kind == BLOCK_HEADING || (block->kind == BLOCK_ITEM && block->level == 1 && !block->is_more);
    if (block->kind != BLOCK_HEADING || page->layout == LAYOUT_BOLD)
        return block->kind == BLOCK_HEADING && kind != VIEW_PART;
    return page->layout == LAYOUT_LABELS ? kind == VIEW_VENUE || kind == VIEW_PAGE
                                         : kind == VIEW_VENUE || block->level < page->level;
}
