#include "corpus/draft.h"

#include "corpus/front_matter.h"
#include "corpus/words.h"

#include <stdint.h>

/* ---- LaTeX ----------------------------------------------------------------------------------------------- */

struct stripper {
    struct arena *arena;
    struct span source;
    size_t at;
    char *out; /* room for `source` and one more */
    size_t out_bytes;
    struct draft *draft;
    struct span title; /* the argument of \title, with its mark-up */
    bool is_setup;     /* in front of \begin{document} */
    uint64_t unclosed; /* bit i: from here on nothing ends what mark i begins, so that it is looked for once only */
    bool failed;
};

enum argument {
    ARGUMENT_READ,  /* its text is text of the draft */
    ARGUMENT_DROP,  /* all that follow in brackets and braces */
    ARGUMENT_FIRST, /* the first one is dropped, the second read: \href */
    ARGUMENT_CITE,
    ARGUMENT_BIBLIOGRAPHY,
    ARGUMENT_PART,   /* a file that is read in its place */
    ARGUMENT_IMPORT, /* the same, of a folder and a name */
    ARGUMENT_BLOCK,  /* parts an item of a list of references */
    ARGUMENT_TITLE,
    ARGUMENT_BEGIN,
};

/* Commands whose arguments are no text; a name that begins with "cite" or ends with "cite" cites. */
static const struct {
    const char *name;
    enum argument argument;
} commands[] = {
    {"addbibresource", ARGUMENT_BIBLIOGRAPHY},
    {"addglobalbib", ARGUMENT_BIBLIOGRAPHY},
    {"addsectionbib", ARGUMENT_BIBLIOGRAPHY},
    {"affiliation", ARGUMENT_DROP},
    {"author", ARGUMENT_DROP},
    {"autoref", ARGUMENT_DROP},
    {"begin", ARGUMENT_BEGIN},
    {"bibliography", ARGUMENT_BIBLIOGRAPHY},
    {"bibliographystyle", ARGUMENT_DROP},
    {"color", ARGUMENT_DROP},
    {"cref", ARGUMENT_DROP},
    {"Cref", ARGUMENT_DROP},
    {"definecolor", ARGUMENT_DROP},
    {"documentclass", ARGUMENT_DROP},
    {"email", ARGUMENT_DROP},
    {"end", ARGUMENT_DROP},
    {"eqref", ARGUMENT_DROP},
    {"href", ARGUMENT_FIRST},
    {"hspace", ARGUMENT_DROP},
    {"import", ARGUMENT_IMPORT},
    {"include", ARGUMENT_PART},
    {"includegraphics", ARGUMENT_DROP},
    {"input", ARGUMENT_PART},
    {"label", ARGUMENT_DROP},
    {"newcommand", ARGUMENT_DROP},
    {"newblock", ARGUMENT_BLOCK},
    {"newenvironment", ARGUMENT_DROP},
    {"nobibliography", ARGUMENT_BIBLIOGRAPHY},
    {"pageref", ARGUMENT_DROP},
    {"ref", ARGUMENT_DROP},
    {"renewcommand", ARGUMENT_DROP},
    {"setcounter", ARGUMENT_DROP},
    {"setlength", ARGUMENT_DROP},
    {"subfile", ARGUMENT_PART},
    {"subimport", ARGUMENT_IMPORT},
    {"textcolor", ARGUMENT_FIRST},
    {"title", ARGUMENT_TITLE},
    {"url", ARGUMENT_DROP},
    {"usepackage", ARGUMENT_DROP},
    {"vspace", ARGUMENT_DROP},
};

/* Environments that hold no sentences; a star may follow. */
static const char *const wordless[] = {
    "align",       "alignat",  "algorithm",    "algorithmic", "displaymath",     "equation",
    "eqnarray",    "gather",   "lstlisting",   "math",        "minted",          "multline",
    "tikzpicture", "verbatim", "filecontents", "comment",     "thebibliography",
};

static struct span rest(const struct stripper *in)
{
    return (struct span){in->source.at + in->at, in->source.len - in->at};
}

static void put(struct stripper *in, char c)
{
    in->out[in->out_bytes++] = c;
}

/* The group that begins at `at` with `open`: what stands in it, and where it ends. An unclosed one holds nothing and
 * ends where it begins. */
static struct span group_at(struct span source, size_t at, char open, char close, size_t *end)
{
    enum { LONGEST = 4096 }; /* so that stray braces cost no more than their number */
    size_t depth = 0;
    const size_t behind = source.len - at < LONGEST ? source.len : at + LONGEST;
    *end = at;
    for (size_t i = at; i < behind; i++) {
        if (source.at[i] == '\\')
            i++;
        else if (source.at[i] == open)
            depth++;
        else if (source.at[i] == close && --depth == 0) {
            *end = i + 1;
            return (struct span){source.at + at + 1, i - at - 1};
        }
    }
    return (struct span){source.at + at, 0};
}

/* Steps over one argument in braces, or none, after any in brackets. */
static struct span take_argument(struct stripper *in)
{
    size_t end;
    while (in->at < in->source.len && (in->source.at[in->at] == '[' || in->source.at[in->at] == '*')) {
        if (in->source.at[in->at] == '*') {
            in->at++;
            continue;
        }
        (void)group_at(in->source, in->at, '[', ']', &end);
        if (end == in->at)
            break;
        in->at = end;
    }
    if (in->at == in->source.len || in->source.at[in->at] != '{')
        return (struct span){"", 0};
    const struct span argument = group_at(in->source, in->at, '{', '}', &end);
    in->at = end;
    return argument;
}

static void drop_arguments(struct stripper *in)
{
    size_t before;
    do {
        before = in->at;
        (void)take_argument(in);
    } while (in->at > before);
}

/* Goes behind `mark`; where there is none, the text goes on. `bit` tells the marks apart. */
static void skip_to(struct stripper *in, const char *mark, unsigned bit)
{
    if ((in->unclosed >> bit & 1) != 0)
        return;
    const struct span left = rest(in);
    const char *found = memmem(left.at, left.len, mark, strlen(mark));
    if (found != NULL)
        in->at += (size_t)(found - left.at) + strlen(mark);
    else
        in->unclosed |= UINT64_C(1) << bit;
}

enum { BIT_ROUND, BIT_SQUARE, BIT_ENVIRONMENTS };

static bool add_reference_list(struct draft *draft, struct arena *arena, struct span list)
{
    struct span *grown = arena_grow(arena, draft->reference_lists, draft->reference_list_count,
                                    &draft->reference_list_capacity, sizeof *grown);
    if (grown == NULL)
        return false;
    draft->reference_lists = grown;
    draft->reference_lists[draft->reference_list_count++] = list;
    return true;
}

static void skip_wordless(struct stripper *in, struct span environment)
{
    const bool has_star = environment.len > 0 && environment.at[environment.len - 1] == '*';
    const struct span name = {environment.at, environment.len - has_star};
    for (unsigned i = 0; i < sizeof wordless / sizeof wordless[0]; i++) {
        if (!span_is(name, wordless[i]))
            continue;
        const size_t start = in->at;
        char *mark = arena_format(in->arena, "\\end{%s%s}", wordless[i], has_star ? "*" : "");
        in->failed |= mark == NULL;
        if (mark != NULL)
            skip_to(in, mark, BIT_ENVIRONMENTS + 2 * i + has_star);
        if (span_is(name, "thebibliography"))
            in->failed |=
                !add_reference_list(in->draft, in->arena, (struct span){in->source.at + start, in->at - start});
    }
}

static enum argument argument_of(struct span command)
{
    static const char cite[] = "cite";
    const size_t cite_bytes = sizeof cite - 1;
    if (command.len >= cite_bytes &&
        (span_starts(command, cite) || memcmp(command.at + command.len - cite_bytes, cite, cite_bytes) == 0 ||
         span_starts(command, "Cite")))
        return ARGUMENT_CITE;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (span_is(command, commands[i].name))
            return commands[i].argument;
    return ARGUMENT_READ;
}

/* What \cite{...} names; \nocite{*} is all there is. */
static void cite(struct stripper *in, struct span keys)
{
    if (span_is(span_trim(keys), "*"))
        in->draft->cites_all = true;
    else
        in->failed |= !name_set_add_list(&in->draft->cited, in->arena, keys);
}

static void add_part(struct stripper *in, struct span name)
{
    struct name_set *parts = in->is_setup ? &in->draft->setup_parts : &in->draft->parts;
    in->failed |= !name_set_add(parts, in->arena, span_trim(name));
}

/* \input{name}, and \input name as TeX itself has it. */
static struct span take_file_name(struct stripper *in)
{
    struct span left = rest(in), name;
    if (left.len == 0 || left.at[0] != ' ' || !span_word(&left, &name) || name.at[0] == '{' || name.at[0] == '\\')
        return take_argument(in);
    in->at = (size_t)(name.at + name.len - in->source.at);
    return name;
}

/* \import{folder/}{name} */
static void import_part(struct stripper *in)
{
    const struct span folder = take_argument(in), name = take_argument(in);
    const char *path = arena_format(in->arena, "%.*s%.*s", SPAN_ARGS(folder), SPAN_ARGS(name));
    in->failed |= path == NULL;
    if (path != NULL)
        add_part(in, span_of(path));
}

static void follow_command(struct stripper *in, struct span command)
{
    const enum argument argument = argument_of(command);
    switch (argument) {
    case ARGUMENT_READ: /* what stands in brackets behind a command is an option of it */
        if (in->at < in->source.len && in->source.at[in->at] == '[') {
            size_t end;
            (void)group_at(in->source, in->at, '[', ']', &end);
            in->at = end;
        }
        break;
    case ARGUMENT_DROP:
        drop_arguments(in);
        break;
    case ARGUMENT_FIRST:
        (void)take_argument(in);
        break;
    case ARGUMENT_CITE:
        cite(in, take_argument(in));
        break;
    case ARGUMENT_BIBLIOGRAPHY:
        in->failed |= !name_set_add_list(&in->draft->bibliographies, in->arena, take_argument(in));
        break;
    case ARGUMENT_PART:
        add_part(in, take_file_name(in));
        break;
    case ARGUMENT_IMPORT:
        import_part(in);
        break;
    case ARGUMENT_BLOCK:
        put(in, DRAFT_BLOCK);
        break;
    case ARGUMENT_TITLE:
        in->title = take_argument(in);
        break;
    case ARGUMENT_BEGIN:
        skip_wordless(in, take_argument(in));
        break;
    }
}

/* \'e, \"{o}: the letter is kept, for the analyzer folds accents anyway. Other signs stand for themselves. */
static void follow_sign(struct stripper *in, char sign)
{
    static const char accents[] = "'`\"^~=.";
    if (sign == '(') {
        skip_to(in, "\\)", BIT_ROUND);
    } else if (sign == '[') {
        skip_to(in, "\\]", BIT_SQUARE);
    } else if (strchr(accents, sign) != NULL && sign != '\0') {
        in->at += in->at < in->source.len && in->source.at[in->at] == '{';
    } else if (sign != '-') { /* \- only allows a break */
        put(in, (char)(sign == '\\' ? ' ' : sign));
    }
}

static void read_backslash(struct stripper *in)
{
    in->at++;
    size_t end = in->at;
    while (end < in->source.len && is_ascii_letter(in->source.at[end]))
        end++;
    if (end == in->at) {
        if (in->at < in->source.len)
            follow_sign(in, in->source.at[in->at++]);
        return;
    }
    const struct span command = {in->source.at + in->at, end - in->at};
    in->at = end;
    if (command.len == 1) { /* \c{c}, \v{s}, \o: accents and letters inside a word */
        if (strchr("oOlLij", command.at[0]) != NULL)
            put(in, command.at[0]);
        return;
    }
    if (in->out_bytes > 0 && in->out[in->out_bytes - 1] != ' ')
        put(in, ' ');
    follow_command(in, command);
}

/* $...$ and $$...$$ up to the end of the paragraph. */
static void skip_formula(struct stripper *in)
{
    const size_t marks = in->at + 1 < in->source.len && in->source.at[in->at + 1] == '$' ? 2 : 1;
    put(in, ' ');
    in->at += marks;
    for (size_t i = in->at; i < in->source.len; i++) {
        if (in->source.at[i] == '\\')
            i++;
        else if (in->source.at[i] == '\n' && i + 1 < in->source.len && in->source.at[i + 1] == '\n')
            return;
        else if (in->source.at[i] == '$') {
            in->at = i + marks < in->source.len ? i + marks : in->source.len;
            return;
        }
    }
}

static void skip_comment(struct stripper *in)
{
    const struct span left = rest(in);
    const char *end = memchr(left.at, '\n', left.len);
    in->at = end == NULL ? in->source.len : (size_t)(end - in->source.at);
}

static void strip(struct stripper *in)
{
    while (in->at < in->source.len && !in->failed) {
        const char c = in->source.at[in->at];
        switch (c) {
        case '\\':
            read_backslash(in);
            break;
        case '%':
            skip_comment(in);
            break;
        case '$':
            skip_formula(in);
            break;
        case '{':
        case '}':
            in->at++;
            break;
        default:
            put(in, (char)(c == '~' ? ' ' : c));
            in->at++;
        }
    }
}

/* `source` without mark-up, in the arena. */
static struct span stripped(struct stripper *in, struct span source)
{
    in->out = arena_alloc(in->arena, source.len + 1);
    in->failed |= in->out == NULL;
    in->source = source;
    in->at = in->out_bytes = 0;
    in->unclosed = 0;
    if (!in->failed)
        strip(in);
    return (struct span){in->out, in->out_bytes};
}

/* What stands in front of \begin{document} sets up the page; only the title in it is text. */
bool draft_read_part(struct span source, struct arena *arena, bool is_setup, struct draft *draft)
{
    static const char begin[] = "\\begin{document}";
    struct stripper in = {.arena = arena, .draft = draft, .title = {"", 0}, .is_setup = true};
    const char *body = memmem(source.at, source.len, begin, sizeof begin - 1);
    const size_t preamble = body == NULL ? 0 : (size_t)(body - source.at);
    (void)stripped(&in, (struct span){source.at, preamble});
    in.is_setup = is_setup;
    draft->text = stripped(&in, (struct span){source.at + preamble, source.len - preamble});
    if (is_setup)
        draft->text.len = 0;
    draft->title = stripped(&in, in.title);
    return !in.failed;
}

bool draft_strip(struct span source, struct arena *arena, struct span *text)
{
    struct draft unwanted = {.cites_all = false};
    struct stripper in = {.arena = arena, .draft = &unwanted, .title = {"", 0}};
    *text = stripped(&in, source);
    return !in.failed;
}

/* ---- plain text and Markdown ----------------------------------------------------------------------------- */

/* Whether `c` in front of an @ makes it part of an address for mail. */
static bool goes_on_at(char c)
{
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '.' || c == '+';
}

/* The key of the BibTeX entry whose kind ends at `at`, as in @article{KEY, title = ...}; empty when there is none. */
static struct span entry_key(struct span text, size_t at)
{
    size_t start = at + 1;
    while (start < text.len && (text.at[start] == ' ' || text.at[start] == '\n'))
        start++;
    size_t end = start;
    while (end < text.len && is_key_byte(text.at[end]))
        end++;
    const bool is_entry = at < text.len && text.at[at] == '{' && end < text.len && text.at[end] == ',';
    return is_entry ? (struct span){text.at + start, end - start} : (struct span){"", 0};
}

/* [@KEY; see @KEY, p. 3], @KEY and @{KEY} as Pandoc cites (https://pandoc.org/MANUAL.html, "Citation syntax"), and the
 * entries of a bibliography. */
static bool read_pandoc_citations(struct span text, struct name_set *cited, struct arena *arena)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] != '@' || (i > 0 && goes_on_at(text.at[i - 1])))
            continue;
        const size_t start = i + 1 + (text.at[i + 1] == '{');
        size_t end = start;
        while (end < text.len && is_key_byte(text.at[end]))
            end++;
        const struct span entry = end > start ? entry_key(text, end) : (struct span){"", 0};
        if (!name_set_add(cited, arena, entry))
            return false;
        while (end > start && strchr(":.-/", text.at[end - 1]) != NULL)
            end--;
        if (!name_set_add(cited, arena, (struct span){text.at + start, end - start}))
            return false;
    }
    return true;
}

static bool is_latex(const char *name, struct span source)
{
    static const char *const marks[] = {"\\documentclass", "\\begin{document}", "\\section{", "\\cite{"};
    const size_t bytes = strlen(name);
    if (bytes > 4 && strcmp(name + bytes - 4, ".tex") == 0)
        return true;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (memmem(source.at, source.len, marks[i], strlen(marks[i])) != NULL)
            return true;
    return false;
}

/* The fields in front of a text that name its bibliographies, as Pandoc has them. */
static bool read_fields(struct span source, struct arena *arena, struct draft *draft)
{
    struct front_matter matter;
    pinakes_error unwanted;
    if (front_matter_read(arena, source, &matter, &unwanted) != PINAKES_OK)
        return false;
    for (size_t i = 0; i < matter.count; i++) {
        const struct front_value *value = &matter.values[i];
        if (span_is(value->key, "bibliography") && !name_set_add(&draft->bibliographies, arena, value->text))
            return false;
        draft->cites_all |= span_is(value->key, "nocite") && span_find(value->text, "@*") != SIZE_MAX;
    }
    return true;
}

bool draft_read(const char *name, struct span source, struct arena *arena, struct draft *out)
{
    *out = (struct draft){.title = {"", 0}, .text = source};
    out->is_latex = is_latex(name, source);
    if (out->is_latex)
        return draft_read_part(source, arena, false, out);
    struct span list;
    return read_pandoc_citations(source, &out->cited, arena) && read_fields(source, arena, out) &&
           draft_cut_references(&out->text, arena, &list) && (list.len == 0 || add_reference_list(out, arena, list));
}
