#include "query/word_forms.h"

#include "base/error.h"
#include "indexer/analyzer.h"

enum { FORM_BYTES_MAX = 64, TITLE_SHARE = 1, TEXT_SHARE = 3 };

static bool is_readable(struct span form)
{
    for (size_t i = 0; i < form.len; i++)
        if ((unsigned char)form.at[i] <= ' ')
            return false;
    return form.len > 0 && form.len <= FORM_BYTES_MAX;
}

static bool count_form(struct formed_word *word, struct span form, unsigned share, struct arena *arena)
{
    for (size_t i = 0; i < word->form_count; i++)
        if (span_equal(word->forms[i].text, form)) {
            word->forms[i].weight += share;
            return true;
        }
    struct word_form *forms = arena_grow(arena, word->forms, word->form_count, &word->form_capacity, sizeof *forms);
    const char *text = arena_string(arena, form);
    if (forms == NULL || text == NULL)
        return false;
    forms[word->form_count++] = (struct word_form){{text, form.len}, share};
    word->forms = forms;
    return true;
}

static bool is_key(struct span token, struct span key)
{
    const bool is_stem = token.len > 0 && token.at[0] == STEM_MARK;
    return span_equal((struct span){token.at + is_stem, token.len - is_stem}, key);
}

static bool see_text(struct analyzer *analyzer, struct span text, unsigned share, struct formed_word *words,
                     size_t count, struct arena *arena)
{
    struct token token;
    bool has_memory = true;
    analyzer_start(analyzer, text);
    while (has_memory && analyzer_next(analyzer, &token)) {
        const struct span form = {text.at + token.start, token.bytes};
        for (size_t i = 0; i < count && has_memory; i++)
            if (is_key(token.text, words[i].key) && is_readable(form))
                has_memory = count_form(&words[i], form, share, arena);
    }
    return has_memory && !analyzer_failed(analyzer);
}

pinakes_status word_forms_see(struct store *store, int64_t paper, struct formed_word *words, size_t count,
                              struct arena *arena, pinakes_error *error)
{
    static const char sql[] = "SELECT abstract, note, qa, title, tag FROM papers WHERE id = ?1";
    enum { RUNNING_TEXTS = 3, TEXTS = 5 };
    sqlite3_stmt *row = store_statement(store, sql, error);
    if (row == NULL)
        return error->status;
    (void)sqlite3_bind_int64(row, 1, paper);
    const int code = sqlite3_step(row);
    bool has_memory = true;
    for (int i = 0; i < TEXTS && code == SQLITE_ROW && has_memory; i++)
        has_memory = see_text(store_analyzer(store), store_text(row, i), i < RUNNING_TEXTS ? TEXT_SHARE : TITLE_SHARE,
                              words, count, arena);
    (void)sqlite3_reset(row);
    if (!has_memory)
        return error_no_memory(error);
    return code == SQLITE_ROW || code == SQLITE_DONE ? PINAKES_OK : store_error(store, code, "reading a paper", error);
}

struct span word_forms_best(const struct formed_word *word)
{
    struct word_form best = {.text = {"", 0}};
    for (size_t i = 0; i < word->form_count; i++)
        if (word->forms[i].weight > best.weight)
            best = word->forms[i];
    return best.text;
}
