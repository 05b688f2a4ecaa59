#include "indexer/key.h"

#include "base/error.h"
#include "base/hash.h"
#include "corpus/person.h"

#include <stdio.h>
#include <string.h>

enum {
    WORD_BYTES = 24, /* of a word are enough to know it by */
    NAME_WORDS = 3,
    TITLE_WORDS = 24, /* looked at for one key */
};

struct key_word {
    char text[WORD_BYTES + 1];
    bool is_before_colon;
    bool stop_word;
};

struct key_words {
    struct key_word words[TITLE_WORDS];
    size_t count;
    bool head_is_longer; /* more words stand before the colon than were looked at, or there is no colon */
};

static bool is_plain(char c)
{
    return is_ascii_small(c) || is_ascii_digit(c);
}

/* The letters and digits a key may hold. */
static void copy_plain(struct span token, char text[WORD_BYTES + 1])
{
    size_t len = 0;
    for (size_t i = 0; i < token.len && len < WORD_BYTES; i++)
        if (is_plain(token.at[i]))
            text[len++] = token.at[i];
    text[len] = '\0';
}

static bool is_ascii(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* A word in other letters is called by its variant in Latin ones, if it has one: "ufork" for "µFork". */
static bool names_word(const struct token *token)
{
    return token->kind == TOKEN_WORD || (token->kind == TOKEN_VARIANT && is_ascii(token->text));
}

/* The bytes before the first colon that ends a name, or none. */
static size_t head_bytes(struct span title)
{
    for (size_t i = 1; i < title.len; i++)
        if (title.at[i] == ':' && (i + 1 == title.len || title.at[i + 1] == ' '))
            return i;
    return 0;
}

static void read_title(struct analyzer *analyzer, struct span title, struct key_words *out)
{
    const size_t head = head_bytes(title);
    struct token token;
    uint32_t position = UINT32_MAX;
    *out = (struct key_words){.head_is_longer = head == 0};
    analyzer_start(analyzer, title);
    while (analyzer_next(analyzer, &token)) {
        if (!names_word(&token))
            continue;
        if (token.position == position && out->count > 0)
            out->count--; /* the variant replaces the word */
        if (out->count == TITLE_WORDS) {
            out->head_is_longer |= token.start < head;
            break;
        }
        struct key_word *word = &out->words[out->count];
        copy_plain(token.text, word->text);
        if (word->text[0] == '\0')
            continue;
        word->is_before_colon = token.start < head;
        word->stop_word = token.stop_word;
        position = token.position;
        out->count++;
    }
}

/* ---- putting a key together -------------------------------------------------------------------------------- */

struct draft {
    char text[KEY_BYTES];
    size_t len;
};

static void add_text(struct draft *draft, const char *text)
{
    const size_t len = strlen(text);
    if (draft->len + len < sizeof draft->text) {
        memcpy(draft->text + draft->len, text, len + 1);
        draft->len += len;
    }
}

static void add_word(struct draft *draft, const char *word)
{
    if (draft->len > 0)
        add_text(draft, "-");
    add_text(draft, word);
}

static void add_year(struct draft *draft, int year)
{
    char text[16];
    if (year <= 0)
        return;
    const char last = draft->text[draft->len - 1];
    (void)snprintf(text, sizeof text, "%s%d", is_ascii_digit(last) ? "-" : "", year);
    add_text(draft, text);
}

static size_t words_before_colon(const struct key_words *title)
{
    size_t count = 0;
    while (count < title->count && title->words[count].is_before_colon)
        count++;
    return title->head_is_longer ? 0 : count;
}

/* A title of stop words only ("If Not Now, When?") is called by them. */
static bool has_content(const struct key_words *title)
{
    for (size_t i = 0; i < title->count; i++)
        if (!title->words[i].stop_word)
            return true;
    return false;
}

/* Takes the next word fit for a key from position `*at` on; NULL at the end. */
static const char *next_word(const struct key_words *title, bool content_only, size_t *at)
{
    while (*at < title->count) {
        const struct key_word *word = &title->words[(*at)++];
        if (!content_only || !word->stop_word)
            return word->text;
    }
    return NULL;
}

static void add_name(struct draft *draft, const struct key_words *title, bool content_only, size_t *at)
{
    const size_t head = words_before_colon(title);
    if (head > 0 && head <= NAME_WORDS) {
        while (*at < head)
            add_word(draft, title->words[(*at)++].text);
        return;
    }
    for (int i = 0; i < NAME_WORDS; i++) {
        const char *word = next_word(title, content_only, at);
        if (word != NULL)
            add_word(draft, word);
    }
}

/* "Waldspurger, Carl A." and "Carl A. Waldspurger" are both Waldspurger. */
static struct span surname_of(struct span author)
{
    author = person_name(author);
    const char *comma = author.len == 0 ? NULL : memchr(author.at, ',', author.len);
    struct span name = span_trim(comma == NULL ? author : (struct span){author.at, (size_t)(comma - author.at)});
    size_t start = name.len;
    while (start > 0 && name.at[start - 1] != ' ')
        start--;
    return (struct span){name.at + start, name.len - start};
}

static void add_surname(struct draft *draft, struct analyzer *analyzer, const struct paper *paper)
{
    if (paper->author_count == 0)
        return;
    struct key_words name;
    read_title(analyzer, surname_of(paper->authors[0]), &name);
    for (size_t i = 0; i < name.count && i < NAME_WORDS; i++)
        add_text(draft, name.words[i].text);
}

static void add_hash(struct draft *draft, struct span title, bool has_year)
{
    char text[32];
    const uint64_t hash = hash_add(HASH_START, title);
    (void)snprintf(text, sizeof text, "paper-%08x%s", (unsigned)(hash ^ hash >> 32), has_year ? "-" : "");
    add_text(draft, text);
}

/* ---- a key nobody has -------------------------------------------------------------------------------------- */

static bool number_is_taken(const struct draft *base, unsigned number, key_taken *taken, void *context,
                            struct draft *out)
{
    char text[16];
    *out = *base;
    (void)snprintf(text, sizeof text, "-%u", number);
    add_text(out, text);
    return taken(context, out->text);
}

/* Doubling, then halving: thousands of papers of one title cost a handful of questions each. */
static void add_number(struct draft *draft, key_taken *taken, void *context)
{
    const struct draft base = *draft;
    unsigned last_taken = 1, is_free = 2;
    while (number_is_taken(&base, is_free, taken, context, draft)) {
        last_taken = is_free;
        is_free *= 2;
    }
    while (is_free - last_taken > 1) {
        const unsigned middle = last_taken + (is_free - last_taken) / 2;
        if (number_is_taken(&base, middle, taken, context, draft))
            last_taken = middle;
        else
            is_free = middle;
    }
    (void)number_is_taken(&base, is_free, taken, context, draft);
}

static void make_key(struct draft *draft, struct analyzer *analyzer, const struct paper *paper, key_taken *taken,
                     void *context)
{
    struct key_words title;
    size_t at = 0;
    add_surname(draft, analyzer, paper);
    const bool has_surname = draft->len > 0;
    read_title(analyzer, paper->title, &title);
    const bool content_only = has_content(&title);
    if (!has_surname)
        add_name(draft, &title, content_only, &at);
    if (draft->len == 0)
        add_hash(draft, paper->title, paper->year > 0);
    add_year(draft, paper->year);
    const char *word = has_surname ? next_word(&title, content_only, &at) : NULL;
    if (word != NULL)
        add_word(draft, word);
    while (taken(context, draft->text)) {
        word = next_word(&title, content_only, &at);
        if (word == NULL) {
            add_number(draft, taken, context);
            break;
        }
        add_word(draft, word);
    }
}

/* ---- what the source calls it ------------------------------------------------------------------------------- */

enum { LONGEST_ID = 200 };

/* Whether `id` can be a key. One that begins with '-' would be an option, and '#' and '%' begin comments; an apostrophe
 * within is a letter of a name, "d'Example2031". */
static bool is_key(struct span id)
{
    for (size_t i = 0; i < id.len; i++)
        if ((unsigned char)id.at[i] <= ' ' || id.at[i] == 0x7F || strchr("\"\\`{}()[]<>,;#%$=~|&*?!", id.at[i]) != NULL)
            return false;
    return id.len > 0 && id.len <= LONGEST_ID && strchr("-@'", id.at[0]) == NULL;
}

static void take_id(struct draft *draft, struct span id, key_taken *taken, void *context)
{
    memcpy(draft->text, id.at, id.len);
    draft->text[id.len] = '\0';
    draft->len = id.len;
    if (taken(context, draft->text))
        add_number(draft, taken, context);
}

pinakes_status key_choose(struct analyzer *analyzer, const struct paper *paper, key_taken *taken, void *context,
                          char key[KEY_BYTES], pinakes_error *error)
{
    struct draft draft = {.len = 0};
    if (is_key(paper->id))
        take_id(&draft, paper->id, taken, context);
    else
        make_key(&draft, analyzer, paper, taken, context);
    if (analyzer_failed(analyzer))
        return error_no_memory(error);
    memcpy(key, draft.text, draft.len + 1);
    return PINAKES_OK;
}

uint64_t key_identity(struct analyzer *analyzer, struct span title, int year)
{
    uint64_t hash = hash_add_number(HASH_START, (uint64_t)year);
    struct token token;
    bool has_words = false;
    analyzer_start(analyzer, title);
    while (analyzer_next(analyzer, &token))
        if (token.kind == TOKEN_WORD || token.kind == TOKEN_BIGRAM) {
            hash = hash_add_piece(hash, token.text);
            has_words = true;
        }
    return has_words ? hash : hash_add_piece(hash, title);
}
