#include "corpus/latex.h"

#include "base/buffer.h"
#include "corpus/words.h"

#include <stdlib.h>
#include <utf8proc.h>

enum {
    DEEPEST = 64,          /* groups in groups that are read; deeper ones are copied as they are */
    LONGEST_FORMULA = 400, /* bytes between two dollar signs */
    LONGEST_ACCENTED = 32, /* bytes of a letter with its accents */
};

/* Reads `source` from `at` on into `out`. */
struct latex {
    struct span source;
    size_t at;
    struct buffer *out;
    unsigned depth;
};

static void read_all(struct latex *in);

static struct span ahead(const struct latex *in)
{
    return span_from(in->source, in->at);
}

static void skip_blanks(struct latex *in)
{
    while (in->at < in->source.len && in->source.at[in->at] == ' ')
        in->at++;
}

/* ---- groups -------------------------------------------------------------------------------------------------- */

/* The bytes of the group that `text` begins with, both brackets included; 0 when it does not end. */
static size_t group_bytes(struct span text, char open, char close)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\\' && i + 1 < text.len && text.at[i + 1] != '{' && text.at[i + 1] != '}') {
            i++;
            continue;
        }
        depth += text.at[i] == open;
        if (text.at[i] == close && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* Takes the argument that stands next: a group without its braces, or one character, or `\i`. False at the end. */
static bool take_argument(struct latex *in, struct span *argument)
{
    skip_blanks(in);
    const struct span text = ahead(in);
    if (text.len == 0 || text.at[0] == '}')
        return false;
    size_t bytes = text.at[0] == '{' ? group_bytes(text, '{', '}') : 0;
    if (bytes > 0) {
        *argument = (struct span){text.at + 1, bytes - 2};
    } else {
        const bool is_command = text.at[0] == '\\' && text.len > 1;
        (void)code_point_at(is_command ? span_from(text, 1) : text, &bytes);
        bytes += is_command;
        while (is_command && is_ascii_letter(text.at[1]) && bytes < text.len && is_ascii_letter(text.at[bytes]))
            bytes++;
        *argument = span_until(text, bytes);
    }
    in->at += bytes;
    return true;
}

static void skip_option(struct latex *in)
{
    const struct span text = ahead(in);
    const size_t bytes = span_starts(text, "[") ? group_bytes(text, '[', ']') : 0;
    in->at += bytes;
}

/* Reads an argument as LaTeX of its own. */
static void read_part(struct latex *in, struct span part)
{
    struct latex within = {.source = part, .out = in->out, .depth = in->depth + 1};
    if (within.depth < DEEPEST)
        read_all(&within);
    else
        buffer_add(in->out, part);
}

/* ---- accents ------------------------------------------------------------------------------------------------- */

/* Adds the letters of `base`, the first of them with the accent. */
static void add_accented(struct buffer *out, struct span base, const char *accent)
{
    utf8proc_uint8_t joined[LONGEST_ACCENTED + 1];
    size_t bytes = 0;
    if (base.len == 0)
        return;
    if (span_starts(base, "\u0131") || span_starts(base, "\u0237")) { /* an accent takes the place of the dot */
        buffer_add_byte(out, span_starts(base, "\u0131") ? 'i' : 'j');
        base = span_from(base, 2);
        buffer_add_text(out, accent);
    } else {
        (void)code_point_at(base, &bytes);
        buffer_add(out, span_until(base, bytes));
        base = span_from(base, bytes);
        buffer_add_text(out, accent);
    }
    /* What was added last, composed: "e" and a combining acute are "é". */
    const size_t accent_bytes = strlen(accent), letter_bytes = bytes == 0 ? 1 : bytes;
    const size_t pair = letter_bytes + accent_bytes;
    if (!out->failed && pair <= LONGEST_ACCENTED) {
        memcpy(joined, out->at + out->len - pair, pair);
        joined[pair] = '\0';
        utf8proc_uint8_t *composed = utf8proc_NFC(joined);
        if (composed != NULL) {
            out->len -= pair;
            buffer_add_text(out, (const char *)composed);
            free(composed);
        }
    }
    buffer_add(out, base);
}

static void read_accent(struct latex *in, const char *accent)
{
    struct span argument;
    struct buffer base = {0}, *out = in->out;
    if (!take_argument(in, &argument))
        return;
    in->out = &base;
    read_part(in, argument);
    in->out = out;
    out->failed |= base.failed;
    if (base.len > 0)
        add_accented(out, buffer_text(&base), accent);
    buffer_free(&base);
}

/* ---- commands ------------------------------------------------------------------------------------------------ */

enum what {
    WHAT_GOES,      /* the command alone: a mark of a font, a size, a space */
    WHAT_HIDES,     /* with its argument: a reference */
    WHAT_HAS_LABEL, /* its first argument goes, the second is text: a colour, an address */
    WHAT_IS_PLAIN,  /* its argument is no LaTeX: an address */
    WHAT_DIVIDES,   /* two arguments, a stroke between them: a fraction */
    WHAT_QUOTES,    /* its argument stands in quotation marks */
    WHAT_MOVES,     /* a length stands behind it: "\\kern-.1em" */
    WHAT_UNKNOWN,
};

static const struct {
    const char *command;
    enum what what;
} commands[] = {
    {"rm", WHAT_GOES},
    {"em", WHAT_GOES},
    {"it", WHAT_GOES},
    {"bf", WHAT_GOES},
    {"tt", WHAT_GOES},
    {"sc", WHAT_GOES},
    {"sf", WHAT_GOES},
    {"sl", WHAT_GOES},
    {"cal", WHAT_GOES},
    {"left", WHAT_GOES},
    {"right", WHAT_GOES},
    {"big", WHAT_GOES},
    {"Big", WHAT_GOES},
    {"bigl", WHAT_GOES},
    {"bigr", WHAT_GOES},
    {"limits", WHAT_GOES},
    {"displaystyle", WHAT_GOES},
    {"textstyle", WHAT_GOES},
    {"protect", WHAT_GOES},
    {"relax", WHAT_GOES},
    {"noopsort", WHAT_HIDES},
    {"small", WHAT_GOES},
    {"large", WHAT_GOES},
    {"tiny", WHAT_GOES},
    {"scriptsize", WHAT_GOES},
    {"footnotesize", WHAT_GOES},
    {"normalsize", WHAT_GOES},
    {"Large", WHAT_GOES},
    {"LARGE", WHAT_GOES},
    {"huge", WHAT_GOES},
    {"Huge", WHAT_GOES},
    {"normalfont", WHAT_GOES},
    {"bfseries", WHAT_GOES},
    {"mdseries", WHAT_GOES},
    {"itshape", WHAT_GOES},
    {"slshape", WHAT_GOES},
    {"scshape", WHAT_GOES},
    {"upshape", WHAT_GOES},
    {"rmfamily", WHAT_GOES},
    {"sffamily", WHAT_GOES},
    {"ttfamily", WHAT_GOES},
    {"scriptstyle", WHAT_GOES},
    {"null", WHAT_GOES},
    {"unskip", WHAT_GOES},
    {"ignorespaces", WHAT_GOES},
    {"noindent", WHAT_GOES},
    {"hfill", WHAT_GOES},
    {"itemize", WHAT_GOES},
    {"nobreak", WHAT_GOES},
    {"allowbreak", WHAT_GOES},
    {"cite", WHAT_HIDES},
    {"citep", WHAT_HIDES},
    {"citet", WHAT_HIDES},
    {"label", WHAT_HIDES},
    {"ref", WHAT_HIDES},
    {"footnote", WHAT_HIDES},
    {"begin", WHAT_HIDES},
    {"end", WHAT_HIDES},
    {"vspace", WHAT_HIDES},
    {"hspace", WHAT_HIDES},
    {"textcolor", WHAT_HAS_LABEL},
    {"href", WHAT_HAS_LABEL},
    {"foreignlanguage", WHAT_HAS_LABEL},
    {"texorpdfstring", WHAT_HAS_LABEL},
    {"color", WHAT_HIDES},
    {"url", WHAT_IS_PLAIN},
    {"path", WHAT_IS_PLAIN},
    {"nolinkurl", WHAT_IS_PLAIN},
    {"frac", WHAT_DIVIDES},
    {"tfrac", WHAT_DIVIDES},
    {"dfrac", WHAT_DIVIDES},
    {"enquote", WHAT_QUOTES},
    {"mkbibquote", WHAT_QUOTES},
    {"textquote", WHAT_QUOTES},
    {"kern", WHAT_MOVES},
    {"hskip", WHAT_MOVES},
    {"vskip", WHAT_MOVES},
    {"penalty", WHAT_MOVES},
    {"raise", WHAT_MOVES},
    {"lower", WHAT_MOVES},
};

static enum what what_of(struct span command)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (span_is(command, commands[i].command))
            return commands[i].what;
    return WHAT_UNKNOWN;
}

/* The space that ends a command's name belongs to it. */
static void end_command(struct latex *in)
{
    if (span_starts(ahead(in), "{}"))
        in->at += strlen("{}");
    else
        skip_blanks(in);
}

static void read_fraction(struct latex *in)
{
    struct span part;
    for (int i = 0; i < 2; i++) {
        if (i > 0)
            buffer_add_byte(in->out, '/');
        if (take_argument(in, &part))
            read_part(in, part);
    }
}

static void read_quoted(struct latex *in)
{
    struct span part;
    if (span_starts(ahead(in), "*{"))
        in->at++;
    if (!take_argument(in, &part))
        return;
    buffer_add_text(in->out, "\u201c");
    read_part(in, part);
    buffer_add_text(in->out, "\u201d");
}

/* "-.15em", "2pt plus": a sign, a number and a unit of two letters. */
static void skip_length(struct latex *in)
{
    enum { UNIT_LETTERS = 2 };
    size_t letters = 0;
    skip_blanks(in);
    const size_t start = in->at;
    while (in->at < in->source.len && (is_ascii_digit(in->source.at[in->at]) || span_starts(ahead(in), "-") ||
                                       span_starts(ahead(in), "+") || span_starts(ahead(in), ".")))
        in->at++;
    const bool has_number = in->at > start;
    while (has_number && letters < UNIT_LETTERS && in->at < in->source.len && is_ascii_letter(in->source.at[in->at])) {
        in->at++;
        letters++;
    }
    skip_blanks(in);
}

/* Of a command that nobody knows the argument is text; one without is its own name: "\log n", "\CTAN{}". */
static void read_unknown(struct latex *in, struct span command)
{
    const bool is_empty = span_starts(ahead(in), "{}");
    if (is_empty || !span_starts(ahead(in), "{"))
        buffer_add(in->out, command);
    in->at += is_empty ? strlen("{}") : 0;
}

static void follow(struct latex *in, struct span command)
{
    struct span argument;
    const enum what what = what_of(command);
    skip_option(in);
    if (what == WHAT_GOES)
        end_command(in);
    else if (what == WHAT_DIVIDES)
        read_fraction(in);
    else if (what == WHAT_QUOTES)
        read_quoted(in);
    else if (what == WHAT_MOVES)
        skip_length(in);
    else if (what == WHAT_HIDES)
        (void)take_argument(in, &argument);
    else if (what == WHAT_IS_PLAIN && take_argument(in, &argument))
        buffer_add(in->out, argument);
    else if (what == WHAT_HAS_LABEL && take_argument(in, &argument) && take_argument(in, &argument))
        read_part(in, argument);
    else if (what == WHAT_UNKNOWN)
        read_unknown(in, command);
}

/* A letter, a dash or a quotation mark stands in a word, to which the space that ends the command does not belong.
 * Around a sign of a formula TeX makes space of its own. */
static bool is_part_of_word(struct span command, const char *symbol)
{
    static const char *const others[] = {"Dash", "emdash", "endash", "hyphen", "slash",
                                         "sb",   "sp",     "cprime", "cdprime"};
    size_t bytes;
    return span_starts(command, "text") || span_starts(command, "add") ||
           span_is_among(command, others, sizeof others / sizeof others[0]) || span_starts(command, "guil") ||
           span_starts(command, "quote") || is_letter(code_point_at(span_of(symbol), &bytes));
}

static void read_word_command(struct latex *in, struct span command)
{
    const char *accent = latex_accent(command), *symbol = latex_symbol(command);
    in->at += 1 + command.len;
    /* "\c" and its like are accents before a letter, as are the words of formulas before a group. */
    if (accent != NULL && (command.len == 1 || span_starts(ahead(in), "{"))) {
        read_accent(in, accent);
    } else if (symbol != NULL) {
        const bool is_degree = span_is(command, "circ") && in->out->len > 0 && in->out->at[in->out->len - 1] == '^';
        in->out->len -= is_degree;
        buffer_add_text(in->out, is_degree ? "°" : symbol);
        if (is_part_of_word(command, symbol))
            end_command(in);
    } else
        follow(in, command);
}

/* `\"`, `\&`, `\\`, `\,`: one sign behind the backslash. */
static void read_sign_command(struct latex *in)
{
    const struct span sign = span_until(span_from(ahead(in), 1), 1);
    const char *accent = latex_accent(sign);
    in->at += 2;
    if (sign.at[0] == '&' && span_starts(ahead(in), "amp;"))
        in->at += strlen("amp;");                         /* of a page that was escaped for LaTeX afterwards */
    if (accent != NULL && span_starts(ahead(in), "{}")) { /* over nothing it is the sign itself: "\~{}user" */
        in->at += strlen("{}");
        buffer_add(in->out, sign);
    } else if (accent != NULL)
        read_accent(in, accent);
    else if (strchr("!/-()", sign.at[0]) != NULL)
        return; /* what draws letters together, italic correction, where a word may be broken, marks of a formula */
    else if (strchr("\\ ,;:", sign.at[0]) != NULL)
        buffer_add_byte(in->out, ' ');
    else
        buffer_add(in->out, sign);
}

static void read_backslash(struct latex *in)
{
    const struct span text = ahead(in);
    size_t letters = 0;
    while (1 + letters < text.len && is_ascii_letter(text.at[1 + letters]))
        letters++;
    if (letters > 0)
        read_word_command(in, (struct span){text.at + 1, letters});
    else if (text.len > 1 && (unsigned char)text.at[1] < 0x80 && text.at[1] != '\n')
        read_sign_command(in);
    else
        in->at++;
}

/* ---- text ---------------------------------------------------------------------------------------------------- */

/* Whether the dollar sign at the start of `text` opens a formula: one ends it nearby, with nothing blank inside it on
 * either side, or a command between them. "$5 and $10" are prices. */
static size_t formula_bytes(struct span text)
{
    const size_t len = text.len < LONGEST_FORMULA ? text.len : LONGEST_FORMULA;
    bool has_command = false;
    for (size_t i = 1; i < len; i++) {
        if (text.at[i] == '\\') {
            has_command |= i + 1 < len && is_ascii_letter(text.at[i + 1]);
            i++;
            continue;
        }
        if (text.at[i] == '$')
            return i > 1 && (has_command || (!is_blank(text.at[1]) && !is_blank(text.at[i - 1]))) ? i + 1 : 0;
    }
    return 0;
}

/* Mendeley writes the line breaks of an abstract as "$\backslash$n". "$\backslash$nabla" is a command that was escaped.
 */
static bool is_escaped_break(struct span text)
{
    size_t letters = 0;
    while (letters < text.len && is_ascii_letter(text.at[letters]))
        letters++;
    const struct span word = span_until(text, letters);
    return letters > 0 && strchr("nrt", text.at[0]) != NULL && latex_symbol(word) == NULL &&
           what_of(word) == WHAT_UNKNOWN && !span_starts(word, "text");
}

/* False when no backslash is what stands between the dollar signs. */
static bool read_escaped_backslash(struct latex *in)
{
    static const char mark[] = "$\\backslash$";
    if (!span_starts(ahead(in), mark))
        return false;
    in->at += sizeof mark - 1;
    const bool is_break = is_escaped_break(ahead(in));
    buffer_add_byte(in->out, is_break ? ' ' : '\\');
    in->at += is_break;
    return true;
}

static void read_dollar(struct latex *in)
{
    const struct span text = ahead(in);
    if (read_escaped_backslash(in))
        return;
    if (span_starts(text, "$$")) {
        in->at += 2;
        return;
    }
    const size_t bytes = formula_bytes(text);
    in->at += bytes > 0 ? bytes : 1;
    if (bytes > 0)
        read_part(in, (struct span){text.at + 1, bytes - 2});
    else
        buffer_add_byte(in->out, '$');
}

/* Several characters that stand for one: dashes, quotes, and what web pages leave behind. */
static bool read_ligature(struct latex *in)
{
    static const char *const ligatures[][2] = {
        {"---", "\u2014"}, {"--", "\u2013"}, {"``", "\u201c"}, {"''", "\u201d"}, {"&amp;", "&"},
        {"&lt;", "<"},     {"&gt;", ">"},    {"&quot;", "\""}, {"&#39;", "'"},   {"~", " "},
    };
    const struct span text = ahead(in);
    for (size_t i = 0; i < sizeof ligatures / sizeof ligatures[0]; i++)
        if (span_starts(text, ligatures[i][0])) {
            buffer_add_text(in->out, ligatures[i][1]);
            in->at += strlen(ligatures[i][0]);
            return true;
        }
    return false;
}

static void read_all(struct latex *in)
{
    while (in->at < in->source.len) {
        const char c = in->source.at[in->at];
        if (c == '\\')
            read_backslash(in);
        else if (c == '$')
            read_dollar(in);
        else if (c == '{' || c == '}')
            in->at++;
        else if (strchr("-`'&~", c) == NULL || c == '\0' || !read_ligature(in)) {
            buffer_add_byte(in->out, c);
            in->at++;
        }
    }
}

static bool is_plain(struct span source)
{
    for (size_t i = 0; i < source.len; i++)
        if (strchr("\\${}~&", source.at[i]) != NULL || span_starts(span_from(source, i), "--") ||
            span_starts(span_from(source, i), "``") || span_starts(span_from(source, i), "''"))
            return false;
    return true;
}

struct span latex_text(struct arena *arena, struct span source)
{
    struct buffer out = {0};
    if (is_plain(source))
        return source;
    struct latex in = {.source = source, .out = &out};
    read_all(&in);
    const char *copy = buffer_keep(&out, arena);
    const size_t len = copy == NULL ? 0 : out.len;
    buffer_free(&out);
    return (struct span){copy, len};
}
