/* The reader of X. */
#include "dump.h"

static void records_of_every_program_are_read_and_broken_ones_named(void **state)
{
    (void)state;
    check_sources(&reader_medline, PINAKES_SOURCE_DIR "/tests/corpus/medline", ".nbib", 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_every_program_are_read_and_broken_ones_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
