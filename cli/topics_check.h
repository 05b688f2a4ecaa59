/* `pinakes topics check`: the topics against papers labelled by hand. */
#ifndef CLI_TOPICS_CHECK_H
#define CLI_TOPICS_CHECK_H

#include "cli/program.h"

/* Judges the papers of `labels_file` by the topics of `topics_file` (NULL: of the library) and prints how well that
 * went. Returns the exit status. */
int topics_check_run(const struct program *program, const char *labels_file, const char *topics_file);

#endif
