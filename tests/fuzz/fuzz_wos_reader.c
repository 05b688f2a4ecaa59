/* The reader of the tagged text of the Web of Science on anything. */
#include "stream_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_stream_reader(&reader_wos, data, size);
    return 0;
}
