#include "query/report_words.h"

#include "base/error.h"
#include "indexer/analyzer.h"
#include "query/word_forms.h"

#include <ctype.h>
#include <strings.h>

static bool is_letter_at(struct span text, size_t at)
{
    return at < text.len && (isalnum((unsigned char)text.at[at]) || (unsigned char)text.at[at] >= 0x80);
}

/* Whether `part` stands in `whole` as a word of its own, whatever the case. */
static bool is_part(struct span part, struct span whole)
{
    for (size_t at = 0; at + part.len <= whole.len; at++) {
        const bool stands = strncasecmp(whole.at + at, part.at, part.len) == 0;
        if (stands && !(at > 0 && is_letter_at(whole, at - 1)) && !is_letter_at(whole, at + part.len))
            return true;
    }
    return false;
}

static bool is_told(const pinakes_companion *told, size_t count, struct span form)
{
    for (size_t i = 0; i < count; i++)
        if (is_part(form, span_of(told[i].word)) || is_part(span_of(told[i].word), form))
            return true;
    return false;
}

static pinakes_status see_papers(const struct report_words *words, const struct companion_list *list,
                                 struct formed_word *formed, pinakes_error *error)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < words->best_count && status == PINAKES_OK; i++)
        status = word_forms_see(words->store, words->best[i], formed, list->count, words->scratch, error);
    for (size_t i = 0; i < list->count && status == PINAKES_OK; i++)
        if (formed[i].form_count == 0)
            status = word_forms_see(words->store, words->roster->papers[list->at[i].witness], &formed[i],
                                    list->count - i, words->scratch, error);
    return status;
}

static bool is_stop_form(struct analyzer *analyzer, struct span form)
{
    struct token token;
    analyzer_start(analyzer, form);
    return analyzer_next(analyzer, &token) && token.stop_word;
}

pinakes_status report_words_name(const struct report_words *words, const struct companion_list *list, size_t limit,
                                 const pinakes_companion **out, size_t *count, pinakes_error *error)
{
    struct formed_word *formed = arena_array(words->scratch, list->count, sizeof *formed);
    pinakes_companion *told = arena_array(words->arena, list->count < limit ? list->count : limit, sizeof *told);
    if (formed == NULL || told == NULL)
        return error_no_memory(error);
    for (size_t i = 0; i < list->count; i++)
        formed[i].key = list->at[i].key;
    const pinakes_status status = see_papers(words, list, formed, error);
    size_t used = 0;
    for (size_t i = 0; i < list->count && used < limit && status == PINAKES_OK; i++) {
        const struct span form = word_forms_best(&formed[i]);
        if (form.len == 0 || is_stop_form(store_analyzer(words->store), form) || is_told(told, used, form))
            continue;
        told[used] = (pinakes_companion){arena_string(words->arena, form), list->at[i].papers, list->at[i].out_of,
                                         list->at[i].score};
        if (told[used++].word == NULL)
            return error_no_memory(error);
    }
    *out = told;
    *count = used;
    return status;
}
