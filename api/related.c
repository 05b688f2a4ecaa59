#include "query/related.h"

#include "api/answer.h"
#include "base/error.h"
#include "corpus/load.h"

struct related_question {
    const pinakes_seeds *seeds;
    const pinakes_search_options *options;
};

static pinakes_status run(struct engine *engine, const void *context, struct arena *arena, pinakes_results *out,
                          pinakes_error *error)
{
    const struct related_question *question = context;
    return related_run(engine, question->seeds, question->options, arena, out, error);
}

/* A draft that is no text would be compared by its bytes. */
static pinakes_status refuse(const char *name, size_t bytes, const struct loaded *loaded, pinakes_error *error)
{
    if (loaded->line > 0)
        return error_set(error, PINAKES_BAD_INPUT, "%s:%u: %s", name, (unsigned)loaded->line, loaded->message);
    if (bytes > LOAD_LARGEST)
        return error_set(error, PINAKES_BAD_INPUT, "%s: %s", name, loaded->message);
    return error_set(error, PINAKES_BAD_INPUT,
                     "%s: this is no text; pdftotext makes one of PDF, pandoc of most others, for --text -", name);
}

static bool is_empty(struct span text)
{
    return span_trim(text).len == 0;
}

pinakes_status pinakes_related(pinakes_library *library, const pinakes_seeds *seeds,
                               const pinakes_search_options *options, pinakes_results **out, pinakes_error *error)
{
    static const pinakes_search_options usual = {0};
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    pinakes_seeds read = *seeds;
    const struct related_question question = {&read, options == NULL ? &usual : options};
    struct loaded loaded = {0};
    if (seeds->draft == NULL || is_empty((struct span){seeds->draft, seeds->draft_bytes}))
        return answer_make(library, run, &question, out, told);
    pinakes_status status = load_bytes((struct span){seeds->draft, seeds->draft_bytes}, &loaded, told);
    if (status != PINAKES_OK)
        return status;
    if (loaded.outcome == LOAD_TEXT) {
        read.draft = loaded.text.at;
        read.draft_bytes = loaded.text.len;
        status = answer_make(library, run, &question, out, told);
    } else {
        status = refuse(seeds->draft_name == NULL ? "the text" : seeds->draft_name, seeds->draft_bytes, &loaded, told);
    }
    loaded_free(&loaded);
    return status;
}
