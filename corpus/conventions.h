/* What the owner of a folder says of the notes in it, in a file named pinakes.ini:
 *
 *     [fields]              ; a label of the notes = what it means
 *     Where = venue
 *     [folders]             ; the place of a folder below this one, from 1 = what it is named after
 *     1 = venue
 *     2 = year
 *     [files]               ; a pattern of names below this folder, as the shell has them = how they are read
 *     *.txt = markdown
 *     [papers]              ; the same = what is a paper in a page of Markdown or Org
 *     reading.md = items 2
 *
 * Fields are title, authors, venue, year, tags, link, doi, arxiv, pmid, abstract and key; folders venue, year or tag;
 * formats as for --format; papers file, headings, items, rows or none. A line that begins with ';' or '#' is a
 * comment. */
#ifndef CORPUS_CONVENTIONS_H
#define CORPUS_CONVENTIONS_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/label.h"
#include "corpus/paper.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONVENTIONS_FILE "pinakes.ini"

struct conventions;

/* Reads `text`, UTF-8, which is copied into `arena`. What is not understood is told to `mistake` and left out. NULL
 * when memory is short. */
struct conventions *conventions_read(struct arena *arena, struct span text,
                                     void (*mistake)(void *context, uint32_t line, const char *message), void *context);

/* A number for all that is said there: never 0. */
uint64_t conventions_hash(const struct conventions *conventions);

/* What `name` labels: as is said there, else as label_of() has it. `conventions` may be NULL, as below. */
enum label conventions_label(const struct conventions *conventions, struct span name);

/* The format of the file `below`, its path below the folder of the conventions; NULL when nothing is said of it. */
const char *conventions_format(const struct conventions *conventions, const char *below);

/* What in a page its owner says is a paper. */
enum paper_unit {
    UNIT_UNTOLD,
    UNIT_NONE,
    UNIT_FILE,
    UNIT_HEADINGS,
    UNIT_ITEMS, /* of lists */
    UNIT_ROWS,  /* of tables */
};

enum { DEEPEST_UNIT = 6 };

struct papers_told {
    enum paper_unit unit;
    unsigned depth; /* the level of the headings or items, from 1 to DEEPEST_UNIT; 0 when it is not said */
};

/* The same of what is a paper in it. */
struct papers_told conventions_papers(const struct conventions *conventions, const char *below);

/* Sets venue, year and tags that `paper` does not have by the folders in `below`, and then a year that only its arXiv
 * identifier tells. What is new lives in `arena`. False when
 * memory is short. */
bool conventions_fill(const struct conventions *conventions, struct span below, struct arena *arena,
                      struct paper *paper);

#endif
