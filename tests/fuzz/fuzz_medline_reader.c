/* The reader of MEDLINE on anything. */
#include "stream_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_stream_reader(&reader_medline, data, size);
    return 0;
}
