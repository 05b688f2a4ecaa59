#include "query/sentences.h"

#include <stdint.h>
#include <strings.h>

static size_t skip_space(struct span text, size_t at)
{
    while (at < text.len && is_blank(text.at[at]))
        at++;
    return at;
}

/* The bytes of the first of `marks` (separated by spaces) that stands at `at`, or 0. */
static size_t mark_at(struct span text, size_t at, const char *marks)
{
    while (*marks != '\0') {
        const size_t len = strcspn(marks, " ");
        if (len <= text.len - at && memcmp(text.at + at, marks, len) == 0)
            return len;
        marks += len + (marks[len] == ' ' ? 1 : 0);
    }
    return 0;
}

static const char plain_ends[] = ". ! ? …";
static const char wide_ends[] = "。 ！ ？";
static const char closers[] = ") ] } \" ' ” ’ » 」 』 ） 】";

/* Behind an end: more ends, closing quotes and brackets, and mark-up (what the words have blanked). */
static size_t skip_closers(const struct sentences *in, size_t at)
{
    while (at < in->source.len) {
        const bool is_mark_up = is_blank(in->words.at[at]) && !is_blank(in->source.at[at]);
        size_t bytes = is_mark_up ? 1 : mark_at(in->words, at, closers);
        if (bytes == 0)
            bytes = mark_at(in->words, at, plain_ends);
        if (bytes == 0)
            bytes = mark_at(in->words, at, wide_ends);
        if (bytes == 0)
            break;
        at += bytes;
    }
    return at;
}

/* ---- full stops that end nothing ------------------------------------------------------------------------- */

/* Always followed by more of the sentence. */
static bool is_abbreviation(struct span word)
{
    static const char *const list[] = {"al", "approx", "cf",   "dr", "ed", "eds", "esp",   "incl", "mr",  "mrs",
                                       "ms", "prof",   "resp", "st", "vs", "viz", "w.r.t", "e.g",  "i.e", "a.k.a"};
    return span_is_among_nocase(word, list, sizeof list / sizeof list[0]);
}

/* Abbreviations before a number: "Fig. 3", "No. 7", "Thm. 2", "v. 2.0". */
static bool is_counted(struct span word)
{
    static const char *const list[] = {"alg",  "app",  "art", "ch",  "chap", "cor", "def", "eq",   "eqs", "fig",
                                       "figs", "lem",  "no",  "nos", "p",    "par", "pp",  "prop", "ref", "refs",
                                       "sec",  "secs", "tab", "thm", "v",    "ver", "vol", "vols"};
    return span_is_among_nocase(word, list, sizeof list / sizeof list[0]);
}

/* The letters, digits and inner full stops just before `end`: "e.g", "al", "3". */
static struct span word_before(struct span text, size_t floor, size_t end)
{
    size_t start = end;
    while (start > floor &&
           (is_ascii_letter(text.at[start - 1]) || is_ascii_digit(text.at[start - 1]) || text.at[start - 1] == '.'))
        start--;
    return (struct span){text.at + start, end - start};
}

/* "J." of "J. Smith", "U.S.": single letters, each with its full stop, the first a capital. */
static bool is_initials(struct span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (i % 2 == 0 ? !is_ascii_letter(word.at[i]) : word.at[i] != '.')
            return false;
    return word.len % 2 == 1 && is_ascii_capital(word.at[0]);
}

/* Before a small letter a short word, or one with inner full stops, is more likely cut short ("min. latency", "i.i.d.
 * samples") than the last of a sentence. */
static bool may_be_cut_short(struct span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (is_ascii_digit(word.at[i]) || word.at[i] == '.')
            return true;
    return word.len <= 4;
}

/* `stop` is where the full stop stands, `next` where the text goes on behind white space; `is_closed`: a bracket ends
 * between the two, as in "12 % (approx.) of". */
static bool is_mere_stop(const struct sentences *in, size_t stop, size_t next, bool is_closed)
{
    const struct span word = word_before(in->words, in->at, stop);
    if (next >= in->words.len)
        return false;
    const char follows = in->words.at[next];
    if (is_closed)
        return is_ascii_small(follows) && (is_abbreviation(word) || may_be_cut_short(word));
    return is_abbreviation(word) || is_initials(word) || (is_counted(word) && is_ascii_digit(follows)) ||
           (is_ascii_small(follows) && may_be_cut_short(word));
}

/* ---- lists inside a passage ------------------------------------------------------------------------------ */

/* Whether "7." or "7)" stands at `at`, behind white space and before it; `*end` is behind the mark. */
static bool number_at(struct span text, size_t at, unsigned number, size_t *end)
{
    if (at > 0 && !is_blank(text.at[at - 1]) && text.at[at - 1] != ':')
        return false;
    unsigned value = 0;
    size_t i = at;
    for (; i < text.len && is_ascii_digit(text.at[i]) && i - at < 2; i++)
        value = value * 10 + (unsigned)(text.at[i] - '0');
    if (i == at || value != number || i >= text.len || (text.at[i] != '.' && text.at[i] != ')'))
        return false;
    if (i + 1 < text.len && !is_blank(text.at[i + 1]))
        return false;
    *end = i + 1;
    return true;
}

/* How far ahead the second item of a list is looked for. */
enum { ITEM_BYTES_MAX = 2000 };

/* No byte is looked at twice, however many first items there are. */
static bool second_follows(struct sentences *in, size_t at)
{
    size_t end;
    const size_t last = in->words.len - at > ITEM_BYTES_MAX ? at + ITEM_BYTES_MAX : in->words.len;
    for (at = at > in->no_second ? at : in->no_second; at < last; at++)
        if (in->words.at[at] == '2' && number_at(in->words, at, 2, &end))
            break;
    in->no_second = at;
    return at < last;
}

/* Whether an item of a numbered list begins at `at`. A list has a second item; what looks like the only one is the
 * end of a sentence ("in version 1."). */
static bool item_at(struct sentences *in, size_t at, size_t *end)
{
    if (!is_ascii_digit(in->words.at[at]))
        return false;
    if (in->next_number > 1 && number_at(in->words, at, in->next_number, end))
        return true;
    return number_at(in->words, at, 1, end) && second_follows(in, *end);
}

static bool bullet_at(struct span text, size_t at)
{
    const size_t mark = mark_at(text, at, "- * + • – —");
    if (mark == 0 || (at + mark < text.len && !is_blank(text.at[at + mark])))
        return false;
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t'))
        at--;
    return at > 0 && text.at[at - 1] == '\n';
}

/* ---- the next sentence ----------------------------------------------------------------------------------- */

/* Where the sentence ends when it ends with the mark at `at`; 0 when it goes on. */
static size_t end_at(const struct sentences *in, size_t at)
{
    const size_t wide = mark_at(in->words, at, wide_ends);
    if (wide > 0)
        return skip_closers(in, at + wide);
    const size_t mark = mark_at(in->words, at, plain_ends);
    if (mark == 0)
        return 0;
    const size_t end = skip_closers(in, at + mark);
    if (end < in->source.len && !is_blank(in->source.at[end]))
        return 0;
    const bool is_closed = end == at + 2 && strchr(")]", in->words.at[at + 1]) != NULL;
    const bool is_mere = in->words.at[at] == '.' && (end == at + 1 || is_closed) &&
                         is_mere_stop(in, at, skip_space(in->words, end), is_closed);
    return is_mere ? 0 : end;
}

static unsigned number_of(struct span text)
{
    unsigned value = 0;
    for (size_t i = 0; i < text.len && is_ascii_digit(text.at[i]); i++)
        value = value * 10 + (unsigned)(text.at[i] - '0');
    return value;
}

/* Where the sentence that begins at `start` ends. */
static size_t find_end(struct sentences *in, size_t start)
{
    size_t at = start, item_end = 0;
    if (item_at(in, at, &item_end)) {
        in->next_number = number_of((struct span){in->words.at + at, item_end - at}) + 1;
        at = item_end;
    }
    while (at < in->source.len) {
        const size_t end = end_at(in, at);
        if (end > 0)
            return end;
        at++;
        if (at < in->source.len && is_blank(in->words.at[at - 1]) &&
            (item_at(in, at, &item_end) || bullet_at(in->words, at)))
            return at;
    }
    return at;
}

/* White space, and the sign a quoted line begins with where it is no word. */
static size_t skip_to_start(const struct sentences *in, size_t at)
{
    while (at < in->source.len &&
           (is_blank(in->source.at[at]) || (in->source.at[at] == '>' && is_blank(in->words.at[at]))))
        at++;
    return at;
}

void sentences_start(struct sentences *sentences, struct span source, struct span words)
{
    *sentences = (struct sentences){.source = source, .words = words};
}

bool sentences_next(struct sentences *sentences, size_t *start, size_t *bytes)
{
    sentences->at = skip_to_start(sentences, sentences->at);
    if (sentences->at >= sentences->source.len)
        return false;
    *start = sentences->at;
    size_t end = find_end(sentences, *start);
    sentences->at = end;
    while (end > *start && is_blank(sentences->source.at[end - 1]))
        end--;
    *bytes = end - *start;
    return true;
}
