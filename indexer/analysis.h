/* The tokens of one paper, kept: its text is analysed once, whoever wants to know them. */
#ifndef INDEXER_ANALYSIS_H
#define INDEXER_ANALYSIS_H

#include "base/buffer.h"
#include "corpus/paper.h"
#include "indexer/analyzer.h"

struct kept_token;

/* All zero at first; analysis_free() at the end. One may be made anew for one paper after the other. */
struct analysis {
    struct span texts[FIELD_COUNT]; /* whose tokens they are; the caller's */
    struct kept_token *tokens;
    size_t count, capacity;
    size_t ends[FIELD_COUNT]; /* of each field's tokens */
    struct buffer bytes;      /* the texts of the tokens */
};

/* How long a paper is: papers.length and papers.words. */
struct paper_size {
    int64_t length, words;
};

/* Analyses the FIELD_COUNT texts, which must stay as long as the analysis is asked. False when memory is short; then it
 * holds nothing. */
bool analysis_make(struct analysis *analysis, struct analyzer *analyzer, const struct span texts[FIELD_COUNT]);

/* The tokens without the texts. False when memory is short. */
bool analysis_copy(struct analysis *to, const struct analysis *from);
void analysis_free(struct analysis *analysis);

/* The field whose text this is, byte by byte; FIELD_COUNT when it is none of them. */
enum field analysis_field(const struct analysis *analysis, struct span text);

/* The tokens of a field as analyzer_next() gave them: begin with `*at` = analysis_begin(). False at the end. */
size_t analysis_begin(const struct analysis *analysis, enum field field);
bool analysis_next(const struct analysis *analysis, enum field field, size_t *at, struct token *token);

/* How much memory the tokens take. */
size_t analysis_bytes(const struct analysis *analysis);

struct paper_size analysis_size(const struct analysis *analysis);

#endif
