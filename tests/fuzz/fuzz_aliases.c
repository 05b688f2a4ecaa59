/* An alias file of any bytes: read without harm; what comes out are names that stand in it, each group with several, or
 * one line that says what is wrong. The same bytes as a text that explains acronyms: parts of it, in its order. */
#include "corpus/acronym.h"
#include "query/thesaurus.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *promise)
{
    if (!holds) {
        (void)fprintf(stderr, "%s\n", promise);
        abort();
    }
}

static bool is_part(struct span part, struct span text)
{
    return part.at >= text.at && part.at + part.len <= text.at + text.len;
}

static void check_aliases(const struct aliases *aliases, struct span text)
{
    for (size_t i = 0; i < aliases->count; i++) {
        const struct alias_group *group = &aliases->groups[i];
        require(group->count >= 2, "a group has several names");
        for (size_t j = 0; j < group->count; j++)
            require(is_part(group->names[j], text) && group->keys[j].len > 0, "a name stands in the file");
    }
}

static void check_acronyms(struct span text)
{
    struct acronym acronym;
    const char *last = text.at;
    for (size_t at = 0, before = 0; acronym_next(text, &at, &acronym); before = at) {
        require(at > before && at <= text.len, "it moves on");
        require(is_part(acronym.form, text) && is_part(acronym.meaning, text), "both stand in the text");
        require(acronym.form.len >= 2 && acronym.meaning.len > acronym.form.len, "a meaning is longer than its form");
        require(acronym.form.at >= last || acronym.meaning.at >= last || before > 0, "in the order of the text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyzer *analyzer;
    struct arena arena = {0};
    struct aliases aliases;
    pinakes_error error;
    if (analyzer == NULL && analyzer_create(&analyzer, &error) != PINAKES_OK)
        return 0;
    const struct span text = {(const char *)data, size};
    const pinakes_status status = aliases_parse(&arena, analyzer, "aliases.txt", text, &aliases, &error);
    require(status == PINAKES_OK || status == PINAKES_BAD_INPUT, "only mistakes are refused");
    if (status == PINAKES_OK)
        check_aliases(&aliases, text);
    else
        require(strncmp(error.message, "aliases.txt:", 12) == 0, "a mistake is named with its place");
    check_acronyms(text);
    arena_free(&arena);
    return 0;
}
