#include "corpus/pdf_process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONGEST_SECONDS = 60, PIECE_BYTES = 1 << 16 };
#define LARGEST_PDF ((size_t)1 << 30)

static bool write_all(int file, struct span text)
{
    while (text.len > 0) {
        const ssize_t written = write(file, text.at, text.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text = (struct span){text.at + written, text.len - (size_t)written};
    }
    return true;
}

/* The stream as a file, since a PDF is read from its end; -1 when that cannot be made. */
static int file_of(struct stream *stream)
{
    const int file = memfd_create("pdf", MFD_CLOEXEC);
    size_t bytes = 0;
    bool good = file >= 0;
    while (good) {
        const struct span window = stream_peek(stream, PIECE_BYTES);
        if (window.len == 0)
            break;
        bytes += window.len;
        good = bytes <= LARGEST_PDF && write_all(file, window);
        stream_take(stream, window.len);
    }
    if (good && lseek(file, 0, SEEK_SET) == 0)
        return file;
    if (file >= 0)
        (void)close(file);
    return -1;
}

static int spawn(int input, int output, pid_t *id)
{
    static const char *const arguments[] = {"pdftotext", "-q", "-bbox-layout", "-enc", "UTF-8", "/dev/fd/0", "-", NULL};
    extern char **environ;
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    int code = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    if (code == 0)
        code = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (code == 0)
        code = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (code == 0)
        code = posix_spawnp(id, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    return code;
}

bool pdf_process_start(struct stream *stream, struct pdf_process *out, const char **complaint)
{
    static const struct rlimit seconds = {LONGEST_SECONDS, LONGEST_SECONDS};
    int ends[2] = {-1, -1};
    const int input = file_of(stream);
    int code = input < 0 || pipe2(ends, O_CLOEXEC) != 0 ? EIO : 0;
    if (code == 0)
        code = spawn(input, ends[1], &out->id);
    if (input >= 0)
        (void)close(input);
    if (ends[1] >= 0)
        (void)close(ends[1]);
    if (code == 0) {
        (void)prlimit(out->id, RLIMIT_CPU, &seconds, NULL);
        out->output = ends[0];
        return true;
    }
    if (ends[0] >= 0)
        (void)close(ends[0]);
    *complaint = code == ENOENT ? "pdftotext, which reads PDF, is not there; install poppler-utils"
                                : "pdftotext, which reads PDF, could not be started";
    return false;
}

size_t pdf_process_read(const struct pdf_process *process, char *into, size_t bytes)
{
    ssize_t got;
    do
        got = read(process->output, into, bytes);
    while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : (size_t)got;
}

bool pdf_process_end(struct pdf_process *process)
{
    int status = 0;
    (void)close(process->output);
    while (waitpid(process->id, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
