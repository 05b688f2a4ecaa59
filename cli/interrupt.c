#include "cli/interrupt.h"

#include <signal.h>
#include <stdlib.h>

/* A signal handler has nowhere else to leave its news. */
static volatile sig_atomic_t signal_seen;

static void remember(int number)
{
    signal_seen = number;
}

void interrupt_watch(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction before;
        struct sigaction action = {.sa_flags = (int)SA_RESETHAND};
        action.sa_handler = remember;
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(signals[i], &action, NULL);
        }
    }
}

bool interrupt_seen(void)
{
    return signal_seen != 0;
}

_Noreturn void interrupt_die(void)
{
    const int number = signal_seen;
    signal(number, SIG_DFL);
    raise(number);
    exit(128 + number);
}
