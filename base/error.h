/* Filling a pinakes_error: the one way a failure gets its words. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "pinakes.h"

/* Sets `*error` (NULL allowed) to `status` and the formatted line, cut at a code point if it is too long, with
 * control characters shown as '?'. Returns `status`, so that a caller can write `return error_set(...)`. */
pinakes_status error_set(pinakes_error *error, pinakes_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed allocation. */
pinakes_status error_no_memory(pinakes_error *error);

#endif
