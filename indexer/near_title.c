#include "indexer/near_title.h"

#include "corpus/words.h"
#include "indexer/analyzer.h"

#include <stddef.h>
#include <stdint.h>

enum {
    WORDS_MOST = 48,   /* of a title that are compared */
    TELLING_WORDS = 4, /* of a title that stands for a paper by itself */
    SPELLED_MOST = 2,  /* words that differ by a letter, or by their endings */
    TYPO_LETTERS = 6,  /* of the longer of two words that differ by one */
    SLIP_LETTERS = 4,  /* the same, where more than the title agrees */
    BEGINNING = 2,     /* letters in which the first of these agree */
    STEM_LETTERS = 5,  /* in which two words of different endings agree, */
    STEM_TENTHS = 6,   /* and of ten letters of the longer one */
};

/* What a difference costs: the dearest are words that only one title has. */
enum { COST_SPACE = 1, COST_TYPO = 2, COST_SLIP = 5, COST_ONE = 20, COST_NEVER = 100000 };

struct title {
    struct span words[WORDS_MOST];
    size_t count;
};

/* ---- words ----------------------------------------------------------------------------------------------------- */

#define IS_ONE_OF(word, list) span_is_among(word, list, sizeof(list) / sizeof(list)[0])

bool title_word_is_number(struct span word)
{
    bool is_roman = word.len > 0;
    for (size_t i = 0; i < word.len; i++) {
        if (is_ascii_digit(word.at[i]))
            return true;
        is_roman &= word.at[i] == 'i' || word.at[i] == 'v' || word.at[i] == 'x';
    }
    return is_roman;
}

/* What tells one paper from the next of a series, or from its opposite. */
static bool is_telling(struct span word)
{
    static const char *const words[] = {"non", "not", "no", "without"};
    return word.len == 1 || title_word_is_number(word) || IS_ONE_OF(word, words);
}

static bool is_number_word(struct span word)
{
    static const char *const words[] = {"one",   "two",  "three", "four",  "five",   "six",   "seven",
                                        "eight", "nine", "ten",   "first", "second", "third", "fourth"};
    return IS_ONE_OF(word, words);
}

/* Words by which a title tells that this is another publication of a work. */
static bool is_of_publication(struct span word)
{
    static const char *const words[] = {
        "abstract",      "addendum",    "comment",   "comments",   "companion",  "contribution",  "correction",
        "corrections",   "corrigendum", "demo",      "discussion", "editorial",  "demonstration", "erratum",
        "extended",      "full",        "journal",   "keynote",    "paper",      "poster",        "preliminary",
        "presentation",  "rebuttal",    "rejoinder", "reply",      "report",     "response",      "retracted",
        "retraction",    "revisited",   "short",     "summary",    "supplement", "talk",          "technical",
        "supplementary", "thesis",      "tutorial",  "version",    "video",      "withdrawn"};
    return IS_ONE_OF(word, words);
}

static struct title split(struct span text)
{
    static const char *const articles[] = {"a", "an", "the"};
    struct title out = {.count = 0};
    for (struct span word; out.count < WORDS_MOST && span_cut(&text, ' ', &word);)
        if (word.len > 0 && (text.len == 0 || !IS_ONE_OF(word, articles))) /* the last word is none: "Part A" */
            out.words[out.count++] = word;
    return out;
}

/* ---- two words --------------------------------------------------------------------------------------------------- */

static bool is_latin(struct span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return true;
}

static size_t shared_beginning(struct span a, struct span b)
{
    size_t shared = 0;
    while (shared < a.len && shared < b.len && a.at[shared] == b.at[shared])
        shared++;
    return shared;
}

/* One letter left out, added, another, or two exchanged, behind the first `beginning`, in a word of so many letters. */
static bool is_typo(struct span a, struct span b, size_t letters, size_t beginning)
{
    const struct span shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
    const size_t at = shared_beginning(shorter, longer);
    if (at < beginning || longer.len < letters || longer.len > shorter.len + 1)
        return false;
    const struct span rest = span_from(shorter, at), other = span_from(longer, at);
    if (rest.len < other.len)
        return span_equal(rest, span_from(other, 1)) && (at > 0 || other.at[0] != 'a'); /* "asymmetric" */
    if (rest.len > 0 && span_equal(span_from(rest, 1), span_from(other, 1)))
        return true;
    return rest.len > 1 && rest.at[0] == other.at[1] && rest.at[1] == other.at[0] &&
           span_equal(span_from(rest, 2), span_from(other, 2));
}

static bool has_another_ending(struct span a, struct span b)
{
    const size_t shared = shared_beginning(a, b), longer = a.len > b.len ? a.len : b.len;
    return shared >= STEM_LETTERS && shared * 10 >= longer * STEM_TENTHS;
}

static uint32_t cost_of(struct span a, struct span b)
{
    if (span_equal(a, b))
        return 0;
    if (!is_latin(a) || !is_latin(b))
        return COST_NEVER;
    if (is_typo(a, b, TYPO_LETTERS, BEGINNING))
        return COST_TYPO;
    return is_typo(a, b, SLIP_LETTERS, 0) || has_another_ending(a, b) ? COST_SLIP : COST_NEVER;
}

/* "key", "value" and "keyvalue". */
static bool is_together(struct span first, struct span second, struct span both)
{
    return first.len + second.len == both.len && span_equal(first, span_until(both, first.len)) &&
           span_equal(second, span_from(both, first.len));
}

/* ---- two titles -------------------------------------------------------------------------------------------------- */

struct comparison {
    const struct title *a, *b;
    uint32_t cost[WORDS_MOST + 1][WORDS_MOST + 1]; /* of the words before */
    size_t typos, slips, only_a, only_b;
    size_t of_publication; /* of the words that one has, the others of which are stop words */
    bool is_told_apart, has_number_word, has_others;
};

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t together_a(const struct comparison *at, size_t i, size_t j)
{
    return i > 1 && j > 0 && is_together(at->a->words[i - 2], at->a->words[i - 1], at->b->words[j - 1])
               ? at->cost[i - 2][j - 1] + COST_SPACE
               : COST_NEVER;
}

static uint32_t together_b(const struct comparison *at, size_t i, size_t j)
{
    return i > 0 && j > 1 && is_together(at->b->words[j - 2], at->b->words[j - 1], at->a->words[i - 1])
               ? at->cost[i - 1][j - 2] + COST_SPACE
               : COST_NEVER;
}

static uint32_t paired(const struct comparison *at, size_t i, size_t j)
{
    return i > 0 && j > 0 ? at->cost[i - 1][j - 1] + cost_of(at->a->words[i - 1], at->b->words[j - 1]) : COST_NEVER;
}

/* The cheapest way from one title to the other, word by word (Wagner and Fischer 1974). */
static void align(struct comparison *at)
{
    for (size_t i = 0; i <= at->a->count; i++)
        for (size_t j = 0; j <= at->b->count; j++) {
            uint32_t cost = i + j == 0 ? 0 : COST_NEVER;
            if (i > 0)
                cost = least(cost, at->cost[i - 1][j] + COST_ONE);
            if (j > 0)
                cost = least(cost, at->cost[i][j - 1] + COST_ONE);
            cost = least(cost, paired(at, i, j));
            cost = least(cost, least(together_a(at, i, j), together_b(at, i, j)));
            at->cost[i][j] = cost;
        }
}

static void leave_out(struct comparison *at, struct span word, size_t *count)
{
    (*count)++;
    at->is_told_apart |= is_telling(word);
    at->has_number_word |= is_number_word(word);
    at->of_publication += is_of_publication(word) ? 1 : 0;
    at->has_others |= !is_of_publication(word) && !is_stop_word(word);
}

/* Back along that way, counting what differs. */
static void count_differences(struct comparison *at)
{
    size_t i = at->a->count, j = at->b->count;
    while (i > 0 || j > 0) {
        const uint32_t cost = at->cost[i][j];
        if (cost == paired(at, i, j)) {
            const uint32_t pair = cost_of(at->a->words[--i], at->b->words[--j]);
            at->typos += pair == COST_TYPO ? 1 : 0;
            at->slips += pair == COST_SLIP ? 1 : 0;
        } else if (cost == together_a(at, i, j)) {
            i -= 2;
            j--;
        } else if (cost == together_b(at, i, j)) {
            i--;
            j -= 2;
        } else if (i > 0 && cost == at->cost[i - 1][j] + COST_ONE) {
            leave_out(at, at->a->words[--i], &at->only_a);
        } else {
            leave_out(at, at->b->words[--j], &at->only_b);
        }
    }
}

enum title_difference near_title(struct span a, struct span b)
{
    const bool is_in_order = span_compare(a, b) <= 0; /* of two ways as cheap always the same is gone */
    const struct title x = split(is_in_order ? a : b), y = split(is_in_order ? b : a);
    struct comparison at = {.a = &x, .b = &y};
    align(&at);
    count_differences(&at);
    const size_t shorter = x.count < y.count ? x.count : y.count, only = at.only_a < at.only_b ? at.only_a : at.only_b;
    const bool is_another_publication = at.of_publication > 0 && !at.has_others;
    const bool is_another_number = only > 0 && at.has_number_word; /* "two robots", "three robots" */
    if (at.is_told_apart || is_another_number || is_another_publication || shorter == 0)
        return TITLE_OTHER;
    if (at.only_a + at.only_b + at.slips == 0 && at.typos <= SPELLED_MOST && shorter >= TELLING_WORDS)
        return TITLE_SPELLING;
    if (only == 0 && at.typos + at.slips <= SPELLED_MOST)
        return at.only_a + at.only_b == 0 && shorter >= TELLING_WORDS ? TITLE_LETTERS : TITLE_WORDS;
    return (shorter - only) * 3 >= shorter * 2 ? TITLE_MOST : TITLE_OTHER;
}
