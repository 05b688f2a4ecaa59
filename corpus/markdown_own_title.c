/* Whether a page is about one paper, by a title that it gives itself: in its front matter, its first heading or line,
 * or the name of its file. */
#include "corpus/markdown_census.h"

#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/markdown_block_title.h"
#include "corpus/names.h"
#include "corpus/notes_line.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/words.h"

/* ---- where the title stands ---------------------------------------------------------------------------------- */

/* How many words of `a` are also in `b`, and how many it has. */
static size_t count_shared(struct span a, struct span b, size_t *words)
{
    size_t shared = 0;
    *words = 0;
    for (struct word word; word_next(&a, &word); ++*words) {
        bool found = false;
        struct span rest = b;
        for (struct word other; !found && word_next(&rest, &other);)
            found = is_same_title(word.text, other.text);
        shared += found;
    }
    return shared;
}

/* "Quiet Pages and Loud Reeders.md" above "# Quiet pages and loud readers?": most words of either are in the
 * other, and no name of a file has every mark. */
static bool is_nearly_same(struct span title, struct span name)
{
    enum { FEWEST_WORDS = 6 };
    size_t in_title, in_name;
    if (!has_words(title, FEWEST_WORDS) || !has_words(name, FEWEST_WORDS))
        return false;
    const size_t of_title = count_shared(title, name, &in_title), of_name = count_shared(name, title, &in_name);
    return of_title * 3 >= in_title * 2 && of_name * 3 >= in_name * 2;
}

/* "learning_from_pages.md" above "## Learning from pages": the same words, as their writer spells them. */
static bool is_named_as_file(const struct page *page)
{
    const struct view *view = &page->views[page->first];
    return (view->kind == VIEW_MAYBE || view->kind == VIEW_OTHER) && page->name.text.len > 0 && !page->is_page_name &&
           (is_same_title(view->title.text, page->name.text) || is_nearly_same(view->title.text, page->name.text));
}

/* Whether the heading may be a title where the name in small letters may be one too, or where the name is shorter and
 * the page's record stands right below the heading. */
static bool is_better_than_name(const struct page *page)
{
    enum { FEWEST_WORDS = 3, IN_FULL = 6 };
    const struct view *view = &page->views[page->first];
    if (page->first == 0 && page->blocks.at[0].level == 1 && has_words(view->title.text, IN_FULL) &&
        !has_words(page->name.text, IN_FULL) && page_has_record(page, 0))
        return true;
    return page->name.is_plain && view->kind == VIEW_MAYBE && has_words(view->title.text, FEWEST_WORDS);
}

/* Whether the first heading stands right below one that only says what the page is: "Paper Review". */
static bool is_below_page_heading(const struct page *page)
{
    return page->first > 0 && page->blocks.at[page->first - 1].kind == BLOCK_HEADING;
}

/* Whether the first heading is a short one below prose, where the page's name is a title in several words: a part. */
static bool is_part_below_prose(const struct page *page)
{
    enum { FEWEST_WORDS = 5, SHORT = 3, SENTENCE = 4 };
    const struct block *above = page->blocks.at;
    if (page->first == 0 || !page->name.is_likely || !has_words(page->name.text, FEWEST_WORDS) ||
        has_words(page->views[page->first].title.text, SHORT + 1))
        return false;
    for (size_t i = 0; i < page->first; i++)
        if (above[i].kind == BLOCK_PARAGRAPH && above[i].url.len == 0 && !above[i].is_field &&
            (has_words(above[i].words, SENTENCE) || count_east_asian(above[i].words) > SENTENCE))
            return true;
    return false;
}

/* Whether a word of the text begins as this one does. */
static bool has_word_like(struct span text, struct span start)
{
    for (struct word word; word_next(&text, &word);)
        if (word.text.len >= start.len && is_same_title(span_until(word.text, start.len), start))
            return true;
    return false;
}

/* The first letters of the words of a title, but for the little ones: no more than `most`. Gives how many. */
static size_t take_initials(struct span title, char *initials, size_t most)
{
    size_t count = 0;
    for (struct word word; count < most && word_next(&title, &word);)
        if (word.text.len > 0 && !(word.classes & WORD_FUNCTION))
            initials[count++] = word.text.at[0];
    return count;
}

/* Whether the words of a folder, one of them or several, are begun or whole ones of a title, the first the name in
 * front of its colon: "qx_cache_eval". */
static bool is_short_for(struct span folder, struct span title)
{
    size_t words = 0;
    for (struct word word; word_next(&folder, &word); words++)
        if (!has_word_like(words == 0 ? span_until(title, span_find(title, ": ")) : title, word.text))
            return false;
    return words > 1;
}

/* Whether a folder has the short name of a title: "qx" of "QX: Quiet Caches for Pages", "qcp" of "Learning Quiet Caches
 * for Pages". */
static bool is_short_name(struct span folder, struct span title)
{
    enum { FEWEST_LETTERS = 3, MOST_WORDS = 64 };
    char initials[MOST_WORDS];
    const size_t colon = span_find(title, ": ");
    if (colon != SIZE_MAX && (is_same_title(span_until(title, colon), folder) || is_short_for(folder, title)))
        return true;
    const size_t count = take_initials(title, initials, MOST_WORDS);
    for (size_t i = 0; folder.len >= FEWEST_LETTERS && i + folder.len <= count; i++)
        if (is_same_title((struct span){initials + i, folder.len}, folder))
            return true;
    return false;
}

/* Whether the first heading is of the first level, as the reader makes one that stands above others; or opens the page
 * as its only one, in a file called after a year, "2031-pagenet.md", or by the heading's short name, or among papers.
 */
static bool heads_page(const struct page *page)
{
    const unsigned level = page->blocks.at[page->first].level;
    for (size_t i = page->first + 1; i < page->blocks.count && level > 1; i++)
        if (page->blocks.at[i].kind == BLOCK_HEADING)
            return false;
    return level == 1 || (page->first == 0 && (page->name.stamp.year != 0 || page->is_among_papers ||
                                               is_short_name(page->name.text, page->views[0].title.text)));
}

bool page_heading_is_title(const struct page *page)
{
    enum { MOST_BLOCKS_ABOVE = 3 };
    if (page->first == page->blocks.count || page->first > MOST_BLOCKS_ABOVE || is_part_below_prose(page) ||
        (page->first > 0 && page_is_told_of(page)))
        return false;
    const enum view_kind kind = page->views[page->first].kind;
    if (kind == VIEW_TITLE || is_named_as_file(page))
        return true;
    if ((kind != VIEW_MAYBE && kind != VIEW_OTHER) || (page->name.is_likely && !is_better_than_name(page)))
        return false;
    return heads_page(page) || is_below_page_heading(page) || page_has_record(page, page->first);
}

/* Whether authors stand on the line below the title, when both are in one block. */
static bool has_names_on_next_line(const struct block *block)
{
    struct span rest = block->text, line;
    struct names names;
    if (!line_cut(&rest, &line) || !line_cut(&rest, &line))
        return false;
    const struct span words = {block->words.at + (line.at - block->text.at), line.len};
    return names_read(span_trim(words), &names) && names.full > 0 && names.single == 0;
}

/* Whether the first heading, if there is one, begins a part. */
static bool has_only_parts(const struct page *page)
{
    return page->first == page->blocks.count || page->views[page->first].kind == VIEW_PART;
}

/* Whether a paragraph has but one line, apart from the breaks within what it begins with in bold or as a link. */
static bool is_one_line(const struct block *block)
{
    const size_t end = block->label.len == 0 ? 0 : (size_t)(block->label.at + block->label.len - block->words.at);
    const struct span rest = span_from(block->text, end);
    return rest.len == 0 || memchr(rest.at, '\n', rest.len) == NULL;
}

/* "https://arxiv.org/abs/..." above "Quiet Caches: A Study of Pages", and no heading that could be the title. */
static bool is_titled_below_address(const struct page *page)
{
    enum { FEWEST_WORDS = 4 };
    const struct block *block = page->blocks.at;
    const struct clean_title *title = &page->opening;
    const bool headed = page->first < page->blocks.count && page->blocks.at[page->first].level == 1;
    return page->address.len > 0 && block->kind == BLOCK_PARAGRAPH && (!headed || has_only_parts(page)) &&
           is_one_line(block) && title->is_likely && title->is_of_field && has_words(title->text, FEWEST_WORDS);
}

bool page_opens_as_named(const struct page *page)
{
    enum { FEWEST_WORDS = 4 };
    const struct block *block = page->blocks.at;
    const struct clean_title *title = &page->opening;
    struct span rest = page->name.text;
    if (page->blocks.count == 0 || !has_only_parts(page) || block->kind != BLOCK_PARAGRAPH || page->is_page_name ||
        rest.len == 0 || !title->is_likely || !title->is_of_field || !has_words(title->text, FEWEST_WORDS) ||
        span_find(title->text, ": ") == SIZE_MAX || !is_one_line(block))
        return false;
    for (struct word word; word_next(&rest, &word);)
        if (!has_word_like(title->text, word.text))
            return false;
    return true;
}

/* "https://github.com/example/pages/issues/31": what people want of a program. */
static bool is_of_issue(struct span url)
{
    return span_find(url, "/issues/") != SIZE_MAX || span_find(url, "/pull/") != SIZE_MAX;
}

bool page_opens_with_title(const struct page *page)
{
    const struct block *block = page->blocks.at;
    struct names names;
    if (page->first < 1)
        return false;
    if (page_opens_as_named(page) || is_titled_below_address(page))
        return true;
    if (page->blocks.count < 2 || !has_only_parts(page))
        return false;
    const struct block *next = block + 1;
    const struct clean_title *title = &page->opening;
    if (block_opening(block).len < block->words.len)
        return title->is_possible && has_names_on_next_line(block);
    if (block->label_is_link && block->label_is_all && link_leads_out(block->url))
        return title->is_likely && !is_talk_address(block->url) && !is_of_issue(block->url); /* on one line or more */
    if (memchr(block->text.at, '\n', block->text.len) != NULL)
        return false;
    return next->kind == block->kind && names_read(next->words, &names) && names.full > 0 && names.single == 0 &&
           (title->is_likely || (title->is_possible && names_are_likely(&names)));
}

/* ---- what the page says of a paper --------------------------------------------------------------------------- */

/* "| Authors | Ada Example |", "| Venue | SOSP |": rows of a table that are fields of a record. */
static bool has_record_table(const struct page *page)
{
    enum { FEWEST = 2 };
    size_t fields = 0;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *row = &page->blocks.at[i];
        if (row->kind != BLOCK_ROW || row->cell_count != 2 || row->cells[1].text.len == 0)
            continue;
        const enum label label =
            conventions_label(page->sink->conventions, without_ornament(span_trim(row->cells[0].words)));
        fields += label == LABEL_TITLE || label == LABEL_AUTHORS || label == LABEL_VENUE || label == LABEL_YEAR;
    }
    return fields >= FEWEST;
}

/* What the record, the parts or the folders of a page say of a paper. */
static bool has_record_or_parts(const struct page *page, const struct census *census)
{
    return page->meta.id.len > 0 || page->meta.venue.len > 0 || page->meta.authors.count > 0 || page->meta.year != 0 ||
           census->all_parts >= 2 || page->folder.venue.len > 0 ||
           (page->name.stamp.venue.len > 0 && page->name.stamp.year != 0) || has_record_table(page);
}

/* Whether `sign` stands anywhere but in the line that opens a callout, "> [!abstract] Abstract": that may sum up
 * whatever there is. */
static bool has_sign(struct span text, const char *sign)
{
    for (size_t from = 0, at; (at = span_find(span_from(text, from), sign)) != SIZE_MAX; from += at + strlen(sign)) {
        const char *end = from + at == 0 ? NULL : memrchr(text.at, '\n', from + at);
        struct span line = span_trim(span_from(text, end == NULL ? 0 : (size_t)(end + 1 - text.at)));
        while (span_starts(line, ">"))
            line = span_trim(span_from(line, 1));
        if (!span_starts(line, "[!"))
            return true;
    }
    return false;
}

/* "Quiet Representation Learning \ub17c\ubb38", "the Quiet Caches paper": the page calls its title a paper's. */
static bool calls_title_paper(const struct page *page, struct span title)
{
    static const char *const papers[] = {"paper", "Paper", "\u8bba\u6587", "\u8ad6\u6587", "\ub17c\ubb38"};
    static const char *const closers[] = {"\"", "\u201d", "\u300b", "\u300d", "*", "_", "'"};
    enum { FEWEST_WORDS = 2 };
    const struct span body = page->front.body;
    if (!has_words(title, FEWEST_WORDS))
        return false;
    for (const char *at = body.at; (at = memmem(at, body.len - (size_t)(at - body.at), title.at, title.len)) != NULL;
         at += title.len) {
        struct span behind = span_from(body, (size_t)(at - body.at) + title.len);
        for (size_t bytes; (bytes = span_starts_with_one(behind, closers, sizeof closers / sizeof closers[0])) > 0;)
            behind = span_from(behind, bytes);
        if (span_starts(behind, " "))
            behind = span_from(behind, 1);
        if (span_starts_with_one(behind, papers, sizeof papers / sizeof papers[0]) > 0)
            return true;
    }
    return false;
}

/* How many of the words by which a page shows that it is about a paper it has; any number of the word in a script that
 * has no other use for it. */
static size_t count_signs(const struct page *page)
{
    static const char *const signs[] = {"arxiv.org",  "doi.org",    "usenix.org",  "dl.acm.org", "openreview.net",
                                        "arXiv",      "Authors",    "he authors",  "Author:",    "Venue",
                                        "venue",      "Conference", "the paper",   "this paper", "The paper",
                                        "This paper", "et al",      "\u8bba\u6587"};
    size_t count = has_sign(page->source->text, "Abstract");
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        count += span_find(page->source->text, signs[i]) != SIZE_MAX;
    return count;
}

static bool speaks_of_a_paper(const struct page *page, const struct census *census)
{
    const bool headed = page->first < page->blocks.count;
    const struct span title =
        page->meta.title.len > 0 || !headed ? page->meta.title : page->blocks.at[page->first].words;
    return has_record_or_parts(page, census) || is_called_reading(title) || calls_title_paper(page, title) ||
           count_signs(page) > 0;
}

/* The word alone, in a script that has no other use for it. */
static bool mentions_papers_there(const struct page *page)
{
    static const char *const words[] = {"\u8bba\u6587", "\u8ad6\u6587", "\ub17c\ubb38"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (span_find(page->source->text, words[i]) != SIZE_MAX)
            return true;
    return false;
}

/* The word alone, which makes a paper's of a likely title only. */
static bool mentions_papers(const struct page *page)
{
    const struct span text = page->source->text;
    return span_find(text, "paper") != SIZE_MAX || span_find(text, "Paper") != SIZE_MAX || mentions_papers_there(page);
}

/* Whether a heading opens the page and sentences follow, but no code: manuals have that. */
static bool is_told(const struct page *page)
{
    enum { FEWEST_WORDS = 6, FEWEST_SIGNS = 12 };
    const struct span text = page->source->text;
    if (!heads_page(page) || span_find(text, "```") != SIZE_MAX || span_find(text, "\n\n    ") != SIZE_MAX)
        return false;
    for (size_t i = page->first + 1; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if ((block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) &&
            (has_words(block->words, FEWEST_WORDS) || count_east_asian(block->words) >= FEWEST_SIGNS))
            return true;
    }
    return false;
}

/* A note that was begun, with nothing in it yet, or with where the paper is. */
static bool is_empty_or_address(struct span text)
{
    struct span link;
    size_t from = 0;
    text = span_trim(text);
    return text.len == 0 || (link_next(text, &from, &link) && link.len == text.len);
}

/* Whether a heading and one sentence are all there is, which leads nowhere. */
static bool is_one_sentence(const struct page *page)
{
    const size_t at = page->first + 1;
    return page->blocks.count == at + 1 && page->blocks.at[at].url.len == 0 &&
           span_find(page->source->text, "```") == SIZE_MAX &&
           memchr(page->blocks.at[at].text.at, '\n', page->blocks.at[at].text.len) == NULL;
}

/* Headings alone, or with a day to fill in, "00/00/00", are a form that nobody filled in. */
static bool is_form(const struct page *page)
{
    for (size_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].kind != BLOCK_HEADING &&
            (has_letters(page->blocks.at[i].words) || page->blocks.at[i].url.len > 0))
            return false;
    return true;
}

/* A page that leads elsewhere: nothing is said of one paper. */
static bool is_list_of_links(const struct census *census)
{
    return census->link_items >= 3 && census->link_items * 2 > census->items && census->all_parts == 0;
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

/* "Implementation of QX in a few lines" right below the first heading: the page is about a program. */
static bool tells_of_program(const struct page *page)
{
    enum { FARTHEST = 60 };
    static const char sign[] = "mplementation of";
    if (page->first + 1 >= page->blocks.count)
        return false;
    const struct block *below = &page->blocks.at[page->first] + 1;
    return below->kind == BLOCK_PARAGRAPH &&
           span_find(span_until(below->words, below->words.len < FARTHEST ? below->words.len : FARTHEST), sign) !=
               SIZE_MAX;
}

/* A page that leads to the notes beside it: a shelf of them, whatever it is called. */
static bool is_index(const struct census *census)
{
    return census->beside_items >= 3 && census->beside_items * 2 > census->items;
}

/* Whether the heading of a README is the name of its folder, or a title in full where the folder has the short one and
 * the page no code, or a link to the paper. */
static bool is_at_home(const struct page *page, const struct census *census, const struct view *view)
{
    enum { FEWEST_WORDS = 5 };
    const struct block *heading = &page->blocks.at[page->first];
    const struct span title = view->title.text;
    if (heading->level != 1 || title.len == 0)
        return false;
    const bool may_be_short = view->kind == VIEW_TITLE && (page->is_among_papers || !census->is_manual);
    return is_same_title(title, page->home.text) ||
           (may_be_short && has_words(title, FEWEST_WORDS) && is_short_name(page->home.text, title)) ||
           (heading->label_is_link && (span_ends(heading->url, ".pdf") || is_paper_address(heading->url)));
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

/* ---- the title ----------------------------------------------------------------------------------------------- */

/* "How to Use a Forum": papers are called so too, but then the page says that it is about one. */
static bool is_guide(const struct view *view)
{
    return span_starts_nocase(view->title.text, "how to ");
}

/* "Takeaways", "Notes": what is said on something. */
static bool is_page_or_part(struct span words)
{
    enum field field;
    words = span_trim(words);
    return words.len > 0 && (is_page_name(words) || part_read(words, &field));
}

/* "EMNLP 2031 Takeaways", "Highlights from EMNLP 2031": a post on a conference. */
static bool is_beside_venue(struct span title)
{
    static const char *const joints[] = {" from ", " at ", " of ", " on ", " in "};
    struct stamp stamp;
    size_t bytes = 0;
    if (stamp_leads(title, &stamp, &bytes)) {
        struct span behind = span_trim(span_from(title, bytes));
        if (span_starts(behind, "\u306e") || span_starts(behind, "\u7684")) /* "of" of East Asia */
            behind = span_from(behind, strlen("\u306e"));
        return is_page_or_part(behind);
    }
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        const size_t at = span_find(title, joints[i]);
        if (at != SIZE_MAX && is_page_or_part(span_until(title, at)) &&
            stamp_read(span_from(title, at + strlen(joints[i])), STAMP_LINE, &stamp) && stamp.venue.len > 0)
            return true;
    }
    return false;
}

/* "Reactions to page models (three papers)", "缓存论文汇总": a post on several. */
static bool is_on_several(struct span title)
{
    static const char *const endings[] = {" papers)",
                                          " papers]",
                                          "\u8bba\u6587\u6c47\u603b",
                                          "\u8bba\u6587\u5408\u96c6",
                                          "\u8bba\u6587\u63a8\u8350",
                                          "\u8bba\u6587\u76d8\u70b9",
                                          "\u8bba\u6587\u6574\u7406",
                                          "\u8bba\u6587\u8d4f\u6790",
                                          "\u8bba\u6587\u5217\u8868",
                                          "\u8bba\u6587\u6e05\u5355",
                                          "\u8ad6\u6587\u307e\u3068\u3081",
                                          "\ub17c\ubb38 \ubaa9\ub85d"};
    return span_ends_with_one(title, endings, sizeof endings / sizeof endings[0]) > 0;
}

/* Whether a title is likely once it is clean: without "Paper review: ", its venue, and the like. */
static bool is_likely(struct span text)
{
    struct arena arena = {0};
    struct clean_title title;
    const bool likely = title_clean(&arena, text, false, &title) && title.is_likely;
    arena_free(&arena);
    return likely;
}

/* Whether the words of a title are a paper's, as the title of a post need not be: "How to Bake Bread on Sundays". */
static bool is_of_field(struct span title)
{
    const struct line line = {.text = title};
    return (title_evidence(&line) & (evidence_bit(FOR_RESEARCH_WORDS) | evidence_bit(FOR_NAME_AND_COLON) |
                                     evidence_bit(FOR_STAMP) | evidence_bit(FOR_REFERENCE))) != 0;
}

/* Whether a name that is short or in small letters is a title where all others around are: three words, or two of which
 * one is of the field. */
static bool is_name_among_papers(const struct page *page)
{
    struct span rest = page->name.text;
    size_t words = 0, research = 0;
    for (struct word word; word_next(&rest, &word); words++)
        research += (word.classes & WORD_RESEARCH) != 0;
    return page->is_among_papers && page->name.is_possible && !has_page_word(page->name.text) &&
           (words > 2 || (words == 2 && research > 0));
}

/* Whether a name is one word as people speak it, "organization", "Compilers": what a paper's short name has, another
 * capital or a digit, it has not. */
static bool is_common_word(struct span name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((i > 0 && !(name.at[i] >= 'a' && name.at[i] <= 'z')) || !is_ascii_letter(name.at[i]))
            return false;
    return name.len > 0;
}

/* Whether a name is a word or a few as people speak them: "Optimal caching". */
static bool is_of_common_words(struct span name, size_t most)
{
    size_t count = 0;
    for (struct word word; word_next(&name, &word); count++)
        if (!is_common_word(word.text))
            return false;
    return count > 0 && count <= most;
}

/* Whether all papers that a page leads to stand there by titles that are not its name, "Computational Paging" on a page
 * that is called "Paging": it is on what they are about. */
static bool leads_only_to_others(const struct page *page)
{
    enum { FEWEST_WORDS = 3, MOST_WORDS = 3 };
    size_t papers = 0;
    if (!is_of_common_words(page->name.text, MOST_WORDS))
        return false;
    for (size_t i = 0; i < page->blocks.count; i++) {
        const struct block *block = &page->blocks.at[i];
        if (block->paper.len == 0)
            continue;
        if (!block->label_is_link || !is_paper_address(block->url) || !has_words(block->label, FEWEST_WORDS) ||
            is_same_title(span_until(block->label, page->name.text.len), page->name.text))
            return false;
        papers++;
    }
    return papers > 0;
}

/* Whether the signs of a page that speaks of a paper bear out its name or heading: a common word needs two. */
static bool bears_out(const struct page *page, const struct census *census, struct span title)
{
    enum { FEWEST_SIGNS = 2 };
    return !is_of_common_words(title, 2) || has_record_or_parts(page, census) || count_signs(page) >= FEWEST_SIGNS;
}

/* Whether a page speaks of the paper that its file is called after. */
static bool speaks_of_its_name(const struct page *page, const struct census *census, bool speaks)
{
    enum { SEVERAL = 2 }; /* items that lead to papers, on a page that gives itself no title */
    const bool placed = page->opening.is_likely && page->opening.stamp.venue.len > 0; /* "Quiet Caches (OSDI 2031)" */
    return speaks && census->paper_items < SEVERAL && (placed || bears_out(page, census, page->name.text)) &&
           (has_record_or_parts(page, census) || !leads_only_to_others(page));
}

/* Whether the name of a file that does not speak of a paper is a title. One in small letters needs more to show it. */
static bool name_is_title(const struct page *page)
{
    const struct clean_title *name = &page->name;
    const bool headed = page->first < page->blocks.count && page->views[page->first].kind != VIEW_PART;
    if ((!headed || page->is_note_of_folder) && is_name_among_papers(page))
        return true;
    return name->is_likely && (name->is_of_field || (mentions_papers(page) && !(name->is_plain && headed)));
}

/* "quiet-pages/index.md": a post that lies in a folder of its own with its pictures (Hugo, "Page bundles"), and has the
 * parts of a paper, while other pages of that name lead to what lies beside them. */
static bool is_of_bundle(const struct page *page, const struct census *census)
{
    enum { FEWEST_PARTS = 2 };
    const struct span name = span_of(page->source->name);
    return span_ends(name, "/index.md") && census->all_parts >= FEWEST_PARTS && !is_index(census);
}

/* A title in the front matter, which the words of the page or its own show to be a paper's. */
static bool has_front_title(const struct page *page, const struct census *census, bool speaks)
{
    const struct span title = page->meta.title;
    const struct line line = {.text = title};
    if (is_placeholder(title) || is_page_name(title) || (page->is_shelf_name && !is_of_bundle(page, census)) ||
        is_beside_venue(title) || is_on_several(title))
        return false;
    const bool dated = page->name.stamp.year != 0 && page->name.is_likely && !page->name.is_plain; /* "2001-A-Survey" */
    const bool held = span_find(page->source->text, ".pdf)") != SIZE_MAX;
    return speaks || dated || held || (mentions_papers_there(page) && is_likely(title)) ||
           (evidence_score(title_evidence(&line)) >= TITLE_SCORE && (!page_is_post(page) || is_of_field(title)));
}

/* "https://example.github.io/": somebody's pages, or a project's. */
static bool is_site_root(struct span url)
{
    const size_t scheme = span_find(url, "://");
    const struct span host = span_from(url, scheme == SIZE_MAX ? url.len : scheme + strlen("://"));
    const char *slash = host.len == 0 ? NULL : memchr(host.at, '/', host.len);
    return host.len > 0 && (slash == NULL || slash + 1 == host.at + host.len);
}

/* The same of the heading of a README and the like, and of pages that have headings of programs. */
static bool has_heading_on_shelf(const struct page *page, const struct census *census, bool speaks, bool record)
{
    const struct view *view = &page->views[page->first];
    const bool among = view->kind == VIEW_TITLE && (page->is_among_papers || census->all_parts > 0);
    if (page->is_shelf_name && !census->is_foreign && !is_index(census) &&
        (((speaks || among) && is_at_home(page, census, view) && !tells_of_program(page)) ||
         is_linked_below(page, view->title.text)))
        return true;
    return view->kind == VIEW_TITLE && record &&
           (is_of_field(view->title.text) || !is_site_root(page->blocks.at[page->first].url));
}

/* Whether the line below a heading that is but the name of the file is a reference to the paper, with its title. */
static bool is_cited_below(const struct page *page)
{
    const struct block *below = &page->blocks.at[page->first] + 1;
    struct span rest, line;
    if (!is_named_as_file(page) || page->first + 1 >= page->blocks.count || below->kind != BLOCK_PARAGRAPH ||
        (rest = below->text, !line_cut(&rest, &line)))
        return false;
    struct arena arena = {0};
    struct meta meta = {0};
    const bool found = meta_take_reference(&arena, &meta, page->views[page->first].title.text, true,
                                           span_until(below->words, line.len), 0) &&
                       meta.title.len > 0 && meta.year != 0;
    arena_free(&arena);
    return found;
}

/* The first heading, which may be a title, as one of a paper. */
static bool has_heading(const struct page *page, const struct census *census, bool speaks)
{
    enum { FEWEST_WORDS = 3 };
    const struct view *view = &page->views[page->first];
    const bool record = page_has_record(page, page->first), likely = view->kind == VIEW_TITLE;
    const bool dated = page->name.stamp.year != 0 && view->title.is_of_field; /* "2031-pagenet.md" */
    if (is_east_asian(view->title.text))
        speaks = record || has_record_or_parts(page, census) || has_linked_title(page);
    if (page->name.stamp.year != 0 && is_same_title(view->title.text, page->name.text) && !page->is_page_name)
        return true; /* "2018 Title.md" above "# Title" */
    if (page->is_shelf_name || census->is_foreign)
        return has_heading_on_shelf(page, census, speaks, record);
    if (page->is_page_name)
        return view->kind != VIEW_OTHER && (record || speaks || (likely && view->title.is_of_field));
    if ((is_list_of_links(census) && !record) || is_talk_address(page->blocks.at[page->first].url))
        return false;
    if (page->is_among_papers && (likely || is_named_as_file(page)) && has_words(view->title.text, FEWEST_WORDS))
        return true;
    const bool bears = page->is_among_papers || is_called_reading(page->blocks.at[page->first].words) ||
                       bears_out(page, census, view->title.text);
    speaks &= bears;
    if (!likely && !record && !page->is_among_papers && !has_record_or_parts(page, census) &&
        !is_called_reading(page->blocks.at[page->first].words) && is_one_sentence(page))
        speaks = false;
    return speaks || (record && view->kind != VIEW_OTHER) || is_cited_below(page) ||
           (likely && (view->title.is_of_field || mentions_papers(page) || (is_told(page) && !is_guide(view)))) ||
           (view->kind == VIEW_MAYBE && (bears || view->title.stamp.year != 0) &&
            (census->all_parts > 0 || view->title.stamp.year != 0 || dated) && is_told(page));
}

/* "# Page Caches Reading Group" on top of "page-caches.md": what the page is, and no paper's name. */
static bool is_headed_as_page(const struct page *page)
{
    const struct span heading = span_trim(page->blocks.at[0].words), name = page->name.text;
    return page->first == 0 && page->views[0].kind == VIEW_PAGE && name.len > 0 && heading.len > name.len &&
           heading.at[name.len] == ' ' && is_same_title(span_until(heading, name.len), name) && is_page_name(heading);
}

/* Whether the first heading is still as the form has it, "[Paper title here]". */
static bool has_open_heading(const struct page *page)
{
    return page->first < page->blocks.count &&
           (is_placeholder(span_trim(page->blocks.at[page->first].words)) ||
            (page->views[page->first].kind == VIEW_PAGE && is_placeholder(page->views[page->first].title.text)));
}

/* Whether a name says as much as a title: a form that somebody fills in is filed under one. */
static bool is_name_in_full(const struct page *page)
{
    enum { FEWEST_WORDS = 5 };
    return !page->is_page_name && page->name.is_possible && has_words(page->name.text, FEWEST_WORDS) &&
           !has_page_word(page->name.text);
}

/* Whether a name of two words or more may be the title of the paper whose address is all that the page says. */
static bool leads_as_named(const struct page *page)
{
    return page->address.len > 0 && page->name.is_possible && has_words(page->name.text, 2);
}

bool page_has_own_title(const struct page *page, const struct census *census)
{
    const bool speaks = speaks_of_a_paper(page, census);
    if (page->meta.title.len > 0)
        return has_front_title(page, census, speaks);
    if (page->first < page->blocks.count && (page->views[page->first].is_of_papers || is_headed_as_page(page)))
        return false;
    if (has_open_heading(page))
        return is_name_in_full(page) && speaks;
    if (page->blocks.count == 0)
        return (page->name.is_likely || leads_as_named(page)) && !page->is_page_name &&
               is_empty_or_address(page->source->text);
    if (page_opens_with_title(page))
        return true;
    if (page_heading_is_title(page))
        return has_heading(page, census, speaks);
    if (page->is_page_name || census->is_foreign || page->name.text.len == 0 || is_form(page))
        return false;
    if (is_east_asian(page->name.text))
        return has_record_or_parts(page, census) || has_linked_title(page);
    return speaks_of_its_name(page, census, speaks) || name_is_title(page);
}
