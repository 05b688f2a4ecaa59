#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message is one line: anything in an input's name that would break it is replaced. */
static void keep_on_one_line(char *message, size_t bytes, bool cut)
{
    size_t len = strlen(message);
    if (cut) {
        len = bytes - sizeof "...";
        while (len > 0 && ((unsigned char)message[len] & 0xC0) == 0x80)
            len--; /* message[len] is the first byte left out: step back to where a code point starts */
        memcpy(message + len, "...", sizeof "...");
        len += 3;
    }
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)message[i] < 0x20 || message[i] == 0x7F)
            message[i] = '?';
}

pinakes_status error_set(pinakes_error *error, pinakes_status status, const char *format, ...)
{
    if (error == NULL)
        return status;
    va_list args;
    va_start(args, format);
    const int wanted = vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    error->status = status;
    keep_on_one_line(error->message, sizeof error->message, wanted >= (int)sizeof error->message);
    return status;
}

pinakes_status error_no_memory(pinakes_error *error)
{
    return error_set(error, PINAKES_NO_MEMORY, "out of memory");
}
