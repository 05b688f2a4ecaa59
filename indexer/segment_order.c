#include "indexer/segment_order.h"

#include "indexer/document_order.h"
#include "indexer/segment_placed.h"

#include <stdlib.h>

/* The words of documents while they are put together. */
struct telling {
    uint64_t *ends; /* so far */
    uint16_t *words;
};

/* Whether a token's documents tell what they are about: a stem stands for its words. */
static bool tells(const struct segment_writer *writer, const struct vocabulary_token *token)
{
    const struct vocabulary *vocabulary = &writer->vocabulary;
    const bool has_stem =
        token->stem != NO_STEM && !token->is_outside && vocabulary->tokens[token->stem].is_written_stem;
    return vocabulary_is_listed(vocabulary, token) && !token->is_outside && !token->is_overlap && !has_stem &&
           document_order_is_told_by(token->documents, writer->documents);
}

static void count_word(struct telling *telling, uint32_t paper, uint16_t word)
{
    (void)word;
    telling->ends[paper]++;
}

static void add_word(struct telling *telling, uint32_t paper, uint16_t word)
{
    telling->words[telling->ends[paper]++] = word;
}

/* Tells `take` of every paper that every telling word stands in. Gives the number of these words; false when it is to
 * stop. */
static bool each_word(struct segment_writer *writer, struct segment_runs *runs, const uint32_t *sorted,
                      struct telling *telling, void (*take)(struct telling *telling, uint32_t paper, uint16_t word),
                      size_t *word_count)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < writer->vocabulary.count && !writer->is_stopped; i++) {
        const size_t pieces = segment_runs_take(runs, writer, sorted[i]);
        segment_runs_let_go(runs);
        if (!tells(writer, &writer->vocabulary.tokens[sorted[i]]) || words > UINT16_MAX)
            continue;
        for (size_t piece = 0; piece < pieces; piece++) {
            const uint8_t *at = (const uint8_t *)runs->pieces[piece].at, *end = at + runs->pieces[piece].len;
            for (uint32_t paper = UINT32_MAX; at < end;) {
                (void)gathered_posting_next(&at, end, &paper);
                take(telling, paper, (uint16_t)words);
            }
        }
        (void)segment_writer_goes_on(writer);
        words++;
    }
    segment_runs_rewind(runs);
    *word_count = words;
    return !writer->is_stopped;
}

/* Makes of how many words each document has where they begin. */
static uint64_t begin_words(uint64_t *counts, uint32_t documents)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < documents; i++) {
        const uint64_t count = counts[i];
        counts[i] = all;
        all += count;
    }
    return all;
}

static bool goes_on(void *context)
{
    return segment_writer_goes_on(context);
}

bool segment_order(struct segment_writer *writer, struct segment_runs *runs, const uint32_t *sorted, uint32_t *order)
{
    const uint32_t documents = writer->documents;
    const int16_t *years = (const int16_t *)(const void *)writer->years.at;
    struct telling telling = {.ends = calloc((size_t)documents + 1, sizeof *telling.ends)};
    struct document_words words = {.ends = telling.ends};
    bool ordered = telling.ends != NULL;
    if (ordered && document_order_pays(documents)) {
        ordered = each_word(writer, runs, sorted, &telling, count_word, &words.word_count);
        const uint64_t all = begin_words(telling.ends, documents);
        telling.words = ordered ? malloc((all + 1) * sizeof *telling.words) : NULL;
        ordered = telling.words != NULL && each_word(writer, runs, sorted, &telling, add_word, &words.word_count);
        words.words = telling.words;
    }
    ordered = ordered && document_order(&words, years, documents, goes_on, writer, order);
    free(telling.ends);
    free(telling.words);
    return ordered;
}
