/* The user's own names of things, for the searches of one call. */
#ifndef API_ALIASES_H
#define API_ALIASES_H

#include "base/arena.h"
#include "query/engine.h"

/* Reads the alias file `path`, or where that is NULL aliases.txt beside the library, if there is one, and lets the
 * searches of `engine` know it as long as `arena` lives. PINAKES_BAD_INPUT and PINAKES_IO name the file. */
pinakes_status aliases_use(struct engine *engine, const char *path, struct arena *arena, pinakes_error *error);

#endif
