/* The one table behind every decision: what each piece of evidence weighs, and what it is called. */
#include "corpus/title.h"

#include "base/buffer.h"

static const struct weight {
    int points;
    const char *words; /* how it made a line a title, for people; NULL for what argues against */
} weights[EVIDENCE_COUNT] = {
    /* The writer says so. */
    [FOR_HEADING] = {100, "after a heading mark"},
    [FOR_LABEL] = {20, "named as the paper"},
    [FOR_UNDERLINE] = {6, "underlined"},
    [FOR_REFERENCE] = {6, "in a reference"},
    [FOR_STAMP] = {5, "with its venue"},
    [FOR_YEAR] = {3, "with its year"},
    [FOR_LINK] = {4, "as a link"},
    [FOR_BRACKETS] = {3, "in brackets"},
    [FOR_QUOTES] = {3, "in quotes"},
    [FOR_DECORATION] = {3, "set off by marks"},
    /* It is worded as one. */
    [FOR_NAME_AND_COLON] = {2, "a name and a colon"},
    [FOR_TITLE_CASE] = {4, "in title case"},
    [FOR_MOSTLY_TITLE_CASE] = {2, "mostly in title case"},
    [FOR_RESEARCH_WORDS] = {1, "of words of the field"},
    /* It stands where one stands. */
    [FOR_AUTHORS_BELOW] = {4, "over its authors"},
    [FOR_LINK_BELOW] = {3, "over its link"},
    [FOR_STAMP_BELOW] = {3, "over its venue or year"},
    [FOR_NOTES_BELOW] = {1, "over its notes"},
    [FOR_STAMP_ABOVE] = {3, "under a venue or year"},
    [FOR_BLOCK_START] = {1, "first in its block"},
    [FOR_LIKE_OTHERS] = {4, "set like the other titles here"},
    [AGAINST_UNLIKE_OTHERS] = {-2, NULL},
    /* It is worded as a note. */
    [AGAINST_LOWER_CASE] = {-2, NULL},
    [AGAINST_LOWER_START] = {-2, NULL},
    [AGAINST_STOP] = {-3, NULL},
    [AGAINST_OPEN_END] = {-8, NULL},
    [AGAINST_BREAK] = {-4, NULL},
    [AGAINST_QUESTION] = {-2, NULL},
    [AGAINST_TWO_SENTENCES] = {-4, NULL},
    [AGAINST_SYMBOLS] = {-4, NULL},
    [AGAINST_SENTENCE_WORD] = {-2, NULL},
    [AGAINST_SENTENCE_WORDS] = {-5, NULL},
    [AGAINST_OPENER] = {-5, NULL},
    [AGAINST_LABEL] = {-8, NULL},
    [AGAINST_LIST] = {-6, NULL},
    [AGAINST_CITATION] = {-5, NULL},
    [AGAINST_ONE_WORD] = {-6, NULL},
    [AGAINST_TWO_WORDS] = {-4, NULL},
    [AGAINST_THREE_WORDS] = {-2, NULL},
    [AGAINST_LENGTH] = {-3, NULL},
    [AGAINST_GREAT_LENGTH] = {-8, NULL},
    /* It stands where a note stands, or in no file of notes at all. */
    [AGAINST_BULLET] = {-3, NULL},
    [AGAINST_INDENT] = {-3, NULL},
    [AGAINST_SCRIPT] = {-8, NULL},
    [AGAINST_DATE] = {-12, NULL},
    [AGAINST_CODE] = {-12, NULL},
};

enum { MOST_REASONS = 3 };

int evidence_score(uint64_t set)
{
    int score = 0;
    for (int i = 0; i < EVIDENCE_COUNT; i++)
        if (set & evidence_bit((enum evidence)i))
            score += weights[i].points;
    return score;
}

bool evidence_is_plausible(uint64_t set)
{
    uint64_t against = 0;
    for (int i = AGAINST_STOP; i < EVIDENCE_COUNT; i++)
        against |= evidence_bit((enum evidence)i);
    against &= ~(evidence_bit(AGAINST_THREE_WORDS) | evidence_bit(AGAINST_TWO_WORDS) | evidence_bit(AGAINST_BULLET) |
                 evidence_bit(AGAINST_INDENT) | evidence_bit(AGAINST_SENTENCE_WORD) | evidence_bit(AGAINST_QUESTION));
    if (set & (evidence_bit(FOR_BRACKETS) | evidence_bit(FOR_QUOTES) | evidence_bit(FOR_DECORATION)))
        against &= ~evidence_bit(AGAINST_ONE_WORD);
    if (set & (evidence_bit(FOR_STAMP) | evidence_bit(FOR_YEAR)))
        against &= ~evidence_bit(AGAINST_SENTENCE_WORDS);
    return (set & against) == 0;
}

const char *evidence_words(uint64_t set, struct arena *arena)
{
    const char *words = NULL;
    size_t reasons = 0;
    for (int i = 0; i < EVIDENCE_COUNT && reasons < MOST_REASONS; i++) {
        if (!(set & evidence_bit((enum evidence)i)) || weights[i].points <= 1)
            continue;
        reasons++;
        words = words == NULL ? weights[i].words : arena_format(arena, "%s, %s", words, weights[i].words);
        if (words == NULL)
            return NULL;
        if (i == FOR_HEADING || i == FOR_LABEL)
            return words;
    }
    return words != NULL && reasons == 1 && set & evidence_bit(FOR_TITLE_CASE) ? "a line in title case" : words;
}
