/* What was typed as a sentence rather than in the query language. */
#ifndef QUERY_PLAIN_QUESTION_H
#define QUERY_PLAIN_QUESTION_H

#include "query/lexer.h"

#include <stdbool.h>

/* Whether `text`, whose lexemes these are, is a plain question: words and nothing else, that begins like one or ends in
 * a question mark. */
bool is_plain_question(const struct lexemes *lexemes, struct span text);

#endif
