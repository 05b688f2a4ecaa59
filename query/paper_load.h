/* One paper out of the library: the public record, and the texts that matching and evidence need. */
#ifndef QUERY_PAPER_LOAD_H
#define QUERY_PAPER_LOAD_H

#include "base/arena.h"
#include "corpus/paper.h"
#include "indexer/store.h"
#include "pinakes.h"
#include "query/match.h"

/* A passage: where it stands among the texts, and in its source. */
struct loaded_passage {
    enum field field;
    const char *file, *path; /* as pinakes_passage has them */
    uint32_t line;
    size_t start;       /* bytes into the text of its field, where its words are */
    struct span words;  /* that part of the text */
    struct span source; /* verbatim, of the same length */
};

struct loaded_paper {
    int64_t id;
    pinakes_paper record;
    struct span texts[FIELD_COUNT]; /* the columns of the table papers that the index sees */
    const struct loaded_passage *passages;
    size_t passage_count;
};

/* Fills `*out` with the paper `id` and all that belongs to it: its record in `arena`, its texts and passages in `texts`
 * (which may be the same). PINAKES_NOT_FOUND when there is none. */
pinakes_status paper_load(struct store *store, int64_t id, struct arena *arena, struct arena *texts,
                          struct loaded_paper *out, pinakes_error *error);

/* Its text, analysed, in `arena`; NULL when memory is short. */
struct document *paper_document(const struct loaded_paper *paper, struct analyzer *analyzer, struct arena *arena);

#endif
