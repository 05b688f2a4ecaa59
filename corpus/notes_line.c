#include "corpus/notes_line.h"

#include "corpus/words.h"

enum { MOST_COLUMNS = 4000 };

bool line_cut(struct span *rest, struct span *line)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->len);
    const size_t len = end == NULL ? rest->len : (size_t)(end - rest->at);
    *line = span_until(*rest, len);
    *rest = span_from(*rest, end == NULL ? len : len + 1);
    if (span_ends(*line, "\r"))
        line->len--;
    return true;
}

/* The bytes of a sign that can only be a bullet, at the start of `text`. */
static size_t bullet_sign(struct span text)
{
    static const char *const signs[] = {"\u2022", "\u25e6", "\u25aa", "\u2023", "\u00b7", "\u25cf",
                                        "\u25cb", "\u25a0", "\u2219", "\u27a2", "\u2043", "\u25b8"};
    return span_starts_with_one(text, signs, sizeof signs / sizeof signs[0]);
}

/* The bytes of a bullet at the start of `text`: "-" needs no space before a letter, the others do. */
static size_t bullet_bytes(struct span text)
{
    static const char *const marks[] = {"-", "*", "+", "\u2013", "\u2014", ">", "o"};
    const size_t sign = bullet_sign(text);
    if (sign > 0)
        return sign;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t len = strlen(marks[i]);
        if (!span_starts(text, marks[i]) || text.len == len)
            continue;
        const struct span behind = span_from(text, len);
        size_t bytes;
        if (is_blank(behind.at[0]) || (marks[i][0] == '-' && is_letter(code_point_at(behind, &bytes))))
            return len;
    }
    return 0;
}

/* The bytes of a number, or a single letter with a bracket, that counts the lines of a list. */
static size_t number_bytes(struct span text)
{
    const size_t open = text.len > 0 && (text.at[0] == '(' || text.at[0] == '[') ? 1 : 0;
    size_t i = open;
    while (i < text.len && i < open + 3 && is_ascii_digit(text.at[i]))
        i++;
    const bool letter = i == open && text.len > i + 1 && is_ascii_letter(text.at[i]) && text.at[i + 1] == ')';
    if (letter)
        i++;
    if (i == open || i + 1 >= text.len)
        return 0;
    const char close = text.at[i];
    const struct span behind = span_from(text, i + 1);
    if (open > 0)
        return close == (text.at[0] == '(' ? ')' : ']') && is_blank(behind.at[0]) ? i + 1 : 0;
    if (close == ')')
        return i + 1;
    const bool apart = is_blank(behind.at[0]) || (unsigned char)behind.at[0] >= 0x80;
    return (close == '.' && apart) || (close == ':' && is_blank(behind.at[0])) ? i + 1 : 0;
}

static size_t checkbox_bytes(struct span text)
{
    return text.len >= 4 && text.at[0] == '[' && strchr(" xX-", text.at[1]) != NULL && text.at[2] == ']' &&
                   is_blank(text.at[3])
               ? 3
               : 0;
}

static void read_heading(struct line *line)
{
    size_t level = 0;
    while (level < line->text.len && line->text.at[level] == '#')
        level++;
    if (level == 0 || level > 6 || level == line->text.len || !is_blank(line->text.at[level]))
        return;
    line->mark = level <= 2 ? MARK_HEADING : MARK_SUBHEADING;
    line->text = span_trim(span_from(line->text, level));
    while (span_ends(line->text, "#") && line->text.len > 1 && !span_ends(line->text, "C#"))
        line->text.len--;
    line->text = span_trim(line->text);
}

/* A heading as an outline has it, "** TODO Title": the bytes of its stars and its state. */
static size_t outline_bytes(struct span text)
{
    static const char *const states[] = {"TODO ", "DONE ", "NEXT ", "WAITING "};
    size_t stars = 0;
    while (stars < text.len && text.at[stars] == '*')
        stars++;
    if (stars < 2 || stars > 6 || stars + 1 >= text.len || text.at[stars] != ' ')
        return 0;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (span_starts(span_from(text, stars + 1), states[i]))
            return stars + 1 + strlen(states[i]);
    return stars + 1;
}

void line_read_mark(struct span raw, struct line *line)
{
    size_t column = 0, i = 0;
    for (; i < raw.len && (raw.at[i] == ' ' || raw.at[i] == '\t'); i++)
        column = raw.at[i] == '\t' ? column / 8 * 8 + 8 : column + 1;
    line->indent = (uint16_t)(column < MOST_COLUMNS ? column : MOST_COLUMNS);
    line->text = span_trim(raw);
    read_heading(line);
    if (line->mark != MARK_NONE || line_is_rule(line->text))
        return;
    const size_t outline = outline_bytes(line->text);
    if (outline > 0 && !span_ends(line->text, "*")) { /* "** title **" is set off by marks */
        line->mark = MARK_SUBHEADING;
        line->text = span_trim(span_from(line->text, outline));
        return;
    }
    size_t mark = bullet_bytes(line->text);
    if (mark > 0)
        line->mark = MARK_BULLET;
    else if ((mark = number_bytes(line->text)) > 0)
        line->mark = MARK_NUMBER;
    line->text = span_trim(span_from(line->text, mark));
    const size_t checkbox = checkbox_bytes(line->text);
    line->checkbox = checkbox > 0;
    line->text = span_trim(span_from(line->text, checkbox));
}

bool line_is_rule(struct span text)
{
    size_t marks = 0;
    if (text.len < 3 || strchr("-=*_~#+.", text.at[0]) == NULL)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == text.at[0])
            marks++;
        else if (text.at[i] != ' ')
            return false;
    }
    return marks >= 3;
}
