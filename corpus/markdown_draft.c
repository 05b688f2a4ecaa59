/* What stands behind a title in its own block: a venue, lines of the record, a note. */
#include "corpus/markdown_draft.h"

#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/words.h"

#include <stdio.h>

void page_draft_set_rest(struct page_draft *draft, const struct block *block, size_t at)
{
    const bool only_links =
        at <= block->pointed && !has_letters((struct span){block->words.at + at, block->pointed - at});
    const size_t end = block->pointed > at && block->remark == 0 ? block->pointed : block->text.len;
    const size_t from = only_links && block->remark > 0 ? block->remark : at;
    draft->rest_text = span_from(span_until(block->text, end), from);
    draft->rest_words = span_from(span_until(block->words, end), from);
}

/* The line of a place behind the title in its block. */
static uint32_t line_behind(const struct page_draft *draft, const char *at)
{
    uint32_t line = draft->line;
    for (const char *c = draft->title_text.at; c < at; c++)
        line += *c == '\n';
    return line;
}

/* Whether only white space and marks stand before a place on its line, which is not the line of the title. */
static bool is_on_own_line(const struct page_draft *draft, const char *at)
{
    while (at > draft->rest_text.at && strchr(" \t*_", at[-1]) != NULL)
        at--;
    return at > draft->rest_text.at && at[-1] == '\n';
}

/* Where the emphasis ends that a line begins in: "_Ada Example, Bo Sample._ OSDI 2031"; 0 when it begins in none. */
static size_t emphasis_end(const struct page_draft *draft, struct span text)
{
    const bool opens = text.at > draft->rest_text.at && strchr("*_", text.at[-1]) != NULL;
    for (size_t i = 1; opens && i < text.len; i++)
        if (text.at[i] == text.at[-1] && !is_ascii_letter((char)(i + 1 < text.len ? text.at[i + 1] : ' ')))
            return i;
    return 0;
}

/* Whether nothing stands behind names but where the paper appeared, with its year, whoever lists it. */
static bool may_be_venue(struct span text)
{
    enum { YEAR_BYTES = 4, LONGEST_VENUE_BYTES = 80 };
    return text.len == 0 || (text.len >= YEAR_BYTES && text.len <= LONGEST_VENUE_BYTES &&
                             year_find(span_from(text, text.len - YEAR_BYTES)) != 0);
}

/* Takes names in emphasis, and the venue behind them. A list of what may be names but does not read as such is a
 * note. */
static bool take_emphasised(struct page *page, struct meta *meta, const struct page_draft *draft, struct span text,
                            struct span words, uint32_t line)
{
    const size_t end = emphasis_end(draft, text);
    const struct span people = span_trim_marks(span_until(words, end), ".,;"),
                      venue = span_trim_marks(span_from(words, end), ".,;");
    const struct value who = {people, {text.at + (people.at - words.at), people.len}, line, false};
    const struct value where = {venue, {text.at + (venue.at - words.at), venue.len}, line, false};
    struct names names;
    if (end == 0 || meta->authors.count > 0 || !may_be_venue(venue))
        return false;
    if (names_read(people, &names) && names.full > 0)
        (void)meta_take(&page->arena, meta, LABEL_AUTHORS, &who);
    else if (span_find(people, ", ") != SIZE_MAX || span_find(people, " and ") != SIZE_MAX)
        passage_add(&page->arena, meta, FIELD_NOTE, line, who.source, who.text);
    else
        return false;
    (void)meta_take(&page->arena, meta, LABEL_VENUE, &where);
    return true;
}

static bool take_line_behind(struct page *page, struct meta *meta, struct span text, struct span words, uint32_t line)
{
    return meta_take_names(&page->arena, meta, text, words, line) ||
           meta_take_byline(&page->arena, meta, text, words, line) ||
           meta_take_line(&page->arena, meta, text, words, line);
}

/* The lines below a title in its item may be a record: one of names, one of a venue. Takes them off both spans. */
static void take_lines_behind(struct page *page, struct meta *meta, const struct page_draft *draft, struct span *text,
                              struct span *words)
{
    struct span rest = *text, line;
    while (line_cut(&rest, &line)) {
        const struct span line_words = span_until(*words, line.len);
        if (!is_on_own_line(draft, line.at) ||
            !(take_emphasised(page, meta, draft, line, line_words, line_behind(draft, line.at)) ||
              take_line_behind(page, meta, line, line_words, line_behind(draft, line.at))))
            return;
        *words = span_from(*words, (size_t)(rest.at - text->at));
        *text = rest;
    }
}

/* The name of a venue in front of its year: "Journal of Pages" of "Journal of Pages, 2031, pages 4-7". */
static struct span until_year(struct span venue, int year)
{
    char behind[16];
    (void)snprintf(behind, sizeof behind, ", %d", year);
    const size_t at = span_find(venue, behind);
    return at == SIZE_MAX || at == 0 ? venue : span_until(venue, at);
}

/* Takes names and where the paper appeared, when nothing else stands behind the title. */
static bool take_byline_behind(struct page *page, struct meta *meta, const struct page_draft *draft, struct span text,
                               struct span words)
{
    struct stamp stamp = {0};
    const size_t end = words.len == 0 || meta->authors.count > 0 ? 0 : byline_bytes(words, &stamp);
    const struct span venue = venue_of_byline(span_from(words, end)), name = until_year(venue, stamp.year);
    const struct span place = {text.at + (name.at - words.at), name.len};
    const struct value who = {span_until(words, end), span_until(text, end), line_behind(draft, text.at), false};
    const struct value where = {venue, place, line_behind(draft, place.at), false};
    return end > 0 && meta_take(&page->arena, meta, LABEL_AUTHORS, &who) &&
           meta_take(&page->arena, meta, LABEL_VENUE, &where);
}

/* "In Proceedings of the 9th Conference on Pages, 2031." behind the authors. */
static bool take_place_behind(struct page *page, struct meta *meta, const struct page_draft *draft, struct span text,
                              struct span words)
{
    enum { LONGEST_BYTES = 240 };
    const struct span place = venue_of_byline(words);
    const struct value where = {
        place, {text.at + (place.at - words.at), place.len}, line_behind(draft, text.at), false};
    return meta->authors.count > 0 && meta->venue.len == 0 && meta->year == 0 && span_starts_nocase(words, "in ") &&
           words.len <= LONGEST_BYTES && stamp_of_label(place).year != 0 &&
           meta_take(&page->arena, meta, LABEL_VENUE, &where);
}

/* "by Ada Example et al. (2031)": who wrote it, and perhaps when, on the line of the title. */
static bool take_told_behind(struct page *page, struct meta *meta, const struct page_draft *draft, struct span text,
                             struct span words)
{
    enum { BY_BYTES = 3 };
    const uint32_t line = line_behind(draft, text.at);
    return span_starts_nocase(words, "by ") &&
           (meta_take_byline(&page->arena, meta, text, words, line) ||
            meta_take_names(&page->arena, meta, span_from(text, BY_BYTES), span_from(words, BY_BYTES), line));
}

/* Whether all of it is names and a venue by its long name, as take_byline_behind() takes both at once. */
static bool is_long_byline(struct span words)
{
    struct stamp stamp;
    const size_t bytes = byline_bytes(words, &stamp);
    struct span behind = span_from(words, bytes), source = behind;
    skip_marks(&source, &behind);
    return bytes > 0 && (venue_bytes(behind, &stamp) == 0 || stamp.venue.len == 0);
}

/* Takes `bytes` and the marks behind them off both spans. */
static void move_on(struct span *text, struct span *words, size_t bytes)
{
    *text = span_from(*text, bytes);
    *words = span_from(*words, bytes);
    skip_marks(text, words);
}

/* `words` behind links by their names alone, "[pdf](...) [code](...)", which blanks part from what follows. */
static struct span behind_links(struct span words)
{
    for (;;) {
        const size_t end = span_find(words, "  ");
        const struct span front = span_until(words, end == SIZE_MAX ? words.len : end);
        if (end == SIZE_MAX || !is_link_name(span_trim(front)))
            return words;
        struct span source = words = span_from(words, end);
        skip_marks(&source, &words);
    }
}

/* Takes names that stand right behind the title off both spans, whatever follows: "Title. Ada Example, Bo Sample (SOSP
 * 2031) - a remark", "Title by Ada Example and Bo Sample, SOSP 2031". */
static bool take_people_behind(struct page *page, struct meta *meta, const struct page_draft *draft, struct span *text,
                               struct span *words)
{
    static const char by[] = "by ";
    if (words->len == 0 || meta->authors.count > 0)
        return false;
    const struct span ahead = behind_links(*words);
    const bool is_open = ahead.len > 0 && strchr("*_", ahead.at[0]) != NULL; /* emphasis that nothing ends */
    const size_t start = (size_t)(ahead.at - words->at) + (span_starts_nocase(ahead, by) ? strlen(by) : is_open);
    const struct span behind = span_from(*words, start);
    const size_t bytes = is_long_byline(behind) ? 0 : people_bytes(behind);
    const struct span source = {text->at + start, bytes};
    const struct value who = {span_until(behind, bytes), source, line_behind(draft, source.at), false};
    if (bytes == 0 || !meta_take(&page->arena, meta, LABEL_AUTHORS, &who))
        return false;
    move_on(text, words, start + bytes);
    struct stamp stamp;
    if (stamp_read(span_trim_marks(*words, ".,;"), STAMP_LINE, &stamp)) { /* "Ada Example, 2031." */
        meta_fill_venue(meta, &stamp);
        if (stamp.venue.len == 0)
            move_on(text, words, words->len);
    }
    return true;
}

/* Takes where the paper appeared, where the rest begins with that, off both spans. */
static bool take_venue_behind(struct page *page, struct meta *meta, const struct page_draft *draft, struct span *text,
                              struct span *words)
{
    enum { FEWEST_WORDS = 3 }; /* of a name in full */
    struct stamp stamp;
    const size_t bytes = words->len == 0 ? 0 : venue_bytes(*words, &stamp);
    if (bytes == 0)
        return false;
    const struct span said = span_until(*words, bytes), bare = span_from(said, span_starts(said, "[") ? 1 : 0);
    const struct span name = until_year(bare, stamp.year), shown = has_words(name, FEWEST_WORDS) ? name : said;
    stamp.venue = until_year(stamp.venue, stamp.year);
    meta_fill_venue(meta, &stamp);
    passage_add(&page->arena, meta, FIELD_VENUE, line_behind(draft, text->at),
                (struct span){text->at + (shown.at - words->at), shown.len}, shown);
    move_on(text, words, bytes);
    return true;
}

void page_draft_add_rest(struct page *page, struct meta *meta, const struct page_draft *draft)
{
    struct span text = draft->rest_text, words = draft->rest_words;
    skip_marks(&text, &words);
    if (words.len > 0 && is_on_own_line(draft, text.at) && emphasis_end(draft, text) > 0) {
        take_lines_behind(page, meta, draft, &text, &words);
        skip_marks(&text, &words);
    }
    const bool named = take_people_behind(page, meta, draft, &text, &words);
    if (take_venue_behind(page, meta, draft, &text, &words) && !named)
        (void)take_people_behind(page, meta, draft, &text, &words);
    if (words.len > 0 && is_on_own_line(draft, text.at)) /* the same title in a reference */
        (void)meta_take_reference(&page->arena, meta, draft->title.text, false, words, line_behind(draft, text.at));
    take_lines_behind(page, meta, draft, &text, &words);
    if (words.len > 0 && !take_told_behind(page, meta, draft, text, words) &&
        !take_byline_behind(page, meta, draft, text, words) && !take_place_behind(page, meta, draft, text, words))
        passage_add(&page->arena, meta, FIELD_NOTE, line_behind(draft, text.at), text, words);
}
