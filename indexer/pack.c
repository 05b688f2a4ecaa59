#include "indexer/pack.h"

#include "base/processor.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void pack(const uint32_t values[PACK_VALUES], unsigned bits, uint8_t *out)
{
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint64_t held = 0;
    unsigned held_bits = 0;
    for (size_t i = 0; i < PACK_VALUES; i++) {
        held |= (values[i] & mask) << held_bits;
        for (held_bits += bits; held_bits >= 8; held_bits -= 8, held >>= 8)
            *out++ = (uint8_t)held;
    }
}

const struct unpack *const *unpack_all(void)
{
#if defined(__x86_64__)
    static const struct unpack *const portable[] = {&unpack_portable, NULL};
    static const struct unpack *const with_avx2[] = {&unpack_portable, &unpack_avx2, NULL};
    static const struct unpack *const with_avx512[] = {&unpack_portable, &unpack_avx2, &unpack_avx512, NULL};
    return processor_has_avx512() ? with_avx512 : processor_has_avx2() ? with_avx2 : portable;
#elif defined(__aarch64__) && defined(__ARM_NEON)
    static const struct unpack *const with_neon[] = {&unpack_portable, &unpack_neon, NULL};
    return with_neon;
#else
    static const struct unpack *const portable[] = {&unpack_portable, NULL};
    return portable;
#endif
}

const struct unpack *unpack_chosen(void)
{
    const struct unpack *const *all = unpack_all();
    const char *wanted = getenv("PINAKES_SIMD");
    size_t last = 0;
    for (size_t i = 0; all[i] != NULL; i++) {
        if (wanted != NULL && strcmp(wanted, all[i]->name) == 0)
            return all[i];
        last = i;
    }
    return all[last];
}
