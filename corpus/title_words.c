/* The evidence that the words of a line give, whatever stands around it. */
#include "corpus/title.h"

#include "corpus/label.h"
#include "corpus/names.h"
#include "corpus/words.h"

enum {
    LONG_WORDS = 20,
    VERY_LONG_WORDS = 30,
    LIST_PARTS = 3,     /* "Kubernetes, operation, cloud": this many parts ... */
    LIST_PART_WORDS = 3 /* ... none longer than this */
};

/* What one walk over the words finds. */
struct tally {
    size_t words;
    size_t content, capitals; /* after the first word: words that title case would capitalise, and those it did */
    size_t sentence_words;    /* in lower case */
    size_t research;
    size_t stops; /* sentences that end inside the line */
    size_t list_parts, longest_part;
    struct word first, last;
    bool ends_in_and; /* the last part of a list begins with "and" */
};

static bool ends_inside(const struct word *word)
{
    const struct span chunk = word->chunk;
    const bool abbreviation = word->text.len <= 2 || span_find(word->text, ".") != SIZE_MAX ||
                              span_is_nocase(word->text, "vs") || span_is_nocase(word->text, "al") ||
                              span_is_nocase(word->text, "etc");
    return (span_ends(chunk, ".") && !span_ends(chunk, "..") && !abbreviation) || span_ends(chunk, "\u3002");
}

static void tally_word(struct tally *tally, const struct word *word, size_t *part)
{
    const bool lower = word->letters == CASE_LOWER;
    tally->words += word->text.len > 0;
    if (tally->words == 1 && tally->first.chunk.len == 0)
        tally->first = *word;
    else if (word->letters == CASE_UPPER || (lower && !(word->classes & WORD_FUNCTION)))
        tally->content++;
    tally->capitals += tally->words > 1 && word->letters == CASE_UPPER;
    tally->sentence_words += lower && (word->classes & WORD_SENTENCE) != 0;
    tally->research += (word->classes & WORD_RESEARCH) != 0;
    (*part)++;
    if (*part == 1)
        tally->ends_in_and = span_is(word->text, "and") || span_is(word->text, "or");
    tally->longest_part = *part > tally->longest_part ? *part : tally->longest_part;
    if (span_ends(word->chunk, ",") || span_ends(word->chunk, ";")) {
        tally->list_parts++;
        *part = 0;
    }
    tally->last = *word;
}

static struct tally tally_words(struct span text)
{
    struct tally tally = {.list_parts = 1};
    struct span rest = text;
    size_t part = 0;
    for (struct word word; word_next(&rest, &word);) {
        tally_word(&tally, &word, &part);
        tally.stops += rest.len > 0 && ends_inside(&word);
    }
    return tally;
}

static uint64_t when(bool condition, enum evidence evidence)
{
    return condition ? evidence_bit(evidence) : 0;
}

/* Title case: nearly every word but the little ones is capitalised, and there are enough words to tell. */
static uint64_t weigh_case(const struct tally *tally)
{
    const size_t all = tally->content, capitals = tally->capitals;
    const bool titled = all >= 2 && capitals * 5 >= all * 4;
    const bool mostly = all >= 3 && capitals * 5 >= all * 3;
    uint64_t set = when(titled, FOR_TITLE_CASE) | when(!titled && mostly, FOR_MOSTLY_TITLE_CASE);
    set |= when(!titled && !mostly && capitals * 5 < all * 2, AGAINST_LOWER_CASE);
    return set | when(tally->first.letters == CASE_LOWER, AGAINST_LOWER_START);
}

static uint64_t weigh_length(const struct tally *tally)
{
    return when(tally->words <= 1, AGAINST_ONE_WORD) | when(tally->words == 2, AGAINST_TWO_WORDS) |
           when(tally->words == 3, AGAINST_THREE_WORDS) |
           when(tally->words > LONG_WORDS && tally->words <= VERY_LONG_WORDS, AGAINST_LENGTH) |
           when(tally->words > VERY_LONG_WORDS, AGAINST_GREAT_LENGTH);
}

static uint64_t weigh_end(struct span text, const struct tally *tally)
{
    const bool open = span_ends(text, ":") || span_ends(text, ",") || span_ends(text, ";") || span_ends(text, "\uff1a");
    const bool stop =
        (span_ends(text, ".") && !span_ends(text, "...")) || span_ends(text, "!") || span_ends(text, "\u3002");
    const bool question = span_ends(text, "?") || span_ends(text, "\uff1f");
    const bool bracket = memchr(text.at, '(', text.len) != NULL && memchr(text.at, ')', text.len) == NULL;
    const bool broken = bracket || ((tally->last.classes & WORD_FUNCTION) != 0 && tally->last.letters == CASE_LOWER);
    return when(open, AGAINST_OPEN_END) | when(broken, AGAINST_BREAK) | when(stop, AGAINST_STOP) |
           when(question, AGAINST_QUESTION) | when(tally->stops > 0, AGAINST_TWO_SENTENCES);
}

/* Arrows, equations, amounts: the shorthand of notes. */
static bool has_note_symbols(struct span text)
{
    static const char *const symbols[] = {"->",   "=>",   "<-",   "-->",  "\u2192", "\u21d2", " = ", " == ",
                                          " > ",  " < ",  " >= ", " <= ", "%",      " ~",     "w/ ", "w/o ",
                                          "e.g.", "i.e.", " etc", "()",   " :) ",   "!!",     "??"};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        if (span_find(text, symbols[i]) != SIZE_MAX)
            return true;
    const size_t dollar = span_find(text, "$");
    const bool price = dollar != SIZE_MAX && dollar + 1 < text.len && is_ascii_digit(text.at[dollar + 1]);
    return price || (text.len > 0 && strchr("=<>~@", text.at[0]) != NULL);
}

/* "(OSDI '20)" in the middle: the line speaks about another paper. */
static bool cites_inside(struct span text)
{
    enum { MOST_GROUPS = 8 };
    struct stamp stamp;
    for (size_t i = 0; i < MOST_GROUPS; i++) {
        const size_t open = span_find(text, "(");
        if (open == SIZE_MAX)
            break;
        text = span_from(text, open + 1);
        const size_t close = span_find(text, ")");
        if (close == SIZE_MAX)
            return false;
        if (stamp_read(span_until(text, close), STAMP_GROUP, &stamp))
            return true;
    }
    return span_find(text, "[1") != SIZE_MAX;
}

/* What stands in front of a colon: a system's name, or the label of a note. */
static uint64_t weigh_colon(struct span text)
{
    size_t colon = span_find(text, ":"), mark = 1;
    if (colon == SIZE_MAX) {
        colon = span_find(text, "\uff1a");
        mark = 3;
    }
    if (colon == SIZE_MAX || colon == 0 || colon + mark == text.len)
        return 0;
    const struct span name = span_until(text, colon);
    const struct tally before = tally_words(name);
    const struct tally behind = tally_words(span_from(text, colon + mark));
    const bool capital = behind.first.letters == CASE_UPPER || behind.first.letters == CASE_NONE;
    const bool person = before.words == 1 && behind.first.letters == CASE_UPPER && behind.sentence_words > 1;
    const bool numbered = behind.first.chunk.len > 0 && is_ascii_digit(behind.first.chunk.at[0]);
    const bool named = before.words <= 3 && before.first.letters != CASE_LOWER && capital && behind.words >= 3;
    const bool named_below = before.words == 1 && behind.words >= 3 && behind.sentence_words == 0;
    return when(is_part_name(name), AGAINST_LABEL) |
           when((named || named_below) && !person && !numbered, FOR_NAME_AND_COLON);
}

static bool is_list(const struct tally *tally)
{
    return tally->list_parts >= LIST_PARTS && tally->longest_part <= LIST_PART_WORDS && !tally->ends_in_and;
}

/* One name with an initial in it, "Richard S. Sutton". */
static bool is_person(struct span text)
{
    struct names names;
    return text.len < 40 && span_find(text, ". ") != SIZE_MAX && names_read(text, &names) && names.full == 1;
}

static bool is_day(struct span word)
{
    static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    return span_is_among_nocase(word, days, sizeof days / sizeof days[0]);
}

/* "2025-03-06 10:22", "10:30 standup", "Monday, 3 March", "12 May 2024": a diary, minutes or a log. */
static bool begins_with_date(struct span text)
{
    struct word first, second;
    struct span rest = text;
    size_t digits = 0;
    if (!word_next(&rest, &first))
        return false;
    while (digits < first.text.len && is_ascii_digit(first.text.at[digits]))
        digits++;
    const bool numeric = digits > 0 && digits + 1 < first.text.len && strchr("-/:.", first.text.at[digits]) != NULL &&
                         is_ascii_digit(first.text.at[digits + 1]) && first.letters != CASE_UPPER &&
                         span_find(first.text, "x") == SIZE_MAX;
    if (numeric || is_day(first.text))
        return true;
    if (!word_next(&rest, &second))
        return false;
    const bool first_number = digits > 0 && digits <= 2;
    const bool second_number = second.text.len > 0 && is_ascii_digit(second.text.at[0]) && second.text.len <= 4;
    return (first_number && is_month(second.text)) || (is_month(first.text) && first.text.len != 3 && second_number);
}

/* A line of a program or a shell. */
static bool is_code(struct span text)
{
    static const char *const starts[] = {"$ ",      "#include", "import ", "def ",    "class ", "return ", "/*",
                                         "//",      "# define", "#define", "#!",      "int ",   "void ",   "const ",
                                         "static ", "if (",     "for (",   "while (", "sudo ",  "pip ",    "git ",
                                         "npm ",    "<?",       "<!",      "{",       "}",      "@"};
    static const char *const ends[] = {";", "{", "}", "();", "):", "\\"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (span_starts(text, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (span_ends(text, ends[i]) &&
            !(i == 0 && memchr(text.at, ' ', text.len) != NULL && span_find(text, "(") == SIZE_MAX))
            return true;
    return span_find(text, "](") == SIZE_MAX &&
           (span_find(text, "();") != SIZE_MAX || span_find(text, " == ") != SIZE_MAX);
}

/* In a line of many capitals words that notes are made of are part of a title all the same: "If At First You Don't
 * Succeed", "A Robot that Performs Bed Baths". */
static bool is_all_capitals(const struct tally *tally)
{
    const size_t small = tally->sentence_words == 1 ? 1 : 0;
    return tally->content >= 4 + small && tally->capitals + small == tally->content;
}

/* A word notes begin with. */
static bool opens_note(const struct tally *tally)
{
    return (tally->first.classes & WORD_OPENER) != 0 && !is_all_capitals(tally);
}

static uint64_t weigh_words(struct span text, const struct tally *tally)
{
    const size_t many = 2 + tally->words / 8;
    const bool begins = opens_note(tally);
    const bool enough = tally->sentence_words >= many;
    uint64_t set = when(begins, AGAINST_OPENER) | when(is_list(tally) || is_person(text), AGAINST_LIST);
    set |= when(tally->research >= 2, FOR_RESEARCH_WORDS);
    set |= when(enough, AGAINST_SENTENCE_WORDS) |
           when(!enough && tally->sentence_words > 0 && !is_all_capitals(tally), AGAINST_SENTENCE_WORD);
    set |= when(has_note_symbols(text), AGAINST_SYMBOLS) | when(cites_inside(text), AGAINST_CITATION);
    return set | when(begins_with_date(text), AGAINST_DATE) | when(is_code(text), AGAINST_CODE);
}

uint64_t title_evidence(const struct line *line)
{
    struct title title;
    if (line->text.len == 0 || line->text.len > LONGEST_READ_LINE_BYTES)
        return evidence_bit(AGAINST_GREAT_LENGTH);
    title_read(line, &title);
    const struct tally tally = tally_words(title.text);
    uint64_t set = title.evidence | weigh_case(&tally) | weigh_length(&tally) | weigh_end(title.text, &tally);
    set |= weigh_colon(title.text) | weigh_words(title.text, &tally);
    set |= when(count_east_asian(title.text) * 8 > title.text.len, AGAINST_SCRIPT);
    set |= when(line->checkbox, AGAINST_CODE);
    const bool dated_line = begins_with_date(line->text) && !(title.evidence & evidence_bit(FOR_STAMP));
    return set | when(dated_line && !(title.evidence & evidence_bit(FOR_YEAR)), AGAINST_DATE);
}
