#include "query/topics_check.h"

#include "api/library.h"
#include "api/owned.h"
#include "api/text_file.h"
#include "base/error.h"

/* What is read before anything is measured. */
struct check_input {
    struct loaded labels_text, topics_text;
    struct labels labels;
    struct topic_set set;
    struct analyzer *own; /* when there is no library to borrow one from */
    struct analyzer *analyzer;
};

static pinakes_status find_analyzer(struct check_input *input, const pinakes_library *library, pinakes_error *error)
{
    if (library != NULL) {
        input->analyzer = store_analyzer(library->store);
        return PINAKES_OK;
    }
    const pinakes_status status = analyzer_create(&input->own, error);
    input->analyzer = input->own;
    return status;
}

/* The topics of the file, or of the library, or those every library is born with. */
static pinakes_status read_topics(struct check_input *input, const pinakes_library *library, const char *file,
                                  struct arena *arena, pinakes_error *error)
{
    struct span text = {NULL, 0};
    pinakes_status status = PINAKES_OK;
    if (file != NULL) {
        status = text_file_load(file, &input->topics_text, error);
        text = input->topics_text.text;
    } else if (library != NULL) {
        status = topics_stored_text(library->store, arena, &text, error);
    }
    if (status != PINAKES_OK)
        return status;
    if (text.at == NULL)
        text = span_of(topics_builtin);
    return topics_parse(arena, input->analyzer, file == NULL ? "topics.ini" : file, text, &input->set, error);
}

static pinakes_status read_labels(struct check_input *input, const char *file, struct arena *arena,
                                  pinakes_error *error)
{
    const pinakes_status status = text_file_load(file, &input->labels_text, error);
    return status == PINAKES_OK ? labels_parse(arena, file, input->labels_text.text, &input->labels, error) : status;
}

static void input_free(struct check_input *input)
{
    loaded_free(&input->labels_text);
    loaded_free(&input->topics_text);
    analyzer_free(input->own);
}

pinakes_status pinakes_check_topics(pinakes_library *library, const char *labels_file, const char *topics_file,
                                    pinakes_topic_check **out, pinakes_error *error)
{
    pinakes_error unwanted;
    pinakes_error *told = error == NULL ? &unwanted : error;
    struct check_input input = {.own = NULL};
    pinakes_topic_check *check = owned_create(sizeof *check);
    if (check == NULL)
        return error_no_memory(error);
    struct arena *arena = owned_arena(check);
    pinakes_status status = find_analyzer(&input, library, told);
    if (status == PINAKES_OK)
        status = read_topics(&input, library, topics_file, arena, told);
    if (status == PINAKES_OK)
        status = read_labels(&input, labels_file, arena, told);
    if (status == PINAKES_OK)
        status = topics_check(library == NULL ? NULL : library->store, input.analyzer, &input.set, &input.labels, arena,
                              check, told);
    input_free(&input);
    if (status == PINAKES_OK)
        *out = check;
    else
        owned_free(check);
    return status;
}

void pinakes_topic_check_free(pinakes_topic_check *check)
{
    owned_free(check);
}
