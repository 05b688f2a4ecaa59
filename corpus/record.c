#include "corpus/record.h"

#include "corpus/capitals.h"
#include "corpus/html.h"
#include "corpus/person.h"
#include "corpus/record_list.h"
#include "corpus/stamp.h"
#include "corpus/venue_name.h"
#include "corpus/words.h"

enum { MOST_TAGS = 1000 };

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* ---- texts --------------------------------------------------------------------------------------------------- */

/* Whether nothing in `text` has to be changed for it to be one line, or its words to stand one space apart. */
static bool is_line(struct span text, bool words)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_control(text.at[i]) || (words && text.at[i] == ' ' && i + 1 < text.len && text.at[i + 1] == ' '))
            return false;
    return true;
}

/* Turns a line break and the white space around it, or with `words` any white space, into one space. */
static struct span one_line(struct record *record, struct span text, bool words)
{
    text = span_trim(text);
    if (is_line(text, words))
        return text;
    char *line = arena_alloc(record->arena, text.len);
    record->failed |= line == NULL;
    if (line == NULL)
        return (struct span){"", 0};
    size_t len = 0;
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        bool joins = words;
        for (; end < text.len && (text.at[end] == ' ' || is_control(text.at[end])); end++)
            joins |= text.at[end] == '\n' || text.at[end] == '\r';
        for (; i < end; i = joins ? end : i + 1)
            line[len++] = ' ';
        if (i < text.len)
            line[len++] = text.at[i++];
    }
    return span_trim((struct span){line, len});
}

struct span record_line(struct record *record, struct span text)
{
    return one_line(record, text, true);
}

struct span record_plain(struct record *record, struct span html)
{
    const struct span text = html_text(record->arena, html);
    record->failed |= text.at == NULL;
    return text.at == NULL ? html : text;
}

/* Without control characters, and without the white space around line breaks, which stay. */
static struct span without_controls(struct record *record, struct span text)
{
    char *copy = arena_string(record->arena, text);
    size_t len = 0;
    record->failed |= copy == NULL;
    for (size_t i = 0; copy != NULL && i < text.len; i++) {
        const char c = is_control(text.at[i]) && text.at[i] != '\n' ? ' ' : text.at[i];
        if (c == ' ' && len > 0 && copy[len - 1] == '\n')
            continue;
        while (c == '\n' && len > 0 && copy[len - 1] == ' ')
            len--;
        copy[len++] = c;
    }
    return copy == NULL ? (struct span){"", 0} : (struct span){copy, len};
}

static void add_passage(struct record *record, enum field field, uint32_t line, struct span text)
{
    if (text.len == 0)
        return;
    struct passage *passages =
        arena_grow(record->arena, record->passages, record->passage_count, &record->passage_capacity, sizeof *passages);
    record->failed |= passages == NULL;
    if (passages == NULL)
        return;
    record->passages = passages;
    passages[record->passage_count++] = (struct passage){.field = field, .line = line, .text = text, .words = text};
}

/* Takes the paragraph off the front of `*rest`, up to the first empty line; `*line` moves along. */
static struct span next_paragraph(struct span *rest, uint32_t *line, uint32_t *begins)
{
    size_t start = 0, end, breaks = 0;
    for (; start < rest->len && is_blank(rest->at[start]); start++)
        *line += rest->at[start] == '\n';
    *begins = *line;
    for (end = start; end < rest->len && breaks < 2; end++) {
        breaks = rest->at[end] == '\n' ? breaks + 1 : is_blank(rest->at[end]) ? breaks : 0;
        *line += rest->at[end] == '\n';
    }
    const struct span paragraph = span_trim((struct span){rest->at + start, end - start});
    *rest = span_from(*rest, end);
    return paragraph;
}

void record_text(struct record *record, enum field field, uint32_t line, struct span text, bool is_one_line)
{
    const uint32_t line_of_text = line;
    while (text.len > 0) {
        uint32_t begins = 0;
        const struct span paragraph = next_paragraph(&text, &line, &begins);
        if (is_one_line)
            add_passage(record, field, line_of_text, one_line(record, paragraph, false));
        else
            add_passage(record, field, begins,
                        is_line(paragraph, false) ? paragraph : without_controls(record, paragraph));
    }
}

/* ---- lists --------------------------------------------------------------------------------------------------- */

void record_list_add(struct record *record, struct record_list *list, struct span item)
{
    struct span *at = arena_grow(record->arena, list->at, list->count, &list->capacity, sizeof *at);
    record->failed |= at == NULL;
    if (at == NULL)
        return;
    list->at = at;
    at[list->count++] = item;
}

bool record_list_has(const struct record_list *list, struct span item, size_t looked_at)
{
    for (size_t i = 0; i < list->count && i < looked_at; i++)
        if (span_equal(list->at[i], item))
            return true;
    return false;
}

struct span record_next_item(struct span *rest, const char *dividers)
{
    size_t end = 0;
    while (end < rest->len && strchr(dividers, rest->at[end]) == NULL)
        end++;
    const struct span item = span_trim(span_until(*rest, end));
    *rest = span_from(*rest, end < rest->len ? end + 1 : end);
    return item;
}

void record_whole_tag(struct record *record, struct span text)
{
    const struct span tag = record_line(record, text);
    if (tag.len > 0 && !record_list_has(&record->tags, tag, MOST_TAGS) && record->tags.count < MOST_TAGS)
        record_list_add(record, &record->tags, tag);
}

void record_tag(struct record *record, struct span text)
{
    text = record_line(record, text);
    while (text.len > 0)
        record_whole_tag(record, record_next_item(&text, ",;"));
}

void record_tag_list(struct record *record, struct span text)
{
    text = record_line(record, text);
    const char *dividers = text.len > 0 && memchr(text.at, ';', text.len) != NULL ? ";" : ",";
    while (text.len > 0)
        record_whole_tag(record, record_next_item(&text, dividers));
}

void record_list_text(struct record *record, enum field field, uint32_t line, const struct record_list *list)
{
    size_t bytes = 0, len = 0;
    for (size_t i = 0; i < list->count; i++)
        bytes += list->at[i].len + 2;
    char *text = arena_alloc(record->arena, bytes + 1);
    record->failed |= text == NULL;
    for (size_t i = 0; text != NULL && i < list->count; i++) {
        if (i > 0) {
            memcpy(text + len, ", ", 2);
            len += 2;
        }
        const struct span item = person_name(list->at[i]); /* tags have no mark */
        memcpy(text + len, item.at, item.len);
        len += item.len;
    }
    if (text != NULL)
        add_passage(record, field, line, (struct span){text, len});
}

/* ---- single values ------------------------------------------------------------------------------------------- */

void record_title(struct record *record, struct span text)
{
    if (record->title.len == 0)
        record->title = record_line(record, text);
}

void record_title_from(struct record *record, struct span text)
{
    enum { LONGEST = 120 };
    size_t end = 0, word_end = 0;
    text = record_line(record, text);
    for (; end < text.len && end <= LONGEST; end++)
        if (text.at[end] == ' ') {
            word_end = end;
            if (end > 0 && strchr(".?!", text.at[end - 1]) != NULL)
                break;
        }
    if (record->title.len == 0)
        record->title = end == text.len || word_end == 0 ? text : span_until(text, word_end);
}

void record_year(struct record *record, struct span text)
{
    if (record->year == 0)
        record->year = year_of_field(text);
}

/* Proceedings have long names that end in a short one: "Proceedings of the 29th Symposium ... (SOSP '23)". */
static bool is_proceedings(struct span text)
{
    static const char *const words[] = {"Proc", "Conference", "Symposium", "Workshop"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (span_find(text, words[i]) != SIZE_MAX)
            return true;
    return false;
}

/* The name of a month at the end of `text`, in bytes; 0 when there is none. */
static size_t month_bytes(struct span text)
{
    static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        const size_t bytes = strlen(months[i]);
        if (text.len > bytes && is_blank(text.at[text.len - bytes - 1]) &&
            span_is_nocase(span_from(text, text.len - bytes), months[i]))
            return bytes;
    }
    return 0;
}

/* "CACM December, 1958" is CACM. */
static struct span without_date(struct span venue)
{
    enum { YEAR_DIGITS = 4 };
    struct span text = span_without_end(venue, " )");
    if (text.len <= YEAR_DIGITS || year_find(span_from(text, text.len - YEAR_DIGITS)) == 0 ||
        strchr(" ,('", text.at[text.len - YEAR_DIGITS - 1]) == NULL)
        return venue;
    text = span_without_end(span_until(text, text.len - YEAR_DIGITS), " ,('");
    text.len -= month_bytes(text);
    text = span_without_end(text, " ,");
    return text.len == 0 ? venue : text;
}

/* What is shown of `venue`; the year it tells, if any, becomes the record's. */
static struct span shown_venue(struct record *record, struct span venue)
{
    struct stamp stamp = {.year = 0};
    const struct span name = venue_short_name(venue), dateless = without_date(venue);
    const bool is_stamp = stamp_read(venue, STAMP_LINE, &stamp) ||
                          (is_proceedings(venue) && has_small_letters(venue) && stamp_search(venue, &stamp));
    if (record->year == 0)
        record->year = is_stamp ? stamp.year : year_find(venue);
    if (name.len > 0)
        return name;
    if (is_stamp && stamp.venue.len > 0 && !stamp.doubtful)
        return stamp.venue;
    return is_proceedings(venue) ? venue_series(dateless) : dateless;
}

static bool holds(struct span text, struct span part)
{
    return part.len == 0 || memmem(text.at, text.len, part.at, part.len) != NULL;
}

struct span record_small_venue(struct record *record, struct span venue)
{
    const struct span text = capitals_of_venue(record->arena, venue);
    record->failed |= text.at == NULL;
    return text.at == NULL ? venue : text;
}

void record_venue(struct record *record, uint32_t line, struct span text, bool is_one_line)
{
    struct span venue = record_line(record, text);
    if (record->kind == KIND_ARTICLE && capitals_may_be_words(venue)) /* and is no acronym */
        venue = record_small_venue(record, venue);
    if (record->venue.len > 0 || venue.len == 0)
        return;
    record->venue = shown_venue(record, venue);
    record_text(record, FIELD_VENUE, line, text, is_one_line);
    if (!holds(venue, record->venue))
        record_text(record, FIELD_VENUE, line, record->venue, true);
}

/* ---- the paper ----------------------------------------------------------------------------------------------- */

static struct span joined(struct record *record, const char *front, struct span identifier)
{
    const char *text = arena_format(record->arena, "%s%.*s", front, SPAN_ARGS(identifier));
    record->failed |= text == NULL;
    return text == NULL ? identifier : span_of(text);
}

static struct span address(struct record *record)
{
    if (record->url.len > 0)
        return record->url;
    if (record->doi.len > 0)
        return joined(record, "https://doi.org/", record->doi);
    if (record->arxiv.len > 0)
        return joined(record, "https://arxiv.org/abs/", record->arxiv);
    return record->pmid.len > 0 ? joined(record, "https://pubmed.ncbi.nlm.nih.gov/", record->pmid)
                                : (struct span){"", 0};
}

const struct paper *record_finish(struct record *record)
{
    if (record->failed || record->title.len == 0)
        return NULL;
    record->paper = (struct paper){.id = record->id,
                                   .title = record->title,
                                   .venue = record->venue,
                                   .url = address(record),
                                   .doi = record->doi,
                                   .arxiv = record->arxiv,
                                   .pmid = record->pmid,
                                   .authors = record->authors.at,
                                   .author_count = record->authors.count,
                                   .tags = record->tags.at,
                                   .tag_count = record->tags.count,
                                   .passages = record->passages,
                                   .passage_count = record->passage_count,
                                   .kind = record->kind,
                                   .year = record->year,
                                   .line = record->line,
                                   .rule = record->rule};
    return record->failed ? NULL : &record->paper;
}
