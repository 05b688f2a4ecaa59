/* The reader of Org on anything. */
#include "reader_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (is_utf8(data, size))
        check_reader(&reader_org, "osdi-2020/notes.org", data, size, false);
    return 0;
}
