#include "indexer/join_part.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum same_paper join_same(const struct join_rules *rules, struct analyzer *analyzer, const struct joined_record *a,
                          const struct joined_record *b)
{
    if (join_rules_are_two(rules, a->key, b->key))
        return SAME_NOT;
    return join_rules_are_same(rules, a->key, b->key) ? SAME_BY_RULE : same_paper(analyzer, &a->facts, &b->facts);
}

struct parting {
    struct joined_record *records;
    size_t count;
    const struct join_rules *rules;
    struct analyzer *analyzer;
    bool failed;
};

static bool may_be_one(const struct parting *parting, const struct joined_record *a, const struct joined_record *b,
                       enum same_paper reason)
{
    const bool is_sure = reason == SAME_DOI || reason == SAME_ARXIV || reason == SAME_PMID || reason == SAME_BY_RULE;
    return !join_rules_are_two(parting->rules, a->key, b->key) &&
           (is_sure || !same_paper_are_two(&a->facts, &b->facts));
}

/* Each of one part with each of the other. */
static bool may_put_together(const struct parting *parting, size_t a, size_t b, enum same_paper reason)
{
    for (size_t i = 0; i < parting->count; i++)
        for (size_t j = 0; parting->records[i].part == a && j < parting->count; j++)
            if (parting->records[j].part == b &&
                !may_be_one(parting, &parting->records[i], &parting->records[j], reason))
                return false;
    return true;
}

static void put_together(struct parting *parting, struct joined_record *a, struct joined_record *b,
                         enum same_paper reason)
{
    const size_t from = b->part, to = a->part;
    a->reason = a->reason == SAME_NOT ? reason : a->reason;
    b->reason = b->reason == SAME_NOT ? reason : b->reason;
    for (size_t i = 0; i < parting->count; i++)
        if (parting->records[i].part == from)
            parting->records[i].part = to;
}

static void join_by(struct parting *parting, enum same_paper reason)
{
    for (size_t i = 0; i < parting->count; i++)
        for (size_t j = i + 1; j < parting->count; j++) {
            struct joined_record *a = &parting->records[i], *b = &parting->records[j];
            if (a->part == b->part || !may_be_one(parting, a, b, reason))
                continue;
            const enum same_paper same = join_same(parting->rules, parting->analyzer, a, b);
            parting->failed |= analyzer_failed(parting->analyzer);
            if (same == reason && may_put_together(parting, a->part, b->part, reason))
                put_together(parting, a, b, reason);
        }
}

static int by_place(const void *a, const void *b)
{
    const struct joined_record *x = a, *y = b;
    const int by_path = strcmp(x->path, y->path);
    if (by_path != 0)
        return by_path;
    if (x->paper.line != y->paper.line)
        return x->paper.line < y->paper.line ? -1 : 1;
    return strcmp(x->key, y->key);
}

static int by_part(const void *a, const void *b)
{
    const struct joined_record *x = a, *y = b;
    return x->part != y->part ? (x->part < y->part ? -1 : 1) : by_place(a, b);
}

pinakes_status join_part(struct found *found, const struct join_rules *rules, struct analyzer *analyzer,
                         pinakes_error *error)
{
    static const enum same_paper surest_first[] = {SAME_BY_RULE, SAME_DOI,      SAME_ARXIV,   SAME_PMID,
                                                   SAME_TITLE,   SAME_SPELLING, SAME_ABSTRACT};
    struct parting parting = {found->records, found->count, rules, analyzer, false};
    qsort(found->records, found->count, sizeof found->records[0], by_place);
    for (size_t i = 0; i < found->count; i++)
        found->records[i].part = i;
    for (size_t i = 0; i < sizeof surest_first / sizeof surest_first[0]; i++)
        join_by(&parting, surest_first[i]);
    qsort(found->records, found->count, sizeof found->records[0], by_part);
    return parting.failed ? error_no_memory(error) : PINAKES_OK;
}
