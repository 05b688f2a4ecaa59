#include "query/duplicates.h"

#include "api/duplicates_file.h"
#include "api/library.h"
#include "base/error.h"
#include "query/moment.h"

#include <stdlib.h>

/* The public list and the memory all of it lives in. */
struct owned_duplicates {
    pinakes_duplicates duplicates; /* first, so that one pointer is both */
    struct arena arena;
};

struct asked {
    struct store *store;
    const struct join_rules *rules;
    struct owned_duplicates *owned;
};

static pinakes_status answer(void *context, pinakes_error *error)
{
    const struct asked *asked = context;
    return duplicates_find(asked->store, asked->rules, &asked->owned->arena, &asked->owned->duplicates, error);
}

pinakes_status pinakes_find_duplicates(pinakes_library *library, pinakes_duplicates **out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct owned_duplicates *owned = calloc(1, sizeof *owned);
    if (owned == NULL)
        return error_no_memory(error);
    struct duplicates_file file = {.rules = {.count = 0}};
    struct asked asked = {library->store, &file.rules, owned};
    pinakes_status status = duplicates_file_load(library->store, &file, told);
    if (status == PINAKES_OK)
        status = moment_answer(library->store, answer, &asked, told);
    arena_free(&file.arena);
    if (status == PINAKES_OK)
        *out = &owned->duplicates;
    else
        pinakes_duplicates_free(&owned->duplicates);
    return status;
}

void pinakes_duplicates_free(pinakes_duplicates *duplicates)
{
    struct owned_duplicates *owned = (struct owned_duplicates *)duplicates;
    if (owned == NULL)
        return;
    arena_free(&owned->arena);
    free(owned);
}
