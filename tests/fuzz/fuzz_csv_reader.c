/* The reader of tables on anything. */
#include "stream_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_stream_reader(&reader_csv, data, size);
    return 0;
}
