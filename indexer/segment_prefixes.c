/* What a segment knows of the words that begin alike, where they are many. */
#include "indexer/segment_map.h"

static uint32_t prefix_count(const struct segment *segment)
{
    return (uint32_t)(segment->header->sections[SECTION_PREFIXES].bytes / sizeof(struct segment_counted_prefix));
}

/* Entry `index`; NULL when it is damaged. */
static const struct segment_counted_prefix *prefix_at(const struct segment *segment, uint32_t index)
{
    const struct segment_counted_prefix *all = (const void *)segment_section(segment, SECTION_PREFIXES);
    return segment_is_sound(segment, SECTION_PREFIXES, (uint64_t)index * sizeof *all, sizeof *all) ? &all[index] : NULL;
}

static bool comes_before(const struct segment_counted_prefix *prefix, uint32_t first, uint32_t behind)
{
    return prefix->first != first ? prefix->first < first : prefix->behind > behind;
}

/* *out is NULL when there is no such entry. False: damaged. */
static bool find(const struct segment *segment, uint32_t first, uint32_t behind,
                 const struct segment_counted_prefix **out)
{
    uint32_t low = 0, high = prefix_count(segment);
    const struct segment_counted_prefix *prefix = NULL;
    *out = NULL;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if ((prefix = prefix_at(segment, middle)) == NULL)
            return false;
        if (comes_before(prefix, first, behind))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == prefix_count(segment))
        return true;
    if ((prefix = prefix_at(segment, low)) == NULL)
        return false;
    *out = prefix->first == first && prefix->behind == behind ? prefix : NULL;
    return true;
}

static bool open_prefix(const struct segment *segment, const struct segment_counted_prefix *prefix,
                        struct segment_together *out)
{
    out->documents = prefix->term.documents & SEGMENT_DOCUMENTS;
    out->has_list = (prefix->term.documents & SEGMENT_COUNTED_ONLY) == 0;
    if (!out->has_list)
        return out->documents <= segment->header->documents;
    const bool is_sound = segment_list_open(segment, &prefix->term, true, false, &out->list);
    out->list.token = prefix->first;
    return is_sound;
}

pinakes_status segment_prefix_together(const struct segment *segment, uint32_t first, uint32_t behind,
                                       struct segment_together *out, bool *found, pinakes_error *error)
{
    const struct segment_counted_prefix *prefix;
    if (!find(segment, first, behind, &prefix))
        return segment_damaged(segment, error);
    *found = prefix != NULL;
    return prefix == NULL || open_prefix(segment, prefix, out) ? PINAKES_OK : segment_damaged(segment, error);
}

bool segment_prefixes_hold(const struct segment *segment)
{
    const struct segment_counted_prefix *before = NULL;
    for (uint32_t i = 0; i < prefix_count(segment); i++) {
        const struct segment_counted_prefix *prefix = prefix_at(segment, i);
        struct segment_together together;
        if (prefix == NULL || prefix->first >= prefix->behind || prefix->behind > segment->header->tokens ||
            (before != NULL && !comes_before(before, prefix->first, prefix->behind)) ||
            !open_prefix(segment, prefix, &together) || (together.has_list && !segment_list_holds(&together.list)))
            return false;
        before = prefix;
    }
    return true;
}
