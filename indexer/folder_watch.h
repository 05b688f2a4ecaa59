/* Being told by the system (inotify) that something below the roots of a library has changed. What it was is not told:
 * the next run looks for itself, so nothing is lost when events are. */
#ifndef INDEXER_FOLDER_WATCH_H
#define INDEXER_FOLDER_WATCH_H

#include "corpus/walk.h"

#include <stdbool.h>

struct folder_watch;

/* `library_path` is absolute and outlives the watch: changes of the library's own files do not count. `*out` is freed
 * by folder_watch_close(). PINAKES_IO when the system gives no more watches. */
pinakes_status folder_watch_open(const char *library_path, struct folder_watch **out, pinakes_error *error);
void folder_watch_close(struct folder_watch *watch);

/* Watches the folders of the list, and for a root that is a file or not there the nearest folder above; what was
 * watched before and is not in the list is watched no longer. `*grew` tells whether a watch is new: what happened there
 * before is known only to a list made later. PINAKES_IO when the system gives no more watches. */
pinakes_status folder_watch_set(struct folder_watch *watch, const struct walk_list *list, bool *grew,
                                pinakes_error *error);

/* Waits for at most `timeout_ms`, or until a signal comes: whether there was a change a run should look at. A file that
 * is being written counts when it is closed, or after ten seconds without another write. */
bool folder_watch_wait(struct folder_watch *watch, int timeout_ms);

/* Whether some process is in the midst of writing the file at that absolute path. */
bool folder_watch_is_written(const struct folder_watch *watch, const char *path);

#endif
