/* Cells of tables that hold more than a title: several papers, or words around one. */
#include "corpus/identifiers.h"
#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/markdown_page.h"
#include "corpus/markdown_tags.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/title.h"
#include "corpus/words.h"

uint32_t cell_line(const struct block *row, const struct cell *cell)
{
    uint32_t line = row->line;
    for (const char *at = row->text.at; cell->text.len > 0 && at < cell->text.at; at++)
        line += *at == '\n';
    return line;
}

/* A link in a cell: "[words](url)", or <a href="url">words</a>. */
struct cell_link {
    struct span words, url;
    size_t start, end; /* in the source, with its marks */
};

/* The link of Markdown that begins at `at`; false when none does. */
static bool read_link(struct span source, size_t at, struct cell_link *link)
{
    const struct span rest = span_from(source, at);
    const size_t middle = span_find(rest, "](");
    if (middle == SIZE_MAX)
        return false;
    const size_t close = span_find(span_from(rest, middle), ")");
    if (close == SIZE_MAX)
        return false;
    struct span inside = span_from(span_until(rest, middle + close), middle + 2);
    *link = (struct cell_link){
        .words = span_from(span_until(rest, middle), 1), .start = at, .end = at + middle + close + 1};
    return memchr(link->words.at, '[', link->words.len) == NULL &&
           span_word(&inside, &link->url); /* a title of the link stands behind it */
}

/* The same of HTML. */
static bool read_tagged_link(struct span source, size_t at, struct cell_link *link)
{
    static const char closing[] = "</a>";
    const struct span rest = span_from(source, at);
    const struct tag tag = tag_read(rest);
    const size_t close = tag.kind == TAG_LINK && tag.url.len > 0 ? span_find(rest, closing) : SIZE_MAX;
    if (close == SIZE_MAX || close < tag.bytes)
        return false;
    *link = (struct cell_link){.words = span_from(span_until(rest, close), tag.bytes),
                               .url = tag.url,
                               .start = at,
                               .end = at + close + strlen(closing)};
    return true;
}

/* The next link of the source, from `at` on. */
static bool next_link(struct span source, size_t at, struct cell_link *link)
{
    for (; at < source.len; at++)
        if ((source.at[at] == '[' && read_link(source, at, link)) ||
            (source.at[at] == '<' && read_tagged_link(source, at, link)))
            return true;
    return false;
}

/* Whether what stands beside links only parts them, ", ", " and ", "<br>", or says what they lead to: "Required:",
 * "- ". */
static bool is_between(struct span text)
{
    static const char *const joints[] = {",", ";", "and", "&", ", and", "-", "*", "|", "/", "\u3001", "\uff0c"};
    enum { MOST_WORDS = 4 };
    for (text = span_trim(text); span_starts(text, "<") || span_ends(text, ">");) {
        const size_t close = span_find(text, ">");
        const char *open = text.len == 0 ? NULL : memrchr(text.at, '<', text.len);
        if (span_starts(text, "<") && close != SIZE_MAX)
            text = span_trim(span_from(text, close + 1));
        else if (span_ends(text, ">") && open != NULL)
            text = span_trim(span_until(text, (size_t)(open - text.at)));
        else
            break;
    }
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (span_is(text, joints[i]))
            return true;
    return text.len == 0 || (span_ends(text, ":") && !has_words(text, MOST_WORDS + 1));
}

/* The source of a cell from the mark that opens its first word's link to the end of its row, or of the tag that holds
 * it: its last link ends behind its text. Empty when it has none. */
static struct span cell_source(const struct cell *cell, struct span body)
{
    static const char *const ends[] = {"</td", "<td", "</th", "<th", "</tr", "<tr", "</table"};
    enum { LONGEST_TAG_BYTES = 2048 };
    if (cell->text.len == 0 || cell->text.at <= body.at || cell->text.at >= body.at + body.len)
        return (struct span){"", 0};
    const char *from = cell->text.at - 1;
    for (const char *at = from; *at == '>' && at > body.at && cell->text.at - at < LONGEST_TAG_BYTES;) {
        while (at > body.at && *at != '<')
            at--;
        from = at;
        at -= at > body.at;
    }
    const struct span rest = {from, (size_t)(body.at + body.len - from)};
    const size_t behind = (size_t)(cell->text.at - from) + cell->text.len;
    struct span source = span_until(rest, rest.len);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t end = span_find(span_from(source, behind), ends[i]);
        source = end == SIZE_MAX ? source : span_until(source, behind + end);
    }
    const char *stop = memchr(source.at + behind, '\n', source.len - behind);
    return stop == NULL ? source : span_until(source, (size_t)(stop - source.at));
}

/* The part of a cell that is the words of a link; tags may stand around those. */
static struct cell part_of(const struct cell *cell, const struct cell_link *link)
{
    const char *from = link->words.at < cell->text.at ? cell->text.at : link->words.at;
    const char *end = cell->text.at + cell->text.len, *last = link->words.at + link->words.len;
    const struct span text = {from, (size_t)((last < end ? last : end) - from)};
    return (struct cell){text, {cell->words.at + (from - cell->text.at), text.len}, link->url};
}

/* Whether a link leads to a paper and is called after it: by its title, or by a short name, "DFTL", that is none of a
 * part of a book or of what belongs to a paper. */
static bool is_called_after_paper(const struct cell_link *link)
{
    return is_paper_address(link->url) && has_letters(link->words) && !is_link_name(link->words) &&
           !is_part_name(link->words) && !is_page_name(link->words) && !names_chapter(link->words);
}

size_t cell_part(const struct cell *cell, struct span body, struct cell *parts, size_t most)
{
    const struct span source = cell_source(cell, body);
    const size_t offset = source.len == 0 ? 0 : (size_t)(cell->text.at - source.at);
    struct cell_link link;
    size_t count = 0, end = 0;
    bool labelled = false;
    for (size_t at = 0; count < most && next_link(source, at, &link) && link.start < offset + cell->text.len;
         at = end) {
        const struct span before = span_trim(span_from(span_until(source, link.start), at));
        const bool leads = is_called_after_paper(&link);
        if (!is_between(before) || (!leads && !is_link_name(link.words)))
            return 0;
        end = link.end;
        labelled |= leads && count == 0 && span_ends(before, ":");
        if (leads)
            parts[count++] = part_of(cell, &link);
    }
    return count > 1 || labelled ? count : 0;
}

/* "MapReduce (2004)": a few words in front of a year in brackets. */
static bool is_name_before_year(struct span words)
{
    enum { MOST_WORDS = 6, YEAR_BYTES = 6 };
    size_t bytes;
    const struct span name = span_until(words, words.len > YEAR_BYTES ? words.len - YEAR_BYTES : 0);
    const struct span year = span_from(words, name.len);
    return name.len > 0 && span_starts(year, "(") && span_ends(year, ")") && year_find(year) != 0 &&
           is_capital(code_point_at(name, &bytes)) && !has_words(name, MOST_WORDS + 1) && !is_page_name(name);
}

size_t cell_part_named(const struct cell *cell, struct cell *parts, size_t most)
{
    size_t count = 0;
    for (size_t at = 0; at < cell->words.len && count < most;) {
        const struct span rest = span_from(cell->words, at);
        const size_t close = span_find(rest, ")");
        const struct span part = span_trim(span_until(rest, close == SIZE_MAX ? rest.len : close + 1));
        const size_t from = (size_t)(part.at - cell->words.at);
        if (part.len > 0 && !is_name_before_year(part))
            return 0;
        if (part.len > 0)
            parts[count++] = (struct cell){{cell->text.at + from, part.len}, part, {cell->url.at, 0}};
        at = from + part.len;
        while (at < cell->words.len && (is_blank(cell->words.at[at]) || strchr(",;", cell->words.at[at]) != NULL))
            at++;
    }
    return count;
}

bool cell_leads_to_reading(const struct cell *cell)
{
    enum { FEWEST_WORDS = 4, FEWEST_IN_PARTS = 6 };
    const struct line line = {.text = span_trim(cell->words)};
    const bool parted = span_find(line.text, ": ") != SIZE_MAX && has_words(line.text, FEWEST_IN_PARTS);
    return span_ends(cell->url, ".pdf") && !link_leads_out(cell->url) && has_words(line.text, FEWEST_WORDS) &&
           !names_chapter(line.text) && (parted || evidence_score(title_evidence(&line)) >= TITLE_SCORE);
}

/* The part of a cell up to `end`, without the "and" or "&" that joins what is left out. */
static struct cell cell_until(const struct cell *cell, size_t end)
{
    static const char *const joints[] = {" and", " &", " +"};
    const struct span words = span_trim(span_until(cell->words, end));
    const size_t joint = span_ends_with_one(words, joints, sizeof joints / sizeof joints[0]);
    if (joint > 0)
        end = (size_t)(words.at + words.len - joint - cell->words.at);
    return (struct cell){span_until(cell->text, end), span_until(cell->words, end), cell->url};
}

struct cell cell_without_pointers(const struct cell *cell)
{
    enum { LONGEST_NAME = 24, MARKS = 4 };
    for (size_t i = 1; i < cell->text.len; i++) {
        const struct span text = span_from(cell->text, i), words = span_from(cell->words, i);
        const size_t close = span_starts(text, "[[") ? span_find(text, "]](") : SIZE_MAX;
        const bool apart = close != SIZE_MAX && close <= LONGEST_NAME + MARKS;
        const bool named = (text.at[0] == '[' || span_starts(text, "<a ")) && has_letters(words) && is_link_name(words);
        if (apart || named)
            return cell_until(cell, i);
    }
    return *cell;
}

/* The words in bold that a cell has among others, "Ada Example. **Title**. SOSP 2031"; empty when it has none, or
 * several parts so. Its text begins and ends with its words, behind a mark and in front of one. */
static struct span cell_bold(const struct cell *cell)
{
    enum { MARK = 2, FEWEST_WORDS = 3 };
    const struct span text = cell->text, none = {cell->words.at, 0};
    const size_t first = span_find(text, "**");
    const size_t behind = first == SIZE_MAX ? text.len : first + MARK;
    const bool opens = first != SIZE_MAX && behind < text.len && !is_blank(text.at[behind]);
    if (first == SIZE_MAX)
        return none;
    const size_t start = opens ? behind : 0, next = span_find(span_from(text, behind), "**");
    const size_t end = !opens ? first : next == SIZE_MAX ? text.len : behind + next;
    const struct span words = {cell->words.at + start, end - start};
    const size_t rest = end + MARK < text.len ? end + MARK : text.len;
    return span_find(span_from(text, rest), "**") == SIZE_MAX && has_words(words, FEWEST_WORDS) &&
                   span_trim(words).len < span_trim(cell->words).len
               ? words
               : none;
}

/* The names that `front`, what stands before a title, is or ends with behind a colon: "by caching: Ada Example et
 * al.,"; empty when it holds none. */
static struct span names_in_front(struct span front)
{
    struct names names;
    const char *colon = front.len == 0 ? NULL : memrchr(front.at, ':', front.len);
    const struct span people =
        span_trim_marks(colon == NULL ? front : span_from(front, (size_t)(colon + 1 - front.at)), ".,");
    return names_read(people, &names) ? people : (struct span){front.at, 0};
}

/* The bytes of the dash that parts a title from who wrote it: "*Title* -- Ada Example, SOSP 2031"; 0 when none does. */
static size_t dash_bytes(struct span behind)
{
    static const char *const dashes[] = {"\u2014", "\u2013", "-- ", "- "};
    return span_starts_with_one(behind, dashes, sizeof dashes / sizeof dashes[0]);
}

/* The names behind such a dash, up to a comma or a bracket; empty when there are none. */
static struct span names_behind(struct span behind)
{
    const struct span none = {behind.at, 0};
    behind = span_trim(behind);
    const size_t dash = dash_bytes(behind);
    struct span front = span_from(behind, dash);
    for (size_t i = 0; i < front.len; i++)
        if (strchr(",(", front.at[i]) != NULL)
            front = span_until(front, i);
    struct names names;
    front = span_trim(front);
    return dash > 0 && names_read(front, &names) && names.field_words == 0 &&
                   names.full + names.single + names.and_others > 0
               ? front
               : none;
}

/* A cell without the word in brackets in front of what else it sets off: "**[core]** *Title*". */
static struct cell cell_behind_tag(const struct cell *cell)
{
    enum { LONGEST_BYTES = 24 };
    const size_t close = span_starts(cell->text, "[") ? span_find(cell->text, "]") : SIZE_MAX;
    size_t at = close == SIZE_MAX ? 0 : close + 1;
    while (at > 0 && at < cell->text.len && strchr("*_ ", cell->text.at[at]) != NULL)
        at++;
    if (at == 0 || at >= cell->text.len || close > LONGEST_BYTES || cell->text.at[at - 1] != '*' ||
        memchr(cell->text.at + close, ' ', at - close) == NULL)
        return *cell;
    return (struct cell){span_from(cell->text, at), span_from(cell->words, at), cell->url};
}

/* The words in italics behind names, "Ada Example, Bo Sample, *Title*, SOSP 2031", with nothing but where it appeared,
 * or a remark in brackets, behind them, or that open a cell before such, "*Title* (in progress)", or before a dash;
 * empty when it has none, or several parts so. */
static struct span cell_italic(const struct cell *cell)
{
    enum { FEWEST_WORDS = 2 };
    const struct span text = cell->text, none = {cell->words.at, 0};
    const size_t first = span_find(text, "*");
    const bool opens = first != SIZE_MAX && first + 1 < text.len && !is_blank(text.at[first + 1]);
    const size_t start = opens ? first + 1 : 0;
    const size_t next = opens ? span_find(span_from(text, start), "*") : first;
    const size_t end = next == SIZE_MAX ? text.len : start + next;
    const bool several = end + 1 < text.len && memchr(text.at + end + 1, '*', text.len - end - 1) != NULL;
    if (first == SIZE_MAX || several || span_find(text, "**") != SIZE_MAX)
        return none;
    const struct span words = {cell->words.at + start, end - start};
    const struct span behind = span_trim(span_from(cell->words, end));
    const bool named = opens && names_in_front(span_trim(span_until(cell->words, first))).len > 0;
    const bool remarked =
        start == 0 && ((span_starts(behind, "(") && span_ends(behind, ")")) || dash_bytes(behind) > 0);
    const bool placed = span_starts(behind, ",") && year_find(behind) != 0;
    return (named ? behind.len == 0 || span_starts(behind, "(") || placed : remarked) && has_words(words, FEWEST_WORDS)
               ? words
               : none;
}

struct span cell_set_off(const struct cell *cell)
{
    const struct cell bare = cell_behind_tag(cell);
    const struct span bold = cell_bold(&bare);
    return bold.len > 0 ? bold : cell_italic(&bare);
}

/* Where a paper appeared, as it stands behind the names that are behind its title: "-- Ada Example et al. (QX), Journal
 * of Pages (2031)". False when it does not say so. */
static bool read_place_behind(struct span behind, struct span names, struct stamp *stamp)
{
    struct span rest = span_trim(span_from(behind, (size_t)(names.at + names.len - behind.at)));
    const size_t close = names.len > 0 && span_starts(rest, "(") ? span_find(rest, ")") : SIZE_MAX;
    const bool spelled = close != SIZE_MAX && year_find(span_until(rest, close)) == 0; /* the name of a group */
    rest = venue_of_byline(spelled ? span_from(rest, close + 1) : rest);
    if (names.len == 0 || rest.len == 0)
        return false;
    *stamp = stamp_of_label(rest);
    return stamp->year != 0 && stamp->venue.len > 0;
}

bool cell_title(struct arena *arena, const struct cell *cell, struct clean_title *title)
{
    const struct span found = cell_set_off(cell);
    *title = (struct clean_title){0};
    if (found.len == 0)
        return true;
    if (!title_clean(arena, found, cell->url.len > 0, title))
        return false;
    const size_t at = (size_t)(found.at - cell->words.at);
    const struct span front = span_until(cell->words, at), behind = span_from(cell->words, at + found.len);
    struct stamp stamp;
    if (title->authors.len == 0)
        title->authors = names_in_front(span_trim(front));
    const struct span people = title->authors.len == 0 ? names_behind(behind) : (struct span){behind.at, 0};
    if (people.len > 0)
        title->authors = people;
    if (read_place_behind(behind, people, &stamp) || stamp_search(behind, &stamp))
        stamp_add(&title->stamp, &stamp);
    title->is_reference |= title->authors.len > 0 && title->stamp.year != 0;
    title->is_likely |= title->is_possible && (title->authors.len > 0 || title->stamp.venue.len > 0);
    return true;
}
