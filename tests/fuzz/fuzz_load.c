/* Loading any bytes: text is valid UTF-8 without NUL, anything else says why. */
#include "corpus/load.h"

#include "reader_checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct loaded loaded;
    pinakes_error error;
    const struct span bytes = {(const char *)data, size};
    if (load_bytes(bytes, &loaded, &error) != PINAKES_OK)
        return 0;
    if (loaded.outcome == LOAD_TEXT) {
        check(is_utf8((const uint8_t *)loaded.text.at, loaded.text.len));
        check(loaded.text.len > 0 && memchr(loaded.text.at, '\0', loaded.text.len) == NULL);
    } else {
        check(loaded.bytes == NULL && loaded.message[0] != '\0');
        check(loaded.outcome != LOAD_UNDECODABLE || loaded.line > 0);
    }
    loaded_free(&loaded);
    return 0;
}
