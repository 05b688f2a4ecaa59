/* The Markdown reader, front matter included, on anything; the first line is the file's name when it ends in ".md".
 * What its papers are is chosen by how long it is, too. */
#include "reader_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { LONGEST_NAME = 255 };
    char name[LONGEST_NAME + 1] = "osdi-2020/notes.md";
    const uint8_t *end = size == 0 ? NULL : memchr(data, '\n', size);
    const size_t len = end == NULL ? 0 : (size_t)(end - data);
    if (!is_utf8(data, size))
        return 0;
    if (len > 3 && len <= LONGEST_NAME && memcmp(end - 3, ".md", 3) == 0 && memchr(data, '\0', len) == NULL) {
        memcpy(name, data, len);
        name[len] = '\0';
        data += len + 1;
        size -= len + 1;
    }
    check_reader(&reader_markdown, name, data, size, false);
    const struct papers_told told = {UNIT_NONE + size % UNIT_ROWS, (unsigned)(size / UNIT_ROWS % (DEEPEST_UNIT + 1))};
    check_told_reader(&reader_markdown, name, data, size, false, told);
    return 0;
}
