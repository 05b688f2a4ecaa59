#include "corpus/page_name.h"

#include "corpus/words.h"

static bool is_reading_word(struct span word)
{
    static const char *const words[] = {"paper", "papers", "reading", "review", "note", "notes", "summary", "read"};
    return span_is_among_nocase(word, words, sizeof words / sizeof words[0]) ||
           (word.len > 0 && (unsigned char)word.at[0] >= 0x80);
}

bool is_about_reading(struct span name)
{
    struct word word;
    while (word_next(&name, &word))
        if (is_reading_word(span_without_end(word.text, "-_#0123456789"))) /* "paper-12" */
            return true;
    return false;
}

/* "paperlist", "readinglist", "todolist": two words of pages that no space parts. */
static bool is_joined_page_word(struct span word)
{
    enum { FEWEST_LETTERS = 4 };
    for (size_t i = FEWEST_LETTERS; i + FEWEST_LETTERS <= word.len; i++) {
        const struct span front = span_until(word, i), behind = span_from(word, i);
        const bool page = (word_classes(front) & WORD_PAGE) != 0 || is_reading_word(front);
        if (page && (word_classes(behind) & WORD_PAGE) != 0)
            return true;
    }
    return false;
}

/* "week7", "lecture12": such a word and its number. */
static bool is_counted_page_word(struct span word)
{
    const struct span name = span_without_end(word, "0123456789");
    return name.len < word.len && (word_classes(name) & (WORD_PAGE | WORD_OTHER)) != 0;
}

/* Whether a word of a page's name can stand there: "Reading", "List", "of", "2021-03", "W12". */
static bool is_page_word(const struct word *word, bool *names)
{
    enum { FRAME = WORD_FILLER | WORD_PART | WORD_BESIDE | WORD_FUNCTION };
    size_t letters = 0;
    for (size_t i = 0; i < word->text.len; i++)
        letters += is_ascii_letter(word->text.at[i]) || (unsigned char)word->text.at[i] >= 0x80;
    const bool joined = is_joined_page_word(word->text) || is_counted_page_word(word->text);
    *names |= joined || (word->classes & (WORD_PAGE | WORD_OTHER | WORD_PART | WORD_FILLER)) != 0;
    const bool is_week = letters == 1 && word->text.len > 1 && strchr("wWdDqQ", word->text.at[0]) != NULL;
    *names |= is_week;
    return letters == 0 || is_week || joined || (word->classes & (FRAME | WORD_PAGE | WORD_OTHER)) != 0;
}

static bool is_named_page(struct span words)
{
    enum { MOST_WORDS = 4 };
    struct word word;
    bool names = false, dated = false;
    size_t lettered = 0;
    while (word_next(&words, &word)) {
        lettered += word.letters != CASE_NONE;
        dated |= word.text.len == 4 && (span_starts(word.text, "19") || span_starts(word.text, "20"));
        if (!is_page_word(&word, &names) || lettered > MOST_WORDS)
            return false;
    }
    return names || (lettered == 0 && dated);
}

/* "CS 101 Reading List", "Spring 2030 Lecture Notes", "Inaugural meetup". */
static bool is_list_by_its_end(struct span words)
{
    static const char *const endings[] = {
        " reading list",     " paper list",      " reference list",   " papers list",    " lecture notes",
        " course notes",     " reading group",   " meetup",           "'s resume",       "'s cv",
        " curriculum vitae", " opening session", " closing session",  " poster session", " invited talk",
        ": references",      ": bibliography",   ": further reading", "\u65e5\u62a5",    "\u5468\u62a5",
        "\u6708\u62a5"};
    const size_t bytes = span_ends_nocase_with_one(words, endings, sizeof endings / sizeof endings[0]);
    return bytes > 0 && bytes < words.len;
}

/* "论文阅读总结", "310112-310118 论文总结": nothing but what pages of readings are called, and numbers. */
static bool is_reading_compound(struct span words)
{
    static const char *const pieces[] = {
        "\u8bba\u6587", "\u9605\u8bfb",       "\u7b14\u8bb0", "\u603b\u7ed3",      "\u5468\u62a5", "\u65e5\u62a5",
        "\u8bb0\u5f55", "\u5217\u8868",       "\u6e05\u5355", "\u6c47\u603b",      "\u6587\u732e", "\u65b9\u5f0f",
        "\u65b9\u6cd5", "\u6280\u5de7",       "\u6307\u5357", "\u6a21\u677f",      "\u5fc3\u5f97", "\u8ba1\u5212",
        "\u5206\u4eab", "\u89e3\u8bfb",       "\u7cbe\u8bfb", "\u8c03\u7814",      "\u7efc\u8ff0", "\u8ad6\u6587",
        "\u30e1\u30e2", "\u307e\u3068\u3081", "\u7d39\u4ecb", "\u8981\u7d04",      "\ub17c\ubb38", "\ub9ac\ubdf0",
        "\uc815\ub9ac", "\uc694\uc57d",       "\uc77d\uae30", "\uc2a4\ud130\ub514"};
    size_t count = 0, bytes;
    while (words.len > 0) {
        bytes = 0;
        for (size_t i = 0; i < sizeof pieces / sizeof pieces[0] && bytes == 0; i++)
            bytes = span_starts(words, pieces[i]) ? strlen(pieces[i]) : 0;
        count += bytes > 0;
        if (bytes == 0 && (is_ascii_letter(words.at[0]) || (unsigned char)words.at[0] >= 0x80))
            return false;
        words = span_from(words, bytes > 0 ? bytes : 1);
    }
    return count > 1;
}

bool is_page_name(struct span words)
{
    static const char *const pages[] = {"\u76ee\u5f55", "\u7ec4\u4f1a", "\u5468\u62a5", "\u8bba\u6587",
                                        "\u7b14\u8bb0", "\u8ad6\u6587", "\ub17c\ubb38", "\ubb38\ud5cc\uc870\uc0ac"};
    char copy[LONGEST_PAGE_NAME_BYTES];
    words = span_trim(words);
    if (is_list_by_its_end(words))
        return true;
    if (words.len >= sizeof copy)
        return false;
    if (!has_letters(words) || is_reading_compound(words) || /* "1", "2023-05" */
        span_is_among(words, pages, sizeof pages / sizeof pages[0]))
        return true;
    for (size_t i = 0; i < words.len; i++)
        copy[i] = (char)(strchr("-_./", words.at[i]) != NULL ? ' ' : words.at[i]);
    return is_named_page((struct span){copy, words.len});
}

bool is_shelf_name(struct span name)
{
    char copy[LONGEST_PAGE_NAME_BYTES];
    struct word word;
    struct span words = {copy, name.len};
    if (name.len >= sizeof copy)
        return false;
    for (size_t i = 0; i < name.len; i++)
        copy[i] = (char)(strchr("-_./", name.at[i]) != NULL ? ' ' : name.at[i]);
    while (word_next(&words, &word))
        if (((word.classes & (WORD_PAGE | WORD_OTHER)) != 0 && !is_reading_word(word.text)) ||
            is_joined_page_word(word.text))
            return true;
    return span_find(name, "emplate") != SIZE_MAX;
}

bool has_page_word(struct span words)
{
    struct word word;
    while (word_next(&words, &word))
        if ((word.classes & (WORD_PAGE | WORD_OTHER)) != 0 && (word.classes & WORD_RESEARCH) == 0)
            return true;
    return false;
}

bool names_chapter(struct span words)
{
    static const char *const names[] = {"ch", "chap", "chapter", "chapters"};
    struct word word;
    bool named = false;
    for (; word_next(&words, &word); named = span_is_among_nocase(word.text, names, sizeof names / sizeof names[0]))
        if (named && word.text.len > 0 && (is_ascii_digit(word.text.at[0]) || word.text.len == 1))
            return true;
    return false;
}

bool is_placeholder(struct span title)
{
    static const char *const forms[] = {"title of papers",
                                        "title of paper",
                                        "the title of the paper",
                                        "name of the paper",
                                        "\u8bba\u6587\u6807\u9898",
                                        "\u8bba\u6587\u9898\u76ee",
                                        "\u8bba\u6587\u540d\u79f0",
                                        "\u6587\u7ae0\u6807\u9898",
                                        "\u6587\u7ae0\u540d\u79f0",
                                        "\u6807\u9898",
                                        "\u8ad6\u6587\u30bf\u30a4\u30c8\u30eb",
                                        "\u30bf\u30a4\u30c8\u30eb",
                                        "\ub17c\ubb38 \uc81c\ubaa9",
                                        "\uc81c\ubaa9",
                                        "title",
                                        "paper title",
                                        "title of the paper",
                                        "untitled",
                                        "template",
                                        "paper name",
                                        "your title",
                                        "note title",
                                        "paper",
                                        "paper title here",
                                        "title here"};
    return title.len == 0 || span_is_among_nocase(title, forms, sizeof forms / sizeof forms[0]) ||
           span_find(title, "{{") != SIZE_MAX || span_find(title, "<%") != SIZE_MAX ||
           (title.at[0] == '<' && title.at[title.len - 1] == '>') ||
           (span_starts_nocase(title, "[paper") && span_ends(title, "]"));
}
