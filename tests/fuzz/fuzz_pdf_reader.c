/* The reader of PDF on anything; Poppler itself runs in a process of its own. */
#include "stream_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_stream_reader(&reader_pdf, data, size);
    return 0;
}
