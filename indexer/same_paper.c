#include "indexer/same_paper.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "corpus/person.h"
#include "corpus/words.h"
#include "indexer/near_text.h"
#include "indexer/near_title.h"

#include <stdlib.h>
#include <string.h>

enum {
    TELLING_WORDS = 4,  /* of a title that stands for a paper where more is known of it */
    ALONE_WORDS = 5,    /* of a title that does by itself */
    NEAR_TENTHS = 9,    /* of ten words, in titles that are nearly the same */
    AUTHORS_MOST = 512, /* that are compared */
    ABSTRACT_RUNS = 20, /* of three words, in an abstract that tells something */
};

/* How much abstracts have in common (near_text.h) when the titles are spelled differently, differ in some letters or
 * words, or share most of them. */
static const double spelling_resemblance = 0.2, words_resemblance = 0.7, most_resemblance = 0.9;

const char *same_paper_reason(enum same_paper same)
{
    static const char *const reasons[] = {
        [SAME_DOI] = "the same DOI",
        [SAME_ARXIV] = "the same arXiv identifier",
        [SAME_PMID] = "the same PubMed identifier",
        [SAME_TITLE] = "the same title, author and year",
        [SAME_BY_RULE] = "duplicates.txt says so",
        [SAME_SPELLING] = "titles that differ in spelling, the same authors and year",
        [SAME_ABSTRACT] = "titles and abstracts much alike, the same authors",
        [SAME_NEARLY] = "titles much alike, the same author and year",
        [SAME_NOT] = "",
    };
    return reasons[same];
}

/* ---- facts --------------------------------------------------------------------------------------------------- */

/* Goes to the next word of what is analysed, one a position. */
static bool next_word(struct analyzer *analyzer, uint32_t *position, struct span *word)
{
    struct token token;
    while (analyzer_next(analyzer, &token)) {
        if ((token.kind != TOKEN_WORD && token.kind != TOKEN_BIGRAM) || token.position == *position)
            continue;
        *position = token.position;
        *word = token.text;
        return true;
    }
    return false;
}

uint64_t same_paper_title(struct analyzer *analyzer, struct span title)
{
    struct span word;
    uint32_t position = UINT32_MAX;
    uint64_t hash = HASH_START;
    analyzer_start(analyzer, title);
    while (next_word(analyzer, &position, &word))
        hash = hash_add(hash, word);
    return position == UINT32_MAX ? 0 : hash;
}

static void take_word(struct paper_facts *out, struct span word)
{
    if (out->word_count == SAME_PAPER_WORDS)
        return;
    out->is_number[out->word_count] = title_word_is_number(word);
    out->words[out->word_count++] = hash_add_piece(HASH_START, word);
}

static bool read_title(struct analyzer *analyzer, struct arena *arena, struct span title, struct paper_facts *out)
{
    struct span word;
    struct buffer spelling = {0};
    uint32_t position = UINT32_MAX;
    out->word_count = 0;
    out->title = HASH_START;
    analyzer_start(analyzer, title);
    while (next_word(analyzer, &position, &word)) {
        if (spelling.len > 0)
            buffer_add_byte(&spelling, ' ');
        buffer_add(&spelling, word);
        out->title = hash_add(out->title, word);
        take_word(out, word);
    }
    out->title = out->word_count == 0 ? 0 : out->title;
    const char *copy = buffer_keep(&spelling, arena);
    out->spelling = (struct span){copy == NULL ? "" : copy, copy == NULL ? 0 : spelling.len};
    buffer_free(&spelling);
    return copy != NULL;
}

/* An author's name, folded. Both live until the analyzer goes on. */
struct name {
    char family[128]; /* cut where it is longer */
    size_t bytes;
    char initial; /* the first byte of the given name, of the family name where there is no other */
};

static void keep_family(struct name *out, struct span word)
{
    out->bytes = word.len < sizeof out->family ? word.len : sizeof out->family;
    memcpy(out->family, word.at, out->bytes);
}

/* "van Renesse" of "Robbert van Renesse" is "renesse", whatever its accents; so of "Renesse, Robbert van". */
static struct name read_name(struct analyzer *analyzer, struct span line)
{
    const struct span person = person_name(line);
    const char *comma = memchr(person.at, ',', person.len);
    struct name out = {.bytes = 0};
    struct span word;
    uint32_t position = UINT32_MAX;
    analyzer_start(analyzer, comma == NULL ? person : span_until(person, (size_t)(comma - person.at)));
    while (next_word(analyzer, &position, &word)) {
        if (out.initial == 0)
            out.initial = word.at[0];
        if (!span_is(word, "jr") && !span_is(word, "sr"))
            keep_family(&out, word);
    }
    position = UINT32_MAX;
    analyzer_start(analyzer, comma == NULL ? span_of("") : span_from(person, (size_t)(comma - person.at)));
    if (next_word(analyzer, &position, &word))
        out.initial = word.at[0];
    return out;
}

static bool read_author(struct analyzer *analyzer, struct arena *arena, struct span authors, struct span *out)
{
    struct span first = {"", 0};
    (void)span_cut(&authors, '\n', &first);
    const struct name name = read_name(analyzer, first);
    const char *copy = arena_string(arena, (struct span){name.family, name.bytes});
    *out = (struct span){copy == NULL ? "" : copy, copy == NULL ? 0 : name.bytes};
    return copy != NULL;
}

uint64_t same_paper_authors(struct analyzer *analyzer, struct span authors)
{
    uint64_t names[AUTHORS_MOST], hash = HASH_START;
    size_t count = 0;
    for (struct span line; count < AUTHORS_MOST && span_cut(&authors, '\n', &line);) {
        const struct name name = read_name(analyzer, line);
        if (name.bytes > 0)
            names[count++] = hash_add_piece(hash_add_number(HASH_START, (unsigned char)name.initial),
                                            (struct span){name.family, name.bytes});
    }
    if (count == 0)
        return 0;
    qsort(names, count, sizeof names[0], hash_order);
    for (size_t i = 0; i < count; i++) /* some sources name each twice */
        if (i == 0 || names[i] != names[i - 1])
            hash = hash_add_number(hash, names[i]);
    return hash;
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
    const bool is_read = read_title(analyzer, arena, title, out) && read_author(analyzer, arena, authors, &out->author);
    out->authors = same_paper_authors(analyzer, authors);
    out->is_preprint = is_preprint(analyzer, venue);
    return is_read && !analyzer_failed(analyzer);
}

/* ---- are they the same? ---------------------------------------------------------------------------------------- */

static bool is_same_doi(struct span a, struct span b)
{
    if (a.len == 0 || a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) /* the ASCII letters of a DOI have no case (ISO 26324) */
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
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

/* An erratum has the title of what it mends, and a record of its own; but so has a preprint on arXiv. */
static bool have_two_pmids(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->pmid.len > 0 && b->pmid.len > 0 && !span_equal(a->pmid, b->pmid) && a->arxiv.len == 0 &&
           b->arxiv.len == 0;
}

static bool have_same_author(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->author.len > 0 && span_equal(a->author, b->author);
}

static bool are_years_near(const struct paper_facts *a, const struct paper_facts *b, int apart)
{
    return a->year == 0 || b->year == 0 || abs(a->year - b->year) <= apart;
}

/* Words of `a` that `b` has too. */
static size_t count_in(const struct paper_facts *a, const struct paper_facts *b, bool *numbers_agree)
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

/* The fewer of both ways: the answer does not depend on which of them repeats a word. */
static size_t count_shared(const struct paper_facts *a, const struct paper_facts *b, bool *numbers_agree)
{
    const size_t in_b = count_in(a, b, numbers_agree), in_a = count_in(b, a, numbers_agree);
    return in_a < in_b ? in_a : in_b;
}

static bool are_titles_akin(const struct paper_facts *a, const struct paper_facts *b)
{
    bool ignored = true;
    const size_t shorter = a->word_count < b->word_count ? a->word_count : b->word_count;
    return shorter > 0 && count_shared(a, b, &ignored) * 2 >= shorter;
}

bool same_paper_are_two(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->source == b->source || have_two_dois(a, b) || have_two_pmids(a, b);
}

/* By title, when it is the same. */
/* What is no paper has neither a year nor an identifier: "Weekly notes of the group". */
static bool is_surely_paper(const struct paper_facts *facts)
{
    return facts->year != 0 || facts->doi.len > 0 || facts->arxiv.len > 0 || facts->pmid.len > 0;
}

static bool are_same_by_title(const struct paper_facts *a, const struct paper_facts *b)
{
    const bool is_telling = a->word_count >= TELLING_WORDS && b->word_count >= TELLING_WORDS;
    if (have_same_author(a, b))
        return are_years_near(a, b, is_telling && (a->is_preprint || b->is_preprint) ? 2 : 1);
    if (a->author.len > 0 && b->author.len > 0)
        return false;
    if (a->author.len == 0 && b->author.len == 0 && (a->year == 0 || b->year == 0))
        return (is_surely_paper(a) || is_surely_paper(b)) && a->word_count >= ALONE_WORDS &&
               b->word_count >= ALONE_WORDS;
    if (a->author.len == 0 && b->author.len == 0)
        return is_telling && a->year == b->year;
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
    return numbers_agree &&
           (begins_with(a, b) || begins_with(b, a) || (shared >= TELLING_WORDS && shared * 10 >= most * NEAR_TENTHS));
}

/* ---- titles that differ ---------------------------------------------------------------------------------------- */

static int years_apart(const struct paper_facts *a, const struct paper_facts *b, int otherwise)
{
    return a->is_preprint || b->is_preprint ? 2 : otherwise;
}

bool same_paper_asks_abstracts(const struct paper_facts *a, const struct paper_facts *b)
{
    return a->authors != 0 && a->authors == b->authors && are_years_near(a, b, years_apart(a, b, 1)) &&
           near_title(a->spelling, b->spelling) != TITLE_OTHER;
}

/* Of `otherwise` where one has no abstract to speak of. */
static double abstracts_resemble(struct analyzer *analyzer, const struct paper_facts *a, const struct paper_facts *b,
                                 double otherwise)
{
    struct text_shingles x, y;
    text_shingles(analyzer, a->abstract, &x);
    if (analyzer_failed(analyzer))
        return 0;
    text_shingles(analyzer, b->abstract, &y);
    return x.count < ABSTRACT_RUNS || y.count < ABSTRACT_RUNS ? otherwise : text_resemblance(&x, &y);
}

/* By what else agrees: SAME_SPELLING, SAME_ABSTRACT or SAME_NOT. */
static enum same_paper compare_near(struct analyzer *analyzer, const struct paper_facts *a, const struct paper_facts *b)
{
    if (!same_paper_asks_abstracts(a, b))
        return SAME_NOT;
    switch (near_title(a->spelling, b->spelling)) {
    case TITLE_SPELLING:
        return abstracts_resemble(analyzer, a, b, 1) >= spelling_resemblance ? SAME_SPELLING : SAME_NOT;
    case TITLE_LETTERS:
        return abstracts_resemble(analyzer, a, b, 0) >= words_resemblance ? SAME_ABSTRACT : SAME_NOT;
    case TITLE_WORDS:
        return are_years_near(a, b, years_apart(a, b, 0)) && abstracts_resemble(analyzer, a, b, 0) >= words_resemblance
                   ? SAME_ABSTRACT
                   : SAME_NOT;
    case TITLE_MOST:
        return a->is_preprint != b->is_preprint && abstracts_resemble(analyzer, a, b, 0) >= most_resemblance
                   ? SAME_ABSTRACT
                   : SAME_NOT;
    case TITLE_OTHER:
        break;
    }
    return SAME_NOT;
}

enum same_paper same_paper(struct analyzer *analyzer, const struct paper_facts *a, const struct paper_facts *b)
{
    const bool are_akin = are_titles_akin(a, b) || have_same_author(a, b);
    if (are_akin && is_same_doi(a->doi, b->doi))
        return SAME_DOI;
    if (are_akin && a->arxiv.len > 0 && span_equal(a->arxiv, b->arxiv))
        return SAME_ARXIV;
    if (are_akin && a->pmid.len > 0 && span_equal(a->pmid, b->pmid))
        return SAME_PMID;
    if (have_two_dois(a, b) || have_two_pmids(a, b))
        return SAME_NOT;
    const bool is_one_title = a->title != 0 && a->title == b->title;
    enum same_paper same = is_one_title && are_same_by_title(a, b) ? SAME_TITLE : SAME_NOT;
    if (same == SAME_NOT && !is_one_title)
        same = compare_near(analyzer, a, b);
    if (same != SAME_NOT)
        return same_paper_are_two(a, b) ? SAME_NEARLY : same;
    return are_nearly_same(a, b) ? SAME_NEARLY : SAME_NOT;
}
