#include "indexer/segment_runs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

bool segment_runs_open(struct segment_runs *runs, const struct segment_writer *writer)
{
    runs->map_bytes = writer->run_count == 0 ? 0 : (size_t)writer->run_ends[writer->run_count - 1];
    if (runs->map_bytes == 0)
        return true;
    if (fflush(writer->aside) != 0)
        return false;
    uint8_t *map = mmap(NULL, runs->map_bytes, PROT_READ, MAP_PRIVATE, fileno(writer->aside), 0);
    runs->map = map == MAP_FAILED ? NULL : map;
    runs->at = calloc(writer->run_count, sizeof *runs->at);
    if (runs->map == NULL || runs->at == NULL)
        return false;
    runs->count = writer->run_count;
    for (size_t i = 0; i < runs->count; i++) {
        const uint8_t *first = map + (i == 0 ? 0 : writer->run_ends[i - 1]);
        runs->at[i] = (struct segment_run){first, first, map + writer->run_ends[i], first};
    }
    return true;
}

void segment_runs_close(struct segment_runs *runs)
{
    if (runs->map != NULL)
        (void)munmap(runs->map, runs->map_bytes);
    free(runs->at);
}

void segment_runs_rewind(struct segment_runs *runs)
{
    for (size_t i = 0; i < runs->count; i++)
        runs->at[i].at = runs->at[i].kept = runs->at[i].first;
}

/* Steps over the postings that a run has of the token and gives them; none when it has none. */
static struct span take_from_run(struct segment_run *run, uint32_t ordinal)
{
    uint32_t head[2];
    if (run->at == run->end)
        return (struct span){NULL, 0};
    memcpy(head, run->at, sizeof head);
    if (head[0] != ordinal)
        return (struct span){NULL, 0};
    const uint8_t *bytes = run->at + sizeof head;
    run->at = bytes + head[1];
    return (struct span){(const char *)bytes, head[1]};
}

size_t segment_runs_take(struct segment_runs *runs, const struct segment_writer *writer, uint32_t ordinal)
{
    const struct buffer *held = &writer->vocabulary.tokens[ordinal].postings;
    size_t count = 0;
    for (size_t i = 0; i < runs->count; i++) {
        runs->pieces[count] = take_from_run(&runs->at[i], ordinal);
        count += runs->pieces[count].len > 0;
    }
    runs->pieces[count] = (struct span){held->at, held->len};
    return count + (held->len > 0);
}

static void let_go(struct segment_run *run)
{
    enum { PIECE = 4 << 20 };
    if (run->at - run->kept < PIECE)
        return;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = (uintptr_t)run->kept & ~(page - 1);
    const uintptr_t behind = (uintptr_t)run->at & ~(page - 1);
    (void)madvise((void *)first, behind - first, MADV_DONTNEED);
    run->kept = run->at;
}

void segment_runs_let_go(struct segment_runs *runs)
{
    for (size_t i = 0; i < runs->count; i++)
        let_go(&runs->at[i]);
}
