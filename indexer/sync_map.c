#include "indexer/sync_map.h"

enum { FIRST_BUCKETS = 64, NAMESAKES_LOOKED_AT = 64 };

static size_t *bucket_of(const struct paper_map *map, uint64_t identity)
{
    return &map->buckets[(identity ^ identity >> 32) & (map->bucket_count - 1)];
}

static void link_paper(struct paper_map *map, size_t index)
{
    size_t *bucket = bucket_of(map, map->papers[index].identity);
    map->papers[index].next = *bucket;
    *bucket = index + 1;
}

/* Links all papers anew in the order they were put in. */
static bool add_buckets(struct paper_map *map)
{
    const size_t wanted = map->bucket_count == 0 ? FIRST_BUCKETS : map->bucket_count * 2;
    size_t *buckets = arena_array(&map->arena, wanted, sizeof *buckets);
    if (buckets == NULL)
        return false;
    map->buckets = buckets;
    map->bucket_count = wanted;
    for (size_t i = 0; i < map->count; i++)
        if (map->papers[i].id != 0)
            link_paper(map, i);
    return true;
}

bool paper_map_put(struct paper_map *map, uint64_t identity, int64_t id, uint64_t hash)
{
    if (map->count == map->bucket_count && !add_buckets(map))
        return false;
    struct known_paper *papers = arena_grow(&map->arena, map->papers, map->count, &map->capacity, sizeof *papers);
    if (papers == NULL)
        return false;
    map->papers = papers;
    papers[map->count] = (struct known_paper){.identity = identity, .hash = hash, .id = id};
    link_paper(map, map->count++);
    return true;
}

/* The link to the best paper of that identity, or NULL. */
static size_t *find_link(const struct paper_map *map, uint64_t identity, uint64_t hash)
{
    size_t *first = NULL;
    size_t looks = 0;
    for (size_t *link = bucket_of(map, identity); *link != 0; link = &map->papers[*link - 1].next) {
        const struct known_paper *paper = &map->papers[*link - 1];
        if (paper->identity != identity)
            continue;
        if (first == NULL)
            first = link;
        if (paper->hash == hash)
            return link;
        if (++looks == NAMESAKES_LOOKED_AT)
            break;
    }
    return first;
}

bool paper_map_take(struct paper_map *map, uint64_t identity, uint64_t hash, struct known_paper *out)
{
    size_t *link = map->count == 0 ? NULL : find_link(map, identity, hash);
    if (link == NULL)
        return false;
    struct known_paper *paper = &map->papers[*link - 1];
    *out = *paper;
    *link = paper->next;
    paper->id = 0;
    return true;
}

void paper_map_clear(struct paper_map *map)
{
    arena_reset(&map->arena);
    *map = (struct paper_map){.arena = map->arena};
}

void paper_map_free(struct paper_map *map)
{
    arena_free(&map->arena);
    *map = (struct paper_map){0};
}
