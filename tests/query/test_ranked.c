#include "indexer/bm25.h"
#include "indexer/segment_writer.h"
#include "query/kernels.h"
#include "query/ranked.h"
#include "tests/chance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Papers of one field, of several years, so that none is the document it would be as it came, whose word i is a number;
 * word w of the vocabulary stands about every (w + 1)th time. */
enum { VOCABULARY = 40, WORDS_MOST = 40, TERMS_MOST = 24 };

struct library {
    char path[64];
    uint32_t documents;
    uint8_t (*words)[WORDS_MOST]; /* of each document, `counts` of them */
    uint8_t *counts;
    uint8_t *breaks; /* the word of each document before which places are left out */
    struct segment *segment;
    const int64_t *papers; /* of each document */
};

static const struct segment_identity identity = {.library = "ranked", .generation = 1};

static void name_of(uint32_t word, char name[8])
{
    (void)snprintf(name, 8, "w%02u", (unsigned)word);
}

static void add_document(struct library *library, struct segment_writer *writer, uint32_t document)
{
    pinakes_error error;
    const uint32_t count = 1 + draw(draw(8) == 0 ? WORDS_MOST : 12);
    const uint32_t repeated = draw(8) == 0 ? draw(VOCABULARY) : VOCABULARY;
    const struct segment_paper paper = {
        .id = (int64_t)document + 1, .length = count, .year = 2020 - (int)(document % 3), .venue = span_of("")};
    assert_int_equal(segment_writer_paper(writer, &paper, &error), PINAKES_OK);
    library->counts[document] = (uint8_t)count;
    library->breaks[document] = (uint8_t)draw(WORDS_MOST);
    const uint32_t left_out = draw(4) == 0 ? 100000 : 1;
    for (uint32_t i = 0; i < count; i++) {
        char name[8];
        const uint32_t word = repeated < VOCABULARY && draw(3) > 0 ? repeated : draw(draw(VOCABULARY) + 1);
        library->words[document][i] = (uint8_t)word;
        name_of(word, name);
        const struct span token = span_of(name);
        const uint32_t place = i < library->breaks[document] ? i : i + left_out;
        assert_int_equal(segment_writer_word(writer, FIELD_NOTE, place, &token, 1, &error), PINAKES_OK);
    }
}

/* Puts entries of `bytes` each, which are by paper as they came, in the order of the documents. */
static void place(const struct library *library, void *entries, size_t bytes)
{
    char *by_paper = malloc(library->documents * bytes + 1);
    assert_non_null(by_paper);
    memcpy(by_paper, entries, library->documents * bytes);
    for (uint32_t i = 0; i < library->documents; i++)
        memcpy((char *)entries + i * bytes, by_paper + (size_t)(library->papers[i] - 1) * bytes, bytes);
    free(by_paper);
}

static void place_documents(struct library *library)
{
    struct segment_documents documents;
    pinakes_error error;
    assert_int_equal(segment_documents(library->segment, &documents, &error), PINAKES_OK);
    assert_int_equal(documents.count, library->documents);
    library->papers = documents.papers;
    place(library, library->words, sizeof *library->words);
    place(library, library->counts, sizeof *library->counts);
    place(library, library->breaks, sizeof *library->breaks);
}

static void make(struct library *library, uint32_t documents)
{
    pinakes_error error;
    struct segment_writer *writer;
    *library = (struct library){.path = "/tmp/pinakes-ranked-XXXXXX", .documents = documents};
    const int fd = mkstemp(library->path);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    library->words = calloc(documents + 1, sizeof *library->words);
    library->counts = calloc(documents + 1, sizeof *library->counts);
    library->breaks = calloc(documents + 1, sizeof *library->breaks);
    assert_true(library->words != NULL && library->counts != NULL && library->breaks != NULL);
    const struct segment_writer_options options = {.analyzer = NULL};
    assert_int_equal(segment_writer_create(library->path, &options, &writer, &error), PINAKES_OK);
    for (uint32_t i = 0; i < documents; i++)
        add_document(library, writer, i);
    assert_int_equal(segment_writer_finish(writer, &identity, &error), PINAKES_OK);
    segment_writer_free(writer);
    assert_int_equal(segment_open(library->path, &identity, &library->segment, &error), PINAKES_OK);
    place_documents(library);
}

static void discard(struct library *library)
{
    segment_close(library->segment);
    assert_int_equal(unlink(library->path), 0);
    free(library->words);
    free(library->counts);
    free(library->breaks);
}

/* ---- a second opinion ------------------------------------------------------------------------------------- */

struct asked {
    struct ranked_query query;
    struct ranked_term terms[TERMS_MOST];
    uint32_t words[TERMS_MOST];
};

static uint32_t frequency(const struct library *library, uint32_t document, uint32_t word)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < library->counts[document]; i++)
        count += library->words[document][i] == word ? 1 : 0;
    return count;
}

static bool has_phrase(const struct library *library, uint32_t document, const struct asked *asked)
{
    for (size_t at = 0; at + asked->query.term_count <= library->counts[document]; at++) {
        size_t fitting = 0;
        if (at < library->breaks[document] && at + asked->query.term_count > library->breaks[document])
            continue;
        while (fitting < asked->query.term_count && library->words[document][at + fitting] == asked->words[fitting])
            fitting++;
        if (fitting == asked->query.term_count)
            return true;
    }
    return false;
}

static bool is_found(const struct library *library, uint32_t document, const struct asked *asked)
{
    const uint64_t *allowed = asked->query.allowed;
    size_t held = 0;
    if (allowed != NULL && (allowed[document / 64] >> document % 64 & 1) == 0)
        return false;
    for (size_t i = 0; i < asked->query.term_count; i++)
        held += frequency(library, document, asked->words[i]) > 0 ? 1 : 0;
    return held >= asked->query.at_least && (!asked->query.is_phrase || has_phrase(library, document, asked));
}

static double score_of(const struct library *library, uint32_t document, const struct asked *asked)
{
    double score = 0;
    for (size_t i = 0; i < asked->query.term_count; i++) {
        const uint32_t count = frequency(library, document, asked->words[i]);
        if (count > 0)
            score +=
                bm25_score(asked->query.terms[i].weight, count, library->counts[document], asked->query.average_length);
    }
    return score;
}

struct expected_hit {
    int64_t paper;
    uint32_t document;
    double score;
};

static int best_first(const void *a, const void *b)
{
    const struct expected_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->paper > y->paper) - (x->paper < y->paper);
}

static void same_answer(const struct library *library, const struct asked *asked, const struct ranked_answer *answer)
{
    struct expected_hit *hits = calloc((size_t)library->documents + 1, sizeof *hits);
    size_t found = 0;
    assert_non_null(hits);
    for (uint32_t document = 0; document < library->documents; document++)
        if (is_found(library, document, asked))
            hits[found++] =
                (struct expected_hit){library->papers[document], document, score_of(library, document, asked)};
    qsort(hits, found, sizeof *hits, best_first);
    if (asked->query.counts)
        assert_int_equal(answer->found, found);
    assert_int_equal(answer->hit_count, found < asked->query.best ? found : asked->query.best);
    for (size_t i = 0; i < answer->hit_count; i++) {
        assert_int_equal(answer->hits[i].document, hits[i].document);
        assert_true(answer->hits[i].score == hits[i].score);
    }
    free(hits);
}

/* ---- random questions ------------------------------------------------------------------------------------- */

/* Adds a word to the query, if any document holds it. */
static void ask_word(const struct library *library, uint32_t word, struct asked *asked)
{
    char name[8];
    bool found;
    pinakes_error error;
    struct ranked_term *term = &asked->terms[asked->query.term_count];
    name_of(word, name);
    assert_int_equal(segment_list_find(library->segment, span_of(name), &term->list, &found, &error), PINAKES_OK);
    if (!found)
        return;
    term->weight = bm25_idf(library->documents, term->list.documents) * (draw(3) == 0 ? 0.5 + draw(8) : 1);
    asked->words[asked->query.term_count++] = word;
}

/* Random words, or successive ones of a document, so that phrases of any length are found. */
static void ask_words(const struct library *library, struct asked *asked)
{
    const uint32_t count = 1 + draw(draw(3) == 0 ? TERMS_MOST : 4);
    const bool are_successive = draw(4) == 0;
    uint32_t document = draw(library->documents);
    for (int i = 0; i < 16 && library->counts[document] < count; i++) /* a long one, if there is one */
        document = draw(library->documents);
    for (uint32_t i = 0; i < count; i++)
        if (!are_successive)
            ask_word(library, draw(VOCABULARY), asked);
        else if (i < library->counts[document])
            ask_word(library, library->words[document][i], asked);
}

static void random_query(const struct library *library, const uint64_t *allowed, struct asked *asked)
{
    static const size_t bests[] = {1, 3, 10, 10, 100, 1000};
    struct segment_documents documents;
    pinakes_error error;
    assert_int_equal(segment_documents(library->segment, &documents, &error), PINAKES_OK);
    *asked = (struct asked){.query = {.terms = asked->terms}};
    ask_words(library, asked);
    const double average = (double)documents.length_total / documents.count;
    struct ranked_query *query = &asked->query;
    query->at_least = 1 + draw((uint32_t)query->term_count + (query->term_count == 0 ? 1 : 0));
    if (draw(2) == 0)
        query->at_least = draw(2) == 0 ? 1 : query->term_count;
    query->is_phrase = draw(3) == 0 && query->term_count > 1;
    if (query->is_phrase)
        query->at_least = query->term_count;
    query->allowed = draw(3) == 0 ? allowed : NULL;
    query->sealed_average = average;
    query->average_length = draw(3) == 0 ? average * (0.5 + draw(100) / 80.0) : average; /* papers came since */
    query->best = draw(12) == 0 ? 0 : bests[draw(sizeof bests / sizeof bests[0])];
    query->counts = query->best == 0 || draw(2) == 0;
}

static void ask_many(const struct library *library, int questions)
{
    uint64_t *allowed = calloc(library->documents / 64 + 1, sizeof *allowed);
    assert_non_null(allowed);
    for (uint32_t i = 0; i < library->documents; i++)
        allowed[i / 64] |= (uint64_t)(draw(3) == 0) << i % 64;
    for (const struct kernels *const *kernels = kernels_all(); *kernels != NULL; kernels++) {
        struct searcher *searcher;
        pinakes_error error;
        (void)setenv("PINAKES_SIMD", (*kernels)->name, 1);
        assert_int_equal(searcher_create(library->segment, &searcher, &error), PINAKES_OK);
        for (int i = 0; i < questions; i++) {
            struct asked asked;
            struct ranked_answer answer;
            random_query(library, allowed, &asked);
            if (asked.query.term_count == 0)
                continue;
            assert_int_equal(ranked_search(searcher, &asked.query, &answer, &error), PINAKES_OK);
            same_answer(library, &asked, &answer);
        }
        searcher_free(searcher);
    }
    free(allowed);
}

static void the_best_papers_of_any_library_are_those_of_scoring_all(void **state)
{
    static const uint32_t sizes[] = {1, 5, 127, 128, 129, 700, 5000};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct library library;
        make(&library, sizes[i]);
        ask_many(&library, 150);
        discard(&library);
    }
}

/* Documents that score more than their words give them are found beside those that hold a word, whatever is asked. */
static void count_with_additions(const struct library *library)
{
    enum { ADDITIONS = 3 };
    struct asked asked = {.query = {.terms = asked.terms, .at_least = 1, .average_length = 8, .counts = true}};
    struct ranked_addition additions[ADDITIONS] = {{7, 1}, {8, 1}, {library->documents - 1, 1}};
    const size_t words = library->documents / 64 + 1;
    uint64_t *allowed = malloc(words * sizeof *allowed);
    struct searcher *searcher;
    struct ranked_answer answer;
    pinakes_error error;
    uint64_t found = ADDITIONS;
    assert_non_null(allowed);
    memset(allowed, 0xff, words * sizeof *allowed);
    for (size_t i = 0; i < ADDITIONS; i++)
        allowed[additions[i].document / 64] &= ~(UINT64_C(1) << additions[i].document % 64);
    asked.query.allowed = allowed;
    ask_word(library, 0, &asked);
    ask_word(library, 1, &asked);
    for (uint32_t document = 0; document < library->documents; document++)
        found += is_found(library, document, &asked) ? 1 : 0;
    asked.query.additions = additions;
    asked.query.addition_count = ADDITIONS;
    assert_int_equal(searcher_create(library->segment, &searcher, &error), PINAKES_OK);
    assert_int_equal(ranked_search(searcher, &asked.query, &answer, &error), PINAKES_OK);
    assert_int_equal(answer.found, found);
    searcher_free(searcher);
    free(allowed);
}

/* More documents than one range of sums holds. */
static void a_library_of_several_ranges_answers_alike(void **state)
{
    struct library library;
    (void)state;
    make(&library, 300000);
    ask_many(&library, 4);
    count_with_additions(&library);
    discard(&library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_papers_of_any_library_are_those_of_scoring_all),
        cmocka_unit_test(a_library_of_several_ranges_answers_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
