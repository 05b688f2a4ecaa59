/* How long something takes. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Microseconds since some moment in the past; never runs backwards. */
int64_t clock_now_us(void);

#endif
