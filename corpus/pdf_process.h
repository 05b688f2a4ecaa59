/* pdftotext of Poppler as a process of its own, so that no PDF can do harm here. */
#ifndef CORPUS_PDF_PROCESS_H
#define CORPUS_PDF_PROCESS_H

#include "corpus/stream.h"

#include <stddef.h>
#include <sys/types.h>

struct pdf_process {
    int output; /* a pipe */
    pid_t id;
};

/* Starts pdftotext over all that is left of `stream`, which is kept in memory meanwhile; what it writes, XHTML with the
 * place of every word, is to be read from `output`. False when that cannot be done, with why, for people, in
 * `*complaint`. */
bool pdf_process_start(struct stream *stream, struct pdf_process *out, const char **complaint);

/* The next bytes of the output, 0 at its end. */
size_t pdf_process_read(const struct pdf_process *process, char *into, size_t bytes);

/* Waits for the end, which comes soon when the output is closed. False when the process had found nothing it could
 * read. */
bool pdf_process_end(struct pdf_process *process);

#endif
