/* An Org text as front matter and a flat list of its blocks, as Markdown has them. */
#ifndef CORPUS_ORG_BLOCKS_H
#define CORPUS_ORG_BLOCKS_H

#include "base/arena.h"
#include "base/span.h"
#include "corpus/front_matter.h"
#include "corpus/markdown_blocks.h"
#include "pinakes.h"

/* Reads `text` by the syntax of Org (https://orgmode.org/worg/org-syntax.html). What stands above the first heading as
 * "#+title: ..." or in a property drawer is front matter; properties of a heading that say something of a paper are
 * paragraphs of one line, "AUTHOR: Ada Example". Comments, code, planning, other drawers and keywords leave no trace,
 * nor do the marks of links, emphasis, time stamps, footnotes and citations in the words of a block. All lives in
 * `arena` or is a slice of `text`. Fails only for lack of memory. */
pinakes_status org_blocks(struct arena *arena, struct span text, struct front_matter *front, struct blocks *out,
                          pinakes_error *error);

#endif
