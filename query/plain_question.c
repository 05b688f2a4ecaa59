#include "query/plain_question.h"

static bool is_question_word(struct span word)
{
    static const char *const words[] = {"which", "what", "who", "where", "when", "why",  "how", "do",
                                        "does",  "is",   "are", "can",   "list", "show", "find"};
    return span_is_among_nocase(word, words, sizeof words / sizeof words[0]);
}

static bool ends_in_question_mark(struct span text)
{
    static const char wide[] = "\xef\xbc\x9f"; /* U+FF1F */
    text = span_trim(text);
    return (text.len > 0 && text.at[text.len - 1] == '?') ||
           (text.len >= 3 && memcmp(text.at + text.len - 3, wide, 3) == 0);
}

/* A word, or a parenthesis of the sentence: "TSS (Time Sharing System)". */
static bool is_plain_text(const struct lexeme *lexeme)
{
    const bool is_parenthesis = lexeme->kind == LEXEME_OPEN || lexeme->kind == LEXEME_CLOSE;
    return (lexeme->kind == LEXEME_WORDS || is_parenthesis) && lexeme->sign == 0 &&
           lexeme->scope.kind == SCOPE_ANYWHERE && !lexeme->is_prefix && !lexeme->is_near && !lexeme->has_spellings;
}

bool is_plain_question(const struct lexemes *lexemes, struct span text)
{
    for (size_t i = 0; i < lexemes->count; i++)
        if (!is_plain_text(&lexemes->at[i]))
            return false;
    return (lexemes->count > 1 && is_question_word(lexemes->at[0].text)) || ends_in_question_mark(text);
}
