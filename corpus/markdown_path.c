/* What the names of a page's file and folders say. */
#include "corpus/label.h"
#include "corpus/markdown_page.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

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
    char *parted = arena_string(&page->arena, folder);
    if (parted == NULL)
        return false;
    part_words(parted, folder.len);
    const bool is_stamp =
        stamp_read(folder, STAMP_LINE, stamp) || stamp_read((struct span){parted, folder.len}, STAMP_LINE, stamp);
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

/* "templates", "99 Templates", "archetypes": forms lie in there; in "books" chapters. */
static bool is_for_forms(struct span folder)
{
    return span_is_nocase(folder, "books") || span_find(folder, "emplate") != SIZE_MAX ||
           span_find(folder, "EMPLATE") != SIZE_MAX || span_is(folder, "archetypes") ||
           span_find(folder, "\u6a21\u677f") != SIZE_MAX;
}

/* "concepts", "Wiki", "03_glossary": what lies right in there is on subjects, whatever papers it names. */
static bool is_for_concepts(struct span folder)
{
    static const char *const names[] = {"concept", "concepts", "entity", "entities", "glossary", "glossaries",
                                        "terms",   "wiki",     "topics", "people",   "insight",  "insights"};
    while (folder.len > 0 && (is_ascii_digit(folder.at[0]) || strchr("-_. ", folder.at[0]) != NULL))
        folder = span_from(folder, 1);
    return span_is_among_nocase(folder, names, sizeof names / sizeof names[0]);
}

/* "papers", "read_papers", "paper-notes": what lies in there is on papers. */
static bool is_for_papers(struct span folder)
{
    for (size_t i = 0, start = 0; i <= folder.len; i++) {
        if (i < folder.len && strchr("-_. ", folder.at[i]) == NULL)
            continue;
        struct span word = {folder.at + start, i - start};
        while (word.len > 0 && (unsigned char)word.at[word.len - 1] >= 0x80)
            word.len--;
        if (span_is_nocase(word, "paper") || span_is_nocase(word, "papers"))
            return true;
        start = i + 1;
    }
    return span_find(folder, "\u8bba\u6587") != SIZE_MAX || span_find(folder, "\ub17c\ubb38") != SIZE_MAX ||
           span_find(folder, "\u8ad6\u6587") != SIZE_MAX;
}

/* "25" in a folder that is named after a venue alone: its year. */
static void take_short_year(struct page *page, struct span folder, const struct stamp *above)
{
    enum { CENTURY = 2000 };
    const bool is_short = folder.len == 2 && is_ascii_digit(folder.at[0]) && is_ascii_digit(folder.at[1]);
    if (is_short && page->folder.year == 0 && above->venue.len > 0 && above->year == 0)
        page->folder.year = CENTURY + (folder.at[0] - '0') * 10 + (folder.at[1] - '0');
}

/* "book", "courses": what lies in there, however deep, is on chapters and lectures. */
static bool is_for_chapters(struct span folder)
{
    static const char *const names[] = {"book",     "course",    "courses",  "lecture", "lectures",
                                        "tutorial", "tutorials", "textbook", "mooc",    "homework"};
    return span_is_among_nocase(folder, names, sizeof names / sizeof names[0]);
}

/* "reviews/2031/2031-02-10-quiet-pages.md": a folder for the notes of a year says nothing of when their papers
 * appeared. */
static bool is_for_notes_of_year(int year, struct span name)
{
    enum { YEAR_DIGITS = 4 };
    return without_date(name).len < name.len && year_find(span_until(name, YEAR_DIGITS)) == year;
}

static bool read_folders(struct page *page, struct span path)
{
    const struct span name = base_of(path);
    struct span below = {"", 0};
    if (page->sink != NULL && page->sink->folder.len > 0)
        page->is_among_papers = is_for_papers(page->sink->folder);
    for (struct span above = folder_of(path); above.len > 0; below = base_of(above), above = folder_of(above)) {
        struct stamp part;
        if (!read_folder(page, base_of(above), &part))
            return false;
        if (part.venue.len == 0 && is_for_notes_of_year(part.year, name))
            part.year = 0;
        take_short_year(page, below, &part);
        stamp_add(&page->folder, &part);
        page->is_among_papers |= is_for_papers(base_of(above));
        page->is_among_forms |= is_for_forms(base_of(above));
        page->is_among_concepts |= is_for_chapters(base_of(above));
    }
    return true;
}

/* A README or the like may lie in a folder of its paper's own, which then names the paper or at least its venue. What
 * is called "notes" has no other subject than its folder, if that is a title in three words. */
static bool read_own_folder(struct page *page, struct span folder, bool is_notes)
{
    enum { FEWEST_WORDS = 3 };
    struct clean_title title;
    struct stamp stamp;
    if (!title_from_name(&page->arena, folder, &title))
        return false;
    if (is_notes && !title.is_likely && title.is_possible && has_words(title.text, FEWEST_WORDS))
        title.is_likely = title.is_plain = true;
    page->home = title;
    if (title.is_likely)
        page->name = title;
    page->is_note_of_folder = is_notes && title.is_likely;
    const bool has_stamp = title.stamp.venue.len > 0 && title.stamp.year != 0;
    if (title.is_likely || (has_stamp && !stamp_read(folder, STAMP_LINE, &stamp)))
        page->is_page_name = page->is_shelf_name = false;
    return true;
}

/* Written in capitals, as hosts of code have them: no note is. */
static bool is_of_repository(struct span name)
{
    static const char *const names[] = {
        "CHANGELOG",    "SECURITY",    "GOVERNANCE", "CODE_OF_CONDUCT", "CONTRIBUTING", "SUPPORT",
        "LICENSE",      "MAINTAINERS", "RELEASES",   "ROADMAP",         "NOTICE",       "AGENTS",
        "CLAUDE",       "GEMINI",      "SKILL",      "CHANGES",         "HISTORY",      "NEWS",
        "CONTRIBUTORS", "AUTHORS",     "INSTALL",    "COPYING",         "UPGRADING",    "TODO",
        "RELEASE"};
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
    page->is_among_concepts = is_for_concepts(folder); /* or below chapters */
    if (!read_folders(page, path) || !title_from_name(&page->arena, name, &page->name))
        return false;
    clean_named_title(page, name);
    return !page->is_page_name || folder.len == 0 || is_page_name(folder) ||
           read_own_folder(page, folder, !page->is_shelf_name && is_about_reading(name));
}
