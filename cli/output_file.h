/* A file that is there whole or not at all: written beside its place under another name, and renamed in the end. A
 * device or a pipe is written as it is. */
#ifndef CLI_OUTPUT_FILE_H
#define CLI_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct output_file {
    const char *path;
    char *target; /* where a link leads, else `path`; NULL as is `temporary` for what is written in place */
    char *temporary;
    FILE *file;
};

/* False after saying why `path` cannot be written. `path` must stay where it is until the file is closed. */
bool output_file_open(struct output_file *output, const char *path);

/* Puts the file in its place; false after saying why that failed, and then nothing has changed. */
bool output_file_keep(struct output_file *output);

#endif
