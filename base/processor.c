#include "base/processor.h"

#if !defined(__x86_64__)
#define HAS(feature, name) false
#elif defined(__has_include) && __has_include(<sys/platform/x86.h>) /* glibc 2.33 */
#include <sys/platform/x86.h>
#define HAS(feature, name) CPU_FEATURE_ACTIVE(feature)
#else
#define HAS(feature, name) (__builtin_cpu_supports(name) != 0)
#endif

bool processor_has_avx2(void)
{
    return HAS(AVX2, "avx2");
}

bool processor_has_avx512(void)
{
    return HAS(AVX512F, "avx512f") && HAS(AVX512BW, "avx512bw") && HAS(AVX512VL, "avx512vl");
}
