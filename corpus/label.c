#include "corpus/label.h"

#include "corpus/words.h"

enum { LONGEST_LABEL_BYTES = 40, LONGEST_PART_WORDS = 4, LONGEST_PART_BYTES = 120 };

static const struct {
    const char *name;
    enum label label;
} labels[] = {
    {"title", LABEL_TITLE},
    {"paper", LABEL_LINK},
    {"paper name", LABEL_TITLE},
    {"title of the paper", LABEL_TITLE},
    {"full title", LABEL_TITLE},
    {"\u8bba\u6587", LABEL_LINK},              /* paper */
    {"\u6807\u9898", LABEL_TITLE},             /* title */
    {"\u9898\u76ee", LABEL_TITLE},             /* title */
    {"\u8bba\u6587\u540d\u79f0", LABEL_TITLE}, /* name of the paper */
    {"author", LABEL_AUTHORS},
    {"authors", LABEL_AUTHORS},
    {"author(s)", LABEL_AUTHORS},
    {"by", LABEL_AUTHORS},
    {"written by", LABEL_AUTHORS},
    {"first author", LABEL_AUTHORS},
    {"firstauthor", LABEL_AUTHORS},
    {"creators", LABEL_AUTHORS},
    {"\u4f5c\u8005", LABEL_AUTHORS}, /* author */
    {"\u8457\u8005", LABEL_AUTHORS}, /* author */
    {"venue", LABEL_VENUE},
    {"venue/year", LABEL_VENUE},
    {"venue & year", LABEL_VENUE},
    {"conference", LABEL_VENUE},
    {"conference/journal", LABEL_VENUE},
    {"conf", LABEL_VENUE},
    {"journal", LABEL_VENUE},
    {"booktitle", LABEL_VENUE},
    {"book title", LABEL_VENUE},
    {"conference name", LABEL_VENUE},
    {"publication title", LABEL_VENUE},
    {"publicationtitle", LABEL_VENUE},
    {"proceedings title", LABEL_VENUE},
    {"proceedingstitle", LABEL_VENUE},
    {"container title", LABEL_VENUE},
    {"publication", LABEL_VENUE},
    {"publisher", LABEL_VENUE},
    {"published", LABEL_VENUE},
    {"published in", LABEL_VENUE},
    {"publication status", LABEL_VENUE},
    {"published at", LABEL_VENUE},
    {"presented at", LABEL_VENUE},
    {"appeared in", LABEL_VENUE},
    {"appeared at", LABEL_VENUE},
    {"proceedings", LABEL_VENUE},
    {"\u4f1a\u8bae", LABEL_VENUE},             /* conference */
    {"\u4f1a\u8b70", LABEL_VENUE},             /* conference */
    {"\u5b66\u4f1a", LABEL_VENUE},             /* conference */
    {"\u671f\u520a", LABEL_VENUE},             /* journal */
    {"\u53d1\u8868", LABEL_VENUE},             /* published */
    {"\u53d1\u8868\u4e8e", LABEL_VENUE},       /* published at */
    {"\u51fa\u5904", LABEL_VENUE},             /* source */
    {"\u51fa\u5178", LABEL_VENUE},             /* source */
    {"\u8bba\u6587\u6765\u6e90", LABEL_VENUE}, /* source of the paper */
    {"\u6587\u7ae0", LABEL_LINK},              /* article */
    {"year", LABEL_YEAR},
    {"publication year", LABEL_YEAR},
    {"publication date", LABEL_YEAR},
    {"published year", LABEL_YEAR},
    {"year published", LABEL_YEAR},
    {"year of publication", LABEL_YEAR},
    {"published date", LABEL_YEAR},
    {"date published", LABEL_YEAR},
    {"\u5e74\u4efd", LABEL_YEAR},             /* year */
    {"\u5e74", LABEL_YEAR},                   /* year */
    {"\u53d1\u8868\u5e74\u4efd", LABEL_YEAR}, /* year of publication */
    {"tags", LABEL_TAGS},
    {"tag", LABEL_TAGS},
    {"topics", LABEL_TAGS},
    {"keywords", LABEL_TAGS},
    {"keyword", LABEL_TAGS},
    {"\u6807\u7b7e", LABEL_TAGS},       /* tags */
    {"\u5173\u952e\u8bcd", LABEL_TAGS}, /* keywords */
    {"url", LABEL_LINK},
    {"link", LABEL_LINK},
    {"links", LABEL_LINK},
    {"pdf", LABEL_LINK},
    {"source", LABEL_LINK},
    {"web", LABEL_LINK},
    {"link to paper", LABEL_LINK},
    {"\u94fe\u63a5", LABEL_LINK}, /* link */
    {"\u5730\u5740", LABEL_LINK}, /* address */
    {"doi", LABEL_DOI},
    {"arxiv", LABEL_ARXIV},
    {"arxiv id", LABEL_ARXIV},
    {"pmid", LABEL_PMID},
    {"pubmed", LABEL_PMID},
    {"pubmed id", LABEL_PMID},
    {"citekey", LABEL_KEY},
    {"cite key", LABEL_KEY},
    {"citation key", LABEL_KEY},
    {"bibtex key", LABEL_KEY},
    {"bib key", LABEL_KEY},
    {"bibkey", LABEL_KEY},
    {"custom id", LABEL_KEY},
    {"roam refs", LABEL_KEY},
    {"roam key", LABEL_KEY},
    {"roam bibkeys", LABEL_KEY},
    {"autor", LABEL_AUTHORS},
    {"autoren", LABEL_AUTHORS},
    {"autores", LABEL_AUTHORS},
    {"auteur", LABEL_AUTHORS},
    {"auteurs", LABEL_AUTHORS},
    {"jahr", LABEL_YEAR},
    {"ann\u00e9e", LABEL_YEAR},
    {"a\u00f1o", LABEL_YEAR},
    {"ano", LABEL_YEAR},
    {"titel", LABEL_TITLE},
    {"titre", LABEL_TITLE},
    {"t\u00edtulo", LABEL_TITLE},
    {"konferenz", LABEL_VENUE},
    {"conf\u00e9rence", LABEL_VENUE},
    {"conferencia", LABEL_VENUE},
    {"zeitschrift", LABEL_VENUE},
    {"revue", LABEL_VENUE},
    {"schlagworte", LABEL_TAGS},
    {"mots cl\u00e9s", LABEL_TAGS},
    {"\uc800\uc790", LABEL_AUTHORS},                 /* author */
    {"\uc81c\ubaa9", LABEL_TITLE},                   /* title */
    {"\ud559\ud68c", LABEL_VENUE},                   /* conference */
    {"\ucee8\ud37c\ub7f0\uc2a4", LABEL_VENUE},       /* conference */
    {"\uc800\ub110", LABEL_VENUE},                   /* journal */
    {"\ud559\uc220\uc9c0", LABEL_VENUE},             /* journal */
    {"\uc5f0\ub3c4", LABEL_YEAR},                    /* year */
    {"\ubc1c\ud45c\ucc98", LABEL_VENUE},             /* where it appeared */
    {"\uac8c\uc7ac\ucc98", LABEL_VENUE},             /* where it appeared */
    {"\ubc1c\ud589 \uc5f0\uc6d4", LABEL_YEAR},       /* year and month of publication */
    {"\ubc1c\ud589\uc77c", LABEL_YEAR},              /* day of publication */
    {"\ubc1c\ud589 \uc5f0\ub3c4", LABEL_YEAR},       /* year of publication */
    {"\ub9c1\ud06c", LABEL_LINK},                    /* link */
    {"\u30bf\u30a4\u30c8\u30eb", LABEL_TITLE},       /* title */
    {"\u8ad6\u6587\u540d", LABEL_TITLE},             /* title of the paper */
    {"\u767a\u8868\u5e74", LABEL_YEAR},              /* year of publication */
    {"\u30ea\u30f3\u30af", LABEL_LINK},              /* link */
    {"\u521d\u9332", LABEL_ABSTRACT},                /* abstract */
    {"\ucd08\ub85d", LABEL_ABSTRACT},                /* abstract */
    {"\u8bba\u6587\u540d", LABEL_TITLE},             /* title */
    {"\u6587\u7ae0\u540d\u79f0", LABEL_TITLE},       /* name of the article */
    {"\u6587\u732e\u540d\u79f0", LABEL_TITLE},       /* name of the article */
    {"\u6587\u7ae0\u540d", LABEL_TITLE},             /* name of the article */
    {"\u82f1\u6587\u6807\u9898", LABEL_TITLE},       /* title */
    {"\u82f1\u6587\u9898\u76ee", LABEL_TITLE},       /* title */
    {"\u539f\u6587\u6807\u9898", LABEL_TITLE},       /* title */
    {"\u539f\u6807\u9898", LABEL_TITLE},             /* title */
    {"\u8ad6\u6587\u984c\u76ee", LABEL_TITLE},       /* title */
    {"\ub17c\ubb38\uba85", LABEL_TITLE},             /* title */
    {"\u539f\u6587", LABEL_LINK},                    /* link to the paper */
    {"\u539f\u8bba\u6587", LABEL_LINK},              /* link to the paper */
    {"\u539f\u6587\u94fe\u63a5", LABEL_LINK},        /* link to the paper */
    {"\u8bba\u6587\u7f51\u5740", LABEL_LINK},        /* link to the paper */
    {"\ub17c\ubb38", LABEL_LINK},                    /* link to the paper */
    {"\u53d1\u8868\u4f1a\u8bae", LABEL_VENUE},       /* where it appeared */
    {"\u4f1a\u8bae/\u671f\u520a", LABEL_VENUE},      /* where it appeared */
    {"\u671f\u520a/\u4f1a\u8bae", LABEL_VENUE},      /* where it appeared */
    {"\u53d1\u8868\u671f\u520a", LABEL_VENUE},       /* where it appeared */
    {"\u4f1a\u8bae\u671f\u520a", LABEL_VENUE},       /* where it appeared */
    {"\u767a\u8868", LABEL_VENUE},                   /* where it appeared */
    {"\ud559\ud68c/\uc800\ub110", LABEL_VENUE},      /* where it appeared */
    {"\u53d1\u8868\u65f6\u95f4", LABEL_YEAR},        /* when it appeared */
    {"\u51fa\u7248\u5e74", LABEL_YEAR},              /* when it appeared */
    {"\ubc1c\ud45c \uc5f0\ub3c4", LABEL_YEAR},       /* when it appeared */
    {"\ubc1c\ud589 \uc5f0\ub3c4", LABEL_YEAR},       /* when it appeared */
    {"\u7b2c\u4e00\u4f5c\u8005", LABEL_AUTHORS},     /* author */
    {"\u8457\u8005\u540d", LABEL_AUTHORS},           /* author */
    {"\uc800\uc790\uba85", LABEL_AUTHORS},           /* author */
    {"\u6536\u5f55", LABEL_VENUE},                   /* where it was accepted */
    {"\u6536\u5f55\u60c5\u51b5", LABEL_VENUE},       /* where it was accepted */
    {"\u53d1\u8868\u60c5\u51b5", LABEL_VENUE},       /* where it was accepted */
    {"\u6536\u5f55\u4f1a\u8bae", LABEL_VENUE},       /* where it was accepted */
    {"\ubc1c\ud45c", LABEL_VENUE},                   /* where it appeared */
    {"\ucd9c\ucc98", LABEL_VENUE},                   /* where it appeared */
    {"\uac8c\uc7ac\uc77c", LABEL_YEAR},              /* when it appeared */
    {"\ucd9c\ud310 \uc5f0\ub3c4", LABEL_YEAR},       /* when it appeared */
    {"\uacf5\uac1c \uc2dc\uc810", LABEL_YEAR},       /* when it appeared */
    {"\u63b2\u8f09", LABEL_VENUE},                   /* where it appeared */
    {"\u63b2\u8f09\u8a8c", LABEL_VENUE},             /* where it appeared */
    {"\ubc1c\ud589\uc77c", LABEL_YEAR},              /* when it appeared */
    {"\uc6d0\uc81c", LABEL_TITLE},                   /* title of the original */
    {"\u82f1\u6587\u539f\u6807\u9898", LABEL_TITLE}, /* title of the original */
    {"submission time", LABEL_YEAR},
    {"submission date", LABEL_YEAR},
    {"submitted", LABEL_YEAR},
    {"accepted", LABEL_VENUE},
    {"accepted at", LABEL_VENUE},
    {"accepted by", LABEL_VENUE},
    {"abstract", LABEL_ABSTRACT},
    {"\u6458\u8981", LABEL_ABSTRACT}, /* abstract */
};

static const char *const question_names[] = {"q&a",
                                             "qa",
                                             "q/a",
                                             "q & a",
                                             "q and a",
                                             "q&as",
                                             "q&a session",
                                             "questions",
                                             "question",
                                             "question(s)",
                                             "open questions",
                                             "discussion questions",
                                             "questions and answers",
                                             "questions & answers",
                                             "discussion q&a",
                                             "faq",
                                             "\u95ee\u9898",
                                             "\u95ee\u7b54",
                                             "\u63d0\u95ee",
                                             "\u7591\u95ee",
                                             "fragen"};
enum { COUNTED_QUESTION_NAMES = 6 }; /* a number may follow these: "QA 1. ..." */

/* Parts in a script without spaces between words. */
static const char *const part_names[] = {
    "related work",
    "related works",
    "\u603b\u7ed3",             /* summary */
    "\u52a8\u673a",             /* motivation */
    "\u80cc\u666f",             /* background */
    "\u65b9\u6cd5",             /* method */
    "\u8bbe\u8ba1",             /* design */
    "\u5b9e\u73b0",             /* implementation */
    "\u5b9e\u9a8c",             /* experiments */
    "\u5b9e\u9a8c\u7ed3\u679c", /* results of experiments */
    "\u8bc4\u4f30",             /* evaluation */
    "\u8bc4\u6d4b",             /* evaluation */
    "\u7ed3\u8bba",             /* conclusion */
    "\u4ecb\u7ecd",             /* introduction */
    "\u7b80\u4ecb",             /* introduction */
    "\u5f15\u8a00",             /* introduction */
    "\u7b14\u8bb0",             /* notes */
    "\u8d21\u732e",             /* contributions */
    "\u601d\u8003",             /* thoughts */
    "\u6982\u8ff0",             /* overview */
    "\u521b\u65b0\u70b9",       /* novelty */
    "\u4f18\u70b9",             /* strengths */
    "\u7f3a\u70b9",             /* weaknesses */
    "\u76f8\u5173\u5de5\u4f5c", /* related work */
    "\u53c2\u8003\u6587\u732e", /* references */
    "\u53c2\u8003\u8d44\u6599", /* references */
};

/* What the parts of a note begin with that answers the six questions of which notes in Japanese are made, and what they
 * close with. */
static const char *const part_openings[] = {
    "\u3069\u3093\u306a\u3082\u306e",             /* what is it? */
    "\u5148\u884c\u7814\u7a76\u3068\u6bd4",       /* what is better than in earlier work? */
    "\u6280\u8853\u3084\u624b\u6cd5",             /* what is at the heart of it? */
    "\u3069\u3046\u3084\u3063\u3066\u6709\u52b9", /* how was it shown to work? */
    "\u8b70\u8ad6\u306f",                         /* is there a discussion? */
    "\u6b21\u306b\u8aad\u3080\u3079\u304d",       /* what to read next? */
    "\u8ad6\u6587\u60c5\u5831",                   /* the paper */
};

static struct span without_stars(struct span text)
{
    while (text.len > 0 && (text.at[0] == '*' || text.at[0] == '_'))
        text = span_from(text, 1);
    while (text.len > 0 && (text.at[text.len - 1] == '*' || text.at[text.len - 1] == '_'))
        text.len--;
    return span_trim(text);
}

size_t colon_bytes(struct span text)
{
    if (text.len > 0 && text.at[0] == ':')
        return 1;
    return text.len >= 3 && (unsigned char)text.at[0] == 0xEF && span_starts(text, "\uff1a") ? 3 : 0;
}

/* "Paper", "paper 3", "Paper #3". */
static struct span without_count(struct span name)
{
    while (name.len > 0 && (is_ascii_digit(name.at[name.len - 1]) || strchr(" #", name.at[name.len - 1]) != NULL))
        name.len--;
    return name;
}

/* Equal but for case and for what joins the words. */
static bool is_same_name(struct span text, const char *name)
{
    if (text.len != strlen(name))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        const char folded = c == '_' || c == '-' ? ' ' : ascii_lower(c);
        if (folded != name[i])
            return false;
    }
    return true;
}

static enum label label_listed(struct span name)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (is_same_name(name, labels[i].name))
            return labels[i].label;
    return LABEL_NONE;
}

/* "Journal / Conference", "Venue, Year": two names of one label, or of where and when. */
static enum label label_of_two(struct span name)
{
    static const char *const joints[] = {"/", ",", "&", " and ", "\u00b7", "\u30fb", "\u3001"};
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        const size_t at = span_find(name, joints[i]);
        if (at == SIZE_MAX || at == 0)
            continue;
        const enum label first = label_listed(span_trim(span_until(name, at)));
        const enum label second = label_listed(span_trim(span_from(name, at + strlen(joints[i]))));
        const bool stamp =
            (first == LABEL_VENUE && second == LABEL_YEAR) || (first == LABEL_YEAR && second == LABEL_VENUE);
        return stamp ? LABEL_VENUE : first == second ? first : LABEL_NONE;
    }
    return LABEL_NONE;
}

/* "Paper title", "论文作者", "文章收录": what is said of the paper. */
static struct span without_paper(struct span name)
{
    static const char *const openers[] = {"paper ",       "paper_",       "paper-",      "\u8bba\u6587",
                                          "\u8ad6\u6587", "\u6587\u7ae0", "\ub17c\ubb38"};
    const size_t bytes = span_starts_nocase_with_one(name, openers, sizeof openers / sizeof openers[0]);
    return bytes > 0 ? span_trim(span_from(name, bytes)) : name;
}

/* "제목 (Title)": in brackets once more, in another language. */
static enum label label_in_brackets(struct span name)
{
    const size_t open = span_ends(name, ")") ? span_find(name, "(") : SIZE_MAX;
    return open == SIZE_MAX || (unsigned char)name.at[0] < 0x80
               ? LABEL_NONE
               : label_listed(span_trim(span_until(span_from(name, open + 1), name.len - open - 2)));
}

enum label label_of(struct span name)
{
    name = without_count(without_stars(span_trim(name)));
    enum label label = label_listed(name);
    if (label == LABEL_NONE)
        label = label_in_brackets(name);
    if (label == LABEL_NONE)
        label = label_of_two(name);
    return label != LABEL_NONE ? label : label_listed(without_paper(name));
}

bool label_split(struct span text, struct span *name, struct span *value)
{
    if (text.len > 1 && text.at[0] == ':' && is_ascii_letter(text.at[1])) /* ":Authors: ..." */
        text = span_from(text, 1);
    const size_t within = text.len < LONGEST_LABEL_BYTES ? text.len : LONGEST_LABEL_BYTES;
    const bool bracketed = span_starts(text, "[");
    for (size_t i = 0; i < within; i++) {
        const size_t bytes = bracketed ? (size_t)(text.at[i] == ']') : colon_bytes(span_from(text, i));
        if (bytes == 0)
            continue;
        *name = without_stars(span_from(span_until(text, i), bracketed ? 1 : 0));
        *value = span_from(text, i + bytes);
        while (value->len > 0 && (is_blank(value->at[0]) || value->at[0] == '*' || colon_bytes(*value) == 1))
            *value = span_from(*value, 1);
        return name->len > 0;
    }
    return false;
}

/* "Paper: Title", "参考论文：Title", and not "相关论文：Title", which is another one. */
static bool names_paper(struct span name)
{
    static const char *const names[] = {"paper", "\u8bba\u6587", "\u6587\u7ae0", "\u53c2\u8003\u8bba\u6587",
                                        "\u539f\u8bba\u6587"};
    return span_is_among_nocase(name, names, sizeof names / sizeof names[0]);
}

size_t title_label_bytes(struct span text)
{
    struct span name, value;
    if (!label_split(text, &name, &value) || value.len == 0)
        return 0;
    const enum label label = label_of(name);
    return label == LABEL_TITLE || names_paper(without_count(name)) ? text.len - value.len : 0;
}

bool is_open_title_label(struct span text)
{
    struct span name, value;
    return label_split(span_trim(text), &name, &value) && span_trim(value).len == 0 && label_of(name) == LABEL_TITLE;
}

/* A word, or several of them joined by slashes, that can name a part. */
static bool take_part_word(struct span text, bool *part)
{
    while (text.len > 0) {
        const size_t slash = span_find(text, "/");
        const struct span word = span_until(text, slash == SIZE_MAX ? text.len : slash);
        const unsigned classes = word_classes(word);
        if (word.len > 0 && !(classes & (WORD_PART | WORD_BESIDE)))
            return false;
        *part |= (classes & WORD_PART) != 0;
        text = span_from(text, slash == SIZE_MAX ? text.len : slash + 1);
    }
    return true;
}

bool is_part_name(struct span text)
{
    struct word word;
    size_t words = 0;
    bool part = false;
    if (span_is_among_nocase(text, part_names, sizeof part_names / sizeof part_names[0]) ||
        span_starts_with_one(text, part_openings, sizeof part_openings / sizeof part_openings[0]) > 0)
        return true;
    while (word_next(&text, &word))
        if (++words > LONGEST_PART_WORDS || !take_part_word(word.text, &part))
            return false;
    return part;
}

bool questions_cut(struct span text, struct span *rest)
{
    text = without_stars(text);
    if (span_starts_nocase(text, "my "))
        text = span_from(text, 3);
    for (size_t i = 0; i < sizeof question_names / sizeof question_names[0]; i++) {
        if (!span_starts_nocase(text, question_names[i]))
            continue;
        const struct span after = span_from(text, strlen(question_names[i]));
        const struct span behind = span_trim(after);
        const bool counted =
            behind.len > 0 && behind.len < after.len && is_ascii_digit(behind.at[0]) && i < COUNTED_QUESTION_NAMES;
        const size_t mark = colon_bytes(behind) > 0 ? colon_bytes(behind) : (size_t)span_is(behind, "?");
        if (behind.len > 0 && !counted && mark == 0)
            continue;
        *rest = span_trim(span_from(behind, counted ? 0 : mark));
        return true;
    }
    return false;
}

bool part_read(struct span text, enum field *field)
{
    struct span rest;
    text = span_trim_marks(text, ":.!");
    if (span_ends(text, "\uff1a"))
        text.len -= 3;
    if (text.len == 0 || text.len > LONGEST_PART_BYTES)
        return false;
    *field = FIELD_NOTE;
    if (questions_cut(text, &rest) && rest.len == 0)
        *field = FIELD_QA;
    else if (label_of(text) == LABEL_ABSTRACT || span_is_nocase(text, "tl;dr") || span_is_nocase(text, "tldr"))
        *field = FIELD_ABSTRACT;
    else
        return is_part_name(text);
    return true;
}

bool is_link_name(struct span text)
{
    static const char *const names[] = {"paper",
                                        "pdf",
                                        "link",
                                        "code",
                                        "source",
                                        "demo",
                                        "poster",
                                        "slides",
                                        "presentation",
                                        "online",
                                        "preprint",
                                        "recording",
                                        "video",
                                        "talk",
                                        "doi",
                                        "html",
                                        "web",
                                        "website",
                                        "arxiv",
                                        "project",
                                        "github",
                                        "open",
                                        "url",
                                        "\u539f\u6587",
                                        "\u94fe\u63a5",
                                        "\u8bba\u6587",
                                        "\u8bba\u6587\u94fe\u63a5",
                                        "\u8bba\u6587\u5730\u5740",
                                        "\u539f\u6587\u94fe\u63a5",
                                        "\u4ee3\u7801",
                                        "\u7b14\u8bb0",
                                        "\u9879\u76ee",
                                        "\u4e3b\u9875",
                                        "\uc6d0\ubb38",
                                        "\ub9c1\ud06c",
                                        "\ub17c\ubb38",
                                        "\u8ad6\u6587",
                                        "\u30ea\u30f3\u30af"};
    struct word word;
    while (word_next(&text, &word)) {
        if (word.text.len > 0 && !span_is_among_nocase(word.text, names, sizeof names / sizeof names[0]))
            return false;
    }
    return true;
}
