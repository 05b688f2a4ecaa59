#include "api/duplicates_file.h"

#include "api/beside.h"
#include "api/text_file.h"
#include "base/error.h"

#include <unistd.h>

pinakes_status duplicates_file_load(const struct store *store, struct duplicates_file *out, pinakes_error *error)
{
    struct loaded loaded = {.bytes = NULL};
    const char *path = beside_library(store, "duplicates.txt", &out->arena);
    if (path == NULL)
        return error_no_memory(error);
    if (access(path, F_OK) != 0)
        return PINAKES_OK;
    pinakes_status status = text_file_load(path, &loaded, error);
    if (status == PINAKES_OK)
        status = join_rules_parse(&out->arena, path, loaded.text, &out->rules, error);
    loaded_free(&loaded);
    return status;
}
