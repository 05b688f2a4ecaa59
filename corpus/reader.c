#include "corpus/reader.h"

#include <stddef.h>

static const struct reader *const readers[] = {&reader_notes, &reader_markdown};
enum { READERS = sizeof readers / sizeof readers[0] };

const struct reader *reader_named(const char *name)
{
    for (size_t i = 0; i < READERS; i++)
        if (strcmp(readers[i]->name, name) == 0)
            return readers[i];
    return NULL;
}

const struct reader *reader_for(const struct source_text *source)
{
    const struct reader *best = NULL;
    int most = 0;
    for (size_t i = 0; i < READERS; i++) {
        const int claim = readers[i]->claims(source);
        if (claim > most) {
            most = claim;
            best = readers[i];
        }
    }
    return best;
}

const char *reader_names(void)
{
    return "notes, markdown";
}
