/* What the front matter of a page says of its paper. */
#include "corpus/link.h"
#include "corpus/markdown_census.h"
#include "corpus/names.h"
#include "corpus/title.h"
#include "corpus/words.h"

/* "paper: Title" names the paper, "paper: https://..." leads to it. */
static bool is_title_key(struct span key)
{
    return span_is_nocase(key, "paper") || span_is(key, "\u8bba\u6587");
}

/* In a blog the author of the front matter is the blogger, not the paper's: one name beside what posts have. */
static bool is_blogger(const struct page *page, const struct front_value *front)
{
    return span_is(front->key, "author") && !front->is_element && page_is_post(page) &&
           memchr(front->text.at, ',', front->text.len) == NULL && span_find(front->text, " and ") == SIZE_MAX;
}

/* "date: 2019" is when the paper appeared, while a whole date is the note's, but in what a reference manager wrote and
 * on the page of somebody's publication. */
static bool is_date_of_paper(const struct page *page, const struct front_value *front)
{
    static const char *const keys[] = {"item-type", "itemtype", "publication_types"};
    enum { YEAR_DIGITS = 4 };
    bool managed = false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        managed |= front_matter_get(&page->front, keys[i]) != NULL;
    return span_is(front->key, "date") && year_find(front->text) != 0 && (managed || front->text.len == YEAR_DIGITS);
}

/* "Doe 2031", "Doe et al. (2031b)": how a paper is cited, which is no title. Sets its year. */
static bool is_citation_name(struct span title, int *year)
{
    enum { YEAR_DIGITS = 4, MOST_WORDS = 4 };
    struct names names;
    while (title.len > 0 && (strchr(") ", title.at[title.len - 1]) != NULL ||
                             (title.at[title.len - 1] >= 'a' && title.at[title.len - 1] <= 'e')))
        title.len--;
    if (title.len <= YEAR_DIGITS || has_words(title, MOST_WORDS + 1))
        return false;
    const struct span digits = span_from(title, title.len - YEAR_DIGITS);
    struct span who = span_until(title, title.len - YEAR_DIGITS);
    while (who.len > 0 && strchr(" (,_-", who.at[who.len - 1]) != NULL)
        who.len--;
    *year = year_find(digits);
    return *year != 0 && who.len > 0 && names_read(who, &names) && names.field_words == 0;
}

/* A post on a paper, called "Doe 2031", may give the title in its description. */
static void take_described_title(struct page *page)
{
    static const char *const keys[] = {"description", "subtitle", "summary"};
    enum { FEWEST_WORDS = 4 };
    int year = 0;
    if (page->meta.title.len == 0 || !is_citation_name(page->meta.title, &year))
        return;
    page->meta.year = page->meta.year == 0 ? year : page->meta.year;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct front_value *front = front_matter_get(&page->front, keys[i]);
        const struct line line = {.text = front == NULL ? (struct span){"", 0} : front->text};
        if (front == NULL || !has_words(line.text, FEWEST_WORDS) || !evidence_is_plausible(title_evidence(&line)))
            continue;
        page->meta.title = front->text;
        page->meta.title_line = front->line;
        passage_add(&page->arena, &page->meta, FIELD_TITLE, front->line, front->source, front->source);
        return;
    }
}

/* "paper_ref: Doe, A. 2031", "reference: Doe and Roe, 2031": how the paper is cited. Gives its people and its year. */
static void take_reference(struct page *page, const struct front_value *front)
{
    static const char *const keys[] = {"paper_ref", "paper ref", "paper-ref", "reference", "citation"};
    bool named = false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        named |= span_is_nocase(front->key, keys[i]);
    if (!named || front->is_element || span_find(front->text, "://") != SIZE_MAX)
        return;
    if (front->source.len == front->text.len) /* as it stands there */
        (void)meta_take_byline(&page->arena, &page->meta, front->source, front->text, front->line);
    if (page->meta.year == 0)
        page->meta.year = year_find(front->text);
}

/* "paper_title" beside the "title" of a post, "original-title", "title_en": the title of the paper itself. */
static void take_title_itself(struct page *page)
{
    static const char *const keys[] = {"paper_title",    "paper-title",   "papertitle", "original_title",
                                       "original-title", "originaltitle", "title_en"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct front_value *front = front_matter_get(&page->front, keys[i]);
        const struct value value =
            front == NULL ? (struct value){0} : (struct value){front->text, front->source, front->line, false};
        if (front != NULL)
            (void)meta_take(&page->arena, &page->meta, LABEL_TITLE, &value);
    }
}

/* "publish: SOSP 2031": where the paper appeared, while a category sorts whatever there is. */
static bool take_unnamed_venue(struct page *page, const struct value *value, const struct front_value *front)
{
    static const char *const sorts[] = {"categories", "category", "series", "event", "layout", "type"};
    return !front->is_element && !span_is_among(front->key, sorts, sizeof sorts / sizeof sorts[0]) &&
           meta_take_unnamed_venue(&page->arena, &page->meta, value, false);
}

/* "title: Quiet pages, read again (SOSP 2031)" beside "paper_title": the post says when the paper appeared. */
static void take_stamp_of_post(struct page *page)
{
    const struct front_value *post = front_matter_get(&page->front, "title");
    struct clean_title title;
    if (post == NULL || page->meta.title.len == 0 || is_same_title(page->meta.title, post->text))
        return;
    page->meta.failed |= !title_clean(&page->arena, post->text, false, &title);
    if (!page->meta.failed)
        meta_fill_venue(&page->meta, &title.stamp);
}

/* "Example et al. / Quiet Pages for Readers / SOSP 2031" in the description of a page that is called "QP": a reference
 * to the paper it is about. */
static void take_described_reference(struct page *page)
{
    static const char *const keys[] = {"description", "subtitle", "summary"};
    enum { SHORT = 3 };
    struct meta *meta = &page->meta;
    if (has_words(meta->title, SHORT + 1))
        return;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct front_value *front = front_matter_get(&page->front, keys[i]);
        const struct line line = {.text = front == NULL ? (struct span){"", 0} : span_trim(front->text)};
        struct title title;
        if (line.text.len == 0 || line.text.len > LONGEST_READ_LINE_BYTES)
            continue;
        title_read(&line, &title);
        if (title.authors.len == 0 || title.stamp.year == 0 || evidence_score(title.evidence) < TITLE_SCORE)
            continue;
        const struct span had = meta->title;
        meta->title = (struct span){"", 0};
        if (!meta_take_reference(&page->arena, meta, meta->title, true, front->text, front->line)) {
            meta->title = had;
            continue;
        }
        passage_add(&page->arena, meta, FIELD_TITLE, front->line, front->source, front->source);
        return;
    }
}

void page_take_front(struct page *page)
{
    take_title_itself(page);
    for (size_t i = 0; i < page->front.count; i++) {
        const struct front_value *front = &page->front.values[i];
        const struct value value = {front->text, front->source, front->line, front->is_element};
        enum label label = conventions_label(page->sink->conventions, front->key);
        struct span link;
        if (label == LABEL_LINK && link_read(front->text, &link) == LINK_NONE && is_title_key(front->key))
            label = LABEL_TITLE;
        if (label == LABEL_NONE && is_date_of_paper(page, front))
            label = LABEL_YEAR;
        if (label == LABEL_NONE && !take_unnamed_venue(page, &value, front))
            take_reference(page, front);
        if (!is_blogger(page, front))
            (void)meta_take(&page->arena, &page->meta, label, &value);
    }
    take_stamp_of_post(page);
    take_described_title(page);
    take_described_reference(page);
    const struct line title = {.text = page->meta.title};
    page->meta.title_is_of_post = page_is_post(page) && (count_east_asian(title.text) > 0 ||
                                                         evidence_score(title_evidence(&title)) < TITLE_SCORE);
}
