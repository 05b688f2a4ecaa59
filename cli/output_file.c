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
    (void)unlink(output->temporary);
    free(output->temporary);
}

/* mkstemp() lets nobody else read the file; a report is no secret beyond what the umask says. */
static bool open_up(int file)
{
    const mode_t mask = umask(0);
    (void)umask(mask);
    return fchmod(file, 0666 & ~mask) == 0;
}

bool output_file_open(struct output_file *output, const char *path)
{
    struct stat there;
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode)) {
        return fail(path, EISDIR);
    }
    *output = (struct output_file){.path = path, .temporary = memory_format("%s.XXXXXX", path)};
    const int file = mkstemp(output->temporary);
    if (file < 0) {
        const int cause = errno;
        free(output->temporary);
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
    if (!failed && cause == 0 && rename(output->temporary, output->path) != 0) {
        cause = errno;
    }
    if (failed || cause != 0) {
        forget(output);
        return fail(output->path, cause != 0 ? cause : EIO);
    }
    free(output->temporary);
    return true;
}

void output_file_drop(struct output_file *output)
{
    (void)fclose(output->file);
    forget(output);
}
