#include "base/processor.h"

#if defined(__x86_64__) && defined(__has_include)
#if __has_include(<sys/platform/x86.h>) /* glibc 2.33 */
#include <sys/platform/x86.h>
#define HAS(feature, name) is_active(x86_cpu_##feature)

/* CPU_FEATURE_ACTIVE(), which shifts into the sign of an int for the last feature of a register. */
static bool is_active(unsigned feature)
{
    enum { BITS = 32, LEAF_BITS = 4 * BITS };
    const struct cpuid_feature *leaf = __x86_get_cpuid_feature_leaf(feature / LEAF_BITS);
    return (leaf->active_array[feature % LEAF_BITS / BITS] >> feature % BITS & 1) != 0;
}
#endif
#endif

#if !defined(__x86_64__)
#define HAS(feature, name) false
#elif !defined(HAS)
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
