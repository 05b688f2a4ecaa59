#include "indexer/analyzer.h"

#include "base/error.h"
#include "indexer/fold.h"
#include "indexer/numbered.h"
#include "indexer/stem.h"
#include "indexer/words.h"

#include <stdlib.h>

enum {
    WORD_BYTES_MAX = 255, /* of a folded word; a longer one is cut */
    COMPOUND_MAX = 5,     /* parts a compound may have to be found joined */
    GATHERED_MAX = COMPOUND_MAX + 1,
    CJK_BYTES_MAX = 64, /* of one folded character with its marks */
    /* A word gives itself, a variant, itself with its article, its families and CamelCase parts, */
    TEXTS_OF_WORD_MAX = 3 + FAMILIES_MAX + CAMEL_PARTS_MAX,
    /* and the stems of them all; a compound adds itself and three tight groups with their stems; an empty line may come
     * before. */
    QUEUE_MAX = GATHERED_MAX * 2 * TEXTS_OF_WORD_MAX + 2 * 4 + 1,
    POOL_BYTES = QUEUE_MAX * (WORD_BYTES_MAX + 1),
};

struct analyzer {
    struct stemmer *stemmer;
    struct span text;
    size_t at;
    uint32_t position;     /* of the next word */
    bool is_shouted;       /* no small letter in the whole text: capitals mean nothing */
    bool in_long_compound; /* the text goes on with more parts of a compound too long to be joined */
    bool failed;
    size_t queue_at, queue_count;
    struct token queue[QUEUE_MAX];
    size_t pool_used;
    char pool[POOL_BYTES]; /* the texts of the queue */
};

/* A word of a compound with what is known about it. */
struct part {
    struct word word;
    struct span raw;
    struct span folded;
    enum word_link link; /* to the part behind it */
    bool is_protected;
};

const char *token_kind_name(enum token_kind kind)
{
    static const char *const names[] = {
        [TOKEN_WORD] = "word",     [TOKEN_STEM] = "stem",       [TOKEN_PART] = "part",     [TOKEN_FAMILY] = "family",
        [TOKEN_JOINED] = "joined", [TOKEN_VARIANT] = "variant", [TOKEN_BIGRAM] = "bigram", [TOKEN_BREAK] = "break",
    };
    return names[kind];
}

pinakes_status analyzer_create(struct analyzer **out, pinakes_error *error)
{
    struct analyzer *analyzer = calloc(1, sizeof *analyzer);
    if (analyzer == NULL || (analyzer->stemmer = stemmer_create()) == NULL) {
        free(analyzer);
        return error_no_memory(error);
    }
    *out = analyzer;
    return PINAKES_OK;
}

void analyzer_free(struct analyzer *analyzer)
{
    if (analyzer != NULL) {
        stemmer_free(analyzer->stemmer);
        free(analyzer);
    }
}

bool analyzer_failed(const struct analyzer *analyzer)
{
    return analyzer->failed;
}

struct span analyzer_stem(struct analyzer *analyzer, struct span word)
{
    const struct stemmed stemmed = stemmer_look_up(analyzer->stemmer, word);
    return stemmed.stem.at == NULL ? word : stemmed.stem;
}

/* Whether the text has capitals only, and more than one word. */
static bool is_shouted(struct span text)
{
    bool has_upper = false, has_space = false, has_second = false;
    for (size_t at = 0; at < text.len;) {
        const struct character character = character_at(text, at);
        if (character.class == CHARACTER_LOWER || character.class == CHARACTER_CJK) {
            return false;
        }
        has_second = has_second || (has_space && character.class == CHARACTER_UPPER);
        has_upper = has_upper || character.class == CHARACTER_UPPER;
        has_space =
            has_upper && (has_space || character.class == CHARACTER_BLANK || character.class == CHARACTER_NEWLINE);
        at += character.bytes;
    }
    return has_second;
}

void analyzer_start(struct analyzer *analyzer, struct span text)
{
    analyzer->text = text;
    analyzer->at = 0;
    analyzer->position = 0;
    analyzer->is_shouted = is_shouted(text);
    analyzer->in_long_compound = false;
    analyzer->failed = false;
    analyzer->queue_at = 0;
    analyzer->queue_count = 0;
}

/* ---- the queue: all tokens of one compound, or of one CJK character -------------------------------------- */

/* What tokens of one place have in common. */
struct place {
    size_t start, bytes;
    bool is_protected;
    bool is_plural; /* protected, yet a plural: "LLMs" */
    bool stop_word;
};

/* Whether a token at the current position already has this text. */
static bool is_repeated(const struct analyzer *analyzer, struct span text)
{
    for (size_t i = analyzer->queue_count; i > 0 && analyzer->queue[i - 1].position == analyzer->position; i--) {
        if (span_equal(analyzer->queue[i - 1].text, text)) {
            return true;
        }
    }
    return false;
}

/* Adds a token at the current position, unless it is there. `text` must live in the pool or be a constant. */
static void push(struct analyzer *analyzer, enum token_kind kind, struct span text, const struct place *place)
{
    if (text.len == 0 || analyzer->queue_count == QUEUE_MAX || is_repeated(analyzer, text)) {
        return;
    }
    analyzer->queue[analyzer->queue_count++] = (struct token){
        .text = text,
        .kind = kind,
        .position = analyzer->position,
        .start = place->start,
        .bytes = place->bytes,
        .is_protected = place->is_protected,
        .stop_word = place->stop_word,
    };
}

static struct span pool_keep(struct analyzer *analyzer, size_t bytes)
{
    const struct span kept = {analyzer->pool + analyzer->pool_used, bytes};
    analyzer->pool_used += bytes;
    return kept;
}

/* A word that is too long is cut, but not behind the point of a number: that would be another word when it is asked
 * for. */
static struct span pool_fold(struct analyzer *analyzer, struct span raw, bool is_ascii)
{
    char *at = analyzer->pool + analyzer->pool_used;
    const size_t bytes = fold_word(raw, is_ascii, at, WORD_BYTES_MAX);
    return pool_keep(analyzer, bytes > 0 && at[bytes - 1] == '.' ? bytes - 1 : bytes);
}

static struct span pool_add_stem(struct analyzer *analyzer, struct span stem)
{
    char *at = analyzer->pool + analyzer->pool_used;
    at[0] = STEM_MARK;
    memcpy(at + 1, stem.at, stem.len);
    return pool_keep(analyzer, stem.len + 1);
}

/* Adds a token and, where it differs, its stem; a protected word has one only as a plural. */
static void push_with_stem(struct analyzer *analyzer, enum token_kind kind, struct span text, struct place *place)
{
    const struct stemmed stemmed = stemmer_look_up(analyzer->stemmer, text);
    if (stemmed.stem.at == NULL) {
        analyzer->failed = true;
        return;
    }
    struct span stem = stemmed.stem;
    if (place->is_protected) {
        stem = (struct span){text.at, text.len - (place->is_plural ? 1 : 0)};
    }
    /* An acronym is never a stop word (WHO, CAN, IT), nor is the "us" of "10 µs". */
    place->stop_word = stemmed.is_stop_word && !place->is_protected && kind != TOKEN_JOINED && kind != TOKEN_VARIANT;
    push(analyzer, kind, text, place);
    if (!span_equal(stem, text)) {
        push(analyzer, TOKEN_STEM, pool_add_stem(analyzer, stem), place);
    }
}

/* ---- words and compounds --------------------------------------------------------------------------------- */

static size_t number_bytes(struct span folded)
{
    size_t bytes = 0;
    while (bytes < folded.len && (is_ascii_digit(folded.at[bytes]) || folded.at[bytes] == '.')) {
        bytes++;
    }
    return bytes;
}

/* A Greek mu before a Latin letter, at the beginning or behind a number, is how people write micro; others write u. */
static void push_mu_variant(struct analyzer *analyzer, const struct part *part, struct place *place)
{
    const struct span folded = part->folded;
    const size_t mu = part->word.is_ascii ? folded.len : number_bytes(folded);
    if (folded.len < mu + 3 || memcmp(folded.at + mu, "\xce\xbc", 2) != 0 || folded.at[mu + 2] < 'a' ||
        folded.at[mu + 2] > 'z') {
        return;
    }
    char *at = analyzer->pool + analyzer->pool_used;
    memcpy(at, folded.at, mu);
    at[mu] = 'u';
    memcpy(at + mu + 1, folded.at + mu + 2, folded.len - mu - 2);
    push_with_stem(analyzer, TOKEN_VARIANT, pool_keep(analyzer, folded.len - 1), place);
}

/* "l'accès" is the word "accès", and "lacces" too. */
static void push_with_article(struct analyzer *analyzer, const struct part *part, const struct place *place)
{
    const struct span raw = {analyzer->text.at + part->word.article, part->word.end - part->word.article};
    struct place whole = *place;
    whole.start = part->word.article;
    whole.bytes = raw.len;
    push_with_stem(analyzer, TOKEN_JOINED, pool_fold(analyzer, raw, false), &whole);
}

static bool is_all_capitals(struct span raw)
{
    for (size_t at = 0; at < raw.len;) {
        const struct character character = character_at(raw, at);
        if (character.class == CHARACTER_LOWER) {
            return false;
        }
        at += character.bytes;
    }
    return true;
}

static void push_camel_parts(struct analyzer *analyzer, const struct part *part)
{
    struct span pieces[CAMEL_PARTS_MAX];
    const size_t count = camel_parts(part->raw, pieces);
    for (size_t i = 0; i < count; i++) {
        const bool is_plural = word_is_plural_acronym(pieces[i]);
        struct place place = {
            .start = (size_t)(pieces[i].at - analyzer->text.at),
            .bytes = pieces[i].len,
            .is_protected = is_plural || is_all_capitals(pieces[i]),
            .is_plural = is_plural,
        };
        push_with_stem(analyzer, TOKEN_PART, pool_fold(analyzer, pieces[i], part->word.is_ascii), &place);
    }
}

static void push_families(struct analyzer *analyzer, const struct part *part)
{
    struct span families[FAMILIES_MAX];
    const size_t count = word_families(part->raw, families);
    for (size_t i = 0; i < count; i++) {
        struct place place = {
            .start = part->word.start,
            .bytes = families[i].len,
            .is_protected = part->is_protected,
            .is_plural = part->is_protected && word_is_plural_acronym(families[i]),
        };
        push_with_stem(analyzer, TOKEN_FAMILY, pool_fold(analyzer, families[i], part->word.is_ascii), &place);
    }
}

static void push_part(struct analyzer *analyzer, const struct part *part)
{
    struct place place = {
        .start = part->word.start,
        .bytes = part->word.end - part->word.start,
        .is_protected = part->is_protected,
        .is_plural = part->is_protected && word_is_plural_acronym(part->raw),
    };
    push_with_stem(analyzer, TOKEN_WORD, part->folded, &place);
    push_mu_variant(analyzer, part, &place);
    if (part->word.article < part->word.start) {
        push_with_article(analyzer, part, &place);
    }
    if (part->word.counts[CHARACTER_DIGIT] > 0) {
        push_families(analyzer, part);
    }
    if (part->is_protected && part->word.counts[CHARACTER_LOWER] > 0) {
        push_camel_parts(analyzer, part);
    }
}

/* Adds the joined form of `count` parts, if it is not too long for a word. */
static void push_joined(struct analyzer *analyzer, const struct part *parts, size_t count)
{
    const struct part *last = &parts[count - 1];
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += parts[i].folded.len;
    }
    if (bytes > WORD_BYTES_MAX) {
        return;
    }
    struct span joined = pool_keep(analyzer, 0);
    for (size_t i = 0; i < count; i++) {
        memcpy(analyzer->pool + analyzer->pool_used, parts[i].folded.at, parts[i].folded.len);
        joined.len += pool_keep(analyzer, parts[i].folded.len).len;
    }
    struct place place = {
        .start = parts[0].word.start,
        .bytes = last->word.end - parts[0].word.start,
        .is_protected = last->is_protected || word_letters(&last->word) == 1,
        .is_plural = last->is_protected && word_is_plural_acronym(last->raw),
    };
    push_with_stem(analyzer, TOKEN_JOINED, joined, &place);
}

/* The parts from `first` on that hang together tightly ("I/O" of "I/O-bound"); 0 when none do or a group began
 * before. */
static size_t tight_group(const struct part *parts, size_t first, size_t count)
{
    size_t end = first;
    if (first > 0 && parts[first - 1].link == LINK_TIGHT) {
        return 0;
    }
    while (end + 1 < count && parts[end].link == LINK_TIGHT) {
        end++;
    }
    return end > first ? end - first + 1 : 0;
}

static void push_compound(struct analyzer *analyzer, const struct part *parts, size_t count, bool is_joined)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i].folded.len == 0) { /* nothing is left to find, and so it takes no position */
            continue;
        }
        push_part(analyzer, &parts[i]);
        const size_t group = is_joined ? tight_group(parts, i, count) : 0;
        if (group > 0) {
            push_joined(analyzer, parts + i, group);
        }
        if (is_joined && i == 0 && count > 1 && group != count) {
            push_joined(analyzer, parts, count);
        }
        analyzer->position++;
    }
}

static void describe_part(struct analyzer *analyzer, struct part *part)
{
    const struct word *word = &part->word;
    part->raw = (struct span){analyzer->text.at + word->start, word->end - word->start};
    part->folded = pool_fold(analyzer, part->raw, word->is_ascii);
    part->is_protected = !analyzer->is_shouted && word_is_name(word);
    part->link = LINK_NONE;
}

/* Reads the compound at the cursor, up to GATHERED_MAX parts of it. */
static void fill_compound(struct analyzer *analyzer)
{
    struct part parts[GATHERED_MAX];
    struct word next;
    size_t count = 1;
    words_scan(analyzer->text, analyzer->at, &parts[0].word);
    describe_part(analyzer, &parts[0]);
    while ((parts[count - 1].link = words_link(analyzer->text, &parts[count - 1].word, &next)) != LINK_NONE &&
           count < GATHERED_MAX) {
        parts[count].word = next;
        describe_part(analyzer, &parts[count++]);
    }
    analyzer->at = parts[count - 1].word.next;
    const bool is_joined = !analyzer->in_long_compound && count <= COMPOUND_MAX;
    analyzer->in_long_compound = parts[count - 1].link != LINK_NONE;
    push_compound(analyzer, parts, count, is_joined);
}

/* ---- CJK ------------------------------------------------------------------------------------------------- */

static struct span pool_fold_cjk(struct analyzer *analyzer, size_t at, size_t bytes)
{
    const struct span raw = {analyzer->text.at + at, bytes};
    return pool_keep(analyzer, fold_word(raw, false, analyzer->pool + analyzer->pool_used, CJK_BYTES_MAX));
}

static size_t skip_ignored(struct span text, size_t at)
{
    struct character character;
    while ((character = character_at(text, at)).class == CHARACTER_IGNORED) {
        at += character.bytes;
    }
    return at;
}

/* Reads one character of a CJK run: it and the one behind it are a bigram. The last character of a run stands alone
 * as well, beside the last bigram, so that every character begins some token. */
static void fill_cjk(struct analyzer *analyzer)
{
    const size_t first = analyzer->at;
    const size_t first_bytes = cjk_character(analyzer->text, first);
    const size_t second = skip_ignored(analyzer->text, first + first_bytes);
    const size_t second_bytes = cjk_character(analyzer->text, second);
    const struct span head = pool_fold_cjk(analyzer, first, first_bytes);
    const struct span tail = pool_fold_cjk(analyzer, second, second_bytes);
    analyzer->at = second;
    if (head.len == 0) { /* nothing is left to find */
        return;
    }
    if (tail.len == 0) {
        push(analyzer, TOKEN_WORD, head, &(struct place){.start = first, .bytes = first_bytes});
    } else {
        const struct span both = {head.at, head.len + tail.len};
        push(analyzer, TOKEN_BIGRAM, both, &(struct place){.start = first, .bytes = second + second_bytes - first});
        const size_t third = skip_ignored(analyzer->text, second + second_bytes);
        if (character_at(analyzer->text, third).class != CHARACTER_CJK) {
            push(analyzer, TOKEN_PART, tail, &(struct place){.start = second, .bytes = second_bytes});
            analyzer->at = third;
        }
    }
    analyzer->position++;
}

/* ---- the walk -------------------------------------------------------------------------------------------- */

static void push_break(struct analyzer *analyzer, const struct gap *gap)
{
    push(analyzer, TOKEN_BREAK, span_of("\xc2\xb6"),
         &(struct place){.start = gap->start, .bytes = gap->end - gap->start});
    analyzer->position++;
}

/* Fills the queue with what comes next; false at the end of the text. */
static bool fill(struct analyzer *analyzer)
{
    struct gap gap;
    analyzer->queue_at = 0;
    analyzer->queue_count = 0;
    analyzer->pool_used = 0;
    analyzer->at = words_skip(analyzer->text, analyzer->at, &gap);
    if (analyzer->at == analyzer->text.len || analyzer->position >= UINT32_MAX - GATHERED_MAX - 1) {
        return false;
    }
    if (gap.end > gap.start && analyzer->position > 0) {
        push_break(analyzer, &gap);
    }
    if (character_at(analyzer->text, analyzer->at).class == CHARACTER_CJK) {
        fill_cjk(analyzer);
    } else {
        fill_compound(analyzer);
    }
    return true;
}

bool analyzer_next(struct analyzer *analyzer, struct token *token)
{
    while (analyzer->queue_at == analyzer->queue_count) {
        if (analyzer->failed || !fill(analyzer)) {
            return false;
        }
    }
    if (analyzer->failed) {
        return false;
    }
    *token = analyzer->queue[analyzer->queue_at++];
    return true;
}
