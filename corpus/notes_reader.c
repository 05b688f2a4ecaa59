/* Loose notes: papers found in text files the way people write them. */
#include "corpus/notes_file.h"
#include "corpus/notes_paper.h"
#include "corpus/reader.h"
#include "corpus/words.h"

#include "base/error.h"

#include <stdlib.h>
#include <strings.h>

enum {
    CLAIM_BY_NAME = 50,    /* notes.txt, or no ending at all */
    CLAIM_MIXED = 70,      /* the same, and most titles stand behind no heading mark: Markdown would miss them */
    CLAIM_BY_CONTENT = 20, /* any other ending */
    CLAIM_BYTES = 1 << 18, /* of a large source this much decides */
    NARROWEST_WRAP = 50,
    WIDEST_WRAP = 100,
};

/* ---- claims ---------------------------------------------------------------------------------------------- */

/* The name's ending without its dot, "" when it has none. */
static const char *ending(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash == NULL ? name : slash + 1;
    const char *dot = strrchr(base, '.');
    return dot == NULL || dot == base ? "" : dot + 1;
}

static bool is_one_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(text, list[i]) == 0)
            return true;
    return false;
}

static const char *base_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash == NULL ? name : slash + 1;
}

/* Files that come with programs, whatever they end in: "LICENSE", "changelog.Debian.gz", "requirements.txt". */
static bool is_of_program(const char *name)
{
    static const char *const names[] = {
        "changelog",     "changes", "copyright",   "license",    "licence",    "copying",   "news",         "history",
        "release-notes", "thanks",  "makefile",    "dockerfile", "cmakelists", "authors",   "contributors", "install",
        "requirements",  "robots",  "vagrantfile", "gemfile",    "procfile",   "codeowners"};
    const char *base = base_of(name);
    const size_t len = strcspn(base, ".");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (len == strlen(names[i]) && strncasecmp(base, names[i], len) == 0)
            return true;
    return false;
}

/* What a source's name alone lets it be: notes for sure, notes if it looks so, or something else. */
static int claim_of_name(const char *name)
{
    static const char *const notes[] = {"", "txt", "text", "notes", "note"};
    static const char *const others[] = {
        "md",     "markdown", "mdown", "mkd",   "mkdn", "bib",  "ris", "nbib", "enw",   "ciw",  "json",  "jsonl",
        "ndjson", "html",     "htm",   "xhtml", "xml",  "tex",  "sty", "cls",  "csv",   "tsv",  "yaml",  "yml",
        "toml",   "ini",      "cfg",   "conf",  "c",    "h",    "cc",  "cpp",  "cxx",   "hpp",  "hh",    "cs",
        "go",     "rs",       "py",    "pyi",   "js",   "mjs",  "ts",  "jsx",  "tsx",   "java", "kt",    "scala",
        "swift",  "rb",       "pl",    "pm",    "php",  "lua",  "r",   "jl",   "m",     "ml",   "mli",   "hs",
        "clj",    "ex",       "erl",   "sql",   "sh",   "bash", "zsh", "fish", "bat",   "ps1",  "css",   "scss",
        "cmake",  "mk",       "make",  "asm",   "s",    "v",    "sv",  "vhdl", "proto", "diff", "patch", "log",
        "svg",    "ipynb",    "lock",  "pdf",   "db"};
    const char *end = ending(name);
    if (is_of_program(name))
        return 0;
    if (is_one_of(end, notes, sizeof notes / sizeof notes[0]))
        return CLAIM_BY_NAME;
    return is_one_of(end, others, sizeof others / sizeof others[0]) ? 0 : CLAIM_BY_CONTENT;
}

/* More than a few control characters: no text anyone wrote. */
static bool is_binary(struct span text)
{
    size_t controls = 0;
    for (size_t i = 0; i < text.len; i++)
        controls += (unsigned char)text.at[i] < 0x20 && !is_blank(text.at[i]) && text.at[i] != 0x1b;
    return controls * 10 > text.len;
}

static int claims_notes(const struct source_text *source)
{
    struct span text = source->text;
    if (text.len > CLAIM_BYTES) {
        const char *end = memrchr(text.at, '\n', CLAIM_BYTES);
        text.len = end == NULL ? 0 : (size_t)(end - text.at);
    }
    const int claim = claim_of_name(source->name);
    if (claim == 0 || is_binary(text))
        return 0;
    struct arena arena = {0};
    struct notes_file file;
    const bool found = notes_file_read(text, &arena, &file) && file.about_papers;
    const bool mixed = found && file.headings > 0 && file.titles > 2 * file.headings;
    arena_free(&arena);
    if (!found)
        return 0;
    return mixed && claim == CLAIM_BY_NAME ? CLAIM_MIXED : claim;
}

/* ---- reading --------------------------------------------------------------------------------------------- */

struct reading {
    const struct paper_sink *sink;
    pinakes_error *error;
    struct arena arena; /* of one paper */
    struct draft draft;
    struct heading heading;
    bool open; /* a paper is being read */
    bool told; /* of text above the next title */
};

/* The column where the file breaks its lines, 0 when its lines are too long or too short to say. */
static size_t wrap_columns(struct span text)
{
    size_t widest = 0, column = 0;
    for (size_t i = 0; i < text.len; i++) {
        column = text.at[i] == '\n' ? 0 : column + (((unsigned char)text.at[i] & 0xC0) != 0x80 && text.at[i] != '\r');
        widest = column > widest ? column : widest;
    }
    return widest >= NARROWEST_WRAP && widest <= WIDEST_WRAP ? widest : 0;
}

static pinakes_status close_paper(struct reading *reading)
{
    pinakes_status status = PINAKES_OK;
    if (!reading->open)
        return status;
    reading->open = false;
    if (reading->draft.failed)
        status = error_no_memory(reading->error);
    else
        status = reading->sink->paper(reading->sink->context, draft_finish(&reading->draft), reading->error);
    arena_reset(&reading->arena);
    return status;
}

/* Text that no title stands above belongs to no paper; one line says so for all of it. */
static void pass_over(struct reading *reading, const struct line *line)
{
    if (!reading->told && reading->sink->notice != NULL && line->kind != LINE_SEPARATOR)
        reading->sink->notice(reading->sink->context, line->number,
                              "no title above this text, so it is left out; if this is a title, put '# ' before it");
    reading->told |= line->kind != LINE_SEPARATOR;
}

static pinakes_status read_line(struct reading *reading, const struct line *line, const struct line *below)
{
    if (line->kind == LINE_TITLE) {
        const pinakes_status status = close_paper(reading);
        draft_begin(&reading->draft, line, below != NULL && below->kind == LINE_REST ? below : NULL, &reading->heading);
        reading->open = true;
        reading->told = false;
        return status;
    }
    if (line->kind == LINE_STAMP && !(line->own && reading->open && reading->draft.head_open)) {
        heading_take(&reading->heading, line);
        return close_paper(reading);
    }
    if (reading->open)
        draft_take(&reading->draft, line);
    else
        pass_over(reading, line);
    return PINAKES_OK;
}

static pinakes_status read_papers(struct reading *reading, const struct notes_file *file)
{
    pinakes_status status = PINAKES_OK;
    for (size_t i = 0; i < file->count && status == PINAKES_OK; i++)
        status = read_line(reading, &file->lines[i], i + 1 < file->count ? &file->lines[i + 1] : NULL);
    return status == PINAKES_OK ? close_paper(reading) : status;
}

static pinakes_status read_notes(const struct source_text *source, const struct paper_sink *sink, pinakes_error *error)
{
    struct arena arena = {0};
    struct notes_file file;
    pinakes_status status = PINAKES_OK;
    struct reading reading = {.sink = sink, .error = error};
    reading.draft.arena = &reading.arena;
    if (!notes_file_read(source->text, &arena, &file)) {
        status = error_no_memory(error);
    } else if (file.about_papers) {
        reading.draft.wrap_columns = wrap_columns(source->text);
        status = read_papers(&reading, &file);
    }
    arena_free(&reading.arena);
    arena_free(&arena);
    return status;
}

const struct reader reader_notes = {.name = "notes", .claims = claims_notes, .read = read_notes};
