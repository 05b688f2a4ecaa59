/* Which papers of a run are new, changed, moved or gone. A paper is known again by its identity (indexer/key.h):
 * within its file, else where another file lost it in the same run. */
#ifndef INDEXER_SYNC_MATCH_H
#define INDEXER_SYNC_MATCH_H

#include "indexer/join.h"
#include "indexer/paper_writer.h"
#include "indexer/sync_map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether records of one paper are joined: as the library has it, or from now on. */
enum joining {
    JOINING_AS_BEFORE,
    JOINING_ON,
    JOINING_OFF,
};

/* A growing list of ids; owned. */
struct id_list {
    int64_t *at;
    size_t count, capacity;
};

/* All zero but writer.store, screen, joining and join.rules at first; then match_start(). */
struct match {
    struct paper_writer writer;
    struct join join;
    enum joining joining;
    bool joins_anew;          /* all papers are looked at, not only those that changed */
    bool rules_are_new;       /* join.rules are not those of the run before */
    struct paper_map here;    /* papers the file at hand had, not met again yet */
    struct paper_map orphans; /* papers whose file lost them */
    struct paper_map away;    /* papers whose file is not there now; they stay unless they are met elsewhere */
    size_t away_counted;      /* so many of these, the first, belong to the files of the run */
    bool met_away;            /* one of them was met elsewhere */
    struct paper_map newcomers;
    int64_t source;         /* the file at hand */
    struct id_list touched; /* papers that are new or have another text */
    struct id_list told;    /* those of them that the end of the run is told of */
    bool (*screen)(void *context, const struct paper_draft *draft); /* whether that is needed of a new one; or NULL */
    void *screen_context;
    struct arena arena;
    int64_t *vanished; /* sources */
    size_t vanished_count, vanished_capacity;
    bool changed; /* anything a reader of the library could notice */
    uint64_t papers_new, papers_changed, papers_removed, papers_unchanged;
    uint64_t papers_joined; /* records of the library beside the first of their paper */
};

/* match->writer is as paper_writer_start() wants it; match_free() must follow. */
pinakes_status match_start(struct match *match, pinakes_error *error);
void match_free(struct match *match);

/* A file that vanished: what it held may turn up elsewhere. Before any file is read. */
pinakes_status match_vanished(struct match *match, int64_t source, pinakes_error *error);

/* A file that is not there now and may come back: its papers stay, unless they turn up elsewhere. Before any file is
 * read; those that do not belong to the files of the run last. */
pinakes_status match_away(struct match *match, int64_t source, bool belongs, pinakes_error *error);

/* A file of which nothing is known now: its papers stay. */
pinakes_status match_kept(struct match *match, int64_t source, pinakes_error *error);

/* The papers of one file, each by match_paper(). */
pinakes_status match_begin_file(struct match *match, int64_t source, pinakes_error *error);
pinakes_status match_paper(struct match *match, const struct paper *paper, pinakes_error *error);
pinakes_status match_end_file(struct match *match, pinakes_error *error);

/* The same of a file that was cut off: the papers it had and that were not met may stand behind the cut, and stay. */
void match_end_cut_file(struct match *match);

/* Removes what did not turn up, and the files that vanished; joins what is one paper. */
pinakes_status match_finish(struct match *match, pinakes_error *error);

/* The papers are about to be measured anew: each by itself, to be joined again at the end. */
pinakes_status match_separate_all(struct match *match, pinakes_error *error);

/* Counts all papers of the library as touched. */
pinakes_status match_touch_all(struct match *match, pinakes_error *error);

#endif
