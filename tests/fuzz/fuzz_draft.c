/* A draft of any bytes, and as a list of references: read without harm, and never into more text than it holds. */
#include "corpus/draft.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    struct span list = {copy, size};
    for (bool more = true; more;) {
        struct record record = {.arena = &arena};
        more = draft_next_reference(&list, &record);
        (void)record_finish(&record);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
