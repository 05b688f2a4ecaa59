/* Memory for a program that can do nothing better than stop when there is none: these end the program with one line
 * and exit status 2 instead of returning NULL. */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

#include <stddef.h>

/* `count` elements of `bytes` bytes, zeroed; the caller frees them. */
void *memory_array(size_t count, size_t bytes);

/* A NUL-terminated copy; the caller frees it. */
char *memory_copy(const char *text, size_t bytes);

/* Makes room for one more element in an array of `*capacity` elements of `bytes` bytes, `count` of them in use.
 * Returns the array, moved if need be. */
void *memory_grow(void *array, size_t count, size_t *capacity, size_t bytes);

/* `parts` joined by `separator`; the caller frees it. */
char *memory_join(const char *const *parts, size_t count, const char *separator);

/* printf into memory; the caller frees it. */
char *memory_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the program because memory is short. */
_Noreturn void memory_short(void);

#endif
