#include "corpus/heading_names.h"

#include "corpus/words.h"

bool is_reference_heading(struct span words)
{
    static const char *const names[] = {"references",
                                        "reference",
                                        "bibliography",
                                        "sources",
                                        "further reading",
                                        "see also",
                                        "related work",
                                        "related works",
                                        "acknowledgements",
                                        "acknowledgement",
                                        "acknowledgment",
                                        "acknowledgments",
                                        "\u53c2\u8003",
                                        "\u53c2\u8003\u6587\u732e",
                                        "\u53c2\u8003\u8d44\u6599"};
    static const char to_read_next[] = "\u6b21\u306b\u8aad\u3080\u3079\u304d\u8ad6\u6587"; /* Japanese */
    const struct span name = span_trim(words);
    return span_is_among_nocase(name, names, sizeof names / sizeof names[0]) || span_starts(name, to_read_next);
}

bool is_record_heading(struct span words)
{
    static const char *const names[] = {"metadata",
                                        "meta data",
                                        "meta",
                                        "paper info",
                                        "paper information",
                                        "paper details",
                                        "basic information",
                                        "bibliographic information",
                                        "publication details",
                                        "\u57fa\u672c\u4fe1\u606f",   /* basic information */
                                        "\u6587\u732e\u6863\u6848",   /* file on the literature */
                                        "\u8bba\u6587\u4fe1\u606f",   /* of the paper */
                                        "\u6587\u732e\u4fe1\u606f",   /* of the literature */
                                        "\u57fa\u672c\u60c5\u5831",   /* basic information */
                                        "\u8ad6\u6587\u60c5\u5831",   /* of the paper */
                                        "\u6587\u732e\u60c5\u5831",   /* of the literature */
                                        "\u66f8\u8a8c\u60c5\u5831",   /* bibliographic information */
                                        "\ub17c\ubb38 \uc815\ubcf4",  /* of the paper */
                                        "\ub17c\ubb38\uc815\ubcf4",   /* of the paper */
                                        "\uae30\ubcf8 \uc815\ubcf4"}; /* basic information */
    return span_is_among_nocase(span_trim(words), names, sizeof names / sizeof names[0]);
}

bool asks_about_paper(struct span words)
{
    static const char *const openings[] = {"what ", "how ", "why ", "which ", "who ", "did ", "does ", "is "};
    static const char *const subjects[] = {"paper",    "problem",     "idea",         "ideas",
                                           "result",   "results",     "work",         "authors",
                                           "approach", "limitations", "contribution", "contributions"};
    static const char *const pointers[] = {"the", "this", "their"};
    struct span rest = span_trim(words);
    struct word word;
    bool points = false;
    if (!span_ends(rest, "?") || span_starts_nocase_with_one(rest, openings, sizeof openings / sizeof openings[0]) == 0)
        return false;
    while (word_next(&rest, &word)) {
        if (points && span_is_among(word.text, subjects, sizeof subjects / sizeof subjects[0]))
            return true;
        points |= span_is_among(word.text, pointers, sizeof pointers / sizeof pointers[0]);
    }
    return false;
}
