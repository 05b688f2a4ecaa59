#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    USUAL_COLUMNS = 80,
    USUAL_ROWS = 24,
    NARROWEST = 40,       /* below this, wrapping makes things worse */
    WIDEST_MEASURE = 120, /* longer lines are hard to read */
};

const struct terminal terminal_none = {.is_terminal = false};

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

static bool wants_color(bool is_terminal, enum color_choice choice)
{
    if (choice != COLOR_AUTO) {
        return choice == COLOR_ALWAYS;
    }
    const char *term = getenv("TERM");
    return is_terminal && !is_set("NO_COLOR") && term && strcmp(term, "dumb") != 0;
}

static size_t columns_from_environment(void)
{
    const char *columns = getenv("COLUMNS");
    const long value = columns ? strtol(columns, NULL, 10) : 0;
    return value > 0 && value < 10000 ? (size_t)value : USUAL_COLUMNS;
}

struct terminal terminal_of(FILE *file, enum color_choice choice)
{
    struct terminal terminal = {.is_terminal = isatty(fileno(file))};
    terminal.color = wants_color(terminal.is_terminal, choice);
    if (!terminal.is_terminal) {
        return terminal;
    }
    struct winsize size = {0};
    ioctl(fileno(file), TIOCGWINSZ, &size);
    terminal.columns = size.ws_col > 0 ? size.ws_col : columns_from_environment();
    terminal.rows = size.ws_row > 0 ? size.ws_row : USUAL_ROWS;
    if (terminal.columns < NARROWEST) {
        terminal.columns = 0;
    } else if (terminal.columns > WIDEST_MEASURE) {
        terminal.columns = WIDEST_MEASURE;
    }
    return terminal;
}

static const char *const style_codes[] = {
    [STYLE_PLAIN] = "",          [STYLE_TITLE] = "\033[1m",  [STYLE_MATCH] = "\033[1;31m",
    [STYLE_SOURCE] = "\033[36m", [STYLE_TOPIC] = "\033[32m", [STYLE_FAINT] = "\033[2m",
};

void style_begin(FILE *out, const struct terminal *terminal, enum style style)
{
    if (terminal->color) {
        fputs(style_codes[style], out);
    }
}

void style_end(FILE *out, const struct terminal *terminal, enum style style)
{
    if (terminal->color && style != STYLE_PLAIN) {
        fputs("\033[0m", out);
    }
}
