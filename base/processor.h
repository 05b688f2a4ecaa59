/* What vector instructions the processor at hand runs and the system lets it. Free to ask: the dynamic loader has found
 * out already; to ask the processor again takes a virtual machine some 50 microseconds. */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

#include <stdbool.h>

bool processor_has_avx2(void);

/* The parts of AVX-512 that kernels are made of: F, BW and VL. */
bool processor_has_avx512(void);

#endif
