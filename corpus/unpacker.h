/* Undoing gzip (RFC 1952), bzip2, Zstandard (RFC 8878) and xz, a piece at a time in bounded memory. */
#ifndef CORPUS_UNPACKER_H
#define CORPUS_UNPACKER_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a file's beginning that tell how it is packed. */
enum { UNPACKER_MAGIC_BYTES = 7 };

struct unpacker;

enum unpacked {
    UNPACKED_SOME,    /* there may be more */
    UNPACKED_ALL,     /* everything that was packed is there, and may end here */
    UNPACKED_DAMAGED, /* these are no packed bytes, or they need more memory than is sensible */
    UNPACKED_NO_MEMORY,
};

/* The unpacker for a file that begins with `head`; NULL in `*out` when it is not packed. False when memory is short. */
bool unpacker_create(struct span head, struct unpacker **out);
void unpacker_free(struct unpacker *unpacker);

/* What the packing is called: "gzip". */
const char *unpacker_name(const struct unpacker *unpacker);

/* Takes bytes off the front of `*in` and writes up to `room` bytes to `out`, `*made` of them. With bytes in `*in` and
 * some room it always does one of both, or fails. */
enum unpacked unpacker_step(struct unpacker *unpacker, struct span *in, char *out, size_t room, size_t *made);

#endif
