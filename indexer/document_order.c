#include "indexer/document_order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Documents that are not halved any more: smaller clusters make queries no faster, and the larger they are, the fewer
 * groups hold the documents of a year. A test makes them small, so that small libraries have several. */
#ifndef PINAKES_CLUSTER
#define PINAKES_CLUSTER 1024
#endif

enum {
    ROUNDS = 10, /* of changing sides: twice as many make queries no faster */
    RARE = 2000, /* words in fewer than this part of the documents do not tell, */
    COMMON = 20, /* nor do those in more than this one */
    AHEAD = 8,   /* documents whose words are asked for before their turn */
};

/* A document on its way to a side. */
struct mover {
    uint32_t document;
    float pull; /* to the left half */
};

struct bisection {
    const struct document_words *words;
    struct mover *movers;
    uint32_t *left, *right; /* by word: in how many documents of each half it stands */
    float *pulls;           /* by word: how much it pulls its documents to the left half */
    const int16_t *years;
    uint32_t *order;
    uint64_t *dates; /* of a cluster */
    bool (*goes_on)(void *context);
    void *context;
    bool is_stopped;
};

static uint64_t words_start(const struct document_words *words, uint32_t document)
{
    return document == 0 ? 0 : words->ends[document - 1];
}

static void fetch(const struct bisection *in, size_t at, size_t count)
{
    if (at < count)
        __builtin_prefetch(in->words->words + words_start(in->words, in->movers[at].document));
}

/* ---- what a word wants ------------------------------------------------------------------------------------- */

/* Adds the words of a half to its counts. */
static void count_words(const struct bisection *in, size_t first, size_t behind, uint32_t *counts)
{
    for (size_t i = first; i < behind; i++) {
        fetch(in, i + AHEAD, behind);
        const uint32_t document = in->movers[i].document;
        for (uint64_t at = words_start(in->words, document); at < in->words->ends[document]; at++)
            counts[in->words->words[at]]++;
    }
}

/* What the coded distances of a word's list get shorter by when a document of it goes from right to left, but for what
 * hardly differs between words: documents * log2(half / (documents + 1)) bits are what a half of the list takes. */
static float pull_of(uint32_t left, uint32_t right)
{
    return log2f((float)(left + 1) / (float)(right + 1));
}

static void weigh_words(const struct bisection *in)
{
    for (size_t i = 0; i < in->words->word_count; i++)
        in->pulls[i] = in->left[i] == in->right[i] ? 0 : pull_of(in->left[i], in->right[i]);
}

/* ---- one set of documents ---------------------------------------------------------------------------------- */

static bool comes_before(const struct mover *a, const struct mover *b)
{
    return a->pull != b->pull ? a->pull > b->pull : a->document < b->document;
}

static void swap(struct mover *a, struct mover *b)
{
    const struct mover other = *a;
    *a = *b;
    *b = other;
}

/* The pivot of a selection: the middle one of three, so that what is sorted already is no worst case. */
static struct mover middle_of(const struct mover *movers, size_t first, size_t last)
{
    struct mover three[] = {movers[first], movers[first + (last - first) / 2], movers[last]};
    if (comes_before(&three[1], &three[0]))
        swap(&three[0], &three[1]);
    if (comes_before(&three[2], &three[1]))
        swap(&three[1], &three[2]);
    return comes_before(&three[1], &three[0]) ? three[0] : three[1];
}

/* Puts the `half` first ones of `count` in front (Hoare, "Algorithm 65: Find", 1961). */
static void select_half(struct mover *movers, size_t count, size_t half)
{
    size_t first = 0, last = count - 1;
    while (first < last) {
        const struct mover pivot = middle_of(movers, first, last);
        size_t low = first, high = last;
        while (low <= high) {
            while (comes_before(&movers[low], &pivot))
                low++;
            while (comes_before(&pivot, &movers[high]))
                high--;
            if (low > high)
                break;
            swap(&movers[low++], &movers[high]);
            if (high == 0)
                break;
            high--;
        }
        if (half <= high)
            last = high;
        else if (half >= low)
            first = low;
        else
            return;
    }
}

/* Lets the documents of both halves change sides. */
static void change_sides(struct bisection *in, size_t first, size_t count)
{
    const size_t half = count / 2, behind = first + count;
    struct mover *movers = in->movers + first;
    memset(in->left, 0, in->words->word_count * sizeof *in->left);
    memset(in->right, 0, in->words->word_count * sizeof *in->right);
    count_words(in, first, first + half, in->left);
    count_words(in, first + half, behind, in->right);
    weigh_words(in);
    for (size_t i = first; i < behind; i++) {
        struct mover *mover = &in->movers[i];
        fetch(in, i + AHEAD, behind);
        mover->pull = 0;
        for (uint64_t at = words_start(in->words, mover->document); at < in->words->ends[mover->document]; at++)
            mover->pull += in->pulls[in->words->words[at]];
    }
    select_half(movers, count, half);
    in->is_stopped |= in->goes_on != NULL && !in->goes_on(in->context);
}

/* What documents of a cluster go by: the year above, the document below. */
static uint64_t dated(const int16_t *years, uint32_t document)
{
    return (uint64_t)(uint16_t)years[document] << 32 | document;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Ends a cluster: its documents go by year. */
static void settle(const struct bisection *in, size_t first, size_t count)
{
    uint64_t *dates = in->dates;
    for (size_t i = 0; i < count; i++)
        dates[i] = dated(in->years, in->movers[first + i].document);
    qsort(dates, count, sizeof *dates, by_number);
    for (size_t i = 0; i < count; i++)
        in->order[first + i] = (uint32_t)dates[i];
}

static void bisect(struct bisection *in, size_t first, size_t count)
{
    if (count <= PINAKES_CLUSTER) {
        settle(in, first, count);
        return;
    }
    for (size_t round = 0; round < ROUNDS && !in->is_stopped; round++)
        change_sides(in, first, count);
    if (in->is_stopped)
        return;
    bisect(in, first, count / 2);
    bisect(in, first + count / 2, count - count / 2);
}

bool document_order_is_told_by(uint32_t documents_of_word, uint32_t documents)
{
    return documents_of_word > 1 && documents_of_word >= documents / RARE && documents_of_word <= documents / COMMON;
}

bool document_order_pays(uint32_t documents)
{
    return documents > PINAKES_CLUSTER;
}

static bool start(struct bisection *in, uint32_t documents)
{
    const size_t words = in->words->word_count + 1;
    in->movers = malloc(documents * sizeof *in->movers);
    in->left = malloc(words * sizeof *in->left);
    in->right = malloc(words * sizeof *in->right);
    in->pulls = malloc(words * sizeof *in->pulls);
    in->dates = malloc(PINAKES_CLUSTER * sizeof *in->dates);
    if (in->movers == NULL || in->left == NULL || in->right == NULL || in->pulls == NULL || in->dates == NULL)
        return false;
    for (uint32_t i = 0; i < documents; i++)
        in->movers[i] = (struct mover){i, 0};
    return true;
}

bool document_order(const struct document_words *words, const int16_t *years, uint32_t documents,
                    bool (*goes_on)(void *context), void *context, uint32_t *order)
{
    struct bisection in = {.words = words, .years = years, .order = order, .goes_on = goes_on, .context = context};
    if (documents == 0)
        return true;
    const bool has_memory = start(&in, documents);
    if (has_memory)
        bisect(&in, 0, documents);
    free(in.movers);
    free(in.left);
    free(in.right);
    free(in.pulls);
    free(in.dates);
    return has_memory && !in.is_stopped;
}
