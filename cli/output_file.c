#include "cli/output_file.h"

#include "cli/memory.h"
#include "cli/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *path, int cause)
{
    complain("%s cannot be written: %s", path, strerror(cause));
    return false;
}

static void forget(struct output_file *output)
{
    if (output->temporary) {
        (void)unlink(output->temporary);
    }
    free(output->temporary);
    free(output->target);
}

/* mkstemp() lets nobody else read the file; a report is no secret beyond what the umask says. */
static bool open_up(int file)
{
    const mode_t mask = umask(0);
    (void)umask(mask);
    return fchmod(file, 0666 & ~mask) == 0;
}

/* A device or a pipe, which nothing may take the place of. */
static bool open_in_place(struct output_file *output, const char *path)
{
    *output = (struct output_file){.path = path, .file = fopen(path, "we")};
    return output->file != NULL || fail(path, errno);
}

/* The file itself where `path` is a link to one. */
static char *target_of(const char *path)
{
    char *target = realpath(path, NULL);
    return target ? target : memory_copy(path, strlen(path));
}

bool output_file_open(struct output_file *output, const char *path)
{
    struct stat there;
    const bool is_there = stat(path, &there) == 0;
    if (is_there && S_ISDIR(there.st_mode)) {
        return fail(path, EISDIR);
    }
    if (is_there && !S_ISREG(there.st_mode)) {
        return open_in_place(output, path);
    }
    char *target = target_of(path);
    *output = (struct output_file){.path = path, .target = target, .temporary = memory_format("%s.XXXXXX", target)};
    const int file = mkstemp(output->temporary);
    if (file < 0) {
        const int cause = errno;
        forget(output);
        return fail(path, cause);
    }
    output->file = open_up(file) ? fdopen(file, "w") : NULL;
    if (!output->file) {
        const int cause = errno;
        (void)close(file);
        forget(output);
        return fail(path, cause);
    }
    return true;
}

bool output_file_keep(struct output_file *output)
{
    const bool failed = ferror(output->file) != 0;
    int cause = fflush(output->file) != 0 ? errno : 0;
    if (fclose(output->file) != 0 && cause == 0) {
        cause = errno;
    }
    if (!failed && cause == 0 && output->temporary && rename(output->temporary, output->target) != 0) {
        cause = errno;
    }
    if (failed || cause != 0) {
        forget(output);
        return fail(output->path, cause != 0 ? cause : EIO);
    }
    free(output->temporary);
    free(output->target);
    return true;
}
