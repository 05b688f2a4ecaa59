/* The `pinakes` program: finds the command and hands over. */
#include "cli/message.h"
#include "cli/program.h"

#include <fcntl.h>
#include <unistd.h>

/* A library file must never get the number of a closed standard stream: what is printed would end up in it. The
 * places are taken by files that refuse what the program would do with them. */
static void occupy_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0) {
            (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

int main(int argc, char **argv)
{
    occupy_standard_streams();
    (void)setvbuf(stderr, NULL, _IOLBF, BUFSIZ); /* a message is one write: those of several processes do not mix */
    struct program program = {.color = COLOR_AUTO};
    struct options options = options_start(argv + (argc > 0), &global_options);
    options.stops_at_word = true;
    if (program_option(&program, &options) == OPTION_STOP) {
        return program.exit_status;
    }
    if (options.word_count == 0) {
        help_print(&program, NULL);
        return EXIT_TROUBLE;
    }
    program.command = command_named(options.words[0]);
    if (!program.command) {
        return EXIT_TROUBLE;
    }
    options.stops_at_word = false;
    options.words = options.arguments += options.at;
    options.at = options.word_count = 0;
    options.own = program.command->options;
    options.minus_words = program.command->minus_words;
    return program.command->run(&program, &options);
}
