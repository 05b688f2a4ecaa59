#include "corpus/names.h"

#include "corpus/words.h"

enum { MOST_WORDS_IN_A_NAME = 5, LONGEST_NAME_LIST_BYTES = 2000, LONGEST_AFFILIATION_BYTES = 120 };

/* The length of what divides one name from the next at the start of `text`, 0 when nothing does. Affiliations in
 * brackets divide as well. */
static size_t divider(struct span text)
{
    static const char *const dividers[] = {",", ";", "|", " and ", " & ", "\u00b7", "\u3001", "\uff0c"};
    if (text.at[0] == '(' || text.at[0] == '[') {
        const struct span near =
            text.len > LONGEST_AFFILIATION_BYTES ? span_until(text, LONGEST_AFFILIATION_BYTES) : text;
        const size_t end = span_find(near, text.at[0] == '(' ? ")" : "]");
        return end == SIZE_MAX ? 1 : end + 1;
    }
    if ((unsigned char)text.at[0] < 0x80 && strchr(",;| ", text.at[0]) == NULL)
        return 0;
    return span_starts_with_one(text, dividers, sizeof dividers / sizeof dividers[0]);
}

/* The bytes of a footnote's mark that the name ends with; 0 when it ends with none. */
static size_t footnote_bytes(struct span name)
{
    static const char *const marks[] = {"*",      "^",      ":",      "\u2217", "\u22c6", "\u2020", "\u2021",
                                        "\u00a7", "\u00b6", "\u00b9", "\u00b2", "\u00b3", "\u2070", "\u2074",
                                        "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
    if (name.len == 0 || is_ascii_digit(name.at[name.len - 1]))
        return name.len == 0 ? 0 : 1;
    return span_ends_with_one(name, marks, sizeof marks / sizeof marks[0]);
}

/* Whether a full stop ends a sentence of names, "Ada Example and Bo Sample.", and is no abbreviation's, "Jr.", "et
 * al.". */
static bool ends_sentence(struct span name)
{
    enum { LONGEST_ABBREVIATION = 3 };
    size_t letters = 0;
    if (!span_ends(name, "."))
        return false;
    while (letters + 1 < name.len && (is_ascii_letter(name.at[name.len - 2 - letters]) ||
                                      ((unsigned char)name.at[name.len - 2 - letters] & 0x80) != 0))
        letters++;
    return letters > LONGEST_ABBREVIATION;
}

/* Footnote marks of affiliations: "Ada Example1,2*". */
static struct span without_footnotes(struct span name)
{
    name = span_trim(name);
    for (size_t bytes; (bytes = footnote_bytes(name)) > 0;)
        name.len -= bytes;
    if (span_starts(name, "and "))
        name = span_from(name, 4);
    if (ends_sentence(name))
        name.len--;
    return span_trim(name);
}

/* "Y.", "D.S.", "J.-P.", "K": capitals with stops between them. */
static bool is_initials(struct span text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (is_ascii_letter(text.at[i]) && (i + 1 == text.len || !is_ascii_letter(text.at[i + 1])))
            letters++;
        else if (strchr(". -", text.at[i]) == NULL)
            return false;
    }
    const bool stopped = text.len > 0 && memchr(text.at, '.', text.len) != NULL;
    return letters > 0 && letters <= 4 && (stopped || (letters <= 2 && is_capital(text.at[0])));
}

static struct span next_part(struct span *rest)
{
    size_t end = 0, bytes = 0;
    while (end < rest->len && (bytes = divider(span_from(*rest, end))) == 0)
        end++;
    const struct span part = without_footnotes(span_until(*rest, end));
    *rest = span_from(*rest, end < rest->len ? end + bytes : end);
    return part;
}

static bool is_others(struct span part)
{
    return span_is_nocase(part, "et al.") || span_is_nocase(part, "et al") || span_is_nocase(part, "others");
}

/* "Example+": a family name and others, as many cite in short; no "C++". */
static bool ends_with_plus(struct span part)
{
    enum { FEWEST_BYTES = 4 };
    return part.len >= FEWEST_BYTES && part.at[part.len - 1] == '+' && part.at[part.len - 2] >= 'a' &&
           part.at[part.len - 2] <= 'z';
}

/* Cuts "et al." off the end. */
static bool cut_others(struct span *part)
{
    static const char *const endings[] = {" et al.", " et al", " et. al.",     " et. al",
                                          " et.al.", " et.al", "\u7b49\u4eba", "\u7b49"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (span_ends(*part, endings[i])) {
            part->len -= strlen(endings[i]);
            *part = span_trim(*part);
            return true;
        }
    const bool plus = ends_with_plus(*part);
    part->len -= plus;
    return plus;
}

struct span name_without_others(struct span name)
{
    (void)cut_others(&name);
    return is_others(name) ? span_until(name, 0) : name;
}

bool name_next(struct span *rest, struct span *name)
{
    while (rest->len > 0) {
        *name = next_part(rest);
        (void)cut_others(name);
        if (name->len == 0 || is_others(*name))
            continue;
        struct span ahead = *rest;
        struct span initials = memchr(name->at, ' ', name->len) == NULL ? next_part(&ahead) : (struct span){0};
        (void)cut_others(&initials);
        if (initials.len > 0 && is_initials(initials)) { /* "Zhong, Y." is one name */
            name->len = (size_t)(initials.at + initials.len - name->at);
            *rest = ahead;
        }
        return true;
    }
    return false;
}

bool name_is_particle(struct span word)
{
    static const char *const particles[] = {"van", "von", "de", "der", "den", "del", "della", "di",  "da",
                                            "dos", "du",  "la", "le",  "al",  "el",  "bin",   "ibn", "ter"};
    return span_is_among_nocase(word, particles, sizeof particles / sizeof particles[0]);
}

bool name_first_turned(struct span list, struct span *family, struct span *given, struct span *rest)
{
    struct span name;
    *rest = list;
    *family = next_part(rest);
    *given = next_part(rest);
    struct span ahead = *rest;
    size_t others = is_others(next_part(&ahead)); /* "Example, Ada, et al." */
    const char *space = given->len == 0 ? NULL : memchr(given->at, ' ', given->len);
    const bool single = space == NULL || is_initials(span_trim(span_from(*given, (size_t)(space - given->at))));
    if (family->len == 0 || memchr(family->at, ' ', family->len) != NULL || given->len == 0 || !single ||
        is_initials(*given) || is_others(*given))
        return false;
    for (ahead = *rest; name_next(&ahead, &name); others++)
        if (memchr(name.at, ' ', name.len) == NULL)
            return false;
    return others > 0;
}

static bool is_suffix(struct span word)
{
    return span_is(word, "II") || span_is(word, "III") || span_is(word, "IV") || span_is(word, "Jr");
}

bool name_is_suffix(struct span text)
{
    return is_suffix(text) || span_is(text, "Jr.") || span_is(text, "Sr.") || span_is(text, "Sr");
}

/* One word, with particles alone in front: "Example", "van der Example". */
static bool is_one_family(struct span text)
{
    struct word word, last = {0};
    while (word_next(&text, &word)) {
        if (last.text.len > 0 && !name_is_particle(last.text))
            return false;
        last = word;
    }
    return last.text.len > 1;
}

/* Takes the name before the next " and " or " & " off the front. */
static struct span next_joined(struct span *rest)
{
    static const char *const marks[] = {" and ", " & "};
    size_t end = rest->len, bytes = 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t at = span_find(*rest, marks[i]);
        bytes = at < end ? strlen(marks[i]) : bytes;
        end = at < end ? at : end;
    }
    const struct span name = span_trim(span_until(*rest, end));
    *rest = span_from(*rest, end + bytes);
    return name;
}

bool name_next_turned(struct span *list, struct span *family, struct span *given)
{
    struct span rest = next_joined(list), suffix;
    if (!span_cut(&rest, ',', family) || !span_cut(&rest, ',', given))
        return false;
    *family = span_trim(*family);
    *given = name_without_others(span_trim(*given));
    suffix = span_trim(rest); /* "Example, Ada, Jr", "Example, Ada, & Sample, Bo" */
    return is_one_family(*family) && given->len > 0 && memchr(given->at, '(', given->len) == NULL &&
           (suffix.len == 0 || is_suffix(suffix) || span_is(suffix, "Jr."));
}

bool names_are_turned(struct span list)
{
    struct span family, given, word;
    size_t count = 0;
    bool with_initial = false;
    for (; list.len > 0; count++) {
        if (!name_next_turned(&list, &family, &given))
            return false;
        const bool initials_alone = is_initials(given);
        while (span_word(&given, &word))
            with_initial |= is_initials(word) && !initials_alone;
    }
    return count > 1 || with_initial;
}

/* A capitalised word of letters, no acronym. */
static bool is_name_word(const struct word *word)
{
    size_t capitals = 0, letters = 0;
    if ((!is_capital(word->text.at[0]) && name_is_particle(word->text)) || is_initials(word->text) ||
        is_suffix(word->text))
        return true;
    for (size_t i = 0, bytes = 1; i < word->text.len; i += bytes) {
        const int32_t point = code_point_at(span_from(word->text, i), &bytes);
        if (i == 0 && !is_capital(point))
            return false;
        capitals += is_capital(point);
        letters += is_letter(point);
        if (!is_letter(point) && point != '-' && point != '\'' && point != 0x2019 && point != '.')
            return false;
    }
    return letters > 1 && (capitals < 3 || capitals < letters) && !(word->classes & (WORD_FUNCTION | WORD_OTHER));
}

/* "Ada", "Ada Maria B.": what people are called in front of their family's name, and not "Jr", "PhD" or "Inc." */
static bool is_given_name(struct span text)
{
    static const char *const others[] = {"Sr", "Inc", "Ltd", "Corp", "Co"};
    struct word word;
    size_t words = 0;
    for (; word_next(&text, &word); words++) {
        const char last = (char)(word.text.len == 0 ? ' ' : word.text.at[word.text.len - 1]);
        if (is_initials(word.text))
            continue;
        if (last == ' ' || last == '.' || is_ascii_capital(last) || is_suffix(word.text) || !is_name_word(&word) ||
            span_is_among(word.text, others, sizeof others / sizeof others[0]))
            return false;
    }
    return words > 0;
}

struct span name_of_parts(struct arena *arena, struct span family, struct span given)
{
    const char *said = arena_format(arena, "%.*s %.*s", SPAN_ARGS(given), SPAN_ARGS(family));
    return said == NULL ? (struct span){NULL, 0} : span_of(said);
}

struct span name_as_said(struct arena *arena, struct span name)
{
    const char *comma = name.len == 0 ? NULL : memchr(name.at, ',', name.len);
    const size_t at = comma == NULL ? 0 : (size_t)(comma - name.at);
    const struct span family = span_trim(span_until(name, at)), given = span_trim(span_from(name, at + (at > 0)));
    if (!is_one_family(family) || given.len == 0 || !(is_initials(given) || is_given_name(given)))
        return name;
    return name_of_parts(arena, family, given);
}

static bool count_name(struct span name, struct names *names)
{
    struct word word;
    size_t words = 0, common = 0;
    if (name.len > 0 && memchr(name.at, ':', name.len) != NULL) /* "Leute: Ada Example" */
        return false;
    while (word_next(&name, &word)) {
        if (word.text.len == 0 || !is_name_word(&word))
            return false;
        common += (word.classes & (WORD_FILLER | WORD_PAGE)) != 0;
        names->words++;
        names->field_words += (word.classes & WORD_RESEARCH) != 0;
        words++;
    }
    if (words == common || words > MOST_WORDS_IN_A_NAME) /* "Best Paper" is nobody */
        return false;
    if (words > 1)
        names->full++;
    else
        names->single++;
    return true;
}

/* "WANG Wei", "Wei-Ming WANG": a family name in capitals beside a given name. */
static bool is_name_with_capitals(struct span name)
{
    struct word word;
    size_t families = 0, given = 0;
    while (word_next(&name, &word)) {
        size_t capitals = 0, letters = 0;
        for (size_t i = 0; i < word.text.len; i++) {
            capitals += is_ascii_capital(word.text.at[i]);
            letters += is_ascii_letter(word.text.at[i]);
        }
        if (word.text.len == 0 || letters != word.text.len - (memchr(word.text.at, '-', word.text.len) != NULL) ||
            (word.classes & WORD_RESEARCH) != 0)
            return false;
        families += capitals == letters && letters > 1;
        given += capitals < letters && is_name_word(&word);
    }
    return families == 1 && (given == 1 || given == 2);
}

/* Several of them, and nobody else: one alone would be anything, "GPU Memory". */
static bool read_capital_names(struct span text, struct names *names)
{
    size_t count = 0;
    for (struct span name; name_next(&text, &name); count++)
        if (!is_name_with_capitals(name))
            return false;
    *names = (struct names){.full = count, .words = 2 * count, .and_others = names->and_others};
    return count >= 2;
}

bool names_read(struct span text, struct names *names)
{
    text = span_trim(text);
    *names = (struct names){0};
    if (text.len == 0 || text.len > LONGEST_NAME_LIST_BYTES)
        return false;
    names->and_others =
        span_find(text, "et al") != SIZE_MAX || span_find(text, "et. al") != SIZE_MAX || ends_with_plus(text);
    if (span_ends(text, ".") && !names->and_others)
        text.len--;
    const struct span all = text;
    for (struct span name; name_next(&text, &name);)
        if (!count_name(name, names))
            return read_capital_names(all, names);
    return names->full + names->single > 0 && names->field_words * 4 <= names->words;
}

bool names_are_likely(const struct names *names)
{
    return names->and_others || (names->full >= 2 && names->single * 3 <= names->full);
}

/* Whether names may end here, at the mark or in front of the white space. */
static bool parts_names(struct span rest)
{
    static const char *const marks[] = {", ",       ". ",       " (", " [", " | ",     " - ",
                                        " \u2013 ", " \u2014 ", "  ", "\n", " \u00b7 "};
    return rest.len == 0 || (rest.len == 1 && strchr(",.", rest.at[0]) != NULL) ||
           span_starts_with_one(rest, marks, sizeof marks / sizeof marks[0]) > 0;
}

/* "Ada Example, 2031": a number of its own is no footnote's mark. */
static bool ends_in_number(struct span text)
{
    size_t digits = 0;
    while (digits < text.len && is_ascii_digit(text.at[text.len - 1 - digits]))
        digits++;
    return digits > 0 && digits < text.len && is_blank(text.at[text.len - 1 - digits]);
}

size_t names_begin(struct span text)
{
    enum { LONGEST_BYTES = 800 };
    size_t longest = 0;
    struct names names;
    text = span_until(text, text.len < LONGEST_BYTES ? text.len : LONGEST_BYTES);
    for (size_t i = 1; i <= text.len; i++)
        if (parts_names(span_from(text, i)) && !ends_in_number(span_trim_marks(span_until(text, i), ".,")) &&
            names_read(span_until(text, i), &names) && names.field_words == 0 &&
            (names.and_others || (names.full > 1 && names.single == 0)))
            longest = i;
    return longest;
}
