#include "query/kernels.h"

#include "base/processor.h"

#include <stdlib.h>
#include <string.h>

enum { KERNELS_MAX = 4 };

static size_t gather(const struct kernels *list[KERNELS_MAX])
{
    size_t count = 0;
#if defined(__x86_64__)
    if (processor_has_avx512())
        list[count++] = &kernels_avx512;
    if (processor_has_avx2())
        list[count++] = &kernels_avx2;
#elif defined(__aarch64__) && defined(__ARM_NEON)
    list[count++] = &kernels_neon; /* every AArch64 that runs Linux has it */
#endif
    list[count++] = &kernels_portable;
    return count;
}

const struct kernels *const *kernels_all(void)
{
    static const struct kernels *list[KERNELS_MAX]; /* every thread writes the same */
    (void)gather(list);
    return list;
}

const struct kernels *kernels_chosen(void)
{
    const struct kernels *list[KERNELS_MAX];
    const size_t count = gather(list);
    const char *wanted = getenv("PINAKES_SIMD");
    for (size_t i = 0; i < count && wanted != NULL; i++)
        if (strcmp(wanted, list[i]->name) == 0)
            return list[i];
    return list[0];
}
