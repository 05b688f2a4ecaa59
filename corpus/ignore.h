/* .pinakesignore: which files and folders the walk passes over, in the syntax of gitignore(5). */
#ifndef CORPUS_IGNORE_H
#define CORPUS_IGNORE_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define IGNORE_FILE ".pinakesignore"

struct ignore_rule;

/* The rules of one folder's file; above them stand those of the folder that holds it. */
struct ignore_list {
    const struct ignore_list *above; /* NULL for none */
    size_t folder_len;               /* of the folder's path, in bytes: names are matched from there on */
    const struct ignore_rule *rules;
    size_t rule_count;
};

/* Reads the text of a file that lies in `folder`. `text` must outlive the list, which lives in `arena`. False when
 * memory is short. */
bool ignore_read(struct arena *arena, struct span text, const char *folder, const struct ignore_list *above,
                 struct ignore_list *out);

/* Whether `path`, which lies below the folders of all lists, is to be passed over: the innermost list that has a rule
 * for it decides, and in it the last such rule. Folders above `path` are taken to be not ignored. NULL ignores
 * nothing. */
bool ignore_has(const struct ignore_list *list, const char *path, bool is_folder);

#endif
