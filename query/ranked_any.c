/* Any of the words: term at a time, the greatest bounds first (MaxScore: Turtle and Flood, "Query Evaluation:
 * Strategies and Optimizations", 1995), into one array of sums for each range of documents.
 *
 * As soon as the lists not yet read cannot together reach the score of the k-th best, no new document can be found: the
 * survivors, documents whose sum may still reach it, are looked up in the remaining lists. To know a good k-th score
 * early, the best of the first lists are looked up everywhere before anything else is read. */
#include "query/searcher.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    SEED_POSTINGS = 512, /* read at least, before the best of them are looked up */
    LOOK_UP_COST = 12,   /* of one survivor in one list, in postings added */
    PIECE_BLOCKS = 16,   /* of a list are read between two looks at what they gave */
    MANY_LISTS = 12,     /* of dense ones: bounds of groups say little then */
    FEW = 8,             /* fewer postings than this part of a range are noted one by one: a scan costs more */
};

/* ---- ranges ---------------------------------------------------------------------------------------------- */

void searcher_enter(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        struct searched *list = &searcher->lists[i];
        const struct segment_list *postings = &list->term->list;
        if (postings->is_dense && searcher->groups.term_count > 0)
            continue; /* not read block by block; `here` is its bound */
        list->block = list_block_of(postings, list->block, first);
        list->behind = behind >= searcher->documents.count ? postings->block_count
                                                           : list_block_of(postings, list->block, behind - 1) + 1;
        if (list->behind > postings->block_count)
            list->behind = postings->block_count;
        if (postings->is_dense || list->behind - list->block == postings->block_count)
            continue; /* all of the list, or much of it anywhere: `here` is its bound */
        float most = 0;
        for (uint32_t block = list->block; block < list->behind; block++)
            most = postings->most[block] > most ? postings->most[block] : most;
        list->here = list->bound_factor * most;
    }
    searcher_sum_bounds(searcher);
}

/* Loads a block and gives the part of it that lies in [first, behind): entries *from up to *to. */
static void load_part(struct list_reader *reader, uint32_t block, uint32_t first, uint32_t behind, size_t *from,
                      size_t *to)
{
    list_reader_load(reader, block);
    const bool begins_before = reader->count > 0 && reader->documents[0] < first;
    const bool ends_behind = reader->count > 0 && reader->documents[reader->count - 1] >= behind;
    *from = begins_before ? reader->kernels->below(reader->documents, first) : 0;
    *to = ends_behind ? reader->kernels->below(reader->documents, behind) : reader->count;
}

/* At most, in the range. */
static size_t postings_here(const struct searched *list)
{
    const size_t postings = (size_t)(list->behind - list->block) * SEGMENT_BLOCK;
    return postings < list->term->list.documents ? postings : list->term->list.documents;
}

/* ---- reading lists --------------------------------------------------------------------------------------- */

/* Adds one list to the sums of the range; documents whose sum rises to `cut` join those touched. Blocks too poor for
 * any of their documents to be among the best are passed over (block-max: Ding and Suel, "Faster Top-k Document
 * Retrieval Using Block-Max Indexes", 2011). */
static size_t add_list(struct searcher *searcher, struct searched *list, uint32_t first, uint32_t behind, float cut,
                       size_t touched)
{
    struct list_reader *reader = &searcher->reader;
    const struct segment_list *postings = &list->term->list;
    const float others = searcher->lists[0].rest - list->here;
    list_reader_start(reader, postings, searcher->kernels, &searcher->is_damaged);
    for (uint32_t block = list->block; block < list->behind; block++) {
        size_t from, to;
        if (list->bound_factor * postings->most[block] + others < searcher->top.threshold)
            continue;
        load_part(reader, block, first, behind, &from, &to);
        touched += searcher->kernels->add(
            &list->factors, reader->documents + from, list_reader_frequencies(reader) + from, to - from,
            &searcher->documents.lengths, searcher->sums, first, cut, searcher->touched + touched);
    }
    return touched;
}

/* Makes survivors of a list's documents that score at least `cut` there. */
static void survivors_of_list(struct searcher *searcher, const struct searched *list, uint32_t first, uint32_t behind,
                              float cut)
{
    struct list_reader *reader = &searcher->reader;
    const struct segment_list *postings = &list->term->list;
    uint32_t indexes[SEGMENT_BLOCK + KERNEL_ROOM];
    float scores[SEGMENT_BLOCK];
    list_reader_start(reader, postings, searcher->kernels, &searcher->is_damaged);
    for (uint32_t block = list->block; block < list->behind; block++) {
        size_t from, to;
        if (list->bound_factor * postings->most[block] < cut)
            continue;
        load_part(reader, block, first, behind, &from, &to);
        searcher->kernels->score(&list->factors, reader->documents + from, list_reader_frequencies(reader) + from,
                                 to - from, &searcher->documents.lengths, scores);
        const size_t selected = searcher->kernels->select(scores, to - from, cut, indexes);
        for (size_t i = 0; i < selected; i++) {
            const uint32_t document = reader->documents[from + indexes[i]];
            searcher->survivors[searcher->survivor_count] = document;
            searcher->partial[searcher->survivor_count] = scores[indexes[i]];
            searcher->survivor_count += is_allowed(searcher, document) ? 1 : 0;
        }
    }
}

/* Makes survivors, ascending, of the touched documents whose sum is at least `cut`. */
static void survivors_of_touched(struct searcher *searcher, size_t touched, uint32_t first, float cut)
{
    const size_t words = searcher_range(searcher) / 64 + 1;
    size_t count = 0;
    for (size_t i = 0; i < touched; i++) {
        const uint32_t at = searcher->touched[i] - first;
        const bool survives = searcher->sums[at] >= cut && is_allowed(searcher, searcher->touched[i]);
        searcher->marks[at / 64] |= (uint64_t)survives << at % 64;
    }
    for (size_t word = 0; word < words; word++) {
        for (uint64_t bits = searcher->marks[word]; bits != 0; bits &= bits - 1) {
            const uint32_t at = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            searcher->survivors[count] = first + at;
            searcher->partial[count++] = searcher->sums[at];
        }
        searcher->marks[word] = 0;
    }
    searcher->survivor_count = count;
}

static void clear_sums(struct searcher *searcher)
{
    memset(searcher->sums, 0, searcher_range(searcher) * sizeof *searcher->sums);
}

static void clear_touched(struct searcher *searcher, size_t touched, uint32_t first)
{
    for (size_t i = 0; i < touched; i++)
        searcher->sums[searcher->touched[i] - first] = 0;
}

/* ---- the threshold, early -------------------------------------------------------------------------------- */

/* Adds what a list gives to the hits, which are in ascending order. */
static void look_up_hits(struct searcher *searcher, const struct searched *list, size_t count)
{
    struct list_reader *reader = &searcher->reader;
    list_reader_start(reader, &list->term->list, searcher->kernels, &searcher->is_damaged);
    reader->block = list->block;
    for (size_t i = 0; i < count; i++) {
        struct ranked_hit *hit = &searcher->hits[i];
        const uint32_t frequency = list_reader_frequency_in(reader, hit->document);
        if (frequency > 0)
            hit->score +=
                score_single(&list->factors, segment_length(&searcher->documents.lengths, hit->document), frequency);
    }
}

/* Looks up the hits (ascending, with their scores in the lists before `from`, or in `but`) in the other lists: as many
 * documents have at least the least of their scores. */
static void raise_by_hits(struct searcher *searcher, size_t count, size_t from, size_t but)
{
    if (count < searcher->top.best)
        return;
    for (size_t list = from; list < searcher->query->term_count; list++)
        if (list != but)
            look_up_hits(searcher, &searcher->lists[list], count);
    for (size_t i = 0; i < count; i++)
        searcher->values[i] = (float)searcher->hits[i].score;
    top_raise(&searcher->top, value_of_rank(searcher->kernels, searcher->values, count, searcher->top.best));
}

/* Makes the best survivors hits. */
static size_t best_survivors(struct searcher *searcher)
{
    const size_t count = searcher->survivor_count, best = searcher->top.best;
    size_t hits = 0;
    if (count < best)
        return 0;
    const float least = value_of_rank(searcher->kernels, searcher->partial, count, best);
    for (size_t i = 0; i < count && hits < best; i++)
        if (searcher->partial[i] >= least)
            searcher->hits[hits++] = (struct ranked_hit){searcher->survivors[i], searcher->partial[i]};
    return hits;
}

/* Keeps the survivors that are among the best of them so far, and gives the least that one of these has. */
static float keep_best(struct searcher *searcher)
{
    const float least =
        value_of_rank(searcher->kernels, searcher->partial, searcher->survivor_count, searcher->top.best);
    survivors_keep(searcher, least);
    return least;
}

/* Makes the allowed documents of the range with the greatest sums hits. */
static size_t best_sums(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    enum { PIECE = 4096 };
    const size_t range = behind - first, room = 2 * searcher->top.best + TOP_SLACK;
    float least = FLT_MIN;
    searcher->survivor_count = 0;
    for (size_t at = 0; at < range; at += PIECE) {
        const size_t count = range - at < PIECE ? range - at : PIECE;
        const size_t selected = searcher->kernels->select(searcher->sums + at, count, least, searcher->touched);
        for (size_t i = 0; i < selected; i++) {
            const uint32_t document = first + (uint32_t)at + searcher->touched[i];
            searcher->survivors[searcher->survivor_count] = document;
            searcher->partial[searcher->survivor_count] = searcher->sums[document - first];
            searcher->survivor_count += is_allowed(searcher, document) ? 1 : 0;
        }
        if (searcher->survivor_count > room)
            least = keep_best(searcher);
    }
    const size_t hits = best_survivors(searcher);
    searcher->survivor_count = 0;
    return hits;
}

/* The number of short lists that may be read first: enough to have the best among them, if there are so many. */
static size_t short_lists(const struct searcher *searcher, size_t *postings)
{
    const size_t enough = SEED_POSTINGS + 4 * searcher->top.best;
    size_t lists = 0;
    *postings = 0;
    while (lists < searcher->query->term_count && *postings < enough &&
           postings_here(&searcher->lists[lists]) <= 4 * enough)
        *postings += postings_here(&searcher->lists[lists++]);
    return lists;
}

/* The number of lists that a document must stand in one of to be among the best. */
static size_t essential_lists(const struct searcher *searcher)
{
    size_t lists = searcher->query->term_count;
    while (lists > 0 && searcher->lists[lists - 1].rest < searcher->top.threshold)
        lists--;
    return lists;
}

/* What the lists before `lists` must give a document for it to be among the best. */
static float cut_behind(const struct searcher *searcher, size_t lists)
{
    return fmaxf(searcher->top.threshold - searcher_rest(searcher, lists), FLT_MIN);
}

/* ---- one range ------------------------------------------------------------------------------------------- */

/* Reads the few postings of the lists [from, to), where `touched` documents have a sum already: the documents that get
 * one are noted on the way, and those that rise to the cut are survivors. */
static void read_noting(struct searcher *searcher, uint32_t first, uint32_t behind, size_t from, size_t to,
                        size_t touched)
{
    for (size_t i = from; i < to; i++)
        touched = add_list(searcher, &searcher->lists[i], first, behind, FLT_MIN, touched);
    survivors_of_touched(searcher, touched, first, cut_behind(searcher, to));
    clear_touched(searcher, touched, first);
}

/* Reads the many postings of the lists from `from` on until looking up the survivors costs less than reading on. Gives
 * the number of lists read. */
static size_t read_scanning(struct searcher *searcher, uint32_t first, uint32_t behind, size_t from)
{
    const size_t terms = searcher->query->term_count, range = behind - first;
    size_t lists = from, essential = essential_lists(searcher);
    bool is_raised = false;
    for (; lists < terms; lists++) {
        if (lists >= essential && !is_raised) {
            raise_by_hits(searcher, best_sums(searcher, first, behind), lists, SIZE_MAX);
            essential = essential_lists(searcher);
            is_raised = true;
        }
        if (lists >= essential &&
            searcher->kernels->count(searcher->sums, range, cut_behind(searcher, lists)) * LOOK_UP_COST <
                postings_here(&searcher->lists[lists]))
            break;
        (void)add_list(searcher, &searcher->lists[lists], first, behind, INFINITY, 0);
    }
    const size_t selected =
        searcher->kernels->select(searcher->sums, range, cut_behind(searcher, lists), searcher->survivors);
    size_t kept = 0;
    for (size_t i = 0; i < selected; i++) {
        const uint32_t at = searcher->survivors[i];
        searcher->survivors[kept] = first + at;
        searcher->partial[kept] = searcher->sums[at];
        kept += is_allowed(searcher, first + at) ? 1 : 0;
    }
    searcher->survivor_count = kept;
    return lists;
}

/* Reads the lists from `from` on that a new document could come from, and makes survivors of all documents that may
 * still be among the best. Gives the number of lists whose scores they have. */
static size_t read_essential(struct searcher *searcher, uint32_t first, uint32_t behind, size_t from, size_t touched)
{
    const size_t essential = essential_lists(searcher);
    size_t postings = 0;
    for (size_t i = from; i < essential; i++)
        postings += postings_here(&searcher->lists[i]);
    if (postings < (behind - first) / FEW) {
        read_noting(searcher, first, behind, from, essential, touched);
        return essential;
    }
    const size_t lists = read_scanning(searcher, first, behind, from);
    clear_sums(searcher);
    return lists;
}

/* Makes the best documents of one list hits, as far as its blocks are rich enough. */
static size_t best_of_list(struct searcher *searcher, const struct searched *list, uint32_t first, uint32_t behind)
{
    const size_t room = 2 * searcher->top.best + TOP_SLACK;
    float least = FLT_MIN;
    searcher->survivor_count = 0;
    for (struct searched piece = *list; piece.block < list->behind; piece.block = piece.behind) {
        piece.behind = list->behind - piece.block < PIECE_BLOCKS ? list->behind : piece.block + PIECE_BLOCKS;
        survivors_of_list(searcher, &piece, first, behind, least);
        if (searcher->survivor_count > room)
            least = keep_best(searcher);
    }
    const size_t hits = best_survivors(searcher);
    searcher->survivor_count = 0;
    return hits;
}

/* A threshold from the best of the first list that has enough documents. */
static void seed_by_list(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    for (size_t i = 0; i < searcher->query->term_count; i++) {
        if (postings_here(&searcher->lists[i]) < searcher->top.best)
            continue;
        raise_by_hits(searcher, best_of_list(searcher, &searcher->lists[i], first, behind), 0, i);
        return;
    }
}

/* A threshold from the best of the short lists, which are then read. Gives the number of lists whose scores the
 * survivors have. */
static size_t seed_by_short_lists(struct searcher *searcher, uint32_t first, uint32_t behind, size_t lists)
{
    size_t touched = 0;
    for (size_t i = 0; i < lists; i++)
        touched = add_list(searcher, &searcher->lists[i], first, behind, FLT_MIN, touched);
    survivors_of_touched(searcher, touched, first, FLT_MIN);
    raise_by_hits(searcher, best_survivors(searcher), lists, SIZE_MAX);
    if (essential_lists(searcher) > lists)
        return read_essential(searcher, first, behind, lists, touched);
    clear_touched(searcher, touched, first);
    return lists;
}

static size_t read_range(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    if (searcher->top.threshold <= 0) {
        size_t postings;
        const size_t lists = short_lists(searcher, &postings);
        if (postings >= searcher->top.best)
            return seed_by_short_lists(searcher, first, behind, lists);
        seed_by_list(searcher, first, behind);
    }
    const size_t essential = essential_lists(searcher);
    if (essential != 1)
        return essential == 0 ? 0 : read_essential(searcher, first, behind, 0, 0);
    survivors_of_list(searcher, &searcher->lists[0], first, behind, cut_behind(searcher, 1));
    return 1;
}

/* The additions of the range begin as survivors that no list has been read for. */
static void offer_additions(struct searcher *searcher, uint32_t behind)
{
    const struct ranked_query *query = searcher->query;
    size_t count = 0;
    for (; searcher->addition < query->addition_count; searcher->addition++, count++) {
        const struct ranked_addition *addition = &query->additions[searcher->addition];
        if (addition->document >= behind)
            break;
        searcher->survivors[count] = addition->document;
        searcher->partial[count] = addition->score;
    }
    searcher->survivor_count = count;
    survivors_complete(searcher, 0, true);
    for (size_t i = 0; i < searcher->survivor_count; i++)
        searcher_offer(searcher, searcher->survivors[i], searcher->partial[i]);
    searcher->survivor_count = 0;
}

/* The lists that are not dense, into the sums; gives the number of documents that rise to `cut`. */
static size_t add_scarce(struct searcher *searcher, uint32_t first, uint32_t behind, float cut)
{
    size_t touched = 0;
    for (size_t i = 0; i < searcher->query->term_count; i++)
        if (!searcher->lists[i].term->list.is_dense)
            touched = add_list(searcher, &searcher->lists[i], first, behind, cut, touched);
    return touched;
}

static void search_range_of_groups(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    if (searcher->groups.term_count < MANY_LISTS || searcher->query->is_phrase) {
        const size_t touched = add_scarce(searcher, first, behind, FLT_MIN);
        search_groups(searcher, first, behind, touched);
        clear_touched(searcher, touched, first);
    } else {
        (void)add_scarce(searcher, first, behind, INFINITY);
        search_documents(searcher, first, behind, searcher->groups.term_count < searcher->query->term_count, NULL);
        clear_sums(searcher);
    }
}

static void search_range_of_lists(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    const size_t lists = read_range(searcher, first, behind);
    survivors_keep(searcher, cut_behind(searcher, lists));
    survivors_complete(searcher, lists, true);
    survivors_offer(searcher);
}

void search_range(struct searcher *searcher, uint32_t first, uint32_t behind)
{
    if (searcher->groups.term_count > 0)
        search_range_of_groups(searcher, first, behind);
    else
        search_range_of_lists(searcher, first, behind);
    offer_additions(searcher, behind);
}

void search_any(struct searcher *searcher)
{
    const uint32_t documents = searcher->documents.count;
    const uint32_t range = searcher->groups.term_count < MANY_LISTS ? RANGE : RANGE_OF_MANY;
    for (uint32_t first = 0, behind; first < documents; first = behind) {
        behind = documents - first > range ? first + range : documents;
        searcher_enter(searcher, first, behind);
        search_range(searcher, first, behind);
    }
}
