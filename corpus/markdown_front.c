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

/* "date: 2019" is when the paper appeared, while a whole date is the note's, but in what a reference manager wrote. */
static bool is_date_of_paper(const struct page *page, const struct front_value *front)
{
    enum { YEAR_DIGITS = 4 };
    const bool managed =
        front_matter_get(&page->front, "item-type") != NULL || front_matter_get(&page->front, "itemtype") != NULL;
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
    static const char *const keys[] = {"paper_title", "paper-title", "original_title", "original-title", "title_en"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct front_value *front = front_matter_get(&page->front, keys[i]);
        const struct value value =
            front == NULL ? (struct value){0} : (struct value){front->text, front->source, front->line, false};
        if (front != NULL)
            (void)meta_take(&page->arena, &page->meta, LABEL_TITLE, &value);
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
        if (label == LABEL_NONE)
            take_reference(page, front);
        if (!is_blogger(page, front))
            (void)meta_take(&page->arena, &page->meta, label, &value);
    }
    take_described_title(page);
    const struct line title = {.text = page->meta.title};
    page->meta.title_is_of_post = page_is_post(page) && (count_east_asian(title.text) > 0 ||
                                                         evidence_score(title_evidence(&title)) < TITLE_SCORE);
}
