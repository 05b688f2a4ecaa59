#include "cli/json.h"

#include "cli/memory.h"
#include "cli/utf8.h"

#include <stdlib.h>
#include <string.h>

json_t *json_checked(json_t *json)
{
    if (!json) {
        memory_short();
    }
    return json;
}

json_t *json_bytes(const char *text, size_t bytes)
{
    json_t *json = json_stringn(text, bytes);
    if (json) {
        return json;
    }
    size_t clean_bytes;
    char *clean = utf8_clean(text, bytes, &clean_bytes);
    json = json_stringn(clean, clean_bytes);
    free(clean);
    return json_checked(json);
}

json_t *json_line(const char *text)
{
    return text ? json_bytes(text, strlen(text)) : json_null();
}

json_t *json_texts(const char *const *texts, size_t count)
{
    json_t *array = json_checked(json_array());
    for (size_t i = 0; i < count; i++) {
        json_append(array, json_line(texts[i]));
    }
    return array;
}

void json_set(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, json_checked(value)) != 0) {
        memory_short();
    }
}

void json_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, json_checked(value)) != 0) {
        memory_short();
    }
}

void json_set_known(json_t *object, const char *name, const char *text)
{
    if (text && *text) {
        json_set(object, name, json_line(text));
    }
}
