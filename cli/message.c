#include "cli/message.h"

#include "cli/memory.h"
#include "cli/utf8.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes `text` with everything a terminal would obey, or could not show, replaced by '?'. */
static void put_line(const char *text)
{
    for (size_t bytes = strlen(text); bytes > 0;) {
        size_t step;
        const int32_t point = code_point_at((struct span){text, bytes}, &step);
        const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
        if (control || !utf8_is_valid(point, step)) {
            fputc('?', stderr);
        } else {
            fwrite(text, 1, step, stderr);
        }
        text += step;
        bytes -= step;
    }
    fputc('\n', stderr);
}

static void put_formatted(const char *format, va_list arguments)
{
    char *text;
    if (vasprintf(&text, format, arguments) < 0) {
        fputs("memory is short\n", stderr);
        return;
    }
    put_line(text);
    free(text);
}

const char *passed_over(char out[PASSED_OVER_BYTES], uint64_t records)
{
    out[0] = '\0';
    if (records > 0) {
        (void)snprintf(out, PASSED_OVER_BYTES, "; %" PRIu64 " record%s passed over", records, records == 1 ? "" : "s");
    }
    return out;
}

int complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("pinakes: ", stderr);
    put_formatted(format, arguments);
    va_end(arguments);
    return EXIT_TROUBLE;
}

void complain_notice(const char *notice)
{
    if (notice != NULL) {
        (void)complain("%s", notice);
    }
}

void remark(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_formatted(format, arguments);
    va_end(arguments);
}

void remark_at(const char *file, uint32_t line, const char *message)
{
    if (line > 0) {
        remark("%s:%" PRIu32 ": %s", file, line, message);
    } else {
        remark("%s: %s", file, message);
    }
}

static bool is_shell_safe(unsigned char byte)
{
    return isalnum(byte) || byte >= 0x80 || strchr("_./+,:@%=-", byte) != NULL;
}

char *shell_quote(const char *text)
{
    bool safe = *text != '\0';
    for (const char *at = text; *at; at++) {
        safe = safe && is_shell_safe((unsigned char)*at);
    }
    if (safe) {
        return memory_copy(text, strlen(text));
    }
    char *quoted = memory_array(strlen(text) + 1, sizeof "'\\''");
    char *end = stpcpy(quoted, "'");
    for (const char *at = text; *at; at++) {
        if (*at == '\'') {
            end = stpcpy(end, "'\\''");
        } else {
            *end++ = *at;
        }
    }
    stpcpy(end, "'");
    return quoted;
}
