#include "corpus/markdown_one.h"

#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/markdown_block_title.h"
#include "corpus/markdown_paper.h"
#include "corpus/notes_line.h"
#include "corpus/page_name.h"
#include "corpus/words.h"

/* "[Paper Review] TUNA" above a heading "TUNA: Quiet Pages for Readers": the name of a post is short for its paper's,
 * which is the first thing that stands in it. A smaller heading says when it appeared. */
static bool heading_spells_out(struct page *page, struct meta *meta)
{
    enum { SHORT = 2, FEWEST_WORDS = 4 };
    const struct view *view = &page->views[page->first];
    const unsigned level = page->blocks.at[page->first].level;
    struct clean_title post;
    if (page->first > 0 || !page_is_post(page) || !view->title.is_likely ||
        !has_words(view->title.text, FEWEST_WORDS) || level > 2 || (level > 1 && view->title.stamp.year == 0))
        return false;
    meta->failed |= !title_clean(&page->arena, page->meta.title, false, &post);
    return !meta->failed && post.text.len > 0 && !has_words(post.text, SHORT + 1) &&
           is_called_reading(page->meta.title);
}

/* "Notes on Example et al., Title" above a heading "Title", as tools for citations make it, is about the latter; so is
 * "canopy", the page's short name, above "Canopy: A Study of Pages". */
static bool heading_ends_title(struct page *page, struct meta *meta)
{
    enum { SHORT = 3 };
    const struct span title = page->meta.title;
    if (page->first == page->blocks.count || page->views[page->first].kind != VIEW_TITLE)
        return false;
    const bool recorded = page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0;
    if (!recorded && !has_words(title, SHORT) && page->blocks.at[page->first].level == 1)
        return true;
    if (heading_spells_out(page, meta))
        return true;
    const struct span heading = page->views[page->first].title.text;
    return heading.len < title.len && is_same_title(span_from(title, title.len - heading.len), heading);
}

/* "# TUNA (Example et al., 2031)" below front matter with the title in full: when it appeared. */
static void take_short_heading(const struct page *page, struct page_draft *draft)
{
    if (page->first == page->blocks.count || page->first > 0)
        return;
    const struct clean_title *heading = &page->views[0].title;
    const struct span title = draft->title.text;
    if (heading->text.len == 0 || heading->text.len >= title.len ||
        !is_same_title(span_until(title, heading->text.len), heading->text))
        return;
    stamp_add(&draft->title.stamp, &heading->stamp);
}

/* A first line that is a title with its venue, set as running text: "Quiet Caches: A Study (OSDI 2030)". */
static bool take_plain_title(struct page *page, struct page_draft *draft)
{
    const struct block *block = page->blocks.count == 0 ? NULL : &page->blocks.at[0];
    struct view view = {.kind = VIEW_TITLE, .title = page->opening};
    struct span rest, line;
    if (page_opens_with_title(page)) {
        if (block_opening(block).len < block->words.len)
            view.label = block_opening(block);
        draft_take_title(draft, block, &view);
        draft->rule = block->label_is_link        ? "a first line that links to the paper"
                      : page_opens_as_named(page) ? "a first line, after which the file is called"
                      : page->address.len > 0     ? "a first line below the paper's address"
                                                  : "a first line above its authors";
        draft->first = 1;
        return true;
    }
    if (block == NULL || block->kind != BLOCK_PARAGRAPH || (rest = block->text, !line_cut(&rest, &line)) ||
        span_trim(rest).len > 0)
        return false;
    if (!view.title.is_likely || view.title.stamp.venue.len == 0 || view.title.stamp.doubtful)
        return false;
    draft_take_title(draft, block, &view);
    draft->rule = "a first line in title case, with its venue";
    draft->first = 1;
    return true;
}

/* Takes the title in full from the line below a heading that is but its name. */
static void take_full_title(struct page *page, struct page_draft *draft)
{
    struct clean_title title;
    if (!page_titled_below(page, &page->arena, page->first, &title))
        return;
    const struct view view = {.kind = VIEW_TITLE, .title = title};
    draft_take_title(draft, &page->blocks.at[page->first + 1], &view);
    draft->rule = "a line that spells out the heading above it";
    draft->first = page->first + 2;
}

/* Whether a line goes on with the heading right above it, as a title does that was copied with its line breaks: "for
 * Patient Readers" below "Quiet Caches". */
static bool goes_on(const struct block *heading)
{
    enum { MOST_WORDS = 10 };
    const struct block *below = heading + 1;
    struct span rest = below->words;
    struct word first;
    return below->kind == BLOCK_PARAGRAPH && below->line == heading->line + 1 && below->url.len == 0 &&
           memchr(below->text.at, '\n', below->text.len) == NULL && word_next(&rest, &first) &&
           first.letters == CASE_LOWER && (first.classes & WORD_FUNCTION) != 0 &&
           !has_words(below->words, MOST_WORDS + 1) && !span_ends(span_trim(below->words), ".");
}

/* Takes the rest of such a title from the line below. */
static void take_title_on_two_lines(struct page *page, struct meta *meta, struct page_draft *draft)
{
    const struct block *heading = &page->blocks.at[page->first];
    if (page->first + 1 >= page->blocks.count || !goes_on(heading))
        return;
    const struct span end = heading[1].text;
    const struct span whole = {heading->text.at, (size_t)(end.at + end.len - heading->text.at)};
    struct clean_title title;
    meta->failed |= !title_clean(&page->arena, whole, false, &title);
    if (meta->failed || title.text.len == 0)
        return;
    stamp_add(&title.stamp, &draft->title.stamp);
    draft->title = title;
    draft->title_text = whole;
    draft->title_words = (struct span){heading->words.at, whole.len};
    draft->first = page->first + 2;
}

/* Takes the title from a link to the paper, below a heading or in a file whose name is none. */
static void take_linked_title(struct page *page, struct page_draft *draft)
{
    struct clean_title title;
    if (draft->title.is_likely && !draft->title.is_plain)
        return;
    const size_t at = page_linked_title(page, &page->arena, draft->first, &title);
    if (at == page->blocks.count)
        return;
    const struct view view = {.kind = VIEW_TITLE, .title = title};
    draft_take_title(draft, &page->blocks.at[at], &view);
    draft->rule = "a line that links to the paper";
    if (at == draft->first && page->blocks.at[at].label_is_all)
        draft->first = at + 1;
}

/* A page that holds nothing but an address is about what is there. */
static void take_bare_address(const struct page *page, struct page_draft *draft)
{
    size_t from = 0;
    if (page->blocks.count == 0)
        (void)link_next(page->source->text, &from, &draft->url);
}

/* Takes as the title of the page's paper what its notes call it. */
static void name_in_body(struct page *page, struct meta *meta, struct page_draft *draft, struct span title)
{
    meta->title = title;
    meta->title_line = page->front.body_line;
    for (const char *c = page->front.body.at; c < title.at; c++)
        meta->title_line += *c == '\n';
    draft->rule = "a line that names the paper";
    passage_add(&page->arena, meta, FIELD_TITLE, meta->title_line, title, title);
}

static bool has_ascii_letters(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_ascii_letter(text.at[i]))
            return true;
    return false;
}

/* "论文《Quiet Pages for Readers》": the title, in its own script, of the paper that a page is about whose title is
 * translated. Only where the page names no second one so. */
static void take_original_title(struct page *page, struct meta *meta, struct page_draft *draft)
{
    static const char open[] = "\u8bba\u6587\u300a", close[] = "\u300b";
    enum { FEWEST_WORDS = 3, LONGEST_BYTES = 320 };
    const struct span body = page->front.body;
    const size_t at = span_find(body, open);
    if (meta->failed || at == SIZE_MAX || has_ascii_letters(meta->title.len > 0 ? meta->title : draft->title.text))
        return;
    const struct span inside = span_from(body, at + strlen(open));
    const size_t end = span_find(inside, close);
    const struct span title = span_until(inside, end == SIZE_MAX ? 0 : end);
    if (title.len == 0 || title.len > LONGEST_BYTES || !has_words(title, FEWEST_WORDS) ||
        !is_ascii_letter(title.at[0]) || memchr(title.at, '\n', title.len) != NULL ||
        span_find(span_from(inside, end), open) != SIZE_MAX)
        return;
    name_in_body(page, meta, draft, title);
}

/* Whether a mark that sets a title apart ends right in front of `at`; sets the mark that closes it. */
static bool is_set_apart(struct span text, size_t at, const char **close)
{
    static const char *const marks[][2] = {{"[", "]"},           {"\"", "\""}, {"\u201c", "\u201d"},
                                           {"\u300a", "\u300b"}, {"*", "*"},   {"_", "_"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        *close = marks[i][1];
        if (span_ends(span_until(text, at), marks[i][0]))
            return true;
    }
    return false;
}

/* "QX Review", "QX Paper Notes": what the page is called after, without the words that say it is on reading. */
static struct span without_reading_behind(struct span name)
{
    for (const char *space; (space = name.len == 0 ? NULL : memrchr(name.at, ' ', name.len)) != NULL;) {
        const struct span last = span_from(name, (size_t)(space + 1 - name.at));
        if (!is_page_name(last) || !is_about_reading(last))
            break;
        name = span_trim(span_until(name, (size_t)(space - name.at)));
    }
    return name;
}

/* "QX" of a title in a script of East Asia that holds it, "QX - \u30da\u30fc\u30b8": the first word in Latin letters,
 * a capital among them. `name` itself where the script is another. */
static struct span latin_name_in(struct span name)
{
    if (count_east_asian(name) == 0)
        return name;
    for (size_t i = 0, len; i < name.len; i += len + 1) {
        bool capital = false;
        for (len = 0; i + len < name.len && (is_ascii_letter(name.at[i + len]) || is_ascii_digit(name.at[i + len]) ||
                                             (len > 0 && name.at[i + len] == '-'));
             len++)
            capital |= is_ascii_capital(name.at[i + len]);
        if (len > 0 && capital)
            return (struct span){name.at + i, len};
    }
    return name;
}

/* The address behind a link's words that end where `rest` begins, "](https://...)"; empty when they are no link. */
static struct span address_behind(struct span rest)
{
    struct span link = {"", 0};
    size_t from = 0;
    while (rest.len > 0 && strchr("\"'*_", rest.at[0]) != NULL)
        rest = span_from(rest, 1);
    return span_starts(rest, "](") && link_next(rest, &from, &link) && from <= link.len + 3 ? link
                                                                                            : (struct span){"", 0};
}

/* "[QX: Quiet Caches for Pages](https://...)", 'the paper "QX: Quiet Caches for Pages"': the title in full, set apart
 * anywhere in the notes of a page that is headed by the name alone. */
static void take_name_in_full(struct page *page, struct meta *meta, struct page_draft *draft)
{
    enum { SHORT = 3, FEWEST_LETTERS = 2, FEWEST_WORDS = 4, LONGEST_BYTES = 320 };
    const struct span name = latin_name_in(without_reading_behind(draft->title.text)), body = page->front.body;
    const char *close;
    struct clean_title title;
    if (name.len < FEWEST_LETTERS || draft->title.is_likely || has_words(name, SHORT + 1))
        return;
    for (const char *found = body.at;
         (found = memmem(found, body.len - (size_t)(found - body.at), name.at, name.len)) != NULL; found += name.len) {
        const size_t start = (size_t)(found - body.at);
        const struct span rest = span_from(body, start);
        const size_t end = is_set_apart(body, start, &close) && colon_bytes(span_from(rest, name.len)) > 0
                               ? span_find(span_until(rest, rest.len < LONGEST_BYTES ? rest.len : LONGEST_BYTES), close)
                               : SIZE_MAX;
        if (end == SIZE_MAX || !has_words(span_until(rest, end), FEWEST_WORDS))
            continue;
        meta->failed |= !title_clean(&page->arena, span_until(rest, end), false, &title);
        if (meta->failed || !title.is_likely)
            continue;
        name_in_body(page, meta, draft, span_until(rest, end));
        const struct span url = address_behind(span_from(rest, end));
        if (is_paper_address(url) && draft->url.len == 0)
            draft->url = url;
        meta_fill_venue(meta, &title.stamp);
        return;
    }
}

/* "## QX: Quiet Caches for Pages" on a page that is called "qx" and has no record: the heading that begins with the
 * page's name spells it out. */
static void take_heading_in_full(struct page *page, struct meta *meta, struct page_draft *draft)
{
    enum { SHORT = 3, FEWEST_WORDS = 4 };
    const struct span name = draft->title.text;
    const bool recorded = page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0;
    if (recorded || name.len == 0 || draft->title.is_likely || has_words(name, SHORT + 1) ||
        meta->title.len != page->meta.title.len)
        return;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        const struct clean_title *title = &page->views[i].title;
        const size_t colon = span_find(title->text, ": ");
        if (block->kind != BLOCK_HEADING || colon == SIZE_MAX || !title->is_likely ||
            !has_words(title->text, FEWEST_WORDS) || !is_same_title(span_until(title->text, colon), name))
            continue;
        draft->title = *title;
        draft->line = block->line;
        draft->rule = "a heading that spells out the page's name";
        passage_add(&page->arena, meta, FIELD_TITLE, block->line, block->text, block->words);
        meta->title = (struct span){"", 0};
        return;
    }
}

pinakes_status page_give_one(struct page *page, pinakes_error *error)
{
    struct page_draft draft = {.line = 1, .rule = "the file's name", .title = page->name, .end = page->blocks.count};
    const struct shelf no_shelf = {0};
    static const char front_rule[] = "the title in the front matter";
    struct meta meta = page->meta;
    take_bare_address(page, &draft);
    if (page->meta.title.len > 0 && !heading_ends_title(page, &meta)) {
        draft.rule = front_rule;
        draft_take_named(page, &meta, &draft);
        take_short_heading(page, &draft);
    } else if (page->meta.title.len > 0 || page_heading_is_title(page)) {
        const struct block *heading = &page->blocks.at[page->first];
        draft_take_title(&draft, heading, &page->views[page->first]);
        draft.rule = shelf_heading_rule(page, &no_shelf, heading);
        draft.first = page->first + 1;
        meta.title = (struct span){"", 0};
        take_title_on_two_lines(page, &meta, &draft);
        take_full_title(page, &draft);
    } else {
        (void)take_plain_title(page, &draft);
    }
    if (draft.rule != front_rule)
        take_linked_title(page, &draft);
    take_original_title(page, &meta, &draft);
    take_name_in_full(page, &meta, &draft);
    take_heading_in_full(page, &meta, &draft);
    if (meta.url.len == 0 && draft.url.len == 0)
        meta.url = page->address;
    return page_give_paper(page, &draft, &no_shelf, meta, error);
}
