#include "corpus/json_record.h"

#include "base/buffer.h"
#include "corpus/identifiers.h"
#include "corpus/words.h"

/* What a member of a record is. */
enum role {
    ROLE_ID,
    ROLE_TITLE,
    ROLE_ABSTRACT,
    ROLE_NOTE,
    ROLE_AUTHORS,
    ROLE_EDITORS, /* of a book without authors */
    ROLE_VENUE,
    ROLE_YEAR,
    ROLE_TAGS,
    ROLE_CATEGORIES, /* tags divided by spaces: "cs.OS cs.DC" */
    ROLE_URL,
    ROLE_DOI,
    ROLE_ARXIV,
    ROLE_PMID,
};

/* In small letters. Of one role the name that stands first here is asked first. */
static const struct {
    const char *name;
    enum role role;
} members[] = {
    {"citation-key", ROLE_ID},
    {"citation_key", ROLE_ID},
    {"citationkey", ROLE_ID},
    {"citekey", ROLE_ID},
    {"id", ROLE_ID},
    {"key", ROLE_ID},
    {"bibkey", ROLE_ID},
    {"paperid", ROLE_ID},
    {"paper_id", ROLE_ID},
    {"corpusid", ROLE_ID},
    {"docid", ROLE_ID},
    {"doc_id", ROLE_ID},
    {"docno", ROLE_ID},
    {"_id", ROLE_ID},
    {"uid", ROLE_ID},
    {"title", ROLE_TITLE},
    {"paper_title", ROLE_TITLE},
    {"display_name", ROLE_TITLE},
    {"abstract", ROLE_ABSTRACT},
    {"paperabstract", ROLE_ABSTRACT},
    {"abstractnote", ROLE_ABSTRACT},
    {"abstract_inverted_index", ROLE_ABSTRACT},
    {"summary", ROLE_ABSTRACT},
    {"text", ROLE_ABSTRACT},
    {"tldr", ROLE_ABSTRACT},
    {"note", ROLE_NOTE},
    {"notes", ROLE_NOTE},
    {"annote", ROLE_NOTE},
    {"annotation", ROLE_NOTE},
    {"authors_parsed", ROLE_AUTHORS},
    {"authors", ROLE_AUTHORS},
    {"author", ROLE_AUTHORS},
    {"authorships", ROLE_AUTHORS},
    {"creators", ROLE_AUTHORS},
    {"editor", ROLE_EDITORS},
    {"editors", ROLE_EDITORS},
    {"venue", ROLE_VENUE},
    {"booktitle", ROLE_VENUE},
    {"journal", ROLE_VENUE},
    {"conference", ROLE_VENUE},
    {"container-title", ROLE_VENUE},
    {"proceedingstitle", ROLE_VENUE},
    {"publicationtitle", ROLE_VENUE},
    {"conferencename", ROLE_VENUE},
    {"event-title", ROLE_VENUE},
    {"publication_venue", ROLE_VENUE},
    {"publicationvenue", ROLE_VENUE},
    {"primary_location", ROLE_VENUE},
    {"host_venue", ROLE_VENUE},
    {"journal-ref", ROLE_VENUE},
    {"journal_ref", ROLE_VENUE},
    {"bib", ROLE_VENUE},
    {"year", ROLE_YEAR},
    {"publication_year", ROLE_YEAR},
    {"pub_year", ROLE_YEAR},
    {"issued", ROLE_YEAR},
    {"published", ROLE_YEAR},
    {"publication_date", ROLE_YEAR},
    {"publicationdate", ROLE_YEAR},
    {"published_date", ROLE_YEAR},
    {"date", ROLE_YEAR},
    {"versions", ROLE_YEAR},
    {"created", ROLE_YEAR},
    {"update_date", ROLE_YEAR},
    {"keywords", ROLE_TAGS},
    {"keyword", ROLE_TAGS},
    {"tags", ROLE_TAGS},
    {"fieldsofstudy", ROLE_TAGS},
    {"categories", ROLE_CATEGORIES},
    {"url", ROLE_URL},
    {"link", ROLE_URL},
    {"paper_url", ROLE_URL},
    {"landing_page_url", ROLE_URL},
    {"pdf_url", ROLE_URL},
    {"openaccesspdf", ROLE_URL},
    {"pdf", ROLE_URL},
    {"doi", ROLE_DOI},
    {"arxiv", ROLE_ARXIV},
    {"arxiv_id", ROLE_ARXIV},
    {"arxivid", ROLE_ARXIV},
    {"number", ROLE_ARXIV}, /* as Zotero writes it into CSL-JSON: "arXiv:2309.06180" */
    {"pmid", ROLE_PMID},
    {"pubmed_id", ROLE_PMID},
};
enum { MEMBERS = sizeof members / sizeof members[0], LONGEST_MEMBER = 32 };

/* The members of one record by their place in the table; NULL where it has none. */
struct found {
    const json_t *at[MEMBERS];
};

static size_t member_named(const char *name, size_t len)
{
    char small[LONGEST_MEMBER];
    if (len >= sizeof small)
        return MEMBERS;
    for (size_t i = 0; i <= len; i++)
        small[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + ('a' - 'A') : name[i]);
    size_t i = 0;
    while (i < MEMBERS && strcmp(members[i].name, small) != 0)
        i++;
    return i;
}

static void find_members(const json_t *object, struct found *found)
{
    *found = (struct found){{NULL}};
    json_t *const asked = (json_t *)(uintptr_t)object; /* jansson iterates over what it could change */
    for (void *at = json_object_iter(asked); at != NULL; at = json_object_iter_next(asked, at)) {
        const char *name = json_object_iter_key(at);
        const size_t member = member_named(name, strlen(name));
        if (member < MEMBERS && found->at[member] == NULL)
            found->at[member] = json_object_iter_value(at);
    }
}

/* ---- values as text ------------------------------------------------------------------------------------------ */

static struct span string_of(const json_t *value)
{
    return (struct span){json_string_value(value), json_string_length(value)};
}

/* The member of an object that names it: of an author, a journal, a keyword. */
static const json_t *name_in(const json_t *object)
{
    static const char *const names[] = {"name",   "display_name", "full_name", "literal", "text", "title",
                                        "source", "url",          "value",     "tag",     "note", "raw"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const json_t *value = json_object_get(object, names[i]);
        if (json_is_string(value) || json_is_object(value))
            return value;
    }
    return NULL;
}

/* A string, a whole number in digits, or what stands for a list or an object: its first element, its name. Empty when
 * there is none. */
static struct span text_of(struct record *record, const json_t *value)
{
    enum { DEEPEST = 4 };
    for (size_t i = 0; i < DEEPEST && (json_is_array(value) || json_is_object(value)); i++)
        value = json_is_array(value) ? json_array_get(value, 0) : name_in(value);
    if (json_is_string(value))
        return string_of(value);
    if (!json_is_integer(value))
        return (struct span){"", 0};
    const char *digits = arena_format(record->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    record->failed |= digits == NULL;
    return digits == NULL ? (struct span){"", 0} : span_of(digits);
}

/* The first value of that role that is not empty. */
static struct span first_text(struct record *record, const struct found *found, enum role role)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        if (members[i].role != role || found->at[i] == NULL)
            continue;
        const struct span text = span_trim(text_of(record, found->at[i]));
        if (text.len > 0)
            return text;
    }
    return (struct span){"", 0};
}

/* ---- authors ------------------------------------------------------------------------------------------------- */

static struct span member_text(struct record *record, const json_t *object, const char *const names[2])
{
    const struct span text = text_of(record, json_object_get(object, names[0]));
    return text.len > 0 ? text : text_of(record, json_object_get(object, names[1]));
}

/* {"name": ...}, {"literal": ...}, {"given": ..., "family": ...}, {"first": ..., "last": ...}, {"author": {...}}, with
 * the particles and suffixes of CSL. */
static void read_person_object(struct record *record, const json_t *author)
{
    static const char *const given_names[2] = {"given", "first"}, *const family_names[2] = {"family", "last"};
    static const char *const zotero_given[2] = {"firstName", "first_name"}, *const zotero_family[2] = {"lastName",
                                                                                                       "last_name"};
    static const char *const particles[2] = {"non-dropping-particle", "dropping-particle"};
    static const char *const suffixes[2] = {"suffix", "suffix"}, *const whole[2] = {"literal", "literal"};
    static const struct span none = {"", 0};
    const json_t *within = json_object_get(author, "author");
    const json_t *person = json_is_object(within) ? within : author;
    const struct span literal = member_text(record, person, whole), particle = member_text(record, person, particles);
    struct span given = member_text(record, person, given_names), family = member_text(record, person, family_names);
    if (given.len + family.len == 0) {
        given = member_text(record, person, zotero_given);
        family = member_text(record, person, zotero_family);
    }
    if (given.len + family.len == 0 && literal.len > 0) {
        record_person(record, none, literal, none);
    } else if (given.len + family.len == 0) {
        record_listed_author(record, text_of(record, person));
    } else {
        const char *whole_family = arena_format(record->arena, "%.*s %.*s", SPAN_ARGS(particle), SPAN_ARGS(family));
        record->failed |= whole_family == NULL;
        if (whole_family != NULL)
            record_person(record, given, span_of(whole_family), member_text(record, person, suffixes));
    }
}

static void read_person(struct record *record, const json_t *author)
{
    if (json_is_object(author))
        read_person_object(record, author);
    else if (json_is_array(author)) /* ["Family", "Given", "Suffix"]: arXiv's */
        record_person(record, text_of(record, json_array_get(author, 1)), text_of(record, json_array_get(author, 0)),
                      text_of(record, json_array_get(author, 2)));
    else if (json_is_string(author))
        record_listed_author(record, string_of(author));
}

static void read_people(struct record *record, const struct found *found, enum role role)
{
    for (size_t i = 0; i < MEMBERS && record->authors.count == 0; i++) {
        const json_t *value = members[i].role == role ? found->at[i] : NULL;
        if (json_is_string(value))
            record_author_list(record, string_of(value));
        else if (json_is_object(value))
            read_person(record, value);
        for (size_t at = 0; at < json_array_size(value); at++)
            read_person(record, json_array_get(value, at));
    }
    record_drop_repeated_authors(record);
}

/* ---- tags ---------------------------------------------------------------------------------------------------- */

/* "cs.OS cs.DC", and what has commas in it is an ordinary list. */
static void read_categories(struct record *record, struct span text)
{
    struct word word;
    if (memchr(text.at, ',', text.len) != NULL || memchr(text.at, '.', text.len) == NULL) {
        record_tag(record, text);
        return;
    }
    while (word_next(&text, &word))
        record_tag(record, word.chunk);
}

static void read_tag(struct record *record, const json_t *value, enum role role)
{
    const struct span text = text_of(record, value);
    if (role == ROLE_CATEGORIES && text.len > 0)
        read_categories(record, text);
    else
        record_tag(record, text);
}

static void read_tags(struct record *record, const struct found *found)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        const json_t *value = found->at[i];
        if (members[i].role != ROLE_TAGS && members[i].role != ROLE_CATEGORIES)
            continue;
        if (!json_is_array(value))
            read_tag(record, value, members[i].role);
        for (size_t at = 0; at < json_array_size(value); at++)
            read_tag(record, json_array_get(value, at), members[i].role);
    }
}

/* ---- abstracts ----------------------------------------------------------------------------------------------- */

enum { MOST_POSITIONS = 1 << 16 };

/* Sets the words of an inverted index, {"word": [place, ...]}, in their places; how many places there are. */
static size_t place_words(const json_t *inverted, const char *words[MOST_POSITIONS])
{
    size_t count = 0;
    json_t *const asked = (json_t *)(uintptr_t)inverted;
    for (void *at = json_object_iter(asked); at != NULL; at = json_object_iter_next(asked, at)) {
        const json_t *places = json_object_iter_value(at);
        for (size_t i = 0; i < json_array_size(places); i++) {
            const json_int_t place = json_integer_value(json_array_get(places, i));
            if (place < 0 || place >= MOST_POSITIONS)
                continue;
            words[place] = json_object_iter_key(at);
            count = (size_t)place + 1 > count ? (size_t)place + 1 : count;
        }
    }
    return count;
}

/* The abstract that OpenAlex gives only as an inverted index. */
static struct span inverted_text(struct record *record, const json_t *inverted)
{
    const char **words = arena_array(record->arena, MOST_POSITIONS, sizeof *words);
    struct buffer text = {0};
    const size_t count = words == NULL ? 0 : place_words(inverted, words);
    for (size_t i = 0; i < count; i++) {
        if (words[i] == NULL)
            continue;
        if (text.len > 0)
            buffer_add_byte(&text, ' ');
        buffer_add_text(&text, words[i]);
    }
    const char *copy = buffer_keep(&text, record->arena);
    record->failed |= words == NULL || copy == NULL;
    const struct span result = {copy == NULL ? "" : copy, copy == NULL ? 0 : text.len};
    buffer_free(&text);
    return result;
}

static struct span abstract_of(struct record *record, const struct found *found)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        const json_t *value = members[i].role == ROLE_ABSTRACT ? found->at[i] : NULL;
        if (strcmp(members[i].name, "abstract_inverted_index") == 0 && json_object_size(value) > 0)
            return inverted_text(record, value);
        const struct span text = span_trim(text_of(record, value));
        if (text.len > 0)
            return text;
    }
    return (struct span){"", 0};
}

/* ---- the record ---------------------------------------------------------------------------------------------- */

/* An identifier that is an address is known by its end: "https://openalex.org/W2741809807". That of a DOI stays whole,
 * as it is the key in the BibTeX of some publishers. */
static struct span without_address(struct span id)
{
    if (!span_starts(id, "http") || span_find(id, "doi.org/") != SIZE_MAX)
        return id;
    while (id.len > 0 && id.at[id.len - 1] == '/')
        id.len--;
    const char *slash = id.len == 0 ? NULL : memrchr(id.at, '/', id.len);
    return slash == NULL ? id : span_from(id, (size_t)(slash + 1 - id.at));
}

static void read_identifiers(struct record *record, const json_t *object, const struct found *found)
{
    const json_t *others = json_object_get(object, "externalIds");
    record->id = record_line(record, without_address(first_text(record, found, ROLE_ID)));
    record->doi = first_text(record, found, ROLE_DOI);
    record->pmid = first_text(record, found, ROLE_PMID);
    record->arxiv = first_text(record, found, ROLE_ARXIV);
    if (record->doi.len == 0)
        record->doi = text_of(record, json_object_get(others, "DOI"));
    if (record->arxiv.len == 0)
        record->arxiv = text_of(record, json_object_get(others, "ArXiv"));
    if (record->pmid.len == 0)
        record->pmid = text_of(record, json_object_get(others, "PubMed"));
    if (record->pmid.len == 0) /* OpenAlex's, as an address */
        record->pmid = text_of(record, json_object_get(json_object_get(object, "ids"), "pmid"));
    /* In the metadata arXiv itself gives away, the identifier is arXiv's. */
    if (record->arxiv.len == 0 && json_is_array(json_object_get(object, "authors_parsed")))
        record->arxiv = record->id;
    record->doi = record_line(record, doi_of_field(record->doi));
    record->arxiv = record_line(record, arxiv_in(record->arxiv));
    record->pmid = pmid_of_field(record->pmid);
    record->url = record_line(record, first_text(record, found, ROLE_URL));
}

/* {"date-parts": [[2023, 10, 23]]}, [{"created": "Mon, 2 Apr 2007 ..."}], "2023-10-23", 2023. */
static void read_year(struct record *record, const struct found *found)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        const json_t *value = members[i].role == ROLE_YEAR ? found->at[i] : NULL;
        if (json_is_array(value))
            value = json_array_get(value, 0);
        if (json_is_object(value)) {
            const json_t *parts = json_object_get(value, "date-parts"), *created = json_object_get(value, "created");
            value = json_array_size(parts) > 0 ? parts : created != NULL ? created : value;
        }
        record_year(record, text_of(record, value));
    }
}

static enum kind kind_of(struct record *record, const json_t *object)
{
    static const char *const names[2] = {"type", "itemType"};
    const struct span own = text_of(record, json_object_get(object, "kind"));
    return own.len > 0 ? kind_named(own) : kind_of_type(member_text(record, object, names));
}

/* A thesis or a report has whom it was published by. */
static struct span venue_of(struct record *record, const json_t *object, const struct found *found)
{
    static const char *const publishers[2] = {"publisher", "institution"};
    const struct span venue = first_text(record, found, ROLE_VENUE);
    const bool has_publisher = record->kind == KIND_THESIS || record->kind == KIND_REPORT;
    return venue.len == 0 && has_publisher ? member_text(record, object, publishers) : venue;
}

/* Several notes are several texts, each perhaps HTML. */
static void read_notes(struct record *record, const struct found *found)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        const json_t *value = members[i].role == ROLE_NOTE ? found->at[i] : NULL;
        const size_t count = json_is_array(value) ? json_array_size(value) : value != NULL;
        for (size_t at = 0; at < count; at++) {
            const json_t *note = json_is_array(value) ? json_array_get(value, at) : value;
            record_text(record, FIELD_NOTE, record->line, record_plain(record, text_of(record, note)), true);
        }
    }
}

/* The texts of a paper as our own JSON has them; the short name of the venue was read already. */
static void read_passages(struct record *record, const json_t *passages)
{
    static const enum field fields[] = {FIELD_VENUE, FIELD_ABSTRACT, FIELD_NOTE, FIELD_QA};
    for (size_t at = 0; at < json_array_size(passages); at++) {
        const json_t *passage = json_array_get(passages, at);
        const struct span field = text_of(record, json_object_get(passage, "field"));
        const struct span text = text_of(record, json_object_get(passage, "text"));
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            if (span_is(field, field_name(fields[i])) && !span_equal(text, record->venue))
                record_text(record, fields[i], record->line, text, true);
    }
}

static bool has_role(const struct found *found, enum role role)
{
    for (size_t i = 0; i < MEMBERS; i++)
        if (members[i].role == role && found->at[i] != NULL && !json_is_null(found->at[i]))
            return true;
    return false;
}

bool json_record_is_paper(const json_t *object, bool strictly)
{
    static const enum role others[] = {ROLE_AUTHORS, ROLE_ABSTRACT, ROLE_YEAR, ROLE_VENUE, ROLE_DOI};
    struct found found;
    if (!json_is_object(object))
        return false;
    find_members(object, &found);
    const char *type = json_string_value(json_object_get(object, "type"));
    bool has_more = !strictly || (type != NULL && kind_of_type(span_of(type)) != KIND_UNKNOWN);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        has_more |= has_role(&found, others[i]);
    return has_more && (has_role(&found, ROLE_TITLE) || (has_role(&found, ROLE_ID) && has_role(&found, ROLE_ABSTRACT)));
}

void json_record_read(const json_t *object, struct record *record)
{
    struct found found;
    find_members(object, &found);
    read_identifiers(record, object, &found);
    const struct span abstract = record_plain(record, abstract_of(record, &found));
    record_title(record, record_plain(record, first_text(record, &found, ROLE_TITLE)));
    record_text(record, FIELD_TITLE, record->line, record->title, true);
    read_people(record, &found, ROLE_AUTHORS);
    read_people(record, &found, ROLE_EDITORS);
    record_list_text(record, FIELD_AUTHOR, record->line, &record->authors);
    read_year(record, &found);
    record->kind = kind_of(record, object);
    record_venue(record, record->line, record_plain(record, venue_of(record, object, &found)), true);
    read_tags(record, &found);
    record_list_text(record, FIELD_TAG, record->line, &record->tags);
    record_text(record, FIELD_ABSTRACT, record->line, abstract, true);
    read_notes(record, &found);
    read_passages(record, json_object_get(object, "passages"));
    record_title_from(record, abstract);
}
