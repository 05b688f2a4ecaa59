/* Ctrl-C while something must be brought to an orderly end. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP are only remembered, the first time; a second one ends the program at once.
 * Signals that were ignored at the start stay ignored. */
void interrupt_watch(void);

bool interrupt_seen(void);

/* Ends the program by the signal that was seen, so that the shell knows that it was one. */
_Noreturn void interrupt_die(void);

#endif
