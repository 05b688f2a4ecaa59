/* The reader of Refer on anything. */
#include "stream_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_stream_reader(&reader_refer, data, size);
    return 0;
}
