/* `pinakes topics suggest`: topics that a library could have. */
#ifndef CLI_TOPICS_SUGGEST_H
#define CLI_TOPICS_SUGGEST_H

#include "cli/program.h"

/* Prints up to `limit` (0: the usual number) topics to paste into a topics file. Returns the exit status: EXIT_NONE
 * when there is none. */
int topics_suggest_run(const struct program *program, size_t limit);

#endif
