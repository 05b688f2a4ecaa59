/* "Did you mean": the nearest of a few known names. */
#ifndef CLI_CLOSEST_H
#define CLI_CLOSEST_H

#include <stddef.h>

/* The name nearest to `word`, when it is near enough to be what was meant: at most a third of its letters differ, or
 * one is the beginning of the other. NULL when none is. */
const char *closest_name(const char *word, const char *const *names, size_t count);

#endif
