/* Lines that say themselves what they are. */
#include "corpus/notes_line.h"

#include "corpus/notes_link.h"
#include "corpus/notes_names.h"
#include "corpus/notes_stamp.h"
#include "corpus/notes_words.h"

enum { LONGEST_LABEL_BYTES = 40, LONGEST_PART_WORDS = 4 };

static const struct label {
    const char *name;
    enum line_kind kind;
} labels[] = {
    {"authors", LINE_AUTHORS},    {"author", LINE_AUTHORS},
    {"author(s)", LINE_AUTHORS},  {"by", LINE_AUTHORS},
    {"written by", LINE_AUTHORS}, {"\u4f5c\u8005", LINE_AUTHORS},
    {"venue", LINE_STAMP},        {"conference", LINE_STAMP},
    {"conf", LINE_STAMP},         {"journal", LINE_STAMP},
    {"published in", LINE_STAMP}, {"published at", LINE_STAMP},
    {"published", LINE_STAMP},    {"appeared in", LINE_STAMP},
    {"year", LINE_STAMP},         {"venue/year", LINE_STAMP},
    {"\u4f1a\u8bae", LINE_STAMP}, {"\u5e74\u4efd", LINE_STAMP},
    {"url", LINE_LINK},           {"link", LINE_LINK},
    {"pdf", LINE_LINK},           {"doi", LINE_LINK},
    {"arxiv", LINE_LINK},         {"paper link", LINE_LINK},
    {"paper", LINE_LINK},         {"source", LINE_LINK},
    {"web", LINE_LINK},           {"tags", LINE_TAGS},
    {"tag", LINE_TAGS},           {"topics", LINE_TAGS},
    {"abstract", LINE_ABSTRACT},  {"\u6458\u8981", LINE_ABSTRACT},
};

static const char *const title_labels[] = {"paper",        "title",        "paper title", "paper name",
                                           "\u8bba\u6587", "\u6807\u9898", "\u9898\u76ee"};

static const char *const qa_names[] = {"q&a",
                                       "qa",
                                       "q/a",
                                       "q & a",
                                       "q and a",
                                       "q&as",
                                       "q&a session",
                                       "questions",
                                       "question",
                                       "question(s)",
                                       "open questions",
                                       "questions and answers",
                                       "questions & answers",
                                       "discussion q&a",
                                       "\u95ee\u9898",
                                       "\u95ee\u7b54",
                                       "\u63d0\u95ee",
                                       "fragen"};

/* Bold and italic marks around a label. */
static struct span without_stars(struct span text)
{
    while (text.len > 0 && (text.at[0] == '*' || text.at[0] == '_'))
        text = span_from(text, 1);
    while (text.len > 0 && (text.at[text.len - 1] == '*' || text.at[text.len - 1] == '_'))
        text.len--;
    return span_trim(text);
}

/* The bytes of a colon, also the wide one of East Asia, that `text` begins with. */
static size_t colon_bytes(struct span text)
{
    if (text.len > 0 && text.at[0] == ':')
        return 1;
    return text.len >= 3 && (unsigned char)text.at[0] == 0xEF && span_starts(text, "\uff1a") ? 3 : 0;
}

/* Splits "Label: rest" or "[Label] rest". */
static bool split_label(struct span text, struct span *label, struct span *rest)
{
    const size_t within = text.len < LONGEST_LABEL_BYTES ? text.len : LONGEST_LABEL_BYTES;
    const bool bracketed = span_starts(text, "[");
    for (size_t i = 0; i < within; i++) {
        const size_t bytes = bracketed ? (size_t)(text.at[i] == ']') : colon_bytes(span_from(text, i));
        if (bytes == 0)
            continue;
        *label = without_stars(span_from(span_until(text, i), bracketed ? 1 : 0));
        *rest = span_from(text, i + bytes);
        while (rest->len > 0 && (is_blank(rest->at[0]) || rest->at[0] == '*' || colon_bytes(*rest) == 1))
            *rest = span_from(*rest, 1);
        return label->len > 0;
    }
    return false;
}

/* "Paper", "paper 3", "Paper #3". */
static bool is_title_label(struct span label)
{
    while (label.len > 0 && (is_ascii_digit(label.at[label.len - 1]) || strchr(" #", label.at[label.len - 1]) != NULL))
        label.len--;
    for (size_t i = 0; i < sizeof title_labels / sizeof title_labels[0]; i++)
        if (span_is_nocase(label, title_labels[i]))
            return true;
    return false;
}

size_t title_label_bytes(struct span text)
{
    struct span label, rest;
    if (!split_label(text, &label, &rest) || rest.len == 0 || !is_title_label(label))
        return 0;
    return text.len - rest.len;
}

bool is_part_name(struct span text)
{
    struct word word;
    size_t words = 0;
    bool part = false;
    while (word_next(&text, &word)) {
        const bool known = (word.classes & (WORD_PART | WORD_BESIDE)) != 0;
        if (++words > LONGEST_PART_WORDS || (!known && word.text.len > 0))
            return false;
        part |= (word.classes & WORD_PART) != 0;
    }
    return part;
}

/* The questions' heading, alone or with the first of them on its line: "Q&A", "My QA 1. ...", "Questions:". */
static bool read_qa(struct line *line)
{
    struct span text = without_stars(line->text);
    if (span_starts_nocase(text, "my "))
        text = span_from(text, 3);
    for (size_t i = 0; i < sizeof qa_names / sizeof qa_names[0]; i++) {
        if (!span_starts_nocase(text, qa_names[i]))
            continue;
        struct span rest = span_from(text, strlen(qa_names[i]));
        const struct span behind = span_trim(rest);
        const bool counted = behind.len > 0 && behind.len < rest.len && is_ascii_digit(behind.at[0]) && i < 6;
        if (behind.len > 0 && !counted && colon_bytes(behind) == 0 && !span_is(behind, "?"))
            continue;
        rest = span_from(behind, behind.len > 0 && !counted ? (colon_bytes(behind) == 3 ? 3 : 1) : 0);
        line->text = span_trim(rest);
        line->kind = LINE_QA;
        return true;
    }
    return false;
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

static bool read_label(struct line *line)
{
    struct span label, rest, link;
    struct stamp stamp;
    if (!split_label(line->text, &label, &rest) || rest.len == 0 || span_starts(line->text, "["))
        return false;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (!span_is_nocase(label, labels[i].name))
            continue;
        const bool link_wanted = labels[i].kind == LINE_LINK;
        if (link_wanted && link_read(rest, &link) == LINK_NONE && link_read(line->text, &link) == LINK_NONE)
            return false;
        if (labels[i].kind == LINE_STAMP && rest.len > 120 && !stamp_read(rest, STAMP_GROUP, &stamp))
            return false;
        line->kind = (uint8_t)labels[i].kind;
        if (!link_wanted || link_read(rest, &link) == LINK_WEB)
            line->text = rest;
        line->labelled = true;
        return true;
    }
    return false;
}

/* "design:", "Evaluation 1. ...", "Key idea - ...", "motivation". */
static bool is_part(struct span text)
{
    struct span label, rest;
    if (is_part_name(text) || (split_label(text, &label, &rest) && is_part_name(label)))
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
    else if (read_qa(line))
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
