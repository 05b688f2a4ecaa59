/* A file the user names, read whole. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <stddef.h>

/* What the file `path` ("-": standard input) holds, `*bytes` bytes of it; NULL after saying why it cannot be read. The
 * caller frees it. */
char *input_read(const char *path, size_t *bytes);

/* What to call `path` in messages: "standard input" for "-". */
const char *input_name(const char *path);

#endif
