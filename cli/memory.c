#include "cli/memory.h"

#include "cli/message.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void memory_short(void)
{
    complain("memory is short; nothing more was done");
    exit(EXIT_TROUBLE);
}

void *memory_array(size_t count, size_t bytes)
{
    void *array = calloc(count > 0 ? count : 1, bytes);
    if (!array) {
        memory_short();
    }
    return array;
}

char *memory_copy(const char *text, size_t bytes)
{
    char *copy = memory_array(bytes + 1, 1);
    if (bytes > 0) {
        memcpy(copy, text, bytes);
    }
    return copy;
}

void *memory_grow(void *array, size_t count, size_t *capacity, size_t bytes)
{
    if (count < *capacity) {
        return array;
    }
    const size_t wanted = *capacity > 0 ? *capacity * 2 : 16;
    void *grown = wanted <= SIZE_MAX / bytes ? realloc(array, wanted * bytes) : NULL;
    if (!grown) {
        memory_short();
    }
    *capacity = wanted;
    return grown;
}

char *memory_join(const char *const *parts, size_t count, const char *separator)
{
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(parts[i]) + strlen(separator);
    }
    char *joined = memory_array(bytes, 1);
    char *end = joined;
    for (size_t i = 0; i < count; i++) {
        end = stpcpy(end, i > 0 ? separator : "");
        end = stpcpy(end, parts[i]);
    }
    return joined;
}

char *memory_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text;
    const int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        memory_short();
    }
    return text;
}
