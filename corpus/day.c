#include "corpus/day.h"

#include "corpus/stamp.h"
#include "corpus/words.h"

/* Takes digits, at most `most`, off the front of `*rest`; gives how many. */
static size_t take_number(struct span *rest, size_t most, int *number)
{
    size_t digits = 0;
    *number = 0;
    for (; digits < rest->len && digits < most && is_ascii_digit(rest->at[digits]); digits++)
        *number = *number * 10 + (rest->at[digits] - '0');
    *rest = span_from(*rest, digits);
    return digits;
}

static bool is_day_of_month(int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* "20310210" */
static size_t joined_bytes(struct span text)
{
    enum { YEAR_DIGITS = 4, BYTES = 8 };
    struct span rest = span_from(text, text.len < YEAR_DIGITS ? text.len : YEAR_DIGITS);
    int month, day;
    if (text.len < BYTES || year_find(span_until(text, YEAR_DIGITS)) == 0 || take_number(&rest, 2, &month) < 2 ||
        take_number(&rest, 2, &day) < 2 || (rest.len > 0 && is_ascii_digit(rest.at[0])))
        return 0;
    return is_day_of_month(month, day) ? BYTES : 0;
}

/* "2031-02-10", "31/2/10", "10.02.2031", "2/10/31". */
static size_t parted_bytes(struct span text)
{
    enum { YEAR_DIGITS = 4 };
    struct span rest = text;
    int first, second, third;
    const size_t front = take_number(&rest, YEAR_DIGITS, &first);
    const char mark = (char)(front > 0 && rest.len > 0 ? rest.at[0] : '\0');
    if (mark == '\0' || strchr("-/.", mark) == NULL)
        return 0;
    rest = span_from(rest, 1);
    if (take_number(&rest, 2, &second) == 0 || rest.len == 0 || rest.at[0] != mark)
        return 0;
    rest = span_from(rest, 1);
    const size_t back = take_number(&rest, YEAR_DIGITS, &third);
    const bool year_first = front != 1 && front != 3 && back <= 2 && is_day_of_month(second, third);
    const bool year_last = front <= 2 && (back == 2 || back == YEAR_DIGITS) &&
                           (is_day_of_month(second, first) || is_day_of_month(first, second));
    const bool dated = front == YEAR_DIGITS ? year_find(span_until(text, YEAR_DIGITS)) != 0 : back >= 2;
    return back > 0 && dated && (year_first || year_last) ? text.len - rest.len : 0;
}

size_t day_in_front_bytes(struct span text)
{
    static const char *const marks[] = {":", "|", "-", ",", "\u2013", "\u2014", "\uff1a"};
    const size_t open = text.len > 0 && strchr("[(", text.at[0]) != NULL ? 1 : 0;
    const struct span bare = span_from(text, open);
    const size_t joined = joined_bytes(bare), day = joined > 0 ? joined : parted_bytes(bare);
    size_t at = open + day;
    if (day == 0 || (open > 0 && (at == text.len || text.at[at] != (text.at[0] == '[' ? ']' : ')'))))
        return 0;
    at += open;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    const size_t mark = span_starts_with_one(span_from(text, at), marks, sizeof marks / sizeof marks[0]);
    const size_t behind = at + mark;
    const bool parts = behind == text.len || is_blank(text.at[behind]) || mark > 1;
    if (!parts && at == open + day + open)
        return 0; /* "2031-02-10-quiet" */
    at = parts ? behind : at;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    return at;
}

bool is_day_alone(struct span text)
{
    text = span_trim(text);
    return text.len > 0 && day_in_front_bytes(text) == text.len;
}

/* "PRG#4: Title", "#11 Title": the number of a meeting. */
static struct span without_count(struct span text)
{
    enum { LONGEST_NAME = 12 };
    size_t at = 0;
    while (at < text.len && at < LONGEST_NAME && is_ascii_letter(text.at[at]))
        at++;
    if (at >= text.len || text.at[at] != '#')
        return text;
    const size_t first = ++at;
    while (at < text.len && is_ascii_digit(text.at[at]))
        at++;
    const size_t digits = at - first;
    at += at < text.len && text.at[at] == ':';
    return digits > 0 && at < text.len && text.at[at] == ' ' ? span_trim(span_from(text, at)) : text;
}

/* "Ada presented: Example (2031) Title", "Ada Example presents: Title": who spoke on it. */
static struct span without_speaker(struct span text)
{
    enum { MOST_WORDS = 4, FEWEST_WORDS = 2 };
    static const char *const verbs[] = {" presents", " presented", " presenting", " will present", " leads", " led"};
    const size_t colon = span_find(text, ": ");
    const struct span front = span_until(text, colon == SIZE_MAX ? 0 : colon);
    const size_t verb = span_ends_with_one(front, verbs, sizeof verbs / sizeof verbs[0]);
    const struct span rest = span_trim(span_from(text, verb == 0 ? 0 : colon + 1));
    return verb > 0 && !has_words(front, MOST_WORDS + 1) && has_words(rest, FEWEST_WORDS) ? rest : text;
}

struct span without_meeting_in_front(struct span text)
{
    return without_speaker(without_count(span_from(text, day_in_front_bytes(text))));
}
