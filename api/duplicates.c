#include "query/duplicates.h"

#include "api/duplicates_file.h"
#include "api/library.h"
#include "api/owned.h"
#include "base/error.h"
#include "query/moment.h"

struct asked {
    struct store *store;
    const struct join_rules *rules;
    pinakes_duplicates *found;
};

static pinakes_status answer(void *context, pinakes_error *error)
{
    const struct asked *asked = context;
    return duplicates_find(asked->store, asked->rules, owned_arena(asked->found), asked->found, error);
}

pinakes_status pinakes_find_duplicates(pinakes_library *library, pinakes_duplicates **out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_duplicates *found = owned_create(sizeof *found);
    if (found == NULL)
        return error_no_memory(error);
    struct duplicates_file file = {.rules = {.count = 0}};
    struct asked asked = {library->store, &file.rules, found};
    pinakes_status status = duplicates_file_load(library->store, &file, told);
    if (status == PINAKES_OK)
        status = moment_answer(library->store, answer, &asked, told);
    arena_free(&file.arena);
    if (status == PINAKES_OK)
        *out = found;
    else
        owned_free(found);
    return status;
}

void pinakes_duplicates_free(pinakes_duplicates *duplicates)
{
    owned_free(duplicates);
}
