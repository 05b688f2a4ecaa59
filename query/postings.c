#include "query/postings.h"

#include <stdlib.h>

bool postings_add(struct postings *postings, struct arena *arena, struct posting posting)
{
    struct posting *at = arena_grow(arena, postings->at, postings->count, &postings->capacity, sizeof *at);
    if (at == NULL)
        return false;
    at[postings->count++] = posting;
    postings->at = at;
    return true;
}

static int by_address(const void *a, const void *b)
{
    const uintptr_t x = (uintptr_t)((const struct leaf_postings *)a)->leaf;
    const uintptr_t y = (uintptr_t)((const struct leaf_postings *)b)->leaf;
    return (x > y) - (x < y);
}

void postings_sort_leaves(struct leaf_postings *entries, size_t count)
{
    if (count > 0)
        qsort(entries, count, sizeof *entries, by_address);
}

const struct postings *postings_of(const struct leaf_postings *entries, size_t count, const struct node *leaf)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((uintptr_t)entries[middle].leaf < (uintptr_t)leaf)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && entries[low].leaf == leaf ? entries[low].postings : NULL;
}

struct array_cursor {
    struct posting_cursor base;
    const struct posting *at; /* the first posting not yet passed */
    const struct posting *end;
    field_set fields;
};

/* The first posting at or behind `at` whose paper is at least `paper`: steps that double, then halves. */
static const struct posting *leap(const struct posting *at, const struct posting *end, int64_t paper)
{
    size_t step = 1;
    while (step < (size_t)(end - at) && at[step].paper < paper) {
        at += step;
        step *= 2;
    }
    size_t left = step < (size_t)(end - at) ? step + 1 : (size_t)(end - at);
    while (left > 0) {
        const size_t half = left / 2;
        if (at[half].paper < paper) {
            at += half + 1;
            left -= half + 1;
        } else {
            left = half;
        }
    }
    return at;
}

static int64_t seek(struct posting_cursor *base, int64_t from)
{
    struct array_cursor *cursor = (struct array_cursor *)base;
    const field_set fields = cursor->fields;
    cursor->at = leap(cursor->at, cursor->end, from);
    while (cursor->at < cursor->end && fields != 0 && (cursor->at->fields & fields) == 0)
        cursor->at++;
    return cursor->at < cursor->end ? cursor->at->paper : NO_PAPER;
}

static uint32_t frequency(struct posting_cursor *base)
{
    return ((const struct array_cursor *)base)->at->frequency;
}

struct posting_cursor *postings_cursor(const struct postings *postings, field_set fields, struct arena *arena)
{
    static const struct posting_cursor_methods methods = {seek, frequency, NULL};
    static const struct posting nothing = {0};
    struct array_cursor *cursor = arena_alloc(arena, sizeof *cursor);
    if (cursor == NULL)
        return NULL;
    const bool has_any = postings != NULL && postings->count > 0;
    *cursor = (struct array_cursor){.base = {&methods}, .at = &nothing, .end = &nothing, .fields = fields};
    if (has_any) {
        cursor->at = postings->at;
        cursor->end = postings->at + postings->count;
    }
    return &cursor->base;
}
