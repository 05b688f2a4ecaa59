/* Pages that are on no paper, whatever they hold: forms to fill in, files of the repository, concepts, people. */
#include "corpus/markdown_census.h"

#include "corpus/identifiers.h"
#include "corpus/words.h"

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

/* What a page of a vault says it is, when it is no paper; the first few also as a tag, which else names a topic. */
static bool is_other_kind(struct span text, bool is_tag)
{
    static const char *const kinds[] = {"concept", "concepts", "definition", "glossary", "person",   "people",
                                        "moc",     "meeting",  "daily",      "index",    "term",     "author",
                                        "journal", "project",  "course",     "lecture",  "template", "book",
                                        "exam",    "homework", "assignment", "log"};
    enum { TAGS = 9 };
    for (size_t i = 0; i < (is_tag ? TAGS : sizeof kinds / sizeof kinds[0]); i++)
        if (span_is_nocase(span_trim(text), kinds[i]))
            return true;
    return false;
}

/* "type: paper", "entity_type: paper": what a page says it is, in whatever folder it lies. */
static bool says_paper(const struct page *page)
{
    static const char *const keys[] = {"type", "kind", "class", "entity_type", "note_type", "category"};
    static const char *const papers[] = {"paper", "article", "\u8bba\u6587", "\u8ad6\u6587", "\ub17c\ubb38"};
    for (size_t i = 0; i < page->front.count; i++)
        if (span_is_among(page->front.values[i].key, keys, sizeof keys / sizeof keys[0]) &&
            span_is_among_nocase(span_trim(page->front.values[i].text), papers, sizeof papers / sizeof papers[0]))
            return true;
    return false;
}

/* "type: concept", "tags: [person]", in a folder "concepts": not on a paper, though it may name some. */
static bool is_of_another_kind(const struct page *page)
{
    static const char *const keys[] = {"type", "kind", "class", "tags", "tag", "category", "categories"};
    enum { FIRST_TAG = 3 };
    const bool recorded = page->first < page->blocks.count && page_has_record(page, page->first);
    if (page->meta.id.len > 0 || page->meta.venue.len > 0 || says_paper(page))
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

/* "source_url: https://..." to a talk, or to a page of the web that holds no paper, of which nothing else is said. */
static bool is_on_web_page(const struct page *page)
{
    static const char *const keys[] = {"source_url", "source", "url", "link"};
    if (page->meta.id.len > 0 || page->meta.venue.len > 0 || page->meta.year != 0 || says_paper(page))
        return false;
    for (size_t i = 0; i < page->front.count; i++) {
        const struct span address = span_trim(page->front.values[i].text);
        if (!span_is_among(page->front.values[i].key, keys, sizeof keys / sizeof keys[0]))
            continue;
        const bool clipped = span_is(page->front.values[i].key, keys[0]) && span_starts(address, "http");
        if (is_talk_address(address) || (clipped && !is_paper_address(address)))
            return true;
    }
    return false;
}

bool page_is_on_no_paper(const struct page *page)
{
    return is_on_web_page(page) || page->is_of_repository || is_headed_by_file(page) || is_blank_form(page) ||
           is_of_another_kind(page);
}
