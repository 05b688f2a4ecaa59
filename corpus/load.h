/* The bytes of one source as valid UTF-8 text. */
#ifndef CORPUS_LOAD_H
#define CORPUS_LOAD_H

#include "base/span.h"
#include "corpus/stream.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest source that is read as notes, in bytes. */
#define LOAD_LARGEST ((size_t)64 << 20)

enum load_outcome {
    LOAD_TEXT,        /* text is there */
    LOAD_NO_PAPER,    /* empty, binary or too large: nothing a reader could take */
    LOAD_UNREADABLE,  /* the system refused to read it, or it is packed and damaged */
    LOAD_UNDECODABLE, /* neither UTF-8 nor plainly anything else; `line` says where */
};

struct loaded {
    enum load_outcome outcome;
    char *bytes;       /* owned: free with loaded_free() */
    struct span text;  /* valid UTF-8 in `bytes`, without a byte order mark, lines ended by line feeds (but for a piece,
                        * which keeps them); a stray NUL has become a space */
    uint64_t hash;     /* of the file's bytes as they lie there (FNV-1a, 64 bit) */
    uint32_t line;     /* 0, or the line the message is about */
    char message[256]; /* why there is no text, for people; does not name the file */
};

/* Reads the stream to its end. Only lack of memory is an error; all else is an outcome. */
pinakes_status load_stream(struct stream *stream, struct loaded *out, pinakes_error *error);

/* The same for the file at `path` ("-": standard input). */
pinakes_status load_file(const char *path, struct loaded *out, pinakes_error *error);

/* The same for bytes in memory, which are copied. */
pinakes_status load_bytes(struct span bytes, struct loaded *out, pinakes_error *error);

/* The same for a part of a file whose lines are counted: carriage returns stay what they are. */
pinakes_status load_piece(struct span bytes, struct loaded *out, pinakes_error *error);

/* Whether the file that begins so is in UTF-16 or UTF-32. */
bool load_is_wide(struct span head);

/* Whether all of `bytes` is valid UTF-8. */
bool load_is_utf8(struct span bytes);

void loaded_free(struct loaded *loaded);

#endif
