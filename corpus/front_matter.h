/* Front matter: the fields at the top of a Markdown file, YAML between two lines of dashes, or the simple part of TOML
 * (https://toml.io) between two lines of plus signs. */
#ifndef CORPUS_FRONT_MATTER_H
#define CORPUS_FRONT_MATTER_H

#include "base/arena.h"
#include "base/span.h"
#include "pinakes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One value of the front matter: of a scalar, or of a list's element. */
struct front_value {
    struct span key;    /* in small letters; "authors.email" of a mapping within, but "authors" for its "name" */
    struct span text;   /* as YAML means it */
    struct span source; /* verbatim, where the value stands; begins on `line` */
    uint32_t line;
    bool is_element; /* of a list */
};

struct front_matter {
    struct front_value *values; /* in the order of the source; a list gives several of one key */
    size_t count;
    struct span body;    /* what follows the front matter; the whole text when there is none */
    uint32_t body_line;  /* the line the body begins on */
    uint32_t error_line; /* of the first mistake in the YAML; 0 when there is none */
    const char *mistake; /* what YAML says is wrong */
};

/* Reads the front matter of `text`. One that is no YAML is read line by line. All lives in `arena` or in `text`. Fails
 * only for lack of memory. */
pinakes_status front_matter_read(struct arena *arena, struct span text, struct front_matter *out, pinakes_error *error);

/* The first value of that key, or NULL. */
const struct front_value *front_matter_get(const struct front_matter *matter, const char *key);

#endif
