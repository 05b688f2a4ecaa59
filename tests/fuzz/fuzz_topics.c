/* A topics file of any bytes: read, or refused with the line and column of its first mistake. */
#include "query/topics.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct analyzer *analyzer;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct topic_set set;
    pinakes_error error = {.message = ""};
    if (analyzer == NULL && analyzer_create(&analyzer, &error) != PINAKES_OK)
        abort();
    char *copy = malloc(size + (size == 0));
    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    const pinakes_status status = topics_parse(&arena, analyzer, "t.ini", (struct span){copy, size}, &set, &error);
    if (status != PINAKES_OK && (status != PINAKES_BAD_INPUT || strncmp(error.message, "t.ini:", 6) != 0))
        abort();
    for (size_t i = 0; status == PINAKES_OK && i < set.topic_count; i++)
        if (set.topics[i].name.len == 0)
            abort();
    arena_free(&arena);
    free(copy);
    return 0;
}
