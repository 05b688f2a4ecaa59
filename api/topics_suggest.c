#include "query/topics_suggest.h"

#include "api/library.h"
#include "base/error.h"
#include "query/moment.h"

#include <stdlib.h>

/* The public list and the memory all of it lives in. */
struct owned_suggestions {
    pinakes_topic_suggestions suggestions; /* first, so that one pointer is both */
    struct arena arena;
};

struct asked {
    struct store *store;
    size_t limit;
    struct owned_suggestions *owned;
};

static pinakes_status answer(void *context, pinakes_error *error)
{
    const struct asked *asked = context;
    return topics_suggest(asked->store, asked->limit, &asked->owned->arena, &asked->owned->suggestions, error);
}

pinakes_status pinakes_suggest_topics(pinakes_library *library, size_t limit, pinakes_topic_suggestions **out,
                                      pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct owned_suggestions *owned = calloc(1, sizeof *owned);
    if (owned == NULL)
        return error_no_memory(error);
    struct asked asked = {library->store, limit, owned};
    const pinakes_status status = moment_answer(library->store, answer, &asked, told);
    if (status == PINAKES_OK)
        *out = &owned->suggestions;
    else
        pinakes_topic_suggestions_free(&owned->suggestions);
    return status;
}

void pinakes_topic_suggestions_free(pinakes_topic_suggestions *suggestions)
{
    struct owned_suggestions *owned = (struct owned_suggestions *)suggestions;
    if (owned == NULL)
        return;
    arena_free(&owned->arena);
    free(owned);
}
