#include "cli/output.h"

#include "cli/memory.h"
#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *pager_command(void)
{
    const char *pager = getenv("PAGER");
    return pager ? pager : "less";
}

static bool has_pager(void)
{
    const char *term = getenv("TERM");
    const char *pager = pager_command();
    return term && strcmp(term, "dumb") != 0 && *pager && strcmp(pager, "cat") != 0;
}

void output_open(struct output *output, enum color_choice color, bool allow_pager)
{
    *output = (struct output){.file = stdout, .terminal = terminal_of(stdout, color)};
    if (allow_pager && output->terminal.is_terminal && has_pager()) {
        output->file = open_memstream(&output->text, &output->bytes);
        if (!output->file) {
            memory_short();
        }
        output->paged = true;
    }
}

/* Starts the pager with its standard input on a pipe whose other end is returned; NULL when it cannot be started. */
static FILE *pager_start(pid_t *pid)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return NULL;
    }
    /* As git does: colours pass, a short text does not take the screen over. */
    setenv("LESS", "FRX", 0);
    setenv("LESSCHARSET", "utf-8", 0);
    char *shell_arguments[] = {(char[]){"sh"}, (char[]){"-c"}, memory_format("%s", pager_command()), NULL};
    char *less_arguments[] = {(char[]){"less"}, NULL};
    char **arguments = getenv("PAGER") ? shell_arguments : less_arguments;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    const int failure = posix_spawnp(pid, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    free(shell_arguments[2]);
    close(ends[0]);
    if (failure != 0) {
        close(ends[1]);
        return NULL;
    }
    return fdopen(ends[1], "w");
}

static bool page(const char *text, size_t bytes)
{
    pid_t pid;
    FILE *pipe = pager_start(&pid);
    if (!pipe) {
        return false;
    }
    /* Ctrl-C is the pager's while it runs, and a reader may leave before the end. */
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    fwrite(text, 1, bytes, pipe);
    fclose(pipe);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    const bool not_found = WIFEXITED(status) && WEXITSTATUS(status) == 127;
    return !not_found;
}

static bool is_longer_than(const char *text, size_t bytes, size_t rows)
{
    size_t lines = 0;
    for (const char *end; (end = memchr(text, '\n', bytes)) != NULL;) {
        bytes -= (size_t)(end + 1 - text);
        text = end + 1;
        lines++;
    }
    return lines >= rows;
}

bool output_flush(void)
{
    const bool failed = ferror(stdout) != 0;
    const int cause = fflush(stdout) != 0 ? errno : 0;
    if ((!failed && cause == 0) || cause == EPIPE) {
        return true;
    }
    complain("standard output cannot be written%s%s", cause ? ": " : "", cause ? strerror(cause) : "");
    return false;
}

bool output_close(struct output *output)
{
    if (output->paged) {
        fclose(output->file);
        const bool is_long = is_longer_than(output->text, output->bytes, output->terminal.rows);
        if (!is_long || !page(output->text, output->bytes)) {
            fwrite(output->text, 1, output->bytes, stdout);
        }
        free(output->text);
    }
    return output_flush();
}
