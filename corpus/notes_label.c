/* Lines that say themselves what they are. */
#include "corpus/notes_line.h"

#include "corpus/label.h"
#include "corpus/link.h"
#include "corpus/names.h"
#include "corpus/stamp.h"
#include "corpus/words.h"

static bool read_questions(struct line *line)
{
    struct span rest;
    if (!questions_cut(line->text, &rest))
        return false;
    line->text = rest;
    line->kind = LINE_QA;
    return true;
}

/* "Q: why?", "A2. because". */
static bool is_question(struct span text)
{
    size_t i = 1;
    if (text.len < 3 || strchr("QAqa", text.at[0]) == NULL)
        return false;
    while (i < text.len && is_ascii_digit(text.at[i]))
        i++;
    return i < text.len && (colon_bytes(span_from(text, i)) > 0 || (text.at[i] == '.' && i > 1));
}

/* "By Lingming Zhang from UIUC": the names are what stands before the affiliation. */
static bool read_byline(struct line *line)
{
    struct names names;
    if (!span_starts_nocase(line->text, "by "))
        return false;
    struct span rest = span_from(line->text, 3);
    static const char *const ends[] = {" from ", " at ", " @ "};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (span_find(rest, ends[i]) != SIZE_MAX)
            rest.len = span_find(rest, ends[i]);
    if (!names_read(rest, &names) || names.full == 0)
        return false;
    line->kind = LINE_AUTHORS;
    line->text = rest;
    return true;
}

static enum line_kind kind_of(enum label label)
{
    switch (label) {
    case LABEL_AUTHORS:
        return LINE_AUTHORS;
    case LABEL_VENUE:
    case LABEL_YEAR:
        return LINE_STAMP;
    case LABEL_TAGS:
        return LINE_TAGS;
    case LABEL_LINK:
    case LABEL_DOI:
    case LABEL_ARXIV:
    case LABEL_PMID:
        return LINE_LINK;
    case LABEL_ABSTRACT:
        return LINE_ABSTRACT;
    default:
        return LINE_TEXT;
    }
}

static bool read_label(struct line *line)
{
    enum { LONGEST_STAMP_BYTES = 120 };
    struct span name, rest, link;
    struct stamp stamp;
    if (!label_split(line->text, &name, &rest) || rest.len == 0 || span_starts(line->text, "["))
        return false;
    const enum line_kind kind = kind_of(label_of(name));
    const bool link_wanted = kind == LINE_LINK;
    if (kind == LINE_TEXT ||
        (link_wanted && link_read(rest, &link) == LINK_NONE && link_read(line->text, &link) == LINK_NONE) ||
        (kind == LINE_STAMP && rest.len > LONGEST_STAMP_BYTES && !stamp_read(rest, STAMP_GROUP, &stamp)))
        return false;
    line->kind = (uint8_t)kind;
    if (!link_wanted || link_read(rest, &link) == LINK_WEB)
        line->text = rest;
    line->labelled = true;
    return true;
}

/* "design:", "Evaluation 1. ...", "Key idea - ...", "motivation". */
static bool is_part(struct span text)
{
    struct span label, rest;
    if (is_part_name(text) || (label_split(text, &label, &rest) && is_part_name(label)))
        return true;
    struct word first, second;
    return word_next(&text, &first) && (first.classes & WORD_PART) != 0 && word_next(&text, &second) &&
           (is_ascii_digit(second.chunk.at[0]) || span_is(second.chunk, "-") || span_is(second.chunk, "\u2013"));
}

/* Marks that only decorate a line: "== SOSP ==", "-- 2025 --". */
static struct span without_decoration(struct span text)
{
    while (text.len > 0 && strchr("=*-_~#+<>", text.at[0]) != NULL)
        text = span_from(text, 1);
    while (text.len > 0 && strchr("=*-_~#+<>:", text.at[text.len - 1]) != NULL)
        text.len--;
    return span_trim(text);
}

void line_read_kind(struct line *line)
{
    struct stamp stamp;
    struct span link;
    struct names names;
    line->kind = LINE_TEXT;
    if (line->mark == MARK_NONE && line_is_rule(line->text)) {
        line->kind = LINE_SEPARATOR;
        return;
    }
    if (line->text.len > LONGEST_READ_LINE_BYTES)
        return;
    if (line->mark != MARK_HEADING && read_label(line))
        return;
    if (!line->checkbox && stamp_read(without_decoration(line->text), STAMP_LINE, &stamp))
        line->kind = LINE_STAMP;
    else if (read_questions(line))
        return;
    else if (line->mark == MARK_HEADING)
        line->kind = is_part_name(line->text) ? LINE_PART : LINE_TEXT;
    else if (link_read(line->text, &link) != LINK_NONE)
        line->kind = LINE_LINK;
    else if (read_byline(line) || title_label_bytes(line->text) > 0)
        return;
    else if (is_question(line->text))
        line->kind = LINE_QUESTION;
    else if (is_part(line->text))
        line->kind = LINE_PART;
    else if (names_read(line->text, &names) && names_are_likely(&names))
        line->kind = LINE_NAMES;
}
