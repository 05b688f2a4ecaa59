/* A text file that a caller names: labels, topics, queries, judgements. */
#ifndef API_TEXT_FILE_H
#define API_TEXT_FILE_H

#include "corpus/load.h"
#include "pinakes.h"

/* Reads the file at `path` whole. On PINAKES_OK there is text; free it with loaded_free(), failed or not. */
pinakes_status text_file_load(const char *path, struct loaded *out, pinakes_error *error);

#endif
