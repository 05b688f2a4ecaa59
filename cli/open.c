/* `pinakes open`: a paper's source in an editor at its line, or its address in a browser. */
#include "cli/memory.h"
#include "cli/program.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPTION_URL = 1,
    OPTION_PRINT,
};

static const struct option_spec specs[] = {
    {OPTION_URL, 'u', "url", NULL, "the paper's address in a browser instead of its source"},
    {OPTION_PRINT, 'p', "print", NULL, "only print what it would open: file:line, or the address"},
};

/* ---- the editor ------------------------------------------------------------------------------------------ */

/* How an editor is told of a line: the manuals of each. In `arguments` "%f" is the file and "%l" the line. */
struct editor {
    const char *name;
    const char *arguments[3];
};

static const struct editor editors[] = {
    {"vi", {"+%l", "%f"}},
    {"vim", {"+%l", "%f"}},
    {"nvim", {"+%l", "%f"}},
    {"view", {"+%l", "%f"}},
    {"gvim", {"+%l", "%f"}},
    {"vim.basic", {"+%l", "%f"}},
    {"vim.tiny", {"+%l", "%f"}},
    {"nvi", {"+%l", "%f"}},
    {"ex", {"+%l", "%f"}},
    {"emacs", {"+%l", "%f"}},
    {"emacsclient", {"+%l", "%f"}},
    {"mg", {"+%l", "%f"}},
    {"zile", {"+%l", "%f"}},
    {"nano", {"+%l", "%f"}},
    {"pico", {"+%l", "%f"}},
    {"kak", {"+%l", "%f"}},
    {"micro", {"+%l", "%f"}},
    {"joe", {"+%l", "%f"}},
    {"ne", {"+%l", "%f"}},
    {"gedit", {"+%l", "%f"}},
    {"less", {"+%l", "%f"}},
    {"code", {"-g", "%f:%l"}},
    {"codium", {"-g", "%f:%l"}},
    {"code-insiders", {"-g", "%f:%l"}},
    {"cursor", {"-g", "%f:%l"}},
    {"subl", {"%f:%l"}},
    {"hx", {"%f:%l"}},
    {"helix", {"%f:%l"}},
    {"zed", {"%f:%l"}},
    {"kate", {"-l", "%l", "%f"}},
    {"kwrite", {"-l", "%l", "%f"}},
};

/* One that is not known is given the file alone. */
static const struct editor unknown_editor = {"", {"%f"}};

/* The program a command names: "emacsclient" of "/usr/bin/emacsclient -t". */
static const struct editor *editor_of(const char *command)
{
    const size_t bytes = strcspn(command, " \t");
    size_t start = bytes;
    while (start > 0 && command[start - 1] != '/') {
        start--;
    }
    for (size_t i = 0; i < sizeof editors / sizeof editors[0]; i++) {
        if (strlen(editors[i].name) == bytes - start && memcmp(editors[i].name, command + start, bytes - start) == 0) {
            return &editors[i];
        }
    }
    return &unknown_editor;
}

static const char *editor_command(void)
{
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && value[strspn(value, " \t")]) {
            return value + strspn(value, " \t");
        }
    }
    return "vi";
}

static char *fill(const char *argument, const char *file, uint32_t line)
{
    if (strcmp(argument, "%f") == 0) {
        return memory_copy(file, strlen(file));
    }
    return strcmp(argument, "%f:%l") == 0 ? memory_format("%s:%" PRIu32, file, line)
           : strcmp(argument, "+%l") == 0 ? memory_format("+%" PRIu32, line)
           : strcmp(argument, "%l") == 0  ? memory_format("%" PRIu32, line)
                                          : memory_copy(argument, strlen(argument));
}

/* The variable is a piece of shell, as everywhere; the shell then becomes the editor. Returns only in trouble. */
static int run_editor(const char *file, uint32_t line)
{
    const char *command = editor_command();
    const struct editor *editor = editor_of(command);
    char *script = memory_format("exec %s \"$@\"", command);
    char *filled[3] = {NULL};
    for (size_t i = 0; i < 3 && editor->arguments[i]; i++) {
        filled[i] = fill(editor->arguments[i], file, line);
    }
    execl("/bin/sh", "sh", "-c", script, "pinakes", filled[0], filled[1], filled[2], (char *)NULL);
    for (size_t i = 0; i < 3; i++) {
        free(filled[i]);
    }
    free(script);
    return complain("/bin/sh cannot be run");
}

static int open_source(const pinakes_paper *paper, bool print)
{
    if (strcmp(paper->path, "-") == 0) {
        return complain("%s was read from standard input: there is no file to open", paper->key);
    }
    if (access(paper->path, R_OK) != 0) {
        return complain("%s cannot be opened: it is gone or lies in an archive; 'pinakes show %s' prints what it said",
                        paper->path, paper->key);
    }
    if (print) {
        printf("%s:%" PRIu32 "\n", paper->path, paper->line);
        return output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
    }
    return run_editor(paper->path, paper->line);
}

/* ---- the browser ----------------------------------------------------------------------------------------- */

/* An address in a note could as well be a file or an option of the browser's: only what is on the web is opened. */
static bool is_on_the_web(const char *url)
{
    return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
}

/* The caller frees it; NULL when the paper has none. */
static char *address_of(const pinakes_paper *paper)
{
    if (is_on_the_web(paper->url)) {
        return memory_copy(paper->url, strlen(paper->url));
    }
    if (*paper->doi) {
        return memory_format("https://doi.org/%s", paper->doi);
    }
    if (*paper->arxiv) {
        return memory_format("https://arxiv.org/abs/%s", paper->arxiv);
    }
    return *paper->pmid ? memory_format("https://pubmed.ncbi.nlm.nih.gov/%s/", paper->pmid) : NULL;
}

static int open_address(const pinakes_paper *paper, bool print)
{
    char *address = address_of(paper);
    int code = EXIT_FOUND;
    if (!address) {
        complain("%s has no address, DOI, arXiv or PubMed identifier", paper->key);
        return EXIT_NONE;
    }
    if (print) {
        printf("%s\n", address);
        code = output_flush() ? EXIT_FOUND : EXIT_TROUBLE;
    } else {
        execlp("xdg-open", "xdg-open", address, (char *)NULL);
        code = complain("xdg-open cannot be run; the address is %s", address);
    }
    free(address);
    return code;
}

/* ---- the command ----------------------------------------------------------------------------------------- */

/* The library is closed before another program takes over. */
static pinakes_status fetch(const struct program *program, const char *key, pinakes_paper **out)
{
    pinakes_error error;
    pinakes_library *library = program_library(program, PINAKES_READ);
    if (!library) {
        return PINAKES_NO_LIBRARY;
    }
    const pinakes_status status = pinakes_show(library, key, out, &error);
    if (status != PINAKES_OK) {
        complain("%s", error.message);
    }
    pinakes_close(library);
    return status;
}

static int run_open(struct program *program, struct options *options)
{
    bool url = false, print = false;
    for (int id; (id = program_option(program, options)) != OPTION_END;) {
        switch (id) {
        case OPTION_URL:
            url = true;
            break;
        case OPTION_PRINT:
            print = true;
            break;
        default:
            return program->exit_status;
        }
    }
    if (options->word_count != 1) {
        return complain("open which paper? Name one key, which 'pinakes search' prints: pinakes open KEY");
    }
    pinakes_paper *paper;
    const pinakes_status status = fetch(program, options->words[0], &paper);
    if (status != PINAKES_OK) {
        return status == PINAKES_NOT_FOUND ? EXIT_NONE : EXIT_TROUBLE;
    }
    const int code = url ? open_address(paper, print) : open_source(paper, print);
    pinakes_paper_free(paper);
    return code;
}

const struct command command_open = {
    .name = "open",
    .arguments = "KEY",
    .summary = "a paper's source in the editor, or its page in a browser",
    .about = "Opens the file a paper was read from in $VISUAL, $EDITOR or vi, where its title\n"
             "stands; --url opens its address, or that of its DOI, arXiv or PubMed identifier,\n"
             "by xdg-open. The exit status is then that of the editor or browser.\n",
    .examples = "  pinakes open KEY\n"
                "  pinakes open --url KEY\n"
                "  EDITOR='code --wait' pinakes open KEY\n",
    .options = {specs, sizeof specs / sizeof specs[0]},
    .run = run_open,
};
