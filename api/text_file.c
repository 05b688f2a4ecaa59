#include "api/text_file.h"

#include "base/error.h"

pinakes_status text_file_load(const char *path, struct loaded *out, pinakes_error *error)
{
    const pinakes_status status = load_file(path, out, error);
    if (status != PINAKES_OK || out->outcome == LOAD_TEXT)
        return status;
    const pinakes_status kind = out->outcome == LOAD_UNREADABLE ? PINAKES_IO : PINAKES_BAD_INPUT;
    return error_set(error, kind, "%s: %s", path, out->message);
}
