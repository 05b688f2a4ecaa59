#include "query/near_copies.h"

#include "base/error.h"
#include "base/sizes.h"
#include "indexer/near_text.h"

enum {
    PLACES = 100, /* that near-copies are kept from */
    POOL_FOR_EACH = 3,
    POOL_AT_LEAST = 30,
};

/* One of the papers that compete. */
struct rival {
    const struct candidate *paper;
    struct loaded_paper *loaded; /* NULL until it is compared, as is `text` */
    struct text_shingles *text;
    double likeness; /* the greatest resemblance to the first `compared` papers that have a place */
    size_t compared;
    bool is_placed;
};

struct contest {
    struct store *store;
    struct arena *arena;   /* of records */
    struct arena *scratch; /* of all else, until the answer is done */
    struct arena work;     /* until a text is read */
    struct rival *rivals;
    size_t rival_count;
    struct rival **placed;
    size_t placed_count;
};

static size_t pool_for(size_t place)
{
    return size_greater((place + 1) * POOL_FOR_EACH, POOL_AT_LEAST);
}

size_t near_copies_pool(size_t count)
{
    return size_greater(pool_for(size_smaller(count, PLACES) - 1), count);
}

/* ---- how much alike -------------------------------------------------------------------------------------- */

static struct span joined_text(const struct loaded_paper *paper, struct arena *arena)
{
    static const enum field fields[] = {FIELD_TITLE, FIELD_ABSTRACT, FIELD_NOTE, FIELD_QA};
    enum { FIELDS = sizeof fields / sizeof fields[0] };
    size_t bytes = 0, used = 0;
    for (size_t i = 0; i < FIELDS; i++)
        bytes += paper->texts[fields[i]].len + 1;
    char *text = arena_alloc(arena, bytes);
    for (size_t i = 0; i < FIELDS && text != NULL; i++) {
        const struct span part = paper->texts[fields[i]];
        if (part.len > 0)
            memcpy(text + used, part.at, part.len);
        used += part.len;
        text[used++] = '\n';
    }
    return (struct span){text, text == NULL ? 0 : used};
}

static pinakes_status read_text(struct contest *in, struct rival *rival, pinakes_error *error)
{
    struct analyzer *analyzer = store_analyzer(in->store);
    if (rival->text != NULL)
        return PINAKES_OK;
    rival->loaded = arena_alloc(in->scratch, sizeof *rival->loaded);
    rival->text = arena_alloc(in->scratch, sizeof *rival->text);
    if (rival->loaded == NULL || rival->text == NULL)
        return error_no_memory(error);
    const pinakes_status status =
        paper_load(in->store, rival->paper->paper, in->arena, in->scratch, rival->loaded, error);
    if (status != PINAKES_OK)
        return status;
    const struct span text = joined_text(rival->loaded, &in->work);
    if (text.at == NULL)
        return error_no_memory(error);
    text_shingles(analyzer, text, rival->text);
    arena_reset(&in->work);
    return analyzer_failed(analyzer) ? error_no_memory(error) : PINAKES_OK;
}

/* Compares with the papers that got their places since the last time. */
static pinakes_status compare(struct contest *in, struct rival *rival, pinakes_error *error)
{
    pinakes_status status = read_text(in, rival, error);
    for (; rival->compared < in->placed_count && status == PINAKES_OK; rival->compared++) {
        struct rival *before = in->placed[rival->compared];
        status = read_text(in, before, error);
        const double likeness = status == PINAKES_OK ? text_resemblance(rival->text, before->text) : 0;
        rival->likeness = likeness > rival->likeness ? likeness : rival->likeness;
    }
    return status;
}

/* ---- who is next ----------------------------------------------------------------------------------------- */

/* 1 for a text like none before, 0 for a copy: the runs of words that the longer version of a paper repeats, a quarter
 * of all, take off a tenth, those of a paper whose title alone was changed nine tenths. */
static double novelty(double likeness)
{
    const double unlike = 1 - likeness * likeness;
    return unlike * unlike;
}

static struct rival *most_worth(const struct contest *in, size_t pool)
{
    struct rival *best = NULL;
    double most = -1;
    for (size_t i = 0; i < size_smaller(in->rival_count, pool); i++) {
        struct rival *rival = &in->rivals[i];
        const double worth = rival->is_placed ? -1 : rival->paper->score * novelty(rival->likeness);
        if (best == NULL || worth > most) {
            most = worth;
            best = rival;
        }
    }
    return best;
}

/* Comparing with more papers only takes from a paper's worth, so that few have to be compared: the one that leads,
 * until one leads that was (Minoux, "Accelerated Greedy Algorithms for Maximizing Submodular Set Functions", 1978). */
static pinakes_status next_unlike(struct contest *in, struct rival **next, pinakes_error *error)
{
    const size_t pool = pool_for(in->placed_count);
    pinakes_status status = PINAKES_OK;
    *next = most_worth(in, pool);
    while (status == PINAKES_OK && (*next)->compared < in->placed_count) {
        status = compare(in, *next, error);
        *next = most_worth(in, pool);
    }
    return status;
}

static void place(struct contest *in, struct rival *rival)
{
    rival->is_placed = true;
    in->placed[in->placed_count++] = rival;
}

static pinakes_status decide(struct contest *in, size_t count, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    while (in->placed_count < size_smaller(count, PLACES) && status == PINAKES_OK) {
        struct rival *next;
        status = next_unlike(in, &next, error);
        if (status == PINAKES_OK)
            place(in, next);
    }
    for (size_t i = 0; in->placed_count < count && status == PINAKES_OK; i++)
        if (!in->rivals[i].is_placed)
            place(in, &in->rivals[i]);
    return status;
}

pinakes_status near_copies_order(struct store *store, const struct candidates *found, size_t count, struct arena *arena,
                                 struct arena *scratch, struct placed_paper *order, pinakes_error *error)
{
    struct contest in = {.store = store,
                         .arena = arena,
                         .scratch = scratch,
                         .rivals = arena_array(scratch, found->count, sizeof *in.rivals),
                         .rival_count = found->count,
                         .placed = arena_array(scratch, count, sizeof(struct rival *))};
    if (in.rivals == NULL || in.placed == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < found->count; i++)
        in.rivals[i].paper = &found->papers[i];
    const pinakes_status status = decide(&in, count, error);
    for (size_t i = 0; i < in.placed_count; i++)
        order[i] = (struct placed_paper){in.placed[i]->paper, in.placed[i]->loaded};
    arena_free(&in.work);
    return status;
}
