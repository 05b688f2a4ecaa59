#include "corpus/markdown_meta.h"

#include "corpus/identifiers.h"
#include "corpus/link.h"
#include "corpus/markdown_titles.h"
#include "corpus/names.h"
#include "corpus/page_name.h"
#include "corpus/stamp.h"
#include "corpus/title.h"
#include "corpus/venue_name.h"
#include "corpus/words.h"

enum { MOST_TAGS = 256 };

void span_list_add(struct arena *arena, struct meta *meta, struct span_list *list, struct span text)
{
    struct span *at = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *at);
    meta->failed |= at == NULL;
    if (at == NULL)
        return;
    list->at = at;
    at[list->count++] = text;
}

/* "Ada Example - ada@example.org", "Ada Example <ada@example.org>": the name alone. */
static struct span without_mail(struct span name)
{
    const char *at = name.len == 0 ? NULL : memchr(name.at, '@', name.len);
    const char *space = at == NULL ? NULL : memrchr(name.at, ' ', (size_t)(at - name.at));
    return space == NULL ? name : span_trim_marks(span_until(name, (size_t)(space - name.at)), "-<(,:");
}

void meta_add_author(struct arena *arena, struct meta *meta, struct span name)
{
    const struct span said = name_as_said(arena, without_mail(name));
    meta->failed |= said.at == NULL;
    if (said.at != NULL)
        span_list_add(arena, meta, &meta->authors, said);
}

static void add_turned(struct arena *arena, struct meta *meta, struct span family, struct span given)
{
    const struct span said = name_of_parts(arena, family, given);
    meta->failed |= said.at == NULL;
    if (said.at != NULL)
        meta_add_author(arena, meta, said);
}

void meta_take_turned(struct arena *arena, struct meta *meta, struct span *names, bool is_one)
{
    struct span family, given, rest;
    if (meta->authors.count > 0)
        return;
    if (is_one || names_are_turned(*names)) {
        while (names->len > 0 && name_next_turned(names, &family, &given))
            add_turned(arena, meta, family, given);
    } else if (name_first_turned(*names, &family, &given, &rest)) {
        add_turned(arena, meta, family, given);
        *names = rest;
    }
}

static void add_one(struct arena *arena, struct meta *meta, struct passage passage)
{
    struct passage_list *list = &meta->passages;
    struct passage *at = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *at);
    meta->failed |= at == NULL;
    if (at == NULL)
        return;
    list->at = at;
    at[list->count++] = passage;
}

/* The end of the first run of lines that are not empty. */
static size_t paragraph_end(struct span text)
{
    for (const char *at = text.at; (at = memchr(at, '\n', text.len - (size_t)(at - text.at))) != NULL; at++) {
        const char *next = at + 1;
        while (next < text.at + text.len && (*next == ' ' || *next == '\t' || *next == '\r'))
            next++;
        if (next < text.at + text.len && *next == '\n')
            return (size_t)(at - text.at);
    }
    return text.len;
}

static uint32_t lines_in(const char *from, const char *to)
{
    uint32_t lines = 0;
    for (; from < to; from++)
        lines += *from == '\n';
    return lines;
}

void passage_add(struct arena *arena, struct meta *meta, enum field field, uint32_t line, struct span text,
                 struct span words)
{
    const char *counted = text.at;
    for (struct span rest = span_trim(text); rest.len > 0;) {
        const struct span piece = span_trim(span_until(rest, paragraph_end(rest)));
        const struct span piece_words = {words.at + (piece.at - text.at), piece.len};
        line += lines_in(counted, piece.at);
        add_one(arena, meta, (struct passage){field, line, piece, piece_words});
        counted = piece.at;
        rest = span_trim(span_from(rest, piece.len));
    }
}

void meta_fill_venue(struct meta *meta, const struct stamp *from)
{
    if (meta->venue.len == 0)
        meta->venue = from->venue;
    if (meta->year == 0)
        meta->year = from->year;
}

/* ---- values -------------------------------------------------------------------------------------------------- */

static struct span without_quotes(struct span text)
{
    static const char marks[] = "\"'*_`[]";
    text = span_trim(text);
    while (text.len >= 2 && strchr(marks, text.at[0]) != NULL && strchr(marks, text.at[text.len - 1]) != NULL)
        text = span_trim((struct span){text.at + 1, text.len - 2});
    return text;
}

/* "[[Ada Example|Ada]]" is a link to a note on Ada Example. */
static struct span without_wikilinks(struct arena *arena, struct meta *meta, struct span text)
{
    if (span_find(text, "[[") == SIZE_MAX)
        return text;
    char *copy = arena_string(arena, text);
    meta->failed |= copy == NULL;
    if (copy == NULL)
        return text;
    bool in_alias = false;
    for (size_t i = 0; i < text.len; i++) {
        in_alias = (in_alias || copy[i] == '|') && copy[i] != ']';
        if (in_alias || copy[i] == '[' || copy[i] == ']')
            copy[i] = ' ';
    }
    return (struct span){copy, text.len};
}

/* The names of "Doe, Dana and Roe, Rick", as BibTeX has them: each with one comma, and divided by "and". */
static bool is_inverted_list(struct span text)
{
    static const char joint[] = " and ";
    while (text.len > 0) {
        const size_t end = span_find(text, joint);
        const struct span name = span_until(text, end == SIZE_MAX ? text.len : end);
        const char *comma = memchr(name.at, ',', name.len);
        const struct span given = comma == NULL ? (struct span){"", 0} : span_from(name, (size_t)(comma + 1 - name.at));
        if (span_trim(given).len == 0 || memchr(given.at, ',', given.len) != NULL)
            return false;
        if (end == SIZE_MAX)
            return true;
        text = span_from(text, end + strlen(joint));
    }
    return false;
}

static void add_inverted_list(struct arena *arena, struct meta *meta, struct span text)
{
    for (size_t end; (end = span_find(text, " and ")) != SIZE_MAX; text = span_from(text, end + strlen(" and ")))
        meta_add_author(arena, meta, span_trim(span_until(text, end)));
    meta_add_author(arena, meta, span_trim(text));
}

/* "Ada Example; Barnes and Noble", "Doe, Dana; Roe, Rick": where semicolons divide names, nothing else does; a comma
 * then only turns a name, and stands in it once. */
static bool is_semicolon_list(struct span text)
{
    struct span name;
    if (memchr(text.at, ';', text.len) == NULL)
        return false;
    while (span_cut(&text, ';', &name)) {
        const char *comma = name.len == 0 ? NULL : memchr(name.at, ',', name.len);
        const size_t behind = comma == NULL ? 0 : name.len - (size_t)(comma + 1 - name.at);
        if (comma != NULL && memchr(comma + 1, ',', behind) != NULL)
            return false;
    }
    return true;
}

static void add_semicolon_list(struct arena *arena, struct meta *meta, struct span text)
{
    struct span name;
    while (span_cut(&text, ';', &name)) {
        name = span_trim(name);
        if (span_starts(name, "and "))
            name = span_from(name, strlen("and "));
        if (name.len > 0)
            meta_add_author(arena, meta, without_quotes(name));
    }
}

/* The names that a group of people begins with, up to where they work: "Bo Sample and Cy Person" of those two, EPFL.
 * Gives how many there are; 0 when it does not begin so. */
static size_t people_of_group(struct span group, struct span *people)
{
    struct names names;
    group = span_trim(group);
    for (size_t end = group.len; end > 0; end--) {
        const bool comma = end < group.len && group.at[end] == ',';
        *people = span_until(group, end);
        if ((comma || (end == group.len && memchr(group.at, ',', group.len) == NULL)) && names_read(*people, &names) &&
            names.full > 0 && names.single == 0)
            return names.full;
    }
    return 0;
}

/* "Ada Example, Tech; Bo Sample and Cy Person, EPFL": groups of people, each with where they work. Two in one group
 * tell it, for "Doe, Dana; Roe, Rick" are turned names. */
static bool is_list_of_groups(struct span text)
{
    struct span group, people;
    size_t most = 0;
    if (text.len == 0 || text.len > LONGEST_RECORD_LINE_BYTES || memchr(text.at, ';', text.len) == NULL)
        return false;
    while (span_cut(&text, ';', &group)) {
        const size_t count = people_of_group(group, &people);
        if (count == 0)
            return false;
        most = count > most ? count : most;
    }
    return most > 1;
}

static void add_groups(struct arena *arena, struct meta *meta, struct span text)
{
    struct span group, people, name;
    while (span_cut(&text, ';', &group))
        if (people_of_group(group, &people) > 0)
            while (name_next(&people, &name))
                meta_add_author(arena, meta, without_quotes(name));
}

/* "First author: ..." names whom the authors begin with already. */
static bool is_named(const struct meta *meta, struct span name)
{
    for (size_t i = 0; i < meta->authors.count; i++)
        if (span_equal(meta->authors.at[i], name))
            return true;
    return false;
}

/* Adds an author who is not among them yet. */
static void add_another(struct arena *arena, struct meta *meta, struct span name)
{
    const struct span said = name_as_said(arena, name);
    if (said.at == NULL || !is_named(meta, said))
        meta_add_author(arena, meta, name);
}

/* Takes the year off that ends a list of names, "Ada Example et al., 2031". */
static void take_year_behind_names(struct meta *meta, struct span *names)
{
    enum { YEAR_DIGITS = 4 };
    const struct span text = span_without_end(*names, " )");
    const size_t front = text.len > YEAR_DIGITS ? text.len - YEAR_DIGITS : 0;
    const int year = front > 0 && strchr(" ,(", text.at[front - 1]) != NULL ? year_find(span_from(text, front)) : 0;
    const struct span rest = span_without_end(span_until(text, front), " ,(");
    if (year == 0 || rest.len == 0)
        return;
    meta->year = meta->year == 0 ? year : meta->year;
    *names = rest;
}

static void add_authors(struct arena *arena, struct meta *meta, const struct value *value)
{
    struct span text = without_wikilinks(arena, meta, value->text), name;
    take_year_behind_names(meta, &text);
    if (value->is_element)
        add_another(arena, meta, without_quotes(text));
    else if (span_find(text, " and ") != SIZE_MAX && is_inverted_list(text))
        add_inverted_list(arena, meta, text);
    else if (is_list_of_groups(text))
        add_groups(arena, meta, text);
    else if (is_semicolon_list(text))
        add_semicolon_list(arena, meta, text);
    else {
        meta_take_turned(arena, meta, &text, false);
        while (name_next(&text, &name))
            add_another(arena, meta, without_quotes(name));
    }
    passage_add(arena, meta, FIELD_AUTHOR, value->line, value->source, value->source);
}

/* Where a tag ends: at a comma, also of East Asia, a semicolon, a line's end or the hash of the next tag. */
static size_t tag_end(struct span text, size_t *skip)
{
    for (size_t i = 0; i < text.len; i++) {
        const bool hash = i > 0 && text.at[i] == '#' && is_blank(text.at[i - 1]);
        const bool wide = span_starts(span_from(text, i), "\uff0c") || span_starts(span_from(text, i), "\u3001");
        *skip = wide ? 3 : strchr(",;\n", text.at[i]) != NULL || hash ? 1 : 0;
        if (*skip > 0)
            return i;
    }
    *skip = 0;
    return text.len;
}

/* "2031HPCA": a year with a venue right behind it. */
static bool read_dated_tag(struct span tag, struct stamp *stamp)
{
    enum { YEAR_DIGITS = 4 };
    const struct span venue = span_from(tag, tag.len < YEAR_DIGITS ? tag.len : YEAR_DIGITS);
    const int year = venue.len > 0 && is_ascii_letter(venue.at[0]) ? year_find(span_until(tag, YEAR_DIGITS)) : 0;
    const bool placed = year != 0 && stamp_read(venue, STAMP_LINE, stamp) && stamp->venue.len > 0 && !stamp->doubtful;
    stamp->year = placed && stamp->year == 0 ? year : stamp->year;
    return placed && stamp->year == year;
}

/* A tag such as "AAAI 2018" says where and when, "year-2018" or "year/2018" when. */
static void take_stamp_of_tag(struct meta *meta, struct span tag)
{
    struct stamp stamp;
    if (meta->year == 0 && span_starts_nocase(tag, "year"))
        meta->year = year_find(tag);
    if (meta->venue.len > 0 || meta->year != 0 ||
        !(read_dated_tag(tag, &stamp) || stamp_read(tag, STAMP_LINE, &stamp)) || stamp.venue.len == 0 ||
        stamp.year == 0)
        return;
    meta->venue = stamp.venue;
    meta->year = stamp.year;
}

static void add_tag(struct arena *arena, struct meta *meta, struct span tag)
{
    while (tag.len > 0 && (tag.at[0] == '#' || is_blank(tag.at[0])))
        tag = span_from(tag, 1);
    tag = without_quotes(tag);
    for (size_t i = 0; i < meta->tags.count; i++)
        if (span_equal(meta->tags.at[i], tag))
            return;
    if (tag.len > 0 && meta->tags.count < MOST_TAGS)
        span_list_add(arena, meta, &meta->tags, tag);
    take_stamp_of_tag(meta, tag);
}

static void add_tags(struct arena *arena, struct meta *meta, const struct value *value)
{
    struct span text = without_quotes(without_wikilinks(arena, meta, value->text));
    while (text.len > 0) {
        size_t skip;
        const size_t end = tag_end(text, &skip);
        add_tag(arena, meta, span_until(text, end));
        text = span_from(text, end + skip);
    }
    passage_add(arena, meta, FIELD_TAG, value->line, value->source, value->source);
}

/* "2031년", "2031年3月": a number with the letters of a date behind it. */
static bool is_dated_word(struct span word)
{
    static const char *const letters[] = {"\u5e74", "\u6708", "\u65e5", "\ub144", "\uc6d4", "\uc77c"};
    bool dated = false;
    for (size_t bytes; word.len > 0; word = span_from(word, bytes)) {
        bytes =
            is_ascii_digit(word.at[0]) ? 1 : span_starts_with_one(word, letters, sizeof letters / sizeof letters[0]);
        if (bytes == 0)
            return false;
        dated |= bytes > 1;
    }
    return dated;
}

/* A flag ("published: true") or a date is no venue. */
static bool names_venue(struct span venue)
{
    struct word word;
    size_t others = 0;
    struct span rest = venue;
    while (word_next(&rest, &word))
        others +=
            has_letters(word.text) && !((word.classes & WORD_PAGE) && venue.len < 24) && !is_dated_word(word.text);
    return others > 0 && !span_is_nocase(venue, "true") && !span_is_nocase(venue, "false") &&
           !span_is_nocase(venue, "n/a") && !span_is_nocase(venue, "none") && !span_is_nocase(venue, "null") &&
           !span_is_nocase(venue, "tbd") && !span_is_nocase(venue, "unknown");
}

/* "2031-08-15T15:13:32": when it was published, not where. */
static bool begins_with_day(struct span text)
{
    static const char pattern[] = "dddd-dd-dd";
    for (size_t i = 0; i + 1 < sizeof pattern; i++)
        if (i >= text.len || (pattern[i] == 'd' ? !is_ascii_digit(text.at[i]) : text.at[i] != '-'))
            return false;
    return true;
}

static bool take_venue(struct arena *arena, struct meta *meta, const struct value *value)
{
    const struct span text = without_quotes(without_wikilinks(arena, meta, value->text));
    const struct stamp stamp = begins_with_day(text) ? (struct stamp){.year = year_find(text)} : stamp_of_label(text);
    const bool also_published = stamp.venue.len > 0 && !stamp.guessed && !span_is(stamp.venue, "arXiv");
    const struct span short_name = venue_short_name(text);
    const struct span name = span_is(short_name, "arXiv") && also_published ? stamp.venue : short_name;
    const bool named = name.len > 0 || names_venue(stamp.venue);
    const struct span found = name.len > 0 ? name : venue_series(stamp.venue);
    const bool preprint = named && meta->venue.len > 0 && span_is(found, "arXiv"); /* of what is published */
    if (named && !preprint)
        meta->venue = found;
    if (stamp.year != 0 && !(preprint && meta->year != 0))
        meta->year = stamp.year;
    if (named)
        passage_add(arena, meta, FIELD_VENUE, value->line, value->source, value->source);
    return named || stamp.year != 0;
}

/* "Year: SOSP 2031" tells the venue as well. */
static bool take_year(struct arena *arena, struct meta *meta, const struct value *value)
{
    struct stamp stamp = {0};
    const int year = year_of_field(value->text);
    const bool is_stamp = stamp_read(value->text, STAMP_LINE, &stamp);
    if (year != 0)
        meta->year = year;
    else if (is_stamp && stamp.year != 0)
        meta->year = stamp.year;
    if (is_stamp && meta->venue.len == 0 && stamp.venue.len > 0 && !stamp.guessed && !stamp.doubtful)
        (void)take_venue(arena, meta, value);
    return meta->year != 0;
}

static void take_url(struct arena *arena, struct meta *meta, const char *base, struct span text)
{
    struct span link;
    size_t from = 0;
    if (link_next(text, &from, &link)) {
        meta->url = link;
        return;
    }
    const enum link_kind kind = link_read(text, &link);
    if (kind == LINK_DOI)
        base = "https://doi.org/";
    else if (kind == LINK_ARXIV)
        base = "https://arxiv.org/abs/";
    if (base == NULL)
        return;
    const char *url = arena_format(arena, "%s%.*s", base, SPAN_ARGS(link));
    meta->failed |= url == NULL;
    if (url != NULL)
        meta->url = span_of(url);
}

/* "QX: Quiet Caches for Pages" of a page that is called "QX - caches that are quiet": the same name, and what it is. */
static bool spells_out(struct span called, struct span title)
{
    static const char *const dashes[] = {" - ", " \u2013 ", " \u2014 "};
    const size_t colon = span_find(title, ": ");
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0] && colon != SIZE_MAX; i++) {
        const size_t dash = span_find(called, dashes[i]);
        if (dash != SIZE_MAX && is_same_title(span_until(called, dash), span_until(title, colon)))
            return true;
    }
    return false;
}

/* Whether a labelled title knows it better than what the page is called: in its own script where that is translated,
 * and where it is no more than a part of the name of a post, "Quiet Pages, a short review", or spells out a name. */
static bool is_better_title(const struct meta *meta, struct span title)
{
    enum { FEWEST_WORDS = 2 };
    const struct line line = {.text = title};
    const bool is_named = meta->title_is_of_post || count_east_asian(meta->title) > 0;
    const bool is_part = meta->title_is_of_post && has_words(title, FEWEST_WORDS) && title.len < meta->title.len &&
                         memmem(meta->title.at, meta->title.len, title.at, title.len) != NULL;
    return is_part || (meta->title_is_beside && has_words(title, FEWEST_WORDS)) || spells_out(meta->title, title) ||
           (is_named && count_east_asian(title) == 0 && evidence_score(title_evidence(&line)) >= TITLE_SCORE);
}

static bool take_title(struct arena *arena, struct meta *meta, const struct value *value)
{
    const struct line line = {.text = without_quotes(value->text)};
    const bool better = is_better_title(meta, line.text);
    if ((meta->title.len > 0 && !better) || is_placeholder(line.text))
        return false;
    meta->title_is_of_post = meta->title_is_beside = false;
    meta->title = without_quotes(value->text);
    meta->title_line = value->line;
    passage_add(arena, meta, FIELD_TITLE, value->line, value->source, value->source);
    return true;
}

/* "Paper: https://..." or "Paper: Title". */
static bool take_link(struct arena *arena, struct meta *meta, const struct value *value)
{
    const size_t had = meta->url.len;
    take_url(arena, meta, NULL, value->text);
    return meta->url.len > 0 || had > 0;
}

/* "doe2020", "@doe2020", "cite:&doe2020", "[cite:@doe2020]"; of several the first counts, and an address is a link. */
static bool take_key(struct meta *meta, struct span text)
{
    static const char *const marks[] = {"[", "cite:", "@", "&"};
    struct span word;
    bool taken = false;
    text = without_quotes(text);
    while (span_word(&text, &word)) {
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (span_starts(word, marks[i]))
                word = span_from(word, strlen(marks[i]));
        while (word.len > 0 && strchr("],;", word.at[word.len - 1]) != NULL)
            word.len--;
        const bool is_address = span_find(word, "://") != SIZE_MAX;
        struct span *const into = is_address ? &meta->url : &meta->id;
        if (into->len == 0)
            *into = word;
        taken |= word.len > 0;
    }
    return taken;
}

bool meta_take(struct arena *arena, struct meta *meta, enum label label, const struct value *value)
{
    if (span_trim(value->text).len == 0)
        return false;
    switch (label) {
    case LABEL_TITLE:
        return take_title(arena, meta, value);
    case LABEL_AUTHORS:
        add_authors(arena, meta, value);
        return true;
    case LABEL_VENUE:
        return take_venue(arena, meta, value);
    case LABEL_YEAR:
        return take_year(arena, meta, value);
    case LABEL_TAGS:
        add_tags(arena, meta, value);
        return true;
    case LABEL_LINK:
        return take_link(arena, meta, value);
    case LABEL_DOI:
        meta->doi = doi_of_field(value->text);
        if (meta->doi.len == 0 && arxiv_in(value->text).len > 0) /* some put arXiv's identifiers there */
            return meta_take(arena, meta, LABEL_ARXIV, value);
        if (meta->url.len == 0)
            take_url(arena, meta, "https://doi.org/", value->text);
        return true;
    case LABEL_ARXIV:
        meta->arxiv = arxiv_in(value->text);
        if (meta->url.len == 0)
            take_url(arena, meta, "https://arxiv.org/abs/", value->text);
        return true;
    case LABEL_PMID:
        meta->pmid = pmid_of_field(value->text);
        if (meta->url.len == 0 && meta->pmid.len > 0)
            take_url(arena, meta, "https://pubmed.ncbi.nlm.nih.gov/", meta->pmid);
        return true;
    case LABEL_ABSTRACT:
        passage_add(arena, meta, FIELD_ABSTRACT, value->line, value->source, value->source);
        return true;
    case LABEL_KEY:
        return take_key(meta, value->text);
    case LABEL_NONE:
        break;
    }
    return false;
}

/* ---- lines --------------------------------------------------------------------------------------------------- */

size_t meta_divider(struct span text)
{
    static const char *const dividers[] = {"|", "\u00b7", "\u2022", "\u2219", "\uff5c"};
    if ((unsigned char)text.at[0] < 0x80 && text.at[0] != '|')
        return 0;
    return span_starts_with_one(text, dividers, sizeof dividers / sizeof dividers[0]);
}

/* "FirstAuthor: Doe, Jane", as exports of reference managers have one line a person. */
static bool is_one_person(struct span name, struct span value)
{
    const char *comma = memchr(value.at, ',', value.len);
    const bool singular =
        span_is_nocase(name, "author") || span_is_nocase(name, "firstauthor") || span_is_nocase(name, "first author");
    return singular && comma != NULL && memchr(comma + 1, ',', value.len - (size_t)(comma + 1 - value.at)) == NULL &&
           span_find(value, " and ") == SIZE_MAX && memchr(value.at, ' ', (size_t)(comma - value.at)) == NULL;
}

/* "Paper link: [Quiet Caches: A Study](https://...)": a link by a title; `value` is what the line shows behind its
 * label. A source is often no paper, and what ends as a file is called after its authors and year as well. */
static bool is_link_by_title(struct span text, struct span words, struct span name, struct span value)
{
    enum { FEWEST_WORDS = 4 };
    const struct line line = {.text = span_trim(value)};
    const size_t at = (size_t)(value.at - words.at);
    return at > 0 && text.at[at - 1] == '[' && !span_is_nocase(name, "source") && !span_is_nocase(name, "web") &&
           !span_ends(line.text, ".pdf") && has_words(value, FEWEST_WORDS) &&
           evidence_score(title_evidence(&line)) >= TITLE_SCORE;
}

struct span meta_without_publishing(struct span venue)
{
    static const char *const openers[] = {"published ", "appeared ", "presented ", "accepted ", "to appear "};
    static const char *const joints[] = {"in ", "at ", "by ", "to "};
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (span_starts_nocase(venue, openers[i]))
            venue = span_from(venue, strlen(openers[i]));
    static const char as[] = "as a ", paper[] = "paper ";
    const size_t kind = span_starts(venue, as) ? span_find(venue, paper) : SIZE_MAX;
    if (kind != SIZE_MAX)
        venue = span_from(venue, kind + strlen(paper));
    return span_from(venue, span_starts_nocase_with_one(venue, joints, sizeof joints / sizeof joints[0]));
}

/* "arXiv:2031.01234 — Quiet Caches": an identifier in front of what is said of it. */
static bool opens_with_identifier(struct span text)
{
    struct span word, link;
    return span_word(&text, &word) && link_read(word, &link) != LINK_NONE;
}

/* "Date: May 2031", "Date: 2031-05", "Date: 2031": when the paper appeared, while a whole day is the note's. */
static bool take_date(struct meta *meta, struct span value)
{
    enum { YEAR_DIGITS = 4, MONTH_BYTES = 7 };
    const struct span date = without_quotes(value);
    const bool numbers = date.len == YEAR_DIGITS || (date.len == MONTH_BYTES && date.at[YEAR_DIGITS] == '-');
    const int year = numbers ? year_find(span_until(date, YEAR_DIGITS)) : year_behind_month(date);
    if (year == 0 || meta->year != 0)
        return false;
    meta->year = year;
    return true;
}

bool meta_take_unnamed_venue(struct arena *arena, struct meta *meta, const struct value *value, bool with_year)
{
    struct stamp stamp;
    return meta->venue.len == 0 && stamp_read(span_trim(value->text), STAMP_LINE, &stamp) && stamp.venue.len > 0 &&
           !stamp.guessed && (stamp.year != 0 || !(with_year || stamp.doubtful)) && take_venue(arena, meta, value);
}

/* "[pdf](https://...)": where the words of a link that are its name lead. */
static void take_named_link(struct arena *arena, struct meta *meta, struct span text)
{
    const struct span had = meta->url;
    take_url(arena, meta, NULL, text);
    if (meta->arxiv.len == 0) /* whichever of several links is kept */
        meta->arxiv = arxiv_in(meta->url);
    if (had.len > 0 && !is_paper_address(meta->url)) /* "code: https://...", below the paper's */
        meta->url = had;
}

/* `text` as far as `words`, a part of the words of it, show: not the address behind "[SOSP 2031](https://...)". Where
 * marks are escaped the two do not stand side by side, and all of it is kept. */
static struct span source_of(struct span text, struct span words, struct span part)
{
    const struct span shown = span_trim(part), rest = span_trim(span_from(text, (size_t)(part.at - words.at)));
    const bool escaped = memchr(text.at, '\\', text.len) != NULL;
    return escaped || shown.len == 0 ? rest : (struct span){text.at + (shown.at - words.at), shown.len};
}

static bool take_segment(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line)
{
    const struct span bare = span_trim(without_ornament(span_trim(words)));
    const struct span source = {text.at + (bare.at - words.at), bare.len};
    struct span name, rest;
    struct stamp stamp = {0};
    const bool labelled = label_split(bare, &name, &rest);
    const enum label label = labelled ? conventions_label(meta->conventions, name) : LABEL_NONE;
    const bool dates = labelled && span_is_nocase(name, "date");
    if (dates && take_date(meta, rest))
        return true;
    const struct span where = meta_without_publishing(bare);
    if (label != LABEL_VENUE && !dates && (stamp_read(where, STAMP_LINE, &stamp) || is_venue_in_full(where)) &&
        (label != LABEL_ARXIV || !span_is(stamp.venue, "arXiv"))) {
        const struct value value = {where, source, line, false};
        if (is_link_name(bare)) /* "[arXiv](https://...)" */
            take_named_link(arena, meta, text);
        return take_venue(arena, meta, &value);
    }
    if (label == LABEL_NONE && !dates && volume_read(where, &stamp)) {
        const struct span kept = source_of(text, words, stamp.text);
        meta_fill_venue(meta, &stamp);
        passage_add(arena, meta, FIELD_VENUE, line, kept, kept);
        return true;
    }
    if (is_link_name(bare)) {
        take_named_link(arena, meta, text);
        return true;
    }
    if (label != LABEL_NONE) {
        const bool title = label == LABEL_LINK && !is_link_name(rest) && !opens_with_identifier(rest) &&
                           (title_label_bytes(bare) > 0 || is_link_by_title(text, words, name, rest));
        const struct span kept = source_of(text, words, rest);
        const struct value value = {label == LABEL_LINK && !title ? text : rest, kept, line, is_one_person(name, rest)};
        if (label == LABEL_LINK && is_link_name(rest)) /* the link itself is mark-up */
            return true;
        return meta_take(arena, meta, title ? LABEL_TITLE : label, &value);
    }
    const struct value unnamed = {rest, source, line, false};
    return labelled && meta_take_unnamed_venue(arena, meta, &unnamed, true);
}

bool meta_take_line(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line)
{
    size_t start = 0;
    bool all = words.len <= LONGEST_RECORD_LINE_BYTES && text.len > 0;
    for (size_t i = 0, bytes = 0; all && i <= words.len; i += bytes > 0 ? bytes : 1) {
        bytes = i < words.len ? meta_divider(span_from(words, i)) : 0;
        if (bytes == 0 && i < words.len)
            continue;
        all = take_segment(arena, meta, (struct span){text.at + start, i - start},
                           (struct span){words.at + start, i - start}, line);
        start = i + bytes;
    }
    return all;
}

bool meta_take_names(struct arena *arena, struct meta *meta, struct span text, struct span words, uint32_t line)
{
    struct names names;
    const struct span bare = span_trim(words);
    if (meta->authors.count > 0 || !((names_read(bare, &names) && names_are_likely(&names)) || is_list_of_groups(bare)))
        return false;
    const struct value value = {bare, {text.at + (bare.at - words.at), bare.len}, line, false};
    add_authors(arena, meta, &value);
    return true;
}

/* "Title, (c)": what a reference has behind the title of the paper. */
static bool begins_with_title(struct span found, struct span title)
{
    return found.len > title.len && is_same_title(span_until(found, title.len), title) &&
           strchr(",.;", found.at[title.len]) != NULL;
}

bool meta_take_reference(struct arena *arena, struct meta *meta, struct span title, bool is_short, struct span words,
                         uint32_t line_number)
{
    const struct line line = {.text = span_trim(words)};
    struct title found = {0};
    if (line.text.len == 0 || line.text.len > LONGEST_READ_LINE_BYTES)
        return false;
    title_read(&line, &found);
    const bool same = is_same_title(found.text, title) || begins_with_title(found.text, title);
    const bool stamped = same && found.stamp.year != 0; /* "Title (CVPR 2020)" once more */
    if (!(stamped || (found.evidence & evidence_bit(FOR_REFERENCE))) || !(same || is_short))
        return false;
    if (!same && meta->title.len == 0) {
        meta->title = found.text;
        meta->title_line = line_number;
    }
    found.stamp.venue = span_trim(found.stamp.venue);
    meta_take_turned(arena, meta, &found.authors, found.is_one_author);
    for (struct span name; meta->authors.count < MOST_TAGS && name_next(&found.authors, &name);)
        add_another(arena, meta, name); /* a block may be read twice */
    meta_fill_venue(meta, &found.stamp);
    return true;
}
