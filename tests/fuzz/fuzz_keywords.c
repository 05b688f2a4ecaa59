/* A keywords file of any bytes: read without harm; what comes out are pieces of it, line after line, or one line that
 * says what is wrong. */
#include "query/keywords_file.h"

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

static bool is_in(const char *piece, struct span text)
{
    return memmem(text.at, text.len, piece, strlen(piece)) != NULL;
}

static void check_keywords(const struct keyword_list *list, struct span text)
{
    uint32_t line = 0;
    require(list->count > 0, "a list without a keyword is refused");
    for (size_t i = 0; i < list->count; i++) {
        const struct keyword *keyword = &list->at[i];
        require(keyword->line > line, "one keyword a line");
        line = keyword->line;
        require(keyword->query[0] != '\0' && keyword->label[0] != '\0', "no keyword is empty");
        require(strlen(keyword->query) <= KEYWORD_BYTES_MAX, "no keyword is longer than a line may be");
        require(strchr(keyword->query, '\n') == NULL, "a keyword is one line");
        require(is_in(keyword->query, text) && is_in(keyword->label, text) && is_in(keyword->section, text),
                "every piece stands in the file");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + (size == 0)); /* exactly as long, so that reading past the end is seen */
    if (copy == NULL)
        return 0;
    for (size_t i = 0; i < size; i++)
        copy[i] = data[i] == '\0' ? ' ' : (char)data[i]; /* as loading a file does */
    struct arena arena = {0};
    struct keyword_list list;
    pinakes_error error = {.message = ""};
    const struct span text = {copy, size};
    const pinakes_status status = keywords_parse(&arena, "keywords.txt", text, &list, &error);
    if (status == PINAKES_OK)
        check_keywords(&list, text);
    else
        require(strncmp(error.message, "keywords.txt:", 13) == 0 && strchr(error.message, '\n') == NULL,
                "a mistake is told in one line that names the file");
    arena_free(&arena);
    free(copy);
    return 0;
}
