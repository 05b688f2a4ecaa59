#include "cli/input.h"

#include "cli/memory.h"
#include "cli/message.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything `in` holds; NULL when reading fails. */
static char *read_all(FILE *in, size_t *bytes)
{
    enum { PIECE = 1 << 16 };
    char *text = NULL;
    size_t room = 0, used = 0, got;
    do {
        if (room - used < PIECE) {
            room = room * 2 + PIECE;
            char *grown = realloc(text, room);
            if (!grown) {
                memory_short();
            }
            text = grown;
        }
        got = fread(text + used, 1, room - used, in);
        used += got;
    } while (got > 0);
    *bytes = used;
    if (ferror(in)) {
        free(text);
        return NULL;
    }
    return text;
}

const char *input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

char *input_read(const char *path, size_t *bytes)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    FILE *in = is_stdin ? stdin : fopen(path, "rb");
    char *text = in ? read_all(in, bytes) : NULL;
    if (!text) {
        complain("%s: %s", input_name(path), strerror(errno));
    }
    if (in && !is_stdin) {
        (void)fclose(in);
    }
    return text;
}
