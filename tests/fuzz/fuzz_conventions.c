/* Any bytes as a pinakes.ini, and its rules on names made of them. */
#include "reader_checks.h"

#include "corpus/conventions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const struct span text = {(const char *)data, size};
    if (!is_utf8(data, size))
        return 0;
    struct conventions *conventions = conventions_read(&arena, text, NULL, NULL);
    const char *below = arena_string(&arena, text);
    struct paper paper = {.year = 0};
    check(conventions != NULL && below != NULL && conventions_hash(conventions) != 0);
    (void)conventions_label(conventions, text);
    (void)conventions_format(conventions, below);
    check(conventions_papers(conventions, below).depth <= DEEPEST_UNIT);
    check(conventions_fill(conventions, text, &arena, &paper));
    arena_free(&arena);
    return 0;
}
