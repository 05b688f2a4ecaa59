#include "corpus/notes_paper.h"

#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/title.h"
#include "corpus/words.h"

enum { MOST_TAGS = 256 };

/* ---- venue and year above papers ------------------------------------------------------------------------- */

static struct span without_decoration(struct span text)
{
    while (text.len > 0 && strchr("=*-_~#+<>[( .,", text.at[0]) != NULL && text.at[0] != '\0')
        text = span_from(text, 1);
    const bool opens = text.len > 0 && memchr(text.at, '(', text.len) != NULL; /* "Symposium on Pages (SOP 14)" */
    const char *marks = opens ? "=*-_~#+<>:] .," : "=*-_~#+<>:]) .,";
    while (text.len > 0 && strchr(marks, text.at[text.len - 1]) != NULL && text.at[text.len - 1] != '\0')
        text.len--;
    return text;
}

static struct stamp stamp_of(const struct line *line)
{
    return stamp_of_label(without_decoration(line->text));
}

void heading_take(struct heading *heading, const struct line *line)
{
    const struct stamp stamp = stamp_of(line);
    const bool venue = stamp.venue.len > 0, year = stamp.year != 0;
    if (venue != year && heading->venue.len == 0 && heading->year == 0)
        heading->year_first = year;
    if (venue && year)
        heading->year_first = false;
    if (venue) {
        heading->venue = stamp.venue;
        heading->text = stamp.text;
        heading->line = line->number;
        if (!heading->year_first)
            heading->year = 0;
    } else if (heading->year_first) {
        heading->venue = (struct span){0};
    }
    if (year)
        heading->year = stamp.year;
}

/* ---- passages -------------------------------------------------------------------------------------------- */

static struct passage *add_passage(struct draft *draft, enum field field, uint32_t line, struct span text)
{
    if (text.len == 0)
        return NULL;
    struct passage *passages = arena_grow(draft->arena, draft->passages, draft->paper.passage_count,
                                          &draft->passage_capacity, sizeof *passages);
    draft->failed |= passages == NULL;
    if (passages == NULL)
        return NULL;
    draft->passages = passages;
    passages += draft->paper.passage_count++;
    *passages = (struct passage){.field = field, .line = line, .text = text, .words = text};
    return passages;
}

/* Web addresses are no words of the note: replaces them by spaces in a copy. */
static void blank_links(struct draft *draft, struct passage *passage)
{
    struct span link;
    char *copy = NULL;
    size_t from = 0;
    while (link_next(passage->text, &from, &link)) {
        if (copy == NULL)
            copy = arena_string(draft->arena, passage->text);
        draft->failed |= copy == NULL;
        if (copy == NULL)
            return;
        memset(copy + (link.at - passage->text.at), ' ', link.len);
    }
    if (copy != NULL)
        passage->words = (struct span){copy, passage->text.len};
}

static void add_span(struct draft *draft, struct span **spans, size_t *count, size_t *capacity, struct span span)
{
    struct span *grown = arena_grow(draft->arena, *spans, *count, capacity, sizeof *grown);
    draft->failed |= grown == NULL;
    if (grown == NULL)
        return;
    *spans = grown;
    grown[(*count)++] = span;
}

static void add_authors(struct draft *draft, uint32_t line, struct span text)
{
    (void)add_passage(draft, FIELD_AUTHOR, line, text);
    for (struct span name; name_next(&text, &name);) {
        const struct span said = name_as_said(draft->arena, name);
        draft->failed |= said.at == NULL;
        if (said.at != NULL)
            add_span(draft, &draft->authors, &draft->paper.author_count, &draft->author_capacity, said);
    }
}

static void add_tag(struct draft *draft, uint32_t line, struct span tag)
{
    for (size_t i = 0; i < draft->paper.tag_count; i++)
        if (span_equal(draft->tags[i], tag))
            return;
    if (tag.len == 0 || draft->paper.tag_count == MOST_TAGS)
        return;
    add_span(draft, &draft->tags, &draft->paper.tag_count, &draft->tag_capacity, tag);
    (void)add_passage(draft, FIELD_TAG, line, tag);
}

/* The next "#tag" of a line from `*from` on. */
static bool next_hashtag(struct span text, size_t *from, struct span *tag)
{
    for (size_t i = *from; i + 1 < text.len; i++) {
        size_t bytes, end = i + 1;
        if (text.at[i] != '#' || (i > 0 && !is_blank(text.at[i - 1])) ||
            !is_letter(code_point_at(span_from(text, end), &bytes)))
            continue;
        while (end < text.len &&
               (is_ascii_letter(text.at[end]) || is_ascii_digit(text.at[end]) || strchr("-_/", text.at[end]) != NULL ||
                (unsigned char)text.at[end] >= 0x80) &&
               text.at[end] != '\0')
            end++;
        *tag = (struct span){text.at + i + 1, end - i - 1};
        *from = end;
        return true;
    }
    *from = text.len;
    return false;
}

/* Takes the tags out of a line; true when it holds nothing else. */
static bool add_hashtags(struct draft *draft, const struct line *line)
{
    struct span tag;
    size_t from = 0, bytes = 0, others = 0;
    while (next_hashtag(line->text, &from, &tag)) {
        add_tag(draft, line->number, tag);
        bytes += tag.len + 1;
    }
    for (size_t i = 0; bytes > 0 && i < line->text.len; i++)
        others += !is_blank(line->text.at[i]) && line->text.at[i] != ',';
    return bytes > 0 && others <= bytes;
}

static void take_tags(struct draft *draft, const struct line *line)
{
    struct span rest = line->text;
    while (rest.len > 0) {
        size_t end = 0;
        while (end < rest.len && rest.at[end] != ',' && rest.at[end] != ';' && !(end > 0 && rest.at[end] == '#'))
            end++;
        struct span tag = span_trim(span_until(rest, end));
        while (span_starts(tag, "#") || span_starts(tag, "["))
            tag = span_from(tag, 1);
        add_tag(draft, line->number, span_trim(tag));
        rest = span_from(rest, end < rest.len && rest.at[end] != '#' ? end + 1 : end);
    }
}

static void take_link(struct draft *draft, struct span text)
{
    struct span link;
    const enum link_kind kind = link_read(text, &link);
    const char *prefix = kind == LINK_DOI ? "https://doi.org/" : "https://arxiv.org/abs/";
    if (draft->paper.url.len > 0 || kind == LINK_NONE)
        return;
    draft->paper.url = link;
    if (kind == LINK_WEB)
        return;
    const char *address = arena_format(draft->arena, "%s%.*s", prefix, SPAN_ARGS(link));
    draft->failed |= address == NULL;
    draft->paper.url = address == NULL ? (struct span){0} : span_of(address);
}

/* ---- notes ----------------------------------------------------------------------------------------------- */

/* Whether the file's line width broke the sentence here: the first word of this line had no room on the last. */
static bool continues_note(const struct draft *draft, const struct line *line)
{
    const struct line *last = draft->last_note;
    struct span rest = line->text;
    struct word first;
    if (draft->wrap_columns == 0 || last == NULL || last->number + 1 != line->number || line->mark != MARK_NONE ||
        line->kind != LINE_TEXT || line->indent < last->indent || !word_next(&rest, &first))
        return false;
    const char end = last->text.at[last->text.len - 1];
    const size_t width = last->indent + (last->mark == MARK_BULLET ? 2U : 0U) + code_points_in(last->text);
    return strchr(".?!:;", end) == NULL && width + 1 + code_points_in(first.chunk) > draft->wrap_columns;
}

static void take_note(struct draft *draft, const struct line *line, enum field field)
{
    const bool only_tags = add_hashtags(draft, line);
    struct passage *last = draft->paper.passage_count > 0 ? &draft->passages[draft->paper.passage_count - 1] : NULL;
    if (only_tags)
        return;
    if (last != NULL && last->field == field && continues_note(draft, line)) {
        last->text.len = (size_t)(line->text.at + line->text.len - last->text.at);
        last->words = last->text;
    } else {
        last = add_passage(draft, field, line->number, line->text);
    }
    if (last != NULL)
        blank_links(draft, last);
    draft->last_note = line;
    draft->head_open = false;
}

/* "Abstract:" alone makes the lines up to the next empty one, or the next part, the abstract. */
static void take_part(struct draft *draft, const struct line *line)
{
    if (draft->field == FIELD_ABSTRACT)
        draft->field = FIELD_NOTE;
    if (span_is_nocase(line->text, "abstract") || span_is_nocase(line->text, "abstract:"))
        draft->field = FIELD_ABSTRACT;
    else
        take_note(draft, line, draft->field);
}

static void take_text(struct draft *draft, const struct line *line)
{
    if (draft->field == FIELD_ABSTRACT && line->after_blank)
        draft->field = FIELD_NOTE;
    take_note(draft, line, draft->field);
}

static void take_own_stamp(struct draft *draft, const struct line *line)
{
    const struct stamp stamp = stamp_of(line);
    if (stamp.venue.len > 0) {
        draft->paper.venue = stamp.venue;
        (void)add_passage(draft, FIELD_VENUE, line->number, stamp.text);
    }
    if (stamp.year != 0)
        draft->paper.year = stamp.year;
}

void draft_take(struct draft *draft, const struct line *line)
{
    switch ((enum line_kind)line->kind) {
    case LINE_STAMP:
        take_own_stamp(draft, line);
        break;
    case LINE_AUTHORS:
        add_authors(draft, line->number, line->text);
        break;
    case LINE_LINK:
        take_link(draft, line->text);
        break;
    case LINE_TAGS:
        take_tags(draft, line);
        break;
    case LINE_ABSTRACT:
        take_note(draft, line, FIELD_ABSTRACT);
        break;
    case LINE_QUESTION:
        take_note(draft, line, FIELD_QA);
        break;
    case LINE_QA:
        draft->field = FIELD_QA;
        draft->head_open = false;
        if (line->text.len > 0)
            take_note(draft, line, FIELD_QA);
        break;
    case LINE_PART:
        take_part(draft, line);
        break;
    case LINE_TEXT:
    case LINE_NAMES:
        take_text(draft, line);
        break;
    case LINE_TITLE:
    case LINE_REST:
    case LINE_SEPARATOR:
        break;
    }
}

/* ---- the head -------------------------------------------------------------------------------------------- */

/* The title as one line: a break inside it becomes a space. */
static struct span clean_title(struct draft *draft, struct span title)
{
    if (memchr(title.at, '\n', title.len) == NULL)
        return title;
    char *clean = arena_string(draft->arena, title);
    draft->failed |= clean == NULL;
    if (clean == NULL)
        return title;
    size_t len = 0;
    for (size_t i = 0; i < title.len; i++)
        if (!is_blank(title.at[i]))
            clean[len++] = title.at[i];
        else if (clean[len - 1] != ' ')
            clean[len++] = ' ';
    return (struct span){clean, len};
}

static void sort_by_place(struct passage *passages, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && passages[j].text.at < passages[j - 1].text.at; j--) {
            const struct passage swapped = passages[j];
            passages[j] = passages[j - 1];
            passages[j - 1] = swapped;
        }
}

/* The address at the end of a reference, as of its DOI. */
static struct span link_of_reference(const struct line *line)
{
    struct span link = {0};
    size_t from = 0;
    return link_next(line->text, &from, &link) ? link : (struct span){0};
}

void draft_begin(struct draft *draft, const struct line *line, const struct line *rest, const struct heading *heading)
{
    struct title title;
    title_read(line, &title);
    if (rest != NULL)
        title.text.len = (size_t)(rest->text.at + rest->text.len - title.text.at);
    const bool own_venue = title.stamp.venue.len > 0;
    *draft = (struct draft){.arena = draft->arena, .wrap_columns = draft->wrap_columns, .field = FIELD_NOTE};
    draft->head_open = true;
    draft->paper.title = clean_title(draft, title.text);
    draft->paper.line = line->number;
    draft->paper.rule = evidence_words(line->evidence, draft->arena);
    draft->paper.url = title.link.len == 0 && title.authors.len > 0 ? link_of_reference(line) : title.link;
    draft->paper.venue = own_venue ? title.stamp.venue : heading->venue;
    draft->paper.year = title.stamp.year != 0 ? title.stamp.year : heading->year;
    (void)add_passage(draft, FIELD_TITLE, line->number, title.text);
    if (own_venue)
        (void)add_passage(draft, FIELD_VENUE, line->number, without_decoration(title.stamp.text));
    else if (heading->venue.len > 0)
        (void)add_passage(draft, FIELD_VENUE, heading->line, heading->text);
    if (title.authors.len > 0)
        add_authors(draft, line->number, title.authors);
    sort_by_place(draft->passages, draft->paper.passage_count);
}

const struct paper *draft_finish(struct draft *draft)
{
    draft->paper.passages = draft->passages;
    draft->paper.authors = draft->authors;
    draft->paper.tags = draft->tags;
    if (draft->paper.rule == NULL)
        draft->paper.rule = "a line that reads like a title";
    return &draft->paper;
}
