#include "indexer/same_paper.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "corpus/person.h"
#include "corpus/words.h"

#include <stdlib.h>

enum {
    TELLING_WORDS = 4, /* of a title that stands for a paper by itself */
    NEAR_TENTHS = 9,   /* of ten words, in titles that are nearly the same */
};

const char *same_paper_reason(enum same_paper same)
{
    static const char *const reasons[] = {
        [SAME_DOI] = "the same DOI",
        [SAME_ARXIV] = "the same arXiv identifier",
        [SAME_TITLE] = "the same title, author and year",
        [SAME_BY_RULE] = "duplicates.txt says so",
        [SAME_NEARLY] = "titles much alike, the same author and year",
        [SAME_NOT] = "",
    };
    return reasons[same];
}

/* ---- facts --------------------------------------------------------------------------------------------------- */

static bool is_numeral(struct span word)
{
    bool is_roman = word.len > 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] >= '0' && word.at[i] <= '9')
            return true;
        is_roman &= word.at[i] == 'i' || word.at[i] == 'v' || word.at[i] == 'x';
    }
    return is_roman;
}

/* The words of the title to `out`, unless it is NULL. */
static uint64_t read_title(struct analyzer *analyzer, struct span title, struct paper_facts *out)
{
    struct token token;
    uint32_t position = UINT32_MAX;
    uint64_t hash = HASH_START;
    size_t words = 0;
    analyzer_start(analyzer, title);
    while (analyzer_next(analyzer, &token)) {
        const bool is_word = token.kind == TOKEN_WORD || token.kind == TOKEN_BIGRAM;
        if (!is_word || token.position == position)
            continue;
        position = token.position;
        hash = hash_add_piece(hash, token.text);
        if (out != NULL && words < SAME_PAPER_WORDS) {
            out->is_number[words] = is_numeral(token.text);
            out->words[words] = hash_add_piece(HASH_START, token.text);
            out->word_count = words + 1;
        }
        words++;
    }
    return words == 0 ? 0 : hash;
}

uint64_t same_paper_title(struct analyzer *analyzer, struct span title)
{
    return read_title(analyzer, title, NULL);
}

/* "van Renesse" of "Robbert van Renesse" is "renesse", whatever its accents. */
static bool read_author(struct analyzer *analyzer, struct arena *arena, struct span authors, struct span *out)
{
    const char *end = memchr(authors.at, '\n', authors.len);
    const struct span first = person_name(end == NULL ? authors : span_until(authors, (size_t)(end - authors.at)));
    const char *comma = memchr(first.at, ',', first.len); /* "Renesse, Robbert van" */
    struct token token;
    struct buffer name = {0};
    analyzer_start(analyzer, comma == NULL ? first : span_until(first, (size_t)(comma - first.at)));
    while (analyzer_next(analyzer, &token)) {
        if ((token.kind != TOKEN_WORD && token.kind != TOKEN_BIGRAM) || span_is(token.text, "jr") ||
            span_is(token.text, "sr"))
            continue;
        buffer_clear(&name);
        buffer_add(&name, token.text);
    }
    const char *copy = arena_string(arena, (struct span){name.at == NULL ? "" : name.at, name.len});
    const bool done = copy != NULL && !name.failed;
    *out = (struct span){done ? copy : "", done ? name.len : 0};
    buffer_free(&name);
    return done;
}

static bool is_preprint(struct analyzer *analyzer, struct span venue)
{
    struct token token;
    bool found = false;
    analyzer_start(analyzer, venue);
    while (analyzer_next(analyzer, &token))
        found |= span_is(token.text, "arxiv") || span_is(token.text, "corr") || span_is(token.text, "preprint");
    return found || venue.len == 0;
}

bool same_paper_facts(struct analyzer *analyzer, struct arena *arena, struct span title, struct span authors,
                      struct span venue, struct paper_facts *out)
{
    out->word_count = 0;
    out->title = read_title(analyzer, title, out);
    out->is_preprint = is_preprint(analyzer, venue);
    return read_author(analyzer, arena, authors, &out->author) && !analyzer_failed(analyzer);
}

/* ---- are they the same? ---------------------------------------------------------------------------------------- */

static bool is_same_doi(struct span a, struct span b)
{
    if (a.len == 0 || a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) { /* the ASCII letters of a DOI have no case (ISO 26324) */
        const char x = a.at[i], y = b.at[i];
        const char lower_x = (char)(x >= 'A' && x <= 'Z' ? x - 'A' + 'a' : x);
        const char lower_y = (char)(y >= 'A' && y <= 'Z' ? y - 'A' + 'a' : y);
        if (lower_x != lower_y)
            return false;
    }
    return true;
}

static bool is_of_arxiv(struct span doi)
{
    return span_starts(doi, "10.48550/");
}

/* Each is registered, as a work of its own. */
static bool have_two_dois(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->doi.len > 0 && b->doi.len > 0 && !is_same_doi(a->doi, b->doi) && !is_of_arxiv(a->doi) &&
           !is_of_arxiv(b->doi);
}

static bool have_same_author(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->author.len > 0 && span_equal(a->author, b->author);
}

static bool are_years_near(const struct paper_facts *a, const struct paper_facts *b, int apart)
{
    return a->year == 0 || b->year == 0 || abs(a->year - b->year) <= apart;
}

static size_t count_shared(const struct paper_facts *a, const struct paper_facts *b, bool *numbers_agree)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->word_count; i++) {
        bool found = false;
        for (size_t j = 0; j < b->word_count && !found; j++)
            found = a->words[i] == b->words[j];
        shared += found ? 1 : 0;
        *numbers_agree &= found || !a->is_number[i];
    }
    return shared;
}

static bool are_titles_akin(const struct paper_facts *a, const struct paper_facts *b)
{
    bool ignored = true;
    const struct paper_facts *shorter = a->word_count < b->word_count ? a : b, *longer = shorter == a ? b : a;
    return shorter->word_count > 0 && count_shared(shorter, longer, &ignored) * 2 >= shorter->word_count;
}

/* By title, when the words are the same. */
static bool are_same_by_title(const struct paper_facts *a, const struct paper_facts *b)
{
    const bool is_telling = a->word_count >= TELLING_WORDS;
    if (have_same_author(a, b))
        return are_years_near(a, b, is_telling && (a->is_preprint || b->is_preprint) ? 2 : 1);
    if (a->author.len > 0 && b->author.len > 0)
        return false;
    if (a->author.len == 0 && b->author.len == 0)
        return is_telling && a->year != 0 && a->year == b->year;
    return is_telling && are_years_near(a, b, 1);
}

static bool begins_with(const struct paper_facts *longer, const struct paper_facts *shorter)
{
    return shorter->word_count >= 2 && longer->word_count > shorter->word_count &&
           memcmp(longer->words, shorter->words, shorter->word_count * sizeof *shorter->words) == 0;
}

static bool are_nearly_same(const struct paper_facts *a, const struct paper_facts *b)
{
    bool numbers_agree = true;
    if (!have_same_author(a, b) || !are_years_near(a, b, 1))
        return false;
    const size_t shared = count_shared(a, b, &numbers_agree),
                 most = a->word_count > b->word_count ? a->word_count : b->word_count;
    (void)count_shared(b, a, &numbers_agree);
    return numbers_agree &&
           (begins_with(a, b) || begins_with(b, a) || (shared >= TELLING_WORDS && shared * 10 >= most * NEAR_TENTHS));
}

enum same_paper same_paper(const struct paper_facts *a, const struct paper_facts *b)
{
    const bool are_akin = are_titles_akin(a, b) || have_same_author(a, b);
    if (are_akin && is_same_doi(a->doi, b->doi))
        return SAME_DOI;
    if (are_akin && a->arxiv.len > 0 && span_equal(a->arxiv, b->arxiv))
        return SAME_ARXIV;
    if (have_two_dois(a, b))
        return SAME_NOT;
    if (a->title != 0 && a->title == b->title && are_same_by_title(a, b))
        return a->source != b->source ? SAME_TITLE : SAME_NEARLY;
    return are_nearly_same(a, b) ? SAME_NEARLY : SAME_NOT;
}
