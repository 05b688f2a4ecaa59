/* A draft of any bytes, and as a list of references: read without harm, and never into more text than it holds. */
#include "corpus/draft.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_references(struct span list, bool (*next)(struct span *list, struct record *record),
                            struct arena *arena)
{
    for (bool more = true; more;) {
        struct record record = {.arena = arena};
        more = next(&list, &record);
        (void)record_finish(&record);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + (size == 0)); /* exactly as long, so that reading past the end is seen */
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    struct arena arena = {0};
    struct draft draft;
    if (draft_read("draft.tex", (struct span){copy, size}, &arena, &draft) &&
        (draft.text.len > size || draft.title.len > size || draft.cited.count > size))
        abort();
    read_references((struct span){copy, size}, draft_next_reference, &arena);
    read_references((struct span){copy, size}, draft_next_written_reference, &arena);
    if (draft_read("draft.md", (struct span){copy, size}, &arena, &draft) && draft.text.len > size)
        abort();
    for (size_t i = 0; i < draft.reference_list_count && !draft.is_latex; i++)
        read_references(draft.reference_lists[i], draft_next_written_reference, &arena);
    arena_free(&arena);
    free(copy);
    return 0;
}
