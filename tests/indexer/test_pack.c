#include "indexer/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 200, BITS_MAX = 32, SLACK = 32 };

static uint32_t random_value(unsigned bits)
{
    const uint64_t value = (uint64_t)rand() << 31 ^ (uint64_t)rand();
    return (uint32_t)(value & ((UINT64_C(1) << bits) - 1));
}

static void every_way_to_unpack_gives_the_values_that_were_packed(void **state)
{
    (void)state;
    srand(1);
    for (int round = 0; round < ROUNDS; round++)
        for (unsigned bits = 0; bits <= BITS_MAX; bits++) {
            uint32_t values[PACK_VALUES], read[PACK_VALUES];
            for (size_t i = 0; i < PACK_VALUES; i++)
                values[i] = random_value(bits);
            uint8_t *packed = calloc(1, PACK_BYTES(bits) + SLACK); /* no byte more: what reads further is seen */
            assert_non_null(packed);
            pack(values, bits, packed);
            for (const struct unpack *const *unpack = unpack_all(); *unpack != NULL; unpack++) {
                (*unpack)->values(packed, bits, read);
                assert_memory_equal(read, values, sizeof values);
            }
            free(packed);
        }
}

static void every_way_to_sum_gives_the_same_documents(void **state)
{
    (void)state;
    srand(2);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t distances[PACK_VALUES], expected[PACK_VALUES], got[PACK_VALUES];
        const uint32_t before = round == 0 ? UINT32_MAX : random_value(30);
        uint32_t document = before;
        for (size_t i = 0; i < PACK_VALUES; i++) {
            distances[i] = random_value((unsigned)round % 24);
            expected[i] = document += distances[i] + 1;
        }
        for (const struct unpack *const *unpack = unpack_all(); *unpack != NULL; unpack++) {
            memcpy(got, distances, sizeof got);
            (*unpack)->sum(got, before);
            assert_memory_equal(got, expected, sizeof got);
        }
    }
}

static void a_user_can_choose_the_way(void **state)
{
    (void)state;
    for (const struct unpack *const *unpack = unpack_all(); *unpack != NULL; unpack++) {
        assert_int_equal(setenv("PINAKES_SIMD", (*unpack)->name, 1), 0);
        assert_ptr_equal(unpack_chosen(), *unpack);
    }
    assert_int_equal(setenv("PINAKES_SIMD", "no such thing", 1), 0);
    assert_non_null(unpack_chosen());
    assert_int_equal(unsetenv("PINAKES_SIMD"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_unpack_gives_the_values_that_were_packed),
        cmocka_unit_test(every_way_to_sum_gives_the_same_documents),
        cmocka_unit_test(a_user_can_choose_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
