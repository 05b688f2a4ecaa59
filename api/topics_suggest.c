#include "query/topics_suggest.h"

#include "api/library.h"
#include "api/owned.h"
#include "base/error.h"
#include "query/moment.h"

struct asked {
    struct store *store;
    size_t limit;
    pinakes_topic_suggestions *suggestions;
};

static pinakes_status answer(void *context, pinakes_error *error)
{
    const struct asked *asked = context;
    return topics_suggest(asked->store, asked->limit, owned_arena(asked->suggestions), asked->suggestions, error);
}

pinakes_status pinakes_suggest_topics(pinakes_library *library, size_t limit, pinakes_topic_suggestions **out,
                                      pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_topic_suggestions *suggestions = owned_create(sizeof *suggestions);
    if (suggestions == NULL)
        return error_no_memory(error);
    struct asked asked = {library->store, limit, suggestions};
    const pinakes_status status = moment_answer(library->store, answer, &asked, told);
    if (status == PINAKES_OK)
        *out = suggestions;
    else
        owned_free(suggestions);
    return status;
}

void pinakes_topic_suggestions_free(pinakes_topic_suggestions *suggestions)
{
    owned_free(suggestions);
}
