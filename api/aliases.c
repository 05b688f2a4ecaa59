#include "api/aliases.h"

#include "api/beside.h"
#include "api/text_file.h"
#include "base/error.h"
#include "query/thesaurus.h"

#include <unistd.h>

/* Everything in `out` points into a copy of the text. */
static pinakes_status read_file(struct engine *engine, const char *path, struct arena *arena, struct aliases *out,
                                pinakes_error *error)
{
    struct loaded loaded = {.bytes = NULL};
    pinakes_status status = text_file_load(path, &loaded, error);
    const char *copy = status == PINAKES_OK ? arena_string(arena, loaded.text) : NULL;
    if (status == PINAKES_OK)
        status = copy == NULL ? error_no_memory(error)
                              : aliases_parse(arena, store_analyzer(engine_store(engine)), path,
                                              (struct span){copy, loaded.text.len}, out, error);
    loaded_free(&loaded);
    return status;
}

pinakes_status aliases_use(struct engine *engine, const char *path, struct arena *arena, pinakes_error *error)
{
    struct aliases *aliases = arena_alloc(arena, sizeof *aliases);
    const char *file = path != NULL ? path : beside_library(engine_store(engine), "aliases.txt", arena);
    engine_use_aliases(engine, NULL);
    if (aliases == NULL || file == NULL)
        return error_no_memory(error);
    if (path == NULL && access(file, F_OK) != 0)
        return PINAKES_OK;
    const pinakes_status status = read_file(engine, file, arena, aliases, error);
    if (status == PINAKES_OK)
        engine_use_aliases(engine, aliases);
    return status;
}
