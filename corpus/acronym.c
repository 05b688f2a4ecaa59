#include "corpus/acronym.h"

#include "corpus/words.h"

enum { FORM_BYTES_MIN = 2, FORM_BYTES_MAX = 10 };

static bool is_letter_or_digit(char c)
{
    return is_ascii_letter(c) || is_ascii_digit(c) || ((unsigned char)c & 0x80) != 0;
}

static size_t count_words(struct span text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++)
        words += !is_blank(text.at[i]) && (i == 0 || is_blank(text.at[i - 1])) ? 1 : 0;
    return words;
}

/* ---- short forms ----------------------------------------------------------------------------------------------- */

/* "LLMs" stands for "LLM". */
static struct span without_plural(struct span form)
{
    const bool is_plural = form.len > FORM_BYTES_MIN && form.at[form.len - 1] == 's' && form.at[form.len - 2] >= 'A' &&
                           form.at[form.len - 2] <= 'Z';
    return is_plural ? span_until(form, form.len - 1) : form;
}

/* Letters and digits, perhaps joined ("KV-SSD"), with a capital among them. */
static bool is_form(struct span text)
{
    bool has_capital = false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_letter(text.at[i]) && !is_ascii_digit(text.at[i]) && strchr("-/&.", text.at[i]) == NULL)
            return false;
        has_capital |= is_ascii_capital(text.at[i]);
    }
    return has_capital && text.len >= FORM_BYTES_MIN && text.len <= FORM_BYTES_MAX && is_ascii_letter(text.at[0]);
}

/* ---- long forms ------------------------------------------------------------------------------------------------ */

/* How many words the meaning of a form has at most. */
static size_t words_most(struct span form)
{
    return form.len + 5 < form.len * 2 ? form.len + 5 : form.len * 2;
}

/* Goes through the form from its end and finds each of its letters in the text, the first one at the beginning of a
 * word: the shortest end of the text that holds them all. Empty when it does not. */
static struct span shortest_meaning(struct span form, struct span text)
{
    const struct span nothing = {"", 0};
    size_t at = text.len;
    for (size_t i = form.len; i-- > 0;) {
        const char wanted = ascii_lower(form.at[i]);
        if (!is_letter_or_digit(wanted))
            continue;
        bool found = false;
        while (at > 0 && !found) {
            at--;
            found = ascii_lower(text.at[at]) == wanted && (i > 0 || at == 0 || !is_letter_or_digit(text.at[at - 1]));
        }
        if (!found)
            return nothing;
    }
    while (at > 0 && !is_blank(text.at[at - 1])) /* "non-volatile" is one word */
        at--;
    return span_trim(span_from(text, at));
}

static bool holds_form(struct span meaning, struct span form)
{
    for (size_t i = 0; i + form.len <= meaning.len; i++)
        if (memcmp(meaning.at + i, form.at, form.len) == 0)
            return true;
    return false;
}

/* Only letters, digits, and what joins words. */
static bool is_meaning(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_letter_or_digit(text.at[i]) && !is_blank(text.at[i]) && strchr("-'/", text.at[i]) == NULL)
            return false;
    return is_letter_or_digit(text.at[0]);
}

static bool explains(struct span form, struct span text, struct acronym *out)
{
    const struct span bare = without_plural(form), meaning = shortest_meaning(bare, text);
    const size_t words = count_words(meaning);
    if (words < 2 || words > words_most(bare) || meaning.len <= bare.len || holds_form(meaning, bare) ||
        !is_meaning(meaning))
        return false;
    *out = (struct acronym){bare, meaning};
    return true;
}

/* ---- in a text ------------------------------------------------------------------------------------------------- */

/* What stands in the sentence before a parenthesis: behind the last mark that ends one, or an earlier parenthesis. */
static struct span before_parenthesis(struct span text, size_t open)
{
    size_t start = open;
    while (start > 0) {
        const char c = text.at[start - 1];
        const bool ends = (c == '.' || c == ':' || c == '?' || c == '!') && is_blank(text.at[start]);
        if (ends || strchr("();,\n", c) != NULL)
            break;
        start--;
    }
    return span_trim((struct span){text.at + start, open - start});
}

static struct span last_word(struct span text)
{
    size_t start = text.len;
    while (start > 0 && !is_blank(text.at[start - 1]))
        start--;
    return span_from(text, start);
}

/* The end of the parenthesis that opens at `open`; 0 when it does not close on a page's worth of text. */
static size_t closing(struct span text, size_t open)
{
    enum { LONGEST_BYTES = 200 };
    for (size_t i = open + 1; i < text.len && i - open < LONGEST_BYTES; i++)
        if (text.at[i] == ')' || text.at[i] == '(')
            return text.at[i] == ')' ? i : 0;
    return 0;
}

/* The form in a parenthesis: "TCO", or what stands before "TCO, for short". */
static struct span form_in(struct span inside)
{
    size_t end = 0;
    while (end < inside.len && inside.at[end] != ',' && inside.at[end] != ';')
        end++;
    return span_trim(span_until(inside, end));
}

bool acronym_next(struct span text, size_t *at, struct acronym *out)
{
    for (size_t open = *at; open < text.len; open++) {
        const size_t close = text.at[open] == '(' ? closing(text, open) : 0;
        if (close == 0)
            continue;
        const struct span inside = span_trim((struct span){text.at + open + 1, close - open - 1});
        const struct span before = before_parenthesis(text, open), form = form_in(inside), word = last_word(before);
        *at = open + 1;
        if (is_form(form) && explains(form, before, out))
            return true;
        if (is_form(word) && explains(word, inside, out))
            return true;
    }
    *at = text.len;
    return false;
}
