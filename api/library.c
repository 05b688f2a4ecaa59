#include "api/library.h"

#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>

const char *pinakes_version(void)
{
    return PINAKES_RELEASE;
}

pinakes_status pinakes_open(const char *path, pinakes_mode mode, pinakes_library **out, pinakes_error *error)
{
    pinakes_library *library = calloc(1, sizeof *library);
    if (library == NULL)
        return error_no_memory(error);
    const pinakes_status status = store_open(path, mode, &library->store, error);
    if (status == PINAKES_OK)
        *out = library;
    else
        free(library);
    return status;
}

void pinakes_close(pinakes_library *library)
{
    if (library == NULL)
        return;
    engine_close(library->engine);
    store_close(library->store);
    free(library);
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

pinakes_status pinakes_default_path(char *path, size_t bytes, pinakes_error *error)
{
    const char *library = variable("PINAKES_LIBRARY");
    const char *data = variable("XDG_DATA_HOME");
    const char *home = variable("HOME");
    int len;
    if (library != NULL)
        len = snprintf(path, bytes, "%s", library);
    else if (data != NULL && data[0] == '/') /* the XDG specification: a relative path is to be ignored */
        len = snprintf(path, bytes, "%s/pinakes/library.db", data);
    else if (home != NULL)
        len = snprintf(path, bytes, "%s/.local/share/pinakes/library.db", home);
    else
        return error_set(error, PINAKES_BAD_INPUT,
                         "no place for the library: neither PINAKES_LIBRARY nor HOME is set; name a file with -L");
    if (len < 0 || (size_t)len >= bytes)
        return error_set(error, PINAKES_BAD_INPUT, "the path of the library is longer than %zu bytes", bytes);
    return PINAKES_OK;
}
