/* The title in full that the front matter of a note has for another name of it: "aliases: [Quiet Pages for Readers]" of
 * a paper's note called "QP". */
#include "corpus/markdown_census.h"

#include "corpus/names.h"
#include "corpus/words.h"

enum { SHORT = 3 }; /* words of a name that may stand for a title */

/* Whether tags or a record say that the note is on a paper, as one on an idea has other names too. */
static bool is_on_paper(const struct meta *meta)
{
    static const char *const tags[] = {"paper", "papers", "literature", "\u8bba\u6587", "\u6587\u732e"};
    for (size_t i = 0; i < meta->tags.count; i++)
        if (span_is_among_nocase(meta->tags.at[i], tags, sizeof tags / sizeof tags[0]))
            return true;
    return meta->id.len > 0 || meta->venue.len > 0 || meta->year != 0 || meta->doi.len > 0 || meta->arxiv.len > 0;
}

/* Whether a file is called by a name of one word, as citation keys are: "doe2031tiled.md". */
static bool is_one_word(struct span name)
{
    const char *slash = memrchr(name.at, '/', name.len);
    const struct span file = slash == NULL ? name : span_from(name, (size_t)(slash + 1 - name.at));
    for (size_t i = 0; i < file.len; i++)
        if (file.at[i] == ' ' || file.at[i] == '-' || file.at[i] == '_')
            return false;
    return true;
}

/* Whether the page is called by no more than a name: in its front matter, its first heading and its file. */
static bool is_called_shortly(const struct page *page)
{
    const bool headed = page->first < page->blocks.count && page->views[page->first].kind != VIEW_PART;
    return !has_words(page->meta.title, SHORT + 1) &&
           !(headed && has_words(page->views[page->first].title.text, SHORT + 1)) &&
           (!has_words(page->name.text, SHORT + 1) || is_one_word(span_of(page->source->name)));
}

/* "@doe2031", "Doe et al., 2031": how a paper is cited. */
static bool is_citation(struct span name)
{
    return span_starts(name, "@") || year_find(name) != 0;
}

/* Whether a record tells that the note is on a paper, and no title is there: then the other name is that. */
static bool is_recorded(const struct page *page)
{
    const bool headed = page->first < page->blocks.count && page->views[page->first].kind != VIEW_PART;
    return page->meta.title.len == 0 && !headed && page->meta.authors.count > 0 && page->meta.year != 0;
}

/* Takes the year of a name that cites the paper, "Example et al. 2031". */
static void take_cited_year(struct meta *meta, struct span name)
{
    enum { YEAR_DIGITS = 4 };
    const struct span text = span_without_end(span_trim(name), ")");
    const size_t at = text.len > YEAR_DIGITS ? text.len - YEAR_DIGITS : 0;
    const struct span people = span_without_end(span_trim(span_until(text, at)), "(,");
    struct names names;
    if (meta->year == 0 && at > 0 && strchr(" (", text.at[at - 1]) != NULL && names_read(span_trim(people), &names) &&
        names.field_words == 0 && names.full + names.single + names.and_others > 0)
        meta->year = year_find(span_from(text, at));
}

static void take_cited_years(struct page *page, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < page->front.count; i++)
        if (span_is_among(page->front.values[i].key, keys, count))
            take_cited_year(&page->meta, page->front.values[i].text);
}

void page_take_alias(struct page *page)
{
    static const char *const keys[] = {"aliases", "alias"};
    take_cited_years(page, keys, sizeof keys / sizeof keys[0]);
    if (!is_on_paper(&page->meta) || !is_called_shortly(page))
        return;
    for (size_t i = 0; i < page->front.count; i++) {
        const struct front_value *front = &page->front.values[i];
        const struct value value = {front->text, front->source, front->line, false};
        struct clean_title title;
        const bool recorded = is_recorded(page) && !is_citation(front->text);
        if (!span_is_among(front->key, keys, sizeof keys / sizeof keys[0]) ||
            !has_words(front->text, recorded ? SHORT : SHORT + 1))
            continue;
        page->meta.failed |= !title_clean(&page->arena, front->text, false, &title);
        if (page->meta.failed || !(title.is_likely || recorded))
            continue;
        page->meta.title = (struct span){"", 0};
        (void)meta_take(&page->arena, &page->meta, LABEL_TITLE, &value);
        return;
    }
}
